"""Does a shop's title name this very product? Searching by a code also finds other goods."""

from __future__ import annotations

import re

from lookup.judging.words import is_other_goods
from stylecode.grammar.normalise import display, fold, key

# Hangul counts as a letter here, so "M992그레이AG" is not "M992AG"; a few signs or blanks between
# two characters of a code do not matter ("CN8607 - 002"). Between two digits that the code does not
# part, only a dash or a blank before a longer rest is no matter: "FU900 1+1" is not FU9001, and
# "309,339원" is a price, but "TB0 100617131" is a code.
_CODE_GAP = r"[^A-Z0-9가-힣]{0,3}"
_DIGITS_GAP = r"(?:[-_./]| (?=[0-9]{3}))?"
_CODE_START = r"(?<![A-Z0-9])"
_CODE_END = r"(?![A-Z0-9])"

# ZX8000 and FW2024 are built like adidas codes.
_MODEL_OR_SEASON = re.compile(r"[A-Z]{2}[0-9]{2}00|(?:SS|FW|AW|SP|SU|FA|HO)20[0-9]{2}")


def is_offer_for(title: str, code: str) -> bool:
    """Whether `title` (plain text) sells the product `code` itself, new and still to be had."""
    return carries_code(title, code) and not is_other_goods(title)


def carries_code(title: str, code: str) -> bool:
    """Whether `title` names `code`, whole or by all its tokens, and no second code of its shape.

    A title with two codes of one shape is a listing to choose from; its price may be the other's.
    """
    characters = key(code)
    if not characters:
        return False
    folded, shown = fold(title), fold(display(code))
    whole = re.search(_CODE_START + _spelt(shown) + _CODE_END, folded)
    return bool(whole or _has_tokens(folded, shown)) and not _names_another(folded, shown)


def _has_tokens(folded: str, shown: str) -> bool:
    tokens = re.findall(r"[A-Z0-9]+", shown)
    # Single characters and lone sizes are everywhere; only codes of longer parts may be split.
    if len(tokens) < 2 or min(map(len, tokens)) < 2:
        return False
    # In "DD1391-1001 100" the first token belongs to a longer code.
    alone = r"(?![-_./][A-Z]*[0-9])"
    ends = [_CODE_END + alone] * (len(tokens) - 1) + [_CODE_END]
    return all(
        re.search(_CODE_START + token + end, folded)
        for token, end in zip(tokens, ends, strict=True)
    )


def _spelt(shown: str) -> str:
    """A pattern for the code `shown` as shops write it."""
    pattern, before = "", ""
    for char in shown:
        if not re.fullmatch(r"[A-Z0-9]", char):
            before = ""
            continue
        if pattern:
            pattern += _DIGITS_GAP if before.isdigit() and char.isdigit() else _CODE_GAP
        pattern, before = pattern + char, char
    return pattern


def _names_another(folded: str, shown: str) -> bool:
    shape = _shape(shown)
    if shape is None:
        return False
    found = {key(text) for text in re.findall(_CODE_START + shape + _CODE_END, folded)}
    return any(not _MODEL_OR_SEASON.fullmatch(other) for other in found - {key(shown)})


def _shape(shown: str) -> str | None:
    """A pattern for codes built like this one, or None where any number would fit it."""
    runs = [match.group() for match in re.finditer(r"[A-Z]+|[0-9]+|[^A-Z0-9]+", shown.strip())]
    if len(runs) == 1 and "0" <= runs[0][0] <= "9":
        return None
    return "".join(map(_run_pattern, runs))


def _run_pattern(run: str) -> str:
    if "A" <= run[0] <= "Z":
        return f"[A-Z]{{{len(run)}}}"
    if "0" <= run[0] <= "9":
        return f"[0-9]{{{len(run)}}}"
    return "[-_./ ]?"
