"""The notation of `corpus.txt`: tags as text, each with what is to be found on it.

A tag begins with its codes, best first and ` | ` between them (`-`: none), each with its
confidence, on a line that is not indented; `crop` in front says that the picture shows one code
alone. Its lines follow, indented, one under the other; `|` parts what stands far apart. Behind two
blanks stands how a line was seen:

    ~.9      how much its picture looks like a code's
    %.8      the probability of each of its characters (.97)
    <  >     the photo's edge cuts it off where it begins, where it ends
    @90,30   where it begins, in pixels (at 40, and 40 below the line before)
    h30 w90  its height (20) and width (12 a character)
    ^90      the direction in which it is read, in degrees

A character before `?` was hardly read; `{0O}` was read as the first and may be the second. With
probabilities: `{N.7}`, `{0O.8.1}`. Of a picture of one code three are told.

`python -m tests.stylecode.corpus` writes what is found now. Look at each line that it changes: a
confidence that moves changes what people are asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stylecode import ReadLine, rank
from stylecode.types import Alternatives

FILE = Path(__file__).with_name("corpus.txt")
_CROP = "crop "
HARDLY, MAYBE = 0.45, (0.6, 0.35)
_CHAR = re.compile(r"\{(.)([^.])?(?:(\.\d+))?(?:(\.\d+))?\}|(.)(\??)")
_SIGN = re.compile(
    r"~(?P<looks>[\d.]+)|%(?P<sure>[\d.]+)|(?P<start><)|(?P<end>>)|@(?P<x>-?\d+),(?P<y>-?\d+)"
    r"|h(?P<height>\d+)|w(?P<width>\d+)|\^(?P<angle>-?\d+)"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """What is to be found on these lines."""

    found: str
    lines: tuple[ReadLine, ...]
    crop: bool

    def __str__(self) -> str:
        return " / ".join(line.text for line in self.lines)


def tags(text: str) -> Iterator[Tag]:
    """The tags of a text in this notation."""
    for block in re.split(r"\n(?=\S)", re.sub(r"(?m)^(#.*)?\n", "", text).strip()):
        head, *body = block.splitlines()
        lines = tuple(line for n, row in enumerate(body) for line in _row(row.strip(), n))
        yield Tag(head.removeprefix(_CROP), lines, head.startswith(_CROP))


def found(tag: Tag) -> str:
    """The codes that are found now, each with its confidence; of a picture of one code three."""
    ranked = rank(tag.lines, crop=tag.crop, limit=3 if tag.crop else 5)
    told = (f"{one.code} {one.confidence:.3f}".replace(" 0.", " .") for one in ranked)
    return " | ".join(told) or "-"


def rewritten(text: str) -> str:
    """The text with what is found now."""
    heads = (_CROP * tag.crop + found(tag) for tag in tags(text))
    return re.sub(r"(?m)^[^\s#].*", lambda _: next(heads), text)


def _row(row: str, number: int) -> Iterator[ReadLine]:
    for column, cell in enumerate(row.split("|")):
        text, *signs = cell.strip().split("  ")
        yield _line(text, " ".join(signs), 40 + 420 * column, 40 * number)


def _line(text: str, signs: str, x: int, y: int) -> ReadLine:
    seen = {
        name: value
        for sign in _SIGN.finditer(signs)
        for name, value in sign.groupdict().items()
        if value
    }
    sure = float(seen.get("sure", 0.97))
    read: list[Alternatives] = []
    plain = ""
    for first, second, one, other, char, doubt in _CHAR.findall(text):
        plain += first or char
        if first:
            maybe = ((second, float(other or MAYBE[1])),) if second else ()
            read.append(((first, float(one or MAYBE[0])), *maybe))
        else:
            read.append(((char, HARDLY if doubt else sure),))
    return ReadLine(
        text=plain,
        alternatives=tuple(read),
        confidence=sure,
        x=float(seen.get("x", x)),
        y=float(seen.get("y", y)),
        height=float(seen.get("height", 20)),
        width=float(seen.get("width", 12 * len(plain))),
        angle=math.radians(float(seen.get("angle", 0))),
        codelike=float(seen["looks"]) if "looks" in seen else None,
        cut_start="start" in seen,
        cut_end="end" in seen,
    )


if __name__ == "__main__":
    FILE.write_text(rewritten(FILE.read_text("utf-8")), "utf-8")
