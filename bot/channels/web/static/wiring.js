// Which button does what, and the ways a photo gets into the page.
import { openedByItself } from "./back.js";
import { element } from "./elements.js";
import { COMMANDS, language, speak, t } from "./texts.js";

const find = (id) => document.getElementById(id);

export function wirePage({ tray, sendText, sendPhotos, sendSample, press }) {
  find("composer").onsubmit = (event) => {
    event.preventDefault();
    const input = find("text");
    const text = input.value.trim();
    input.value = "";
    sendPhotos(tray.empty());
    if (text) sendText(text);
  };
  find("camera").onclick = find("shoot").onclick = () => find("from-camera").click();
  find("file").onclick = find("pick").onclick = () => find("from-files").click();
  // The camera has shown the picture already; what was picked from many is shown before it leaves.
  find("from-camera").onchange = (event) => (sendPhotos([...event.target.files]), (event.target.value = ""));
  find("from-files").onchange = (event) => (choose(event.target.files), (event.target.value = ""));
  find("try").onclick = sendSample;
  find("try-again").onclick = () => (closeMenu(), sendSample());
  find("language").onclick = () => (speak(language() === "ko" ? "en" : "ko"), press(`lang:0:${language()}`));
  find("theme").onclick = () => (changeTheme(), closeMenu());
  find("commands").append(...COMMANDS.filter(({ menu }) => menu).map(menuItem));
  for (const item of document.querySelectorAll("[data-command]")) {
    item.onclick = () => (find("menu").contains(item) && closeMenu(), sendText(item.dataset.command));
  }
  find("large").onclick = (event) => event.currentTarget.close();
  document.addEventListener("click", (event) => find("menu").contains(event.target) || (find("menu").open = false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && find("menu").open && closeMenu());
  openedByItself(find("menu"), "toggle", () => (find("menu").open = false));
  wireDrop();

  function choose(files) {
    tray.add(files);
    if (files.length) find("send").focus();
  }

  function closeMenu() {
    find("menu").open = false;
    find("menu").querySelector("summary").focus();
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
      choose(event.dataTransfer.files);
    });
    addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      choose(event.clipboardData.files);
    });
  }
}

function menuItem({ name, text, danger }) {
  const item = element("button", danger ? "danger" : "", t(text));
  item.type = "button";
  Object.assign(item.dataset, { command: name, text });
  return item;
}

/** From what is shown now to the other one. */
function changeTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}
