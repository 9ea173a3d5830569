// Where photo and frame stand. The frame is upright on the screen; the photo is moved, enlarged and
// turned beneath it. So the frame's corners, seen on the photo, say how the code is turned.
//
// view: {x, y, scale, angle}: the photo's middle on the stage, stage pixels a photo pixel, radians.
// frame: {x, y, w, h} on the stage. size, stage: {w, h}.

export const LEAST_FRAME = 24;
const OVER = 0.12; // how far a corner may stand outside the photo, as a share of it

/** A point of the stage as shares of the photo's width and height. */
export function onPhoto({ x, y }, view, size) {
  const [dx, dy] = [(x - view.x) / view.scale, (y - view.y) / view.scale];
  const [cos, sin] = [Math.cos(view.angle), Math.sin(view.angle)];
  return [(dx * cos + dy * sin) / size.w + 0.5, (dy * cos - dx * sin) / size.h + 0.5];
}

/** The frame's corners on the photo, clockwise from where the code begins. */
export function corners({ x, y, w, h }, view, size) {
  const ends = [{ x, y }, { x: x + w, y }, { x: x + w, y: y + h }, { x, y: y + h }];
  return ends.map((end) => onPhoto(end, view, size));
}

/** The whole photo in the middle of the stage, at this angle. */
export function fitted(size, stage, angle = 0) {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const scale = 0.94 * Math.min(stage.w / (size.w * cos + size.h * sin), stage.h / (size.w * sin + size.h * cos));
  return { x: stage.w / 2, y: stage.h / 2, scale, angle };
}

/** A frame as a code is shaped, in the middle of the photo. */
export function firstFrame(size, view) {
  const w = size.w * view.scale * 0.7;
  const h = Math.max(LEAST_FRAME, Math.min(w * 0.24, size.h * view.scale * 0.8));
  return { x: view.x - w / 2, y: view.y - h / 2, w, h };
}

/** The view enlarged by `factor` around a point of the stage. */
export function zoomed(view, factor, at, least, most) {
  const scale = Math.min(most, Math.max(least, view.scale * factor));
  const by = scale / view.scale;
  return { ...view, scale, x: at.x + (view.x - at.x) * by, y: at.y + (view.y - at.y) * by };
}

/** The view turned by `radians` around a point of the stage. */
export function turned(view, radians, at) {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const [dx, dy] = [view.x - at.x, view.y - at.y];
  return { ...view, angle: view.angle + radians, x: at.x + dx * cos - dy * sin, y: at.y + dx * sin + dy * cos };
}

export const middle = ({ x, y, w, h }) => ({ x: x + w / 2, y: y + h / 2 });

/** Whether all corners stand on the photo, or nearly. */
export function allowed(frame, view, size) {
  const inside = (share) => share >= -OVER && share <= 1 + OVER;
  return corners(frame, view, size).every(([x, y]) => inside(x) && inside(y));
}

/** The frame within the stage, with sides of at least `LEAST_FRAME`. */
export function withinStage({ x, y, w, h }, stage) {
  const [width, height] = [Math.min(stage.w, Math.max(LEAST_FRAME, w)), Math.min(stage.h, Math.max(LEAST_FRAME, h))];
  return {
    x: Math.min(stage.w - width, Math.max(0, x)),
    y: Math.min(stage.h - height, Math.max(0, y)),
    w: width,
    h: height,
  };
}

/** View and frame put right: the photo comes back under the frame, a too large frame shrinks. */
export function settled(frame, view, size, stage) {
  let kept = withinStage(frame, stage);
  const at = middle(kept);
  const [x, y] = onPhoto(at, view, size);
  const [dx, dy] = [(Math.min(1, Math.max(0, x)) - x) * size.w * view.scale, (Math.min(1, Math.max(0, y)) - y) * size.h * view.scale];
  const [cos, sin] = [Math.cos(view.angle), Math.sin(view.angle)];
  const moved = { ...view, x: view.x - (dx * cos - dy * sin), y: view.y - (dx * sin + dy * cos) };
  for (let step = 0; step < 60 && !allowed(kept, moved, size); step++) {
    const [w, h] = [Math.max(LEAST_FRAME, kept.w * 0.94), Math.max(LEAST_FRAME, kept.h * 0.94)];
    kept = { x: at.x - w / 2, y: at.y - h / 2, w, h };
  }
  return [kept, moved];
}

/** The frame after one of its handles ("n", "se", …) was pulled by (dx, dy). */
export function pulled({ x, y, w, h }, edge, dx, dy) {
  let [left, top, right, bottom] = [x, y, x + w, y + h];
  if (edge.includes("w")) left = Math.min(left + dx, right - LEAST_FRAME);
  if (edge.includes("e")) right = Math.max(right + dx, left + LEAST_FRAME);
  if (edge.includes("n")) top = Math.min(top + dy, bottom - LEAST_FRAME);
  if (edge.includes("s")) bottom = Math.max(bottom + dy, top + LEAST_FRAME);
  return { x: left, y: top, w: right - left, h: bottom - top };
}
