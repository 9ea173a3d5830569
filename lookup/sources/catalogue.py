"""The own catalogue (a shop's price list) as a price source."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime

from lookup.judging.words import is_used
from lookup.types import CatalogueRows, Condition, Offer, PriceQuote, SourceState
from stylecode.grammar.normalise import key as code_key

log = logging.getLogger(__name__)


class CatalogueSource:
    """Offers from rows that the shop itself keeps; which rows are on sale is the rows' business."""

    key = "catalogue"
    kept_s = 0.0  # it is near, and an import must show at once

    def __init__(self, rows: CatalogueRows, *, name: str = "자체 가격표") -> None:
        self.name = name
        self._rows = rows

    async def quote(self, code: str) -> PriceQuote:
        """The rows whose code equals `code` once both are reduced to A-Z0-9. Never raises."""
        key = code_key(code)
        try:
            offers = await self._rows.find(key) if key else ()
        except Exception:  # the rows may be any database; one broken source must not block others
            log.exception("price source %s is down", self.key)
            return self._quote(code, SourceState.DOWN)
        return self._quote(code, SourceState.OK if offers else SourceState.EMPTY, offers)

    def _quote(self, code: str, state: SourceState, offers: tuple[Offer, ...] = ()) -> PriceQuote:
        ordered = tuple(sorted(map(_marked, offers), key=lambda offer: offer.price_won))
        return PriceQuote(code, self.key, self.name, state, datetime.now(UTC), ordered)


def _marked(offer: Offer) -> Offer:
    """What the shop itself lists is never dropped, but used goods are told as such."""
    return replace(offer, condition=Condition.USED) if is_used(offer.title) else offer
