"""The page where the code is marked, inside Telegram: only with Telegram's proof."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels.web.mini_app import FRAMED_BY, MiniApp
from bot.channels.web.page import STATIC, html
from bot.channels.web.types import WebShelves
from bot.running.server import Readiness, build
from bot.talk.buttons import parse
from bot.talk.conversation import Conversation
from bot.talk.types import Event, MarkSent, PhotoSent
from storage.store import Store
from storage.types import Quad, Who
from tests.fakes.mini_app import TOKEN, signed
from tests.fakes.prices import FakePrices
from tests.fakes.reader import reading, tag_jpeg
from tests.fakes.replies import RecordingReplies
from tests.fakes.serving import ServingReader

MINA = Who("telegram", "42", "ko")
CORNERS = [[0.1, 0.2], [0.9, 0.2], [0.9, 0.5], [0.1, 0.5]]


class ChatMarks:
    """Answers marks as the Telegram channel does: stored first, read a little later."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.chat = RecordingReplies()
        self.marks: list[Quad] = []
        self.tasks: set[asyncio.Task[None]] = set()

    async def marked(self, user: str, locale: str, interaction: int, corners: Quad) -> None:
        if any(not 0 <= share <= 1 for corner in corners for share in corner):
            raise ValueError("no shares")
        self.marks.append(corners)
        self.answer(user, locale, MarkSent(f"mark-{len(self.marks)}", interaction, corners))

    async def pressed(self, user: str, locale: str, data: str, name: str) -> None:
        self.answer(user, locale, parse(f"press-{name}", data))

    def answer(self, user: str, locale: str, event: Event) -> None:
        answer = self.conversation.handle(Who("telegram", user, locale), event, self.chat)
        task = asyncio.create_task(answer)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


