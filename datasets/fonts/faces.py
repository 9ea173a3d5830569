"""What a face's name tells: its family, whether tags are printed in it, whether it has Hangul."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

# Symbols, segments, scripts, brushes and other shapes that no tag is printed in.
_EXCLUDED = re.compile(
    r"weather|dingbat|d050000l|symbol|math|brush|script|\bpen\b|barunpen|pilgi|chancery|z003"
    r"|dinaru|gungseo|train one|essays|typoscript|barcode(?!.*text)|monoisome|major mono"
    r"|yethangul|dseg\S* \S* ?mini|7seggchan|ubuntu.title|okolaks|monofur|upright italic"
    r"|classical serif|six caps|racing|libre barcode|ocrb[efslx]|hairline|thin\b|-thin"
    r"|extralight|100-normal",
    re.IGNORECASE,
)
KOREAN = re.compile(
    r"nanum(gothic|square|myeongjo|barungothic)|nanum gothic|un(dotum|graphic|batang)"
    r"|baekmuk (dotum|gulim|headline)|noto ?sans ?(cjk )?kr|ibm ?plex ?sans ?kr|d2coding",
    re.IGNORECASE,
)
# Plain grotesques, narrow ones and typewriter faces: what shoe labels are set in.
TAG_FACES = re.compile(
    r"liberation|nimbus(sans|mono)|free(sans|mono)|dejavu|arimo|^roboto-|roboto-?cond|^inter-"
    r"|open-?sans|noto-?sans|source-?sans|barlow|archivo|overpass|plex-?sans|fira-?sans|work-?sans"
    r"|oswald|pragati|encode-?sans|heebo|switzera|gillius|universalis|^lato|mukta|hanken|asap"
    r"|chivo|titillium|saira|sofia-?sans|cabin|dm-?sans|manrope|ocr|nanum(square|barun)|undotum"
    r"|dotum|gulim|m-?plus|vl-?p?gothic|routed|osifont|b612|gothic-a1|league-?gothic|pathway"
    r"|antonio|fjalla|bebas|rubik|karla|ubuntu|pt-?sans|go-|cousine|inconsolata|courier",
    re.IGNORECASE,
)
# Words of weight, width and slope are no part of the family, so that "Roboto" and "Roboto
# Condensed Bold" are never on both sides of the split.
_STYLE_WORDS = re.compile(
    r"\b(thin|extralight|light|regular|book|medium|semi|demi|extra|bold|black|heavy|condensed"
    r"|narrow|wide|italic|oblique|half|display|text|mini|mono|code|classic|modern|std|titling"
    r"|no2|eco|ac|z|adf|std|series \S+|\d+(x\d+)?)\b"
)
# Faces with other names but the same letters.
_SAME_LETTERS = {
    "arimo": "liberation sans",
    "cousine": "liberation sans",
    "liberation": "liberation sans",
    "nimbus sans": "liberation sans",
    "free sans": "liberation sans",
    "tinos": "liberation serif",
    "nimbus roman": "liberation serif",
    "free serif": "liberation serif",
    "free": "nimbus ps",
    "carlito": "lato",
    "verana": "deja vu sans",
    "verana sans": "deja vu sans",
    "deja vu serif": "deja vu sans",
    "dejavu": "deja vu sans",
    "dejavu sans": "deja vu sans",
    "hack": "deja vu sans",
    "nanum gothic coding": "nanum gothic",
    "ocrabold": "ocra",
    "ocracondensed": "ocra",
    "courier prime sans": "courier prime",
}


def is_no_print(name: str, path: Path) -> bool:
    """Whether tags are never, or hardly ever, printed in this face."""
    return _EXCLUDED.search(f"{name} {path.stem}") is not None or _is_rare_slope(path)


def family_of(face_name: str) -> str:
    """The family of a face name or file stem, without weight, width and slope words."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", face_name.replace("NanumGothic", "Nanum Gothic"))
    plain = re.sub(r"[-_]+", " ", plain).lower()
    plain = re.sub(r" latin \d+ normal$", "", plain)
    family = " ".join(_STYLE_WORDS.sub(" ", plain).split()) or plain
    return _SAME_LETTERS.get(family, family)


def share_of(name: str) -> float:
    """A number in 0..1 that depends on the name alone: what splits and thins the fonts."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") / 2**64


def _is_rare_slope(path: Path) -> bool:
    """Tags are hardly ever printed in italics: one italic face in five is kept."""
    sloped = re.search(r"italic|oblique|inclined|[a-z]i\.|-bi\.|cmun\w*[io]\.", path.name, re.I)
    return sloped is not None and share_of(path.name) > 0.2
