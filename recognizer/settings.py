"""Which networks find and read text, from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from surroundings.settings import FromEnvironment


def _model_store(value: str) -> str:
    scheme, found, rest = value.partition("://")
    if found and not (scheme and rest.strip("/")):
        raise ValueError("must be a folder, s3://bucket/prefix or another such address")
    return value


class RecognizerSettings(FromEnvironment):
    """The detector, the witness, and where versions of our own networks come from."""

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

    model_store: Annotated[str, AfterValidator(_model_store)] | None = Field(
        default=None,
        description="Versions of the networks: a folder, s3://bucket/prefix. Unset: the shipped.",
    )
    model_store_look_s: float = Field(
        default=20.0,
        ge=0.1,
        le=86400,
        description="Seconds between two looks for another promoted version in it.",
    )

    @model_validator(mode="after")
    def _file_of_easyocr(self) -> Self:
        if self.recognizer_detector_file and self.recognizer_detector != "easyocr":
            raise ValueError("RECOGNIZER_DETECTOR_FILE: only for RECOGNIZER_DETECTOR=easyocr")
        return self
