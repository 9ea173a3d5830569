"""UPC-A, EAN-13 and Code 128 bars and QR codes, as they stand on labels and hang tags."""

from __future__ import annotations

import random

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from datasets.scenes.labels.layout import Block, RectMark, Style, text, vstack

_LEFT: tuple[str, ...] = (
    *("0001101", "0011001", "0010011", "0111101", "0100011"),
    *("0110001", "0101111", "0111011", "0110111", "0001011"),
)
_PARITY: tuple[str, ...] = (
    *("000000", "001011", "001101", "001110", "010011"),
    *("011001", "011100", "010101", "010110", "011010"),
)


def check_digit(digits: str) -> str:
    """The last digit of the EAN-13 that begins with these twelve."""
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
    return str(-total % 10)


def ean13_modules(digits: str) -> str:
    """The 95 modules (1 is black) of thirteen digits."""
    parity = _PARITY[int(digits[0])]
    left = "".join(_left(int(d), p == "1") for d, p in zip(digits[1:7], parity, strict=True))
    right = "".join(_LEFT[int(d)].translate({48: "1", 49: "0"}) for d in digits[7:])
    return f"101{left}01010{right}101"


def _left(digit: int, even: bool) -> str:
    if not even:
        return _LEFT[digit]
    return _LEFT[digit].translate({48: "1", 49: "0"})[::-1]


def digits_of(rng: random.Random) -> str:
    """Thirteen digits with a right check digit: American (0...), Korean (880...) or European."""
    start = rng.choice(("0019", "0088", "0019", "0091", "880", "406", "0069", "0887"))
    body = start + "".join(rng.choice("0123456789") for _ in range(12 - len(start)))
    return body + check_digit(body)


def bars(digits: str, w: float, h: float, role: str = "ink") -> Block:
    """Bars of thirteen digits in a box of this size."""
    return _dark(np.array([[bit == "1" for bit in ean13_modules(digits)]]), w, h, role)


def code128(content: str, w: float, h: float, role: str = "ink") -> Block:
    """Code 128 bars of this text (ASCII) in a box of this size."""
    return _dark(_modules(content, zxingcpp.BarcodeFormat.Code128)[:1], w, h, role)


def qr(content: str, side: float, role: str = "ink") -> Block:
    """The QR code of this text in a square."""
    return _dark(_modules(content, zxingcpp.BarcodeFormat.QRCode), side, side, role)


def _modules(content: str, kind: zxingcpp.BarcodeFormat) -> NDArray[np.bool_]:
    """Which modules are dark, without the quiet zone."""
    made = zxingcpp.create_barcode(content, kind)
    image = np.atleast_2d(np.array(zxingcpp.write_barcode_to_image(made, scale=1))) < 128
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return np.asarray(image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], np.bool_)


def _dark(modules: NDArray[np.bool_], w: float, h: float, role: str) -> Block:
    """A rectangle for each run of dark modules in a row."""
    rows, columns = modules.shape
    unit, tall = w / columns, h / rows
    marks: list[RectMark] = []
    for y, row in enumerate(np.pad(modules, ((0, 0), (1, 1))).astype(np.int8)):
        turns = np.flatnonzero(np.diff(row))
        for start, end in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
            marks.append(RectMark(start * unit, y * tall, (end - start) * unit, tall, role))
    return Block(w, h, tuple(marks))


def barcode(rng: random.Random, style: Style, w: float, h: float, cap: float = 0.5) -> Block:
    """Bars with their digits below, spaced as printers do."""
    digits = digits_of(rng)
    shown = digits[1:] if digits[0] == "0" else digits
    if rng.random() < 0.5:
        shown = f"{shown[:1]} {shown[1:-6]} {shown[-6:-1]} {shown[-1]}"
    picture = bars(digits, w, h)
    if rng.random() < 0.1:
        return picture
    return vstack([picture, text(style, shown, cap)], 0.2, 0.5)
