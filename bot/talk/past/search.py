"""What a person means by a search term: a code or part of one, a brand, a date. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from functools import cache

from bot.talk.desk import KST
from storage.past_types import Search, SearchWord
from stylecode import key
from stylecode.grammar.brands import grammar
from stylecode.grammar.normalise import fold

LONGEST_TERM = 60
"""Characters of a term; the rest is left out."""

_CODE = re.compile(r"[A-Z0-9\s\-./_#:()]+")
_MONTH_IN_KOREAN = re.compile(r"(\d{4})\s*년\s*(\d{1,2})\s*월(?:\s*(\d{1,2})\s*일)?")
_DATE_TERM = re.compile(r"(\d{4})(?:년|[-./](\d{1,2})(?:[-./](\d{1,2}))?)")


def tidy(term: str) -> str:
    """The term as it is kept and shown: one line, plain forms, not too long."""
    plain = unicodedata.normalize("NFKC", term)
    printable = "".join(char if char.isprintable() else " " for char in plain)
    return " ".join(printable.split())[:LONGEST_TERM].rstrip()


def meant_by(term: str) -> Search:
    """What a term may mean: as a whole, or with all of its words."""
    text = _MONTH_IN_KOREAN.sub(_plain_date, tidy(term))
    words = text.split()
    ways: list[tuple[SearchWord, ...]] = [(_word(text),)]
    if len(words) > 1:
        ways.append(tuple(_word(word) for word in words))
    return Search(tuple(ways))


def _plain_date(found: re.Match[str]) -> str:
    return "-".join(filter(None, found.groups()))


def _word(text: str) -> SearchWord:
    since, until = _span(text)
    code = key(text) if _CODE.fullmatch(fold(text)) else ""
    return SearchWord(code, _brands(text), since, until)


def _brands(text: str) -> tuple[str, ...]:
    """The brand of that name, else all whose name, or a word of it, begins so."""
    wanted, names = _plain(text), _names()
    if wanted in names:
        return (names[wanted],)
    if len(wanted) < 2:
        return ()
    begun = {name for alias, name in names.items() if alias.startswith(wanted)}
    begun |= {
        name
        for name in names.values()
        if any(word.startswith(wanted) for word in name.casefold().split())
    }
    return tuple(sorted(begun))


@cache
def _names() -> dict[str, str]:
    """Each brand's names by what is typed for them, in either language."""
    return {
        _plain(alias): brand.name
        for brand in grammar().brands
        for alias in (brand.name, *brand.words, *brand.korean)
    }


def _plain(name: str) -> str:
    return re.sub(r"[\s\-.]", "", name.casefold())


def _span(text: str) -> tuple[datetime | None, datetime | None]:
    """From the beginning of a day, month or year in Korea to that of the next, in UTC."""
    found = _DATE_TERM.fullmatch(text)
    if not found:
        return None, None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        since = datetime(year, month or 1, day or 1, tzinfo=KST)
        if day:
            until = datetime.fromordinal(since.toordinal() + 1).replace(tzinfo=KST)
        elif month:
            until = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=KST)
        else:
            until = datetime(year + 1, 1, 1, tzinfo=KST)
        return since.astimezone(UTC), until.astimezone(UTC)
    except (ValueError, OverflowError):  # no such day, or beyond the calendar
        return None, None
