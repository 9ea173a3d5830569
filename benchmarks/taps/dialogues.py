"""What the reader sees in the scripted dialogues: right, doubtful, and wrong in several ways."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from recognizer.types import Candidate, TextRegion
from stylecode import lookalikes
from stylecode.grammar.normalise import known_form
from stylecode.types import Alternatives

CODES = (
    "DD1391-100",
    "CZ0790-801",
    "GW2871",
    "M2002RXD",
    "VN000D3HY28",
    "1201A256-100",
    "374915-01",
    "L41086600",
)
"""Codes of several brands, as their tags print them."""

_REGION = TextRegion(((20.0, 30.0), (140.0, 30.0), (140.0, 50.0), (20.0, 50.0)), 0.9)
_EVERY = 3  # of the places of a code, every third is read wrongly, beginning at another each time


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What stands on the tag, what is read (best first), and which codes the shops sell."""

    truth: str
    read: tuple[Candidate, ...]
    sold: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Scene:
    """Dialogues of one kind."""

    kind: str
    name: str
    dialogues: tuple[Dialogue, ...]


def _read(
    code: str, confidence: float, doubts: Mapping[int, Alternatives] | None = None
) -> Candidate:
    places: list[Alternatives] = [((char, 0.97),) for char in code]
    for place, alternatives in (doubts or {}).items():
        places[place] = alternatives
    return Candidate(code, confidence, _REGION, tuple(places), code)


def _right(confidence: float, sold: bool) -> tuple[Dialogue, ...]:
    return tuple(
        Dialogue(code, (_read(code, confidence),), frozenset({code} if sold else ()))
        for code in CODES
    )


def _second() -> Iterator[Dialogue]:
    for code in CODES:
        wrong = code[:-1] + ("8" if code[-1] != "8" else "3")
        yield Dialogue(code, (_read(wrong, 0.55), _read(code, 0.35)), frozenset({code}))


def _twins() -> Iterator[Dialogue]:
    """adidas has codes of one letter and five digits, and of two letters and four."""
    for truth, other in (("IO1234", "I01234"), ("F01234", "FO1234"), ("HI5678", "H15678")):
        place = next(
            at for at, pair in enumerate(zip(truth, other, strict=True)) if len({*pair}) > 1
        )
        doubt = {place: ((other[place], 0.55), (truth[place], 0.4))}
        yield Dialogue(truth, (_read(other, 0.6, doubt),), frozenset({truth}))


def _wrong(alike: bool, doubted: bool, sold: bool, confidence: float = 0.6) -> Iterator[Dialogue]:
    """One character read as another, which prints alike or not, doubted by the reader or not."""
    for number, code in enumerate(CODES):
        for place in range(number % _EVERY, len(code), _EVERY):
            other = _other(code, place, alike)
            if other:
                read = code[:place] + other + code[place + 1 :]
                doubts = {place: ((other, 0.6), (code[place], 0.3))} if doubted else None
                known = frozenset({code} if sold else ())
                yield Dialogue(code, (_read(read, confidence, doubts),), known)


def _wrong_and_sold() -> Iterator[Dialogue]:
    """Read wrongly, but so surely that the price of another shoe comes with it."""
    for each in _wrong(alike=True, doubted=False, sold=True):
        first = each.read[0]
        read = Candidate(first.code, 0.95, _REGION, first.alternatives, first.code)
        yield Dialogue(each.truth, (read,), each.sold | {first.code})


def _other(code: str, place: int, alike: bool) -> str:
    """A character of the same class that keeps the brand's shape; empty where there is none."""
    char = code[place]
    near = lookalikes(char)
    same = string.digits if char.isdigit() else string.ascii_uppercase
    for other in near if alike else reversed(same):
        changed = f"{code[:place]}{other}{code[place + 1 :]}"
        meant = other in same and other != char and (alike or other not in near)
        if char.isalnum() and meant and known_form(changed) == changed:
            return other
    return ""


def _missing() -> Iterator[Dialogue]:
    for number, code in enumerate(CODES):
        place = 1 + number % (len(code) - 2)
        yield Dialogue(code, (_read(code[:place] + code[place + 1 :], 0.4),), frozenset({code}))


def _extra() -> Iterator[Dialogue]:
    for number, code in enumerate(CODES):
        place = 1 + number % (len(code) - 2)
        yield Dialogue(code, (_read(f"{code[:place]}1{code[place:]}", 0.4),), frozenset({code}))


RIGHT, WRONG, OTHER_PRESS = "right reading", "one wrong character", "other"

SCENES = (
    Scene(RIGHT, "sure, a shop sells it", _right(0.96, sold=True)),
    Scene(RIGHT, "sure, no shop sells it", _right(0.96, sold=False)),
    Scene(RIGHT, "unsure", _right(0.6, sold=True)),
    Scene(RIGHT, "second candidate", tuple(_second())),
    Scene(RIGHT, "0 or O, 1 or I", tuple(_twins())),
    Scene(WRONG, "alike and doubted, sold", tuple(_wrong(True, True, True))),
    Scene(WRONG, "alike, not doubted, sold", tuple(_wrong(True, False, True))),
    Scene(WRONG, "alike, not doubted, not sold", tuple(_wrong(True, False, False))),
    Scene(WRONG, "not alike, sold", tuple(_wrong(False, False, True))),
    Scene(WRONG, "not alike, not sold", tuple(_wrong(False, False, False))),
    Scene(WRONG, "sure, and sold as another shoe", tuple(_wrong_and_sold())),
    Scene(OTHER_PRESS, "a character missing", tuple(_missing())),
    Scene(OTHER_PRESS, "a character too many", tuple(_extra())),
    Scene(OTHER_PRESS, "none found, typed", tuple(Dialogue(code, ()) for code in CODES)),
)
