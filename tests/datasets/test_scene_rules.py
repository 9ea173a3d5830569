"""Truth in step with pixels, and what training may draw kept apart from what is measured on."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.codes.types import DrawnCode
from datasets.fonts.fonts import FontPool
from datasets.scenes import draw_scene, splits
from datasets.scenes.around.across import Cover, hides_code, lay_across
from datasets.scenes.camera.geometry import Bend, Warp, view
from datasets.scenes.camera.laying import Frame, Laid, code_points, uncovered, visible
from datasets.scenes.camera.optics import shaken, shallow
from datasets.scenes.labels import abroad, dense
from datasets.scenes.labels import layout as lay
from datasets.scenes.labels.barcodes import code128, qr
from datasets.scenes.labels.maker import Maker
from datasets.scenes.labels.render import FlatLabel
from datasets.scenes.materials import ink
from datasets.scenes.materials.needles import of_dots
from datasets.scenes.materials.paper import MIDDLING, ground_of, make_style, on_paper
from datasets.scenes.materials.sewn import on_its_thing
from tests.examples import examples
from training.finder.patches import PATCH_SIDE, rolled

INKS = {"paper": (240, 240, 240), "ink": (20, 20, 20)}


def maker(pool: FontPool, code: DrawnCode | None, seed: int = 0) -> Maker:
    rng = random.Random(seed)
    return Maker(rng, make_style(rng, pool, "train", True), code, True)


def label_of(pool: FontPool, text: str, code: tuple[int, int] | None = None) -> FlatLabel:
    style = make_style(random.Random(1), pool, "train", True)
    box = lay.padded(lay.text(style, text, 1.0, code=code), 0.5, 0.5)
    return on_paper(pool, box, 40.0, INKS)


def laid(flat: FlatLabel) -> Laid:
    return Laid(flat, Warp(Bend(), view((0.0, 0.0), 0.0, 1.0, 1000)).moved(60, 60))


def test_characters_under_a_cover_are_not_listed(pool: FontPool) -> None:
    label = laid(label_of(pool, "ABCDEFGH"))
    shown = visible(label, Frame(800, 300))
    quads = shown[0].word.char_quads
    mask = np.zeros((300, 800), np.uint8)
    left, right = float(quads[3, 0, 0]), float(quads[4, 1, 0])
    mask[:, round(left) : round(right)] = 255
    left_over = uncovered(shown, Cover(mask))
    assert [one.word.text for one in left_over] == ["ABC", "FGH"]
    assert not any(one.word.inside for one in left_over)
    assert np.array_equal(left_over[1].word.char_quads, quads[5:])


@pytest.mark.parametrize(("share", "of_code", "is_left"), [
    (0.15, False, True), (0.15, True, False), (0.02, True, True), (0.4, False, False),
])  # fmt: skip
def test_a_letter_may_lose_a_little_but_hardly_anything_of_a_code(
    pool: FontPool, share: float, of_code: bool, is_left: bool
) -> None:
    label = laid(label_of(pool, "DBNH", (0, 4) if of_code else None))
    shown = visible(label, Frame(800, 300))
    (left, _), (right, _) = shown[0].word.char_quads[3, 0], shown[0].word.char_quads[3, 1]
    mask = np.zeros((300, 800), np.uint8)
    mask[:, round(float(right - share * (right - left))) :] = 255
    assert uncovered(shown, Cover(mask))[0].word.text == ("DBNH" if is_left else "DBN")


def test_what_lies_across_leaves_the_code_in_sight(pool: FontPool) -> None:
    label = laid(label_of(pool, "DD1391-100 MADE", (0, 10)))
    points = code_points(label.flat)
    assert points is not None
    code = label.warp.forward(points)
    covered = changed = 0
    for seed in range(60):
        image = np.full((300, 800, 3), 128, np.uint8)
        covers = lay_across(random.Random(seed), image, label, 40.0, 1.0)
        assert not any(cover.covers(code).any() for cover in covers), seed
        for cover in covers:
            under = image[cover.mask == 255]
            assert np.ptp(under.astype(int) - 128) > 0, seed  # something is to be seen there
        covered += bool(covers)
        changed += bool((image != 128).any())
    assert covered >= 5 and changed > covered


def test_hangul_beside_a_code_does_not_make_its_letters_taller(pool: FontPool) -> None:
    glued = label_of(pool, "품번:DD1391-100", (3, 13)).words[0]
    alone = label_of(pool, "DD1391-100", (0, 10)).words[0]
    tall = glued.quads[3:, 3, 1] - glued.quads[3:, 0, 1]
    assert np.allclose(tall, alone.quads[:, 3, 1] - alone.quads[:, 0, 1], atol=0.12 * 40)
    assert (glued.quads[:2, 3, 1] - glued.quads[:2, 0, 1] > tall[0]).all()


@pytest.mark.parametrize("effect", ["dotted", "of_dots", "embossed", "on_stuff", "worn"])
def test_every_letter_can_still_be_seen(pool: FontPool, effect: str) -> None:
    flat = label_of(pool, "DD1391-100 품번")
    for seed in range(6):
        rng = random.Random(seed)
        if effect == "on_stuff":
            changed = ink.on_stuff(rng, flat)
        elif effect == "worn":
            changed = ink.worn(rng, flat, 1.0)
        elif effect == "of_dots":
            changed = of_dots(rng, flat, 40.0)
        else:
            changed = getattr(ink, effect)(rng, flat, 40.0)
        difference = np.abs(changed.rgb.astype(int) - changed.blank).max(axis=2)
        for quad in (quad for word in changed.words for quad in word.quads):
            (x0, y0), (x1, y1) = np.round(quad[0]).astype(int), np.round(quad[2]).astype(int)
            assert difference[y0:y1, x0:x1].max() > 18, (effect, seed)


def test_words_move_along_when_a_label_is_sewn_on(pool: FontPool) -> None:
    flat = label_of(pool, "DD1391-100 NIKE")
    for seed in range(8):
        sewn = on_its_thing(random.Random(seed), flat, 40.0)
        assert sewn.rgb.shape[0] > flat.rgb.shape[0] and sewn.rgb.shape[1] > flat.rgb.shape[1]
        for before, after in zip(flat.words, sewn.words, strict=True):
            dx, dy = np.round(after.quads[0, 0] - before.quads[0, 0]).astype(int)
            (x0, y0), (x1, y1) = before.quads[0, 0], before.quads[-1, 2]
            rows, columns = slice(int(y0), int(y1)), slice(int(x0), int(x1))
            there = sewn.rgb[int(y0) + dy : int(y1) + dy, int(x0) + dx : int(x1) + dx]
            assert np.abs(there.astype(int) - flat.rgb[rows, columns]).max() <= 1
            assert (sewn.alpha[int(y0) + dy : int(y1) + dy, int(x0) + dx : int(x1) + dx] > 0).all()


def test_a_sticker_that_hides_a_letter_of_the_code_is_noticed(pool: FontPool) -> None:
    label = laid(label_of(pool, "DD1391-100 MADE", (0, 10)))
    words = visible(label, Frame(1200, 300))
    last = words[0].word.char_quads[-1].mean(axis=0)
    far = words[1].word.char_quads[-1].mean(axis=0)
    for point, hides in ((last, True), (far, False)):
        mask = np.zeros((300, 1200), np.uint8)
        x, y = np.round(point).astype(int)
        mask[y - 12 : y + 12, x - 12 : x + 12] = 255
        assert hides_code(Cover(mask), label) is hides


@pytest.mark.parametrize(("dx", "dy"), [(9.0, 0.0), (-4.0, 7.0), (0.0, 14.0), (1.0, 0.2)])
def test_a_shaken_picture_stays_where_it_is(dx: float, dy: float) -> None:
    image = np.zeros((80, 80, 3), np.uint8)
    image[38:43, 38:43] = 255
    smeared = shaken(image, dx, dy)[..., 0].astype(float)
    rows, columns = np.nonzero(smeared > 4)
    weights = smeared[rows, columns]
    assert abs(np.average(columns, weights=weights) - 40) <= 1.6
    assert abs(np.average(rows, weights=weights) - 40) <= 1.6
    assert abs(np.ptp(columns) - 4 - abs(dx)) <= 2 and abs(np.ptp(rows) - 4 - abs(dy)) <= 2
    assert abs(weights.sum() / (25 * 255) - 1) < 0.12


def test_a_shallow_picture_is_sharp_where_the_phone_focuses() -> None:
    source = np.random.default_rng(0).integers(0, 255, (480, 640, 3), np.uint8)
    blurred = 0
    for seed in range(30):
        image = shallow(random.Random(seed), source, 30.0, 1.0, (320, 240))
        assert np.array_equal(image[225:256, 305:336], source[225:256, 305:336]), seed
        blurred += bool(np.std(image.astype(float)) < 0.95 * np.std(source.astype(float)))
    assert 3 <= blurred <= 20


def test_print_without_paper_only_goes_on_even_ground() -> None:
    even = np.full((320, 480, 3), 20, np.uint8)
    patched = even.copy()
    patched[100:200, 100:300] = 240
    assert ground_of(even) == pytest.approx(20)
    assert ground_of(patched) == MIDDLING


def test_codes_of_wide_settings_keep_every_character(pool: FontPool) -> None:
    code = DrawnCode("Puma", "370772-06", "370772 06", "")
    for seed in range(40):
        box = maker(pool, code, seed).code_line()
        flat = on_paper(pool, lay.padded(box, 0.5, 0.5), 30.0, INKS)
        spelled = [c for w in flat.words for c, own in zip(w.text, w.code, strict=True) if own]
        assert "".join(spelled) == "37077206", seed


def test_splits_share_some_surfaces_and_kinds_and_keep_others_apart() -> None:
    code = DrawnCode("Nike", "DD1391-100", "DD1391-100", "")
    drawn: dict[str, tuple[set[str], set[splits.Kind]]] = {}
    for split in ("train", "held_out"):
        rng = random.Random(split)
        surfaces = {splits.surface_of(rng, split) for _ in range(400)}
        drawn[split] = (surfaces, {splits.choose(rng, code, split) for _ in range(600)})
    (ground, kinds), (others, other_kinds) = drawn["train"], drawn["held_out"]
    assert len(ground - others) == len(others - ground) == 3
    assert kinds - other_kinds == set(splits.OWN_KINDS["train"])
    assert other_kinds - kinds == {dense.ledger, dense.stamp}
    assert len(ground & others) >= 6 and len(kinds & other_kinds) >= 8


@pytest.mark.parametrize("kind", list(splits.SCENE_KINDS), ids=lambda kind: kind.__name__)
def test_every_kind_prints_its_code_once(pool: FontPool, kind: splits.Kind) -> None:
    code = DrawnCode("Nike", "DD1391-100", "DD1391-100", "")
    for seed in range(4):
        flat = on_paper(pool, lay.padded(kind(maker(pool, code, seed)), 1, 1), 16.0, INKS)
        spelled = [c for w in flat.words for c, own in zip(w.text, w.code, strict=True) if own]
        assert "".join(spelled) == "DD1391-100"


def test_a_font_with_ideographs_sets_the_names_of_an_asian_tag(pool: FontPool) -> None:
    code = DrawnCode("Nike", "DD1391-100", "DD1391-100", "")
    plain = maker(pool, code)
    asian = replace(plain, style=plain.style.beside(pool.ideographic[0]))
    written = {
        mark.text
        for box in (abroad.tag(plain), abroad.tag(asian))
        for *_, mark in box.flat()
        if isinstance(mark, lay.TextMark)
    }
    assert any(text.isascii() for text in written - {code.printed})
    assert any(not text.isascii() for text in written)


def test_a_patch_turned_by_any_angle_keeps_its_quads_on_the_letters() -> None:
    white, side = np.full((PATCH_SIDE * 3 // 2, PATCH_SIDE * 3 // 2, 3), 255, np.uint8), 20.0
    middle = PATCH_SIDE * 0.75 + np.array([60.0, -40.0])
    square = middle + side * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64)
    cv2.fillPoly(white, [square.astype(np.int32)], (0, 0, 0))
    for degrees in (0.0, 33.0, 90.0, 245.0):
        image, (quads,), code = rolled(white, [square[None].astype(np.float32)], square, degrees)
        assert image.shape == (PATCH_SIDE, PATCH_SIDE, 3) and code is not None
        assert np.allclose(quads[0], code, atol=1e-3)
        dark = np.argwhere(image[..., 0] < 60)[:, ::-1]
        assert np.allclose(dark.mean(axis=0), quads[0].mean(axis=0), atol=1.0)
        inside = [cv2.pointPolygonTest(quads[0], point.tolist(), True) for point in dark * 1.0]
        assert min(inside) > -1.5 and len(dark) > 0.9 * (2 * side) ** 2


@settings(max_examples=examples(15), deadline=None)
@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=4, max_size=14))
def test_bars_and_qr_codes_can_be_read(content: str) -> None:
    for box in (code128(content, 1200, 200), qr(content, 400)):
        image = np.full((int(box.h) + 200, int(box.w) + 400), 255, np.uint8)
        for mark in box.marks:
            assert isinstance(mark, lay.RectMark)
            top, left = 100 + mark.y, 200 + mark.x
            rows = slice(round(top), round(top + mark.h))
            image[rows, round(left) : round(left + mark.w)] = 0
        assert [found.text for found in zxingcpp.read_barcodes(image)] == [content]


def test_scenes_of_both_splits_are_drawn_again_alike(pool: FontPool) -> None:
    for split in ("train", "held_out"):
        for seed in (11, 12):
            first, again = (draw_scene(seed, pool, 0.8, split, size=(640, 480)) for _ in range(2))
            assert np.array_equal(first.image, again.image)
            assert all(
                np.array_equal(a.char_quads, b.char_quads)
                for a, b in zip(first.words, again.words, strict=True)
            )


def test_surfaces_are_named_in_the_docs() -> None:
    text = Path("docs/drawing.md").read_text(encoding="utf-8")
    for split in ("train", "held_out"):
        for name in splits.OWN_SURFACES[split]:
            assert name in text
        for kind in splits.OWN_KINDS[split]:
            assert kind.__name__ in text


def test_what_could_be_a_codes_colour_does_not_stand_behind_it(pool: FontPool) -> None:
    code = DrawnCode("Fila", "FS1SIZ3140X", "FS1SIZ3140X", "", goes_on=True)
    for seed in range(60):
        line = maker(pool, code, seed).code_line()
        text = "".join(mark.text for _, _, mark in line.flat() if isinstance(mark, lay.TextMark))
        assert re.search(r"X +[A-Z]{3}$", text) is None
