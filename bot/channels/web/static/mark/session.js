// One marking, from the photo to the code: the same in the chat's dialog and in the Mini App.
import { element } from "../elements.js";
import { t } from "../texts.js";
import { withoutCode } from "../view.js";
import { makeStage } from "./stage.js";

/**
 * Mark the code on the photo `src` inside `box`. `on.read(corners)` gives
 * {code, text, others: [{code, …}], …} or throws with a sentence; `on.confirm(answer)` says yes to it and may
 * give {text} to show; `on.close()` ends it; `on.lost()` hears that the photo is not there.
 */
export function startMarking(box, src, on) {
  const area = element("div", "area");
  const result = element("div", "result");
  result.setAttribute("role", "status");
  result.tabIndex = -1;
  result.hidden = true;
  box.replaceChildren(element("p", "mark-help", t("mark-help")), area, result);
  const stage = makeStage(area, src, { read, lost: on.lost });

  async function read(corners) {
    stage.busy(true);
    say([element("p", "", `${t("reading")}…`)]);
    try {
      tell(await on.read(corners));
    } catch (error) {
      say([element("p", "bad", error.message || t("failed"))]);
      stage.focus();
    } finally {
      stage.busy(false);
    }
  }

  /** The frame stays where it is: another try begins from there. */
  function tell(answer) {
    const text = withoutCode(answer) || t(answer.code ? "mark-done" : "mark-none");
    const parts = [element("p", answer.code ? "" : "bad", text)];
    if (answer.code) parts.unshift(element("code", "found", answer.code));
    const buttons = element("div", "row");
    const twins = answer.code ? (answer.others ?? []).filter((other) => alike(answer.code, other.code)) : [];
    if (twins.length) {
      parts.push(element("p", "", t("mark-twins")));
      for (const one of [answer, ...twins]) buttons.append(button(`✓ ${one.code}`, "primary", () => agree(one)));
    } else if (answer.code) buttons.append(button(t("right"), "primary", () => agree(answer)));
    buttons.append(button(t("mark-again"), "", again));
    say([...parts, buttons]);
    box.classList.add("told");
    buttons.firstElementChild.focus();
  }

  async function agree(answer) {
    for (const key of result.querySelectorAll("button")) key.disabled = true;
    try {
      const said = await on.confirm(answer);
      if (said?.text) say([element("code", "found", answer.code), element("p", "", withoutCode({ ...said, code: answer.code })), closing()]);
      else on.close();
    } catch (error) {
      say([element("p", "bad", error.message || t("failed"))]);
    }
  }

  function closing() {
    const close = button(t("close"), "primary", on.close);
    setTimeout(() => close.focus());
    return close;
  }

  function again() {
    result.hidden = true;
    box.classList.remove("told");
    stage.focus();
  }

  function say(parts) {
    result.hidden = false;
    result.replaceChildren(...parts);
  }

  function button(label, style, work) {
    const made = element("button", `key ${style}`, label);
    made.type = "button";
    made.onclick = work;
    return made;
  }

  return { focus: stage.focus, end: stage.end };
}

/** Whether two codes differ in one character: a 1 and an I, a 0 and an O, an 8 and a B. */
function alike(code, other) {
  return code.length === other.length && [...code].filter((char, place) => char !== other[place]).length === 1;
}
