// The photo with the frame over it, and the buttons below: `makeStage(box, on)`.
import { element, icon } from "../elements.js";
import { t } from "../texts.js";
import * as geometry from "./geometry.js";
import { wireGestures } from "./gestures.js";

const QUARTER = Math.PI / 2;
const MOST_SCALE = 8; // stage pixels a photo pixel
const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

/**
 * Show the photo `src` in `box`. `on.read(corners)` is called with shares of width and height,
 * clockwise from where the code begins; `on.lost()` when the photo cannot be shown. Gives
 * {focus(), busy(yes), corners()}.
 */
export function makeStage(box, src, on) {
  const stage = element("div", "stage");
  const photo = element("img", "under");
  const frame = element("div", "crop");
  const place = element("p", "unseen");
  const { tools, slider, tilted, read } = toolbar({ zoom, quarter, tiltTo, take });
  let size, room, view, rect;
  let quarters = 0;
  let degrees = 0;
  let timer = 0;

  photo.alt = "";
  photo.draggable = false;
  Object.assign(frame, { tabIndex: 0 });
  for (const [name, value] of [["role", "application"], ["aria-label", t("mark-frame")], ["aria-describedby", "mark-keys"]]) frame.setAttribute(name, value);
  for (const edge of HANDLES) {
    const handle = element("i", `handle ${edge}`);
    handle.dataset.edge = edge;
    frame.append(handle);
  }
  place.setAttribute("role", "status");
  stage.append(photo, frame);
  box.replaceChildren(stage, place, tools);
  wireGestures(stage, frame, { move, pull, pan, zoom, turn: quarter, tilt: (by) => tiltTo(degrees + by), read: take, rest });
  photo.onload = begin;
  photo.onerror = on.lost;
  photo.src = src;
  const watch = new ResizeObserver(() => size && refit());
  watch.observe(stage);

  function begin() {
    size = { w: photo.naturalWidth, h: photo.naturalHeight };
    measure();
    view = geometry.fitted(size, room);
    rect = geometry.firstFrame(size, view);
    draw();
  }

  function measure() {
    room = { w: stage.clientWidth, h: stage.clientHeight };
  }

  /** Another size of window: the same part of the photo stays in the frame. */
  function refit() {
    const before = room;
    measure();
    if (!before.w || !room.w || (before.w === room.w && before.h === room.h)) return;
    const whole = geometry.fitted(size, room, view.angle).scale / view.scale; // to fill what is there
    const by = Math.max(whole, Math.min(room.w / before.w, room.h / before.h));
    const to = ({ x, y }) => ({ x: room.w / 2 + (x - before.w / 2) * by, y: room.h / 2 + (y - before.h / 2) * by });
    view = { ...view, ...to(view), scale: view.scale * by };
    rect = { ...to(rect), w: rect.w * by, h: rect.h * by };
    rest();
  }

  function draw() {
    const [w, h] = [size.w * view.scale, size.h * view.scale];
    Object.assign(photo.style, { width: `${w}px`, height: `${h}px` });
    photo.style.transform = `translate(${view.x - w / 2}px, ${view.y - h / 2}px) rotate(${view.angle}rad)`;
    Object.assign(frame.style, { left: `${rect.x}px`, top: `${rect.y}px`, width: `${rect.w}px`, height: `${rect.h}px` });
  }

  const keep = (changed) => (geometry.allowed(changed, view, size) ? ((rect = changed), true) : false);
  function move(dx, dy) {
    const to = (x, y) => geometry.withinStage({ ...rect, x: rect.x + x, y: rect.y + y }, room);
    keep(to(dx, dy)) || keep(to(dx, 0)) || keep(to(0, dy));
    draw();
  }
  function pull(edge, dx, dy) {
    keep(geometry.withinStage(geometry.pulled(rect, edge, dx, dy), room));
    draw();
  }
  function pan(dx, dy) {
    view = { ...view, x: view.x + dx, y: view.y + dy };
    draw();
  }
  function zoom(factor, at = geometry.middle(rect)) {
    const least = geometry.fitted(size, room, view.angle).scale * 0.6;
    view = geometry.zoomed(view, factor, at, least, Math.max(MOST_SCALE, least));
    draw();
  }
  function quarter(by) {
    quarters += by;
    turnTo();
    rest();
  }
  function tiltTo(to) {
    degrees = Math.max(-45, Math.min(45, to));
    slider.value = degrees;
    tilted.textContent = `${degrees}°`;
    turnTo();
    rest();
  }
  function turnTo() {
    const angle = quarters * QUARTER + (degrees * Math.PI) / 180;
    view = geometry.turned(view, angle - view.angle, geometry.middle(rect));
  }

  /** Nothing moves any more: put right what went too far, and say where the frame stands. */
  function rest() {
    [rect, view] = geometry.settled(rect, view, size, room);
    draw();
    clearTimeout(timer);
    timer = setTimeout(() => (place.textContent = where()), 500);
  }

  function where() {
    const [xs, ys] = [0, 1].map((axis) => corners().map((corner) => corner[axis] * 100));
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    const values = { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
    return t("mark-place", Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Math.round(value)])));
  }

  const corners = () => geometry.corners(rect, view, size);
  function take() {
    if (size && !read.disabled) on.read(corners());
  }

  return {
    corners,
    focus: () => frame.focus({ preventScroll: true }),
    busy: (yes) => ((read.disabled = yes), stage.classList.toggle("reading", yes)),
    end: () => watch.disconnect(),
  };
}

function toolbar({ zoom, quarter, tiltTo, take }) {
  const tools = element("div", "tools");
  const slider = element("input", "tilt");
  const read = element("button", "fill read", t("read-this"));
  const keys = element("p", "keys-help", t("mark-keys"));
  const tool = (name, sign, work) => {
    const button = element("button", "icon");
    button.type = "button";
    button.title = t(name);
    button.setAttribute("aria-label", t(name));
    button.append(icon(sign));
    button.onclick = work;
    return button;
  };
  Object.assign(slider, { type: "range", min: -45, max: 45, step: 1, value: 0, title: t("tilt"), oninput: () => tiltTo(Number(slider.value)) });
  const label = element("label", "tilting");
  const tilted = element("span", "degrees", "0°");
  label.append(element("span", "", t("tilt")), tilted, slider);
  Object.assign(read, { type: "button", onclick: take });
  keys.id = "mark-keys";
  const row = element("div", "row-tools");
  row.append(
    tool("turn-left", "left", () => quarter(-1)),
    tool("turn-right", "right", () => quarter(1)),
    label,
    tool("zoom-out", "minus", () => zoom(1 / 1.3)),
    tool("zoom-in", "plus", () => zoom(1.3)),
  );
  tools.append(row, read, keys);
  return { tools, slider, tilted, read };
}
