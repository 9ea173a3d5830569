"""The sizes of a tag: those that bear each other out by a chart, or that two readers have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stylecode.fields.layout import FieldRow
from stylecode.fields.size_claims import SizeClaim, size_claims
from stylecode.fields.size_words import RANGES, as_size
from stylecode.fields.types import LEAST_MM
from stylecode.grammar.normalise import key
from stylecode.grammar.size_charts import SizeNumber, SizeRow, has_chart, size_number, size_rows

# Systems that print what a chart has under another name.
_SAME_SYSTEM = {"JP": "CM", "KR": "CM", "FR": "EUR"}
_NUMBER_SYSTEMS = ("CM", "EUR", "US", "UK")  # of what a number alone may be a size
_KOREAN_SIZE = re.compile(r"2[0-9][05]|3[0-2][05]")  # as Korean tags print it without a system


def sizes_of(
    rows: Sequence[FieldRow], brand: str | None, code: str | None
) -> tuple[tuple[str, str], ...]:
    """The size in each system that is printed, the foot's length first.

    Sizes complete each other; one that contradicts a surer one belongs to another shoe, or was
    misread, and is left out.
    """
    claims = size_claims(rows)
    named = [claim for claim in claims if claim.system]
    numbers = [claim for claim in claims if not claim.system and _may_be_size(claim, code)]
    chart = _Chart(size_rows(brand), named, numbers if has_chart(brand) else [])
    likely = [chart.weighed(claim) for claim in (*named, *chart.from_numbers())]
    likely += _korean(numbers)
    best: dict[str, SizeClaim] = {}
    for claim in sorted(likely, key=lambda one: (-one.evidence.odds, one.system, one.value)):
        free = claim.evidence.so and claim.system not in best
        if free and all(chart.together(claim, other) for other in best.values()):
            best[claim.system] = claim
    return tuple((system, best[system].value) for system in RANGES if system in best)


def _may_be_size(claim: SizeClaim, code: str | None) -> bool:
    """A digit alone is too often a stain, and three may be the code's last part."""
    return len(claim.value) > 1 and not key(code or "").endswith(claim.value)


def _korean(numbers: Sequence[SizeClaim]) -> list[SizeClaim]:
    """The numbers that may be millimetres, if they are all the same one."""
    found = [replace(one, system="KR") for one in numbers if _is_mm(one)]
    return found if len({one.value for one in found}) == 1 else []


@dataclass(frozen=True, slots=True)
class _Chart:
    """A brand's shoes, and what a tag says of them; `numbers` are sizes without a system."""

    shoes: Sequence[SizeRow]
    named: Sequence[SizeClaim]
    numbers: Sequence[SizeClaim]

    def weighed(self, claim: SizeClaim) -> SizeClaim:
        """With the voices of the tag's other sizes, for the shoe that most of them are of."""
        shoes = self._of(claim)
        if shoes:
            voices = max(self._voices(claim, shoe) for shoe in shoes)
        else:
            column, _ = _charted(claim)
            voices = -1 if any(column in shoe for shoe in self.shoes) else 0
        return replace(claim, evidence=claim.evidence.heard(voices))

    def from_numbers(self) -> Iterator[SizeClaim]:
        """Numbers as sizes of the systems in which others bear them out."""
        for number in self.numbers:
            for system in ("KR",) if _is_mm(number) else _NUMBER_SYSTEMS:
                value = as_size(system, number.value)
                claim = SizeClaim(system, value, number.evidence)
                if value and any(self._voices(claim, shoe) > 0 for shoe in self._of(claim)):
                    yield claim

    def together(self, one: SizeClaim, other: SizeClaim) -> bool:
        """Whether two sizes may be one shoe's, as far as the chart knows."""
        column, size = _charted(other)
        shoes = self._of(one)
        known = bool(shoes and self._of(other))
        return not known or any(shoe.get(column, size) == size for shoe in shoes)

    def _of(self, claim: SizeClaim) -> list[SizeRow]:
        column, size = _charted(claim)
        return [shoe for shoe in self.shoes if shoe.get(column) == size]

    def _voices(self, claim: SizeClaim, shoe: SizeRow) -> int:
        """How many of the tag's other sizes are this shoe's, less those that are another's."""
        voices, heard = 0, {_charted(claim)[0]}
        for system in {other.system for other in self.named} - {claim.system}:
            said = [_charted(other) for other in self.named if other.system == system]
            column = said[0][0]
            if column in shoe:
                voices += 1 if (column, shoe[column]) in said else -1
                heard.add(column)
        alone = [number for number in self.numbers if number.evidence is not claim.evidence]
        return voices + sum(
            column not in heard and any(_is(number, column, size) for number in alone)
            for column, size in shoe.items()
        )


def _charted(claim: SizeClaim) -> tuple[str, SizeNumber]:
    """The column in which a chart has it, and how."""
    number, letter = size_number(claim.value)
    column = _SAME_SYSTEM.get(claim.system, claim.system)
    in_mm = column == "CM" and number >= LEAST_MM
    return column, (number / 10 if in_mm else number, letter)


def _is(number: SizeClaim, column: str, size: SizeNumber) -> bool:
    value = as_size(column, number.value)
    return bool(value) and size_number(value) == size


def _is_mm(number: SizeClaim) -> bool:
    return bool(_KOREAN_SIZE.fullmatch(number.value))
