"""Errors of what keeps the process going.

StartError   what serving needs cannot be had now: the database, the photo store, the port
"""

from __future__ import annotations

from bot.talk.errors import BotError


class StartError(BotError):
    """Something that serving needs cannot be had now; one line that names its setting."""
