"""The web chat shows a chart of prices seen, for light and for dark pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import aiohttp
from PIL import Image

from bot.app import running
from storage.store import Store
from storage.watch_types import PriceSeen
from tests.fakes.serving import ServingReader, settings_in
from tests.web.client import Person


async def test_history_has_a_chart_in_both_themes(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    store = await Store.open(settings.database_url, settings.photos_in)
    await store.catalogue.import_list("code,name,price\nDD1391-100,덩크,129000\n")
    before = datetime.now(UTC).date() - timedelta(days=5)
    await store.prices_seen.add(
        [PriceSeen("DD1391100", "catalogue", "Catalogue", before, 139_000, 139_000, 1)]
    )
    await store.close()
    jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
    async with (
        running(settings, ServingReader().open) as url,
        aiohttp.ClientSession(cookie_jar=jar) as session,
    ):
        person = Person(session, url)
        await person.log()  # the cookie
        await person.text("DD1391-100")
        (page,) = (await person.text("/history")).bot
        assert page["dark"]
        pictures = []
        for address in (page["image"], f"{page['image']}&dark=1"):
            async with session.get(f"{url}{address}") as response:
                pictures.append(Image.open(BytesIO(await response.read())).convert("L"))
        watch = (await person.text("/watch DD1391-100 10,000")).bot[0]
        assert "DD1391-100" in watch["text"]
    light, dark = (picture.getpixel((3, 3)) for picture in pictures)
    assert isinstance(light, int)
    assert isinstance(dark, int)
    assert (light > 200, dark < 60) == (True, True)
