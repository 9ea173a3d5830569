// The browser's back button closes what lies over the conversation, the newest first. One entry of
// the history stands for all of it, however much is open.
const over = []; // functions that close
let leaving = false;

if (history.state?.over) history.replaceState(null, ""); // of the page before a reload

/** Something is over the conversation now; `close` closes it. Gives what to call once it is closed. */
export function opened(close) {
  over.push(close);
  settle();
  return () => {
    const place = over.indexOf(close);
    if (place >= 0) over.splice(place, 1);
    setTimeout(settle); // what takes its place may be opened right now
  };
}

/** The same for a `dialog` or `details` that opens and closes by itself, as it tells by `event`. */
export function openedByItself(node, event, close) {
  let closed = null;
  node.addEventListener(event, () => {
    if (node.open) closed ??= opened(close);
    else (closed?.(), (closed = null));
  });
}

function settle() {
  if (leaving) return;
  if (over.length && !history.state?.over) history.pushState({ over: true }, "");
  else if (!over.length && history.state?.over) {
    leaving = true;
    history.back();
  }
}

addEventListener("popstate", () => {
  if (leaving) leaving = false;
  else over.pop()?.();
  settle();
});
