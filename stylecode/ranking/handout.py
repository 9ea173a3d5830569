"""A chosen reading as `rank` hands it out: spelled as its brand does, with its place and doubts."""

from __future__ import annotations

from stylecode.grammar.pieces import reduced
from stylecode.ranking.matching import Hit
from stylecode.ranking.signals import terms
from stylecode.ranking.weighing import Reading
from stylecode.tag.reading import Atom
from stylecode.types import Alternatives, RankedCode

_PRINTABLE = " -._/:#"
_LISTED = 6  # alternatives handed out for one character


def handed_out(reading: Reading) -> RankedCode:
    """The reading with its place: the line that most of its characters stand on."""
    hit = reading.hit
    atoms = hit.row.atoms[hit.first : hit.last]
    code, alternatives = _spelled(hit, reading.chars)
    there = [atom.line for atom in atoms]
    line = max(there, key=there.count)
    on = [atom for atom in atoms if atom.line == line]
    return RankedCode(
        code=code,
        confidence=reading.confidence,
        line=line,
        start=on[0].index,
        end=on[-1].index + 1,
        brand=hit.brand,
        printed=_printed(hit, reading.chars),
        alternatives=alternatives,
        place=reading.place,
        brands=hit.shape.brands if hit.shape else (),
        terms=tuple(terms(hit.signals).items()),
    )


def _spelled(hit: Hit, chars: str) -> tuple[str, tuple[Alternatives, ...]]:
    """The display form, and for each of its characters what else was likely there."""
    code = ""
    alternatives: list[Alternatives] = []
    atoms = hit.row.atoms[hit.first : hit.last]
    for place, (atom, char) in enumerate(zip(atoms, chars, strict=True)):
        gap = reduced(_gap_before(hit, place)) if place else ""
        if hit.shape is not None and place:
            gap = hit.shape.shown(place, gap)
        elif gap not in _PRINTABLE:
            gap = " "
        code += gap + char
        alternatives += [()] * len(gap)
        alternatives.append(_other_chars(atom, char))
    return code, tuple(alternatives)


def _printed(hit: Hit, chars: str) -> str:
    """The chosen characters with what stands between them on the tag."""
    atoms = hit.row.atoms[hit.first : hit.last]
    gaps = ["", *(_gap_before(hit, place) for place in range(1, len(atoms)))]
    return "".join(gap + char for gap, char in zip(gaps, chars, strict=True))


def _gap_before(hit: Hit, place: int) -> str:
    """The row's text between a place and the one before."""
    before, atom = hit.row.atoms[hit.first + place - 1], hit.row.atoms[hit.first + place]
    return hit.row.text[before.column + 1 : atom.column]


def _other_chars(atom: Atom, char: str) -> Alternatives:
    """The chosen character first, then the others that the reader or the eye may mean."""
    chosen = next((weight for other, weight in atom.weights if other == char), 0.0)
    others = [one for one in atom.weights if one[0] != char and one[1] > 0]
    return ((char, chosen), *others[: _LISTED - 1])
