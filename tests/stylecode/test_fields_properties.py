"""What holds for the fields of any lines at all."""

from __future__ import annotations

import math
import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from stylecode import ReadLine, fields_of
from stylecode.fields import is_gtin
from stylecode.grammar.normalise import fold
from stylecode.tag.labels import skeleton

numbers = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-2000, 2000)
WORDS = (
    "US UK EUR CM KR JP MEX SIZE 9 17C 1/2 8.5 42 42.5 27 275 MM 9.S MADE IN VIETNAM EN CHINE PO "
    "FABRIQUE 07/15/21 03/04/21 2024.03 - 20240315 WHITE/BLACK COLOR: WSL 129,000 W NIKE adidas "
    "DD1391-100 8801234567893 8 801234 567893 FILA 사이즈 제조국 베트남 색상 블랙 129,000원 | : /"
)
words = st.sampled_from(WORDS.split())
texts = st.lists(words, max_size=8).map(" ".join) | st.text(max_size=30)


@st.composite
def placed(draw: st.DrawFn) -> ReadLine:
    text = draw(texts)
    x, y = draw(st.integers(0, 60)) * 20.0, draw(st.integers(0, 30)) * 30.0
    angle = draw(st.sampled_from((0.0, math.pi / 2, math.pi, 0.05)))
    said = draw(st.sampled_from(((), (text, text), (text, ""))))
    confidence = draw(st.floats(0, 1))
    return ReadLine(text, (), confidence, x, y, 20.0, 12.0 * len(text), angle, said=said)


anywhere = st.builds(
    ReadLine,
    texts,
    st.just(()),
    numbers,
    x=numbers,
    y=numbers,
    height=numbers,
    width=numbers,
    angle=numbers,
)
many = st.lists(placed() | anywhere | st.builds(ReadLine, texts), max_size=8)


@settings(deadline=None)
@given(many, st.lists(st.text(max_size=14), max_size=3), st.none() | st.text(max_size=16))
def test_any_lines_have_fields(lines: list[ReadLine], codes: list[str], code: str | None) -> None:
    found = fields_of(lines, codes, code)
    assert all(map(is_gtin, found.barcodes))
    assert all(one.first is None or one.first <= one.last for one in found.dates if one.last)
    systems = [system for system, _ in found.sizes]
    assert len(set(systems)) == len(systems)


@settings(deadline=None)
@given(many, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(lines: list[ReadLine], rng: random.Random) -> None:
    shuffled = rng.sample(lines, len(lines))
    assert fields_of(shuffled) == fields_of(lines)


@settings(deadline=None)
@given(many)
def test_what_is_found_is_printed(lines: list[ReadLine]) -> None:
    found = fields_of(lines)
    texts = [fold(line.text.replace("½", " 1/2")) for line in lines]
    printed = _bones("".join(texts))
    for _, value in found.sizes:
        assert any(_bones(value) in _bones(text) for text in texts)
    for one in found.dates:
        assert all(_bones(part) in printed for part in re.findall(r"\d+", one.printed))
    assert found.colour is None or all(_bones(w) in printed for w in found.colour.split())
    assert found.price_won is None or _bones(str(found.price_won)) in printed


@settings(deadline=None)
@given(st.lists(placed(), min_size=1, max_size=6), st.sampled_from((0.5, 1, 2, 3)))
def test_a_turned_photo_has_the_same_fields(lines: list[ReadLine], quarters: float) -> None:
    turn = quarters * math.pi / 2
    cos, sin = math.cos(turn), math.sin(turn)
    turned = [
        ReadLine(
            line.text,
            (),
            line.confidence,
            line.x * cos - line.y * sin,
            line.x * sin + line.y * cos,
            line.height,
            line.width,
            line.angle + turn,
            said=line.said,
        )
        for line in lines
        if not line.angle
    ]
    assert fields_of(turned) == fields_of([line for line in lines if not line.angle])


def _bones(text: str) -> str:
    return skeleton(re.sub(r"[^0-9A-Z가-힣]", "", fold(text)).replace("Z", "2").replace("|", "1"))
