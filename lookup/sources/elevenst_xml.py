"""11번가's answer, from bytes to offers. Pure; whatever the bytes are, the result is offers or
`AnswerUnreadable`.

Nothing is declared or fetched: an answer with a document type or entities is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from lookup.errors import AnswerUnreadable
from lookup.judging.fit import fitting
from lookup.sources.fields import (
    LONGEST_TITLE,
    MOST_PARTS,
    plain,
    read_price,
    text_of,
    web_link,
)
from lookup.types import Offer

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_DECLARED_UTF8 = re.compile(rb"^[^>]{0,200}encoding\s*=\s*[\"']utf-?8", re.IGNORECASE)
_SYLLABLE = re.compile("[가-힣]")
# An ampersand in an address, or `&nbsp;`, which no XML knows; titles and links are unescaped later.
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_ALLOWED_BAD = 0.01  # of the characters; a title cut in the middle of one, not another encoding
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 32  # elements within each other; a product's fields are the fourth
_FED_BYTES = 65_536  # characters that the parser is given, between which others have their turn
_FINE = re.compile(r"^(?:0+|200|ok|success|정상.*)$", re.IGNORECASE)


class _Shallow(TreeBuilder):
    """Elements, no deeper than `_DEEPEST`."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Raises `AnswerUnreadable` where it is too deep."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise AnswerUnreadable(f"answer is more than {_DEEPEST} elements deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """One less."""
        self._depth -= 1
        return super().end(tag)


def read_xml(body: bytes) -> Element:
    """The root of the answer. Raises `AnswerUnreadable`, also where it is too large or deep."""
    if body.count(b"<") > MOST_PARTS:
        raise AnswerUnreadable(f"answer has more than {MOST_PARTS} parts")
    text = _DECLARATION.sub("", _NOT_XML.sub("", _decoded(body)), count=1)
    try:
        return _parsed(text)
    except ParseError:
        pass
    except (DefusedXmlException, ValueError, RecursionError) as error:
        raise _no_xml(error) from None
    try:
        return _parsed(_BARE.sub("&amp;", text))
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise _no_xml(error) from None


def read_trouble(root: Element) -> str | None:
    """What an error answer says, or None where the answer is none."""
    code = message = ""
    for element in _below(root):
        name = _name(element)
        if name in {"errorcode", "resultcode", "code"}:
            code = code or _text(element)
        elif name in {"errormessage", "errormsg", "resultmessage", "message"}:
            message = message or _text(element)
    named = "error" in _name(root)
    if not named and (not (code or message) or _FINE.match(code or message)):
        return None
    return f"{code} {message}".strip()[:LONGEST_TITLE] or "an error without words"


def read_offers(root: Element, code: str) -> tuple[Offer, ...]:
    """The offers for `code`, lowest first. Raises `AnswerUnreadable` for another kind of answer."""
    if _name(root) != "productsearchresponse":
        raise AnswerUnreadable("answer is no product search")
    read = (_read_product(item) for item in root.iter() if _name(item) == "product")
    return fitting((offer for offer in read if offer), code)


def _parsed(text: str) -> Element:
    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True)
    for begin in range(0, len(text), _FED_BYTES):
        parser.feed(text[begin : begin + _FED_BYTES])
    root: Element = parser.close()
    return root


def _no_xml(error: Exception) -> AnswerUnreadable:
    return AnswerUnreadable(f"answer is no XML ({type(error).__name__})")


def _decoded(body: bytes) -> str:
    """CP949 holds all of EUC-KR and more. Whatever the answer says of itself, the encoding counts
    in which fewer characters are broken and more are Hangul."""
    encodings = ("utf-8-sig", "cp949") if _DECLARED_UTF8.match(body) else ("cp949", "utf-8-sig")
    texts = [body.decode(encoding, "replace") for encoding in encodings]
    text = min(texts, key=lambda t: (t.count("\ufffd"), len(_SYLLABLE.sub("", t)) - len(t)))
    if text.count("\ufffd") > _ALLOWED_BAD * len(text):
        raise AnswerUnreadable("answer is not in the encoding that it should be in")
    return text


def _read_product(product: Element) -> Offer | None:
    fields = {_name(element): _text(element) for element in product}
    # The price after the discount is what one pays; some answers have only the list price.
    prices = (read_price(fields.get(name)) for name in ("saleprice", "productprice"))
    price = next((price for price in prices if price is not None), None)
    title = plain(fields.get("productname", ""))
    link = web_link(fields.get("detailpageurl"))
    if price is None or not title or not link:
        return None
    mall = plain(fields.get("sellernick") or fields.get("seller", ""))
    return Offer(title, price, link, mall or "11번가", web_link(fields.get("productimage")))


def _below(root: Element) -> Iterator[Element]:
    """The root's elements outside of its products."""
    yield root
    for child in root:
        if _name(child) not in {"products", "product"}:
            yield from child.iter()


def _name(element: Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].lower()


def _text(element: Element) -> str:
    return text_of(element.text or "")
