"""Prices for a style code, from several sources behind one interface."""

from lookup.catalogue import CatalogueSource
from lookup.errors import CatalogueFileError, PriceError, SourceSettingsError
from lookup.link import naver_link
from lookup.naver import NaverSource
from lookup.service import PriceLookup
from lookup.types import (
    CatalogueRows,
    Offer,
    PriceAnswer,
    PriceQuote,
    PriceSource,
    SourceState,
)

__all__ = [
    "CatalogueFileError",
    "CatalogueRows",
    "CatalogueSource",
    "NaverSource",
    "Offer",
    "PriceAnswer",
    "PriceError",
    "PriceLookup",
    "PriceQuote",
    "PriceSource",
    "SourceSettingsError",
    "SourceState",
    "naver_link",
]
