"""Printed matter without a style code: care text, sizes, dates, bars, boxes, addresses."""

from __future__ import annotations

import random

from datasets.codes.fill import fill
from datasets.scenes.labels import layout as lay
from datasets.scenes.labels import wording
from datasets.scenes.labels.barcodes import barcode
from datasets.scenes.labels.layout import Block
from datasets.scenes.labels.maker import Maker, dates, extras, size_row
from datasets.scenes.labels.receipts import receipt

__all__ = [
    "box_end",
    "brand_only",
    "care_text",
    "contact",
    "dates_only",
    "receipt",
    "sizes_only",
    "upc_only",
]

_SITES = (
    "www.nike.com",
    "adidas.co.kr",
    "WWW.NEWBALANCE.COM",
    "www.vans.com/warranty",
    "crocs.com",
)
_CONTACTS = ("고객센터 {}", "A/S {}", "TEL. {}", "CUSTOMER SERVICE {}", "소비자상담실 {}", "{}")


def care_text(m: Maker) -> Block:
    """Care and material text only, sometimes with the maker's registration numbers."""
    lines = [wording.care(m.rng, m.hangul) for _ in range(m.rng.randint(3, 7))]
    if m.one_in(3):
        forms = (("RN# ", "#####"), ("", "RN ###### CA #####"), ("CA# ", "#####"))
        word, number = m.rng.choice(forms)
        lines.append(word + fill(number, m.rng))
    if m.one_in(3):
        cotton = m.rng.randrange(5, 100, 5)
        lines.insert(0, f"{cotton}% COTTON {100 - cotton}% POLYESTER")
    if m.one_in(3):
        lines += wording.made_in(m.rng)
    cap = m.rng.uniform(0.6, 0.9)
    return lay.vstack([lay.text(m.style, line, cap) for line in lines], m.gap())


def sizes_only(m: Maker) -> Block:
    """Sizes, and sometimes a date and where it was made."""
    rest = [dates(m), *extras(m, 1)] if m.one_in(2) else []
    return lay.vstack([size_row(m, 0.8, 1.2), *rest], m.gap())


def dates_only(m: Maker) -> Block:
    """A date, perhaps with the factory's code, and little else."""
    lines = [m.text(wording.date(m.rng), 0.8, 1.3)] if m.one_in(2) else [dates(m)]
    if m.one_in(3):
        lines.append(m.text(wording.date(m.rng), 0.8, 1.2))
    if m.one_in(3):
        lines.append(m.text(wording.factory(m.rng), 0.6, 1.0))
    return lay.vstack(lines, m.gap())


def upc_only(m: Maker) -> Block:
    """Bars with their digits, or the digits alone."""
    rng = m.rng
    if m.one_in(4):
        form = rng.choice(("# ##### ##### #", "############", "# ###### ######", "## ########## #"))
        return m.text(fill(form, rng), 0.8, 1.2)
    bars = barcode(rng, m.style, rng.uniform(7, 13), rng.uniform(1.5, 4.0), rng.uniform(0.5, 0.9))
    above = [m.text(rng.choice(("UPC", wording.price(rng), "EAN")), 0.6, 1.0)]
    return lay.vstack([*(above if m.one_in(3) else ()), bars], m.gap(), 0.5)


def box_end(m: Maker) -> Block:
    """The end of a shoe box whose label names model, colour, size and order, but no style."""
    rng = m.rng
    lines = [m.text(wording.model(rng), 0.9, 1.4), m.text(wording.colour_name(rng), 0.6, 0.9)]
    orders = (
        *(("PO# ", "##########"), ("", "P.O. NO. ########"), ("", "PO 450######")),
        *(("", "LOT #####"), ("", "CTN ## OF ##")),
    )
    for word, number in rng.sample(orders, 2):
        lines.append(m.text(word + fill(number, rng), 0.6, 0.9))
    lines.append(size_row(m, 0.6, 1.0))
    rng.shuffle(lines)
    if not m.one_in(3):
        lines.insert(0, m.brand_word(1.0, 2.2))
    if m.one_in(2):
        lines.append(barcode(rng, m.style, rng.uniform(7, 12), rng.uniform(1.5, 3.0)))
    return lay.vstack(lines, m.gap(), rng.choice((0.0, 0.5)))


def contact(m: Maker) -> Block:
    """Telephone numbers, web addresses, and who imports it."""
    rng = m.rng
    lines = [rng.choice(_CONTACTS).format(wording.phone(rng)), rng.choice(_SITES)]
    if m.one_in(2):
        lines.append(
            f"{rng.choice(('info', 'cs', 'help01'))}@{rng.choice(_SITES).split('/')[0][4:]}"
        )
    if m.one_in(2):
        lines.append(fill(rng.choice(("010-####-####", "+82-2-###-####", "1-800-###-####")), rng))
    if m.one_in(3):
        lines.append(fill("서울시 강남구 테헤란로 ###길 ## (우)0###-#", rng))
    rng.shuffle(lines)
    cap = rng.uniform(0.7, 1.1)
    return lay.vstack([lay.text(m.style, line, cap) for line in lines], m.gap())


def brand_only(m: Maker) -> Block:
    """What a shoe itself shows: the brand, perhaps the model or a size."""
    lines = [m.brand_word(1.0, 2.5)]
    if m.one_in(3):
        lines.append(m.text(wording.model(m.rng), 0.7, 1.1))
    if m.one_in(3):
        lines.append(m.text(_size(m.rng), 0.8, 1.5))
    return lay.vstack(lines, m.gap(), 0.5)


def _size(rng: random.Random) -> str:
    return rng.choice((wording.size_mm(rng), " ".join(rng.choice(wording.sizes(rng)))))
