"""The first page over real HTTP, a real database and a real browser."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.admin.overview import source_line
from bot.sentences import LANGUAGES, sentences
from bot.settings import Settings
from lookup.types import SourceState, SourceStatus, Usage
from storage.store import Store
from storage.types import Interaction, Status, StoredCandidate, Who
from stylecode import TagFields
from tests.admin.desk import SECRET, Desk
from tests.admin.given import JUN, MINJI, XSS
from tests.fakes.serving import ServingReader, served
from tests.web.browser import Page, browser, needs_chromium

DAY = timedelta(days=1)
CODE, OTHER = "DD1391-100", "CU4826-002"


async def sent(store: Store, ago: timedelta, who: Who = MINJI, **values: object) -> Interaction:
    at = datetime.now(UTC) - ago
    row, _ = await store.interactions.begin(who, at.isoformat(), at)
    seen = (StoredCandidate(CODE, 0.9),)
    row = replace(row, photo="ab" * 32, candidates=seen, models={"reader": "r-7"}, updated_at=at)
    row = replace(row, **values)  # type: ignore[arg-type]
    await store.interactions.save(row)
    return row


async def week(store: Store, fields: TagFields | None = None) -> None:
    """Four photos and a typed code of today, a photo of twenty days ago; all counted."""
    await sent(
        store,
        0 * DAY,
        status=Status.CONFIRMED,
        code=CODE,
        auto_code=CODE,
        fields=fields or TagFields(),
    )
    await sent(store, 0 * DAY, JUN, status=Status.EDITED, code=OTHER, auto_code=CODE, taps=3)
    await sent(store, 0 * DAY, status=Status.NONE_FOUND, candidates=())
    await sent(store, 0 * DAY, status=Status.FAILED, photo=None, candidates=(), models={})
    await sent(store, 0 * DAY, status=Status.TYPED, photo=None, candidates=(), models={}, code=CODE)
    await sent(store, 20 * DAY, status=Status.CONFIRMED, code=CODE, models={"reader": "r-6"})
    await store.overview.recount(datetime.now(UTC))


def section(text: str, heading: str) -> str:
    """The words of the panel with this heading."""
    found = [part for part in text.split("<section") if f">{heading}</h2>" in part]
    assert len(found) == 1, heading
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())


async def test_the_spans_photos_are_told_with_their_shares(operator: Desk, store: Store) -> None:
    await week(store)
    page = await operator.get("/admin?days=7")
    assert page.status == 200
    photos = section(page.text, "Photos a day")
    assert (
        "Photos a day 4 Beside them one typed code. One photo could not be read at all." in photos
    )
    assert "Right at first sight 50.0 % (9.5–90.5 %)" in section(page.text, "Right at first sight")
    by_channel = section(page.text, "Right at first sight, by channel")
    assert "Telegram 100.0 % · 1" in by_channel
    assert "Web chat 0.0 % · 1" in by_channel
    assert "r-7 50.0 % · 2" in section(page.text, "Right at first sight, by reader")
    assert "Taps to the price 1.50" in section(page.text, "Taps to the price")
    assert "No code found 25.0 %" in section(page.text, "No code found")
    assert "50.0 %" in section(page.text, "Wrong automatic answers")
    assert "Not asked yet" in section(page.text, "Price sources")


async def test_a_chart_has_a_table_of_the_same_numbers(operator: Desk, store: Store) -> None:
    await week(store)
    page = await operator.get("/admin?days=7")
    photos = next(part for part in page.text.split("<section") if "Photos a day" in part)
    assert photos.count('<rect class="bar"') == 7
    assert photos.count('<th scope="row">') == 7
    assert "4 2 1 1 1" in section(page.text, "Photos a day")
    assert page.text.count("<details>") == 8


@pytest.mark.parametrize(
    ("query", "photos"), [("?days=7", 4), ("?days=30", 5), ("", 5), ("?days=8", 5), ("?days=x", 5)]
)
async def test_a_span_is_chosen(operator: Desk, store: Store, query: str, photos: int) -> None:
    await week(store)
    page = await operator.get(f"/admin{query}")
    assert f"Photos a day {photos} " in section(page.text, "Photos a day")
    span = "7 days" if photos == 4 else "30 days"
    assert re.search(rf'aria-current="page">{span}<', page.text)


async def test_without_photos_the_page_says_so(reader: Desk) -> None:
    page = await reader.get("/admin?language=ko")
    assert page.status == 200
    assert page.words.count("이 기간에는 센 것이 없어요.") == 8


async def test_what_stands_on_tags_is_text_and_nothing_stands_in_line(
    operator: Desk, store: Store
) -> None:
    await week(store, TagFields(brand=XSS))
    page = await operator.get("/admin")
    assert XSS in page.words
    assert XSS not in page.text
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert " style=" not in page.text
    assert not re.search(r"<script(?![^>]* src=)|<style| on[a-z]+=", page.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_of_a_price_source_has_its_words(language: str) -> None:
    say = sentences(language)
    told = [source_line(say, SourceStatus("s", "S", state)) for state in (None, *SourceState)]
    assert len({line.state for line in told}) == len(told)
    bad = {status for status, line in zip((None, *SourceState), told, strict=True) if not line.well}
    assert bad == {*SourceState} - {SourceState.OK, SourceState.EMPTY}


def test_a_resting_source_and_its_calls_are_told() -> None:
    say = sentences("en")
    usage = Usage(calls=24_000, limit=25_000)
    line = source_line(say, SourceStatus("s", "S", SourceState.OK, usage=usage, resting=True))
    assert (line.state, line.well) == ("Left alone after failures", False)
    assert (line.calls, line.left) == ("24,000", "1,000")
    free = source_line(say, SourceStatus("s", "S", usage=Usage(calls=3)))
    assert (free.calls, free.left) == ("3", "–")


LOOKS = [(390, False), (390, True), (1280, False), (1280, True)]


@pytest.fixture
def page(settings: Settings) -> Iterator[Page]:
    async def filled() -> None:
        store = await Store.open(settings.database_url, settings.photo_dir)
        for _ in range(3):
            await week(store)
        await store.close()

    asyncio.run(filled())
    with served(settings, ServingReader()) as url, browser(url, "en-US") as page:
        page.driver.get(f"{url.rstrip('/')}/admin/login")
        page.find("#name").send_keys("kim")
        page.find("#secret").send_keys(SECRET)
        page.find("form.panel button").click()
        page.wait(lambda: page.all(".panels"))
        yield page


@needs_chromium
def test_the_page_can_be_read_on_a_telephone_and_on_a_desk(page: Page, tmp_path: Path) -> None:
    for width, dark in LOOKS:
        page.size(width, 900, dark=dark)
        page.driver.execute_script("document.querySelectorAll('details').forEach(e => e.open = 1)")
        page.shot(tmp_path / f"overview-{width}-{'dark' if dark else 'light'}.png")
        assert page.complaints() == []
        assert page.driver.execute_script("return document.documentElement.scrollWidth") == width
        for chart in page.all(".chart"):
            box = chart.rect
            for text in chart.find_elements("css selector", "text"):
                assert box["x"] - 1 <= text.rect["x"]
                assert text.rect["x"] + text.rect["width"] <= box["x"] + box["width"] + 16
                assert text.rect["height"] >= 12
    assert page.errors() == []
