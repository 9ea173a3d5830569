"""Who opened the Mini App: Telegram signs it with the bot's token.

ProofError
"""

from __future__ import annotations

from datetime import datetime, timedelta

from init_data_py import validate_by_hash
from init_data_py.errors import InvalidInitDataError

from bot.talk.types import Who

MOST_CHARACTERS = 8192
VALID_FOR = timedelta(hours=1)
_CLOCKS_DIFFER = timedelta(minutes=5)


class ProofError(Exception):
    """This does not come from Telegram, or not lately."""


def proven(init_data: object, token: str, now: datetime) -> Who:
    """The person in a Mini App's `initData`, checked by Telegram's rules.

    Raises `ProofError` when it is forged, stale, from the future, repeats a field, or names nobody.
    """
    if not isinstance(init_data, str) or not 0 < len(init_data) <= MOST_CHARACTERS:
        raise ProofError("no init data")
    try:
        data = validate_by_hash(init_data, token, expires_in=VALID_FOR, now=now)
    except (InvalidInitDataError, RecursionError, UnicodeError) as error:
        # Its own text may show what was sent: a person's name has no place in a log.
        raise ProofError(type(error).__name__) from None
    if data.issued_at > now + _CLOCKS_DIFFER:
        raise ProofError("from the future")
    if data.user is None:
        raise ProofError("no person")
    return Who("telegram", str(data.user.id), data.user.language_code or "")
