"""`python -m tests.web.chat_picture FILE`: the README's picture of the web chat, made anew.

The page as a new person sees it, the answer to the sample photo, and its prices, side by side; read
with the shipped networks, priced by the sample list.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.fakes.serving import served, settings_in
from tests.web.browser import Page, browser

WIDTH, HEIGHT, GAP = 390, 841, 20
DESK = (216, 211, 203)  # between the screens
COLOURS = 256


def screens(page: Page) -> list[Image.Image]:
    """Three screens, each WIDTH x HEIGHT pixels."""
    page.driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Seoul"})
    page.size(WIDTH, HEIGHT)
    page.open()
    shots = [_screen(page)]
    page.find("#try").click()
    page.wait(lambda: page.answers() and page.labels())
    page.idle()
    _scroll(page, "start", "#log .turn.person")
    shots.append(_screen(page))
    _scroll(page, "end", "#log > li:last-child")
    return [*shots, _screen(page)]


def side_by_side(shots: list[Image.Image]) -> Image.Image:
    """The screens in a row, in few colours: a small file."""
    row = Image.new("RGB", (len(shots) * (WIDTH + GAP) - GAP, HEIGHT), DESK)
    for place, shot in enumerate(shots):
        row.paste(shot, (place * (WIDTH + GAP), 0))
    return row.quantize(COLOURS)


def _screen(page: Page) -> Image.Image:
    # Until pictures are there and nothing moves any more.
    page.wait(
        lambda: page.driver.execute_script(
            "return [...document.images].every((image) => image.complete)"
            " && document.getAnimations().every((one) => one.playState !== 'running')"
        )
    )
    return Image.open(io.BytesIO(page.driver.get_screenshot_as_png())).convert("RGB")


def _scroll(page: Page, block: str, selector: str) -> None:
    last = page.all(selector)[-1]
    page.driver.execute_script(
        "arguments[0].style.scrollMarginTop = '18px';"
        "arguments[0].scrollIntoView({block: arguments[1], behavior: 'instant'})",
        last,
        block,
    )


def main() -> None:
    """Write the picture to the file named on the command line."""
    (file,) = map(Path, sys.argv[1:])
    with (
        TemporaryDirectory() as folder,
        served(settings_in(Path(folder)), None) as url,
        browser(url) as page,
    ):
        side_by_side(screens(page)).save(file, optimize=True)


if __name__ == "__main__":
    main()
