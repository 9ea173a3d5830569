"""Stand-ins of price services, Telegram and KakaoTalk: strict, over HTTP; tests use them, too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from benchmarks.stand_ins.price_service import FakeService
from lookup.sources.settings import SourceSettings


@cache
def stand_ins() -> Mapping[type[SourceSettings], type[FakeService]]:
    """All that stand in this folder, by the settings of the source that asks them."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return {service.kind: service for service in FakeService.__subclasses__()}
