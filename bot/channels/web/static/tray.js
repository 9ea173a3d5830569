// Photos that are about to be sent, shown small above the line to write in.
import { element, icon } from "./elements.js";
import { t } from "./texts.js";

const MOST_FILES = 10;
const MAX_BYTES = 20 * 1024 * 1024;
const chosen = [];

/** `on.changed(count)` and `on.refused(sentence)` are called by `add` and by the buttons. */
export function makeTray(box, on) {
  function add(files) {
    for (const file of files) {
      if (chosen.length >= MOST_FILES) {
        on.refused(t("too-many"));
        break;
      }
      const reason = objection(file);
      if (reason) on.refused(reason);
      else box.append(card(file));
    }
    changed();
  }

  function card(file) {
    const item = element("li", "card");
    const image = element("img");
    const remove = element("button", "remove");
    const kept = { file, item, src: URL.createObjectURL(file) };
    image.src = kept.src;
    image.alt = file.name || t("photo");
    image.onerror = () => image.replaceWith(icon("picture")); // HEIC, outside Safari
    remove.type = "button";
    remove.setAttribute("aria-label", `${t("take-away")}: ${image.alt}`);
    remove.append(icon("close"));
    remove.onclick = () => take(kept);
    item.append(image, remove);
    chosen.push(kept);
    return item;
  }

  function take(kept) {
    const place = chosen.indexOf(kept);
    chosen.splice(place, 1);
    kept.item.remove();
    URL.revokeObjectURL(kept.src);
    (chosen[Math.min(place, chosen.length - 1)]?.item.querySelector("button") ?? document.getElementById("file")).focus();
    changed();
  }

  function changed() {
    box.hidden = chosen.length === 0;
    on.changed(chosen.length);
  }

  /** All photos, which leave the tray. */
  function empty() {
    const files = chosen.map(({ file }) => file);
    for (const { src } of chosen.splice(0)) URL.revokeObjectURL(src);
    box.replaceChildren();
    changed();
    return files;
  }

  return { add, empty };
}

/** Why this file cannot be sent, or nothing. */
export function objection(file) {
  if (file.type && !file.type.startsWith("image/")) return t("no-picture");
  if (file.size > MAX_BYTES) return t("web-too-large");
  return file.size ? "" : t("web-empty");
}
