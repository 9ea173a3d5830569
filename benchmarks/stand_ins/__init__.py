"""Stand-ins of price services: strict, over HTTP, failing when told to; tests use them, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.stand_ins.elevenst import FakeElevenStreet
from benchmarks.stand_ins.naver import FakeNaver
from benchmarks.stand_ins.price_service import FakeService
from benchmarks.stand_ins.serpapi import FakeSerpApi
from lookup.sources.elevenst import ElevenStreetSettings
from lookup.sources.naver import NaverSettings
from lookup.sources.serpapi import SerpApiSettings
from lookup.sources.settings import SourceSettings

STAND_INS: Mapping[type[SourceSettings], Callable[[], FakeService]] = {
    NaverSettings: FakeNaver,
    ElevenStreetSettings: FakeElevenStreet,
    SerpApiSettings: FakeSerpApi,
}
"""The stand-in of each registered source; it sells DD1391-100 by default."""
