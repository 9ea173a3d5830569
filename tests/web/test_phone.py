"""The page on a phone: the first screen, the way back, what stays in sight, what does not jump."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader, served, settings_in
from tests.web.browser import Page, needs_chromium
from tests.web.conftest import Visit

pytestmark = needs_chromium

BOX = "return arguments[0].getBoundingClientRect().toJSON()"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory, visit: Visit) -> Iterator[Page]:
    settings = settings_in(tmp_path_factory.mktemp("served"))
    with served(settings, ServingReader()) as url, visit(url) as page:
        yield page


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """A phone, and a new person."""
    window.forget()
    window.size(390, 844)
    window.open()
    yield window
    assert window.errors() == []


def box(page: Page, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.driver.execute_script(BOX, page.find(selector))
    return found


def send_sample(page: Page) -> None:
    page.find("#try").click()
    page.wait(lambda: page.answers() and page.labels())
    page.idle()


def test_the_first_screen_says_what_it_is_for(page: Page) -> None:
    assert "얼마" in page.find("#welcome h3").text
    page.driver.execute_script(
        "window.clicked = []; for (const id of ['from-camera', 'from-files'])"
        " document.getElementById(id).addEventListener('click',"
        " (event) => (event.preventDefault(), clicked.push(id)))"
    )
    page.find("#shoot").click()
    page.find("#pick").click()
    assert page.driver.execute_script("return clicked") == ["from-camera", "from-files"]
    assert page.find("#from-camera").get_attribute("capture") == "environment"
    assert page.find("#from-files").get_attribute("capture") is None


def test_the_way_back_closes_what_is_open(page: Page) -> None:
    send_sample(page)
    page.find("#menu summary").click()
    page.wait(lambda: page.find("#menu").get_attribute("open") is not None)
    page.driver.back()
    page.wait(lambda: page.find("#menu").get_attribute("open") is None)
    page.find(".bot .photo").click()
    page.wait(lambda: page.all("#large[open]"))
    page.driver.back()
    page.wait(lambda: not page.all("#large[open]"))
    page.press("edit")
    page.find("[data-mark]").click()
    page.wait(lambda: page.all(".crop[style*=width]"))
    page.driver.back()
    page.wait(lambda: not page.all("#marker[open]"))
    assert page.code() == "DD1391-100"  # the page itself was never left


def test_what_was_closed_by_hand_is_no_step_back(page: Page) -> None:
    before = page.driver.execute_script("return history.length")
    for _ in range(3):
        page.find("#menu summary").click()
        page.wait(lambda: page.driver.execute_script("return history.state?.over"))
        page.find("#menu summary").click()
        page.wait(lambda: not page.driver.execute_script("return history.state?.over"))
    assert page.driver.execute_script("return history.length") <= before + 1


def test_the_line_stays_in_sight_while_it_is_mended(page: Page) -> None:
    send_sample(page)
    assert not page.find("#strip").is_displayed()
    page.press("edit")
    page.wait(lambda: page.find("#strip").is_displayed())
    page.driver.execute_script("document.getElementById('scroll').scrollTop = 0")
    line, composer = box(page, "#strip img"), box(page, "#composer")
    assert line["bottom"] <= composer["top"]
    assert line["height"] >= 44
    page.press("char")
    assert page.find("#strip").is_displayed()
    page.open()
    page.wait(lambda: page.find("#strip").is_displayed())
    page.press("row")
    page.press("cancel")
    page.wait(lambda: not page.find("#strip").is_displayed())


def test_a_confirmed_message_has_no_more_to_confirm(page: Page) -> None:
    send_sample(page)
    assert page.all(".key[data-data^='confirm'], .key[data-data^='edit']")
    page.press("confirm", 0)
    page.wait(lambda: "✓ 확인하신 품번이에요." in page.answers()[0].text)
    assert not page.all(".key[data-data^='confirm'], .key[data-data^='edit']")
    assert page.answers()[0].find_elements("css selector", ".photo img")
    assert page.labels(0)[-2:] == ["↻ 가격 다시 보기", "알림"]


@pytest.mark.parametrize("width", [390, 1280])
def test_notices_stand_above_the_line_to_write_in(page: Page, width: int) -> None:
    page.size(width, 800)
    page.driver.execute_script(
        "const box = document.getElementById('toast'); box.textContent = '복사했어요 · DD1391-100';"
        "box.classList.add('up')"
    )
    page.idle()
    notice, composer = box(page, "#toast"), box(page, "#composer")
    assert composer["top"] - 40 < notice["bottom"] <= composer["top"]
    assert composer["left"] <= notice["left"] < notice["right"] <= composer["right"]
    data = "const data = new DataTransfer(); data.items.add(new File(['x'], 'a.heic', {type:"
    drop = "'image/heic'})); dispatchEvent(new DragEvent('drop', {dataTransfer: data}))"
    page.driver.execute_script(f"{data} {drop}")
    page.wait(lambda: page.all("#tray .card"))
    assert box(page, "#toast")["bottom"] <= box(page, "#tray")["top"]


def test_pictures_have_their_place_before_they_come(page: Page) -> None:
    send_sample(page)
    size, natural, ratio = page.driver.execute_script(
        "const image = document.querySelector('.bot .photo img');"
        "return [[image.width, image.height], [image.naturalWidth, image.naturalHeight],"
        " getComputedStyle(image).aspectRatio]"
    )
    assert ratio == f"auto {natural[0]} / {natural[1]}"  # known before a byte of it came
    assert size[0] / size[1] == pytest.approx(natural[0] / natural[1], abs=0.02)


def test_several_photos_end_with_a_summary(page: Page, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(tag_jpeg(f"FU900{number}"))
        files.append(str(file))
    page.find("#from-files").send_keys("\n".join(files))
    page.find("#send").click()
    page.wait(lambda: "사진 3장을 봤어요: 품번 3개" in page.answers()[-1].text)
    page.idle()
    assert len(page.answers()) == 4


def test_old_messages_come_as_one_scrolls_up(page: Page) -> None:
    for number in range(45):
        page.driver.execute_script(
            "return fetch('/chat/text', {method: 'POST', headers: {'Content-Type':"
            " 'application/json'}, body: JSON.stringify({id: 'message-old-' + arguments[0], text:"
            " 'no code ' + arguments[0]})}).then((got) => got.text())",
            number,
        )
    page.open()
    page.wait(page.answers)
    page.idle()
    first = "return document.querySelector('#log .person .words').textContent"
    assert page.driver.execute_script(first) != "no code 0"
    top = page.all("#log > li")[0]
    for _ in range(6):
        page.driver.execute_script("document.getElementById('scroll').scrollTop = 0")
        if page.driver.execute_script(first) == "no code 0":
            break
        page.wait(lambda top=top: page.all("#log > li")[0] != top)  # type: ignore[misc]
        top = page.all("#log > li")[0]
    assert page.driver.execute_script(first) == "no code 0"
    said = [item.text for item in page.all("#log .person .words")]
    assert said == [f"no code {number}" for number in range(45)]


def test_the_history_is_searched_in_its_place(page: Page) -> None:
    page.say("DD1391-100")
    page.wait(lambda: page.answers() and page.labels())
    page.idle()
    page.find("#history").click()
    page.wait(lambda: page.all(".find input"))
    page.idle()
    page.find(".find input").send_keys("나이키\n")
    page.wait(lambda: "“나이키” 찾기: 품번 1개" in page.answers()[-1].text)
    page.all(".find input")[-1].send_keys("푸마\n")
    page.wait(lambda: "“푸마”에 맞는 품번이 없어요" in page.answers()[-1].text)
    assert [item.text for item in page.all("#log .person .words")][-2:] == [
        "기록 보기 나이키",
        "기록 보기 푸마",
    ]


def test_a_share_that_failed_is_told(page: Page) -> None:
    page.driver.get("about:blank")  # else a new fragment alone loads nothing
    page.driver.get(f"{page.url}/chat#share=nobody")
    page.wait(lambda: page.all(".notice"))
    assert "공유하신 사진" in page.find(".notice").text
    assert page.driver.execute_script("return location.hash") == ""
