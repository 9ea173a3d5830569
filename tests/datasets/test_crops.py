"""The generator: the same by seed, inside its limits, and saying what its pixels show."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, fields, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from datasets.crops import degrade
from datasets.crops.draw import CropSource, draw_crop
from datasets.crops.framing import CropFrame, cut, rooms
from datasets.crops.geometry import LaidLine, warp
from datasets.crops.ink import Company, InkLine, draw_line
from datasets.crops.settings import CURRENT, V1, V2, V3, VERSIONS, CropSettings
from datasets.crops.texts import MAX_LENGTH, line_text
from datasets.crops.treatment import Treatment
from datasets.crops.wording import draw_wording
from datasets.fonts.fonts import FontPool
from datasets.sheet import main
from recognizer.reading.input import recogniser_input
from recognizer.reading.tokenizer import CHARACTERS, Tokenizer
from training.reader.batches import draw_batch

PLAIN = replace(V2, version="plain", unreadable=0.0, hangul_labels=0.0)
EASY = replace(PLAIN, printed_rules=0.0, rules=0.0, tag_fonts=0.0)
LOOKALIKES = ("0OQD", "1IL7", "5S", "8B", "2Z", "6GC", "UV", "MN", "EF", "4A")


@pytest.mark.parametrize("name", [field.name for field in fields(CropSettings)])
def test_the_digest_changes_with_every_setting(name: str) -> None:
    values = asdict(V2)
    assert CropSettings(**values).digest() == V2.digest()
    values[name] = f"{values[name]}x" if name == "version" else values[name] + 0.001
    assert CropSettings(**values).digest() != V2.digest()


def test_a_version_never_changes_once_readers_were_trained_on_it() -> None:
    assert V1.digest() == "7c80ad30b9dc"
    assert V2.digest() == "0575cd424588"
    assert V3.digest() == "355418f458da"
    assert CURRENT in VERSIONS.values()


@pytest.mark.parametrize(
    ("version", "said"), [("v1", "9c2c4c4977c2"), ("v2", "30964e0bb7e4"), ("v3", "30964e0bb7e4")]
)
def test_a_version_keeps_its_texts(version: str, said: str) -> None:
    rng = np.random.default_rng(1)
    texts = "\n".join(line_text(rng, VERSIONS[version]) for _ in range(300))
    assert hashlib.sha256(texts.encode()).hexdigest()[:12] == said


@pytest.mark.parametrize("settings", VERSIONS.values(), ids=VERSIONS)
def test_the_same_seed_draws_the_same_crops(pool: FontPool, settings: CropSettings) -> None:
    source = CropSource(pool, settings)
    first, again, other = (list(source.draw(np.random.default_rng(seed), 15)) for seed in (5, 5, 6))
    assert [crop.text for crop in first] == [crop.text for crop in again]
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, again, strict=True))
    assert [crop.text for crop in first] != [crop.text for crop in other]
    assert not all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, other, strict=True))


def test_texts_fit_the_recogniser() -> None:
    rng = np.random.default_rng(0)
    texts = [line_text(rng) for _ in range(2000)]
    assert all(0 < len(text) <= MAX_LENGTH for text in texts)
    assert set("".join(texts)) <= set(CHARACTERS)
    assert len(set(texts)) > 1500


def test_swapped_characters_look_alike_and_keep_the_length() -> None:
    codes = replace(V2, codes=1.0, random_strings=0.0)
    as_printed, swapped = (
        [line_text(np.random.default_rng(seed), replace(codes, swaps=share)) for seed in range(300)]
        for share in (0.0, 1.0)
    )
    pairs = list(zip(as_printed, swapped, strict=True))
    assert all(len(a) == len(b) for a, b in pairs)
    changed = [(x, y) for a, b in pairs for x, y in zip(a, b, strict=True) if x != y]
    assert len(changed) > 200
    assert all(any(x in like and y in like for like in LOOKALIKES) for x, y in changed)


@pytest.mark.parametrize("hard", [0.0, 0.5, 1.0])
def test_crops_hold_ink(pool: FontPool, hard: float) -> None:
    rng = np.random.default_rng(int(hard * 10))
    for _ in range(40):
        drawn = draw_crop(rng, pool, hard)
        assert drawn.pixels.dtype == np.uint8
        assert min(drawn.pixels.shape) >= 4
        assert int(drawn.pixels.max()) - int(drawn.pixels.min()) > 8


def ink_of(text: str, font: ImageFont.FreeTypeFont) -> NDArray[np.float32]:
    """The text set plainly, cut to its ink; our own measure of what a crop should look like."""
    image = Image.new("L", (int(font.getlength(text)) + 100, 200), 0)
    ImageDraw.Draw(image).text((40, 60), text, fill=255, font=font)
    return np.asarray(image.crop(image.getbbox()), np.float32)


def likeness(crop: NDArray[np.uint8], ink: NDArray[np.float32]) -> float:
    """How well the ink, stretched over the crop's own ink, correlates with it; -1..1."""
    ground = float(np.median(np.concatenate([crop[0], crop[-1], crop[:, 0], crop[:, -1]])))
    shown = np.abs(crop.astype(np.float32) - ground)
    inked = shown > shown.max() / 2
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    box = shown[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    wanted = cv2.resize(ink, (box.shape[1], box.shape[0]), interpolation=cv2.INTER_AREA)
    return float(np.corrcoef(box.ravel(), wanted.ravel())[0, 1])


@pytest.mark.parametrize(
    "settings",
    [
        replace(EASY, codes=1.0, random_strings=0.0, swaps=0.0),
        replace(EASY, codes=1.0, random_strings=0.0, swaps=1.0),
        replace(EASY, codes=0.0, random_strings=1.0),
        replace(EASY, codes=0.0, random_strings=0.0),
        replace(EASY, codes=1.0, random_strings=0.0, wide_gaps=1.0),
    ],
    ids=["codes", "swapped codes", "random strings", "tag lines", "wide gaps"],
)
def test_labels_say_what_the_pixels_show(pool: FontPool, settings: CropSettings) -> None:
    """Set again in the same face, the label fits its crop better than other texts of its length."""
    face = pool.like_tags("train")[0]
    source = FontPool((face,), (face,))
    font, rng = pool.font(face, 48), np.random.default_rng(4)
    wins, count = 0, 40
    for _ in range(count):
        drawn = draw_crop(rng, source, 0.0, settings=settings)
        moved = drawn.text[1:] + drawn.text[0]
        right, wrong = (likeness(drawn.pixels, ink_of(t, font)) for t in (drawn.text, moved))
        wins += right > wrong
    assert wins > 0.93 * count


def test_easy_crops_grow_with_their_text(pool: FontPool) -> None:
    rng = np.random.default_rng(3)
    drawn = [draw_crop(rng, pool, 0.0, settings=PLAIN) for _ in range(80)]
    widths = [crop.pixels.shape[1] / crop.pixels.shape[0] for crop in drawn]
    lengths = [len(crop.text) for crop in drawn]
    assert float(np.corrcoef(widths, lengths)[0, 1]) > 0.8
    assert 0.3 < float(np.median(np.divide(widths, lengths))) < 1.0


def test_an_empty_label_shows_bars_or_another_script(pool: FontPool) -> None:
    settings = replace(V2, unreadable=1.0, hangul_labels=0.0)
    rng = np.random.default_rng(7)
    shown = set()
    for _ in range(120):
        wording = draw_wording(Treatment(rng, 0.0, settings), pool, "train")
        assert wording.text == ""
        letters = set(wording.shown) - set(" :,")
        assert letters == {"|"} or not letters & set(CHARACTERS), wording.shown
        shown.add(wording.shown)
    assert len(shown) > 40
    assert all(draw_crop(rng, pool, 0.5, settings=settings).text == "" for _ in range(10))


def test_a_korean_label_is_printed_and_not_read(pool: FontPool) -> None:
    settings = replace(V2, unreadable=0.0, hangul_labels=1.0)
    rng = np.random.default_rng(8)
    for _ in range(60):
        wording = draw_wording(Treatment(rng, 0.0, settings), pool, "train")
        label = wording.shown.split()[0]
        assert any("가" <= char <= "힣" for char in label)
        assert set(wording.text) <= set(CHARACTERS)
        assert wording.shown.replace(" ", "").endswith(wording.text.replace(" ", ""))


@pytest.mark.parametrize("seed", range(15))
def test_a_crop_shows_no_whole_letter_of_the_next_word(pool: FontPool, seed: int) -> None:
    """Measured on the ink: what reaches into the crop beyond the gap to the next word."""
    rng = np.random.default_rng(seed)
    font = pool.font(pool.train[seed % len(pool.train)], 48)
    easy, hard = (Treatment(rng, share, V2) for share in (0.0, 1.0))
    line = draw_line("A1", font, easy, Company(words=("MMMM", "MMMM")))
    laid = warp(line, easy)
    stretch = (laid.corners[1, 0] - laid.corners[0, 0]) / (line.box[2] - line.box[0])
    glyph = line.box[3] - line.box[1]
    left, right = laid.corners[0, 0], laid.corners[1, 0]
    place = np.arange(laid.mask.shape[1])
    for _ in range(60):
        columns = np.tile(np.where(laid.mask.max(axis=0) > 100, place, 0), (len(laid.mask), 1))
        kept = cut(columns.astype(np.uint16), CropFrame(laid, rooms(line, laid)), hard)
        inked = kept[0][kept[0] > 0].astype(float)
        before = (left - line.room[0] * stretch) - inked.min()
        behind = inked.max() - (right + line.room[1] * stretch)
        assert max(before, behind) <= 0.3 * glyph * stretch + 2
        assert len(inked)


def test_a_line_alone_may_be_cut_anywhere(pool: FontPool) -> None:
    how = Treatment(np.random.default_rng(1), 1.0, V2)
    line: InkLine = draw_line("A1", pool.font(pool.train[0], 40), how, Company())
    assert line.room == (np.inf, np.inf)
    assert rooms(line, warp(line, how)) == (np.inf, np.inf)


def test_a_speck_leant_over_leaves_room_for_a_cut() -> None:
    """A full stop may lean so far that its left corner comes to lie right of its right one."""
    mask = np.zeros((40, 40), np.uint8)
    corners = np.array([[22, 10], [20, 10], [24, 30], [26, 30]], np.float64)
    laid = LaidLine(mask, corners)
    line = InkLine(mask, (20, 10, 22, 30), (15.0, 15.0))
    assert min(rooms(line, laid)) > 0
    hard = Treatment(np.random.default_rng(1), 1.0, V2)
    assert all(cut(mask, CropFrame(laid, rooms(line, laid)), hard).size for _ in range(50))


def test_light_falls_on_a_crop_of_a_few_pixels() -> None:
    for seed in range(60):
        hard = Treatment(np.random.default_rng(seed), 1.0, V2)
        speck = np.full((9, 1 + seed % 5), 200, np.uint8)
        assert np.isfinite(degrade.light(speck, hard)).all()


def test_batches_have_the_recognisers_shapes(pool: FontPool) -> None:
    tokenizer = Tokenizer()
    batch = draw_batch(np.random.default_rng(1), CropSource(pool), tokenizer, 6, 0.5)
    assert batch.crops.shape == (6, 1, 32, 192)
    assert batch.crops.abs().max() <= 1
    assert batch.targets.shape == (6, MAX_LENGTH + 1)
    assert batch.targets.max() < tokenizer.classes


def test_any_crop_becomes_an_input() -> None:
    for shape in ((1, 1), (1, 500), (300, 2), (32, 192)):
        assert recogniser_input(np.zeros(shape, np.uint8)).shape == (1, 32, 192)


def test_a_sheet_shows_real_crops_before_drawn_ones(
    fonts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.full((30, 90, 3), 7, np.uint8))
    (tmp_path / "labels.tsv").write_text("file\tprinted\tcode\na.png\tX1\tX1\n")
    out = tmp_path / "sheet.png"
    places = [str(out), "--real", str(tmp_path), "--fonts", str(fonts)]
    assert main([*places, "--count", "6", "--version", "v1"]) == 0
    shown = cv2.imread(str(out), cv2.IMREAD_GRAYSCALE)
    assert shown is not None and shown.shape == (2 * 96, 6 * 266)
    assert (shown[:80, :250] == 7).all()
    assert str(out) in capsys.readouterr().out
