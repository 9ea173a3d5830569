// Labelling by keys, and the frame around the code; without this file the buttons still work.
import { makeStage } from "/static/mark/stage.js";
import { use } from "/static/texts.js";

use(document.documentElement.lang);

const dialog = document.getElementById("marker");
const area = document.getElementById("stage");
const draw = document.getElementById("draw");
const drawn = document.getElementById("drawn");
const typed = document.getElementById("code");
const lines = document.getElementById("lines");
let stage = null;

/** The key's letter on a Latin keyboard, whichever letters it types: ㅁ is A. */
function letter(event) {
  if (/^[a-z0-9]$/i.test(event.key)) return event.key.toLowerCase();
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code);
  return place ? place[1].toLowerCase() : event.key;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || dialog.open) return;
  if (event.target.matches("input:not([type=checkbox]), select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const key = letter(event);
  if (key === "Enter" && event.target.closest("a, button, summary, input")) return; // its own press
  if (key === "t" && typed) {
    event.preventDefault();
    typed.focus();
    return;
  }
  const one = [...document.querySelectorAll("[data-keys]")].find((each) => each.dataset.keys.split(" ").includes(key));
  if (!one || one.hidden) return;
  event.preventDefault();
  one.click();
});

if (lines) lines.onchange = () => document.getElementById("shot").classList.toggle("bare", !lines.checked);

if (draw) {
  draw.hidden = false;
  draw.onclick = () => {
    dialog.showModal();
    stage = makeStage(area, area.dataset.photo, { read: keep, lost: () => dialog.close() });
    area.querySelector(".read").textContent = area.dataset.take;
    stage.focus();
  };
  dialog.onclose = () => {
    stage?.end();
    stage = null;
    area.replaceChildren();
    draw.focus();
  };
}

/** The frame's corners as shares of the photo: into both forms, and onto the photo. */
function keep(corners) {
  for (const field of document.querySelectorAll("input[name=quad]")) field.value = JSON.stringify(corners);
  const svg = document.querySelector("svg.lines");
  const { width, height } = svg.viewBox.baseVal;
  const frame = svg.querySelector(".drawn") ?? document.createElementNS(svg.namespaceURI, "polygon");
  frame.setAttribute("class", "drawn");
  frame.setAttribute("points", corners.map(([x, y]) => `${x * width},${y * height}`).join(" "));
  svg.append(frame);
  dialog.close();
  drawn.textContent = drawn.dataset.drawn;
}
