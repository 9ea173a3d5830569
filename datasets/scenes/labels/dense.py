"""Labels that are hard to find one's way in: tight lines, wide columns, bars at the code."""

from __future__ import annotations

from datasets.codes.fill import colour, fill
from datasets.scenes.labels import layout as lay
from datasets.scenes.labels import wording
from datasets.scenes.labels.barcodes import barcode, code128, qr
from datasets.scenes.labels.layout import Block, Mark, RectMark
from datasets.scenes.labels.maker import Maker, dates, extras, size_row
from datasets.scenes.strain import grown

_DENSE_LABELS = (
    "품번",
    "품번:",
    "품번 :",
    "모델명:",
    "상품코드:",
    "스타일NO.",
    "제품번호:",
    "품번/",
)


def _tight(m: Maker, cap: float) -> float:
    """A gap that leaves lines just apart; Hangul stands higher, so it needs more."""
    low, high = (0.36, 0.6) if m.hangul else (grown(0.3, 0.15, m.difficulty), 0.38)
    return cap * m.rng.uniform(low, high)


def block(m: Maker) -> Block:
    """A block of small print in tight lines, the code's line in or under it."""
    rng = m.rng
    cap = rng.uniform(0.45, 1.0)
    lines = [lay.text(m.style, _phrase(m), cap) for _ in range(rng.randint(4, 11))]
    if m.one_in(3):
        lines.insert(rng.randint(0, len(lines)), symbols(m))
    code = m.code_line()
    at = rng.choice((0, len(lines), len(lines), rng.randint(0, len(lines))))
    box = lay.vstack([*lines[:at], code, *lines[at:]], _tight(m, max(cap, 0.6)),
                     rng.choice((0.0, 0.0, 0.5)))  # fmt: skip
    if m.one_in(3):
        box = lay.vstack([m.brand_word(1.0, 3.0), box], m.gap(), 0.5)
    return box


def symbols(m: Maker) -> Block:
    """A row of care symbols and marks: shapes among the print that are no letters."""
    rng, side = m.rng, m.rng.uniform(0.7, 1.8)
    shapes: list[Block] = []
    for _ in range(rng.randint(2, 6)):
        w = side * rng.uniform(0.7, 1.3)
        radius, line = rng.choice((0.0, 0.1, 0.45)) * side, rng.choice((0.0, 0.06, 0.1)) * side
        marks: list[Mark] = [RectMark(0, 0, w, side, "ink", max(line, 0.04), radius)]
        for at in [rng.uniform(0.1, 0.8) for _ in range(rng.randint(0, 3))]:
            bar = RectMark(w * 0.2, side * at, w * 0.6, side * 0.1, "ink")
            upright = RectMark(w * at, side * 0.2, w * 0.12, side * 0.6, "ink")
            marks.append(bar if rng.random() < 0.5 else upright)
        shapes.append(Block(w, side, tuple(marks)))
    return lay.hstack(shapes, side * rng.uniform(0.15, 0.5))


def _phrase(m: Maker) -> str:
    rng = m.rng
    korean = m.hangul and rng.random() < 0.8
    parts = [wording.care(rng, korean) for _ in range(rng.choice((1, 1, 2)))]
    if m.one_in(4):
        parts = [rng.choice((wording.date(rng), wording.factory(rng), wording.colour_name(rng)))]
    return rng.choice((" / ", ", ", " ")).join(parts)


def rows(m: Maker) -> Block:
    """A Korean quality label in tight lines, its names and values glued together."""
    rng = m.rng
    cap, joint = rng.uniform(0.75, 1.0), rng.choice((":", ": ", " : ", " ", ""))
    lines = [
        lay.text(m.style, f"{name}{joint}{value}", cap) for name, value in wording.korean_rows(rng)
    ]
    label = rng.choice(_DENSE_LABELS)
    lines.insert(rng.randint(0, min(3, len(lines))), m.code_line(False, label))
    body = lay.vstack(lines, _tight(m, cap))
    if m.one_in(3):
        tail = [lay.text(m.style, wording.care(rng, True), cap * 0.7) for _ in range(3)]
        body = lay.vstack([body, *tail], _tight(m, cap))
    return lay.framed(body, 0.4, 0.05) if m.one_in(4) else body


