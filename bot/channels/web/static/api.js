// Talks to the server. A message has an id of our making: sent twice, it is answered once, so
// everything here may be tried again.
import { language } from "./texts.js";

/** A new message id. */
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The server answered with a sentence instead of doing it. */
export class Refused extends Error {
  constructor(text, status) {
    super(sentence(text));
    this.passing = status === 408 || status === 429; // worth trying again by hand
  }
}

/** The server is there and cannot take it right now: worth trying again by itself. */
export class Unavailable extends Error {
  constructor(text) {
    super(text);
    const known = { unavailable: "web-unavailable", busy: "web-busy" };
    this.why = known[parsed(text).error]; // the name of a sentence; none from a proxy
  }
}

/** The person took it back. */
export class Cancelled extends Error {}

/** Entries after this id, or a page of those before it: {entries, first, more, language}. */
export async function log(which) {
  const answer = await fetch(`/chat/log?${new URLSearchParams(which)}`, { headers: { "X-Language": language() } });
  if (answer.status === 503) throw new Unavailable(await answer.text());
  if (!answer.ok) throw new Refused(await answer.text(), answer.status);
  return answer.json();
}

/**
 * Send a message once. `on.progress(0..1)` while uploading, `on.line(object)` for each line of the
 * answer. Ends when the answer has; throws `Refused`, `Unavailable`, `Cancelled`, or `Error` when
 * cut off.
 */
export function send({ path, headers, body }, on, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch cannot tell how far an upload is
    let seen = 0;
    let ended = false;
    const read = () => {
      if (request.status !== 200) return;
      for (let end; (end = request.responseText.indexOf("\n", seen)) >= 0; seen = end + 1) {
        const line = JSON.parse(request.responseText.slice(seen, end));
        ended ||= line.type === "end" || line.type === "error";
        on.line(line);
      }
    };
    signal?.addEventListener("abort", () => (request.abort(), reject(new Cancelled())));
    request.open("POST", path);
    for (const [name, value] of Object.entries({ ...headers, "X-Language": language() }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && on.progress(event.loaded / event.total);
    request.upload.onload = () => on.progress(1);
    request.onprogress = read;
    request.onerror = () => reject(new Error("no connection"));
    request.onload = () => {
      read();
      if (request.status === 503) reject(new Unavailable(request.responseText));
      else if (request.status >= 400 && request.status !== 502 && request.status !== 504)
        reject(new Refused(request.responseText, request.status));
      else if (ended) resolve();
      else reject(new Error("cut off"));
    };
    request.send(body);
  });
}

const sentence = (text) => parsed(text).message ?? "";

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // not ours: a proxy's page
  }
}
