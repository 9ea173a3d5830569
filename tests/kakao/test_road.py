"""The whole conversation over the skill server."""

from __future__ import annotations

import json

import pytest

from benchmarks.stand_ins.kakao.platform import Json, Talker
from tests.fakes.reader import reading, tag_jpeg
from tests.kakao.bench import Bench

DOUBTFUL = reading("DD1391-100", "DD1391-108", "DD1397-100", confidence=0.7)


def secure(*urls: str, agreed: str = "Y", between: str = ",") -> dict[str, str]:
    value = {
        "privacyAgreement": agreed,
        "imageQuantity": str(len(urls)),
        "secureUrls": f"List({between.join(urls)})",
        "expire": "2026-12-15T11:56:40+0000",
    }
    return {"tag": json.dumps(value)}


async def test_a_photo_is_confirmed_and_priced(bench: Bench) -> None:
    bench.reader.default = DOUBTFUL
    async with bench.bot() as skill:
        minji = bench.person(skill)
        seen = await minji.send(tag_jpeg())
        assert "DD1391-100" in seen.text
        assert seen.card("simpleImage")["altText"] == "DD1391-100"
        assert seen.has("DD1391-108")
        prices = await minji.press(seen, "맞아요")
        card = prices.card("listCard")
        assert "129,000원" in card["items"][0]["title"]
        assert card["items"][0]["link"]["web"] == "https://shop.example/129000"
        assert card["items"][0]["imageUrl"] == "https://bot.example/kakao/shoe.png"
        assert card["buttons"][0]["action"] == "webLink"


async def test_one_offer_is_a_commerce_card(bench: Bench) -> None:
    bench.prices.set_prices("DD1391-100", 129_000)
    async with bench.bot() as skill:
        card = (await bench.person(skill).say("DD1391-100")).card("commerceCard")
        assert (card["price"], card["currency"]) == (129_000, "won")
        assert card["thumbnails"][0]["link"]["web"] == "https://shop.example/129000"
    async with bench.bot(public_url=None) as skill:  # no picture for it, so no commerce card
        seen = await bench.person(skill, "u2").say("DD1391-100")
        assert "129,000원" in seen.card("listCard")["items"][0]["title"]


def ways(minji: Talker, url: str, other: str) -> dict[str, Json]:
    """Every way in which a photo arrives."""
    media, origin = minji.payload(url), minji.payload("사진")
    media["userRequest"]["params"]["media"] = {"type": "image", "url": url}
    origin["action"]["detailParams"] = {"tag": {"origin": f"List({url})", "value": ""}}
    return {
        "bare": minji.payload(url, trigger="IMAGE_UPLOAD"),
        "untold": minji.payload(url),
        "media": media,
        "plug-in": minji.payload("사진", params=secure(url)),
        "two": minji.payload("사진", params=secure(url, other)),
        "two, spaced": minji.payload("사진", params=secure(url, other, between=", ")),
        "origin": origin,
        "parameter": minji.payload("사진", params={"photo": url}),
    }


async def test_a_photo_arrives_in_every_way(bench: Bench) -> None:
    url, other = (bench.kakao.upload(tag_jpeg(code)) for code in ("DD1391-100", "DD1391-108"))
    async with bench.bot() as skill:
        for number, way in enumerate(ways(bench.person(skill), url, other)):
            minji = bench.person(skill, f"u{number}")
            bench.reader.reads.clear()
            seen = await minji.post(ways(minji, url, other)[way])
            assert "DD1391-100" in seen.text, way
            assert len(bench.reader.reads) == (2 if "two" in way else 1), way


@pytest.mark.parametrize(
    ("public_url", "kind"), [("https://b.example", "basicCard"), (None, "textCard")]
)
async def test_several_photos_get_a_card_each_and_the_rest_a_page(
    bench: Bench, public_url: str | None, kind: str
) -> None:
    bench.reader.default = DOUBTFUL
    async with bench.bot(public_url=public_url) as skill:
        minji = bench.person(skill)
        urls = [bench.kakao.upload(tag_jpeg(f"DD1391-10{n}")) for n in range(5)]
        seen = await minji.say("사진", params=secure(*urls))
        titles = [output[kind]["title"] for output in seen.outputs]
        assert titles == [f"사진 {n} · DD1391-100" for n in (1, 2, 3)]
        says = [output[kind]["buttons"][0]["messageText"] for output in seen.outputs]
        assert len(set(says)) == 3
        rest = await minji.press(seen, "더 보기")
        assert [o[kind]["title"] for o in rest.outputs] == [
            "사진 4 · DD1391-100",
            "사진 5 · DD1391-100",
        ]
        minji.keeps_extra = False  # the second photo's button, by its words alone
        await minji.say(says[1])
        async with bench.store() as store:
            second = await store.interactions.get(2)
            assert second and second.code == "DD1391-100"
            first = await store.interactions.get(1)
            assert first and first.code is None


async def test_photos_that_were_not_agreed_to_are_not_fetched(bench: Bench) -> None:
    async with bench.bot() as skill:
        url = bench.kakao.upload(tag_jpeg())
        seen = await bench.person(skill).say("사진", params=secure(url, agreed="N"))
        assert "동의하지 않으셔서" in seen.text
    assert bench.kakao.fetched == []


