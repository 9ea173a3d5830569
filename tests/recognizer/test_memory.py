"""Whatever is sent, in any order and at once: the process that reads it stays small."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recognizer.large_pictures import large
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).parents[2]
MOST_MB = 500
"""Of the reader alone; channels, database and prices are 100 more, and 600 is the promise."""

READING = """
import asyncio, json, random, sys
from pathlib import Path
from recognizer.errors import PhotoError
from recognizer.local import LocalReader

def memory(what):
    told = Path("/proc/self/status").read_text().split(what + ":")[1]
    return int(told.split()[0]) // 1024

async def main():
    reader = await LocalReader.start(waiting=200)
    await reader.warm()
    idle = memory("VmHWM")
    files = sorted(Path(sys.argv[1]).iterdir())
    said, slots = {}, asyncio.Semaphore(4)

    async def send(file):
        async with slots:
            try:
                await reader.read(file.read_bytes())
                said[file.name] = "read"
            except PhotoError as error:
                said[file.name] = f"{type(error).__name__}: {error}"
    for seed in range(2):
        random.Random(seed).shuffle(files)
        await asyncio.gather(*map(send, files))
        print(memory("VmHWM"), file=sys.stderr)
    print(json.dumps({"idle": idle, "peak": memory("VmHWM"), "said": said}))
    await reader.close()

asyncio.run(main())
"""
REFUSED = {
    *("lossless-7000x7000.webp", "1x50000000.png", "8000x6300.heic", "vast-tiles.tiff"),
    *("ten-million-numbers.tiff", "sixty-gigabytes.tiff", "millions-of-segments.jpg"),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_a_warm_reader_stays_small_whatever_is_sent(tmp_path: Path) -> None:
    for name, make in large():
        (tmp_path / name).write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READING, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["peak"] <= MOST_MB, told
    assert {name for name, said in told["said"].items() if said != "read"} == REFUSED, told
