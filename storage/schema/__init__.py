"""The tables. `migrations/` builds the same ones step by step; a test compares the two.

A new table goes into the module of its topic (or a new one) and into the lists here.
"""

from storage.schema.base import MaybeJson, UtcDateTime, metadata
from storage.schema.channels import chat_entries, inbox, kakao_files, kakao_turns, posts
from storage.schema.interactions import barcodes, doomed_photos, interactions, quotes
from storage.schema.labels import labels, readings
from storage.schema.overview import counted_days, day_figures
from storage.schema.people import people, searches
from storage.schema.prices import catalogue, price_calls
from storage.schema.watches import prices_seen, told, watches

__all__ = [
    "MaybeJson",
    "UtcDateTime",
    "barcodes",
    "catalogue",
    "chat_entries",
    "counted_days",
    "day_figures",
    "doomed_photos",
    "inbox",
    "interactions",
    "kakao_files",
    "kakao_turns",
    "labels",
    "metadata",
    "people",
    "posts",
    "price_calls",
    "prices_seen",
    "quotes",
    "readings",
    "searches",
    "told",
    "watches",
]
