"""The composition root: the only place that builds concrete things and plugs them together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import aiohttp
from aiohttp import web

from bot.admin.build import admin_routes
from bot.channels.kakao.build import kakao_channel
from bot.channels.kakao.channel import KakaoChannel
from bot.channels.telegram.build import build_telegram
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.ports import TelegramShelves
from bot.channels.web.build import mini_app_routes, web_channel
from bot.channels.web.channel import WebChannel
from bot.channels.web.rush import RushLimits
from bot.channels.web.types import WebShelves
from bot.running.connections import ConnectionLimits
from bot.running.counting import Counting
from bot.running.ending import Ending, on_signals
from bot.running.listening import listen, listen_no_more
from bot.running.metrics import Metrics
from bot.running.new_versions import NewVersions, version_job
from bot.running.opening import open_store, settle_sample
from bot.running.price_sources import price_lookup
from bot.running.schedule import Schedule
from bot.running.server import Inside, Readiness, build
from bot.running.shop_pictures import ShopPictures
from bot.running.tidying import Tidying
from bot.running.warming import OpenReader, WarmingReader
from bot.running.watch_parts import memory_of, watch_job
from bot.settings import Settings
from bot.talk.conversation import Conversation
from bot.talk.errors import SettingsError
from bot.talk.prices.price_memory import PriceRecorder
from lookup.service import PriceLookup
from recognizer.detectors import Detector
from recognizer.errors import DetectorUnavailable
from recognizer.local import LocalReader
from storage.store import Store

_STOP_S = 4.5
"""For the channels at the end: what is being answered has three seconds, then it is given back."""

log = logging.getLogger(__name__)


async def serve(
    settings: Settings,
    announce: Callable[[str], None],
    open_reader: OpenReader | None = None,
) -> None:
    """Run until SIGTERM or SIGINT, then stop gracefully.

    Raises `SettingsError`, `StartError` or `ModelError`.
    """
    task = asyncio.current_task()
    assert task is not None
    on_signals(task)
    try:
        async with running(settings, open_reader) as url:
            announce(url)
            await asyncio.Event().wait()
    except asyncio.CancelledError:
        log.info("stopped")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What strangers may take at once; `connections` None: by the files that may be open."""

    connections: ConnectionLimits | None = None
    rush: RushLimits = field(default_factory=RushLimits)


@dataclass(frozen=True, slots=True)
class _Core:
    """What all channels share."""

    store: Store
    reader: WarmingReader
    recorder: PriceRecorder
    prices: PriceLookup
    metrics: Metrics
    conversation: Conversation
    versions: NewVersions


@dataclass(frozen=True, slots=True)
class _Channels:
    """The channels that are served; None: not set up."""

    web: WebChannel
    telegram: TelegramChannel | None
    kakao: KakaoChannel | None

    async def start(self) -> None:
        """Begin to answer."""
        for channel in self._served():
            await channel.start()

    async def stop(self) -> None:
        """Let what is being answered end for a moment, everywhere at once."""
        stops = [channel.stop() for channel in self._served()]
        for fault in await asyncio.gather(*stops, return_exceptions=True):
            if isinstance(fault, BaseException):
                log.error("a channel did not stop as it should", exc_info=fault)

    def _served(self) -> list[WebChannel | TelegramChannel | KakaoChannel]:
        return [each for each in (self.web, self.telegram, self.kakao) if each]


@asynccontextmanager
async def running(
    settings: Settings, open_reader: OpenReader | None = None, bounds: Bounds | None = None
) -> AsyncIterator[str]:
    """Everything up and warm; gives the address of the web chat, ends all at the exit."""
    bounds = bounds or Bounds()
    async with Ending() as ending:
        core = await _open_core(ending, settings, open_reader)
        channels = _build_channels(settings, core, bounds.rush)
        if channels.kakao:
            ending.then("KakaoTalk", channels.kakao.stop, _STOP_S)
        readiness = Readiness(core.store.ready)
        app = build(readiness, _routes(settings, core, channels), _inside(settings))
        runner = await listen(ending, app, settings, bounds.connections)
        await core.reader.warm()
        readiness.models = True
        ending.then("the channels", channels.stop, _STOP_S)
        await channels.start()
        await core.recorder.start()
        schedule = _schedule(settings, core, channels)
        ending.then("what is done now and then", schedule.stop, 1.5)
        schedule.start()
        ending.then("what follows answers", core.conversation.stop, 0.5)
        ending.then("listening", partial(_leave, readiness, runner), 0.5)
        readiness.started = True
        yield settings.url(runner.addresses[0][1])


