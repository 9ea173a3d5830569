"""What a person means by a search term: a code or part of one, a brand, a date. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

from bot.talk.desk import KST
from storage.past_types import Search, SearchWord
from stylecode import key
from stylecode.grammar.brands import BRAND_WORDS
from stylecode.grammar.normalise import fold

LONGEST_TERM = 60
"""Characters of a term; the rest is left out."""

_KOREAN = {
    "나이키": "Nike",
    "조던": "Nike",
    "에어조던": "Nike",
    "아디다스": "adidas",
    "리복": "Reebok",
    "푸마": "Puma",
    "뉴발란스": "New Balance",
    "뉴발": "New Balance",
    "컨버스": "Converse",
    "반스": "Vans",
    "휠라": "Fila",
    "필라": "Fila",
    "스케쳐스": "Skechers",
    "아식스": "Asics",
    "오니츠카타이거": "Onitsuka Tiger",
    "수페르가": "Superga",
    "호카": "Hoka",
    "어그": "UGG",
    "살로몬": "Salomon",
    "엠엘비": "MLB",
    "디스커버리": "Discovery",
    "팀버랜드": "Timberland",
    "크록스": "Crocs",
    "언더아머": "Under Armour",
    "온러닝": "On",
    "프로스펙스": "Prospecs",
}
_NAMES = {name.casefold().replace(" ", ""): name for name in BRAND_WORDS.values()}
_ALIASES = {**{word.casefold(): name for word, name in BRAND_WORDS.items()}, **_NAMES, **_KOREAN}
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
    wanted = re.sub(r"[\s\-.]", "", text.casefold())
    if wanted in _ALIASES:
        return (_ALIASES[wanted],)
    if len(wanted) < 2:
        return ()
    begun = {name for alias, name in _ALIASES.items() if alias.startswith(wanted)}
    begun |= {
        name
        for name in _NAMES.values()
        if any(word.startswith(wanted) for word in name.casefold().split())
    }
    return tuple(sorted(begun))


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
