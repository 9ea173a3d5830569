"""The composition root: the only place that builds concrete things and plugs them together."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from aiohttp import web

import storage
from bot.channels.kakao.build import kakao_channel
from bot.channels.kakao.channel import KakaoChannel
from bot.channels.telegram.build import build_telegram
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.ports import TelegramShelves
from bot.channels.web.build import mini_app_routes
from bot.channels.web.channel import WebChannel
from bot.channels.web.types import WebShelves
from bot.running.errors import StartError
from bot.running.metrics import Metrics
from bot.running.price_sources import price_lookup
from bot.running.schedule import Schedule
from bot.running.server import AccessLog, Readiness, build
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
from storage.catalogue.catalogue import CatalogueTable
from storage.errors import DatabaseError, DatabaseUrlError, PhotoStoreError
from storage.store import Store

SAMPLE_CATALOGUE = Path(storage.__file__).parent / "sample" / "catalogue.csv"

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
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        async with running(settings, open_reader) as url:
            announce(url)
            await asyncio.Event().wait()
    except asyncio.CancelledError:
        log.info("stopped")


@dataclass(frozen=True, slots=True)
class _Core:
    """What all channels share."""

    store: Store
    reader: WarmingReader
    recorder: PriceRecorder
    prices: PriceLookup
    metrics: Metrics
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class _Channels:
    """The channels that are served; None: not set up."""

    web: WebChannel
    telegram: TelegramChannel | None
    kakao: KakaoChannel | None


@asynccontextmanager
async def running(settings: Settings, open_reader: OpenReader | None = None) -> AsyncIterator[str]:
    """Everything up and warm; gives the address of the web chat, ends all at the exit."""
    async with AsyncExitStack() as stack:
        core = await _open_core(stack, settings, open_reader)
        channels = _build_channels(settings, core)
        if channels.kakao:
            stack.push_async_callback(channels.kakao.stop)
        readiness = Readiness(core.store.ready)
        routes = _routes(settings, core, channels)
        url = await _listen(stack, build(readiness, routes), settings)
        await core.reader.warm()
        readiness.models = True
        await _start_channels(stack, channels)
        await core.recorder.start()
        schedule = _schedule(settings, core, channels)
        stack.push_async_callback(schedule.stop)
        schedule.start()
        stack.push_async_callback(core.conversation.stop)
        yield url


async def _open_core(
    stack: AsyncExitStack, settings: Settings, open_reader: OpenReader | None
) -> _Core:
    store = await _open_store(settings)
    stack.push_async_callback(store.close)
    await _settle_sample(store.catalogue, settings)
    session = await stack.enter_async_context(aiohttp.ClientSession())
    reader = WarmingReader(open_reader or _reader(settings))
    stack.push_async_callback(reader.close)
    recorder = PriceRecorder(store.prices_seen)
    stack.push_async_callback(recorder.stop)
    prices = price_lookup(settings, session, store.catalogue, store.price_calls, recorder.hear)
    pictures = ShopPictures()
    stack.push_async_callback(pictures.close)
    metrics = Metrics(prices.status)
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
    return _Core(store, reader, recorder, prices, metrics, conversation)


def _build_channels(settings: Settings, core: _Core) -> _Channels:
    store, conversation = core.store, core.conversation
    web = WebChannel(conversation, _web_shelves(store), settings.allowed_hosts)
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
    return [*routes, *mini_app]


async def _start_channels(stack: AsyncExitStack, channels: _Channels) -> None:
    stack.push_async_callback(channels.web.stop)
    await channels.web.start()
    if channels.telegram:
        stack.push_async_callback(channels.telegram.stop)
        await channels.telegram.start()
    if channels.kakao:
        await channels.kakao.start()


def _schedule(settings: Settings, core: _Core, channels: _Channels) -> Schedule:
    pushing = {"web": channels.web, "telegram": channels.telegram}
    tidying = Tidying(core.store, settings, _now)
    watches = watch_job(settings, core.store, core.prices, pushing, _now)
    return Schedule([tidying.job(), watches])


def _reader(settings: Settings) -> OpenReader:
    detector = Detector(settings.recognizer_detector, settings.recognizer_detector_file)

    async def opened() -> LocalReader:
        try:
            return await LocalReader.start(detector=detector, witness=settings.recognizer_witness)
        except DetectorUnavailable as error:
            raise SettingsError(f"RECOGNIZER_DETECTOR: {error}") from error

    return opened


async def _open_store(settings: Settings) -> Store:
    photos = settings.photos_in, settings.photo_store_endpoint
    try:
        return await Store.open(settings.database_url, *photos)
    except DatabaseUrlError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from error
    except DatabaseError as error:
        raise StartError(f"DATABASE_URL: {error}") from error
    except PhotoStoreError as error:
        name = "PHOTO_STORE" if settings.photo_store else "PHOTO_DIR"
        raise StartError(f"{name}: {error}") from error


async def _settle_sample(catalogue: CatalogueTable, settings: Settings) -> None:
    """The sample lets a newcomer see an answer; where there are real prices it goes."""
    if any(source.complete for source in settings.sources) or await catalogue.has_own():
        if removed := await catalogue.drop_sample():
            log.info("there are real prices: the %d sample rows are gone", removed)
    elif await catalogue.is_empty():
        report = await catalogue.import_list(SAMPLE_CATALOGUE)
        log.info("the catalogue was empty: %d sample rows are in it now", report.added)


async def _listen(stack: AsyncExitStack, app: web.Application, settings: Settings) -> str:
    runner = web.AppRunner(app, access_log_class=AccessLog, shutdown_timeout=3.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    host, port = settings.web_host, settings.web_port
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        told = f"cannot listen on {host}:{port} ({error.strerror or error})"
        raise StartError(f"WEB_HOST, WEB_PORT: {told}") from error
    return settings.url(runner.addresses[0][1])


def _now() -> datetime:
    return datetime.now(UTC)
