// Messages that the server has not taken yet, kept over reloads and a closed browser.
const TAB = tabName();
const locks = navigator.locks; // not on plain http beyond localhost
const STRANGER_AGE_MS = 60_000;

// Held as long as this tab lives, so that others know whether its messages are orphans.
locks?.request(`tab-${TAB}`, () => new Promise(() => {}));

function tabName() {
  try {
    const name = sessionStorage.getItem("tab") ?? Math.random().toString(36).slice(2);
    sessionStorage.setItem("tab", name);
    return name;
  } catch {
    return "only";
  }
}

let opening;
function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("pumbeon", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("outbox", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

function done(mode, work) {
  return database().then(
    (base) =>
      new Promise((resolve, reject) => {
        const change = base.transaction("outbox", mode);
        const request = work(change.objectStore("outbox"));
        change.oncomplete = () => resolve(request.result);
        change.onerror = change.onabort = () => reject(change.error);
      }),
  );
}

/** Keep a message until `drop`. Where the browser keeps nothing, it waits in memory alone. */
export async function keep(message) {
  try {
    await done("readwrite", (store) => store.put({ ...message, tab: TAB, at: Date.now() }));
  } catch {
    // private windows may have no database
  }
}

export async function drop(id) {
  try {
    await done("readwrite", (store) => store.delete(id));
  } catch {
    // as above
  }
}

/** What this tab, or one that is gone, has left to send, oldest first. */
export async function left() {
  try {
    const kept = await done("readonly", (store) => store.getAll());
    const alive = new Set(((await locks?.query())?.held ?? []).map((lock) => lock.name));
    const orphan = ({ tab, at }) => (locks ? !alive.has(`tab-${tab}`) : Date.now() - at > STRANGER_AGE_MS);
    return kept.filter((message) => message.tab === TAB || orphan(message)).sort((a, b) => a.at - b.at);
  } catch {
    return [];
  }
}
