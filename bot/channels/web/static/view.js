// Builds what is seen: bubbles, codes, buttons. Knows nothing of the server.
import { element, icon } from "./elements.js";
import { offerCards, priceHead, withoutOffers } from "./offers.js";
import { COMMANDS, inEveryLanguage, language, t } from "./texts.js";

const EMOJI = /^\p{Emoji_Presentation}\uFE0F?\s*|^🗑\uFE0F?\s*/u; // not every device draws these
const DRAWN = { "🔔": "bell", "🔕": "bell", "🗑": "bin" };
const NAMED = new Map(COMMANDS.map(({ name, text }) => [name, text]));
const AMOUNT = inEveryLanguage("price").map((price) => price.replace("{won}", "[\\d,]+")).join("|");
const TOLD_APART = new RegExp(`(https?://[^\\s<>"]+|${AMOUNT})`); // links and prices
const PRICE = new RegExp(`^(?:${AMOUNT})$`);

/**
 * A list item for one entry; `on.press(data, button)`, `on.enlarge(src)`, `on.copy(text, button)`
 * and `on.mark(interaction)` are called by it.
 */
export function bubble(entry, on) {
  const item = element("li", `turn ${entry.author}`);
  item.dataset.turn = entry.turn;
  if (entry.id) Object.assign(item.dataset, { id: entry.id, version: entry.version ?? 1 });
  if (entry.interaction) item.dataset.interaction = entry.interaction;
  if (entry.correcting) item.dataset.correcting = entry.interaction;
  const box = element("div", "bubble");
  box.append(hidden(entry.author === "bot" ? t("bot") : t("you")));
  if (entry.kind === "photo") {
    box.classList.add("picture");
    box.append(entry.preview ? picture(entry.preview, t("sent"), on) : nameless());
  }
  const goods = entry.image && entry.card && !entry.card.large;
  if (entry.image && !goods) box.append(entry.dark ? picture(entry.image, t("chart"), on, { dark: `${entry.image}&dark=1`, size: entry.size })
    : picture(entry.image, t(entry.code ? "marked" : "example"), on, { size: entry.size }));
  if (entry.code) box.append(ticket(entry.code, on));
  if (entry.card) box.append(priceHead(entry.card, goods && picture(entry.image, entry.card.name, on)));
  else if (entry.text) box.append(words(entry));
  if (entry.offers?.length) box.append(offerCards(entry));
  if (entry.card?.rest) box.append(words({ ...entry, text: entry.card.rest, offers: [] }));
  if (entry.file) box.append(download(entry.file));
  if (entry.search) box.append(searchField(entry.search, on));
  item.append(box);
  if (entry.rows?.length) item.append(keyboard(entry, on));
  item.append(clock(entry.at));
  return item;
}

/** The three dots of an answer that is on its way. */
export function dots(text) {
  const item = element("li", "turn bot busy");
  const box = element("div", "bubble");
  const row = element("span", "dots");
  row.append(element("i"), element("i"), element("i"));
  box.append(row, element("span", "", text));
  item.append(box);
  return item;
}

/** A sentence of the page itself, with a button to try again where that makes sense. */
export function notice(text, retry) {
  const item = element("li", "turn bot notice");
  item.append(element("div", "bubble", text));
  if (retry) {
    const rows = element("div", "keys");
    const row = element("div", "row");
    const button = element("button", "key primary", t("again"));
    button.type = "button";
    button.onclick = () => (item.remove(), retry());
    row.append(button);
    rows.append(row);
    item.append(rows);
  }
  return item;
}

/** How far a message of the person's own is: the bar over a photo, and whether it waits. */
export function sendingSigns(item, photo = false) {
  const bar = element("progress", "progress");
  const stop = element("button", "stop");
  bar.max = 1;
  bar.setAttribute("aria-label", t("uploading"));
  stop.type = "button";
  stop.setAttribute("aria-label", t("cancel"));
  stop.append(icon("close"));
  if (photo) item.querySelector(".bubble").append(bar, stop);
  return {
    photo,
    progress: (part) => (bar.value = part),
    waiting: () => item.classList.add("waiting"),
    cancellable: (cancel) => (stop.onclick = cancel),
    taken: () => (item.classList.remove("waiting"), bar.remove(), stop.remove()),
    gone: () => item.remove(),
  };
}

/**
 * A picture that can be enlarged; `dark` is the address of the one that dark pages show, `size` its
 * width and height, so that nothing jumps when it comes.
 */