class Served:
    """A running Mini App with one photo of Mina's that showed no code."""

    def __init__(self, url: str, row: int, marks: ChatMarks, reader: ServingReader) -> None:
        self.url, self.row, self.marks, self.reader = url, row, marks, reader

    async def post(self, path: str, **fields: Any) -> tuple[int, bytes]:
        body = {"init": signed(42, datetime.now(UTC)), "interaction": self.row, **fields}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url + path, json=body) as got,
        ):
            return got.status, await got.read()

    async def json(self, path: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        status, body = await self.post(path, **fields)
        said: dict[str, Any] = json.loads(body)
        return status, said


async def serve(folder: Path) -> tuple[Served, web.AppRunner, Store]:
    store = await Store.open(f"sqlite+aiosqlite:///{folder / 'app.db'}", folder / "photos")
    reader = ServingReader(default=reading())
    reader.marked = reading("DD1391-100", "DD1391-108", confidence=0.6)
    conversation = Conversation(
        reader,
        FakePrices(),
        store.interactions,
        store.people,
        store.photos,
        lambda: datetime.now(UTC),
    )
    jpeg = tag_jpeg()

    async def fetch() -> bytes:
        return jpeg

    sink = RecordingReplies()
    await conversation.handle(MINA, PhotoSent("photo-1", fetch), sink)
    shelves = WebShelves(store.chat, store.people, store.interactions, store.photos)
    marks = ChatMarks(conversation)
    page = html("mark/index.html")
    mini = MiniApp(shelves, marks, TOKEN, lambda: datetime.now(UTC), page, patience_s=3.0)
    app = build(Readiness(store.ready), [*mini.routes(), web.static("/static", STATIC)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return Served(url, sink.last.interaction, marks, reader), runner, store


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Served]:
    served, runner, store = await serve(tmp_path)
    yield served
    await asyncio.gather(*served.marks.tasks)
    await runner.cleanup()
    await store.close()


async def test_the_page_may_stand_in_telegrams_frame_alone(app: Served) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{app.url}/mark?interaction=1") as got:
            assert got.status == 200
            policy = got.headers["Content-Security-Policy"]
            assert policy.endswith(f"frame-ancestors {FRAMED_BY}")
            assert "script-src 'self'" in policy
            assert "X-Frame-Options" not in got.headers
            assert "X-Framed-By" not in got.headers
            assert "Set-Cookie" not in got.headers
            assert "http" not in (await got.text()).replace("http-equiv", "")  # nothing from afar
        async with session.get(f"{app.url}/health") as got:
            assert got.headers["X-Frame-Options"] == "DENY"


async def test_the_whole_road(app: Served) -> None:
    status, photo = await app.post("/mark/photo")
    assert (status, photo[:2]) == (200, b"\xff\xd8")
    status, read = await app.json("/mark/read", corners=CORNERS)
    assert (status, read["code"], "60%" in read["text"]) == (200, "DD1391-100", True)
    assert app.reader.marks == [tuple(map(tuple, CORNERS))]
    assert app.marks.chat.last.code == "DD1391-100"  # and it stands in the chat
    name = "confirm-0001"
    status, said = await app.json("/mark/confirm", code="DD1391-100", id=name)
    assert (status, said) == (200, {"text": "The prices are in the chat now."})
    await asyncio.gather(*app.marks.tasks)
    prices = app.marks.chat.sent[
        2
    ]  # before them the message that was confirmed, behind them comes the question about training
    assert prices.code == "DD1391-100"
    assert "네이버 쇼핑" in str(prices.rows)
    assert await app.json("/mark/confirm", code="DD1391-100", id=name) == (200, said)
    status, _ = await app.json("/mark/confirm", code="FU9006", id="confirm-0002")
    assert status == 400


async def test_a_look_alike_can_be_picked(app: Served) -> None:
    app.reader.marked = reading("CN8607-O02", "CN8607-002", confidence=0.5)
    _, read = await app.json("/mark/read", corners=CORNERS)
    assert read["code"] == "CN8607-O02"
    assert {"code": "CN8607-002"} in read["others"]
    status, said = await app.json("/mark/confirm", code="CN8607-002", id="confirm-0003")
    assert (status, said) == (200, {"text": "The prices are in the chat now."})
    await asyncio.gather(*app.marks.tasks)
    assert "CN8607-002" in [reply.code for reply in app.marks.chat.sent]


NOW = datetime.now(UTC)
FORGED = {
    "nothing": "",
    "no text": 7,
    "forged": signed(42, NOW, token="123456789:another_another_another_another_an"),
    "stale": signed(42, NOW - timedelta(hours=2)),
    "repeated": signed(42, NOW) + "&auth_date=1",
    "changed": signed(42, NOW).replace("42", "43"),
}


PATHS = ("/mark/photo", "/mark/read", "/mark/confirm")


async def test_without_proof_there_is_nothing(app: Served) -> None:
    for path in PATHS:
        for kind, init in FORGED.items():
            status, said = await app.json(path, init=init, corners=CORNERS)
            assert (kind, status, said["error"]) == (kind, 403, "not_proven")
    assert app.marks.marks == []


async def test_other_peoples_photos_are_not_there(app: Served) -> None:
    for path in PATHS:
        others = await app.json(path, init=signed(43, NOW), corners=CORNERS, code="DD1391-100")
        missing = await app.json(path, interaction=app.row + 1000, corners=CORNERS)
        senseless = await app.json(path, interaction="1", corners=CORNERS)
        assert others == missing == senseless
        assert others[0] == 404
    assert app.marks.marks == []


BAD: Sequence[Any] = (None, [], CORNERS[::-1], CORNERS[:3], [[float("nan"), 0], *CORNERS[1:]])


async def test_senseless_corners_are_refused(app: Served) -> None:
    for corners in BAD:
        status, said = await app.json("/mark/read", corners=corners)
        assert (status, said["error"]) == (400, "bad_mark")
    assert app.marks.marks == []


async def test_a_frame_over_the_edge_ends_at_the_edge(app: Served) -> None:
    over = [[-0.1, -0.1], [1.1, -0.1], [1.1, 0.5], [-0.1, 0.5]]
    status, _ = await app.json("/mark/read", corners=over)
    assert status == 200
    assert app.marks.marks == [((0, 0), (1, 0), (1, 0.5), (0, 0.5))]


async def test_nothing_found_is_said(app: Served) -> None:
    app.reader.marked = reading()
    assert await app.json("/mark/read", corners=CORNERS) == (
        200,
        {"code": "", "text": "", "others": []},
    )


async def test_a_database_that_fails_is_told(app: Served, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "app.db")) as other:
        other.execute("DROP TABLE interactions")
    status, told = await app.json("/mark/read", corners=CORNERS)
    assert (status, told["error"]) == (503, "later")
    assert "Nothing can be kept right now" in told["message"]
