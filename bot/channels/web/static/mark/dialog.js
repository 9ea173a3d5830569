// Marking inside the chat: a dialog over the conversation; nothing is loaded anew.
import { opened } from "../back.js";
import { element, icon } from "../elements.js";
import { t } from "../texts.js";
import { startMarking } from "./session.js";

/** `photo` is an address; `read(corners)` and `confirm(answer)` speak to the server. */
export function openMarker({ photo, read, confirm }) {
  const dialog = document.getElementById("marker");
  dialog.onclose?.(); // opened again before the event of its closing came
  const before = document.activeElement;
  const head = element("header", "mark-head");
  const box = element("div", "marking");
  const close = element("button", "icon");
  close.type = "button";
  close.setAttribute("aria-label", t("close"));
  close.append(icon("close"));
  close.onclick = () => dialog.close();
  head.append(element("h2", "", t("mark-title")), close);
  dialog.replaceChildren(head, box);
  dialog.showModal();
  const session = startMarking(box, photo, {
    read,
    confirm,
    close: () => dialog.close(),
    lost: () => box.replaceChildren(element("p", "bad", t("not-there"))),
  });
  session.focus();
  const closed = opened(() => dialog.close());
  dialog.onclose = () => {
    if (dialog.open) return; // the event of an earlier closing
    dialog.onclose = null;
    closed();
    session.end();
    dialog.replaceChildren();
    // The pressed button may have been replaced meanwhile.
    (before?.isConnected ? before : document.getElementById("scroll")).focus({ preventScroll: true });
  };
}
