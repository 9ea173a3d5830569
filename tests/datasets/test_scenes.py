from __future__ import annotations

import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from datasets.fonts.fonts import FontPool
from datasets.scenes import DrawnScene, draw_scene
from datasets.scenes.__main__ import main
from datasets.scenes.camera.geometry import Bend, Warp, view
from datasets.scenes.evalset import held_out_scenes
from datasets.scenes.labels.barcodes import check_digit, ean13_modules
from datasets.scenes.sample import CODE, sample_tag

SIZE = (1024, 768)


@pytest.fixture(scope="module")
def scenes(pool: FontPool) -> list[DrawnScene]:
    return [draw_scene(seed, pool, 0.1 + 0.05 * seed, size=SIZE) for seed in range(14)]


def flattened(image: np.ndarray, quad: np.ndarray, height: int = 32) -> np.ndarray:
    """The quad as an upright crop, grey."""
    wide = (np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
    tall = (np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    width = max(4, round(height * float(wide / tall)))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    crop = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_AREA)
    return cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)


def test_same_seed_same_scene(pool: FontPool, scenes: list[DrawnScene]) -> None:
    again = draw_scene(3, pool, 0.1 + 0.05 * 3, size=SIZE)
    assert np.array_equal(again.image, scenes[3].image)
    assert [w.text for w in again.words] == [w.text for w in scenes[3].words]
    assert not np.array_equal(draw_scene(4, pool, 0.25, size=SIZE).image, again.image)


def test_words_have_one_quad_per_character(scenes: list[DrawnScene]) -> None:
    words = [word for scene in scenes for word in scene.words]
    assert len(words) > 90
    for word in words:
        assert word.text and " " not in word.text
        assert word.char_quads.shape == (len(word.text), 4, 2)
        assert word.char_quads.dtype == np.float32
        assert word.quad.shape == (4, 2)


def test_words_are_inside_or_marked_as_cut(scenes: list[DrawnScene]) -> None:
    limit = np.array(SIZE, np.float32)
    for scene in scenes:
        assert scene.image.shape == (SIZE[1], SIZE[0], 3)
        assert scene.image.dtype == np.uint8
        for word in scene.words:
            within = (word.char_quads >= 0).all() and (word.char_quads <= limit).all()
            assert within or not word.inside


def test_code_is_whole_and_among_the_words(scenes: list[DrawnScene]) -> None:
    with_code = [scene for scene in scenes if scene.code is not None]
    assert len(with_code) > 8
    for scene in with_code:
        assert scene.code_quad is not None
        assert scene.min_letter_px >= 12
        for part in scene.printed.split():
            assert any(part in word.text for word in scene.words), scene.printed


def test_quads_run_clockwise_from_where_the_text_begins(scenes: list[DrawnScene]) -> None:
    for word in (word for scene in scenes for word in scene.words):
        for quad in word.char_quads:
            assert cv2.contourArea(quad, oriented=True) > 0
        if len(word.text) > 2:
            along = word.char_quads[-1].mean(axis=0) - word.char_quads[0].mean(axis=0)
            assert float(along @ (word.quad[1] - word.quad[0])) > 0


def test_every_letter_of_a_code_has_ink_in_its_quad(pool: FontPool) -> None:
    for seed in range(40, 48):
        scene = draw_scene(seed, pool, 0.0, with_code=True, size=SIZE)
        quads = [
            quad
            for word in scene.words
            for char, quad in zip(word.text, word.char_quads, strict=True)
            if char.isalnum() and word.inside and cv2.contourArea(quad) > 60
        ]
        spread = [np.ptp(flattened(scene.image, quad)) for quad in quads]
        assert spread and min(spread) > 12, seed


def test_code_quad_holds_the_code_and_nothing_else(pool: FontPool) -> None:
    for seed in range(60, 70):
        scene = draw_scene(seed, pool, 0.4, with_code=True, size=SIZE)
        assert scene.code_quad is not None
        outline = scene.code_quad.reshape(-1, 1, 2)
        spelled = "".join(
            char
            for word in scene.words
            for char, centre in zip(word.text, word.char_quads.mean(axis=1), strict=True)
            if cv2.pointPolygonTest(outline, (float(centre[0]), float(centre[1])), False) >= 0
        )
        assert spelled == scene.printed.replace(" ", "")


