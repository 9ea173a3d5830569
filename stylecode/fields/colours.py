"""The colour: behind a label, or a line that holds nothing but colour words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from stylecode.fields.agreement import Evidence
from stylecode.fields.layout import FieldRow
from stylecode.tag.labels import skeleton

_COLOURS = """
BLACK BLK WHITE WHT NAVY NVY BLUE BLU GREY GRAY GRY RED GREEN GRN PINK PNK BEIGE BGE BROWN BRN IVORY
IVY YELLOW YEL ORANGE ORG PURPLE PUR SILVER SLV GOLD GLD CREAM CRM KHAKI KHK OLIVE OLV SAIL GUM TAN
WINE BURGUNDY MINT SAND CHARCOAL MULTI MLT TAUPE CAMEL BONE PARCHMENT INDIGO TEAL CORAL LAVENDER
MAROON CRIMSON OBSIDIAN ROSE VIOLET LIME PLATINUM ANTHRACITE ECRU STONE CHALK CLAY
"""
_SHADES = """
CORE FTWR CLOUD TRIPLE UNIVERSITY OPTIC OPTICAL OFF DARK LIGHT LT DK TRUE PUMA HYPER ROYAL DEEP PALE
COOL WARM SUMMIT WOLF PHANTOM COLLEGE COLLEGIATE TEAM GYM SPORT BRIGHT PURE SOFT SOLAR METALLIC MET
CRYSTAL VINTAGE CLASSIC EGRET NATURAL MIDNIGHT SKY BABY HOT FIRE GAME ALL
"""
_PLAIN_COLOURS = ("BLACK", "WHITE", "WHT", "BLK", "NAVY", "BLUE", "GREEN", "GREY", "BEIGE")
_WORDS = {skeleton(word): word for word in _COLOURS.split()}
_SIDE_WORDS = {skeleton(word): word for word in _SHADES.split()}
_SHORT_COLOURS = frozenset(("BK", "WH", "WT", "NV", "BL", "GR", "RD", "BE", "BR"))
_GLUED_COLOUR = re.compile(rf"[A-Z]{{1,4}}(?:{'|'.join(map(skeleton, _PLAIN_COLOURS))})")

_NAMED_COLOUR = re.compile(
    r"(?<![A-Z0-9])(?:C[O0]L[O0]U?R(?: ?(?:NAME|CODE|NO\.?))?|C[O0]ULEUR|C[O0]L|CLR|색상|컬러)"
    r"(?:[ ]?[:.#][ ]?|[ \t]+)"
    r"(?P<value>[A-Z0-9가-힣][A-Z0-9가-힣 /&.-]*)"
)
_NEXT_LABEL = re.compile(
    r"\s*(?<![A-Z0-9])(?:SIZE|STYLE|ART|ARTICLE|SKU|ITEM|MODEL|QTY|UPC|EAN|P\.?O|US|UK|EUR?|CM|MADE|WIDTH"
    r"|DATE|PRICE|사이즈|치수|품번|소재|제조국)(?![A-Z]).*"
)
_DIVIDED = re.compile(r"([^A-Z0-9]+)")
_COLOUR_EDGES = " /&.-"
_LONGEST_COLOUR = 40


def colour_of(rows: Sequence[FieldRow]) -> str | None:
    """What stands behind "COLOR" first, else the longest line of colour words; None without."""
    labelled = [
        (evidence.odds, value)
        for row in rows
        for match in _NAMED_COLOUR.finditer(row.text)
        if (value := _labelled(match["value"]))
        if (evidence := _evidence(row, value)).so
    ]
    if labelled:
        return max(labelled)[1]
    named = [
        name
        for row in rows
        for text in _texts(row)
        if (name := _all_colours(text)) and _evidence(row, text).so
    ]
    return max(named, key=lambda name: (len(name), name)) if named else None


def _evidence(row: FieldRow, text: str) -> Evidence:
    """More for several colours that are spelled so, less for one that is not: "COLD" is no GOLD."""
    name, several = _all_colours(text), len(_DIVIDED.split(text)) > 1
    spelled = name == text
    return row.evidence_of(text).heard(int(spelled and several) if spelled or not name else -1)


def _texts(row: FieldRow) -> set[str]:
    """The row's lines, on their own and with their neighbours, divided where the code stood."""
    whole = re.split(r"[\t|]+", row.text)
    cells = zip(row.starts, row.cells, strict=True)
    alone = [row.text[start : start + len(cell.text)].split("|") for start, cell in cells]
    return {text.strip() for text in (*whole, *chain.from_iterable(alone)) if text.strip()}


def _labelled(value: str) -> str:
    value = _NEXT_LABEL.sub("", value).strip(_COLOUR_EDGES)
    name = _all_colours(value) or value
    return name if len(name) > 1 and len(name) <= _LONGEST_COLOUR else ""


def _all_colours(text: str) -> str:
    """`text`, its letters put right, where every word belongs to a colour; else nothing."""
    parts = _DIVIDED.split(text)
    words = parts[::2]
    mended = [_known(word) for word in words if word]
    colours = [name for name, own in mended if own]
    if not colours or not all(name for name, _ in mended) or len(text) > _LONGEST_COLOUR:
        return ""
    if all(len(name) <= 2 for name in colours) and len(colours) < 2:
        return ""  # "BR" alone is a size system, "GR" a weight
    marks = [mark for mark in parts[1::2] if mark]
    if any(len(mark.strip()) > 1 for mark in marks):
        return ""
    known = iter(mended)
    return "".join(
        (next(known)[0] if part else "") if at % 2 == 0 else part for at, part in enumerate(parts)
    ).strip(_COLOUR_EDGES)


def _known(word: str) -> tuple[str, bool]:
    """A word of a colour as it is spelled, and whether it is a colour by itself."""
    bones = skeleton(word)
    if bones in _WORDS:
        return _WORDS[bones], True
    if word in _SHORT_COLOURS or (_GLUED_COLOUR.fullmatch(bones) and word.isalpha()):
        return word, True
    return _SIDE_WORDS.get(bones, ""), False
