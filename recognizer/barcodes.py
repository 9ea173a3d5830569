"""Barcodes on a photo, read by zxing-cpp: the second witness beside the letters.

One pass over the grey photo: linear formats only, upright and turned, no light-on-dark copies. It
takes 4 ms on 1280x960 pixels, in a thread of its own while the finder looks. A second pass over a
sharpened copy finds one barcode in ten more, and makes every photo without a barcode wait three
times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import cv2
import numpy as np
import zxingcpp

from recognizer.types import Barcode, Pixels, Quad
from stylecode.fields.barcodes import adds_up

_FORMATS: Final = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.EAN13,  # a UPC-A comes as the EAN-13 that begins with 0
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.UPCE,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.ITF,
    ]
)
_EAN_13: Final = 13
_GTIN_14: Final = 14
_NEAR_BARS: Final = 0.3  # of a barcode's size, by which its quad may miss some of its rows


def read_barcodes(grey: Pixels) -> tuple[Barcode, ...]:
    """EAN-13, EAN-8, UPC-A, UPC-E, Code 128 and ITF-14 on an HxW grey picture, each text once.

    Only those with a right check digit. Quads are in the picture's pixels. A picture without
    barcodes, an empty one included, gives an empty tuple; nothing is raised.
    """
    if not grey.size:
        return ()
    found = zxingcpp.read_barcodes(np.ascontiguousarray(grey), _FORMATS, try_invert=False)
    merged: dict[str, Barcode] = {}
    for barcode in _valid(found):
        merged.setdefault(barcode.text, barcode)
    return tuple(one for one in merged.values() if not _inside_another(one, merged.values()))


def _inside_another(barcode: Barcode, others: Iterable[Barcode]) -> bool:
    """Whether it lies on a larger one: a few rows of that, which add up by chance."""
    corners = np.asarray(barcode.quad, np.float32)
    middle = tuple(float(v) for v in corners.mean(axis=0))
    return any(
        cv2.contourArea(quad) > cv2.contourArea(corners)
        and cv2.pointPolygonTest(quad, middle, True) >= -_NEAR_BARS * cv2.contourArea(quad) ** 0.5
        for quad in (np.asarray(other.quad, np.float32) for other in others)
    )


def _valid(found: list[zxingcpp.Barcode]) -> Iterator[Barcode]:
    for barcode in found:
        named = _named(barcode.format, barcode.text) if barcode.valid else None
        if named is not None:
            yield Barcode(*named, _quad(barcode.position))


def _named(kind: zxingcpp.BarcodeFormat, text: str) -> tuple[str, str] | None:
    """The format's name and the digits as standardised, None where they cannot be right."""
    match kind:
        case zxingcpp.BarcodeFormat.UPCE:
            return "UPC-E", text[-12:]  # the UPC-A that it is short for
        case zxingcpp.BarcodeFormat.EAN8:
            return "EAN-8", text
        case zxingcpp.BarcodeFormat.Code128:
            return ("CODE-128", text) if text.strip() else None
        case zxingcpp.BarcodeFormat.ITF:
            # The format itself has no check digit, so any stripes may look like one.
            return ("ITF-14", text) if len(text) == _GTIN_14 and adds_up(text) else None
        case _:
            is_upc = len(text) == _EAN_13 and text.startswith("0")
            return ("UPC-A", text[1:]) if is_upc else ("EAN-13", text)


def _quad(position: zxingcpp.Position) -> Quad:
    """Clockwise from where the text begins; zxing mirrors codes that it meets from behind."""
    corners = (
        position.top_left,
        position.top_right,
        position.bottom_right,
        position.bottom_left,
    )
    a, b, c, d = ((float(corner.x), float(corner.y)) for corner in corners)
    clockwise = (c[0] - a[0]) * (d[1] - b[1]) - (c[1] - a[1]) * (d[0] - b[0]) >= 0
    return (a, b, c, d) if clockwise else (d, c, b, a)
