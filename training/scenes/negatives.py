"""Printed matter without a style code: care text, sizes, receipts."""

from __future__ import annotations

from training.scenes import layout as lay
from training.scenes import wording
from training.scenes.layout import Box
from training.scenes.maker import Maker, dates, extras, size_row


def care_text(m: Maker) -> Box:
    """Care and material text only."""
    lines = [wording.care(m.rng, m.hangul) for _ in range(m.rng.randint(3, 7))]
    cap = m.rng.uniform(0.6, 0.9)
    return lay.vstack([lay.text(m.style, line, cap) for line in lines], m.gap())


def sizes_only(m: Maker) -> Box:
    """Sizes, a date and where it was made."""
    return lay.vstack([size_row(m, 0.8, 1.2), dates(m), *extras(m, 1)], m.gap())


def receipt(m: Maker) -> Box:
    """A till receipt: items, amounts, a date, a telephone number."""
    rng = m.rng
    head = [m.text(rng.choice(("영수증", "RECEIPT", "신용승인")), 1.0, 1.6), dates(m)]
    head.append(m.text(f"TEL {wording.phone(rng)}", 0.6, 0.7))
    lines = [wording.receipt_line(rng) for _ in range(rng.randint(4, 9))]
    rows = [[lay.text(m.style, name, 0.7), lay.text(m.style, sum_, 0.7)] for name, sum_ in lines]
    return lay.vstack([*head, lay.table(rows, 0.35, 0.0)], m.gap())
