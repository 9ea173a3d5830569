// What a code costs: the goods, the lowest price, and offers as cards that open the shop. Pictures
// come from our own server: pages of shops are never loaded.
import { element, icon } from "./elements.js";
import { t } from "./texts.js";

const LINE = /^\d+\. .+$/;

/** The goods' picture, where there is one, their name, the lowest price, and how many shops. */
export function priceHead({ name, price, summary }, picture) {
  const head = element("div", "goods");
  if (picture) head.append(picture);
  const told = element("div");
  if (name) told.append(element("span", "", name));
  if (price) told.append(element("small", "", t("lowest")), element("strong", "", price));
  if (summary) told.append(element("span", price ? "muted" : "", summary));
  head.append(told);
  return head;
}

/** The cards of an answer. */
export function offerCards({ offers }) {
  const list = element("ul", "offers");
  list.setAttribute("aria-label", t("offers"));
  list.append(...offers.map(card));
  return list;
}

/** The text of an answer of before there were cards, without the lines that its offers show. */
export function withoutOffers(text) {
  const kept = text.split("\n").filter((line) => !LINE.test(line));
  return kept.join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

function card({ title, won, where, mall, link }) {
  const item = element("li");
  const known = /^https?:\/\//.test(link);
  const box = element(known ? "a" : "div", "offer");
  box.append(element("b", "", money(won)), element("span", "", title), element("small", "", where ?? mall));
  if (known) {
    Object.assign(box, { href: link, target: "_blank", rel: "noopener noreferrer" });
    box.append(icon("out"));
  }
  item.append(box);
  return item;
}

function money(won) {
  return t("price", { won: new Intl.NumberFormat("en-US").format(won) });
}
