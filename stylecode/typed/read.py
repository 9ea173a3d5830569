"""One reading of whatever a person types: a message, a caption, a command's words, a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stylecode.errors import InvalidCode, Reason
from stylecode.grammar.normalise import known_form
from stylecode.grammar.pieces import key
from stylecode.typed.aside import parts_beside
from stylecode.typed.bare import LONGEST, check
from stylecode.typed.choosing import Ground, chosen, labelled
from stylecode.typed.links import linked_codes, links_in
from stylecode.typed.names import named_brands, without_talk, words_of
from stylecode.typed.seen import seen, upper
from stylecode.typed.spans import runs_of
from stylecode.typed.types import Kind, Part, TypedCode, TypedText

LONGEST_READ = 5_000
"""Characters that are looked at; no channel's messages are longer."""

_REASONS = {kind: Reason(kind) for kind in Kind if kind.name in Reason.__members__}
_BRACKETS = re.compile(r"[\[\](){}<>「」『』【】〈〉《》\"'`“”‘’*~|^!?;,]+")
_WORD_OF_LETTERS = re.compile(r"(?<![A-Z0-9])[A-Z]{3,}(?![A-Z0-9])")
_NAME_OF_LETTERS = re.compile(r"(?<![A-Z0-9])[A-Z]{5,}(?![A-Z0-9])")  # of a model, in no code
_SINGLE_SIGN = re.compile(r"(?<=\s)[A-Za-z0-9](?=\s|$)")  # whose size it is, how many
_MODEL = 6  # letters and digits that may as well be a model ("990v6", "M2002R")
_TIED = re.compile(r"[A-Z0-9]+(?:[-._/][A-Z0-9]+)*")
_DIGITS_OF_NONE = 3  # of a code of no known shape in a sentence
_LEAST_TIED = 6


def read(text: str) -> TypedText:
    """What a text says. Never raises."""
    plain = seen(text[:LONGEST_READ])
    links = links_in(plain)
    linked = [code for link in links for code in linked_codes(plain[link.start : link.end])]
    plain = _without(plain, links)
    big = upper(plain)
    parts = list(parts_beside(big))
    runs = runs_of(plain)
    named = named_brands(big, [run.text for run in runs])
    known = chosen(Ground(plain, parts, named, runs))
    gone = [Part(Kind.LINK, span.start, span.end) for span, _ in known]
    rest = _without(plain, [*gone, *(part for part in parts if part.kind is not Kind.PRICE)])
    codes = _each_once([*(code for _, code in known), *linked])
    sized = any(part.kind is Kind.SIZE for part in parts)
    found = TypedText(codes, " ".join(rest.split()), link=bool(links), sized=sized)
    return found if codes else _of_no_shape(found, plain, parts, named=bool(named))


def _without(text: str, parts: Sequence[Part]) -> str:
    """The text with blanks for its parts; places stay."""
    for part in parts:
        text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text


def _each_once(codes: Sequence[TypedCode]) -> tuple[TypedCode, ...]:
    """Each code once, without what is but the beginning of another."""
    names = {key(code.code): code for code in reversed(codes)}
    whole = [
        code
        for code in dict.fromkeys(names[key(each.code)] for each in codes)
        if not any(other != (name := key(code.code)) and other.startswith(name) for other in names)
    ]
    return tuple(whole)


def _of_no_shape(found: TypedText, plain: str, parts: Sequence[Part], *, named: bool) -> TypedText:
    """A code that no brand is known to print; else words to search for, or why there is none."""
    rest = without_talk(_SINGLE_SIGN.sub(" ", _BRACKETS.sub(" ", _without(plain, parts))))
    words = words_of(_without(plain, [one for one in parts if one.kind is not Kind.SIZE]), named)
    codes, reason = _generous(rest, words)
    if codes:
        gone = found.rest
        for code in codes:
            gone = re.sub(re.escape(code.code), " ", gone, flags=re.IGNORECASE)
        return replace(found, codes=codes, rest=" ".join(gone.split()))
    told = next((_REASONS[part.kind] for part in parts if part.kind in _REASONS), None)
    reason = told or (reason if any(map(str.isdigit, plain)) else None)
    plainly = not any(part.kind in {Kind.PHONE, Kind.BARCODE, Kind.ORDER} for part in parts)
    return replace(found, words=words if plainly or named else "", reason=reason)


def _generous(rest: str, words: str) -> tuple[tuple[TypedCode, ...], Reason | None]:
    """What remains as a code by the generous rule, else such runs of it as stand out."""
    together = known_form(key(rest)) if len(runs_of(rest)) > 2 else ""
    try:
        code = check(together or rest)
    except InvalidCode as error:
        reason = error.reason
    else:
        if not _is_a_name(code, rest, words):
            return (TypedCode(code),), None
        reason = Reason.NO_DIGIT
    return tuple(TypedCode(code) for code in _outstanding(rest)), reason


def _is_a_name(code: str, text: str, words: str) -> bool:
    """Whether a text of no shape is a model's name rather than a code."""
    if known_form(code):
        return False
    if len(_WORD_OF_LETTERS.findall(code)) > 1 or _NAME_OF_LETTERS.search(code):
        return True
    begin = upper(text).find(code)
    more = [word for word in words.split() if not key(word) or key(word) not in key(code)]
    if begin >= 0 and labelled(upper(text), begin):
        return False
    return bool(more) and len(key(code)) <= _MODEL


def _outstanding(rest: str) -> Iterator[str]:
    """Runs tied by dashes that have letters and digits enough to be codes, or a label."""
    big = upper(rest)
    for match in _TIED.finditer(big):
        name = key(match[0])
        digits = sum(char.isdigit() for char in name)
        enough = digits >= _DIGITS_OF_NONE and len(name) >= _LEAST_TIED and digits < len(name)
        if len(name) > LONGEST or not (enough or (labelled(big, match.start()) and digits)):
            continue
        try:
            yield check(match[0])
        except InvalidCode:
            continue