def size_head(m: Maker) -> Block:
    """The code large beside (or right under) a far larger size."""
    rng = m.rng
    value = rng.choice((wording.size_mm(rng), wording.sizes(rng)[0][1], wording.sizes(rng)[-1][1]))
    size = lay.text(m.style, value, rng.uniform(1.4, 3.4), strong=True)
    code = m.code_line(True)
    beside = [code, size] if m.one_in(2) else [size, code]
    head = lay.hstack(beside, rng.uniform(0.5, 1.4), rng.choice((0.0, 0.5, 1.0)))
    if m.one_in(3):
        head = lay.vstack(beside, rng.uniform(0.2, 0.5), rng.choice((0.0, 0.5)))
    others = extras(m, 3) if m.one_in(2) else [size_row(m, 0.35, 0.6), *extras(m, 1)]
    return lay.vstack([head, *others], m.gap())


def coded_bars(m: Maker) -> Block:
    """The code right under or over bars of its own, or beside a QR code."""
    rng = m.rng
    content = m.code.printed if m.code else fill("##########", rng)
    if not content.isascii():
        content = fill("##########", rng)
    line = m.code_line(False)
    if m.one_in(3):
        side = rng.uniform(2.5, 5)
        text = lay.vstack([line, *extras(m, 2)], m.gap())
        parts = [qr(content, side), text] if m.one_in(2) else [text, qr(content, side)]
        return lay.hstack(parts, rng.uniform(0.5, 1.2), rng.choice((0.0, 0.5, 1.0)))
    picture = code128(content, line.w * rng.uniform(0.9, 1.7), rng.uniform(1.0, 2.6))
    pair = [picture, line] if m.one_in(1.5) else [line, picture]
    box = lay.vstack(pair, rng.uniform(0.12, 0.35), rng.choice((0.0, 0.5)))
    if m.one_in(3):
        box = lay.vstack([box, barcode(rng, m.style, box.w, 1.5, 0.6)], m.gap(), 0.5)
    return lay.vstack([*extras(m, 2), box, *extras(m, 1)], m.gap())


def spread(m: Maker) -> Block:
    """Columns far apart, the code in one of them."""
    rng = m.rng
    cells = [[wording.colour_name(rng), wording.size_mm(rng)], [wording.factory(rng), colour(rng)]]
    table = [[lay.text(m.style, cell, rng.uniform(0.6, 1.0)) for cell in row] for row in cells]
    table.insert(rng.randint(0, 2), [m.code_line(), m.text(wording.date(rng), 0.6, 1.0)])
    body = lay.table(table, rng.uniform(0.5, 1.4), rng.choice((0.0, 0.0, 0.05)))
    return lay.vstack([body, *extras(m, 1)], m.gap(), 0.5)


def ledger(m: Maker) -> Block:
    """Names on the left, values set flush right, rules between; only drawn for measuring."""
    rng = m.rng
    names = [("COLOR", wording.colour_name(rng)), ("SIZE", wording.size_mm(rng))]
    names += [("DATE", wording.date(rng)), ("ORIGIN", "VIETNAM"), ("LOT", wording.factory(rng))]
    pairs = [(m.text(n, 0.5, 0.6), m.text(v, 0.7, 0.9)) for n, v in rng.sample(names, 4)]
    head = m.text(rng.choice(("STYLE", "ART", "품번", "NO.")), 0.5, 0.6)
    pairs.insert(rng.randint(0, 3), (head, m.code_line(None, "")))
    width = max(name.w + value.w for name, value in pairs) + rng.uniform(0.8, 2.5)
    lines: list[Block] = []
    for name, value in pairs:
        lines.append(lay.hstack([name, lay.space(width - name.w - value.w), value], 0.0))
        lines.append(lay.rule(width, 0.04))
    return lay.vstack([m.brand_word(0.9, 1.5), *lines], m.gap() * 0.7)


def stamp(m: Maker) -> Block:
    """The code in a frame of its own, all lines centred; only drawn for measuring."""
    rng = m.rng
    inner = lay.framed(m.code_line(), rng.uniform(0.3, 0.6), rng.choice((0.06, 0.1)))
    below = [dates(m), *extras(m, 2)]
    return lay.vstack([m.brand_word(0.8, 1.4), inner, *below], m.gap(), 0.5)


def poster(m: Maker) -> Block:
    """Printed matter of the background: an advertisement, a sign, a price."""
    rng = m.rng
    lines = [m.text(wording.model(rng), 1.5, 3.0, strong=True), m.brand_word(2.0, 4.0)]
    lines += [m.text(wording.price(rng), 1.0, 2.5, strong=True), m.text(_phrase(m), 0.7, 1.0)]
    rng.shuffle(lines)
    return lay.vstack(lines[: rng.randint(2, 4)], rng.uniform(0.5, 1.2), rng.choice((0.0, 0.5)))
