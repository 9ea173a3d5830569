// The page's conversation: sends what the person does, shows what comes back.
import * as api from "./api.js";
import { opened } from "./back.js";
import { icon } from "./elements.js";
import { keepUp } from "./live.js";
import { openMarker } from "./mark/dialog.js";
import { loadOlder } from "./older.js";
import { left } from "./outbox.js";
import { makeScreen, setOnline, toast, toBottom } from "./screen.js";
import { dispatch, hurry } from "./sending.js";
import { firstLanguage, language, speak, t } from "./texts.js";
import { makeTray, objection } from "./tray.js";
import { bubble, sendingSigns } from "./view.js";
import { wirePage } from "./wiring.js";

const find = (id) => document.getElementById(id);
const screen = makeScreen({ press, enlarge, copy, mark, say: sendText });
const tray = makeTray(find("tray"), {
  changed: (count) => find("composer").classList.toggle("loaded", count > 0),
  refused: (text) => screen.complain(text),
});

// ---- hearing

/** A line of an answer, from our own request or live; `mine` hears notices, too. */
function hear(line, mine) {
  if (line.type === "message") screen.show(line.entry);
  if (line.type === "toast" && mine) toast(line.text);
  if (line.type === "error" && mine) screen.complain(line.text);
  if (line.type === "end" || line.type === "error") screen.end(line.turn);
  if (line.type === "end") {
    screen.settle(line.first);
    if (line.language && line.language !== language()) speak(line.language);
  }
}

async function fetchAfter(id) {
  const kept = await api.log({ after: id });
  kept.entries.forEach(screen.show);
  screen.settle(kept.first);
  if (!id) setOlder(kept.more);
  if (kept.language && kept.language !== language()) speak(kept.language);
}

async function fetchOlder() {
  const kept = await api.log({ before: screen.oldest() });
  kept.entries.forEach(screen.show);
  return kept.more;
}

async function compare(index) {
  const least = screen.compare(index);
  if (least) await fetchAfter(least - 1).catch(() => {}); // the next index has it again
}

// ---- sending

/** Send a message; `signs` show how far its own bubble is; ends when it is answered. */
function talk(message, { signs, kept, line: heard, busy = t("answering") } = {}) {
  return new Promise((resolve) => {
    const cancel = dispatch(
      message,
      {
        progress: (part) => signs?.progress(part),
        waiting: (why) => (setOnline(false, why), signs?.waiting()),
        taken: () => (setOnline(true), signs?.taken(), busy && screen.begin(message.id, busy, signs?.photo ? 0 : 250)),
        line: (line) => (hear(line, true), heard?.(line)),
        done: (error) => {
          signs?.taken();
          screen.end(message.id);
          failed(error, message, signs);
          resolve(error);
        },
      },
      { kept },
    );
    signs?.cancellable(cancel);
  });
}

function failed(error, message, signs) {
  if (!error) return;
  if (error instanceof api.Cancelled) signs?.gone();
  else if (error instanceof api.Refused) screen.complain(error.message || t("failed"), error.passing && (() => talk(message, { signs })));
  else refreshNow(); // cut off after the server had it: the rest of the answer is in the log
}

const json = { "Content-Type": "application/json" };
const messageOf = (path, payload) => {
  const id = api.newId();
  return { id, path, headers: json, body: JSON.stringify({ id, ...payload }), text: payload.text };
};

function sendText(text) {
  sayText(messageOf("/chat/text", { text }));
}

function sayText(message, kept = false) {
  const item = bubble({ author: "person", turn: message.id, kind: "text", text: message.text }, {});
  screen.add(item);
  talk(message, { kept, signs: sendingSigns(item) });
}

/** Photos chosen together; more than one are summed up at the end. */
function sendPhotos(files) {
  const turns = files.map(sendPhoto).filter(Boolean);
  if (turns.length > 1) talk(messageOf("/chat/album", { turns }), { busy: "" });
}

function sendPhoto(file) {
  const reason = objection(file);
  if (reason) return screen.complain(reason);
  const id = api.newId();
  const headers = { "X-Message-Id": id, "Content-Type": "application/octet-stream" };
  sayPhoto({ id, path: "/chat/photo", headers, body: file });
  return id;
}

