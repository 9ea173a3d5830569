"""The same conversation over the real database and photo folder, restarted at every step."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.talk.buttons import parse
from bot.talk.conversation import Conversation
from bot.talk.types import CommandSent, Event, PhotoSent, PriceAsked, TextSent
from storage.store import Store
from storage.types import Who
from stylecode import PrintedDate, TagFields
from tests.bot.room import ANN, MINSU, NOON
from tests.fakes.postgres import PostgresServer
from tests.fakes.prices import FakePrices
from tests.fakes.reader import FakeReader, reading
from tests.fakes.replies import RecordingReplies


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/p.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.empty()


async def test_photo_to_history_with_a_restart_at_every_step(tmp_path: Path, url: str) -> None:
    march = PrintedDate("2024.03", date(2024, 3, 1), date(2024, 3, 31))
    fields = TagFields("Nike", (("US", "9"),), made_in="Vietnam", dates=(march,))
    told = "On the tag: Nike · US 9 · made in Vietnam · 2024-03"
    reader = FakeReader(default=reading("DD1391-100", "DD1391-108", fields=fields))
    prices = FakePrices()
    prices.set_prices("DD1391-180", 77_000)
    steps = 0

    async def handle(event: Event, who: Who = ANN) -> RecordingReplies:
        nonlocal steps
        steps += 1
        store = await Store.open(url, tmp_path / "photos")
        try:
            tables = store.interactions, store.people, store.photos
            replies = RecordingReplies()
            conversation = Conversation(reader, prices, *tables, lambda: NOON)
            await conversation.handle(who, event, replies)
            return replies
        finally:
            await store.close()

    async def press(data: str) -> RecordingReplies:
        return await handle(parse(f"press-{steps}", data))

    async def fetch() -> bytes:
        return b"photo"

    photo = await handle(PhotoSent("photo", fetch))
    again = await handle(PhotoSent("photo", fetch))
    assert photo.text.splitlines()[-1] == told
    assert again.sent == photo.sent  # although nothing but the row remembers it
    assert len(reader.reads) == 1
    await press(photo.data("edit"))
    interaction = photo.last.interaction
    place = await press(f"char:{interaction}:8")
    eight = [c.data for c in place.choices() if c.label == "8" and c.data.startswith("set:")]
    editor = await press(eight[0])
    assert "₩77,000" in editor.text  # a price source knows the mended code
    answer = await press(editor.data("consent"))  # asked once, with the first code said
    assert "Thank you" in answer.text
    stranger = await handle(parse("x", photo.data("confirm")), MINSU)
    assert "다른 분" in stranger.text
    history = await handle(CommandSent("h", "history"))
    assert history.choices()[0].label == "DD1391-180 · 2026-11-20 · ₩77,000"
    opened = await press(history.data("open"))
    assert "unchanged" in opened.text
    assert told in opened.text.splitlines()
    assert opened.last.image is not None
    ask = await handle(CommandSent("d", "delete"))
    assert "with the one code" in (await press(ask.data("forget"))).text
    assert not list((tmp_path / "photos").rglob("*.jpg"))
    assert "not looked up" in (await handle(CommandSent("h2", "history"))).text


async def test_nul_characters_in_what_people_say_are_passed_over(tmp_path: Path, url: str) -> None:
    prices = FakePrices()
    prices.set_prices("DD1391-100", 77_000)
    store = await Store.open(url, tmp_path / "photos")
    tables = store.interactions, store.people, store.photos
    conversation = Conversation(FakeReader(), prices, *tables, lambda: NOON)

    async def said(event: Event) -> str:
        replies = RecordingReplies()
        await conversation.handle(ANN, event, replies)
        return "\n".join([replies.text, *(choice.label for choice in replies.choices())])

    assert "₩77,000" in await said(TextSent("typed", "\0DD1391\0-100\0"))
    assert "₩77,000" in await said(PriceAsked("elsewhere", "DD1391-1\x0000"))
    for key, term in (("code", "DD\x001391"), ("brand", "Ni\0ke"), ("nothing", "\0")):
        assert "DD1391-100 · " in await said(CommandSent(key, "history", term))
    assert "“zz”" in await said(CommandSent("none", "history", "z\0z"))
    row = await store.interactions.latest(ANN)
    assert row is not None
    assert row.code == "DD1391-100"
    await store.close()
