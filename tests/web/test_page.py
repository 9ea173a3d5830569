"""A person clicks through the page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.serving import ServingReader, served, settings_in
from tests.web.browser import Page, needs_chromium
from tests.web.conftest import Visit

pytestmark = needs_chromium

DROP = """
const [selector, kind] = arguments;
const data = new DataTransfer();
const canvas = document.createElement("canvas");
canvas.toBlob((blob) => {
  data.items.add(new File([blob], "tag.png", { type: "image/png" }));
  const event = kind === "drop"
    ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
});
"""


@pytest.fixture(scope="module")
def reader() -> ServingReader:
    return ServingReader()


@pytest.fixture(scope="module")
def window(
    tmp_path_factory: pytest.TempPathFactory, reader: ServingReader, visit: Visit
) -> Iterator[Page]:
    settings = settings_in(tmp_path_factory.mktemp("served"))
    with served(settings, reader) as url, visit(url) as page:
        yield page


@pytest.fixture
def page(window: Page, reader: ServingReader) -> Page:
    """The page as a new person sees it."""
    reader.reads.clear()
    window.forget()
    window.size(390, 844)
    window.open()
    return window


def send_sample(page: Page) -> None:
    page.find("#try").click()
    page.wait(lambda: page.answers() and page.labels())
    page.idle()


def test_the_whole_road(page: Page) -> None:
    send_sample(page)
    assert page.code() == "DD1391-100"
    assert len(page.labels()) >= 4

    # mend the last character, letter by letter
    page.press("edit", 0)
    page.press("char:1:9")
    page.press("set")
    assert page.code() != "DD1391-100"
    page.press("char:1:9")
    page.press("all")
    page.press(f"set:1:9.{ord('0'):x}.")
    assert page.code() == "DD1391-100"
    page.press("done")
    page.wait(lambda: any("118,900" in answer.text for answer in page.answers()[1:]))
    naver = page.find("a.key[href*='search.shopping.naver.com']")
    assert naver.get_attribute("target") == "_blank"
    assert "noopener" in (naver.get_attribute("rel") or "")

    # the history, and an entry of it
    page.find("#history").click()
    page.wait(lambda: any("DD1391-100" in key for key in page.labels()))
    page.press("open")
    page.wait(lambda: "118,900" in page.answers()[-1].text)

    # a reload shows all of it again
    before = [answer.text for answer in page.answers()]
    page.open()
    page.wait(lambda: [answer.text for answer in page.answers()] == before)
    page.wait(lambda: page.all("#log .person .picture img"))

    # and then nothing is left
    page.find("#menu summary").click()
    page.find("[data-command='/delete']").click()
    page.wait(lambda: any(key for key in page.all(".key[data-data^='forget:0:yes']")))
    page.press("forget:0:yes")
    page.wait(lambda: len(page.all("#log > li")) == 1)
    assert page.errors() == []


def test_confirming_picking_and_typing(page: Page) -> None:
    send_sample(page)
    page.press("confirm")
    page.wait(lambda: len(page.answers()) > 1)
    page.say("cu4826 002")
    page.wait(lambda: any("89,000" in answer.text for answer in page.answers()))
    assert "89,000원" in page.all(".offer b")[-1].text
    assert not re.search(r"^1\. ", page.answers()[-1].text, re.MULTILINE)  # the card has it
    page.say("this is no code")
    page.wait(lambda: len(page.answers()) >= 4)
    assert page.errors() == []


def test_languages_by_browser_and_by_choice(page: Page) -> None:
    assert page.find("#try").text == "샘플 사진 보내기"
    page.find("#language").click()
    page.wait(lambda: page.find("#text").get_attribute("placeholder") == "Or type a style code")
    page.wait(page.answers)
    page.idle()
    page.say("/help")
    page.wait(lambda: "How it works" in page.answers()[-1].text)
    page.open()
    page.wait(lambda: page.driver.execute_script("return document.documentElement.lang") == "en")


def test_a_large_photo_is_made_smaller_before_it_leaves(
    page: Page, tmp_path: Path, reader: ServingReader
) -> None:
    file = tmp_path / "large.jpg"
    lying = Image.Exif()
    lying[0x0112] = 6  # to be turned by a quarter
    Image.effect_noise((3600, 2700), 20).save(file, exif=lying, quality=95)
    page.find("#from-files").send_keys(str(file))
    page.find("#send").click()
    page.wait(page.answers)
    sent = Image.open(BytesIO(reader.reads[-1]))
    assert (sent.format, sent.size) == ("JPEG", (1920, 2560))
    assert len(reader.reads[-1]) < file.stat().st_size


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_photo_can_be_dropped_and_pasted(page: Page, way: str) -> None:
    page.driver.execute_script(DROP, "#text", way)
    page.wait(lambda: page.all("#tray img"))  # shown before it is sent
    page.find("#send").click()
    page.wait(lambda: page.answers() and page.labels())
    assert page.code() == "DD1391-100"


def test_files_that_are_no_photo_never_leave_the_page(
    page: Page, tmp_path: Path, reader: ServingReader
) -> None:
    for name, size in (("notes.txt", 10), ("huge.jpg", 20 * 1024 * 1024 + 1)):
        file = tmp_path / name
        file.write_bytes(b"x" * size)
        page.find("#from-files").send_keys(str(file))
    page.wait(lambda: len(page.all(".notice")) == 2)
    assert reader.reads == []


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.driver.execute_script("document.getElementById('try').focus()")
    page.driver.switch_to.active_element.send_keys("\n")
    page.wait(lambda: page.answers() and page.labels())
    page.idle()
    edit = page.find(".key[data-data^='edit']")
    page.driver.execute_script("arguments[0].focus()", edit)
    edit.send_keys("\n")
    page.wait(lambda: page.all(".key[data-data^='char']"))
    page.idle()
    char = page.find(".key[data-data^='char']")
    page.driver.execute_script("arguments[0].focus()", char)
    char.send_keys("\n")
    page.wait(lambda: page.all(".key[data-data^='set']"))
    focused = "return document.activeElement.className"
    assert "key" in str(page.driver.execute_script(focused))


def test_a_message_waits_for_the_server(page: Page) -> None:
    page.wait(page.driver.get_cookies)
    page.network(offline=True)
    page.say("DD1391-100")
    page.wait(lambda: page.all("#status.off"))
    assert page.answers() == []
    page.network(offline=False)
    page.wait(lambda: page.answers() and page.code() == "DD1391-100")
    assert not page.all("#status.off")


def test_nothing_is_wider_than_the_window(page: Page) -> None:
    send_sample(page)
    page.press("edit")
    for width in (320, 390, 1280):
        page.size(width, 800)
        page.idle()
        wide = "return document.documentElement.scrollWidth > innerWidth"
        assert page.driver.execute_script(wide) is False, width
        small = page.driver.execute_script(
            "return [...document.querySelectorAll('button, a.key, summary')]"
            ".filter((node) => node.checkVisibility() && node.offsetHeight < 40)"
            ".map((node) => node.outerHTML)"
        )
        assert small == [], width  # a thumb needs 40 px
