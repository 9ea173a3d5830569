"""A code that stands alone, as a person typed or mended it: generous where no shape is known."""

from __future__ import annotations

import re
from functools import cache

from stylecode.errors import InvalidCode, Reason
from stylecode.grammar.brands import grammar
from stylecode.grammar.normalise import display, fold, key, known_form
from stylecode.tag.labels import LABELS
from stylecode.tag.negatives import kind_of

SHORTEST = 4
LONGEST = 20
_LONGEST_TEXT = 200
_BARCODE_DIGITS = 12
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
_TYPED_EDGES = " ?!,.:;'\"~"
_ALLOWED = re.compile(r"[A-Z0-9\-./#_:() ]+")


@cache
def _lead() -> re.Pattern[str]:
    """A label or a brand word in front of a code; of brands of which all patterns are known."""
    printed = (word for brand in grammar().brands if brand.all_known for word in brand.words)
    words = sorted({form for word in printed for form in (word, key(word))}, key=len, reverse=True)
    return re.compile(
        rf"(?:(?:{'|'.join(LABELS)})(?: ?(?:NO|NUMBER|NR|CODE)(?![A-Z0-9])\.?)?(?: ?[:#.]+ ?| )"
        rf"|#|(?:{'|'.join(map(re.escape, words))})(?: ?: ?| ))"
    )


def check(text: str) -> str:
    """The display form of a typed code; raises `InvalidCode` with the reason.

    Generous: any 4 to 20 letters and digits with at least one digit, in any case or width, with
    separators, behind a label or a brand word, or with Korean words around it.
    """
    folded = " ".join(fold(text).split())
    _refuse_other_things(folded)
    bare = _without_lead(" ".join(_HANGUL.sub(" ", folded).split()).strip(_TYPED_EDGES))
    _refuse_other_things(bare)
    if not _ALLOWED.fullmatch(bare):
        raise InvalidCode(Reason.CHARACTERS if key(bare) else Reason.EMPTY)
    _check_characters(key(bare))
    return display(bare)


def _refuse_other_things(folded: str) -> None:
    if not folded:
        raise InvalidCode(Reason.EMPTY)
    if len(folded) > _LONGEST_TEXT:
        raise InvalidCode(Reason.TOO_LONG)
    reason = kind_of(folded)
    if reason is not None:
        raise InvalidCode(reason)


def _check_characters(code: str) -> None:
    if not code:
        raise InvalidCode(Reason.EMPTY)
    if not any(char.isdigit() for char in code):
        raise InvalidCode(Reason.NO_DIGIT)
    if len(code) < SHORTEST:
        raise InvalidCode(Reason.TOO_SHORT)
    if code.isdigit() and len(code) >= _BARCODE_DIGITS:
        raise InvalidCode(Reason.BARCODE)
    if len(code) > LONGEST:
        raise InvalidCode(Reason.TOO_LONG)


def _without_lead(bare: str) -> str:
    """Without labels and brand words in front ("ART CP9448", "NIKE DD1391-100")."""
    while not known_form(bare) and (lead := _lead().match(bare)) and lead.end() < len(bare):
        bare = bare[lead.end() :].strip()
    return bare
