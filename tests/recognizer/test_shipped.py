"""The shipped networks at work: the whole road from bytes to candidates, and the command line."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import torch
import zxingcpp
from PIL import Image
from safetensors.torch import load_file

from recognizer.errors import ModelError
from recognizer.finding.finder import OnnxMaps, finder_input
from recognizer.local import LocalReader
from recognizer.models import SUMS, WEIGHTS, ModelFiles, sums_of
from recognizer.networks.tagcraft import MAPS, TagCraft
from recognizer.photo.photo import decode
from recognizer.pipeline import Pipeline
from recognizer.reading.rectify import rectified_crop
from recognizer.types import Photo
from stylecode import TagFields, key
from tests.recognizer.pictures import encoded, picture, png_header
from tests.waiting import PATIENCE_S

SAMPLE = Path(__file__).parents[2] / "bot" / "channels" / "web" / "static" / "sample-tag.jpg"
SAMPLE_CODE = "DD1391100"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load()


@pytest.mark.parametrize("name", sorted(sums_of(WEIGHTS)))
def test_one_wrong_bit_in_a_network_is_told_at_the_start(tmp_path: Path, name: str) -> None:
    for path in (*WEIGHTS.glob("*.onnx"), WEIGHTS / "manifest.json"):
        shutil.copy(path, tmp_path)
    data = bytearray((tmp_path / name).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelError, match=f"{name}: damaged"):
        Pipeline.load(ModelFiles(tmp_path))


def test_the_weights_have_cards_and_are_small_enough() -> None:
    manifest = ModelFiles().manifest()
    assert set(manifest) == {"finder", "reader", "skimmer", "calibration", SUMS}
    assert manifest[SUMS] == sums_of(WEIGHTS)
    assert set(manifest["calibration"]) == {"crop", "photo"}
    for name in ("finder", "reader"):
        assert manifest[name]["version"] in (WEIGHTS / f"{name}.md").read_text(encoding="utf-8")
    size = sum(path.stat().st_size for path in WEIGHTS.iterdir())
    assert size <= 40 * 1024 * 1024


def test_eight_bits_find_what_torch_finds() -> None:
    entry = ModelFiles().manifest()["finder"]
    assert entry["maps"] == list(MAPS)
    net = TagCraft(tuple(entry["channels"]))
    state = load_file(WEIGHTS / "finder.safetensors")
    net.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state.items()})
    with Image.open(SAMPLE) as image:
        photo = np.asarray(image.resize((320, 256)).convert("RGB"), np.uint8)
    ours = OnnxMaps(ModelFiles(), 1)(photo)
    with torch.no_grad():
        theirs = net.eval()(torch.from_numpy(finder_input(photo)))[0].numpy()
    apart = np.abs(ours - theirs)
    region, affinity = apart[..., 0], apart[..., 1]
    assert max(region.mean(), affinity.mean()) < 1e-2  # of about 0..1, on the whole
    assert max(np.quantile(region, 0.999), np.quantile(affinity, 0.999)) < 0.08
    text = theirs[..., 0] > 0.4  # code and direction mean something on text only
    surely = text & (np.abs(theirs[..., 2]) > 2)
    assert text.sum() > 500
    assert (np.sign(ours[..., 2]) == np.sign(theirs[..., 2]))[surely].mean() > 0.99
    along = (ours[..., 3:] * theirs[..., 3:]).sum(-1)[text]
    assert (along > 0).mean() > 0.99


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_sample_tag_is_read_from_every_side(pipeline: Pipeline, turns: int) -> None:
    with Image.open(SAMPLE) as image:
        pixels = np.ascontiguousarray(np.rot90(np.asarray(image.convert("RGB"), np.uint8), turns))
    reading = pipeline.read(Photo(pixels))
    first = reading.candidates[0]
    assert key(first.code) == SAMPLE_CODE
    assert 0 < first.confidence <= 1
    xs, ys = zip(*first.region.quad, strict=True)
    assert -5 < min(xs) < max(xs) < pixels.shape[1] + 5
    assert -5 < min(ys) < max(ys) < pixels.shape[0] + 5
    assert set(reading.models) == {"finder", "reader", "witness"}
    assert set(reading.timings_ms) == {"find", "barcodes", "read"}


def test_a_code_cut_out_by_hand_is_read_with_and_without_detection(pipeline: Pipeline) -> None:
    photo = decode(SAMPLE.read_bytes())
    quad = pipeline.read(photo).candidates[0].region.quad
    cut = Photo(rectified_crop(photo.pixels, quad))
    for reading in (pipeline.read(cut), pipeline.read_crop(cut)):
        assert key(reading.candidates[0].code) == SAMPLE_CODE


def test_a_wrong_exif_orientation_does_not_hurt(pipeline: Pipeline) -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    with Image.open(SAMPLE) as image:
        data = encoded(image, "JPEG", exif=exif.tobytes(), quality=92)
    read = pipeline.read_bytes(data)
    assert key(read.reading.candidates[0].code) == SAMPLE_CODE


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((1, 1, 3), np.uint8),
        np.full((960, 1280, 3), 255, np.uint8),
        np.zeros((480, 640, 3), np.uint8),
        np.random.default_rng(0).integers(0, 255, (480, 640, 3)).astype(np.uint8),
        np.full((3, 2000, 3), 128, np.uint8),
        np.full((2000, 3, 3), 128, np.uint8),
    ],
    ids=["1x1", "white", "black", "noise", "flat", "tall"],
)
def test_pictures_without_text_have_no_code(pipeline: Pipeline, pixels: np.ndarray) -> None:
    assert pipeline.read(Photo(pixels)).candidates == ()
    pipeline.read_crop(Photo(pixels))  # whatever it reads, it does not fail


async def test_photos_read_at_the_same_time_are_read_as_alone(pipeline: Pipeline) -> None:
    data = SAMPLE.read_bytes()
    alone = pipeline.read_bytes(data).reading
    reader = await LocalReader.start()
    for photo in await asyncio.gather(*(reader.read(data) for _ in range(6))):
        assert [one.code for one in photo.reading.candidates] == [c.code for c in alone.candidates]
        found = [region.text for region in photo.reading.regions]
        assert found == [region.text for region in alone.regions]
    await reader.close()


def test_memory_does_not_grow_with_photos(pipeline: Pipeline) -> None:
    data = SAMPLE.read_bytes()
    for _ in range(2):
        pipeline.read_bytes(data)
    tracemalloc.start()
    pipeline.read_bytes(data)
    first, _ = tracemalloc.get_traced_memory()
    for _ in range(5):
        pipeline.read_bytes(data)
    last, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert last - first < 200_000


def run(*arguments: str, of: str = "recognizer read") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *of.split(), *arguments],
        capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip


def test_the_command_line_prints_one_json_object_a_photo(tmp_path: Path) -> None:
    broken, bomb, gone = tmp_path / "broken.jpg", tmp_path / "bomb.png", tmp_path / "gone.jpg"
    broken.write_bytes(SAMPLE.read_bytes()[:100])
    bomb.write_bytes(png_header(20_000, 20_000))
    done = run("--json", str(broken), str(SAMPLE), str(bomb), str(gone))
    assert done.returncode == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["file"] for row in rows] == [str(p) for p in (broken, SAMPLE, bomb, gone)]
    assert [sorted(row) for row in rows[::2]] == [["error", "file"]] * 2
    assert sorted(rows[3]) == ["error", "file"]
    good = rows[1]
    assert sorted(good) == ["barcodes", "candidates", "fields", "file", "model", "ms"]
    assert key(good["candidates"][0]["code"]) == SAMPLE_CODE
    assert sorted(good["candidates"][0]) == [
        "code",
        "confidence",
        "printed",
        "quad",
        "terms",
    ]
    assert np.array(good["candidates"][0]["quad"]).shape == (4, 2)


def test_the_command_line_prints_what_else_the_photo_shows(tmp_path: Path) -> None:
    shown, bars = Image.open(SAMPLE).convert("RGB"), tmp_path / "bars.png"
    label = zxingcpp.create_barcode("8801234567893", zxingcpp.BarcodeFormat.EAN13)
    drawn = np.array(zxingcpp.write_barcode_to_image(label, scale=3), np.uint8)
    shown.paste(Image.fromarray(np.pad(drawn, 30, constant_values=255)), (0, 0))
    shown.save(bars)
    (row,) = [json.loads(line) for line in run("--json", str(bars)).stdout.splitlines()]
    (barcode,) = row["barcodes"]
    assert (barcode["format"], barcode["text"]) == ("EAN-13", "8801234567893")
    assert np.array(barcode["quad"]).shape == (4, 2)
    fields = row["fields"]
    assert set(fields) == {each.name for each in dataclasses.fields(TagFields)}
    assert (fields["brand"], fields["barcodes"]) == ("Nike", ["8801234567893"])
    assert fields["sizes"]["EUR"] == "42.5"
    assert fields["dates"] == []  # read by one reader, in one print: not told


def test_the_command_line_reads_a_crop_and_exits_with_zero(tmp_path: Path) -> None:
    crop = tmp_path / "crop.png"
    crop.write_bytes(encoded(picture(120, 30), "PNG"))
    done = run("--crop", str(crop))
    assert done.returncode == 0
    assert done.stdout.startswith(f"{crop}:")


def test_why_a_code_was_taken_is_told_term_by_term() -> None:
    told = run(str(SAMPLE), of="stylecode why").stdout.splitlines()
    upto = next(at for at, line in enumerate(told) if "in all" in line)
    *terms, total = (float(line.split()[0]) for line in told[2 : upto + 1])
    assert told[1].strip().startswith("DD1391-100")
    assert sum(terms) == pytest.approx(total, abs=0.05)
    assert any("a word of one of the shape's brands is near" in line for line in told[2:upto])
