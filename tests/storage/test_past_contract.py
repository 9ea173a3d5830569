"""What `bot.talk.ports` promises about a person's past, over the fakes and the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.past_types import PersonStats, PricePoint, Search, SearchWord
from storage.types import Consent, Interaction, Status, Who
from stylecode import TagFields
from tests.storage.contract import JUN, MINA, NOW, Parts, barcode, quote


async def said(
    parts: Parts,
    code: str | None,
    who: Who = MINA,
    *,
    at: datetime = NOW,
    **values: object,
) -> Interaction:
    """A row with this final code."""
    number = len(await parts.interactions.rows_before(who, None, 999))
    row, _ = await parts.interactions.begin(who, f"event-{number}", at)
    status = Status.READ if code is None else Status.CONFIRMED
    row = replace(row, **{"code": code, "status": status, **values})  # type: ignore[arg-type]
    await parts.interactions.save(row)
    return row


def one_word(**meaning: object) -> Search:
    return Search(((SearchWord(**meaning),),))  # type: ignore[arg-type]


async def names(parts: Parts, search: Search | None, who: Who = MINA) -> list[str]:
    found, total = await parts.interactions.codes(who, 0, 99, search)
    assert len(found) == total
    return [past.newest.code or "" for past in found]


class TestCodes:
    async def test_a_code_is_listed_once_however_it_is_spelt(self, parts: Parts) -> None:
        await said(parts, "DD1391-100")
        await said(parts, "FU9006")
        newest = await said(parts, "DD1391 100")
        await said(parts, None)
        await said(parts, "M2002RXD", JUN)
        found, total = await parts.interactions.codes(MINA, 0, 99)
        assert total == 2
        assert [(past.newest.code, past.times) for past in found] == [
            ("DD1391 100", 2),
            ("FU9006", 1),
        ]
        assert found[0].newest == newest

    async def test_when_they_were_looked_up_last(self, parts: Parts) -> None:
        days = [NOW + timedelta(days=number) for number in range(3)]
        await said(parts, "DD1391-100", at=days[0])
        await said(parts, "FU9006", at=days[1])
        await said(parts, "DD1391 100", at=days[2])
        await said(parts, None, at=days[2])
        await said(parts, "M2002RXD", JUN)
        assert list(await parts.interactions.times_of_codes(MINA)) == [days[2], days[1]]
        few = one_word(code="FU90")
        assert list(await parts.interactions.times_of_codes(MINA, few)) == [days[1]]

    async def test_pages(self, parts: Parts) -> None:
        for number in range(7):
            await said(parts, f"FU900{number}")
        middle, total = await parts.interactions.codes(MINA, 3, 3)
        beyond, _ = await parts.interactions.codes(MINA, 30, 3)
        assert [past.newest.code for past in middle] == ["FU9003", "FU9002", "FU9001"]
        assert (total, list(beyond)) == (7, [])

    async def test_searching(self, parts: Parts) -> None:
        await said(parts, "DD1391-100", at=NOW)
        await said(parts, "FU9006", at=NOW + timedelta(days=40))
        await said(parts, "K-77", at=NOW, fields=TagFields(brand="Vans"))
        await said(parts, None, fields=TagFields(brand="Vans"))
        assert await names(parts, one_word(code="139")) == ["DD1391-100"]
        assert await names(parts, one_word(brands=("adidas", "Vans"))) == ["K-77", "FU9006"]
        day = one_word(since=NOW, until=NOW + timedelta(microseconds=1))
        assert await names(parts, day) == ["K-77", "DD1391-100"]
        either = Search(((SearchWord(code="FU9"),), (SearchWord(code="K77"),)))
        assert await names(parts, either) == ["K-77", "FU9006"]
        both = Search(((SearchWord(brands=("Nike",)), SearchWord(code="FU")),))
        assert await names(parts, both) == []
        assert await names(parts, one_word(code="139"), JUN) == []

    @pytest.mark.parametrize("search", [Search(), Search(((),)), Search(((SearchWord(),),))])
    async def test_a_search_for_nothing_finds_nothing(self, parts: Parts, search: Search) -> None:
        await said(parts, "DD1391-100")
        assert await names(parts, search) == []
        assert await parts.interactions.rows_before(MINA, None, 9, search) == ()

    @pytest.mark.parametrize("wild", ["%", "_", "D%1", "D_1391", "/"])
    async def test_wildcards_mean_themselves(self, parts: Parts, wild: str) -> None:
        await said(parts, "DD1391-100")
        assert await names(parts, one_word(code=wild)) == []


class TestPastOf:
    async def test_all_rows_of_a_code(self, parts: Parts) -> None:
        first = await said(parts, "DD1391-100", photo="ab" * 32)
        second = await said(parts, "DD1391100", at=NOW + timedelta(days=1), price_won=129_000)
        third = await said(parts, "DD1391-100", at=NOW + timedelta(days=2), price_won=99_000)
        await said(parts, "DD1391-100", JUN, price_won=1000)
        later = NOW + timedelta(days=9)
        cheap = replace(quote("naver", 88_000, 120_000), fetched_at=later)
        odd = quote("used", 1_000, 2_000, 3_000)
        used, sample, two = odd.offers
        no_pair = replace(used, condition="used"), replace(sample, note="sample")
        others = replace(odd, offers=(*no_pair, replace(two, note="set")))
        await parts.interactions.add_quotes(third.id, [quote("own", 99_000), cheap, others])
        await parts.interactions.add_quotes(second.id, [quote("own", 129_000)])
        past = await parts.interactions.past_of(MINA, "dd1391 100")
        assert past is not None
        assert past.rows == (third, second, first)
        assert (past.times, past.first_at) == (3, NOW)
        assert past.first_price == PricePoint(129_000, NOW + timedelta(days=1))
        assert past.lowest == PricePoint(88_000, later)

    async def test_without_prices_and_unknown(self, parts: Parts) -> None:
        await said(parts, "DD1391-100")
        past = await parts.interactions.past_of(MINA, "DD1391-100")
        assert past is not None
        assert (past.first_price, past.lowest) == (None, None)
        assert await parts.interactions.past_of(MINA, "FU9006") is None
        assert await parts.interactions.past_of(JUN, "DD1391-100") is None

    async def test_forgetting_a_code(self, parts: Parts) -> None:
        mine, shared = await parts.photos.put(b"mine"), await parts.photos.put(b"shared")
        row = await said(parts, "DD1391-100", photo=mine, barcodes=(barcode("1"),))
        await parts.interactions.add_quotes(row.id, [quote("own", 99_000)])
        await said(parts, "DD1391100", photo=shared)
        kept = await said(parts, "FU9006", photo=shared)
        foreign = await said(parts, "DD1391-100", JUN)
        assert await parts.people.forget_code(MINA, "dd1391-100") == 2
        assert await parts.people.forget_code(MINA, "dd1391-100") == 0
        assert await parts.interactions.past_of(MINA, "DD1391-100") is None
        assert await parts.interactions.get(kept.id) == kept
        assert await parts.interactions.get(foreign.id) == foreign
        assert tuple(await parts.interactions.quotes(row.id)) == ()
        assert await parts.interactions.codes_of_barcodes(["1"]) == {}
        assert await parts.photos.get(mine) is None
        assert await parts.photos.get(shared) == b"shared"


class TestExporting:
    async def test_all_rows_in_pages(self, parts: Parts) -> None:
        rows = [await said(parts, code) for code in ("FU9006", None, "DD1391-100")]
        await said(parts, "FU9006", JUN)
        first = await parts.interactions.rows_before(MINA, None, 2)
        rest = await parts.interactions.rows_before(MINA, first[-1].id, 2)
        assert [*first, *rest] == rows[::-1]
        fitting = await parts.interactions.rows_before(MINA, None, 9, one_word(brands=("Nike",)))
        assert list(fitting) == [rows[2]]

    async def test_quotes_of_many(self, parts: Parts) -> None:
        first, second = await said(parts, "FU9006"), await said(parts, "DD1391-100")
        await parts.interactions.add_quotes(first.id, [quote("own", 1000), quote("naver")])
        found = await parts.interactions.quotes_of([first.id, second.id, 4711])
        assert found == {first.id: (quote("own", 1000), quote("naver"))}
        assert await parts.interactions.quotes_of([]) == {}


class TestStats:
    async def test_nobody(self, parts: Parts) -> None:
        await said(parts, "FU9006", JUN)
        assert await parts.interactions.stats(MINA) == PersonStats()

    async def test_numbers(self, parts: Parts) -> None:
        photo = "ab" * 32
        await said(parts, "DD1391-100", photo=photo, price_won=129_000)
        await said(parts, "DD1391100", photo=photo, price_won=119_000, status=Status.EDITED, taps=4)
        await said(parts, "CN8607-002", photo=photo, price_won=99_000, status=Status.EDITED, taps=2)
        await said(parts, "FU9006", status=Status.TYPED, price_won=119_000)
        await said(parts, "FU9007", status=Status.TYPED)
        await said(parts, None, photo=photo, status=Status.NONE_FOUND)
        await said(parts, "FU9006", JUN, photo=photo, price_won=1)
        stats = await parts.interactions.stats(MINA)
        assert (stats.photos, stats.codes) == (4, 4)
        assert dict(stats.statuses) == {
            Status.CONFIRMED: 1,
            Status.EDITED: 2,
            Status.NONE_FOUND: 1,
        }
        assert stats.taps == 2.0  # (0 + 4 + 2) / 3
        assert stats.brands == (("Nike", 2), ("adidas", 2))
        assert stats.lowest == (
            ("CN8607-002", 99_000),
            ("DD1391-100", 119_000),
            ("FU9006", 119_000),
        )

    async def test_a_code_answered_unasked_counts_until_it_is_refused(self, parts: Parts) -> None:
        row = await said(parts, None, photo="ab" * 32, auto_code="DD1391-100", price_won=99_000)
        stats = await parts.interactions.stats(MINA)
        assert (stats.codes, stats.brands) == (1, (("Nike", 1),))
        assert (stats.taps, stats.lowest) == (0.0, (("DD1391-100", 99_000),))
        past = await parts.interactions.past_of(MINA, "DD1391100")
        assert past is not None and past.rows == (row,)
        await parts.interactions.save(replace(row, status=Status.REFUSED))
        assert (await parts.interactions.stats(MINA)).codes == 0
        assert await parts.interactions.past_of(MINA, "DD1391100") is None


class TestConsent:
    async def test_one_event_asks(self, parts: Parts) -> None:
        assert await parts.people.ask_consent(MINA, "event-1")
        assert not await parts.people.ask_consent(MINA, "event-2")
        assert await parts.people.ask_consent(MINA, "event-1")  # handled twice, answered alike
        assert await parts.people.ask_consent(JUN, "event-9")
        assert await parts.people.consent(MINA) == Consent()

    async def test_an_answer_stays_until_changed(self, parts: Parts) -> None:
        later = NOW + timedelta(days=1)
        await parts.people.answer_consent(MINA, True, NOW)
        await parts.people.answer_consent(MINA, True, later)
        assert await parts.people.consent(MINA) == Consent(True, NOW)
        await parts.people.answer_consent(MINA, False, later)
        assert await parts.people.consent(MINA) == Consent(False, later)
        assert await parts.people.consent(JUN) == Consent()

    async def test_who_answered_is_not_asked(self, parts: Parts) -> None:
        assert await parts.people.ask_consent(MINA, "event-1")
        await parts.people.answer_consent(MINA, False, NOW)
        assert not await parts.people.ask_consent(MINA, "event-1")
        await parts.people.answer_consent(JUN, True, NOW)
        assert not await parts.people.ask_consent(JUN, "event-1")

    async def test_forgetting_takes_answer_and_question(self, parts: Parts) -> None:
        await parts.people.ask_consent(MINA, "event-1")
        await parts.people.answer_consent(MINA, True, NOW)
        await parts.people.choose_language(MINA, "en")
        assert await parts.people.forget(MINA) == 1
        assert await parts.people.consent(MINA) == Consent()
        assert await parts.people.ask_consent(MINA, "event-2")


class TestSearches:
    async def test_a_term_has_one_number_for_a_person(self, parts: Parts) -> None:
        number = await parts.people.remember_search(MINA, "나이키 100%", NOW)
        assert await parts.people.remember_search(MINA, "나이키 100%", NOW) == number
        assert await parts.people.remember_search(JUN, "나이키 100%", NOW) != number
        assert await parts.people.search_term(MINA, number) == "나이키 100%"
        assert await parts.people.search_term(JUN, number) is None
        assert await parts.people.search_term(MINA, 4711) is None

    async def test_the_newest_twenty_are_kept(self, parts: Parts) -> None:
        numbers = [
            await parts.people.remember_search(MINA, str(n), NOW + timedelta(seconds=n))
            for n in range(20)
        ]
        await parts.people.remember_search(MINA, "0", NOW + timedelta(minutes=1))
        await parts.people.remember_search(MINA, "x", NOW + timedelta(minutes=2))
        kept = [await parts.people.search_term(MINA, number) for number in numbers]
        assert kept == ["0", None, *map(str, range(2, 20))]

    async def test_forgetting_takes_searches(self, parts: Parts) -> None:
        number = await parts.people.remember_search(MINA, "nike", NOW)
        others = await parts.people.remember_search(JUN, "nike", NOW)
        assert await parts.people.forget(MINA) == 1
        assert await parts.people.search_term(MINA, number) is None
        assert await parts.people.search_term(JUN, others) == "nike"
        assert await parts.people.remember_search(MINA, "nike", NOW) > others
