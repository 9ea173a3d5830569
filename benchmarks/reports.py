"""The tables of a run, for the bench to print and for the model cards to show."""

from __future__ import annotations

from benchmarks import serving, targets
from benchmarks.figures import Figures
from benchmarks.pictures import comparison, confidence, photos, scenes


def of_crops(figures: Figures) -> str:
    """All that concerns the reader of crops; nothing was measured in vain."""
    parts = [comparison.report(one) for one in figures.crops]
    return _joined([*parts, crop_confidence(figures), targets.of_crops(figures)])


def of_photos(figures: Figures) -> str:
    """All that concerns whole photos, and serving."""
    parts = [drawn_photos(figures), photos_beside(figures), real_photos(figures)]
    parts.append(serving_of(figures))
    return _joined([*parts, targets.of_photos(figures) if any(parts) else ""])


def crop_confidence(figures: Figures) -> str:
    """How far the confidence can be trusted on each set of crops, and on all."""
    found = figures.crop_confidence
    if not found:
        return ""
    tables = [confidence.summary(found), confidence.bin_table(found[-1])]
    return _joined([*tables, confidence.level_table(found)])


def drawn_photos(figures: Figures) -> str:
    """Our figures on photos, and how far their confidence can be trusted."""
    found = figures.photo_confidence
    parts = [scenes.report(one) for one in figures.photos]
    parts += [confidence.summary([found]), confidence.level_table([found])] if found else []
    return _joined(parts)


def photos_beside(figures: Figures) -> str:
    """Our figures on some of the photos beside those of the rivals."""
    found = figures.photos_beside
    return photos.report("drawn photos", found, figures.photos_missing) if found else ""


def real_photos(figures: Figures) -> str:
    """All readers on real crops that were sent as whole photos."""
    found = figures.real_photos
    title = "real crops as whole photos"
    return photos.report(title, found, figures.real_photos_missing) if found else ""


def serving_of(figures: Figures) -> str:
    """Time, throughput and memory of serving."""
    return serving.report(figures.serving) if figures.serving else ""


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part)
