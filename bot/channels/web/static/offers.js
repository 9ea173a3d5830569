// What is on sale, as cards that open the shop. Pictures of shops are never loaded.
import { element, icon } from "./elements.js";
import { t } from "./texts.js";

const LINE = /^(\d+)\. (.+)$/;

/** The cards of an answer; the text's own line about an offer says where and when it was seen. */
export function offerCards({ offers, text }) {
  const said = new Map();
  for (const line of text.split("\n")) {
    const found = LINE.exec(line);
    if (found) said.set(Number(found[1]), found[2]);
  }
  const list = element("ul", "offers");
  list.setAttribute("aria-label", t("offers"));
  list.append(...offers.map((offer, place) => card(offer, said.get(place + 1) ?? "")));
  return list;
}

/** The text without the lines that the cards show. */
export function withoutOffers(text) {
  const kept = text.split("\n").filter((line) => !LINE.test(line));
  return kept.join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

function card({ title, won, mall, link }, line) {
  const item = element("li");
  const known = /^https?:\/\//.test(link);
  const box = element(known ? "a" : "div", "offer");
  const price = money(won);
  const where = line.startsWith(`${price} · `) ? line.slice(price.length + 3) : mall;
  box.append(element("b", "", price), element("span", "", title), element("small", "", where));
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
