"""Several tabs, a lost connection, a restarted server, a reload in the middle: nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.ports import free_port
from tests.fakes.serving import ServingReader, served, settings_in
from tests.web.browser import Page, needs_chromium
from tests.web.conftest import Visit

pytestmark = needs_chromium

TEXTS = ["CU4826-002", "DD1391-100", "BQ6806-100"]


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
    reader.may_read.set()
    reader.reads.clear()
    window.driver.execute_cdp_cmd("Network.enable", {})
    window.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    window.forget()
    window.size(390, 844)
    window.open()
    window.wait(window.driver.get_cookies)
    return window


def said(page: Page) -> list[str]:
    return [words.text for words in page.all("#log .turn.person .words")]


def test_two_tabs_show_the_same(page: Page, reader: ServingReader) -> None:
    first = page.driver.current_window_handle
    page.driver.switch_to.new_window("window")
    try:
        page.open()
        second = page.driver.current_window_handle
        page.driver.switch_to.window(first)
        page.find("#try").click()
        page.wait(lambda: page.answers() and page.labels())
        page.idle()
        texts = [answer.text for answer in page.answers()]
        page.driver.switch_to.window(second)
        page.wait(lambda: [answer.text for answer in page.answers()] == texts)
        page.wait(lambda: page.all("#log .person .picture img"))
        page.press("edit")  # a change here is a change there
        page.press("char:")
        edited = page.answers()[-1].text
        page.driver.switch_to.window(first)
        page.wait(lambda: page.answers()[-1].text == edited)
        assert len(reader.reads) == 1
    finally:
        for handle in page.tabs():
            if handle != first:
                page.driver.switch_to.window(handle)
                page.driver.close()
        page.driver.switch_to.window(first)


def test_what_is_written_offline_is_sent_in_order(page: Page) -> None:
    page.network(offline=True)
    for text in TEXTS:
        page.say(text)
    page.wait(lambda: page.find("#offline").is_displayed())
    assert len(page.all("#log .turn.person.waiting, #log .turn.person:not([data-id])")) == 3
    assert page.answers() == []
    page.network(offline=False)
    page.wait(lambda: len(page.answers()) >= 3)
    page.wait(lambda: not page.find("#offline").is_displayed())
    page.idle()
    ids = [int(item.get_attribute("data-id") or 0) for item in page.all("#log .turn.person")]
    assert said(page) == TEXTS
    assert ids == sorted(ids)


def test_what_was_written_offline_outlives_a_reload(page: Page, reader: ServingReader) -> None:
    block = {"urls": ["*/chat/*"]}
    page.driver.execute_cdp_cmd("Network.enable", {})
    page.driver.execute_cdp_cmd("Network.setBlockedURLs", block)
    page.find("#try").click()
    page.wait(lambda: page.all("#log .turn.person"))
    page.say(TEXTS[0])
    page.wait(lambda: page.all("#log .waiting"))
    page.driver.refresh()
    page.wait(lambda: len(page.all("#log .turn.person")) == 2)
    page.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    page.wait(lambda: len(page.answers()) >= 2)
    page.idle()
    assert said(page) == [TEXTS[0]]
    assert len(reader.reads) == 1
    page.driver.refresh()
    page.wait(lambda: len(page.all("#log .turn.person")) == 2)
    assert len(reader.reads) == 1


def test_a_reload_while_reading_shows_it_and_then_the_answer(
    page: Page, reader: ServingReader
) -> None:
    reader.may_read.clear()
    page.find("#try").click()
    page.wait(lambda: page.all(".busy"))
    page.driver.refresh()
    page.wait(lambda: page.all(".busy"))
    page.wait(lambda: page.all("#log .person .picture img"))
    reader.may_read.set()
    page.wait(lambda: page.answers() and page.code() == "DD1391-100")
    page.wait(lambda: not page.all(".busy"))
    assert len(page.answers()) == 1
    assert len(reader.reads) == 1


def test_an_upload_can_be_cancelled(page: Page, reader: ServingReader) -> None:
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1}
    page.driver.execute_cdp_cmd("Network.enable", {})
    slow = {**conditions, "uploadThroughput": 2000}
    page.driver.execute_cdp_cmd("Network.emulateNetworkConditions", slow)
    try:
        page.find("#try").click()
        page.wait(lambda: page.all("#log .stop"))
        page.wait(
            lambda: page.driver.execute_script(
                "return document.querySelector('progress.progress').value < 1"
            )
        )
        page.find("#log .stop").click()
        page.wait(lambda: not page.all("#log .turn"))
    finally:
        page.network(offline=False)
    page.driver.refresh()
    page.wait(lambda: page.find("#welcome").is_displayed())
    assert reader.reads == []


def test_reading_is_said_aloud(page: Page, reader: ServingReader) -> None:
    reader.may_read.clear()
    page.find("#try").click()
    page.wait(lambda: "읽는 중" in page.find("[role=log] .busy").text)
    reader.may_read.set()
    page.wait(page.answers)
    assert page.find("[role=log]").get_attribute("aria-live") == "polite"


def test_a_restarted_server_loses_nothing(tmp_path: Path, visit: Visit) -> None:
    settings = settings_in(tmp_path, web_port=free_port())
    with visit(f"http://127.0.0.1:{settings.web_port}") as page:
        with served(settings, ServingReader()):
            page.open()
            page.say(TEXTS[0])
            page.wait(page.answers)
            page.idle()
        page.wait(lambda: page.find("#offline").is_displayed())
        page.say(TEXTS[1])
        with served(settings, ServingReader()):
            page.wait(lambda: len(page.answers()) >= 2)
            page.wait(lambda: not page.find("#offline").is_displayed())
            page.idle()
            assert said(page) == TEXTS[:2]
            assert page.all("#log .turn:not([data-id])") == []
