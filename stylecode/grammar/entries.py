"""The entries of `brands.toml`, typed and checked.

The head of that file tells what each field means. A wrong file raises GrammarError with the entry's
name and what is wrong with it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from stylecode.errors import GrammarError
from stylecode.grammar.patterns import PRINTED, Shape, forms
from stylecode.grammar.pieces import key, pieces

SELDOM = 0.25
"""How often a pattern is met where its entry does not say."""

_STRONGEST = 3.0
_IN_KOREAN = re.compile(r"[가-힣]+")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """Where the code stands on a brand's tags (a word that `bot` knows), and one as it is there."""

    where: str
    code: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Words printed in front of codes, and how often one is there, 0..1."""

    words: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """Codes of one kind. `shapes` are those of its `codes`, then those with what stands behind."""

    shapes: tuple[Shape, ...]
    often: float
    examples: tuple[str, ...]
    unlike: tuple[str, ...]
    drawn: tuple[Shape, ...]
    joints: tuple[str, ...]
    beside: str
    labels: Labels | None


@dataclass(frozen=True, slots=True)
class Brand:
    """One brand as its entry has it."""

    name: str
    words: tuple[str, ...]
    korean: tuple[str, ...]
    all_known: bool
    printed: tuple[str, ...]
    month_first: bool
    quality_label: bool
    place: PrintedPlace | None
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """All that the file says, in its order."""

    brands: tuple[Brand, ...]
    unnamed: tuple[Pattern, ...]


def read(text: str) -> Entries:
    """The entries of a file's text, each checked by itself; raises GrammarError."""
    try:
        top = _Fields(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise GrammarError(f"not TOML: {error}") from error
    brands = tuple(map(_brand, top.tables("brand", 1)))
    with _within("unnamed"):
        unnamed = tuple(_pattern(each, (), "", None) for each in top.tables("unnamed"))
    top.done()
    return Entries(brands, unnamed)


@contextmanager
def _within(name: str) -> Iterator[None]:
    """Puts the entry's name in front of what is wrong with it."""
    try:
        yield
    except GrammarError as error:
        raise GrammarError(f"{name}: {error}") from None


class _Fields:
    """One table of the file: fields are taken from it by kind, and none may be left over."""

    def __init__(self, table: Mapping[str, object]) -> None:
        self._left = dict(table)

    def _take(self, name: str, kind: type[T], default: T | None) -> T:
        value = self._left.pop(name, default)
        if value is None:
            raise GrammarError(f"{name!r} is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise GrammarError(f"{name!r} should be a {kind.__name__}, not {value!r}")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        return self._take(name, str, default)

    def flag(self, name: str) -> bool:
        return self._take(name, bool, False)

    def number(self, name: str, default: float | None, bounds: tuple[float, float]) -> float:
        value = self._left.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            self._left[name] = float(value)
        number = self._take(name, float, default)
        if not bounds[0] <= number <= bounds[1]:
            raise GrammarError(
                f"{name!r} should be in {bounds[0]:g}..{bounds[1]:g}, not {number:g}"
            )
        return number

    def texts(self, name: str, least: int = 0) -> tuple[str, ...]:
        found: list[str] = self._take(name, list, [])
        if len(found) < least or not all(isinstance(one, str) for one in found):
            raise GrammarError(f"{name!r} should be a list of {least} texts or more, not {found!r}")
        return tuple(found)

    def tables(self, name: str, least: int = 0) -> list[_Fields]:
        found: list[dict[str, object]] = self._take(name, list, [])
        if len(found) < least or not all(isinstance(one, dict) for one in found):
            raise GrammarError(f"{name!r} should be {least} tables or more")
        return [_Fields(one) for one in found]

    def table(self, name: str) -> _Fields | None:
        return _Fields(self._take(name, dict, {})) if name in self._left else None

    def done(self) -> None:
        if self._left:
            raise GrammarError(f"unknown: {', '.join(map(repr, self._left))}")


def _brand(fields: _Fields) -> Brand:
    name = fields.text("name")
    with _within(name):
        own_label, labels = fields.text("own_label", ""), _labels(fields, None)
        found = Brand(
            name=name,
            words=_words(fields),
            korean=_korean(fields),
            all_known=fields.flag("all_known"),
            printed=fields.texts("printed"),
            month_first=fields.flag("month_first"),
            quality_label=fields.flag("quality_label"),
            place=_place(fields.table("place")),
            patterns=tuple(
                _pattern(each, (name,), own_label, labels) for each in fields.tables("pattern", 1)
            ),
        )
        fields.done()
    return found


def _words(fields: _Fields) -> tuple[str, ...]:
    words = fields.texts("words", 1)
    for word in words:
        if not key(word) or word != word.upper():
            raise GrammarError(f"word {word!r} is not in Latin capitals")
    return words


def _korean(fields: _Fields) -> tuple[str, ...]:
    words = fields.texts("korean")
    for word in words:
        if not _IN_KOREAN.fullmatch(word):
            raise GrammarError(f"{word!r} is not Korean, without blanks")
    return words


def _place(fields: _Fields | None) -> PrintedPlace | None:
    if fields is None:
        return None
    place = PrintedPlace(fields.text("where"), fields.text("code"))
    fields.done()
    return place


def _labels(fields: _Fields, usual: Labels | None) -> Labels | None:
    words = fields.texts("labels")
    if not words:
        return usual
    return Labels(words, fields.number("labelled", None, (0.0, 1.0)))


def _pattern(
    fields: _Fields, brands: tuple[str, ...], own_label: str, labels: Labels | None
) -> Pattern:
    codes, behind = fields.texts("codes", 1), fields.text("behind", "")
    strength = fields.number("strength", None, (-_STRONGEST, _STRONGEST))
    needs_name = fields.flag("needs_name")

    def shapes(pattern: str) -> tuple[Shape, ...]:
        return tuple(
            Shape(form, brands, strength, needs_name, own_label) for form in forms(pattern)
        )

    plain = {code: shapes(code) for code in codes}
    longer = {code: shapes(code + behind) for code in codes if behind}
    found = Pattern(
        shapes=(*chain(*plain.values()), *chain(*longer.values())),
        often=fields.number("often", SELDOM, (0.01, 100.0)),
        examples=fields.texts("examples", 1),
        unlike=fields.texts("unlike", 1),
        drawn=tuple(shape for one in fields.texts("drawn") for shape in shapes(one)),
        joints=fields.texts("joints"),
        beside=fields.text("beside", ""),
        labels=_labels(fields, labels),
    )
    fields.done()
    _check(found)
    shown = _shown(found)
    for code in codes:
        if shown.isdisjoint((*plain[code], *longer.get(code, ()))):
            raise GrammarError(f"no example shows {code!r}")
    if longer and shown.isdisjoint(chain(*longer.values())):
        raise GrammarError(f"no example shows {behind!r} behind a code")
    return found


def _check(pattern: Pattern) -> None:
    """Raises GrammarError where a pattern's fields contradict each other."""
    for shape in pattern.shapes:
        if shape.numeric and not (shape.marked or shape.needs_name):
            raise GrammarError(f"{shape.pattern!r} is digits only, so that it needs a name")
    for split, other in zip(map(pieces, pattern.unlike), pattern.unlike, strict=True):
        fitting = [shape.pattern for shape in pattern.shapes if shape.fits(split)]
        if fitting:
            raise GrammarError(f"counter-example {other!r} fits {fitting[0]!r}")
    for narrow in pattern.drawn:
        if not any(shape.holds(narrow) for shape in pattern.shapes):
            raise GrammarError(f"drawn {narrow.pattern!r} is not among {_told(pattern)}")
    kinds = {kind for shape in pattern.shapes for kind in shape.gaps.values()}
    for joint in pattern.joints:
        if not any(joint in PRINTED[kind] for kind in kinds):
            raise GrammarError(f"joint {joint!r} stands in no gap of {_told(pattern)}")


def _shown(pattern: Pattern) -> set[Shape]:
    """The shapes that examples show; raises GrammarError where one is not shown as any of them."""
    shown: set[Shape] = set()
    for example in pattern.examples:
        split = pieces(example)
        fitting = [shape for shape in pattern.shapes if shape.fits(split)]
        if not any(shape.spelled(split) == example for shape in fitting):
            raise GrammarError(f"example {example!r} is not shown so by {_told(pattern)}")
        shown.update(fitting)
    return shown


def _told(pattern: Pattern) -> str:
    return ", ".join(repr(shape.pattern) for shape in pattern.shapes[:3])
