"""Which network finds text, from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from surroundings.settings import FromEnvironment


class RecognizerSettings(FromEnvironment):
    """The detector."""

    recognizer_detector: Literal["own", "easyocr"] = Field(
        default="own",
        description="What finds text: own, or easyocr (published CRAFT weights; needs torch).",
    )
    recognizer_detector_file: Path | None = Field(
        default=None,
        description="CRAFT weights for easyocr. Unset: EasyOCR's, downloaded where missing.",
    )

    @model_validator(mode="after")
    def _file_of_easyocr(self) -> Self:
        if self.recognizer_detector_file and self.recognizer_detector != "easyocr":
            raise ValueError("RECOGNIZER_DETECTOR_FILE: only for RECOGNIZER_DETECTOR=easyocr")
        return self