async def _leave(readiness: Readiness, runner: web.AppRunner) -> None:
    readiness.started = False
    await listen_no_more(runner)


def _inside(settings: Settings) -> Inside:
    return Inside(frozenset(settings.allowed_hosts), settings.metrics_readers)


async def _open_core(ending: Ending, settings: Settings, open_reader: OpenReader | None) -> _Core:
    versions = NewVersions.of(settings.model_store)
    store = await open_store(settings)
    ending.then("the database", store.close, 1.0)
    await settle_sample(store.catalogue, settings)
    session = aiohttp.ClientSession()
    ending.then("connections to shops", session.close, 0.5)
    reader = WarmingReader(open_reader or _reader(settings, versions))
    ending.then("reading", reader.close, 1.0)
    recorder = PriceRecorder(store.prices_seen)
    ending.then("keeping prices", recorder.stop, 0.5)
    prices = price_lookup(settings, session, store.catalogue, store.price_calls, recorder.hear)
    pictures = ShopPictures()
    ending.then("shops' pictures", pictures.close, 0.5)
    metrics = Metrics(prices.status, lambda: versions.version)
    conversation = Conversation(
        metrics.measured(reader),
        prices,
        store.interactions,
        store.people,
        store.photos,
        _now,
        catalogue=store.catalogue,
        manners=settings.manners,
        checker=prices,
        memory=memory_of(settings, store, recorder),
        pictures=pictures,
    )
    return _Core(store, reader, recorder, prices, metrics, conversation, versions)


def _build_channels(settings: Settings, core: _Core, rush: RushLimits) -> _Channels:
    store, conversation = core.store, core.conversation
    web = web_channel(settings, conversation, _web_shelves(store), rush)
    kept = TelegramShelves(store.inbox, store.posts, store.people)
    telegram = build_telegram(settings, conversation, kept)
    return _Channels(web, telegram, kakao_channel(settings, conversation, store))


def _web_shelves(store: Store) -> WebShelves:
    return WebShelves(store.chat, store.people, store.interactions, store.photos)


def _routes(settings: Settings, core: _Core, channels: _Channels) -> Sequence[web.AbstractRouteDef]:
    served = [channels.web, channels.telegram, channels.kakao]
    routes = [*core.metrics.routes()]
    for channel in served:
        routes += channel.routes() if channel else ()
    mini_app = mini_app_routes(settings, _web_shelves(core.store), channels.telegram, _now)
    admin = admin_routes(settings, core.store, core.prices.status, _now)
    return [*routes, *mini_app, *admin]


def _schedule(settings: Settings, core: _Core, channels: _Channels) -> Schedule:
    pushing = {"web": channels.web, "telegram": channels.telegram}
    tidying = Tidying(core.store, settings, _now)
    watches = watch_job(settings, core.store, core.prices, pushing, _now)
    counting = Counting(core.store, settings, _now)
    jobs = [tidying.job(), tidying.lessons_job(), watches, counting.job()]
    if settings.model_store:
        jobs.append(version_job(core.versions, settings.model_store_look_s))
    return Schedule(jobs)


def _reader(settings: Settings, versions: NewVersions) -> OpenReader:
    detector = Detector(settings.recognizer_detector, settings.recognizer_detector_file)

    async def opened() -> LocalReader:
        try:
            reader = await LocalReader.start(detector=detector, witness=settings.recognizer_witness)
        except DetectorUnavailable as error:
            raise SettingsError(f"RECOGNIZER_DETECTOR: {error}") from error
        await versions.begin(reader)
        return reader

    return opened


def _now() -> datetime:
    return datetime.now(UTC)