export function picture(src, alt, on, { dark = "", size = null } = {}) {
  const button = element("button", "photo");
  const image = element("img");
  button.type = "button";
  button.title = t("enlarge");
  image.alt = alt;
  if (size) [image.width, image.height] = size;
  image.src = src;
  image.onerror = () => button.replaceWith(nameless());
  button.onclick = () => on.enlarge(dark && !image.offsetWidth ? dark : src, alt);
  button.append(image);
  if (dark) {
    const other = element("img", "in-dark");
    Object.assign(other, { alt, src: dark, loading: "lazy" });
    if (size) [other.width, other.height] = size;
    image.className = "in-light";
    button.append(other);
  }
  return button;
}

function nameless() {
  const chip = element("span", "chip");
  chip.append(icon("picture"), element("span", "", t("photo")));
  return chip;
}

function words(entry) {
  const command = entry.author === "person" && NAMED.get(entry.text.split(" ")[0]);
  const lines = element("p", command ? "words command" : "words");
  const text = withoutCode(entry);
  for (const part of (entry.offers?.length ? withoutOffers(text) : text).split(TOLD_APART)) {
    if (/^https?:/.test(part)) lines.append(link(part, part));
    else lines.append(PRICE.test(part) ? element("b", "", part) : part);
  }
  if (command) lines.textContent = [t(command), ...entry.text.split(" ").slice(1)].join(" ");
  return lines;
}

/** A first line that only repeats the code is left out: the tag above shows it. */
export function withoutCode({ text, code }) {
  return code && text?.startsWith(`${code}\n`) ? text.slice(code.length + 1) : text;
}

function link(url, text) {
  const anchor = element("a", "", text);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function ticket(code, on) {
  const box = element("div", "ticket");
  const button = element("button", "copy");
  button.type = "button";
  button.title = t("copy");
  button.setAttribute("aria-label", `${t("copy")}: ${code}`);
  button.append(icon("copy"));
  button.onclick = () => on.copy(code, button);
  box.append(element("code", "", code), button);
  return box;
}

function keyboard({ rows, interaction, offers = [] }, on) {
  const box = element("div", "keys");
  const carded = new Set(offers.map((offer) => offer.link)); // the cards open these
  for (const every of rows) {
    const choices = every.filter((choice) => !choice.url || !carded.has(choice.url));
    if (!choices.length) continue;
    const row = element("div", "row");
    if (choices.every((choice) => [...choice.label].length <= 2)) row.classList.add("tiny");
    if (choices.length === 8) box.classList.add("eight");
    row.append(...choices.map((choice) => key(choice, interaction, on)));
    box.append(row);
  }
  return box;
}

function key(choice, interaction, on) {
  if (/^https?:\/\//.test(choice.url)) {
    const anchor = link(choice.url, choice.label);
    anchor.className = `key ${choice.style}`;
    anchor.append(icon("out"));
    return anchor;
  }
  // Where we draw an icon of our own, the label needs no sign: not every font has it.
  const label = choice.copy || choice.mark ? choice.label.replace(/^[⧉⛶]\s*/u, "") : choice.label;
  const button = element("button", `key ${choice.style}`, label.replace(EMOJI, ""));
  const drawn = DRAWN[[...label][0]];
  button.type = "button";
  if (drawn) button.prepend(icon(drawn));
  if (choice.copy) {
    button.prepend(icon("copy"));
    button.onclick = () => on.copy(choice.copy, button);
  } else if (choice.mark) {
    button.dataset.mark = interaction;
    button.prepend(icon("frame"));
    button.onclick = () => on.mark(interaction);
  } else {
    button.dataset.data = choice.data;
    button.onclick = () => on.press(choice.data, button);
  }
  return button;
}

/** A line to search what is listed: `command` and what is written into it are sent. */
function searchField(command, on) {
  const form = element("form", "find");
  const input = element("input");
  const go = element("button", "key", t("find"));
  Object.assign(input, { type: "search", maxLength: 60, placeholder: t("find-hint"), enterKeyHint: "search" });
  input.setAttribute("aria-label", t("find-hint"));
  form.append(input, go);
  form.onsubmit = (event) => {
    event.preventDefault();
    if (input.value.trim()) on.say(`${command} ${input.value.trim()}`);
  };
  return form;
}

function download({ name, url, bytes }) {
  const anchor = element("a", "file", name);
  anchor.href = url;
  anchor.download = name;
  anchor.prepend(icon("down"));
  anchor.append(element("small", "", size(bytes)));
  return anchor;
}

function size(bytes) {
  return bytes < 10_000 ? `${bytes} B` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function clock(at) {
  const time = element("time");
  const date = at ? new Date(at) : new Date();
  time.dateTime = date.toISOString();
  const today = date.toDateString() === new Date().toDateString();
  const options = { hour: "numeric", minute: "2-digit", ...(today ? {} : { month: "short", day: "numeric" }) };
  time.textContent = date.toLocaleString(language(), options);
  return time;
}

function hidden(text) {
  return element("span", "unseen", `${text}: `);
}
