"""`/metrics` for Prometheus: photos, seconds of reading, the networks, price sources and quotas.

Nothing in it is about a person or a code.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from time import perf_counter

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.running.server import METRICS
from bot.talk.ports import Reader
from lookup.types import SourceState, SourceStatus
from recognizer.errors import PhotoError, ReaderBusy
from recognizer.types import Quad, ReadPhoto

Statuses = Callable[[], Awaitable[Sequence[SourceStatus]]]
_SECONDS = (0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """What is measured of one process.

    `prices` tells how the price sources are doing, `version` which networks read.
    """

    def __init__(self, prices: Statuses, version: Callable[[], str]) -> None:
        self._prices, self._version = prices, version
        self._registry = CollectorRegistry()
        self._sources = _PriceSources()
        self._registry.register(self._sources)
        self.photos = Counter(
            "pumbeon_photos", "Photos by what became of them", ["outcome"], registry=self._registry
        )
        self.seconds = Histogram(
            "pumbeon_photo_seconds",
            "Seconds from a photo's bytes to its codes, waiting included",
            registry=self._registry,
            buckets=_SECONDS,
        )
        self.waiting = Gauge(
            "pumbeon_photos_waiting", "Photos waiting or being read", registry=self._registry
        )
        self.model = Gauge(
            "pumbeon_model_info",
            "1 for the version of the networks that reads photos",
            ["version"],
            registry=self._registry,
        )

    def measured(self, reader: Reader) -> MeasuredReader:
        """The reader, measured."""
        return MeasuredReader(reader, self)

    def routes(self) -> tuple[web.AbstractRouteDef, ...]:
        """The one address."""
        return (web.get(METRICS, self._answer),)

    async def _answer(self, _: web.Request) -> web.Response:
        self._sources.statuses = tuple(await self._prices())
        self.model.clear()
        self.model.labels(self._version()).set(1)
        body = generate_latest(self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


class MeasuredReader:
    """A reader that counts what it reads."""

    def __init__(self, reader: Reader, metrics: Metrics) -> None:
        self._reader = reader
        self._metrics = metrics

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        """Read a photo or its marked part. Raises what the reader raises."""
        since, outcome = perf_counter(), "failed"
        try:
            with self._metrics.waiting.track_inprogress():
                photo = await self._reader.read(data, marked)
            outcome = "code" if photo.reading.candidates else "no_code"
            self._metrics.seconds.observe(perf_counter() - since)
        except ReaderBusy:
            outcome = "busy"
            raise
        except PhotoError:
            outcome = "no_photo"
            raise
        finally:
            self._metrics.photos.labels(outcome).inc()
        return photo


class _PriceSources:
    """The sources' statuses as metrics, made at each question."""

    def __init__(self) -> None:
        self.statuses: tuple[SourceStatus, ...] = ()

    def collect(self) -> Iterable[Metric]:
        """All families, with a row for each source."""
        yield self._answers()
        yield self._states()
        yield self._gauge(
            "pumbeon_price_asked_timestamp_seconds",
            "When a source last answered or failed",
            lambda status: status.asked_at.timestamp() if status.asked_at else None,
        )
        yield self._gauge(
            "pumbeon_price_resting",
            "1 where a source is left alone after failures",
            lambda status: float(status.resting) if status.usage else None,
        )
        yield self._gauge(
            "pumbeon_price_calls",
            "Calls counted in this period of the source's quota",
            lambda status: status.usage.calls if status.usage else None,
        )
        yield self._gauge(
            "pumbeon_price_calls_left",
            "Calls left in this period of the source's quota",
            lambda status: status.usage.left if status.usage else None,
        )

    def _answers(self) -> Metric:
        family = CounterMetricFamily(
            "pumbeon_price_answers", "Answers of price sources", labels=["source", "state"]
        )
        for status in self.statuses:
            for state, number in status.answers.items():
                family.add_metric([status.key, state], number)
        return family

    def _states(self) -> Metric:
        family = GaugeMetricFamily(
            "pumbeon_price_state",
            "1 for the state of a source's last answer",
            labels=["source", "name", "state"],
        )
        for status in self.statuses:
            for state in SourceState:
                family.add_metric([status.key, status.name, state], float(state is status.state))
        return family

    def _gauge(self, name: str, text: str, value: Callable[[SourceStatus], float | None]) -> Metric:
        family = GaugeMetricFamily(name, text, labels=["source"])
        for status in self.statuses:
            number = value(status)
            if number is not None:
                family.add_metric([status.key], number)
        return family
