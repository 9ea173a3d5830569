"""Download the fonts named in `names.txt` and convert them to TTF. Needs the network.

Each name is a package @fontsource/NAME, packed by the npm client; the latin files of the
weights that tags use are turned from woff2 into TTF. Fonts already there are left alone, so
a broken download can simply be started again. Licences: each package carries its own (OFL,
Apache or UFL); the fonts are used for drawing only and are not shipped.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from datasets.errors import FontFetchError

FONT_NAMES = Path(__file__).with_name("names.txt")
_WEIGHTS = ("400", "700", "600", "500", "300")
_MOST_WEIGHTS = 3
_TIMEOUT_S = 120


def fetch(folder: Path) -> int:
    """Fill `folder` with TTF files; returns how many lie there afterwards.

    Raises FontFetchError where npm or fontTools is missing, or nothing could be downloaded.
    """
    if shutil.which("npm") is None:
        raise FontFetchError("npm is needed to download fonts: install Node.js, or give a folder")
    folder.mkdir(parents=True, exist_ok=True)
    failed: list[str] = []
    for name in names():
        if any(folder.glob(f"{name}-latin-*.ttf")):
            continue
        try:
            convert(_packed(name), folder)
        except (OSError, subprocess.SubprocessError, tarfile.TarError) as error:
            failed.append(f"{name} ({_reason(error)})")
    found = len(list(folder.glob("*.ttf")))
    if not found:
        raise FontFetchError(f"no font could be downloaded; is there a network? {failed[0]}")
    if failed:
        print(f"{len(failed)} fonts left out: {'; '.join(failed)}")
    return found


def names() -> tuple[str, ...]:
    """The names of the fonts to download, one to a line in `names.txt`."""
    return tuple(FONT_NAMES.read_text(encoding="utf-8").split())


def convert(package: bytes, folder: Path) -> int:
    """Write the latin fonts of a packed @fontsource package as TTF; returns how many."""
    try:
        from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 (training only)
    except ImportError as error:
        raise FontFetchError(
            "fontTools with brotli is needed: pip install -e '.[torch]'"
        ) from error
    count = 0
    for name, data in _latin_files(package):
        try:
            font = TTFont(io.BytesIO(data))
            font.flavor = None
            font.save(folder / f"{Path(name).stem}.ttf")
        except TTLibError as error:
            raise OSError(f"{name}: {error}") from error
        count += 1
    return count


def _latin_files(package: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        pattern = re.compile(r"-latin-(\d+)-normal\.woff2$")
        members = {
            found[1]: member
            for member in archive.getmembers()
            if (found := pattern.search(member.name))
        }
        for weight in [w for w in _WEIGHTS if w in members][:_MOST_WEIGHTS]:
            stream = archive.extractfile(members[weight])
            if stream is not None:
                yield members[weight].name, stream.read()


def _packed(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["npm", "pack", "--silent", f"@fontsource/{name}"],
            cwd=scratch,
            check=True,
            capture_output=True,
            timeout=_TIMEOUT_S,
        )
        return next(Path(scratch).glob("*.tgz")).read_bytes()


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        lines = bytes(error.stderr or b"").decode(errors="replace").strip().splitlines()
        return lines[0] if lines else f"npm ended with {error.returncode}"
    return str(error).splitlines()[0] if str(error) else type(error).__name__
