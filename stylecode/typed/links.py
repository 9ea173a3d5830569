"""Addresses in a text: where they are, and which codes a shop wrote into one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from stylecode.grammar.brands import grammar
from stylecode.grammar.pieces import key
from stylecode.typed.aside import parts_beside
from stylecode.typed.choosing import Ground, chosen
from stylecode.typed.seen import upper
from stylecode.typed.spans import runs_of
from stylecode.typed.types import Kind, Part, TypedCode

_SHOP_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'가-힣]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|net|org|kr|jp|cn|me|co|io|shop|store|app|ly|gl|be)"
    r"(?![a-z0-9])(?:[/?#][^\s<>\"'가-힣]*)?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[/?&=#;,:|!~()@%\[\]{}\\]+")
_PAGE_ENDING = re.compile(r"\.(?:[a-z]?html?|php|aspx?|jsp|do|jpe?g|png|webp)$", re.IGNORECASE)
_STYLE_FIELD = re.compile(r"style|sku|mpn|article|model|품번", re.IGNORECASE)
_ROUNDS = 3  # an address in an address, in an address


def links_in(text: str) -> list[Part]:
    """Where addresses are."""
    return [Part(Kind.LINK, *match.span()) for match in _SHOP_LINK.finditer(text)]


def linked_codes(address: str) -> list[TypedCode]:
    """The codes in the path and query of an address, in order."""
    for _ in range(_ROUNDS):
        address = unquote(address)
    named = _named(address)
    return [code for piece in _pieces(address) for code in _codes(piece, named)]


def _pieces(address: str) -> Iterator[str]:
    """Parts of path, query and what follows; the value of a field for codes with its label."""
    try:
        split = urlsplit(address if "//" in address else f"//{address}")
        within = [split.path, *split.query.split("&"), split.fragment]
    except ValueError:  # no address after all
        return
    for part in within:
        name, _, value = part.partition("=")
        label = "STYLE: " if value and _STYLE_FIELD.search(name) else ""
        for piece in _PARTS.split(value or name):
            yield label + _PAGE_ENDING.sub("", piece).replace("+", " ")


def _named(address: str) -> frozenset[str]:
    runs = key(address)
    return frozenset(
        brand.name for word, brand in grammar().words.items() if len(word) > 2 and word in runs
    ) | frozenset(
        brand.name for brand in grammar().brands for name in brand.korean if name in address
    )


def _codes(piece: str, named: frozenset[str]) -> Iterator[TypedCode]:
    beside = [part for part in parts_beside(upper(piece)) if part.kind is not Kind.ORDER]
    for span, code in chosen(Ground(piece, beside, named, runs_of(piece), strict=True)):
        letters = [char for char in piece[span.start : span.end] if char.isalpha()]
        typed = "".join(letters)
        if typed in {upper(typed), typed.lower()}:  # short addresses mix capitals and small letters
            yield code
