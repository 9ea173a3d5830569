"""Charts of prices seen: every text has its letters, gaps stay gaps, pages show them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from PIL import Image

from bot.pictures import price_figure
from bot.pictures.price_chart import ChartDrawer, ChartPicture, drawn
from bot.pictures.price_lines import Chart, PriceLine, segments
from bot.running.price_sources import price_lookup
from bot.sentences import sentences
from bot.talk.conversation import Conversation
from bot.talk.desk import Memory
from bot.talk.prices.price_memory import PriceRecorder, seen_in
from bot.talk.prices.seen_charts import axis_texts
from bot.talk.types import CommandSent, TextSent
from storage.store import Store
from storage.watch_types import PriceSeen
from tests.bot.room import MINSU, NOON
from tests.fakes.prices import FakePrices, quote
from tests.fakes.reader import FakeReader
from tests.fakes.replies import RecordingReplies
from tests.fakes.serving import settings_in

DAY = date(2026, 11, 20)
AXES = axis_texts(sentences("ko"))


def line(name: str, *ago: int, latin: str = "source") -> PriceLine:
    points = tuple((DAY - timedelta(days=days), 100_000 + days * 1_500) for days in ago)
    return PriceLine(name, points, latin)


KOREAN = Chart(
    "DD1391-100 · 봇이 본 최저가",
    (line("네이버쇼핑", 9, 8, 7, 1, 0), line("11번가", 0), line("뷁🦶 shop", 3)),
    axes=AXES,
    latin="DD1391-100",
    lowest="전체 최저가",
)
ENGLISH = Chart("FU9006", (line("11Street", 0),), latin="FU9006")


def texts(figure: Figure) -> list[Text]:
    return [
        text
        for text in figure.findobj(Text)
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip()
    ]


def lacking(text: Text) -> set[str]:
    """Letters that none of the text's fonts has: they would be drawn as empty squares."""
    files = [price_figure.korean_font(), price_figure._latin()]
    used = [
        file for file in files if file and set(text.get_fontfamily()) & set(price_figure.families())
    ]
    assert used, f"{text.get_text()!r} is in {text.get_fontfamily()}"
    known = frozenset[int]().union(*(price_figure.letters(file) for file in used))
    return {char for char in text.get_text() if not char.isspace() and ord(char) not in known}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("chart", [KOREAN, ENGLISH])
def test_every_text_has_its_letters(
    chart: Chart, dark: bool, recwarn: pytest.WarningsRecorder
) -> None:
    figure = price_figure.figure(chart, dark=dark)
    figure.canvas.draw()
    shown = texts(figure)
    assert shown
    assert not [text.get_text() for text in shown if lacking(text)]
    assert not [str(one.message) for one in recwarn if "missing from" in str(one.message)]


@pytest.mark.parametrize("chart", [KOREAN, ENGLISH])
def test_letters_can_be_read_on_a_telephone(chart: Chart) -> None:
    figure = price_figure.figure(chart, dark=False)
    figure.canvas.draw()
    assert figure.bbox.width == 1080
    for text in texts(figure):
        size = text.get_fontproperties().get_size_in_points() * figure.dpi / 72
        path = TextPath((0, 0), "0", size=size, prop=text.get_fontproperties())
        assert path.get_extents().height >= 27.5, text.get_text()  # pixels, less a serif's rounding


def test_names_that_no_font_can_spell_are_named_otherwise() -> None:
    shown = [text.get_text() for text in texts(price_figure.figure(KOREAN, dark=False))]
    assert "source" in shown
    assert "네이버쇼핑" in shown


def test_a_name_without_another_spelling_keeps_the_letters_it_can() -> None:
    chart = Chart("가격 🔥", (line("가게🔥", 1, latin=""),), axes=AXES)
    shown = [text.get_text() for text in texts(price_figure.figure(chart, dark=False))]
    assert {"가격", "가게"} <= set(shown)


def test_without_a_korean_font_latin_letters_alone_are_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    price_figure.families.cache_clear()
    monkeypatch.setattr(price_figure, "korean_font", lambda: None)
    figure = price_figure.figure(KOREAN, dark=False)
    figure.canvas.draw()
    shown = "".join(text.get_text() for text in texts(figure))
    price_figure.families.cache_clear()
    assert shown.isascii() or set(shown) - {"₩"} == {c for c in shown if c.isascii()}
    assert "DD1391-100" in shown


