"""Captions and other words around codes, as Telegram delivers them."""

from __future__ import annotations

from benchmarks.stand_ins.telegram.people import Person
from tests.fakes.reader import reading, tag_jpeg
from tests.telegram.bench import Bench

PHOTO = tag_jpeg()
FILM = {"file_id": "F9", "file_unique_id": "U9", "width": 9, "height": 9, "duration": 1}


async def test_a_photos_caption_is_offered(bench: Bench, minji: Person) -> None:
    bench.reader.default = reading(jpeg=PHOTO)
    async with bench.bot() as store:
        await minji.send_photo(PHOTO, "DD1391-100 270 얼마예요? 010-1234-5678")
        (answer,) = await minji.answered()
        assert "함께 적어 주신 품번" in answer.text
        await minji.press(answer, "confirm")
        seen = await minji.until(lambda seen: any("129,000" in each.text for each in seen))
        row = await store.interactions.get(1)
    assert seen and row is not None and row.code == "DD1391-100"


async def test_a_films_and_a_files_caption_are_read_as_text(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        for content in (
            {"video": FILM},
            {"document": {"file_id": "F8", "file_unique_id": "U8", "mime_type": "text/csv"}},
        ):
            await minji.send(None, **content, caption="이거요 DD1391-100 265")
        seen = await minji.until(lambda seen: len(seen) >= 2)
    assert all(each.codes == ["DD1391-100"] and "129,000" in each.text for each in seen)


async def test_a_film_without_a_code_gets_the_help(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        await minji.send(None, video=FILM, caption="예뻐요")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
    assert answer.text.startswith("신발 태그 사진을 보내거나")


async def test_a_forwarded_post_with_several_codes(bench: Bench, minji: Person) -> None:
    post = (
        "🔥 오늘의 특가!\n1. 덩크 DD1391-100 99,000원\n2. 삼바 B75806 89,000원\n문의 010-1234-5678"
    )
    async with bench.bot():
        await minji.send_text(post)
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        assert [button["text"] for button in answer.buttons] == ["DD1391-100", "B75806"]
        await minji.press(answer, "each")
        seen = await minji.until(lambda seen: len(seen) >= 2)
    assert seen[1].codes == ["DD1391-100"] and "129,000" in seen[1].text
