"""Text readers of others, measured beside ours: RapidOCR and Tesseract."""

from benchmarks.rivals.rapidocr import (
    FIND_NOTHING,
    RAPID_1,
    RAPID_3,
    RapidAlone,
    RapidRelease,
    RapidWhole,
)
from benchmarks.rivals.tesseract import Tesseract
from benchmarks.rivals.types import Answer, Rival, TextLine

__all__ = [
    "FIND_NOTHING",
    "RAPID_1",
    "RAPID_3",
    "Answer",
    "RapidAlone",
    "RapidRelease",
    "RapidWhole",
    "Rival",
    "Tesseract",
    "TextLine",
]
