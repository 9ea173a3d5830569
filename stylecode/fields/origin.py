"""Where it was made: "MADE IN VIETNAM", "FABRIQUE AU CAMBODGE", 제조국, misread letters and all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from stylecode.fields.agreement import Evidence
from stylecode.fields.layout import FieldRow
from stylecode.grammar.normalise import fold
from stylecode.tag.labels import skeleton

COUNTRIES: dict[str, tuple[str, ...]] = {
    "VN": ("Vietnam", "Viet Nam", "베트남"),
    "CN": ("China", "Chine", "P.R.C.", "P.R. China", "PRC", "중국"),
    "ID": ("Indonesia", "Indonesie", "Indonésie", "인도네시아"),
    "KH": ("Cambodia", "Cambodge", "Camboya", "캄보디아"),
    "KR": ("Korea", "South Korea", "Republic of Korea", "Coree", "Corée", "대한민국", "한국"),
    "TH": ("Thailand", "Thailande", "Thaïlande", "Tailandia", "태국"),
    "TW": ("Taiwan", "대만"),
    "IN": ("India", "Inde", "인도"),
    "BD": ("Bangladesh", "방글라데시"),
    "MM": ("Myanmar", "미얀마"),
    "PH": ("Philippines", "Filipinas", "필리핀"),
    "PK": ("Pakistan", "파키스탄"),
    "LA": ("Laos", "라오스"),
    "LK": ("Sri Lanka", "스리랑카"),
    "MY": ("Malaysia", "Malaisie", "말레이시아"),
    "JP": ("Japan", "Japon", "일본"),
    "US": ("USA", "U.S.A.", "United States", "Etats-Unis", "미국"),
    "MX": ("Mexico", "Mexique", "멕시코"),
    "BR": ("Brazil", "Brasil", "Bresil", "Brésil", "브라질"),
    "DO": ("Dominican Republic", "도미니카공화국"),
    "IT": ("Italy", "Italia", "Italie", "이탈리아"),
    "ES": ("Spain", "Espana", "España", "Espagne", "스페인"),
    "PT": ("Portugal", "포르투갈"),
    "DE": ("Germany", "Allemagne", "독일"),
    "FR": ("France", "프랑스"),
    "GB": ("United Kingdom", "England", "Great Britain", "UK", "Royaume-Uni", "영국"),
    "PL": ("Poland", "Pologne", "폴란드"),
    "RO": ("Romania", "Roumanie", "루마니아"),
    "BA": ("Bosnia and Herzegovina", "Bosnia", "Bosnie"),
    "RS": ("Serbia", "Serbie"),
    "SK": ("Slovakia", "Slovaquie"),
    "HU": ("Hungary", "Hongrie"),
    "TR": ("Turkey", "Turkiye", "Türkiye", "Turquie", "터키", "튀르키예"),
    "TN": ("Tunisia", "Tunisie"),
    "MA": ("Morocco", "Maroc"),
    "ET": ("Ethiopia", "Ethiopie"),
    "EG": ("Egypt", "Egypte"),
    "UA": ("Ukraine",),
    "BG": ("Bulgaria", "Bulgarie"),
    "HR": ("Croatia", "Croatie"),
    "SI": ("Slovenia", "Slovenie"),
    "AL": ("Albania", "Albanie"),
    "HK": ("Hong Kong", "홍콩"),
    "NI": ("Nicaragua",),
    "CO": ("Colombia", "Colombie"),
    "AR": ("Argentina", "Argentine"),
}
"""ISO 3166 codes to the country's names on tags; the first is the one that is shown."""

COUNTRY_CODES: dict[str, str] = {names[0]: code for code, names in COUNTRIES.items()}
"""The names that `made_in` may be, to their ISO 3166 codes."""

_HANGUL_RANGE = "가-힣"
_NOT_LETTERS = re.compile(rf"[^A-Z0-9{_HANGUL_RANGE}]+")
_LETTERS_ALIKE = 0.8  # of the letters: one wrong in five
_LONGEST_ORIGIN = 26
_ABOVE = 2.5  # heights between "MADE IN" and a country on the next line


def _squeezed(text: str) -> str:
    return skeleton(_NOT_LETTERS.sub("", fold(text)))


def _one_wrong(phrase: str) -> str:
    """A pattern for a squeezed phrase in which one letter may be wrong or missing."""
    bones = _squeezed(phrase)
    return "|".join(f"{bones[:i]}.?{bones[i + 1 :]}" for i in range(1, len(bones)))


