"""Errors inside the KakaoTalk channel.

bot.talk.errors.BotError
├── Garbage            the request is no skill payload: 400
└── bot.talk.errors.FetchError   (from `pictures`) the photo could not be fetched
"""

from __future__ import annotations

from bot.talk.errors import BotError


class Garbage(BotError):
    """Not what Kakao sends; nobody is there to be answered."""
