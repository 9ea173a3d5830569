"""A channel that can send without an event, and prices that can be checked without hurry."""

from __future__ import annotations

from bot.talk.errors import DeliveryError
from bot.talk.types import Reply
from lookup.types import PriceAnswer
from storage.types import Who
from tests.fakes.prices import FakePrices


class FakeOutbox:
    """Keeps what was sent; `errors` are raised first, one for each message."""

    def __init__(self) -> None:
        self.sent: list[tuple[Who, Reply]] = []
        self.errors: list[DeliveryError] = []

    async def post(self, who: Who, reply: Reply) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((who, reply))


class CheckedPrices(FakePrices):
    """`check` answers what `quote` does; `checks` are the codes that it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.checks: list[str] = []

    async def check(self, code: str) -> PriceAnswer:
        self.checks.append(code)
        return await self.quote(code)
