"""All price sources on the web, in the order in which their answers are shown.

A new one is its class with its settings in a module beside the others, a line here, and a stand-in
of the service in `benchmarks/stand_ins`; tests say what is missing (`docs/how-to/prices.md`).
"""

from __future__ import annotations

from lookup.sources.elevenst import ElevenStreetSettings
from lookup.sources.naver import NaverSettings
from lookup.sources.serpapi import SerpApiSettings
from lookup.sources.settings import SourceSettings

SOURCES: tuple[type[SourceSettings], ...] = (
    NaverSettings,
    ElevenStreetSettings,
    SerpApiSettings,
)
