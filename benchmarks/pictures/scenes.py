"""Whole photos as files, drawn ones in fonts that training never sees, and what was read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from tqdm import tqdm

from benchmarks.tables import percent, quantile, table
from datasets.fonts.fonts import FontPool
from datasets.scenes import DrawnScene
from datasets.scenes.evalset import BARE_SHARE, coded_and_bare
from datasets.truths import is_right
from stylecode import key

LARGE_PX = 20.0


@dataclass(frozen=True, slots=True)
class SentPhoto:
    """A photo's file; any of `truths` is right, none where it shows no code.

    `letter_px` is the height of the code's letters, 0 where nobody measured it.
    """

    name: str
    path: Path
    truths: tuple[str, ...]
    letter_px: float = 0.0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """What was read on one photo; `confidence` is the first code's, 0 without one."""

    photo: SentPhoto
    codes: tuple[str, ...]
    lines: tuple[str, ...]
    ms: float
    confidence: float = 0.0

    def right_within(self, first: int) -> bool:
        """Whether one of the first codes is right; no code is right where there is none."""
        if not self.photo.truths:
            return not self.codes
        return any(is_right(code, self.photo.truths) for code in self.codes[:first])

    @property
    def in_a_line(self) -> bool:
        """Whether the code was read somewhere, chosen or not."""
        truths = [key(truth) for truth in self.photo.truths]
        return any(truth in key(line) for line in self.lines for truth in truths)


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Photos of one kind, and the share that was answered rightly."""

    kind: str
    count: int
    right: float


@dataclass(frozen=True, slots=True)
class SceneFigures:
    """One reader on photos: shares in 0..1 (None without such photos), milliseconds.

    `first`, `first3` and `in_a_line` (read somewhere, chosen or not) are of the photos with a
    code, `first_large` of the `large` ones whose letters are at least 20 pixels high, `none_found`
    and `bare_kinds` of those without a code.
    """

    reader: str
    coded: int
    bare: int
    first: float | None
    first3: float | None
    in_a_line: float | None
    none_found: float | None
    ms_p50: float
    ms_p95: float
    large: int = 0
    first_large: float | None = None
    bare_kinds: tuple[KindFigures, ...] = ()


def drawn_photos(
    pool: FontPool, count: int, seed: int, letters_px: float, folder: Path
) -> list[SentPhoto]:
    """The same, drawn into JPEG files of `folder`: first those with a code."""
    scenes = coded_and_bare(pool, count, seed, letters_px)
    whole = count + count // BARE_SHARE
    told = tqdm(scenes, "drawing photos", whole, mininterval=5)
    return [_filed(scene, folder / f"{i:04}.jpg") for i, scene in enumerate(told)]


def _filed(scene: DrawnScene, path: Path) -> SentPhoto:
    path.write_bytes(jpeg(scene))
    truths = (scene.code, scene.printed) if scene.code is not None else ()
    return SentPhoto(f"seed {scene.seed}", path, truths, scene.min_letter_px, scene.kind)


def jpeg(scene: DrawnScene) -> bytes:
    """The scene as a phone would send it."""
    buffer = io.BytesIO()
    Image.fromarray(scene.image).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def first_of(photos: Sequence[SentPhoto], coded: int) -> list[SentPhoto]:
    """The first `coded` photos with a code, and the first third as many without one."""
    with_code = [photo for photo in photos if photo.truths][:coded]
    return with_code + [photo for photo in photos if not photo.truths][: coded // BARE_SHARE]


def scene_figures(reader: str, results: Sequence[PhotoResult]) -> SceneFigures:
    """Figures for photos with a code and for those without; at least one photo."""
    coded = [r for r in results if r.photo.truths]
    bare = [r for r in results if not r.photo.truths]
    large = [r for r in coded if r.photo.letter_px >= LARGE_PX]
    times = [r.ms for r in results]
    return SceneFigures(
        reader=reader,
        coded=len(coded),
        bare=len(bare),
        first=_share([r.right_within(1) for r in coded]),
        first3=_share([r.right_within(3) for r in coded]),
        in_a_line=_share([r.in_a_line for r in coded]),
        none_found=_share([r.right_within(1) for r in bare]),
        ms_p50=quantile(times, 0.5),
        ms_p95=quantile(times, 0.95),
        large=len(large),
        first_large=_share([r.right_within(1) for r in large]),
        bare_kinds=_kinds(bare),
    )


def _kinds(results: Iterable[PhotoResult]) -> tuple[KindFigures, ...]:
    right: dict[str, list[bool]] = {}
    for result in results:
        right.setdefault(result.photo.kind, []).append(result.right_within(1))
    kinds = [KindFigures(kind, len(all_), sum(all_) / len(all_)) for kind, all_ in right.items()]
    return tuple(sorted(kinds, key=lambda one: (-one.count, one.kind)))


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None


def report(found: SceneFigures) -> str:
    """A table of one reader's figures on drawn photos, and one of the kinds without a code."""
    times = f"{found.ms_p50:.0f} / {found.ms_p95:.0f}"
    rows = [
        ["photos with a code: first is right", str(found.coded), _figure(found.first)],
        ["the same, letters >= 20 px high", str(found.large), _figure(found.first_large)],
        ["photos with a code: right among the first 3", str(found.coded), _figure(found.first3)],
        ["photos with a code: read in some line", str(found.coded), _figure(found.in_a_line)],
        ["photos without a code: none found", str(found.bare), _figure(found.none_found)],
        ["ms a photo, p50 / p95", str(found.coded + found.bare), times],
    ]
    whole = table(["drawn photos", "count", "figure"], rows)
    kinds = [[one.kind, str(one.count), percent(one.right)] for one in found.bare_kinds]
    by_kind = table(["without a code, by kind", "count", "none found"], kinds) if kinds else ""
    return "\n\n".join(filter(None, (whole, by_kind)))


def _figure(share: float | None) -> str:
    return "-" if share is None else percent(share)


def faults(results: Sequence[PhotoResult]) -> list[str]:
    """A line for each photo whose first code is wrong."""
    return [
        f"{r.photo.name}: {', '.join(r.photo.truths) or f'no code, {r.photo.kind}'} "
        f"({r.photo.letter_px:.0f} px) read as {', '.join(r.codes) or 'nothing'}; "
        f"lines {' | '.join(r.lines)[:300]}"
        for r in results
        if not r.right_within(1)
    ]
