"""All brands and their codes, as `brands.toml` has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from stylecode.errors import GrammarError
from stylecode.grammar.entries import Brand, Entries, Pattern, read
from stylecode.grammar.patterns import Shape
from stylecode.grammar.pieces import key, pieces

FILE = Path(__file__).with_name("brands.toml")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The brands, and the shapes that they print, each once.

    A shape's brands are in the order in which they print it most often. `by_length` has the shapes
    by their number of letters and digits, the strongest first, of equally strong ones the one that
    is met more often. `words` are the brands' names on tags, by key;
    `all_known` has the brands of which all patterns are known.
    """

    brands: tuple[Brand, ...]
    unnamed: tuple[Pattern, ...]
    shapes: tuple[Shape, ...]
    by_length: Mapping[int, tuple[Shape, ...]]
    words: Mapping[str, Brand]
    all_known: frozenset[str]


@cache
def grammar() -> Grammar:
    """What is known of the brands; raises GrammarError where the file is wrong."""
    return parsed(FILE.read_text("utf-8"))


def parsed(text: str) -> Grammar:
    """The grammar that a file's text tells; raises GrammarError with what is wrong with it."""
    try:
        entries = read(text)
        shapes = _shapes(entries)
        found = Grammar(
            entries.brands,
            entries.unnamed,
            tuple(shapes),
            _by_length(shapes),
            _words(entries.brands),
            frozenset(brand.name for brand in entries.brands if brand.all_known),
        )
        _check_places(found)
    except GrammarError as error:
        raise GrammarError(f"{FILE.name}: {error}") from None
    return found


@dataclass(frozen=True, slots=True)
class _Printed:
    """A shape that a brand prints, and how often."""

    shape: Shape
    often: float


def _shapes(entries: Entries) -> dict[Shape, float]:
    """Each pattern once, for all of its brands, and how often the first of them prints it."""
    printed: defaultdict[str, list[_Printed]] = defaultdict(list)
    patterns = [one for brand in entries.brands for one in brand.patterns]
    for pattern in (*patterns, *entries.unnamed):
        for shape in pattern.shapes:
            printed[shape.pattern].append(_Printed(shape, pattern.often))
    return dict(map(_of_all, printed.values()))


def _of_all(printed: Sequence[_Printed]) -> tuple[Shape, float]:
    """One shape for all brands that print its pattern, the one that prints it most often first."""
    ordered = sorted(printed, key=lambda one: -one.often)
    for one, other in pairwise(ordered):
        _check_alike(one, other)
    first = ordered[0]
    if len(ordered) == 1:
        return first.shape, first.often
    brands = tuple(brand for one in ordered for brand in one.shape.brands)
    return replace(first.shape, brands=brands), first.often


def _check_alike(one: _Printed, other: _Printed) -> None:
    """Raises GrammarError where two entries do not say the same of a pattern that both print."""
    name, others = (" and ".join(each.shape.brands) or "unnamed" for each in (one, other))
    what = f"{other.shape.pattern!r} of {others} is also {name}'s"
    if name == others:
        raise GrammarError(f"{name}: {other.shape.pattern!r} stands there twice")
    if one.shape.strength != other.shape.strength or one.shape.needs_name != other.shape.needs_name:
        raise GrammarError(f"{what}: one shape has one strength, and needs a name or does not")
    if one.often == other.often:
        raise GrammarError(f"{what}, as often: say which of them is met more")


def _by_length(shapes: Mapping[Shape, float]) -> dict[int, tuple[Shape, ...]]:
    found: defaultdict[int, list[Shape]] = defaultdict(list)
    for shape in sorted(shapes, key=lambda shape: (-shape.strength, -shapes[shape])):
        found[len(shape)].append(shape)
    return {length: tuple(some) for length, some in found.items()}


def _words(brands: Sequence[Brand]) -> dict[str, Brand]:
    """The brands by their names on tags; raises GrammarError where two share one."""
    words: dict[str, Brand] = {}
    for brand in brands:
        if brand.name in {other.name for other in words.values()}:
            raise GrammarError(f"{brand.name}: has two entries")
        for word in map(key, brand.words):
            if word in words:
                raise GrammarError(f"{brand.name}: word {word!r} is also {words[word].name}'s")
            words[word] = brand
    return words


def _check_places(known: Grammar) -> None:
    """Raises GrammarError where a code that is shown to people is none of its brand's."""
    for brand in known.brands:
        code = brand.place.code if brand.place else ""
        split = pieces(code)
        alike = [shape for shape in known.by_length.get(len(split), ()) if shape.fits(split)]
        if code and not any(brand.name in shape.brands or not shape.brands for shape in alike):
            raise GrammarError(f"{brand.name}: place: {code!r} is none of its codes")
