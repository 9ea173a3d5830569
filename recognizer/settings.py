"""Which networks find and read text, from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from surroundings.settings import FromEnvironment


class RecognizerSettings(FromEnvironment):
    """The detector, and the witness."""

    recognizer_detector: Literal["own", "easyocr"] = Field(
        default="own",
        description="What finds text: own, or easyocr (published CRAFT weights; needs torch).",
    )
    recognizer_detector_file: Path | None = Field(
        default=None,
        description="CRAFT weights for easyocr. Unset: EasyOCR's, downloaded where missing.",
    )
    recognizer_witness: Literal["ppocr", "none"] = Field(
        default="ppocr",
        description="Who reads doubtful lines, too: ppocr (PP-OCRv6, with RapidOCR), or none.",
    )

    @model_validator(mode="after")
    def _file_of_easyocr(self) -> Self:
        if self.recognizer_detector_file and self.recognizer_detector != "easyocr":
            raise ValueError("RECOGNIZER_DETECTOR_FILE: only for RECOGNIZER_DETECTOR=easyocr")
        return self
