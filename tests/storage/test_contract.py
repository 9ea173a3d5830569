"""What `bot.talk.ports` promises, over the in-memory fakes and over the real store alike."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.types import (
    Draft,
    Interaction,
    Status,
    StoredCandidate,
    Who,
)
from stylecode import PrintedDate, TagFields
from tests.storage.contract import JUN, MINA, NOW, Parts, barcode, quote

FIELDS = TagFields(
    brand="Nike",
    sizes=(("US", "9.5"), ("EUR", "42 2/3"), ("KR", "275")),
    colour="흰색/WHITE",
    made_in="Vietnam",
    dates=(
        PrintedDate("2024.03", date(2024, 3, 1), date(2024, 3, 31)),
        PrintedDate("03/04/21"),
    ),
    barcodes=("195866123457",),
    price_won=129_000,
)


def full(row: Interaction) -> Interaction:
    """The row with every mutable column set to something that is easy to lose."""
    candidate = StoredCandidate(
        code="DD1391-100",
        confidence=0.9731,
        quad=((1.5, 2.0), (30.25, 2.5), (30.0, 12.0), (1.0, 11.5)),
        alternatives=((("D", 0.98), ("O", 0.01)), (), (("1", 0.6), ("I", 0.4))),
        witnesses=2,
    )
    return replace(
        row,
        status=Status.EDITED,
        photo="ab" * 32,
        candidates=(candidate, StoredCandidate("품번-1", 0.1)),
        models={"detector": "craft-1", "reader": "trba-1"},
        timings_ms={"detect": 120.5, "read": 33.0},
        code="DD1391-101",
        draft=Draft("DD1391-1O1", cursor=8, mode="replace"),
        price_won=129_000,
        last_event="telegram:12",
        updated_at=NOW + timedelta(seconds=3),
        barcodes=(barcode("8801234567893", "EAN-13"), barcode("195866123457")),
        fields=FIELDS,
        auto_code="DD1391-100",
        lead=1,
        taps=3,
        priced_at=NOW + timedelta(seconds=2),
        events=("telegram:11", "telegram:12"),
    )


async def coded(parts: Parts, who: Who, number: int) -> Interaction:
    row, _ = await parts.interactions.begin(who, f"event-{number}", NOW)
    row = replace(row, code=f"FU{number:04}", status=Status.CONFIRMED)
    await parts.interactions.save(row)
    return row


class TestInteractions:
    async def test_a_new_row_is_blank(self, parts: Parts) -> None:
        row, made = await parts.interactions.begin(MINA, "event-1", NOW)
        assert made
        assert row == Interaction(
            row.id, MINA, "event-1", created_at=NOW, status=Status.READ, updated_at=NOW
        )
        assert row.id > 0

    async def test_the_same_event_finds_the_same_row(self, parts: Parts) -> None:
        first, _ = await parts.interactions.begin(MINA, "event-1", NOW)
        await parts.interactions.save(full(first))
        again, made = await parts.interactions.begin(MINA, "event-1", NOW + timedelta(hours=1))
        assert not made
        assert again == full(first)

    @pytest.mark.parametrize("other", [JUN, Who("web", "7")])
    async def test_keys_of_others_are_others_rows(self, parts: Parts, other: Who) -> None:
        first, _ = await parts.interactions.begin(MINA, "event-1", NOW)
        second, made = await parts.interactions.begin(other, "event-1", NOW)
        assert made
        assert second.id != first.id
        assert second.who == other

    async def test_the_same_event_at_once_makes_one_row(self, parts: Parts) -> None:
        begun = await asyncio.gather(
            *(parts.interactions.begin(MINA, "event-1", NOW) for _ in range(8))
        )
        assert sum(made for _, made in begun) == 1
        assert len({row.id for row, _ in begun}) == 1

    async def test_what_is_saved_comes_back(self, parts: Parts) -> None:
        row, _ = await parts.interactions.begin(MINA, "event-1", NOW)
        await parts.interactions.save(full(row))
        kept = await parts.interactions.get(row.id)
        assert kept == full(row)
        assert kept is not None
        assert kept.created_at.utcoffset() == timedelta(0)

    @pytest.mark.parametrize(
        "fields",
        [
            TagFields(),
            TagFields(price_won=0),
            TagFields(sizes=(("KR", "270"),)),
            TagFields(dates=(PrintedDate("03/04/21"),)),
        ],
    )
    async def test_fields_come_back_whatever_is_among_them(
        self, parts: Parts, fields: TagFields
    ) -> None:
        row, _ = await parts.interactions.begin(MINA, "event-1", NOW)
        row = replace(row, fields=fields, code="DD1391-100")
        await parts.interactions.save(row)
        again, _ = await parts.interactions.begin(MINA, "event-1", NOW)
        (listed,), _ = await parts.interactions.history(MINA, 0, 1)
        assert await parts.interactions.latest(MINA) == listed == again == row

    async def test_values_can_be_taken_back(self, parts: Parts) -> None:
        row, _ = await parts.interactions.begin(MINA, "event-1", NOW)
        await parts.interactions.save(full(row))
        await parts.interactions.save(row)
        assert await parts.interactions.get(row.id) == row

    async def test_identity_never_moves(self, parts: Parts) -> None:
        row, _ = await parts.interactions.begin(MINA, "event-1", NOW)
        moved = replace(full(row), who=JUN, event_key="other", created_at=NOW + timedelta(days=1))
        await parts.interactions.save(moved)
        assert await parts.interactions.get(row.id) == full(row)

    async def test_saving_a_deleted_row_does_not_bring_it_back(self, parts: Parts) -> None:
        row, _ = await parts.interactions.begin(MINA, "event-1", NOW)
        await parts.people.forget(MINA)
        await parts.interactions.save(full(row))
        await parts.interactions.add_quotes(row.id, [quote("naver", 1000)])
        assert await parts.interactions.get(row.id) is None
        assert tuple(await parts.interactions.quotes(row.id)) == ()

    async def test_an_unknown_row_is_none(self, parts: Parts) -> None:
        assert await parts.interactions.get(4711) is None
        assert await parts.interactions.latest(MINA) is None

    async def test_latest_is_the_persons_newest(self, parts: Parts) -> None:
        await coded(parts, MINA, 1)
        newest, _ = await parts.interactions.begin(MINA, "event-2", NOW)
        await coded(parts, JUN, 3)
        assert await parts.interactions.latest(MINA) == newest

    async def test_history_pages_newest_first(self, parts: Parts) -> None:
        rows = [await coded(parts, MINA, number) for number in range(7)]
        await parts.interactions.begin(MINA, "without a code", NOW)
        await coded(parts, JUN, 99)
        first, total = await parts.interactions.history(MINA, 0, 3)
        last, _ = await parts.interactions.history(MINA, 6, 3)
        beyond, still = await parts.interactions.history(MINA, 50, 3)
        assert list(first) == rows[:-4:-1]
        assert list(last) == rows[:1]
        assert (list(beyond), total, still) == ([], 7, 7)

    async def test_quotes_of_all_showings_stay_in_order(self, parts: Parts) -> None:
        row = await coded(parts, MINA, 1)
        await parts.interactions.add_quotes(row.id, [quote("naver", 900, 1000), quote("own")])
        await parts.interactions.add_quotes(row.id, [])
        await parts.interactions.add_quotes(row.id, [quote("naver", 800)])
        assert list(await parts.interactions.quotes(row.id)) == [
            quote("naver", 900, 1000),
            quote("own"),
            quote("naver", 800),
        ]
        assert list(await parts.interactions.quotes(row.id + 1)) == []


class TestBarcodes:
    @staticmethod
    async def said(parts: Parts, who: Who, code: str | None, *texts: str) -> Interaction:
        """A photo with these barcodes, for which the person confirmed `code`."""
        count = len((await parts.interactions.history(who, 0, 999))[0])
        row, _ = await parts.interactions.begin(who, f"{texts} {code} {count}", NOW)
        barcodes = tuple(barcode(text) for text in texts)
        row = replace(row, code=code, status=Status.CONFIRMED, barcodes=barcodes)
        await parts.interactions.save(row)
        return row

    async def test_barcodes_can_be_changed(self, parts: Parts) -> None:
        row = await self.said(parts, MINA, None, "1", "2")
        changed = replace(row, barcodes=(barcode("2"), barcode("3")))
        await parts.interactions.save(changed)
        assert await parts.interactions.get(row.id) == changed
        assert await parts.interactions.latest(MINA) == changed

    async def test_people_are_counted_for_each_code(self, parts: Parts) -> None:
        for who, code in ((MINA, "DD1391-100"), (JUN, "DD1391 100"), (Who("web", "7"), "FU9006")):
            await self.said(parts, who, code, "195866123457")
        await self.said(parts, Who("web", "8"), "U9060BLK", "4066748471836")
        await self.said(parts, Who("web", "9"), None, "195866123457")
        counts = await parts.interactions.codes_of_barcodes(["195866123457"])
        assert counts in ({"DD1391-100": 2, "FU9006": 1}, {"DD1391 100": 2, "FU9006": 1})
        both = await parts.interactions.codes_of_barcodes(["195866123457", "4066748471836"])
        assert sorted(both.values()) == [1, 1, 2]

    async def test_a_person_has_one_say_the_newest(self, parts: Parts) -> None:
        for code in ("FU9006", "DD1391-100", "DD1391-100", None):
            await self.said(parts, MINA, code, "195866123457")
        assert await parts.interactions.codes_of_barcodes(["195866123457"]) == {"DD1391-100": 1}

    async def test_two_barcodes_of_one_tag_are_one_say(self, parts: Parts) -> None:
        await self.said(parts, MINA, "DD1391-100", "195866123457", "4066748471836")
        counts = await parts.interactions.codes_of_barcodes(["195866123457", "4066748471836"])
        assert counts == {"DD1391-100": 1}

    async def test_unknown_barcodes_and_none_have_no_codes(self, parts: Parts) -> None:
        await self.said(parts, MINA, "DD1391-100", "195866123457")
        assert await parts.interactions.codes_of_barcodes(["4066748471836"]) == {}
        assert await parts.interactions.codes_of_barcodes([]) == {}

    async def test_refusing_takes_the_say_back(self, parts: Parts) -> None:
        row = await self.said(parts, MINA, "DD1391-100", "195866123457")
        await parts.interactions.save(replace(row, code=None, status=Status.REFUSED))
        assert await parts.interactions.codes_of_barcodes(["195866123457"]) == {}

    async def test_forgetting_a_person_takes_barcodes_and_say(self, parts: Parts) -> None:
        await self.said(parts, MINA, "DD1391-100", "195866123457", "4066748471836")
        await self.said(parts, JUN, "DD1391-100", "195866123457")
        assert await parts.people.forget(MINA) == 3  # one row, two barcodes
        texts = ["195866123457", "4066748471836"]
        assert await parts.interactions.codes_of_barcodes(texts) == {"DD1391-100": 1}


class TestPeople:
    async def test_language_is_none_until_chosen(self, parts: Parts) -> None:
        assert await parts.people.language(MINA) is None
        await parts.people.choose_language(MINA, "ko")
        await parts.people.choose_language(MINA, "en")
        assert await parts.people.language(Who("telegram", "7")) == "en"
        assert await parts.people.language(JUN) is None

    async def test_forget_takes_one_person_only(self, parts: Parts) -> None:
        mine, shared = await parts.photos.put(b"mine"), await parts.photos.put(b"shared")
        for who, photo in ((MINA, mine), (MINA, shared), (JUN, shared)):
            row, _ = await parts.interactions.begin(who, f"photo {photo}", NOW)
            await parts.interactions.save(replace(row, photo=photo))
            await parts.interactions.add_quotes(row.id, [quote("naver", 1000)])
        await parts.people.choose_language(MINA, "ko")
        await parts.people.choose_language(JUN, "en")

        assert await parts.people.forget(MINA) == 7  # 2 rows, 2 readings, 2 quotes, 1 person

        assert await parts.interactions.latest(MINA) is None
        assert await parts.people.language(MINA) is None
        assert await parts.photos.get(mine) is None
        kept = await parts.interactions.latest(JUN)
        assert kept is not None
        assert len(await parts.interactions.quotes(kept.id)) == 1
        assert await parts.people.language(JUN) == "en"
        assert await parts.photos.get(shared) == b"shared"

    async def test_the_last_one_to_go_takes_the_photo_along(self, parts: Parts) -> None:
        shared = await parts.photos.put(b"shared")
        for who in (MINA, JUN):
            row, _ = await parts.interactions.begin(who, "photo", NOW)
            await parts.interactions.save(replace(row, photo=shared))
        await parts.people.forget(MINA)
        assert await parts.photos.get(shared) == b"shared"
        await parts.people.forget(JUN)
        assert await parts.photos.get(shared) is None

    async def test_forgetting_a_stranger_deletes_nothing(self, parts: Parts) -> None:
        await coded(parts, JUN, 1)
        assert await parts.people.forget(MINA) == 0
        assert await parts.interactions.latest(JUN) is not None

    async def test_ids_are_never_used_again(self, parts: Parts) -> None:
        row = await coded(parts, MINA, 1)
        await parts.people.forget(MINA)
        after, _ = await parts.interactions.begin(JUN, "event-1", NOW)
        assert after.id > row.id


class TestPhotos:
    async def test_a_photo_is_named_by_its_content(self, parts: Parts) -> None:
        data = bytes(range(256)) * 40
        digest = await parts.photos.put(data)
        assert digest == hashlib.sha256(data).hexdigest()
        assert await parts.photos.put(data) == digest
        assert await parts.photos.get(digest) == data

    async def test_an_unknown_photo_is_none(self, parts: Parts) -> None:
        assert await parts.photos.get("0" * 64) is None
