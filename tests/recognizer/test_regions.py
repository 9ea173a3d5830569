from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.finding.regions import RegionSettings, find_regions
from recognizer.finding.words import Maps
from recognizer.quads import turned
from recognizer.reading.rectify import rectified_crop, unframed
from recognizer.types import Quad, TextRegion
from tests.examples import examples
from training.finder.score_maps import Truth, score_maps, truth_maps

SETTINGS = RegionSettings()


def letters(count: int, x: float, y: float, size: float, angle: float = 0.0) -> np.ndarray:
    """Quads of `count` letters in a row, Nx4x2, turned by `angle` degrees about (x, y)."""
    quads = []
    for i in range(count):
        left = i * size * 0.7
        quads.append([[left, 0], [left + size * 0.6, 0], [left + size * 0.6, size], [left, size]])
    turn = np.deg2rad(angle)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.asarray(np.array(quads) @ matrix + (x, y), np.float32)


def maps_of(words: list[np.ndarray], width: int = 320) -> Maps:
    """As a finder without maps of code and direction draws them."""
    return Maps(*score_maps(words, 240, width))


def regions_of(words: list[np.ndarray], scale: float = 2.0) -> list[np.ndarray]:
    return [np.array(found.quad) for found in find_regions(maps_of(words), scale, SETTINGS)]


def seen(words: list[np.ndarray], code: np.ndarray | None = None) -> tuple[TextRegion, ...]:
    """Regions of maps with all five channels; the truth's code map as log-odds."""
    maps = truth_maps(Truth(tuple(words), code), 320)
    maps[..., 2] = maps[..., 2] * 12 - 6
    return find_regions(Maps.of(maps), 1.0, SETTINGS)


def test_nothing_is_found_on_empty_maps() -> None:
    empty = np.zeros((60, 80), np.float32)
    assert find_regions(Maps(empty, empty), 2.0, SETTINGS) == ()


def turned_back(quad: np.ndarray) -> float:
    along = quad[1] - quad[0]
    return float(np.rad2deg(np.arctan2(along[1], along[0])))


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(-179, 180), st.integers(1, 9), st.floats(12, 24))
def test_the_quad_begins_where_the_text_begins(angle: int, count: int, size: float) -> None:
    (region,) = seen([letters(count, 150, 150, size, angle)])
    assert region.directed
    off = turned_back(np.array(region.quad)) - angle
    assert abs((off + 180) % 360 - 180) < 12


def test_without_a_direction_map_a_region_is_not_directed() -> None:
    (region,) = find_regions(maps_of([letters(8, 60, 100, 18)]), 2.0)
    assert not region.directed
    assert region.code is None


def test_the_line_with_the_code_looks_like_one_and_others_do_not() -> None:
    code, label = letters(6, 94, 60, 16), letters(4, 40, 60, 16)
    other = letters(7, 40, 120, 16)
    quad = np.stack([code[0, 0], code[-1, 1], code[-1, 2], code[0, 3]])
    first, second = sorted(seen([label, code, other], quad), key=lambda one: one.quad[0][1])
    assert first.code is not None and first.code > 0.9
    assert second.code is not None and second.code < 0.1


@pytest.mark.parametrize("angle", [0, 180])
def test_the_words_of_a_line_come_in_reading_order(angle: float) -> None:
    words = [letters(3, 150, 150, 16, angle), letters(4, 150, 150, 16, angle)]
    step = np.array([3 * 16 * 0.7 + 10, 0]) * (1 if angle == 0 else -1)
    words[1] = (words[1] + step).astype(np.float32)
    (line,) = seen(words)
    short, long = line.parts
    width = [np.hypot(*(np.array(part[1]) - part[0])) for part in (short, long)]
    assert width[0] < width[1]
    for part in line.parts:
        assert abs(turned_back(np.array(part)) - turned_back(np.array(line.quad))) < 10


