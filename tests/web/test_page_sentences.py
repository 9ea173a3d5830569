"""What the page says comes from the server, in both languages, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import aiohttp
import pytest

from bot.channels.web.page import SCRIPT
from bot.sentences import LANGUAGES, sentences
from bot.talk.commands import CHAT_COMMANDS, OnPage
from tests.fakes.serving import ServingReader, served, settings_in
from tests.web.browser import Page, needs_chromium
from tests.web.conftest import Visit


async def test_the_script_is_sent_once_and_then_known(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(url + SCRIPT) as got:
            assert (got.status, got.content_type, got.charset) == (200, "text/javascript", "utf-8")
            assert "export const TEXTS" in await got.text()
            assert got.headers["Cache-Control"] == "no-cache"
            assert "Set-Cookie" not in got.headers
            tag = got.headers["ETag"]
        known = {"If-None-Match": tag}
        async with session.get(url + SCRIPT, headers=known) as got:
            assert (got.status, await got.read()) == (304, b"")
        async with session.get(url + "/chat") as got:
            assert got.content_type == "text/html"
            assert "<noscript>이 페이지는" in await got.text()
        async with session.get(url + "/static/texts.js") as got:  # a file, like all others
            assert got.status == 200


@pytest.fixture(scope="module")
def reader() -> ServingReader:
    return ServingReader()


@pytest.fixture(scope="module")
def window(
    tmp_path_factory: pytest.TempPathFactory, reader: ServingReader, visit: Visit
) -> Iterator[Page]:
    settings = settings_in(tmp_path_factory.mktemp("served"))
    with served(settings, reader) as address, visit(address) as page:
        yield page


@pytest.fixture
def page(window: Page, reader: ServingReader) -> Iterator[Page]:
    window.forget()
    window.size(390, 844)
    window.open()
    yield window
    reader.may_read.set()
    window.network(offline=False)


def menu(page: Page) -> list[str | None]:
    return [item.get_attribute("textContent") for item in page.all("#menu [data-command]")]


def said(page: Page) -> list[str]:
    return [item.text for item in page.all("#log .person .words")]


# The connection breaks as soon as the server has begun to answer.
BREAK = """
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (...all) {
  this.addEventListener("progress", () => this.onerror());
  send.apply(this, all);
};
"""


@needs_chromium
def test_the_menu_has_the_tables_commands_in_the_language_of_the_page(page: Page) -> None:
    offered = [command for command in CHAT_COMMANDS if command.page is OnPage.MENU]
    named = {
        language: [sentences(language)(f"{each.sentence}.page") for each in offered]
        for language in LANGUAGES
    }
    assert menu(page) == named["ko"]
    page.find("#language").click()
    page.wait(lambda: menu(page) == named["en"])
    page.wait(page.answers)
    page.idle()
    page.find("#menu summary").click()
    page.find("[data-command='/help']").click()
    page.wait(lambda: "How it works" in page.answers()[-1].text)
    assert said(page)[-1] == "Help"
    page.say("/watches")
    page.wait(lambda: "You are not watching any codes" in page.answers()[-1].text)
    assert said(page)[-1] == "Price watches"
    page.say("/watch")  # has no name here: it stands as it was typed
    page.wait(lambda: len(page.answers()) == 4)
    assert said(page)[-1] == "/watch"
    assert page.errors() == []


@needs_chromium
def test_the_page_changes_its_language_without_a_connection(page: Page) -> None:
    page.network(offline=True)
    page.find("#language").click()
    page.wait(lambda: page.find("#text").get_attribute("placeholder") == "Or type a style code")
    page.wait(lambda: page.find("#status").text == "Lost the connection to the server")
    assert page.find("h3").text == "Snap the tag, see the price elsewhere"
    page.network(offline=False)
    page.wait(lambda: "I will speak English" in page.answers()[-1].text)  # it was sent afterwards


@needs_chromium
def test_a_mark_that_the_network_cuts_off_is_told_in_the_persons_language(
    page: Page, reader: ServingReader
) -> None:
    page.find("#try").click()
    page.wait(lambda: page.answers() and page.labels())
    page.press("edit")
    page.find("[data-mark]").click()
    page.wait(lambda: page.all(".crop[style*=width]"))
    reader.may_read.clear()
    page.driver.execute_script(BREAK)
    page.find("#marker .read").click()
    page.wait(lambda: page.all("#marker .result .bad"))
    assert page.find("#marker .result .bad").text == sentences("ko")("page-failed")
