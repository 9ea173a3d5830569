"""What a tag says beside its style code. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stylecode.grammar.size_charts import size_number

LENGTHS = ("CM", "JP", "KR")
"""Systems that are the length of the foot, in centimetres, or in millimetres from `LEAST_MM` on."""

LEAST_MM = 70


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date or a span of dates on a tag.

    `printed` is the text, digits put right where they were read as letters. `first` and `last` are
    the first and the last day that it may mean: the same for a day, a month's ends for a month, the
    outer ends for a span. Both are None where it cannot be told which number is the month.
    """

    printed: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class TagFields:
    """What was found on the tag beside the code; None or empty where nothing was.

    `sizes` are pairs of a system (CM, JP, KR, US, UK, EUR, FR, CHN, BR, MEX) and its value as it is
    printed ("9.5", "42 2/3", "10C"), in the order of that list, each system once. `colour` is a
    name or a short code in capitals. `made_in` is the English name of a country. `barcodes` are
    GTINs of 8, 12, 13 or 14 digits with the right check digit. `price_won` is in whole won.
    """

    brand: str | None = None
    sizes: tuple[tuple[str, str], ...] = ()
    colour: str | None = None
    made_in: str | None = None
    dates: tuple[PrintedDate, ...] = ()
    barcodes: tuple[str, ...] = ()
    price_won: int | None = None

    @property
    def millimetres(self) -> int | None:
        """The length of the foot, by which people in Korea buy; None where it is not printed."""
        lengths = [value for system in LENGTHS for name, value in self.sizes if name == system]
        try:
            length, _ = size_number(next(iter(lengths), ""))
        except ValueError:
            return None
        return round(length if length >= LEAST_MM else 10 * length)

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return self != TagFields()
