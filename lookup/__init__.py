"""Prices for a style code, from several sources behind one interface."""

from lookup.errors import CatalogueFileError, PriceError, SourceSettingsError
from lookup.link import naver_link
from lookup.service import PriceLookup
from lookup.sources.catalogue import CatalogueSource
from lookup.sources.elevenst import ElevenStreetSettings, ElevenStreetSource
from lookup.sources.means import CallManners, Means
from lookup.sources.naver import NaverSettings, NaverSource
from lookup.sources.quota import MemoryBook, Period, Quota
from lookup.sources.registry import SOURCES
from lookup.sources.serpapi import SerpApiSettings, SerpApiSource
from lookup.sources.settings import SourceSettings
from lookup.types import (
    CatalogueRows,
    Condition,
    MeteredSource,
    Offer,
    OfferNote,
    PriceAnswer,
    PriceQuote,
    PriceSource,
    QuotaBook,
    SourceState,
    SourceStatus,
    Usage,
)

__all__ = [
    "SOURCES",
    "CallManners",
    "CatalogueFileError",
    "CatalogueRows",
    "CatalogueSource",
    "Condition",
    "ElevenStreetSettings",
    "ElevenStreetSource",
    "Means",
    "MemoryBook",
    "MeteredSource",
    "NaverSettings",
    "NaverSource",
    "Offer",
    "OfferNote",
    "Period",
    "PriceAnswer",
    "PriceError",
    "PriceLookup",
    "PriceQuote",
    "PriceSource",
    "Quota",
    "QuotaBook",
    "SerpApiSettings",
    "SerpApiSource",
    "SourceSettings",
    "SourceSettingsError",
    "SourceState",
    "SourceStatus",
    "Usage",
    "naver_link",
]
