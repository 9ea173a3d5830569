"""The Mini App in a browser, over the real Telegram channel and a strict Bot API server."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TOKEN, TelegramServer
from bot.app import running
from tests.fakes.mini_app import signed
from tests.fakes.reader import reading, tag_jpeg
from tests.fakes.serving import ServingReader, settings_in
from tests.web.browser import needs_chromium
from tests.web.conftest import Visit

T = TypeVar("T")


class Loop:
    """An event loop in a thread, for tests that block."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


@contextmanager
def talking(folder: Path) -> Iterator[tuple[Loop, Person, str]]:
    """The whole application, and Mina, who has sent a photo that shows no code."""
    loop, server, mina = Loop(), TelegramServer(), None
    reader = ServingReader(default=reading())
    reader.marked = reading("DD1391-100", "DD1391-108", confidence=0.6)

    async def begin() -> tuple[Any, Person, str]:
        await server.__aenter__()
        settings = settings_in(
            folder,
            telegram_bot_token=TOKEN,
            telegram_api_url=server.api_url,
            telegram_file_url=server.file_url,
            public_url="https://bot.example",
        )
        app = running(settings, reader.open)
        url = await app.__aenter__()
        person = Person(server, 42, "ko")
        await person.send_photo(tag_jpeg())
        return app, person, url

    app, mina, url = loop.run(begin())
    try:
        yield loop, mina, url
    finally:
        loop.run(app.__aexit__(None, None, None))
        loop.run(server.__aexit__(None, None, None))
        loop.end()


@needs_chromium
def test_what_is_marked_and_confirmed_is_answered_in_the_chat(tmp_path: Path, visit: Visit) -> None:
    theme = quote(json.dumps({"bg_color": "#17212b"}))
    init = quote(signed(42, datetime.now(UTC), token=TOKEN))
    told = f"#tgWebAppData={init}&tgWebAppVersion=8.0&tgWebAppThemeParams={theme}"
    with talking(tmp_path) as (loop, mina, url), visit(url) as page:
        (answer,) = loop.run(mina.until(lambda seen: bool(seen and seen[0].keyboard)))
        opens = next(
            button["web_app"]["url"]
            for row in answer.keyboard
            for button in row
            if "web_app" in button
        )
        address = url + opens.removeprefix("https://bot.example")
        page.size(390, 844)
        page.driver.get(address + told)
        page.wait(lambda: page.all(".crop[style*=width]"))
        assert page.driver.execute_script("return document.documentElement.dataset.theme") == "dark"
        assert page.complaints() == []
        page.shot(tmp_path / "mini-app.png")
        page.find(".read").click()
        page.wait(lambda: page.all(".found"))
        assert page.find(".found").text == "DD1391-100"
        assert page.find(".result p").text.startswith("확률 ")
        page.find(".result .primary").click()
        page.wait(lambda: "가격을 대화에 보냈어요" in page.find(".result").text)
        seen = loop.run(mina.until(lambda seen: len(seen) >= 3))
        assert "네이버 쇼핑" in str(seen[2].keyboard)
        assert seen[2].codes == ["DD1391-100"]
        page.shot(tmp_path / "mini-app-confirmed.png")
        assert page.errors() == []
        page.driver.get("about:blank")
        page.driver.get(address)  # not from Telegram
        page.wait(lambda: page.all("#marking .bad"))
