"""What speaks for or against a span of a row being a style code, besides its characters."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from stylecode.grammar.brands import grammar
from stylecode.grammar.patterns import DIGITS, Shape
from stylecode.grammar.shapes import beginnings, begins_a_strong_one
from stylecode.ranking.signals import NOTHING, Signals, named_by, scaled, when
from stylecode.tag.labels import Label, is_numbered_word, is_plain_word
from stylecode.tag.negatives import looks_numeric
from stylecode.tag.reading import OPEN_END, TagRow, bones

LEAST_UNNAMED = -0.7  # strength of a shape of digits that brand or label need not name
LEAST_NOWHERE = 0.0  # the same of one run of digits: its looks alone may carry it
LEGIBLE = -0.3  # nats a character that a blurred print takes
MOST_ILLEGIBLE = -1.25  # nats a character, beyond that, from which on it makes no difference
WEAK_SHAPE = 1.0  # many texts have a shape of less strength by chance

STRAYS = frozenset(" -.")
_TIE_BEFORE = re.compile(r"([A-Z0-9]+)[-/.#_*@+&,:()]{1,2}$")
_TIE_AFTER = re.compile(r"[-/.#_*@+&(]{1,2}([A-Z0-9]+)")
_TIE_COLOUR = re.compile(r"[-_][A-Z]{2,4}(?![A-Z0-9])")
_DIGITS_READ_AS = frozenset("OQIL")
_SERIAL = re.compile(r"[A-Z]{2}[0-9]{5}|0[0-9](?=[A-Z0-9]*[A-Z])[A-Z0-9]{8,}")
_MOST_OF_ANY = 16  # characters of one
_HEAD = 4  # characters of a code among which a dash tells its brand's forms apart
_LONGEST_NUMBER = 9  # digits in a row in a code of no known shape


def is_word(row: TagRow, first: int, last: int) -> bool:
    """Whether the span is a word that tags print, perhaps with its number."""
    text = "".join(atom.char for atom in row.atoms[first:last])
    return is_plain_word(bones(row, first, last), text) or is_numbered_word(text)


def part_of_more(
    row: TagRow, first: int, last: int, label: Label, shapeless: bool = False
) -> Signals:
    """Whether the span is but a part: something hangs on it, or it is cut off.

    As in "F82-2-437|-8587", "X|-34675", "VN0008E"; without a shape also "EJ3403|-WHT".
    """
    before = _TIE_BEFORE.search(row.text, 0, row.atoms[first].column)
    after = _TIE_AFTER.match(row.text, row.atoms[last - 1].column + 1)
    tied = shapeless and _TIE_COLOUR.match(row.text, row.atoms[last - 1].column + 1)
    found = when("begun", _begins_a_shape(row, first, last, shapeless))
    behind = row.text[row.atoms[last - 1].column :].rstrip()
    found += when("open end", OPEN_END.fullmatch(behind) is not None)
    if before and label == Label.NONE:
        number = any(char in DIGITS for char in before[1])
        found += when("tied to a number", number) or when("tied to a word")
    if after and any(char in DIGITS for char in after[1]):
        found += when("tied to a number")
    elif (after and _digits(row, first, last)) or tied:
        found += when("tied to a word")
    return found


def unsupported(
    row: TagRow, span: tuple[int, int], shape: Shape, misfit: Signals, printed: dict[int, str]
) -> Signals:
    """What more a span has to give where neither label nor brand speaks for its shape."""
    if shape.needs_name:
        return NOTHING
    atoms = row.atoms[span[0] : span[1]]
    odd = sum(atom.char not in slot for atom, slot in zip(atoms, shape.slots, strict=True))
    number = 0.0 if printed else _in_disguise(row, *span)
    weak = odd > 1 and shape.strength < WEAK_SHAPE
    return ("like a number", number), *scaled(misfit, max(number, weak))


def _in_disguise(row: TagRow, first: int, last: int) -> float:
    """How far, 0..1, the span may be a plain number, its few letters misread digits."""
    letters = [atom for atom in row.atoms[first:last] if atom.char not in DIGITS]
    if any(atom.char not in _DIGITS_READ_AS for atom in letters):
        return 0.0
    surest = max((atom.listed[atom.char] for atom in letters), default=0.0)
    return min(1.0, 4 * (1.0 - surest))


def legible(row: TagRow, first: int, last: int) -> Signals:
    """How little certainty the span's characters were read with on the whole, nats a character.

    A text that is hardly legible is often none at all.
    """
    nats = sum(math.log(atom.listed[atom.char]) for atom in row.atoms[first:last])
    return (("illegible", max(MOST_ILLEGIBLE, min(0.0, nats / (last - first) - LEGIBLE))),)


def context(  # noqa: PLR0913, PLR0917 (what a span is weighed by)
    row: TagRow,
    span: tuple[int, int],
    shape: Shape,
    label: Label,
    brands: frozenset[str],
    printed: dict[int, str],
    alone: bool,
) -> Signals | None:
    """What label and brand words say of a shape; None where it has no ground to be one.

    `alone` says that nothing but dates, sizes and the like is beside it in its row.
    """
    supported = not brands.isdisjoint(shape.brands)
    contradicted = shape.brands and not brands.isdisjoint(grammar().all_known)
    found = named_by(label) + when("brand", supported)
    found += when("other brand", bool(contradicted) and not supported)
    if not shape.needs_name or label == Label.GOOD:
        return found
    separated = any(place in printed for place in shape.gaps)
    if label == Label.OTHER:
        return None
    if not (supported or separated or shape.marked):
        looks = not shape.gaps and shape.strength >= LEAST_NOWHERE
        return found + when("unnamed run of digits") if looks else None
    if not supported:
        if shape.strength < LEAST_UNNAMED:
            return None
        line = alone and _digits(row, *span)
        found += when("digits alone on a line", line) or when("bare digits")
    return found + when("digits in one run", not separated)


def _digits(row: TagRow, first: int, last: int) -> bool:
    return all(atom.char in DIGITS for atom in row.atoms[first:last])


def generic(
    row: TagRow, first: int, last: int, label: Label, printed: dict[int, str]
) -> Signals | None:
    """What speaks for a code of no known shape; None where it cannot be one."""
    count = last - first
    text = "".join(atom.char for atom in row.atoms[first:last])
    digits = sum(char in DIGITS for char in text)
    if not 5 <= count <= _MOST_OF_ANY or digits == 0 or label == Label.OTHER:
        return None
    if any(gap not in STRAYS for gap in printed.values()):
        return None
    named = label == Label.GOOD
    split = when("split", " " in printed.values())
    if digits == count:
        found = when("shapeless digits") + named_by(label) + split + split
        return found if named and count < 12 else None
    if not named and not _may_stand_alone(text, digits, printed):
        return None
    if split and re.search(r"[A-Z]{5}", text):
        return None  # a name with a number ("CLIFTON 8")
    found = when("shapeless") + named_by(label) + split + when("three digits", digits > 2)
    found += when("like a number", not named and looks_numeric(text))
    found += when("like a serial number", not named and _SERIAL.fullmatch(text) is not None)
    found += when("like a word", _word_in_disguise(text))
    rich = not printed and digits >= 4 and count - digits >= 3 and count >= 9
    return found + when("rich", rich)


def _word_in_disguise(text: str) -> bool:
    """Whether there are many letters, and a few digits that may all be letters."""
    digits = [char for char in text if char in DIGITS]
    return set(digits) <= {"0", "1"} and len(text) > 3 * len(digits)


def _begins_a_shape(row: TagRow, first: int, last: int, shapeless: bool) -> bool:
    """Whether a span begins as only one brand's codes do, but is shorter than they are."""
    atoms = row.atoms[first:last]
    text = "".join(atom.char for atom in atoms)
    leasts = [least for start, least in beginnings() if text.startswith(start)]
    parted = any(one.column + 1 < two.column for one, two in pairwise(atoms[:_HEAD]))
    if leasts and len(text) < (min(leasts) if parted else max(leasts)):
        return True
    return shapeless and begins_a_strong_one(text)


def _may_stand_alone(text: str, digits: int, printed: dict[int, str]) -> bool:
    """Whether a text of no known shape may be a code without a label.

    Not with a blank or a dot (sums and sizes have one), and not a long number with a letter.
    """
    if digits < 2 or any(gap != "-" for gap in printed.values()):
        return False
    return max(map(len, re.findall(r"[0-9]+", text))) <= _LONGEST_NUMBER
