"""Fonts to draw with: always the same, from packages that the project installs.

No test sees the machine's own fonts: what is drawn, and so what is read and measured, would depend
on what happens to be installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from datasets.fonts import fonts as system
from datasets.fonts.fonts import FontPool


def _installed(package: str, folder: str) -> Path:
    # Found, not imported: each changes or loads far more than its fonts.
    found = find_spec(package)
    assert found is not None and found.origin
    return Path(found.origin).parent / folder


_WESTERN = _installed("matplotlib", "mpl-data/fonts/ttf")
_KOREAN = _installed("koreanize_matplotlib", "fonts")
SANS = _WESTERN / "DejaVuSans.ttf"
NANUM = _KOREAN / "NanumGothic.ttf"
# By name, so that what else a package brings (symbols, faces of last resort) stays out.
FACES = (
    *(_WESTERN / f"DejaVu{face}.ttf" for face in ("Sans", "Sans-Bold", "SansMono")),
    *(_WESTERN / f"DejaVu{face}.ttf" for face in ("SansMono-Bold", "Serif", "Serif-Bold")),
    *(_WESTERN / f"{face}.ttf" for face in ("STIXGeneral", "STIXGeneralBol")),
    *(_KOREAN / f"NanumGothic{weight}.ttf" for weight in ("", "Bold")),
)
# NanumGothic is held out by its family's name; under this one training may draw Hangul, too.
_FOR_TRAINING = "NanumSquare"
# What a page's "any font of this kind" means.
_GENERIC = (
    ("sans-serif", "DejaVu Sans"), ("serif", "DejaVu Serif"), ("monospace", "DejaVu Sans Mono")
)  # fmt: skip
_LATIN, _HANGUL = range(0x20, 0xFF), range(0xAC00, 0xAC00 + 200)
_KANA_AND_HAN = (*range(0x3040, 0x3100), *range(0x4E00, 0xA000))


def fontconfig(cache: Path) -> str:
    """Settings of the library by which a browser finds fonts: those of the packages alone."""
    folders = "".join(f"<dir>{folder}</dir>" for folder in (_WESTERN, _KOREAN))
    aliases = "".join(
        f"<alias><family>{generic}</family><prefer><family>{family}</family>"
        "<family>NanumGothic</family></prefer></alias>"
        for generic, family in _GENERIC
    )
    return f"<fontconfig>{folders}<cachedir>{cache}</cachedir>{aliases}</fontconfig>"


@pytest.fixture(scope="session", autouse=True)
def no_system_fonts() -> Iterator[None]:
    """Where the system's fonts are looked for, there are none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(system, "SYSTEM_FONTS", Path(__file__).parent / "no fonts are here")
        yield


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all that tests draw with: some held out, some Korean on either side."""
    folder = tmp_path_factory.mktemp("fonts")
    for face in FACES:
        (folder / face.name).symlink_to(face)
    for weight in ("", "Bold"):
        source = _KOREAN / f"NanumGothic{weight}.ttf"
        _renamed(source, _FOR_TRAINING, folder / f"{_FOR_TRAINING}{weight}.ttf")
    _collected(NANUM, folder / "Ideographs.ttc")
    return folder


@pytest.fixture(scope="session")
def pool(fonts: Path) -> FontPool:
    return FontPool.load([fonts])


@pytest.fixture(scope="session")
def few_fonts(tmp_path_factory: pytest.TempPathFactory, pool: FontPool) -> Path:
    """A folder of a few fonts, so that runs start fast; some held out, some Korean."""
    folder = tmp_path_factory.mktemp("few-fonts")
    for path in {*pool.train[:4], *pool.held_out[:3], *pool.korean_side("train")[:2]}:
        (folder / path.name).symlink_to(path.resolve())
    return folder


def _renamed(source: Path, family: str, path: Path) -> None:
    """A copy of a face that says it is of another family."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (few tests draw)

    with TTFont(source, lazy=True) as font:
        names = font["name"]
        for entry in names.names:
            if entry.nameID in (1, 16):  # the family, and the one of all its weights
                names.setName(family, entry.nameID, entry.platformID, entry.platEncID, entry.langID)
        font.save(path)


def _collected(source: Path, path: Path) -> None:
    """A collection of one font, in which syllables of Hangul stand for kana and Han characters."""
    from fontTools.subset import Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415

    with TTFont(source) as font:
        subsetter = Subsetter()
        subsetter.populate(unicodes=[*_LATIN, *_HANGUL])
        subsetter.subset(font)
        for table in font["cmap"].tables:
            if table.isUnicode():
                for at in _KANA_AND_HAN:
                    table.cmap[at] = table.cmap[_HANGUL[at % len(_HANGUL)]]
        collection = TTCollection()
        collection.fonts = [font]
        collection.save(path)
