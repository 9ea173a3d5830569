"""Builds the channel from the settings; `bot.app` calls it."""

from __future__ import annotations

from bot.channels.kakao.channel import KakaoChannel
from bot.channels.kakao.turns import Timing
from bot.settings import Settings
from bot.talk.types import PhotoHandler
from storage.store import Store


def kakao_channel(settings: Settings, handler: PhotoHandler, store: Store) -> KakaoChannel | None:
    """The channel, None where no secret is set. Needs the running event loop."""
    if settings.kakao_skill_secret is None:
        return None
    return KakaoChannel(
        handler,
        store.kakao,
        store.people,
        settings.kakao_skill_secret.get_secret_value(),
        settings.kakao_bot_id,
        settings.kakao_hosts,
        settings.public_url,
        Timing(deadline_s=settings.kakao_deadline_s),
    )
