// The Mini App inside Telegram. Nothing of Telegram is loaded: what it says stands behind the # of
// the address, and the page speaks to it as core.telegram.org/api/web-events describes.
import { newId } from "../api.js";
import { speak, t } from "../texts.js";
import { element } from "../elements.js";
import { startMarking } from "./session.js";

const TELEGRAM = "https://web.telegram.org";
const told = new URLSearchParams(location.hash.slice(1));
const init = told.get("tgWebAppData") ?? "";
const interaction = Number(new URLSearchParams(location.search).get("interaction"));
const box = document.getElementById("marking");

function tellTelegram(type, data = {}) {
  const text = JSON.stringify(data);
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(type, text);
  else if (window.external && "notify" in window.external) window.external.notify(JSON.stringify({ eventType: type, eventData: data }));
  else if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType: type, eventData: data }), TELEGRAM);
}

/** Dark where Telegram's own background is. */
function dress() {
  try {
    const colour = JSON.parse(told.get("tgWebAppThemeParams") ?? "{}").bg_color ?? "";
    const [red, green, blue] = colour.match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16));
    document.documentElement.dataset.theme = red * 0.3 + green * 0.6 + blue * 0.1 < 128 ? "dark" : "light";
  } catch {
    // no colour: as the device has it
  }
}

function languageHint() {
  try {
    return JSON.parse(new URLSearchParams(init).get("user")).language_code ?? "";
  } catch {
    return navigator.language;
  }
}

async function ask(path, more = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Language": document.documentElement.lang },
      body: JSON.stringify({ init, interaction, ...more }),
    });
  } catch {
    throw new Error(t("failed"));
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Error(said.message ?? t("failed"));
}

const close = () => tellTelegram("web_app_close");
const lost = (text) => box.replaceChildren(element("p", "bad", text));

async function begin() {
  dress();
  speak(languageHint().toLowerCase().startsWith("ko") ? "ko" : "en");
  tellTelegram("web_app_ready");
  tellTelegram("web_app_expand");
  tellTelegram("web_app_setup_swipe_behavior", { allow_vertical_swipe: false }); // dragging marks
  document.getElementById("close").onclick = close;
  try {
    const answer = await ask("/mark/photo");
    const language = answer.headers.get("Content-Language");
    if (language) speak(language);
    const session = startMarking(box, URL.createObjectURL(await answer.blob()), {
      read: async (corners) => (await ask("/mark/read", { corners })).json(),
      confirm: async (found) => (await ask("/mark/confirm", { code: found.code, id: newId() })).json(),
      close,
      lost: () => lost(t("mark-lost")),
    });
    session.focus();
  } catch (error) {
    lost(init ? error.message : t("mark-lost"));
  }
}

begin();
