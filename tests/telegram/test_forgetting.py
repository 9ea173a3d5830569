"""Over Telegram: after "Delete everything" no table holds the person or what they sent."""

from __future__ import annotations

from benchmarks.stand_ins.telegram.people import Person
from tests.fakes.reader import tag_jpeg
from tests.storage.everything import held
from tests.telegram.bench import Bench, settled


async def test_nothing_is_left(bench: Bench, minji: Person, paul: Person) -> None:
    async with bench.bot() as store:
        await paul.send_text("DD1391-100")
        await paul.answered()
        await minji.send_photo(tag_jpeg())
        (photo,) = await minji.answered()
        await minji.press(photo, "confirm")
        await settled(store.inbox)
        await minji.send_text("/history DD1391")
        await minji.answered(3)
        await minji.send_text("/delete")
        seen = await minji.until(lambda seen: "forget:" in str(seen[-1].buttons))
        user = str(minji.user["id"])
        before = await held(store.database, user)
        assert set(before) >= {"interactions", "people", "inbox", "posts"}
        await minji.press(seen[-1], "forget")
        await minji.until(lambda seen: "지웠어요" in seen[-1].text)
        await settled(store.inbox)
        assert await held(store.database, user) == {}
        assert "interactions" in await held(store.database, str(paul.user["id"]))
