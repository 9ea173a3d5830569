"""Versions of the networks: the shipped ones under other names, whole or spoilt."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import fsspec
from moto.server import ThreadedMotoServer

from recognizer.models import MANIFEST, SUMS, WEIGHTS, sum_of
from tests.waiting import PATIENCE_S

SPOILT = "reader-decoder.onnx"


def version_in(folder: Path, reader: str) -> Path:
    """The shipped weights in a folder of their own, with another name of the reader."""
    folder.mkdir(parents=True)
    for path in (WEIGHTS / MANIFEST, *WEIGHTS.glob("*.onnx")):
        shutil.copy(path, folder)
    _rename(folder, reader)
    return folder


def unreadable_in(folder: Path, reader: str) -> Path:
    """The same with right sums, but with the finder in the decoder's place: it opens, only."""
    version_in(folder, reader)
    shutil.copy(folder / "finder.onnx", folder / SPOILT)
    _rename(folder, reader)
    return folder


def spoil(file: Path) -> None:
    """Change one byte."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _rename(folder: Path, reader: str) -> None:
    path = folder / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    manifest["reader"]["version"] = reader
    manifest[SUMS] = {name: sum_of(folder / name) for name in manifest[SUMS]}
    path.write_text(json.dumps(manifest), "utf-8")


@contextmanager
def s3_service() -> Iterator[str]:
    """Moto's S3 over real HTTP with an empty bucket `tags`; its address."""
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        # All of moto's servers of a process hold the same things, other tests' too.
        urlopen(Request(f"{url}/moto-api/reset", method="POST"), timeout=PATIENCE_S).close()
        fsspec.filesystem("s3", endpoint_url=url, skip_instance_cache=True).mkdir("tags")
        yield url
    finally:
        server.stop()