def test_gaps_are_not_joined_and_single_days_are_dots() -> None:
    parts = [len(part) for part in segments(KOREAN.lines[0].points)]
    assert parts == [3, 2]
    figure = price_figure.figure(ENGLISH, dark=False)
    (dot,) = figure.axes[0].lines
    assert dot.get_marker() == "o"


async def test_light_and_dark_differ_and_stand_beneath_a_photo() -> None:
    photo = BytesIO()
    Image.new("RGB", (300, 400), "blue").save(photo, "JPEG")
    drawer = ChartDrawer()
    alone = await drawer.draw(KOREAN)
    below = await drawer.draw(KOREAN, photo.getvalue())
    assert isinstance(alone, ChartPicture)
    assert isinstance(below, ChartPicture)
    light, dark = (Image.open(BytesIO(data)) for data in (alone.light, alone.dark))
    assert light.size == dark.size == (1080, 810)
    assert sum(light.convert("L").getpixel((2, 2)) for _ in "x") > 200  # type: ignore[misc]
    assert Image.open(BytesIO(below.light)).size == (1080, 1210)
    assert await drawer.draw(KOREAN, b"no jpeg") is None


def test_a_hostile_chart_is_drawn() -> None:
    many = tuple(line(f"가게 {n}\n$x^2$ _{{", *range(n, 200, 7)) for n in range(12))
    huge = PriceLine("x" * 300, ((DAY, 2**62), (DAY + timedelta(days=1), 1)), "x")
    assert drawn(Chart("$\\frac{", (*many, huge), axes=AXES, latin="x")).light


async def test_pages_show_what_was_seen(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    recorder = PriceRecorder(store.prices_seen)
    prices = FakePrices()
    prices.set_prices("FU9006", 99_000, 120_000)
    memory = Memory(recorder, ChartDrawer())
    tables = store.interactions, store.people, store.photos
    conversation = Conversation(FakeReader(), prices, *tables, lambda: NOON, memory=memory)

    async def say(event: CommandSent | TextSent) -> RecordingReplies:
        replies = RecordingReplies()
        await conversation.handle(MINSU, event, replies)
        return replies

    assert not (await say(CommandSent("h0", "history"))).last.image
    await say(TextSent("t", "FU9006"))
    recorder.hear(quote("FU9006", 99_000, 120_000))
    assert not (await say(CommandSent("h1", "history"))).last.image  # one day is no line
    before = quote("FU9006", 95_000)
    recorder.hear(replace(before, fetched_at=before.fetched_at - timedelta(days=1)))
    page = (await say(CommandSent("h2", "history"))).last
    assert page.image
    assert page.dark
    assert page.image != page.dark
    await store.close()


async def test_what_was_heard_is_kept_by_day_and_source(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    recorder = PriceRecorder(store.prices_seen)
    await recorder.start()
    for each in (quote("FU9006", 99_000, 120_000), quote("FU9006", 95_000), quote("FU9006")):
        recorder.hear(each)
    await recorder.stop()
    (kept,) = await store.prices_seen.of({"FU9006"}, DAY)
    assert kept == PriceSeen("FU9006", "fake", "Fake shop", DAY, 95_000, 95_000, 1)
    await store.close()


def test_the_day_is_korea_s() -> None:
    late = quote("FU9006", 99_000)
    assert (seen := seen_in(late)) is not None
    assert seen.day == datetime(2026, 11, 20).date()
    assert seen_in(quote("FU9006")) is None


async def test_every_source_of_the_look_up_is_heard(tmp_path: Path) -> None:
    import aiohttp  # noqa: PLC0415

    from benchmarks.stand_ins.elevenst import ELEVENST_KEY, FakeElevenStreet  # noqa: PLC0415

    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    recorder = PriceRecorder(store.prices_seen)
    async with FakeElevenStreet() as shop, aiohttp.ClientSession() as session:
        settings = settings_in(tmp_path, elevenst_key=ELEVENST_KEY, elevenst_url=shop.url)
        lookup = price_lookup(settings, session, store.catalogue, store.price_calls, recorder.hear)
        await lookup.quote("DD1391-100")
        assert await lookup.knows(["DD1391-100", "DD1391-999"]) == {
            "DD1391-100": True,
            "DD1391-999": False,
        }
    (kept,) = await recorder.of({"DD1391100"}, date(2020, 1, 1))
    assert (kept.source, kept.lowest_won) == ("elevenst", 119_000)
    await store.close()


async def test_drawing_does_not_hold_up_the_loop() -> None:
    drawing = asyncio.create_task(ChartDrawer().draw(KOREAN))
    ticks = 0
    while not drawing.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks > 3
