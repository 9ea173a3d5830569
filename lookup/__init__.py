"""Prices for a style code, from several sources behind one interface."""

from lookup.catalogue import CatalogueSource
from lookup.elevenst import ElevenStreetSource
from lookup.errors import CatalogueFileError, PriceError, SourceSettingsError
from lookup.link import naver_link
from lookup.naver import NaverSource
from lookup.quota import MemoryBook, Period, Quota
from lookup.serpapi import SerpApiSource
from lookup.service import PriceLookup
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
from lookup.web_source import Manners

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
