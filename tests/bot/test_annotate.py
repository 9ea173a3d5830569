from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.annotate import MAX_SIDE, PHONE, Mark, annotate
from storage.types import Quad
from tests.examples import examples
from tests.fakes.reader import QUAD, tag_jpeg

Image = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
CODE = "DD1391-100"
SMALL: Quad = ((500.0, 400.0), (700.0, 400.0), (700.0, 430.0), (500.0, 430.0))


def opened(jpeg: bytes) -> Image:
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return image.astype(np.uint8)


def encoded(image: Image) -> bytes:
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()


def on_a_phone(image: Image) -> Image:
    size = (PHONE[0], round(image.shape[0] * PHONE[0] / image.shape[1]))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def greens(image: Image) -> Image:
    """Pixels of the outline's own colour."""
    blue, green, red = (image[..., i].astype(int) for i in range(3))
    return ((green > 150) & (green > blue + 60) & (green > red + 60)).astype(np.uint8)


def whites(image: Image) -> Image:
    return np.asarray(image.min(axis=2) > 200, np.uint8)


def ground(kind: str) -> Image:
    image = np.zeros((960, 1280, 3), np.uint8)
    if kind == "white":
        image[:] = 255
    if kind == "green":
        image[:] = (60, 220, 40)
    if kind == "busy":
        noise = np.random.default_rng(1).integers(0, 256, (120, 160, 3), dtype=np.uint8)
        image = cv2.resize(noise, (1280, 960), interpolation=cv2.INTER_NEAREST).astype(np.uint8)
    return image


