// The page's conversation: sends what the person does, shows what comes back.
import * as api from "./api.js";
import { firstLanguage, language, speak, t } from "./texts.js";
import { bubble, dots, element, icon, notice, picture, progress } from "./view.js";

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_FILES = 10;
const find = (id) => document.getElementById(id);
const list = find("log");
const scroll = find("scroll");
const on = { press, enlarge, copy };
let toastTimer = 0;

// ---- showing

function show(entry) {
  if (entry.kind === "press") return;
  const old = list.querySelector(`[data-id="${entry.id}"]`) ?? ownBubble(entry);
  if (entry.author === "person" && old) {
    old.dataset.id = entry.id;
    return;
  }
  const item = bubble(entry, on);
  if (old) replaceBubble(old, item);
  else append(item);
  if (entry.author === "bot" && entry.interaction) showSentPhoto(entry);
}

function ownBubble(entry) {
  return entry.author === "person" && list.querySelector(`.person[data-turn="${entry.turn}"]`);
}

function replaceBubble(old, item) {
  const focused = old.contains(document.activeElement);
  item.classList.add("still");
  old.replaceWith(item);
  if (focused) item.querySelector(".key")?.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

/** After a reload the person's own photo is shown from the server. */
function showSentPhoto(entry) {
  const box = list.querySelector(`.person[data-turn="${entry.turn}"] .bubble.picture`);
  if (box && !box.querySelector("img, .chip")) box.append(picture(`/chat/photo/${entry.interaction}`, t("sent"), on));
}

function append(item) {
  find("welcome").hidden = true;
  const busy = list.querySelector(".busy");
  if (busy && !item.classList.contains("busy")) list.insertBefore(item, item.matches(".person") ? null : busy);
  else list.append(item);
  if (busy) list.append(busy);
  toBottom();
}

function toBottom() {
  scroll.scrollTo({ top: scroll.scrollHeight, behavior: "auto" });
}

function settle(first) {
  for (const item of [...list.children]) {
    if (item.dataset.id ? Number(item.dataset.id) < first : item.matches(".notice")) item.remove();
  }
  find("welcome").hidden = list.children.length > 0;
}

function toast(text) {
  const box = find("toast");
  box.textContent = text;
  box.classList.add("up");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => box.classList.remove("up"), 2600);
}

function enlarge(src, alt) {
  const dialog = find("large");
  Object.assign(dialog.firstElementChild, { src, alt });
  dialog.showModal();
}