def test_a_line_that_cannot_tell_goes_with_its_neighbours() -> None:
    lines = [letters(7, 250, 60 + 26 * i, 14, 180) for i in range(4)]
    maps = truth_maps(Truth(tuple(lines), None), 320)
    doubtful = slice(60 + 26 - 18, 60 + 26 + 6)
    maps[doubtful, :, 3:] *= -0.3
    found = find_regions(Maps.of(maps), 1.0, SETTINGS)
    assert len(found) == 4
    for region in found:
        assert region.directed
        assert abs(abs(turned_back(np.array(region.quad))) - 180) < 10


def test_lines_that_read_opposite_ways_are_not_joined() -> None:
    ahead, back = letters(5, 40, 100, 16), letters(5, 170, 116, 16, 180)
    assert len(seen([ahead, back])) == 2


def test_one_word_is_one_region_around_its_letters() -> None:
    word = letters(8, 60, 100, 18)
    (quad,) = regions_of([word])
    inside = cv2.pointPolygonTest(quad.astype(np.float32), (60 * 2 + 100.0, 100 * 2 + 18.0), False)
    assert inside > 0
    assert quad[0][0] < word[0, 0, 0] * 2 + 4
    assert quad[1][0] > word[-1, 1, 0] * 2 - 4


def test_words_of_one_line_are_joined_and_lines_are_not() -> None:
    code, colour = letters(6, 40, 50, 16), letters(3, 40 + 6 * 11.2 + 8, 50, 16)
    other = letters(6, 40, 84, 16)
    assert len(regions_of([code, colour])) == 1
    assert len(regions_of([code, colour, other])) == 2


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(-179, 180), st.floats(12, 18), st.floats(0.5, 0.9), st.floats(1.7, 2.5))
def test_words_side_by_side_are_one_line_at_any_angle(
    angle: int, size: float, gap: float, leading: float
) -> None:
    turn = np.deg2rad(angle)
    along, down = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    first = letters(4, 0, 0, size, angle)
    step, below = along * (3 * 0.7 + 0.6 + gap) * size, down * leading * size
    lines = [
        first,
        letters(3, float(step[0]), float(step[1]), size, angle),
        letters(5, float(below[0]), float(below[1]), size, angle),
    ]
    middle = np.concatenate(lines).reshape(-1, 2).mean(axis=0)
    found = seen([(word + (160 - middle)).astype(np.float32) for word in lines])
    assert len(found) == 2
    assert sorted(len(region.parts) for region in found) == [0, 2]


def test_short_words_lean_as_the_long_line_beside_them() -> None:
    tilt = 8.0
    long, short = letters(9, 60, 60, 16, tilt), letters(2, 0, 0, 16, 0)
    turn = np.deg2rad(tilt)
    step = np.array([np.cos(turn), np.sin(turn)]) * (8 * 0.7 + 0.6 + 0.5) * 16
    (region,) = seen([long, (short + (step + 60)).astype(np.float32)])
    assert len(region.parts) == 2
    assert abs(turned_back(np.array(region.quad)) - tilt) < 3


@pytest.mark.parametrize("inverted", [False, True])
def test_a_frame_is_cut_off_and_letters_are_not(inverted: bool) -> None:
    crop = np.full((40, 240), 230, np.uint8)
    for x in range(30, 210, 20):
        crop[10:30, x : x + 8] = 30  # strokes as high as letters
    framed = crop.copy()
    framed[:, 8:11] = framed[:, 226:229] = 30
    if inverted:
        crop, framed = 255 - crop, 255 - framed
    assert unframed(crop).shape == crop.shape
    cut = unframed(framed)
    assert cut.shape == (40, 226 - 11)
    assert np.array_equal(cut, framed[:, 11:226])


@pytest.mark.parametrize("brighter", [90, -90])
def test_light_over_one_end_is_no_frame(brighter: int) -> None:
    crop = np.full((40, 240), 130, np.uint8)
    cv2.putText(crop, "DU8096-002", (16, 30), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 90, 3)
    light = brighter / (1 + np.exp(-(np.arange(240) - 205) / 14.0))
    lit = np.clip(crop + light, 0, 255).astype(np.uint8)
    assert unframed(lit).shape == crop.shape


