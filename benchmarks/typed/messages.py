"""Files of messages with what is meant by them, and messages made of the grammar.

A file is tab-separated, its first line names the columns: the message, then what is meant; more
columns are comments. "⏎" is a line break, "<U+200B>" the character of that number. What is meant:

    CODE, CODE and CODE     these codes, no others, in any order
    CODE below 100,000      a watch on the code, below that price
    CODE confirmed          the message follows a photo (`photo of CODE, then: MESSAGE`), whose
                            code it confirms
    -                       no code at all
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import MessagesUnreadable
from stylecode.grammar.brands import grammar
from stylecode.grammar.entries import Brand
from stylecode.grammar.patterns import Shape

_CHARACTER = re.compile(r"<U\+([0-9A-Fa-f]{4,6})>")
_AFTER_PHOTO = re.compile(r"photo of (?P<read>\S+), then: (?P<text>.*)", re.DOTALL)
_BELOW_PRICE = re.compile(r"(?P<code>.+) below (?P<won>[\d,]+)")
_NO_CODE = "-"

TEMPLATES = (
    "{korean} {code} 사이즈 255 재고 있을까요",
    "{code} 245 이거 정가가 얼마였죠?",
    "{korean} 신상 ({code}) 89,900원이면 싼 건가요",
    "is {code} worth 150 dollars in size US 10?",
    "{code}!!",
    "{lower}",
    "“{code}” 🙏🙏",
    "{korean} {code}, {other} 둘 중에 싼 거",
    "{other}⏎{code}",
    "오늘 12/3 매장에서 봤어요 {korean} {code} 235 119000원",
    "https://shop.example/products/{slug}?color=1",
    "보내는 분 010-9876-5432 / {korean} {code} / 1켤레",
    "<U+200E>{code}<U+200B>",
    "【{korean}】{code}★280★무료배송",
    "2) {korean} {code} 26.5cm",
)
"""Messages around a code: its brand in Korean, the code, another one, the code in an address."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text and what is meant; `photo` is what was read on the photo before it, "" for none."""

    text: str
    codes: tuple[str, ...]
    photo: str = ""
    below: int | None = None


def messages_of(path: Path) -> tuple[Message, ...]:
    """The messages of a file. Raises MessagesUnreadable with the line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MessagesUnreadable(f"{path}: {error}") from error
    found = []
    for number, line in enumerate(lines[1:], 2):
        text, tab, meant = line.partition("\t")
        if not tab:
            raise MessagesUnreadable(f"{path}:{number}: no tab between message and meaning")
        found.append(_message(text, meant.partition("\t")[0].strip()))
    return tuple(found)


def made_messages(seed: int) -> tuple[Message, ...]:
    """A message for each of the grammar's patterns and each template, codes drawn at random."""
    chance = random.Random(seed)
    return tuple(
        _message(text, meant)
        for brand in grammar().brands
        for pattern in brand.patterns
        for text, meant in _around(chance, brand, chance.choice(pattern.shapes))
    )


def _around(chance: random.Random, brand: Brand, shape: Shape) -> Iterator[tuple[str, str]]:
    code, other = _drawn(chance, shape), f"IE{chance.randrange(1000, 9999)}"
    for template in TEMPLATES:
        parts = {
            "korean": (brand.korean or brand.words)[0],
            "code": code,
            "lower": code.lower(),
            "other": other,
            "slug": f"{brand.words[0].lower()}-{code}".replace(" ", "-").replace("/", "-"),
        }
        meant = f"{code} and {other}" if "{other}" in template else code
        yield template.format(**parts), meant


def _drawn(chance: random.Random, shape: Shape) -> str:
    return shape.spelled(tuple(("-", chance.choice(sorted(slot))) for slot in shape.slots))


def _message(text: str, meant: str) -> Message:
    text = _CHARACTER.sub(lambda found: chr(int(found[1], 16)), text.replace("⏎", "\n"))
    photo = _AFTER_PHOTO.fullmatch(text)
    meant = meant.removesuffix(" confirmed")
    below = _BELOW_PRICE.fullmatch(meant)
    won = int(below["won"].replace(",", "")) if below else None
    named = below["code"] if below else meant
    codes: Sequence[str] = () if named in {"", _NO_CODE} else named.split(" and ")
    if photo:
        return Message(photo["text"], tuple(codes), photo["read"], won)
    return Message(text, tuple(codes), "", won)