@pytest.mark.parametrize("keeps_extra", [True, False])
async def test_one_wrong_character_is_mended(bench: Bench, keeps_extra: bool) -> None:
    bench.reader.default = reading("DD1391-1O0", "DD1391-108", confidence=0.7)
    async with bench.bot() as skill:
        minji = bench.person(skill)
        minji.keeps_extra = keeps_extra
        seen = await minji.send(tag_jpeg())
        seen = await minji.press(seen, "고치기")
        while not seen.has("O"):
            seen = await minji.press(seen, "더 보기")
            assert seen.has("완료")  # on every page
        seen = await minji.press(seen, "O")
        seen = await minji.press(seen, "0")
        if seen.has("완료"):  # a code that is known is taken at once
            seen = await minji.press(seen, "완료")
        assert "129,000원" in seen.text
        async with bench.store() as store:
            row = await store.interactions.get(1)
            assert row and row.code == "DD1391-100"


async def test_every_page_of_all_characters_can_be_reached_and_typed(bench: Bench) -> None:
    bench.reader.default = reading("DD1391-1O0", confidence=0.7)
    async with bench.bot() as skill:
        minji = bench.person(skill)
        seen = await minji.press(await minji.send(tag_jpeg()), "고치기")
        seen = await minji.press(seen, "1")  # the fourth character
        labels: list[str] = []
        while True:
            labels += [reply["label"] for reply in seen.replies]
            if not seen.has("더 보기"):
                break
            seen = await minji.press(seen, "더 보기")
        assert set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./␣") <= set(labels)
        seen = await minji.say("7")  # typed, without turning back to its page
        assert "7" in seen.text.split("\\n")[0]


async def test_words_are_commands(bench: Bench) -> None:
    async with bench.bot() as skill:
        minji = bench.person(skill)
        assert "아직 찾아본 품번이 없어요" in (await minji.say("기록")).text
        await minji.say("DD1391-100")
        for words in ("기록", "히스토리", "/history", "내 기록"):
            seen = await minji.say(words)
            assert "• DD1391-100" in seen.text, words
        again = await minji.say(seen.replies[0]["messageText"])
        assert "129,000원" in again.text
        assert "I will speak English" in (await minji.say("언어 영어")).text
        seen = await minji.press(await minji.say("language"), "한국어")
        assert "한국어로" in seen.text
        assert "이렇게 써 보세요" in (await minji.say("도움말")).text
        seen = await minji.say("삭제")
        gone = await minji.press(seen, "모두 지우기")
        assert "모두 지웠어요" in gone.text
        assert "아직 찾아본 품번이 없어요" in (await minji.say("기록")).text


async def test_deleting_takes_requests_and_pictures_along(bench: Bench) -> None:
    async with bench.bot() as skill:
        minji = bench.person(skill)
        seen = await minji.send(tag_jpeg())
        link = seen.card("simpleImage")["imageUrl"]
        path = link.removeprefix("https://bot.example")
        picture = skill.removesuffix("/kakao/skill") + path
        async with bench.kakao.session.get(picture) as got:
            assert got.status == 200
            assert got.content_type == "image/jpeg"
            assert got.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        forged = picture[:-1] + ("0" if picture[-1] != "0" else "1")
        async with bench.kakao.session.get(forged) as got:
            assert got.status == 404
        await minji.press(await minji.say("삭제"), "모두 지우기")
        async with bench.kakao.session.get(picture) as got:
            assert got.status == 404
    data = b"".join(path.read_bytes() for path in bench.folder.glob("pumbeon.db*"))
    assert b"DD1391-100" not in data


async def test_somebody_else_cannot_press(bench: Bench) -> None:
    bench.reader.default = DOUBTFUL
    async with bench.bot() as skill:
        seen = await bench.person(skill, "u1").send(tag_jpeg())
        other = bench.person(skill, "u2")
        assert "다른 분의 버튼" in (await other.press(seen, "맞아요")).text
        assert "다른 분의 버튼" in (await other.say("결과 보기", extra={"data": "kresult:1"})).text
        assert "품번이라기에는" not in (await other.say("x", extra={"data": "no such verb"})).text


async def test_the_welcome_block_greets(bench: Bench) -> None:
    async with bench.bot() as skill:
        block = {"id": "w", "name": "웰컴 블록"}
        assert "안녕하세요" in (await bench.person(skill).say("안녕", block=block)).text


async def test_typed_words_around_codes(bench: Bench) -> None:
    async with bench.bot() as skill:
        minji = bench.person(skill)
        seen = await minji.say("덩크 DD1391-100 270 얼마예요? 010-1234-5678")
        assert "DD1391-100" in seen.text and "1234-5678" not in str(seen.outputs)
        link = await minji.say("https://shop.example/p?styleCode=DD1391-100")
        assert "DD1391-100" in link.text
        assert "링크에는 품번이 없고" in (await minji.say("https://shop.example/p/20931")).text
        several = await minji.say("DD1391-100, B75806")
        assert [button["label"] for button in several.replies] == ["DD1391-100", "B75806"]
        priced = await minji.press(several, "DD1391-100")
        assert "129,000원" in str(priced.outputs)