async function copy(code, button) {
  try {
    await navigator.clipboard.writeText(code);
  } catch {
    const range = document.createRange(); // no clipboard outside https and localhost: select it
    range.selectNodeContents(button.previousElementSibling);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  button.replaceChildren(icon("check"));
  toast(`${t("copied")} · ${code}`);
  setTimeout(() => button.replaceChildren(icon("copy")), 1600);
}

// ---- sending

/** Send one message and show its answer; `dress` are the signs of progress on its own bubble. */
async function talk(path, headers, body, busyText, dress = {}) {
  const busy = dots(busyText);
  const wait = dress.quiet ? 0 : setTimeout(() => append(busy), dress.afterUpload ? 1e9 : 250);
  const begin = () => !dress.quiet && !busy.isConnected && append(busy);
  try {
    await api.send(path, headers, body, {
      progress: (part) => (dress.progress?.(part), part === 1 && begin()),
      waiting: () => setOnline(false),
      line: (line) => {
        setOnline(true);
        if (line.type === "message" && line.entry.author === "bot") busy.remove();
        answer(line);
      },
    });
  } catch (error) {
    const again = error instanceof api.Refused ? undefined : () => talk(path, headers, body, busyText, dress);
    append(notice(error.message && error instanceof api.Refused ? error.message : t("failed"), again));
  } finally {
    clearTimeout(wait);
    busy.remove();
    dress.done?.();
  }
}

function answer(line) {
  if (line.type === "message") show(line.entry);
  if (line.type === "toast") toast(line.text);
  if (line.type === "error") append(notice(line.text));
  if (line.type === "end") {
    settle(line.first);
    if (line.language && line.language !== language()) speak(line.language);
  }
}

function sendPhoto(file) {
  if (file.type && !file.type.startsWith("image/")) return append(notice(t("no_picture")));
  if (file.size > MAX_BYTES) return append(notice(t("too_large")));
  const id = api.newId();
  const item = bubble({ author: "person", turn: id, kind: "photo", preview: URL.createObjectURL(file) }, on);
  const bar = progress();
  item.querySelector(".bubble").append(bar);
  append(item);
  item.querySelector("img").addEventListener("load", toBottom);
  return talk("/chat/photo", { "X-Message-Id": id, "Content-Type": "application/octet-stream" }, file, t("reading"), {
    afterUpload: true,
    progress: (part) => {
      bar.value = part;
      item.classList.toggle("reading", part === 1);
      if (part === 1) bar.remove();
    },
    done: () => (bar.remove(), item.classList.remove("reading")),
  });
}

function sendFiles(files) {
  for (const file of [...files].slice(0, MAX_FILES)) sendPhoto(file);
}

function sendText(text) {
  const id = api.newId();
  append(bubble({ author: "person", turn: id, kind: "text", text }, on));
  return post("/chat/text", { id, text }, t("answering"));
}

async function press(data, button) {
  const item = button?.closest("li");
  const keys = item ? [...item.querySelectorAll("button.key")] : [];
  for (const key of keys) key.setAttribute("aria-disabled", "true");
  button?.classList.add("pressed");
  const message = Number(item?.dataset.id ?? 0);
  await post("/chat/press", { id: api.newId(), message, data }, t("answering"));
  for (const key of keys) key.removeAttribute("aria-disabled");
  button?.classList.remove("pressed");
}

function post(path, payload, busyText) {
  return talk(path, { "Content-Type": "application/json" }, JSON.stringify(payload), busyText);
}

async function sendSample() {
  const answer = await fetch("/static/sample-tag.jpg");
  sendPhoto(new File([await answer.blob()], "sample-tag.jpg", { type: "image/jpeg" }));
}

// ---- staying up to date

function setOnline(yes) {
  const status = find("status");
  status.dataset.text = yes ? "online" : "offline";
  status.textContent = t(status.dataset.text);
  status.classList.toggle("off", !yes);
}

async function refresh() {
  const last = Math.max(0, ...[...list.querySelectorAll("[data-id]")].map((item) => Number(item.dataset.id)));
  try {
    const kept = await api.log(last);
    kept.entries.forEach(show);
    answer({ type: "end", ...kept });
    setOnline(true);
    if (kept.entries.some((entry) => entry.pending)) setTimeout(refresh, 1500);
  } catch (error) {
    setOnline(false);
    if (error instanceof api.Refused && error.message) append(notice(error.message));
    else setTimeout(refresh, 3000);
  }
}

// ---- wiring

function wire() {
  find("composer").onsubmit = (event) => {
    event.preventDefault();
    const input = find("text");
    const text = input.value.trim();
    input.value = "";
    if (text) sendText(text);
  };
  find("camera").onclick = () => find("from-camera").click();
  find("file").onclick = find("pick").onclick = () => find("from-files").click();
  for (const id of ["from-camera", "from-files"]) {
    find(id).onchange = (event) => (sendFiles(event.target.files), (event.target.value = ""));
  }
  find("try").onclick = sendSample;
  find("try-again").onclick = () => ((find("menu").open = false), sendSample());
  find("history").onclick = () => sendText("/history");
  find("language").onclick = () => (speak(language() === "ko" ? "en" : "ko"), press(`lang:0:${language()}`));
  for (const item of document.querySelectorAll("[data-command]")) {
    item.onclick = () => ((find("menu").open = false), sendText(item.dataset.command));
  }
  find("large").onclick = (event) => event.currentTarget.close();
  document.addEventListener("click", (event) => find("menu").contains(event.target) || (find("menu").open = false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && (find("menu").open = false));
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  wireDrop();
}

function wireDrop() {
  let depth = 0;
  const over = (yes) => (find("drop").hidden = !yes);
  addEventListener("dragenter", () => over(++depth > 0));
  addEventListener("dragleave", () => over(--depth > 0));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    over((depth = 0));
    sendFiles(event.dataTransfer.files);
  });
  addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    sendFiles(event.clipboardData.files);
  });
}

speak(firstLanguage());
wire();
refresh();
