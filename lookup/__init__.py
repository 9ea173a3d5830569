"""Prices for a style code, from several sources behind one interface."""

from lookup.errors import CatalogueFileError, PriceError, SourceSettingsError
from lookup.link import naver_link
from lookup.service import PriceLookup
from lookup.sources.catalogue import CatalogueSource
from lookup.sources.elevenst import ElevenStreetSource
from lookup.sources.naver import NaverSource
from lookup.sources.quota import MemoryBook, Period, Quota
from lookup.sources.serpapi import SerpApiSource
from lookup.sources.web_source import Manners
from lookup.types import (
    CatalogueRows,
    Condition,
    MeteredSource,
    Note,
    Offer,
    PriceAnswer,
    PriceQuote,
    PriceSource,
    QuotaBook,
    SourceState,
    SourceStatus,
    Usage,
)

__all__ = [
    "CatalogueFileError",
    "CatalogueRows",
    "CatalogueSource",
    "Condition",
    "ElevenStreetSource",
    "Manners",
    "MemoryBook",
    "MeteredSource",
    "NaverSource",
    "Note",
    "Offer",
    "Period",
    "PriceAnswer",
    "PriceError",
    "PriceLookup",
    "PriceQuote",
    "PriceSource",
    "Quota",
    "QuotaBook",
    "SerpApiSource",
    "SourceSettingsError",
    "SourceState",
    "SourceStatus",
    "Usage",
    "naver_link",
]