# "MODEL NO" is one wrong letter from "MADE IN". The longer ways come first, so that "AUX" is not
# taken for "AU" and an X.
_PHRASE = re.compile(
    f"(?!{_squeezed('MODEL')})(?:{_one_wrong('MADE IN')})(?:THE)?"
    + "".join(
        f"|(?:{_one_wrong(verb)})(?:{'|'.join(map(_squeezed, ways))})"
        for verb, ways in (
            ("FABRIQUE", ("AUX", "AU", "EN")),
            ("HECHO", ("EN",)),
            ("FABRICADO", ("EN", "NO", "NA")),
            ("PRODUCT", ("OF",)),
        )
    )
    + f"|{_squeezed('ORIGIN')}(?!{_squeezed('ALS')}|{_squeezed('AL')}$)"
    + r"|(?:제조국|원산지)(?:명)?"
)
_CALLED = tuple((_squeezed(name), names[0]) for names in COUNTRIES.values() for name in names)
_SHORT_NAMES = frozenset(bones for bones, _ in _CALLED if len(bones) < 5 and bones.isascii())


@dataclass(frozen=True, slots=True)
class _Named:
    """A country that a line names, behind which phrase."""

    name: str
    phrase: str
    evidence: Evidence


def made_in_of(rows: Sequence[FieldRow]) -> str | None:
    """The country named behind, or under, such a phrase, in English; the likeliest of several.

    Tags print it in several languages: those that name the same bear each other out.
    """
    found = [one for at in range(len(rows)) for one in _named(rows, at)]
    weighed = [replace(one, evidence=one.evidence.heard(_voices(one, found))) for one in found]
    best = max(weighed, key=lambda one: (one.evidence.odds, one.name), default=None)
    return best.name if best and best.evidence.so else None


def _voices(one: _Named, found: Sequence[_Named]) -> int:
    """Of other phrases; the same one may be a line that was read twice."""
    others = {(other.phrase, other.name) for other in found if other.phrase != one.phrase}
    return sum(1 if name == one.name else -1 for _, name in others)


def _named(rows: Sequence[FieldRow], at: int) -> Iterator[_Named]:
    row = rows[at]
    for match in _PHRASE.finditer(text := _squeezed(row.text)):
        # "MADE IN/FABRIQUE EN" may stand together before the one name.
        rest = _PHRASE.sub("", text[match.end() :])[:_LONGEST_ORIGIN]
        here = _Country(row, *_country(rest, _short_in(row.text)))
        best = max([here, *_below(rows, at)], key=lambda one: (one.alike, one.name))
        if best.name:
            read = row.evidence_of(match[0]).and_(best.row.evidence_of(best.printed))
            # A country that is spelled right behind such a phrase is no chance.
            yield _Named(best.name, match[0], read.heard(int(best.alike == 1)))


@dataclass(frozen=True, slots=True)
class _Country:
    """A country that a row may name: how alike, which, and the squeezed letters that say so."""

    row: FieldRow
    alike: float
    name: str
    printed: str


def _below(rows: Sequence[FieldRow], at: int) -> list[_Country]:
    """Countries that stand alone on the next line (or anywhere, where lines have no place)."""
    return [
        _Country(other, alike, name, printed)
        for other in rows
        if other is not rows[at] and other.below(rows[at], _ABOVE)
        for alike, name, printed in [
            _country(_squeezed(other.text)[:_LONGEST_ORIGIN], _short_in(other.text))
        ]
        if name and len(other.text) <= len(name) + 3
    ]


def _short_in(text: str) -> frozenset[str]:
    """Short names that are words of a row's text: "UK" is not to be seen in "UKRAINE"."""
    return _SHORT_NAMES.intersection(map(_squeezed, re.findall(r"[A-Z]+", text.replace(".", ""))))


@lru_cache(maxsize=256)
def _country(text: str, short: frozenset[str]) -> tuple[float, str, str]:
    """How alike the beginning of a squeezed text is to a country's name, which, and that beginning.

    Zero and nothing where it is like none.
    """
    names = [
        (bones, name) for bones, name in _CALLED if bones not in _SHORT_NAMES or bones in short
    ]
    exact = [(len(bones), name, bones) for bones, name in names if text.startswith(bones)]
    if exact:
        return 1.0, *max(exact)[1:]
    alike, _, name, printed = max(
        (_likeness(start, bones), len(bones), name, start)
        for bones, name in names
        for start in _starts(text, len(bones))
    )
    return (alike, name, printed) if alike else (0.0, "", "")


def _starts(text: str, length: int) -> Iterator[str]:
    yield text[:length]
    if length >= 5 and len(text) != length:  # a letter too many or too few
        yield text[: length + 1]
        yield text[: length - 1]


def _likeness(text: str, bones: str) -> float:
    if len(bones) < 5 or abs(len(text) - len(bones)) > 1:
        return 0.0
    matcher = SequenceMatcher(None, text, bones, autojunk=False)
    if matcher.quick_ratio() < _LETTERS_ALIKE:
        return 0.0
    alike = matcher.ratio()
    return alike if alike >= _LETTERS_ALIKE else 0.0