def luminance(image: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Relative luminance, as WCAG defines it."""
    share = image[..., ::-1] / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    weights: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = linear @ (0.2126, 0.7152, 0.0722)
    return weights


@pytest.mark.parametrize("kind", ["black", "white", "green", "busy"])
def test_the_outline_stands_out_on_a_phone(kind: str) -> None:
    quad: Quad = ((300.0, 300.0), (900.0, 300.0), (900.0, 420.0), (300.0, 420.0))
    small = on_a_phone(opened(annotate(encoded(ground(kind)), Mark(quad))))
    light = luminance(small)
    for column in range(100, 240, 10):  # across the upper edge of the outline
        line = light[60:100, column]
        contrasts = [
            (max(line[at : at + 5]) + 0.05) / (min(line[at : at + 5]) + 0.05) for at in range(36)
        ]
        assert max(contrasts) > 4.5, (kind, column)


def test_the_outline_is_some_pixels_thick_on_a_phone() -> None:
    small = on_a_phone(opened(annotate(encoded(ground("white")), Mark(SMALL))))
    column = greens(small)[: round(430 / 3.56) + 20, round(600 / 3.56)]
    runs = [len(run) for run in "".join(map(str, column)).split("0") if run]
    assert len(runs) == 2
    assert min(runs) >= 2


def test_the_outline_leaves_the_print_alone() -> None:
    photo = ground("white")
    photo[400:430, 500:700] = (10, 10, 200)
    image = opened(annotate(encoded(photo), Mark(SMALL, CODE)))
    assert (np.abs(image[402:428, 502:698].astype(int) - (10, 10, 200)) < 40).all()


def test_other_candidates_are_marked_thinner() -> None:
    other: Quad = ((300.0, 700.0), (800.0, 700.0), (800.0, 760.0), (300.0, 760.0))
    photo = encoded(ground("black"))
    image = opened(annotate(photo, Mark(SMALL), [other]))[:960]
    alone = opened(annotate(photo, Mark(SMALL)))[:960]
    column = whites(image)[680:770, 550]
    assert not whites(alone)[680:770, 550].any()
    assert 2 <= column.sum() < greens(image)[360:470, 600].sum()


def test_another_code_in_the_same_place_is_not_outlined_twice() -> None:
    photo = encoded(ground("black"))
    assert annotate(photo, Mark(SMALL), [SMALL]) == annotate(photo, Mark(SMALL))


def plate_of(image: Image) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the letters on the plate; the ground is black."""
    ys, xs = np.nonzero(whites(image))
    return int(xs.min()), int(ys.min()), int(xs.max()), int(ys.max())


@pytest.mark.parametrize(
    "quad",
    [
        SMALL,
        ((30.0, 10.0), (230.0, 10.0), (230.0, 40.0), (30.0, 40.0)),  # at the upper edge
        ((600.0, 300.0), (630.0, 300.0), (630.0, 100.0), (600.0, 100.0)),  # mirrored
        ((640.0, 200.0), (640.0, 700.0), (580.0, 700.0), (580.0, 200.0)),  # reads downwards
        ((900.0, 500.0), (500.0, 500.0), (500.0, 440.0), (900.0, 440.0)),  # upside down
    ],
)
def test_the_code_stands_upright_beside_the_region(quad: Quad) -> None:
    image = opened(annotate(encoded(ground("black")), Mark(quad, CODE)))[:960]
    left, top, right, bottom = plate_of(image)
    assert right - left > 4 * (bottom - top)
    assert bottom - top > 9 * 1280 / PHONE[0]  # letters of nine pixels on a phone
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    apart = right < min(xs) or left > max(xs) or bottom < min(ys) or top > max(ys)
    assert apart
    near = max(min(xs) - right, left - max(xs), min(ys) - bottom, top - max(ys))
    assert near < 120


def test_the_code_stands_below_where_the_region_fills_the_photo() -> None:
    quad: Quad = ((0.0, 0.0), (1280.0, 0.0), (1280.0, 960.0), (0.0, 960.0))
    image = opened(annotate(encoded(ground("black")), Mark(quad, CODE)))
    assert image.shape[0] > 960
    assert plate_of(image)[1] >= 960


def test_the_plate_leaves_other_candidates_free_where_it_can() -> None:
    above: Quad = ((400.0, 300.0), (800.0, 300.0), (800.0, 380.0), (400.0, 380.0))
    image = opened(annotate(encoded(ground("black")), Mark(SMALL, CODE), [above]))[:960]
    image[:415] = 0  # the outlines above
    assert plate_of(image)[1] > 430


def test_a_long_code_fits_a_narrow_photo() -> None:
    photo = np.zeros((400, 120, 3), np.uint8)
    quad: Quad = ((20.0, 50.0), (100.0, 50.0), (100.0, 70.0), (20.0, 70.0))
    image = opened(annotate(encoded(photo), Mark(quad, "VN000EE3BLK-LONG-CODE")))
    assert image.shape[1] == 120


def test_outside_is_dimmed_inside_is_not() -> None:
    image = opened(annotate(tag_jpeg(), Mark(QUAD, CODE)))
    assert image[200, 20].mean() < 150
    assert image[65, 250].mean() > 200


def test_turned_print_is_straightened_below() -> None:
    photo = opened(tag_jpeg())
    upside_down = encoded(cv2.rotate(photo, cv2.ROTATE_180).astype(np.uint8))
    turned: Quad = tuple((319 - x, 239 - y) for x, y in QUAD)  # type: ignore[assignment]
    image = opened(annotate(upside_down, Mark(turned)))
    strip = image[242:]
    assert strip.shape[0] > 30
    large = cv2.resize(photo[60:100, 40:280], (252, 42))
    found = cv2.matchTemplate(strip, large, cv2.TM_CCOEFF_NORMED)
    assert found.max() > 0.8


def test_small_print_is_magnified_below_and_large_print_is_not() -> None:
    small = opened(annotate(encoded(ground("white")), Mark(SMALL)))
    large = opened(annotate(tag_jpeg(), Mark(QUAD)))
    assert small.shape[0] > 960
    assert large.shape == (240, 320, 3)


def test_a_large_photo_is_made_fit_for_a_phone() -> None:
    big = tag_jpeg(width=4000, height=3000)
    image = opened(annotate(big, Mark(QUAD, CODE)))
    assert image.shape[1] == MAX_SIDE
    assert max(opened(annotate(big, None)).shape) == MAX_SIDE


def test_no_picture_is_an_error() -> None:
    for data in (b"", b"hello"):
        with pytest.raises(ValueError, match="picture"):
            annotate(data, Mark(QUAD))


coordinates = st.floats(-1e4, 1e4) | st.floats(allow_nan=True)
points = st.tuples(coordinates, coordinates)
quads = st.tuples(points, points, points, points)


@settings(max_examples=examples(60), deadline=None)
@given(quads, st.lists(quads, max_size=2), st.text(max_size=50))
def test_any_quad_can_be_drawn(quad: Quad, others: list[Quad], code: str) -> None:
    assert opened(annotate(tag_jpeg(), Mark(quad, code), others)).shape[1] == 320


Box = tuple[int, int, int, int]


def printed(photo: Image, text: str, x: int, y: int, size: float = 1.0) -> Box:
    """Print a line at its lower left corner; where it stands."""
    thick = max(1, round(2 * size))
    (w, h), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, thick)
    cv2.putText(photo, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, size, (40, 40, 40), thick)
    return x, y - h, x + w, y + below


