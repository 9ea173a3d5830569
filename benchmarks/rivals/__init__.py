"""Text readers of others, measured beside ours: RapidOCR and Tesseract."""

from benchmarks.rivals.rapidocr import RapidAlone, RapidWhole, start_rapidocr
from benchmarks.rivals.tesseract import Tesseract
from benchmarks.rivals.types import Answer, Rival, TextLine

__all__ = [
    "Answer",
    "RapidAlone",
    "RapidWhole",
    "Rival",
    "Tesseract",
    "TextLine",
    "start_rapidocr",
]
