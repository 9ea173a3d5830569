"""What is labelled by itself, and what an operator should look at first."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.label_types import PhotoLabel, PhotoVerdict
from storage.store import Store
from storage.types import StoredOffer, StoredQuote
from storage.worth import Doubt
from tests.training.learning.town import NOW, Town
from training.learning.autolabel import AUTHOR, autolabel
from training.learning.select import select


async def test_agreeing_readers_label_what_a_shop_knows(store: Store, town: Town) -> None:
    offered = await town.photo("1", "DD1391-100", witness="DD1391 100")
    unknown = await town.photo("2", "DD1391-101", witness="DD1391-101")
    doubted = await town.photo("3", "DD1391-102", witness="DD1391-1O2")
    alone = await town.photo("4", "DD1391-103")
    spoken = await town.photo("5", "DD1391-104", witness="DD1391-104", said="DD1391-104")
    silent = await town.photo("6", "DD1391-105", witness="DD1391-105", consent=False)
    offer = StoredOffer("shoe", 99_000, "https://shop.example/1", "shop")
    for row in (offered, doubted, alone, spoken, silent):
        quotes = [StoredQuote("naver", "Naver", "ok", NOW, (offer,))]
        await store.interactions.add_quotes(row.id, quotes)
    await store.interactions.add_quotes(
        unknown.id, [StoredQuote("naver", "Naver", "empty", NOW, ())]
    )
    assert await autolabel(store, NOW) == 2
    (label,) = await store.labels.of(offered.id)
    assert (label.author, label.code, label.weak) == (AUTHOR, "DD1391-100", True)
    assert label.evidence == "both readers say so; offers from naver"
    assert await autolabel(store, NOW) == 0  # once


async def test_the_own_price_list_is_evidence_too(store: Store, town: Town) -> None:
    row = await town.photo("1", "DD1391-100", witness="DD1391-100")
    table = "code,name,price,url\nDD1391-100,shoe,99000,https://shop.example/1\n"
    await store.catalogue.import_list(table.encode(), False)
    assert await autolabel(store, datetime.now(UTC)) == 1
    assert (await store.labels.of(row.id))[0].evidence.endswith("the price list has it")


async def test_doubtful_photos_of_new_and_frequent_kinds_come_first(
    store: Store, town: Town
) -> None:
    for number in range(6):
        await town.photo("1", f"DD139{number}-100", brand="Nike", confidence=0.95)
    common = await town.photo("2", "DD1391-106", brand="Nike", confidence=0.5)
    seldom = await town.photo("3", "B75806", brand="Adidas", confidence=0.5)
    worse = await town.photo("4", "DD1391-107", brand="Nike", confidence=0.2)
    done = await town.photo("5", "DD1391-108", brand="Nike", confidence=0.1)
    await store.labels.add(done.id, PhotoLabel("kim", PhotoVerdict.NONE, NOW))
    chosen = await select(store, 3)
    assert [one.interaction for one in chosen] == [worse.id, common.id, seldom.id]
    assert all(Doubt.RARE in one.reasons for one in chosen)
    queue = await store.labels.queue(3)
    assert [one.interaction for one in queue] == [one.interaction for one in chosen]
    assert queue[0].reasons == ("unsure", Doubt.RARE)
