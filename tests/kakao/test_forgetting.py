"""Over KakaoTalk: after "delete everything" no table holds the person or what they sent."""

from __future__ import annotations

from tests.fakes.reader import tag_jpeg
from tests.kakao.bench import Bench
from tests.storage.everything import held

MINJI = "minji-4711"


async def test_nothing_is_left(bench: Bench) -> None:
    async with bench.bot() as skill, bench.store() as store:
        minji, paul = bench.person(skill, MINJI), bench.person(skill, "paul-0815")
        await paul.say("DD1391-100")
        await minji.press(await minji.send(tag_jpeg()), "맞아요")
        asked = await minji.say("/delete")
        before = await held(store.database, MINJI)
        assert set(before) >= {"interactions", "kakao_turns"}
        gone = await minji.press(asked, "모두 지우기")
        assert "지웠어요" in gone.text
        assert await held(store.database, MINJI) == {}
        assert "interactions" in await held(store.database, "paul-0815")
