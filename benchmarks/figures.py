"""All figures of one run, as they are printed and as `--json FILE` writes them.

The file is `Figures` with its parts as plain JSON objects: a field is a key, a tuple a list, an
absent part null. Its parts are described where they are made:

    {
      "machine": "...", "date": "2026-11-21", "threads": 2,
      "models": {"finder": "craft-v1", "reader": "trba-v1"},
      "rivals": {"RapidOCR": "1.4.4"},
      "real": RealFigures or null,                   real photographs, each half apart
      "crops": [comparison.SetFigures],              real crops' other half first, then drawn ones
      "crop_confidence": [confidence.ConfidenceFigures],   each set, then all together
      "photos": [scenes.SceneFigures],               drawn ones: ours, all of them
      "photos_beside": [scenes.SceneFigures],        ours and rivals on the first of them
      "photos_missing": {"Tesseract": "why a rival has no row among these"},
      "photo_confidence": confidence.ConfidenceFigures or null,
      "serving": serving.ServingFigures or null      on drawn photos
    }
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from benchmarks.errors import FiguresUnreadable
from benchmarks.pictures.comparison import SetFigures
from benchmarks.pictures.confidence import ConfidenceFigures
from benchmarks.pictures.readers import OURS
from benchmarks.pictures.real_photos import PhotoTimes, RealRow
from benchmarks.pictures.scenes import SceneFigures
from benchmarks.pictures.surest import Surest
from benchmarks.serving import RivalServing, ServingFigures

# Titles of the sets of crops.
REAL, DRAWN, ALL = "real, other half", "drawn, unseen fonts", "real and drawn"


@dataclass(slots=True)
class RealFigures:
    """Of real photographs, `serving` of those of shoes; `missing` says why a rival has no rows."""

    rows: list[RealRow] = field(default_factory=list)
    surest: list[Surest] = field(default_factory=list)
    times: list[PhotoTimes] = field(default_factory=list)
    serving: ServingFigures | None = None
    rival_serving: RivalServing | None = None
    missing: dict[str, str] = field(default_factory=dict)

    def row(self, what: str, reader: str = OURS) -> RealRow | None:
        """One of the rows."""
        return next((r for r in self.rows if (r.what, r.reader) == (what, reader)), None)


@dataclass(slots=True)
class Figures:
    """Filled while a run goes on; shares are in 0..1, times in milliseconds."""

    machine: str
    date: str
    threads: int
    models: dict[str, str]
    rivals: dict[str, str] = field(default_factory=dict)
    real: RealFigures | None = None
    crops: list[SetFigures] = field(default_factory=list)
    crop_confidence: list[ConfidenceFigures] = field(default_factory=list)
    photos: list[SceneFigures] = field(default_factory=list)
    photos_beside: list[SceneFigures] = field(default_factory=list)
    photos_missing: dict[str, str] = field(default_factory=dict)
    photo_confidence: ConfidenceFigures | None = None
    serving: ServingFigures | None = None

    @classmethod
    def read(cls, path: Path) -> Figures:
        """What `write` wrote; raises FiguresUnreadable."""
        try:
            return TypeAdapter(cls).validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise FiguresUnreadable(f"{path}: {error}") from error

    def headline(self) -> str:
        """What was measured where, for the line above the tables."""
        names = [*self.models.values(), *(f"{name} {at}" for name, at in self.rivals.items())]
        return f"{self.machine}; {self.threads} threads; {self.date}; {', '.join(names)}"

    def write(self, path: Path) -> None:
        """Write the layout above."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")
