"""The tables of a run, for the bench to print and for the model cards to show."""

from __future__ import annotations

from benchmarks import serving, targets
from benchmarks.figures import Figures, RealFigures
from benchmarks.pictures import comparison, confidence, photos, real_photos, scenes, surest


def of_crops(figures: Figures) -> str:
    """All that concerns the reader of crops."""
    parts = [comparison.report(one) for one in figures.crops]
    return _joined([*parts, crop_confidence(figures)])


def of_photos(figures: Figures) -> str:
    """All that concerns whole photos and serving, real photographs first, and the targets."""
    parts = [of_real(figures), real_serving(figures), drawn_photos(figures)]
    parts += [photos_beside(figures), serving_of(figures)]
    return _joined([*parts, targets.report(figures) if any(parts) else ""])


def of_real(figures: Figures) -> str:
    """Real photographs: what is read, how sure, and how fast."""
    found = figures.real or RealFigures()
    rows = real_photos.report(found.rows, found.missing)
    return _joined([rows, surest.report(found.surest), real_photos.times_report(found.times)])


def real_serving(figures: Figures) -> str:
    """Throughput and memory of serving real shoe photos, a rival's beside them."""
    found = figures.real
    if found is None or found.serving is None:
        return ""
    return serving.report(found.serving, "real shoe photos", found.rival_serving)


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


def serving_of(figures: Figures) -> str:
    """Time, throughput and memory of serving drawn photos."""
    return serving.report(figures.serving) if figures.serving else ""


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part)
