"""People of all channels, while processes are killed and the database is locked and full."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from benchmarks.stand_ins.kakao.platform import SECRET, KakaoPlatform
from benchmarks.stand_ins.telegram.server import TOKEN
from benchmarks.storm.faults import Faults
from benchmarks.storm.house import LIMITLESS, House
from benchmarks.storm.kakao import KakaoShopper
from benchmarks.storm.messages import Codes, StormMessage, codes_in, percentile, verdicts
from benchmarks.storm.photos import TAG_CODE, tag_photo
from benchmarks.storm.report import Row, at_most, none_of
from benchmarks.storm.telegram import Balanced, TelegramShopper
from benchmarks.storm.web import WebShopper
from storage.database import Database, sqlite_path
from storage.schema import chat_entries, inbox, interactions, kakao_turns

MOST_MB = 600.0
_TERM_S = 10.0
_LATE_S = 3.0  # a second answer would be there by then
_SENT_KINDS = ("text", "photo", "press")


class Shopper(Protocol):
    """A person of one channel."""

    channel: str
    messages: list[StormMessage]

    async def open(self) -> None: ...  # noqa: D102
    async def text(self, code: str) -> StormMessage: ...  # noqa: D102
    async def photo(self, data: bytes) -> StormMessage: ...  # noqa: D102
    async def press(self) -> StormMessage | None: ...  # noqa: D102
    async def look(self) -> list[str]: ...  # noqa: D102
    async def close(self) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class StormSize:
    """How much of it: people of each channel together, and what each of them does."""

    people: int
    photos_each: int
    texts_each: int
    kills: int
    processes: int = 1
    pause_s: float = 2.0
    """The longest that a person waits before the next message: load below capacity."""


@dataclass(frozen=True, slots=True)
class _Street:
    """The channels' other ends, and the processes between."""

    server: Balanced
    kakao: KakaoPlatform
    house: House

    def people(self, number: int, chance: random.Random, first: int = 1000) -> list[Shopper]:
        """So many, of each channel a third."""
        makers = (self._web, self._telegram, self._kakao)
        return [makers[at % 3](at, chance.getrandbits(64)) for at in range(first, first + number)]

    def _web(self, _: int, seed: int) -> Shopper:
        return WebShopper(self.house.addresses, random.Random(seed))

    def _telegram(self, number: int, _: int) -> Shopper:
        return TelegramShopper(self.server, number)

    def _kakao(self, number: int, _: int) -> Shopper:
        return KakaoShopper(self.kakao, self.house.addresses, f"storm-{number}")


async def crashes(folder: Path, tables: str, size: StormSize, seed: int) -> list[Row]:
    """Run it; `tables` is the address of an empty database."""
    chance = random.Random(seed)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(Balanced())
        kakao = await stack.enter_async_context(KakaoPlatform())
        settings = _settings(folder, tables, server, size.processes)
        house = House(folder, settings, size.processes)
        server.addresses = house.addresses
        await house.start()
        stack.push_async_callback(house.stop)
        await _connected(server)
        town = _Street(server, kakao, house)
        calm = await _calm(town, chance)
        people = town.people(size.people, chance)
        # A server's disk is not ours to fill.
        fills = 1 if sqlite_path(tables) else 0
        await _storm(people, Faults(house, tables, size.kills, fills=fills), size, chance)
        await asyncio.sleep(_LATE_S)
        rows = await _judged(people, calm)
        rows += await _kept(tables, people)
        ends = await house.stop()
        rows += _of_house(house, ends)
        for person in people:
            await person.close()
        return rows


def _settings(folder: Path, tables: str, server: Balanced, processes: int) -> dict[str, str]:
    webhook = {
        "TELEGRAM_WEBHOOK_URL": "https://storm.example",
        "TELEGRAM_WEBHOOK_SECRET": "storm-0123456789",
    }
    return {
        "DATABASE_URL": tables,
        "PHOTO_DIR": str(folder / "photos"),
        **LIMITLESS,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.api_url,
        "TELEGRAM_FILE_URL": server.file_url,
        "KAKAO_SKILL_SECRET": SECRET,
        "KAKAO_IMAGE_HOSTS": "127.0.0.1",
        **(webhook if processes > 1 else {}),
    }


async def _connected(server: Balanced) -> None:
    """Until Telegram knows where updates go."""
    while not (server.webhook or server.allowed):  # noqa: ASYNC110 - the server tells nobody
        await asyncio.sleep(0.05)


