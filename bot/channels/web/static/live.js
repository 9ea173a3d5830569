// Keeps the page up to date while it is seen: server-sent events, and the log wherever they break.
const MOST_PAUSE_S = 15;
const STEADY_MS = 5000;

/**
 * `on.catchUp()` fetches what is new and throws when the server is not there; `on.index(list)` and
 * `on.line(object)` hear what the server tells; `on.online(yes, why)` whether it is there, and
 * which sentence says why not. Gives a function that tries again at once.
 */
export function keepUp(on) {
  let source;
  let pause = 0;
  let timer = 0;
  let round = 0;

  function close() {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  function later() {
    close();
    pause = Math.min(pause ? pause * 2 : 0.5, MOST_PAUSE_S);
    timer = setTimeout(open, pause * 1000);
  }

  async function open() {
    close();
    if (document.hidden) return; // a page in the background takes up no connection
    const mine = ++round;
    try {
      await on.catchUp();
    } catch (error) {
      if (mine === round) {
        on.online(false, error.why);
        later();
      }
      return;
    }
    if (mine !== round) return;
    on.online(true);
    listen();
  }

  function listen() {
    const opened = new EventSource("/chat/live");
    let steady = 0;
    source = opened;
    opened.onopen = () => (steady = setTimeout(() => (pause = 0), STEADY_MS));
    opened.addEventListener("index", (event) => on.index(JSON.parse(event.data)));
    opened.onmessage = (event) => on.line(JSON.parse(event.data));
    opened.onerror = () => {
      clearTimeout(steady);
      if (source === opened) later();
    };
  }

  function again() {
    pause = 0;
    open();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : again()));
  addEventListener("online", again);
  addEventListener("offline", () => (on.online(false), later()));
  open();
  return again;
}
