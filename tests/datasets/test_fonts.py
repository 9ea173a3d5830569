from __future__ import annotations

import shutil
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from datasets.errors import FontFetchError, NoFontsError
from datasets.fonts import fetch as font_fetch
from datasets.fonts.faces import family_of
from datasets.fonts.fetch import convert, fetch, names
from datasets.fonts.fonts import REQUIRED, FontPool, has_glyphs, main


def test_every_font_draws_all_characters_of_codes(pool: FontPool) -> None:
    assert all(has_glyphs(path, REQUIRED) for path in (*pool.train, *pool.held_out))


def test_korean_fonts_draw_hangul(pool: FontPool) -> None:
    assert all(has_glyphs(path, "품번제조연월") for path in (*pool.korean, *pool.korean_held_out))


def test_no_family_is_on_both_sides(pool: FontPool) -> None:
    def families(paths: tuple[Path, ...]) -> set[str]:
        return {family_of(pool.font(path, 20).getname()[0] or path.stem) for path in paths}

    assert not families(pool.train) & families(pool.held_out)


def test_split_does_not_depend_on_the_folder(pool: FontPool, tmp_path: Path) -> None:
    chosen = [*pool.train[:6], *pool.held_out[:6]]
    for path in chosen:
        shutil.copy(path, tmp_path / path.name)
    copied = FontPool.load([tmp_path])
    assert {p.name for p in copied.train} == {p.name for p in pool.train[:6]}
    assert {p.name for p in copied.held_out} == {p.name for p in pool.held_out[:6]}


def test_fonts_are_cached_by_size(pool: FontPool) -> None:
    path = pool.train[0]
    assert pool.font(path, 31) is pool.font(path, 31)
    assert pool.font(path, 31).size == 31


@pytest.mark.parametrize(
    ("face", "family"),
    [
        ("Roboto Condensed", "roboto"),
        ("IBM Plex Sans SemiBold", "ibm plex sans"),
        ("Arimo", "liberation sans"),
        ("Liberation Sans Narrow", "liberation sans"),
        ("share-tech-mono-latin-400-normal", "share tech"),
    ],
)
def test_family_leaves_out_weight_and_width(face: str, family: str) -> None:
    assert family_of(face) == family


def test_a_folder_without_fonts_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font at all")
    with pytest.raises(NoFontsError, match=str(tmp_path)):
        FontPool.load([tmp_path])


def test_command_line_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err


def test_fetch_without_npm_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FontFetchError, match="npm"):
        fetch(tmp_path / "fonts")


def test_fetch_without_network_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    wanted = tmp_path / "names.txt"
    wanted.write_text("roboto\ninter\n", encoding="utf-8")
    monkeypatch.setattr(font_fetch, "FONT_NAMES", wanted)
    with pytest.raises(FontFetchError, match=r"network.*ENOTFOUND"):
        fetch(tmp_path / "fonts")


def test_convert_turns_woff2_into_a_usable_font(pool: FontPool, tmp_path: Path) -> None:
    fonts = pytest.importorskip("fontTools.ttLib", reason="installed by the torch extra")
    pytest.importorskip("brotli", reason="woff2 needs brotli")
    small = [path for path in pool.train if path.suffix == ".ttf"]
    source = min(small, key=lambda path: path.stat().st_size)
    woff = BytesIO()
    font = fonts.TTFont(source)
    font.flavor = "woff2"
    font.save(woff)
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for weight in ("400", "900"):
            entry = tarfile.TarInfo(f"package/files/some-latin-{weight}-normal.woff2")
            entry.size = len(woff.getvalue())
            archive.addfile(entry, BytesIO(woff.getvalue()))
    assert convert(packed.getvalue(), tmp_path) == 1  # 900 is no weight that tags use
    assert has_glyphs(tmp_path / "some-latin-400-normal.ttf", REQUIRED)


def test_the_list_of_fonts_is_plain_names() -> None:
    assert len(names()) > 100
    assert len(set(names())) == len(names())
    assert all(name.replace("-", "").isalnum() for name in names())
