// Messages leave one after the other, in the order they were written, whatever the connection does.
import * as api from "./api.js";
import * as outbox from "./outbox.js";
import { shrunk } from "./shrink.js";

const PAUSES_S = [1, 2, 4, 8, 15];
const queue = [];
let pumping = false;
let wake = () => {};

/**
 * Send a message: {id, path, headers, body}. `on.progress(0..1)`, `on.line(object)`,
 * `on.waiting(why)` when it must wait: for the connection, or for what the sentence of that name
 * says; `on.taken()` when the server has it,
 * `on.done(error)` at the end. Gives a function that takes it back.
 */
export function dispatch(message, on, { kept = false } = {}) {
  const stop = new AbortController();
  queue.push({ message, on, stop, keeping: kept ? Promise.resolve() : outbox.keep(message) });
  pump();
  return () => (stop.abort(), wake());
}

/** The connection is back. */
export const hurry = () => wake();

async function pump() {
  if (pumping) return;
  pumping = true;
  while (queue.length) {
    await deliver(queue[0]);
    queue.shift();
  }
  pumping = false;
}

/** Ends once the server has the message, or never will. */
function deliver(item) {
  return new Promise((next) => {
    let taken = false;
    const over = async (error) => {
      await item.keeping;
      await outbox.drop(item.message.id);
      item.on.done(error);
      next();
    };
    const line = (said) => {
      if (!taken) {
        taken = true;
        item.on.taken();
        item.keeping.then(() => outbox.drop(item.message.id)).then(next);
      }
      item.on.line(said);
    };
    attempt(item, line, () => taken).then(() => over(), over);
  });
}

async function attempt({ message, on, stop }, line, taken) {
  const body = message.body instanceof Blob ? await shrunk(message.body) : message.body;
  for (let round = 0; ; round++) {
    if (stop.signal.aborted) throw new api.Cancelled();
    try {
      return await api.send({ ...message, body }, { progress: on.progress, line }, stop.signal);
    } catch (error) {
      // What the server has taken is answered there: the log and the live events bring it.
      if (error instanceof api.Refused || error instanceof api.Cancelled || taken()) throw error;
      on.waiting(error.why);
      await pause(PAUSES_S[Math.min(round, PAUSES_S.length - 1)]);
    }
  }
}

function pause(seconds) {
  return new Promise((resolve) => {
    wake = resolve;
    setTimeout(resolve, seconds * 1000);
  });
}