def test_bright_letters_in_a_frame_of_four_rules_stay_whole() -> None:
    crop = np.full((64, 400), 70, np.uint8)
    cv2.putText(crop, "BB7647AVS6", (24, 50), cv2.FONT_HERSHEY_SIMPLEX, 1.85, 170, 5, cv2.LINE_AA)
    cv2.rectangle(crop, (6, 1), (393, 62), 170, 3)
    cut = unframed(crop)
    assert 380 < cut.shape[1] < 390  # the frame's sides, and no letter


@given(st.integers(1, 60), st.integers(1, 300), st.integers(0, 2**32 - 1))
def test_any_crop_keeps_its_middle(height: int, width: int, seed: int) -> None:
    crop = np.random.default_rng(seed).integers(0, 2, (height, width), np.uint8) * 255
    cut = unframed(crop)
    assert cut.shape[0] == height
    assert cut.shape[1] >= width - 2 * min(height, width // 6)


def test_words_far_apart_stay_apart() -> None:
    assert len(regions_of([letters(4, 20, 50, 16), letters(4, 220, 50, 16)])) == 2


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(-89, 89), st.integers(4, 9), st.floats(12, 24))
def test_a_turned_word_is_found_along_its_own_direction(
    angle: int, count: int, size: float
) -> None:
    (quad,) = regions_of([letters(count, 150, 110, size, angle)])
    along = quad[1] - quad[0]
    found = np.rad2deg(np.arctan2(along[1], along[0]))
    assert abs((found - angle + 90) % 180 - 90) < 8


@settings(max_examples=examples(30), deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_any_maps_give_finite_quads(seed: int) -> None:
    rng = np.random.default_rng(seed)
    planes = [
        cv2.GaussianBlur(rng.random((60, 80), dtype=np.float32) * 2, (0, 0), 2).astype(np.float32)
        for _ in range(5)
    ]
    for maps in (Maps(*planes[:2]), Maps(*planes[:2], *(9 * (one - 1) for one in planes[2:]))):
        for found in find_regions(maps, 2.0, SETTINGS):
            assert np.isfinite(np.array(found.quad)).all()
            assert 0 <= found.score <= 1
            assert found.code is None or 0 <= found.code <= 1


def test_at_most_the_strongest_regions_are_kept() -> None:
    words = [letters(3, 20 + 100 * (i % 3), 15 + 22 * (i // 3), 10) for i in range(30)]
    assert len(find_regions(maps_of(words), 2.0, RegionSettings(most=5))) == 5


@pytest.mark.parametrize("angle", [0, 30, 90, 180, 250])
def test_rectified_crops_are_upright(angle: float) -> None:
    canvas = np.full((400, 400), 255, np.uint8)
    # Dark on the left, light on the right, seen from the quad's own first corner.
    turn = np.deg2rad(angle)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    corners = np.array([[-80, -20], [80, -20], [80, 20], [-80, 20]]) @ axes + 200
    left = np.array([[-80, -20], [0, -20], [0, 20], [-80, 20]]) @ axes + 200
    cv2.fillPoly(canvas, [left.round().astype(np.int32)], 0)
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    quad: Quad = (a, b, c, d)
    crop = rectified_crop(canvas, quad)
    assert abs(crop.shape[1] / crop.shape[0] - 4) < 0.2
    assert crop[:, :70].mean() < 20
    assert crop[:, 90:].mean() > 235
    assert rectified_crop(canvas, turned(quad))[:, :70].mean() > 235


@given(st.lists(st.tuples(st.floats(-50, 200), st.floats(-50, 200)), min_size=4, max_size=4))
def test_any_quad_gives_a_crop(corners: list[tuple[float, float]]) -> None:
    a, b, c, d = corners
    crop = rectified_crop(np.zeros((100, 100), np.uint8), (a, b, c, d))
    assert crop.size > 0