def ladder(photo: Image) -> list[Box]:
    """Lines above and below the code, all as wide."""
    return [printed(photo, "MADE IN VIETNAM 270 MM", 420, y, 0.8) for y in range(60, 960, 70)]


def table(photo: Image) -> list[Box]:
    """Two columns; only the right margin is free."""
    columns = [(x, y) for x in (20, 420) for y in range(50, 960, 55)]
    return [printed(photo, "US 9 UK 8 EUR 42.5", x, y, 0.7) for x, y in columns]


def small_print(photo: Image) -> list[Box]:
    """Small faint lines close above and below."""
    lines = [printed(photo, "Upper leather, sole rubber", 480, y, 0.45) for y in (330, 370, 480)]
    photo[photo < 100] = 170
    return lines


def bars(photo: Image) -> list[Box]:
    """A barcode below, sizes above, on a tag with an edge."""
    cv2.rectangle(photo, (300, 200), (980, 700), (150, 150, 150), 3)
    for x in range(420, 860, 9):
        photo[460:600, x : x + 4] = 20
    return [(420, 460, 860, 600), printed(photo, "UK 8  EUR 42.5", 500, 370, 1.1)]


@pytest.mark.parametrize("layout", [ladder, table, small_print, bars])
def test_the_plate_covers_no_print(layout: Callable[[Image], list[Box]]) -> None:
    photo = ground("white")
    lines = layout(photo)
    photo[396:434, 490:710] = 255
    lines = [each for each in lines if not (each[1] < 434 and each[3] > 396 and each[2] > 490)]
    printed(photo, CODE, 505, 428, 1.0)
    with_plate = opened(annotate(encoded(photo), Mark(SMALL, CODE)))
    without = opened(annotate(encoded(photo), Mark(SMALL)))
    changed = np.abs(with_plate[:960].astype(int) - without[:960].astype(int)).max(axis=2) > 60
    for left, top, right, bottom in lines:
        assert not changed[top:bottom, left:right].any()
    below = with_plate.shape[0] - without.shape[0]
    assert (below > 0) != changed.any()  # it stands somewhere, in the photo or under it


def test_a_plain_photo_has_the_plate_close_by() -> None:
    photo = ground("white")
    printed(photo, CODE, 505, 428, 1.0)
    with_plate = opened(annotate(encoded(photo), Mark(SMALL, CODE)))
    without = opened(annotate(encoded(photo), Mark(SMALL)))
    assert with_plate.shape == without.shape
    rows, _ = np.nonzero(np.abs(with_plate.astype(int) - without.astype(int)).max(axis=2) > 60)
    assert 240 < rows.min() < rows.max() < 400
