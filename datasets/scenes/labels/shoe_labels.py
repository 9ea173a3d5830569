"""Labels as they are printed: tongue labels, box labels, hang tags, stickers, quality labels.

Every kind is a function from a `Maker` to a `Block`; the height of the code's letters is 1.
"""

from __future__ import annotations

from dataclasses import replace

from datasets.codes.fill import fill
from datasets.scenes.labels import layout as lay
from datasets.scenes.labels import wording
from datasets.scenes.labels.barcodes import barcode
from datasets.scenes.labels.layout import Block, Style
from datasets.scenes.labels.maker import Maker, extras, size_row


def tongue(m: Maker) -> Block:
    """The label sewn or printed inside the tongue: sizes, dates, origin, code."""
    rng = m.rng
    above: list[Block] = []
    if not m.one_in(3):
        above.append(size_row(m))
    above += extras(m, 3)
    rng.shuffle(above)
    if m.one_in(2.5):
        above.insert(0, m.brand_word(0.9, 2.0))
    below = extras(m, 3)
    if m.one_in(4):
        below.append(barcode(rng, m.style, rng.uniform(6, 10), rng.uniform(0.8, 1.6)))
    lines = [*above, m.code_line(), *below]
    if m.one_in(3):
        rng.shuffle(lines)
    if m.one_in(4):
        width = max(line.w for line in lines)
        lines.insert(rng.randrange(1, len(lines)), lay.rule(width, rng.choice((0.05, 0.08))))
    return lay.vstack(lines, m.gap(), rng.choice((0.0, 0.0, 0.5)))


def small(m: Maker) -> Block:
    """Only the code and one or two other lines, as on the inside of the tongue or the heel."""
    lines = [m.code_line(), *extras(m, 2)]
    if m.one_in(2):
        lines.reverse()
    return lay.vstack(lines, m.gap(), m.rng.choice((0.0, 0.5)))


def box_label(m: Maker) -> Block:
    """The label on the end of a shoe box: columns of text, large size, bars."""
    rng = m.rng
    left = [m.code_line(), *extras(m, 3)]
    rng.shuffle(left)
    left.insert(0, m.brand_word(0.8, 2.2) if m.one_in(2) else m.text(wording.model(rng), 0.7, 1.1))
    if m.one_in(2):
        left.append(size_row(m))
    body = lay.vstack(left, m.gap())
    size = lay.text(
        m.style,
        rng.choice((wording.size_mm(rng), wording.sizes(rng)[0][1])),
        rng.uniform(1.8, 3.2),
        strong=True,
    )
    right = [lay.framed(size, 0.4) if m.one_in(3) else size]
    if m.one_in(2):
        right.insert(0, m.text(rng.choice(("SIZE", "US", "사이즈", "MENS", "WOMENS")), 0.5, 0.7))
    if not m.one_in(4):
        right.append(barcode(rng, m.style, rng.uniform(7, 12), rng.uniform(1.5, 3.0)))
    if m.one_in(3):
        return lay.vstack([body, lay.hstack(right, 1.0, 1.0)], m.gap() * 1.5)
    columns = [body, lay.vstack(right, m.gap(), 0.5)]
    if m.one_in(4):
        columns.reverse()
    return lay.hstack(columns, rng.uniform(1.0, 2.2), rng.choice((0.0, 0.5)))


def grid(m: Maker) -> Block:
    """A ruled table: model, code, colour, size in its cells."""
    rng = m.rng
    names = [("COLOR", wording.colour_name(rng)), ("SIZE", wording.size_mm(rng)), ("QTY", "1")]
    names += [("MODEL", wording.model(rng)), ("P.O.", fill("######", rng))]
    rows = [[m.text(n, 0.45, 0.6), m.text(v, 0.6, 0.9)] for n, v in rng.sample(names, 3)]
    label = (
        rng.choice(("STYLE", "ART", "ITEM", "품번", "NO."))
        if not m.code or not m.code.label
        else ""
    )
    rows.insert(
        rng.randint(0, 2), [m.text(label, 0.45, 0.6) if label else lay.space(), m.code_line()]
    )
    box = lay.table(rows, rng.uniform(0.25, 0.45), rng.choice((0.0, 0.05, 0.08)))
    parts = [box] if m.one_in(2) else [m.brand_word(0.9, 1.6), box]
    if m.one_in(3):
        parts.append(barcode(rng, m.style, box.w * 0.8, rng.uniform(1.2, 2.2)))
    return lay.vstack(parts, m.gap(), 0.5)


