// Speaks the page's language. The server makes sentences.js: what the page says (page.ftl) and the
// commands that it offers. The bot's own sentences come with its answers.
import { COMMANDS, TEXTS } from "./sentences.js";

export { COMMANDS };

let current = "en";

/** The language in use, "ko" or "en". */
export const language = () => current;

/** The text of this name in the language in use, its {names} filled in. */
export const t = (name, values = {}) => TEXTS[current][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

/** The text of this name in every language. */
export const inEveryLanguage = (name) => Object.values(TEXTS).map((texts) => texts[name]);

/** What the person chose on this device, else the browser's language. */
export function firstLanguage() {
  const chosen = stored();
  if (chosen === "ko" || chosen === "en") return chosen;
  return navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en";
}

function stored() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null; // a browser may refuse storage inside another page
  }
}

/** Say everything in this language from now on; nothing is remembered. */
export const use = (name) => (current = name);

/** Speak this language from now on, everywhere on the page. */
export function speak(name) {
  use(name);
  try {
    localStorage.setItem("language", name);
  } catch {
    // as above
  }
  document.documentElement.lang = name;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = t(node.dataset.hint);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.matches("button, summary")) node.title = t(node.dataset.label);
  }
}