async def _calm(town: _Street, chance: random.Random) -> dict[str, dict[str, int]]:
    """How many answers each kind of message has while nothing goes wrong, by channel."""
    usual = {}
    for person in town.people(3, chance, first=900_000):
        await person.open()
        await person.text("ZZ9999-999")
        await person.photo(tag_photo(chance))
        await person.press()
        await asyncio.sleep(_LATE_S)
        await person.look()
        usual[person.channel] = {message.kind: message.answers for message in person.messages}
        missing = [kind for kind in _SENT_KINDS if not usual[person.channel].get(kind)]
        assert not missing, f"{person.channel}: no answer to {missing}"
        await person.close()
    return usual


async def _storm(
    people: Sequence[Shopper], faults: Faults, size: StormSize, chance: random.Random
) -> None:
    """All at once, until each has done what they came for."""
    codes, done = Codes(), Counter[str]()
    each = size.photos_each + size.texts_each
    whole = each * len(people)

    async def live(person: Shopper, own: random.Random) -> None:
        await person.open()
        doing = ["photo"] * size.photos_each + ["text"] * size.texts_each
        own.shuffle(doing)
        for what in doing:
            await asyncio.sleep(own.uniform(0, size.pause_s))
            if what == "text":
                await person.text(codes.fresh())
            else:
                await person.photo(tag_photo(own))
                await person.press()
            done["messages"] += 1

    async with asyncio.TaskGroup() as group:
        striking = random.Random(chance.getrandbits(64))
        group.create_task(faults.strike(lambda: done["messages"] / whole, striking))
        for person in people:
            group.create_task(live(person, random.Random(chance.getrandbits(64))))
    await faults.house.ready()


async def _judged(people: Sequence[Shopper], calm: dict[str, dict[str, int]]) -> list[Row]:
    """What people see in the end."""
    rows, strange = [], 0
    saw = {id(person): codes_in(await person.look()) for person in people}
    for person in people:
        own = {message.code for message in person.messages}
        others = {m.code for other in people if other is not person for m in other.messages} - {""}
        strange += len(saw[id(person)] & (others - own))
    for channel in sorted(calm):
        for kind in _SENT_KINDS:
            sent = _messages(people, channel, kind)
            found = verdicts(sent, calm[channel])
            told = ", ".join(f"{found[verdict]:,} {verdict}" for verdict in sorted(found))
            rows.append(
                Row(
                    f"{channel}: {len(sent):,} x {kind}", told, "all once", found.keys() <= {"once"}
                )
            )
            took = percentile([one.took_s for one in sent if one.answered], 0.95)
            rows.append(Row(f"{channel}: {kind}, p95 to the answer", f"{took:.1f} s"))
    left = sum(p.left_over for p in people if isinstance(p, TelegramShopper))
    bare = sum(p.bare for p in people if isinstance(p, WebShopper))
    late = sum(p.late for p in people if isinstance(p, KakaoShopper))
    rows += [none_of("placeholders left over", left), none_of("others' codes seen", strange)]
    rows.append(none_of("refusals of the web chat without a sentence", bare))
    return [*rows, none_of("responses after KakaoTalk's five seconds", late)]


def _messages(people: Sequence[Shopper], channel: str, kind: str) -> list[StormMessage]:
    of_channel = [person for person in people if person.channel == channel]
    return [one for person in of_channel for one in person.messages if one.kind == kind]


async def _kept(tables: str, people: Sequence[Shopper]) -> list[Row]:
    """What the database says of it: one entry for each message, and nothing waits."""
    database = await Database.open(tables)
    waits = {
        "updates of Telegram": inbox.c.state == "waiting",
        "turns of the web chat": chat_entries.c.pending,
        "requests of KakaoTalk": kakao_turns.c.body.is_(None),
    }
    async with database.read() as connection:
        counts = {
            name: await connection.scalar(sa.select(sa.func.count()).where(which))
            for name, which in waits.items()
        }
        codes = list(await connection.scalars(sa.select(interactions.c.code)))
    await database.close()
    sent = [message.code for person in people for message in person.messages if message.code]
    times = Counter(codes)
    unkept = sum(times[code] != 1 for code in sent)
    rows = [none_of(f"{name} that wait for ever", counts[name] or 0) for name in waits]
    return [*rows, none_of(f"typed codes that have not one entry, of {len(sent):,}", unkept)]


def _of_house(house: House, ends: Sequence[int]) -> list[Row]:
    return [
        Row("processes killed", f"{house.kills}"),
        none_of("processes that died by themselves", len(house.deaths)),
        at_most("most memory of a process", house.peak_mb, MOST_MB, " MB"),
        at_most("seconds that SIGTERM took", house.stop_s, _TERM_S, " s"),
        none_of("exit statuses that are not 0", sum(map(bool, ends))),
        Row("log", f"{house.log_bytes / 1e6:.2f} MB"),
        Row("photos' code", TAG_CODE),
    ]
