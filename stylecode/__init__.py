"""What a style code is: brand shapes, normalising, look-alike characters, ranking. Pure."""

from stylecode.errors import GrammarError, InvalidCode, Reason, StyleCodeError
from stylecode.fields import PrintedDate, TagFields, fields_of
from stylecode.grammar.lookalikes import lookalikes
from stylecode.grammar.normalise import brand_of, digits_only, display, key, unfinished
from stylecode.ranking.rank import rank
from stylecode.typed.bare import check
from stylecode.typed.read import read
from stylecode.typed.types import TypedCode, TypedText
from stylecode.types import RankedCode, ReadLine

__all__ = [
    "GrammarError",
    "InvalidCode",
    "PrintedDate",
    "RankedCode",
    "ReadLine",
    "Reason",
    "StyleCodeError",
    "TagFields",
    "TypedCode",
    "TypedText",
    "brand_of",
    "check",
    "digits_only",
    "display",
    "fields_of",
    "key",
    "lookalikes",
    "rank",
    "read",
    "unfinished",
]