def test_scenes_without_code(pool: FontPool) -> None:
    for seed in range(6):
        scene = draw_scene(seed, pool, 0.5, with_code=False, size=SIZE)
        assert scene.code is None and scene.code_quad is None
        assert scene.printed == "" and scene.brand == ""


def test_letters_come_out_as_high_as_asked(pool: FontPool) -> None:
    for seed in range(6):
        scene = draw_scene(seed, pool, 0.5, with_code=True, letters_px=(30, 36), size=SIZE)
        assert 30 <= scene.min_letter_px <= 45


def test_held_out_scenes_use_other_fonts_and_seeds(pool: FontPool) -> None:
    scenes = list(held_out_scenes(pool, 4, min_letter_px=20))
    assert [scene.code is not None for scene in scenes] == [True] * 4
    assert min(scene.min_letter_px for scene in scenes) >= 20
    assert len({scene.seed for scene in scenes}) == 4
    assert min(scene.seed for scene in scenes) >= 2**63


def test_warp_goes_there_and_back() -> None:
    bend = Bend(radius=400, centre=260, lift=0.3, wave=4, length=300, phase=1.0)
    warp = Warp(bend, view((0.2, -0.3), 0.4, 1.05, 1200)).moved(300, 200, 0.8)
    flat = np.random.default_rng(1).uniform((0, 0), (500, 300), (200, 2)).astype(np.float32)
    assert np.abs(warp.backward(warp.forward(flat)) - flat).max() < 0.05


def test_pixel_maps_agree_with_points() -> None:
    bend = Bend(radius=500, centre=250, lift=-0.4, upright=False)
    warp = Warp(bend, view((0.1, 0.25), -0.3, 1.0, 1000)).moved(250, 260)
    map_x, map_y = warp.maps(100, 80, 301, 243)
    points = np.array([[130, 100], [222, 170], [380, 300]], np.float32)
    for point, flat in zip(points, warp.backward(points), strict=True):
        x, y = (point - (100, 80)).astype(int)
        assert abs(map_x[y, x] - flat[0]) < 0.2 and abs(map_y[y, x] - flat[1]) < 0.2


def test_bars_are_a_real_ean13() -> None:
    assert check_digit("400638133393") == "1"
    modules = ean13_modules("4006381333931")
    assert len(modules) == 95
    image = np.full((320, 95 * 2 + 200), 255, np.uint8)
    for index, bit in enumerate(modules):
        if bit == "1":
            image[100:220, 100 + index * 2 : 102 + index * 2] = 0
    text, *_ = cv2.barcode.BarcodeDetector().detectAndDecode(cv2.merge([image] * 3))
    assert text == "4006381333931"


def test_sample_is_a_small_clear_jpeg(pool: FontPool) -> None:
    data = sample_tag(pool)
    assert len(data) < 300_000
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None and image.shape == (960, 1280, 3)
    catalogue = Path("storage/sample/catalogue.csv").read_text(encoding="utf-8")
    assert CODE in catalogue


def test_preview_writes_a_sheet(
    fonts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.png"
    drawn = ["preview", "--count", "2", "--seed", "5", "--out", str(out)]
    assert main(["--fonts", str(fonts), *drawn]) == 0
    sheet = cv2.imread(str(out))
    assert sheet is not None and sheet.shape == (480, 4 * 480, 3)
    assert main(["--fonts", str(tmp_path), "preview", "--out", str(out)]) == 1
    assert "no usable" in capsys.readouterr().err


def test_drawing_is_fast_enough_to_train_from(pool: FontPool) -> None:
    started = time.process_time()  # about 75 ms of one core each; the margin is for slow machines
    for seed in range(5):
        draw_scene(seed, pool, 0.5, size=(1280, 960))
    assert (time.process_time() - started) / 5 < 0.8
