// The conversation as it stands on the page. Every entry and every line may come twice, by the
// answer to our own request and by the live events: it is shown once.
import { t } from "./texts.js";
import { bubble, dots, notice, picture } from "./view.js";

const UNSEEN_KINDS = new Set(["press", "mark", "album"]);
const NEAR_END = 120; // pixels from the end at which somebody reads the newest message
const SOON_MS = 250; // most answers to a press are there sooner

const find = (id) => document.getElementById(id);
const list = find("log");
const scroll = find("scroll");
const busy = new Map(); // turn -> {item, timer}
let toastTimer = 0;

export function makeScreen(on) {
  const byId = (id) => list.querySelector(`[data-id="${id}"]`);
  const own = (turn) => list.querySelector(`.person[data-turn="${turn}"]`);

  function show(entry) {
    oldest = Math.min(oldest, entry.id);
    if (entry.author === "person" && entry.pending && entry.kind !== "album") begin(entry.turn, t(entry.kind === "photo" ? "reading" : "answering"), SOON_MS);
    if (UNSEEN_KINDS.has(entry.kind)) return;
    const old = byId(entry.id) ?? (entry.author === "person" ? own(entry.turn) : null);
    if (entry.author === "person" && old) {
      Object.assign(old.dataset, { id: entry.id, version: entry.version });
      if (misplaced(old, entry.id)) place(old, entry.id);
      return;
    }
    if (old && Number(old.dataset.version) >= entry.version) return;
    const item = bubble(entry, on);
    if (old) replaceBubble(old, item);
    else place(item, entry.id);
    if (entry.author === "bot") {
      end(entry.turn);
      if (entry.interaction) showSentPhoto(entry);
    } else if (entry.kind === "photo") {
      const answer = list.querySelector(`.bot[data-turn="${entry.turn}"][data-interaction]`);
      fill(item, entry.pending ? `/chat/upload/${entry.id}` : answer ? `/chat/photo/${answer.dataset.interaction}` : "");
    }
  }

  /** After a reload the person's own photo is shown from the server. */
  function showSentPhoto(entry) {
    const item = own(entry.turn);
    if (item && !item.querySelector("img")) fill(item, `/chat/photo/${entry.interaction}`);
  }

  function fill(item, src) {
    const box = item.querySelector(".bubble.picture");
    if (box && src) (box.querySelector(".chip")?.remove(), box.append(picture(src, t("sent"), on)));
  }

  function replaceBubble(old, item) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const keys = [...old.querySelectorAll("button, a")];
    const number = keys.indexOf(focused);
    item.classList.add("still");
    old.replaceWith(item);
    if (focused) {
      const same = focused.dataset.data && item.querySelector(`[data-data="${CSS.escape(focused.dataset.data)}"]`);
      const near = [...item.querySelectorAll("button, a")];
      (same || near[Math.min(number, near.length - 1)] || scroll).focus({ preventScroll: true });
    }
    item.scrollIntoView({ block: "nearest" });
  }

  /** Whether something later stands before the item. */
  function misplaced(item, id) {
    const all = [...list.children];
    return all.slice(0, all.indexOf(item)).some((other) => Number(other.dataset.id ?? 0) > id);
  }

  /** In the order of ids; what the server does not have yet stands last. */
  function place(item, id) {
    const later = id && [...list.children].find((other) => other !== item && (other.dataset.id ? Number(other.dataset.id) > id : other.matches(".person")));
    find("welcome").hidden = true;
    if (later) list.insertBefore(item, later);
    else list.append(item);
    for (const { item: waiting } of busy.values()) if (waiting.isConnected) list.append(waiting);
    if (later) return;
    toBottom();
    for (const image of item.querySelectorAll("img")) image.addEventListener("load", toBottom, { once: true });
  }

  // ---- work under way

  function begin(turn, text, wait = 0) {
    if (busy.has(turn)) return;
    const item = dots(text);
    busy.set(turn, { item, timer: setTimeout(() => (list.append(item), find("welcome").hidden = true, toBottom()), wait) });
    own(turn)?.classList.toggle("reading", own(turn).matches(":has(.picture)"));
  }

  function end(turn) {
    clearTimeout(busy.get(turn)?.timer);
    busy.get(turn)?.item.remove();
    busy.delete(turn);
    own(turn)?.classList.remove("reading");
  }

  // ---- staying true to what the server has

  /** Ids below `first` are gone for good. */
  function settle(first) {
    for (const item of [...list.children]) {
      if (item.dataset.id ? Number(item.dataset.id) < first : item.matches(".notice")) item.remove();
    }
    find("welcome").hidden = list.children.length > 0;
  }

  /** From `[id, version, pending]` of all there is: drops what is gone; the least id to fetch. */
  function compare(index) {
    const versions = new Map(index.map(([id, version]) => [id, version]));
    for (const item of list.querySelectorAll("[data-id]")) if (!versions.has(Number(item.dataset.id))) item.remove();
    find("welcome").hidden = list.children.length > 0;
    const stale = index.filter(([id, version]) => {
      const item = byId(id);
      if (id < oldest && Number.isFinite(oldest)) return false; // comes when somebody scrolls up to it
      return item ? Number(item.dataset.version) < version : !unseen.has(id);
    });
    const pending = new Set(index.filter(([, , waits]) => waits).map(([id]) => id));
    for (const turn of [...busy.keys()]) {
      const id = Number(own(turn)?.dataset.id ?? 0);
      if (id && !pending.has(id)) end(turn);
    }
    return stale.length ? Math.min(...stale.map(([id]) => id)) : 0;
  }

  /** While the newest answer is a correction, the line that was read stays in sight. */
  function showStrip() {
    const box = find("strip");
    const last = [...list.querySelectorAll(".bot[data-id]")].at(-1);
    const src = last?.dataset.correcting ? `/chat/strip/${last.dataset.correcting}?of=${last.dataset.id}` : "";
    if (box.dataset.src === src) return;
    box.dataset.src = src;
    box.hidden = true; // until there is something to see
    const image = box.querySelector("img");
    image.onload = () => {
      const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END;
      box.hidden = false;
      if (atEnd) toBottom(); // what it takes away at the bottom was being looked at
    };
    image.alt = src && t("strip");
    if (src) image.src = src;
    else image.removeAttribute("src");
  }
  new MutationObserver(showStrip).observe(list, { childList: true });

  let oldest = Infinity; // id of all that were fetched
  const unseen = new Set(); // entries that have no bubble
  const lastId = () => Math.max(0, ...unseen, ...[...list.querySelectorAll("[data-id]")].map((item) => Number(item.dataset.id)));

  return {
    show: (entry) => (UNSEEN_KINDS.has(entry.kind) && unseen.add(entry.id), show(entry)),
    begin,
    end,
    settle,
    compare,
    lastId,
    oldest: () => oldest,
    add: (item) => place(item, 0),
    complain: (text, retry) => place(notice(text, retry), 0),
    own,
  };
}

export function toBottom() {
  scroll.scrollTo({ top: scroll.scrollHeight, behavior: "auto" });
}

export function toast(text) {
  const box = find("toast");
  box.textContent = text;
  box.classList.add("up");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => box.classList.remove("up"), 2600);
}

/** Whether the server takes what is sent; `why` names the sentence that says why not. */
export function setOnline(yes, why = "offline-long") {
  const status = find("status");
  status.dataset.text = yes ? "online" : why === "offline-long" ? "offline" : "held";
  status.textContent = t(status.dataset.text);
  status.classList.toggle("off", !yes);
  const banner = find("offline");
  if (banner.hidden === yes && (yes || banner.dataset.text === why)) return;
  banner.hidden = yes;
  if (!yes) {
    banner.dataset.text = why;
    banner.textContent = t(why);
  }
  find("aloud").textContent = t(yes ? "back" : why); // a hidden banner is not read out
}
