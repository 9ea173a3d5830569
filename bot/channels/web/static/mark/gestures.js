// Fingers, mouse, wheel and keys, as changes of the stage: `move(dx, dy)` and `pull(edge, dx, dy)`
// the frame, `pan(dx, dy)` and `zoom(factor, at)` the photo, `turn()`, `tilt(degrees)`, `read()`.

const STEP = 6;
const EDGES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function wireGestures(stage, frame, does) {
  const fingers = new Map();
  let held = "";

  const at = ({ clientX, clientY }) => {
    const box = stage.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    held = event.target.dataset.edge ?? (frame.contains(event.target) ? "frame" : "photo");
    frame.focus({ preventScroll: true });
  });

  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other) pinch(before, now, other);
    else if (held === "frame") does.move(dx, dy);
    else if (held === "photo") does.pan(dx, dy);
    else does.pull(held, dx, dy);
  });

  /** One finger moves while another rests: enlarge around the middle of both, and move along. */
  function pinch(before, now, other) {
    const far = (point) => Math.max(12, Math.hypot(point.x - other.x, point.y - other.y));
    does.zoom(far(now) / far(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    does.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  }

  for (const kind of ["pointerup", "pointercancel"]) {
    stage.addEventListener(kind, (event) => {
      if (!fingers.delete(event.pointerId)) return;
      held = "photo"; // the finger that stays moves on, but not the frame
      if (!fingers.size) does.rest();
    });
  }

  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      does.zoom(Math.exp(-event.deltaY * lines * 0.002), at(event));
      does.rest();
    },
    { passive: false },
  );

  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !key(event)) return;
    event.preventDefault();
    does.rest();
  });

  function key({ key, shiftKey }) {
    const edge = EDGES[key];
    if (edge && shiftKey) does.pull("se", edge[0] * STEP, edge[1] * STEP);
    else if (edge) does.move(edge[0] * STEP, edge[1] * STEP);
    else if (key === "+" || key === "=") does.zoom(1.15);
    else if (key === "-" || key === "_") does.zoom(1 / 1.15);
    else if (key === "r") does.turn(1);
    else if (key === "R") does.turn(-1);
    else if (key === "[" || key === "]") does.tilt(key === "[" ? -1 : 1);
    else if (key === "Enter") does.read();
    else return false;
    return true;
  }
}
