"""What people see, in both themes and two widths: nothing serious for axe-core, nothing too wide.

The screenshots lie in pytest's temporary folder (`--basetemp` names it).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.serving import ServingReader, served, settings_in
from tests.web.browser import Page, needs_chromium
from tests.web.conftest import Visit

pytestmark = needs_chromium

LOOKS = [(390, 844, False), (390, 844, True), (1280, 800, False)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("screenshots")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, visit: Visit) -> Iterator[Page]:
    settings = settings_in(tmp_path_factory.mktemp("served"))
    with served(settings, ServingReader()) as url, visit(url) as window:
        yield window


def looked_at(page: Page, folder: Path, name: str) -> None:
    """Take pictures, and let nothing serious pass."""
    found = []
    for width, height, dark in LOOKS:
        page.size(width, height, dark=dark)
        page.idle()
        page.shot(folder / f"{name}-{width}-{'dark' if dark else 'light'}.png")
        found += page.complaints("color-contrast") if dark else page.complaints()
        wide = "return document.documentElement.scrollWidth > innerWidth"
        assert page.driver.execute_script(wide) is False
    assert found == []


def test_all_that_there_is_to_see(page: Page, folder: Path) -> None:
    page.open()
    looked_at(page, folder, "1-welcome")
    page.find("#try").click()
    page.wait(lambda: page.answers() and page.labels())
    page.idle()
    looked_at(page, folder, "2-answer")
    page.press("edit")
    looked_at(page, folder, "3-edit")
    page.find("[data-mark]").click()
    page.wait(lambda: page.all(".crop[style*=width]"))
    looked_at(page, folder, "5-mark")
    page.find("#marker .read").click()
    page.wait(lambda: page.all("#marker .found"))
    looked_at(page, folder, "6-marked")
    page.find("#marker .mark-head button").click()
    page.driver.execute_script(
        "const data = new DataTransfer(); data.items.add(new File(['x'], 'a.heic', {type:"
        " 'image/heic'})); dispatchEvent(new DragEvent('drop', {dataTransfer: data}))"
    )
    page.wait(lambda: page.all("#tray .card"))
    looked_at(page, folder, "7-tray")
    page.find("#tray .remove").click()
    page.say("x" * 400)  # a word that never ends
    page.wait(lambda: len(page.answers()) > 3)
    looked_at(page, folder, "8-long")
    assert page.errors() == []


def test_the_theme_is_the_persons_choice(page: Page) -> None:
    page.open()
    page.size(390, 844, dark=False)
    background = "return getComputedStyle(document.querySelector('.chat')).backgroundColor"
    light = page.driver.execute_script(background)
    page.find("#menu summary").click()
    page.find("#theme").click()
    dark = page.driver.execute_script(background)
    assert dark != light
    page.open()
    assert page.driver.execute_script(background) == dark
    page.driver.execute_script("localStorage.removeItem('theme')")


def test_thumbs_can_hit_everything(page: Page) -> None:
    page.size(390, 844)
    page.forget()
    page.open()
    page.find("#try").click()
    page.wait(lambda: page.answers() and page.labels())
    page.idle()
    small = page.driver.execute_script(
        "return [...document.querySelectorAll('button, a.key, summary, input')]"
        ".filter((node) => node.checkVisibility() && node.offsetHeight < 44)"
        ".map((node) => node.outerHTML)"
    )
    assert small == []