function sayPhoto(message, kept = false) {
  const entry = { author: "person", turn: message.id, kind: "photo", preview: URL.createObjectURL(message.body) };
  const item = bubble(entry, { enlarge });
  screen.add(item);
  item.querySelector("img").addEventListener("load", toBottom);
  talk(message, { kept, signs: sendingSigns(item, true), busy: t("reading") });
}

async function press(data, button) {
  const item = button?.closest("li");
  const keys = item ? [...item.querySelectorAll("button.key")] : [];
  for (const key of keys) key.setAttribute("aria-disabled", "true");
  button?.classList.add("pressed");
  await talk(messageOf("/chat/press", { message: Number(item?.dataset.id ?? 0), data }));
  for (const key of keys) key.removeAttribute("aria-disabled");
  button?.classList.remove("pressed");
}

async function sendSample() {
  const answer = await fetch("/static/sample-tag.jpg");
  sendPhoto(new File([await answer.blob()], "sample-tag.jpg", { type: "image/jpeg" }));
}

// ---- other buttons

function mark(interaction) {
  openMarker({ photo: `/chat/photo/${interaction}`, read: (corners) => readMark(interaction, corners), confirm });
}

/** The answer to a mark: {code, text, confirm, others}; throws with a sentence. */
async function readMark(interaction, corners) {
  let said;
  const line = ({ type, entry, text }) => {
    if (type === "message" && entry.author === "bot") said = entry;
    if (type === "toast" && !said) said = { text };
  };
  const error = await talk(messageOf("/chat/mark", { interaction, corners }), { line, busy: t("reading") });
  if (error || !said) throw new Error((error instanceof api.Refused && error.message) || t("failed"));
  const codes = (said.rows ?? []).flat().filter((choice) => /^(confirm|pick):/.test(choice.data));
  const others = codes.slice(1).map(({ label, data }) => ({ code: label.replace(/^✓ /, ""), confirm: data, id: said.id }));
  return { code: said.code ?? "", text: said.text, confirm: codes[0]?.data ?? "", id: said.id, others };
}

/** Without a button for it the answer needs no yes: its prices are there. */
async function confirm({ confirm: data, id }) {
  if (data) talk(messageOf("/chat/press", { message: id ?? 0, data }));
}

function enlarge(src, alt) {
  const dialog = find("large");
  Object.assign(dialog.querySelector("img"), { src, alt });
  dialog.showModal();
  const closed = opened(() => dialog.close());
  dialog.addEventListener("close", closed, { once: true });
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const place = button.parentElement.querySelector("code"); // no clipboard on plain http: select it
    if (place) getSelection().selectAllChildren(place);
    else prompt(t("copy"), text);
    return;
  }
  toast(`${t("copied")} · ${text}`);
  const sign = button.querySelector("svg");
  sign?.replaceWith(icon("check"));
  setTimeout(() => button.querySelector("svg")?.replaceWith(icon("copy")), 1600);
}

// ---- beginning

speak(firstLanguage());
wirePage({ tray, sendText, sendPhotos, sendSample, press });
const setOlder = loadOlder(find("scroll"), find("older"), fetchOlder);
const refreshNow = keepUp({
  catchUp: () => fetchAfter(screen.lastId()).then(tellOfShared),
  index: compare,
  line: (line) => hear(line, false),
  online: (yes, why) => (setOnline(yes, why), yes && hurry()),
});
for (const message of await left()) resume(message);

/** Why a photo that another app shared is not here; the server says it behind the address. */
function tellOfShared() {
  const reason = new URLSearchParams(location.hash.slice(1)).get("share");
  if (!reason) return;
  history.replaceState(null, "", location.pathname);
  screen.complain(t({ too_large: "web-too-large", empty: "web-empty", limit: "share-limit", crowded: "web-crowded" }[reason] ?? "share-failed"));
}

/** What an earlier page could not send. */
function resume(message) {
  if (screen.own(message.id)) return; // written just now
  if (message.path === "/chat/photo") sayPhoto(message, true);
  else if (message.text) sayText(message, true);
  else talk(message, { kept: true });
}