def hang_tag(m: Maker) -> Block:
    """The tag on a string: brand on top, code, colour, size, price, bars; tall."""
    rng = m.rng
    lines = [lay.space(1.0, 1.6), m.brand_word(1.2, 2.4), m.code_line()]
    lines += extras(m, 3)
    lines.append(m.text(rng.choice((wording.price(rng), f"SIZE {wording.size_mm(rng)}")), 0.8, 1.3))
    if not m.one_in(3):
        lines.append(barcode(rng, m.style, rng.uniform(7, 10), rng.uniform(1.2, 2.4)))
    return lay.vstack(lines, m.gap() * 1.3, 0.5)


def quality(m: Maker) -> Block:
    """A Korean quality label: rows of name and value, the code's row among them."""
    rng = m.rng
    cap = rng.uniform(0.75, 1.0)
    joint = rng.choice((" : ", ": ", " "))
    rows: list[list[Block]] = []
    pairs = wording.korean_rows(rng)
    ruled = m.one_in(2.5)
    for name, value in pairs:
        if ruled or m.one_in(3):
            rows.append([lay.text(m.style, name, cap), lay.text(m.style, value, cap)])
        else:
            rows.append([lay.text(m.style, f"{name}{joint}{value}", cap)])
    if m.code is not None:
        number = m.code_line(False, "")
        label = rng.choice(("품번", "품번", "품번", "모델명", "상품코드", "스타일"))
        at = rng.randint(0, min(2, len(rows)))
        if ruled:
            rows.insert(at, [lay.text(m.style, label, cap), number])
        else:
            pair = lay.hstack([lay.text(m.style, label + joint.rstrip(), cap), number], 0.5)
            rows.insert(at, [pair])
    if ruled:
        body = lay.table([[*row, lay.space()][:2] for row in rows], 0.3, rng.choice((0.0, 0.05)))
    else:
        body = lay.vstack([lay.hstack(row, 0.6) for row in rows], m.gap())
    head = [m.text(wording.care(rng, True), 0.6, 0.8)] if m.one_in(3) else []
    tail = [m.text(wording.care(rng, True), 0.5, 0.7) for _ in range(rng.randint(0, 2))]
    return lay.vstack([*head, body, *tail], m.gap())


def sticker(m: Maker) -> Block:
    """A small price or size sticker; often nothing but bars and numbers."""
    rng = m.rng
    lines = [m.text(wording.price(rng), 0.8, 1.4, strong=True)] if m.one_in(2) else []
    if m.code is not None:
        lines.append(m.code_line())
    lines.append(barcode(rng, m.style, rng.uniform(6, 9), rng.uniform(1.0, 2.0)))
    if m.one_in(2):
        lines.insert(0, m.text(f"{wording.size_mm(rng)}", 1.0, 2.2, strong=True))
    return lay.vstack(lines, m.gap(), rng.choice((0.0, 0.5)))


def inverted(m: Maker) -> Block:
    """A label whose head stands in a dark block, the code below or in it."""
    rng = m.rng
    light = replace(m, style=_with_role(m.style, "paper"))
    block = light.code_line() if m.one_in(3) else light.brand_word(1.0, 1.8)
    shows_code = any(getattr(mark, "code", None) for mark in block.marks)
    rest = extras(m, 3) if shows_code else [m.code_line(), *extras(m, 3)]
    return lay.vstack([lay.filled(block, rng.uniform(0.3, 0.7)), *rest], m.gap())


def _with_role(style: Style, role: str) -> Style:
    return Style(style.plain, style.strong, style.tracking, role, style.gap)
