"""Fonts for drawing tags: which are usable, and which are held out from training.

`python -m datasets.fonts.fonts fetch DIR` downloads the fonts named in `names.txt`;
`python -m datasets.fonts.fonts list DIR...` says what a pool made of these folders holds.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from datasets.errors import FontError, NoFontsError
from datasets.fonts.faces import KOREAN, TAG_FACES, family_of, is_no_print, share_of

FETCHED = Path(".cache/fonts")  # where `python -m training fonts` puts them
SYSTEM_FONTS = Path("/usr/share/fonts")
REQUIRED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/.:#()_%&"
HELD_OUT_SHARE = 0.1
MOST_PER_FAMILY = 8
_HANGUL_PROBE = "가각품번제조국한글"
IDEOGRAPHS = "品番货号尺码颜色サイズ"
_NOT_A_CHARACTER = "\ue0f1"
_COLLECTION = ".ttc"


def font_folders(folder: Path = FETCHED) -> tuple[Path, ...]:
    """Where fonts to draw with lie: in this folder, and in the system's."""
    return folder, SYSTEM_FONTS


@lru_cache(maxsize=4096)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    # Basic layout: advances and kerning are plain sums, which is what keeps quads exact.
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class FontPool:
    """Usable fonts, split by family: a family is either in `train` or in `held_out`.

    `korean` and `korean_held_out` are fonts with Hangul (also split), for Korean label text.
    `ideographic` are collections (TTC) with Japanese and Chinese, which only training draws.
    """

    train: tuple[Path, ...]
    held_out: tuple[Path, ...]
    korean: tuple[Path, ...] = ()
    korean_held_out: tuple[Path, ...] = ()
    ideographic: tuple[Path, ...] = ()

    @classmethod
    def load(cls, dirs: Iterable[Path]) -> FontPool:
        """List the usable TTF and OTF files below `dirs`.

        The order and the split depend only on file and family names, not on the folders.
        Raises NoFontsError where none is usable.
        """
        files = dict(sorted({path.name: path for path in _font_files(dirs)}.items()))
        faces = [item for item in files.items() if not _is_collection(item[1])]
        sides: dict[bool, list[Path]] = {True: [], False: []}
        korean: dict[bool, list[Path]] = {True: [], False: []}
        seen: dict[str, int] = {}
        for _, path in sorted(faces, key=lambda item: share_of(item[0])):
            name = _face_name(path)
            if name is None or is_no_print(name, path):
                continue
            family = family_of(name)
            if seen.get(family, 0) >= MOST_PER_FAMILY:
                continue
            if not has_glyphs(path, REQUIRED):
                continue
            seen[family] = seen.get(family, 0) + 1
            held_out = share_of(family) < HELD_OUT_SHARE
            sides[held_out].append(path)
            if KOREAN.search(name) and has_glyphs(path, _HANGUL_PROBE):
                korean[held_out].append(path)
        if not sides[False]:
            raise NoFontsError("no usable TTF or OTF font in: " + ", ".join(map(str, dirs)))
        train, measured, own, own_measured = (
            tuple(sorted(found, key=lambda path: path.name))
            for found in (sides[False], sides[True], korean[False], korean[True])
        )
        asian = tuple(
            path for path in files.values() if _is_collection(path) and has_glyphs(path, IDEOGRAPHS)
        )
        return cls(train, measured, own, own_measured, asian)

    def font(self, path: Path, size: int) -> ImageFont.FreeTypeFont:
        """The font at `path` in `size` pixels per em, cached."""
        return _font(path, size)

    def like_tags(self, split: str) -> tuple[Path, ...]:
        """Those of a side that look like what labels are printed in; all where there is none."""
        side = self.side(split)
        return _like_tags(side) or side

    def drawing(self, letters: str, split: str) -> tuple[Path, ...]:
        """Those that have all of `letters`; a side without any borrows the other's."""
        first, second = (self.train, self.held_out)[:: 1 if split == "train" else -1]
        return _drawing(first, letters) or _drawing(second, letters)

    def side(self, split: str) -> tuple[Path, ...]:
        """`train` or `held_out` by name; held-out falls back to nothing else."""
        return self.train if split == "train" else self.held_out

    def korean_side(self, split: str) -> tuple[Path, ...]:
        """The Korean fonts of a side; a side without any borrows the other's."""
        first, second = self.korean, self.korean_held_out
        return (first or second) if split == "train" else (second or first)


@lru_cache(maxsize=64)
def _drawing(side: tuple[Path, ...], letters: str) -> tuple[Path, ...]:
    return tuple(path for path in side if has_glyphs(path, letters))


@lru_cache(maxsize=16)
def _like_tags(side: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(path for path in side if TAG_FACES.search(path.name))


@lru_cache(maxsize=16384)
def has_glyphs(path: Path, text: str) -> bool:
    """Whether the font draws every character of `text` and not its box for missing ones."""
    try:
        font = _probe(path)
        missing = bytes(font.getmask(_NOT_A_CHARACTER))
        drawn = [bytes(font.getmask(char)) for char in text]
    except (OSError, ValueError):
        return False
    return all(any(mask) and mask != missing for mask in drawn)


def _probe(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), 20, layout_engine=ImageFont.Layout.BASIC)


def _font_files(dirs: Iterable[Path]) -> Iterable[Path]:
    for folder in dirs:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in {".ttf", ".otf", _COLLECTION} and path.is_file():
                yield path


def _is_collection(path: Path) -> bool:
    """Whether the file holds several fonts, as those with ideographs do."""
    return path.suffix.lower() == _COLLECTION


def _face_name(path: Path) -> str | None:
    try:
        name = _probe(path).getname()[0]
    except OSError:
        return None
    return name or path.stem


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m datasets.fonts.fonts", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fetch = commands.add_parser("fetch", help="download and convert the fonts for drawing")
    fetch.add_argument("folder", type=Path)
    listing = commands.add_parser("list", help="say what a pool of these folders holds")
    listing.add_argument("folders", type=Path, nargs="+")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "fetch":
            from datasets.fonts.fetch import fetch  # noqa: PLC0415 (needs fontTools)

            print(f"{fetch(options.folder)} fonts in {options.folder}")
        else:
            pool = FontPool.load(options.folders)
            print(
                f"train {len(pool.train)}, held out {len(pool.held_out)}, "
                f"Korean {len(pool.korean)} and {len(pool.korean_held_out)}"
            )
    except FontError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
