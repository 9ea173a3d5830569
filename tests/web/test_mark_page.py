"""The code is marked with mouse, fingers and keys; what leaves is where it stands on the photo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from recognizer.types import Quad
from tests.fakes.reader import reading
from tests.fakes.serving import ServingReader, served, settings_in
from tests.web.browser import Page, needs_chromium
from tests.web.conftest import Visit

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def reader() -> ServingReader:
    return ServingReader()


@pytest.fixture(scope="module")
def window(
    tmp_path_factory: pytest.TempPathFactory, reader: ServingReader, visit: Visit
) -> Iterator[Page]:
    settings = settings_in(tmp_path_factory.mktemp("served"))
    with served(settings, reader) as url, visit(url) as page:
        page.size(390, 844)
        page.open()
        page.find("#try").click()
        page.wait(lambda: page.answers() and page.labels())
        page.press("edit")
        yield page


@pytest.fixture
def page(window: Page, reader: ServingReader) -> Iterator[Page]:
    """The open frame, with no mark yet."""
    reader.marks.clear()
    window.driver.execute_script("document.querySelector('[data-mark]').click()")
    window.wait(lambda: window.all(".crop[style*=width]"))
    yield window
    if window.all("#marker[open]"):
        window.find("#marker .mark-head button").click()
    assert window.errors() == []


def frame(page: Page) -> WebElement:
    return page.find(".crop")


def read(page: Page, reader: ServingReader) -> Quad:
    """Press "read this", see the result in place; the corners that the reader was given."""
    page.find("#marker .read").click()
    page.wait(lambda: page.all("#marker .found"))
    assert page.find("#marker .found").text == "DD1391-100"
    return reader.marks[-1]


def width(quad: Quad) -> float:
    return max(x for x, _ in quad) - min(x for x, _ in quad)


def middle(quad: Quad) -> tuple[float, float]:
    return sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4


def test_an_untouched_frame_is_in_the_middle(page: Page, reader: ServingReader) -> None:
    quad = read(page, reader)
    assert middle(quad) == pytest.approx((0.5, 0.5), abs=0.01)
    assert width(quad) == pytest.approx(0.7, abs=0.01)
    (left, top), (right, _), (_, bottom), _ = quad
    assert left < right
    assert top < bottom


def test_the_mouse_moves_pulls_and_zooms(page: Page, reader: ServingReader) -> None:
    photo = page.find(".under").size["width"]
    ActionChains(page.driver).drag_and_drop_by_offset(frame(page), 20, 30).perform()
    se = page.find(".handle.se")
    ActionChains(page.driver).drag_and_drop_by_offset(se, -60, 0).perform()
    quad = read(page, reader)
    assert width(quad) == pytest.approx(0.7 - 60 / photo, abs=0.02)
    assert middle(quad)[0] == pytest.approx(0.5 + (20 - 30) / photo, abs=0.02)
    assert middle(quad)[1] > 0.55
    page.find("#marker .result .row .key:last-child").click()  # mark again, from there
    origin = ScrollOrigin.from_element(frame(page))
    ActionChains(page.driver).scroll_from_origin(origin, 0, -400).perform()
    assert width(read(page, reader)) < width(quad) / 1.5


def test_keys_alone_are_enough(page: Page, reader: ServingReader) -> None:
    assert page.driver.switch_to.active_element == frame(page)
    keys = page.driver.switch_to.active_element
    keys.send_keys(Keys.ARROW_DOWN * 4, Keys.SHIFT + Keys.ARROW_LEFT * 4)
    keys.send_keys(Keys.NULL, "+", "]", "\n")
    page.wait(lambda: page.all("#marker .found"))
    quad = reader.marks[-1]
    assert middle(quad)[1] > 0.5
    assert width(quad) < 0.66
    # focus stands on the answer; Escape leads back to the chat, and nothing is a trap
    assert "key" in (page.driver.switch_to.active_element.get_attribute("class") or "")
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    page.wait(lambda: not page.all("#marker[open]"))
    assert page.driver.execute_script("return document.activeElement !== document.body")


@pytest.mark.parametrize("turns", [1, 2, 3, -1])
def test_turning_the_photo_is_the_order_of_the_corners(
    page: Page, reader: ServingReader, turns: int
) -> None:
    button = page.all("#marker .row-tools button")[1 if turns > 0 else 0]
    for _ in range(abs(turns)):
        button.click()
    quad = read(page, reader)
    begin, along = quad[0], quad[1]
    ways = {0: (1, 0), 1: (0, -1), 2: (-1, 0), 3: (0, 1)}  # where the text runs on the photo
    across, down = ways[turns % 4]
    assert (along[0] - begin[0]) * across >= 0
    assert (along[1] - begin[1]) * down >= 0
    assert abs(along[0] - begin[0]) > 0.05 if across else abs(along[1] - begin[1]) > 0.05


def touch(page: Page, kind: str, *points: tuple[float, float]) -> None:
    fingers = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    event = {"type": kind, "touchPoints": fingers}
    page.driver.execute_cdp_cmd("Input.dispatchTouchEvent", event)


def test_two_fingers_zoom_and_one_moves(page: Page, reader: ServingReader) -> None:
    box = frame(page).rect
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch(page, "touchStart", (x, y))
    for step in range(1, 6):
        touch(page, "touchMove", (x, y + 4 * step))
    touch(page, "touchEnd")
    touch(page, "touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 9):
        touch(page, "touchMove", (x - 30 - 6 * step, y), (x + 30 + 6 * step, y))
    touch(page, "touchEnd")
    quad = read(page, reader)
    assert width(quad) < 0.7 / 2
    assert middle(quad)[1] > 0.5


def test_a_confirmed_mark_ends_in_the_chat(page: Page, reader: ServingReader) -> None:
    before = len(page.answers())
    read(page, reader)
    page.find("#marker .result .primary").click()
    page.wait(lambda: not page.all("#marker[open]"))
    page.wait(lambda: len(page.answers()) > before)
    page.idle()
    page.driver.execute_script("window.stays = true")
    assert page.driver.execute_script("return window.stays")  # nothing was loaded anew


def test_it_can_be_opened_again_at_once(page: Page, reader: ServingReader) -> None:
    page.driver.execute_script(
        "document.querySelector('#marker .mark-head button').click();"
        "document.querySelector('[data-mark]').click()"
    )
    page.wait(lambda: page.all(".crop[style*=width]"))
    assert read(page, reader)


def test_nothing_found_there_is_said_in_place(page: Page, reader: ServingReader) -> None:
    reader.marked = reading()
    try:
        page.find("#marker .read").click()
        page.wait(lambda: page.all("#marker .result .bad"))
    finally:
        reader.marked = None
    assert not page.all("#marker .found")
    assert page.find("#marker .result .key").text == "다시 표시하기"


def test_the_slider_says_what_it_does_and_how_far(page: Page) -> None:
    assert page.find("#marker .tilting").text.split() == ["기울기", "0°"]
    frame(page).send_keys("]]]")
    assert page.find("#marker .degrees").text == "3°"
    name = "return document.querySelector('.tilt').labels[0].textContent"
    assert "기울기" in page.driver.execute_script(name)


def test_look_alikes_can_be_picked(page: Page, reader: ServingReader) -> None:
    reader.marked = reading("CN8607-O02", "CN8607-002", "DD1391-100", confidence=0.5)
    try:
        page.find("#marker .read").click()
        page.wait(lambda: page.all("#marker .found"))
    finally:
        reader.marked = None
    offered = [key.text for key in page.all("#marker .result .key.primary")]
    assert offered[0] == "✓ CN8607-O02"
    assert "✓ CN8607-002" in offered
    assert not any("DD1391" in label for label in offered)
    page.all("#marker .result .key.primary")[offered.index("✓ CN8607-002")].click()
    page.wait(lambda: not page.all("#marker[open]"))
    page.wait(
        lambda: any(
            answer.text.startswith("CN8607-002") or "CN8607-002" in answer.text
            for answer in page.answers()[-2:]
        )
    )
