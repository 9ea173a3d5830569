"""What is found in a typed text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stylecode.errors import Reason


class Kind(StrEnum):
    """Parts of a typed text that are no code; one that is a `Reason`, too, is called the same."""

    LINK = "link"
    DATE = "date"
    BARCODE = "barcode"
    PHONE = "phone"
    PRICE = "price"
    SIZE = "size"
    ORDER = "order"  # of an order, a parcel, an account
    COUNT = "count"  # of pairs
    ITEM = "item"  # the number of an item in a list


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` (not included) of a text are of this kind."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code in its brand's display form.

    `typed` is how else it may be meant ("" where nothing else is): as it was typed, where
    look-alike characters were settled, or with what may belong to it.
    """

    code: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class TypedText:
    """The codes of a text in its order, each once, and what there is beside them.

    `rest` are the words and prices beside them. `words` are what a shop could be searched
    for where there is no code ("나이키 덩크"); `reason` is why there is none. `link`: an address is
    part of the text. `sized`: a size is.
    """

    codes: tuple[TypedCode, ...] = ()
    rest: str = ""
    words: str = ""
    reason: Reason | None = None
    link: bool = False
    sized: bool = False
