"""`python -m bot`: serve the web chat, and Telegram where a token is set."""

from __future__ import annotations

import asyncio
import sys

from bot.app import serve
from bot.running import logs
from bot.settings import load
from bot.talk.errors import SettingsError
from recognizer.errors import ModelError

WRONG_SETTING = 2


def main() -> int:
    """Run the bot; the exit status is 2 for a wrong setting."""
    try:
        settings = load()
        logs.start(settings.log_level, settings.secrets())
        asyncio.run(serve(settings, _announce))
    except (SettingsError, ModelError) as error:
        print(error, file=sys.stderr)
        return WRONG_SETTING
    return 0


def _announce(url: str) -> None:
    print(f"Pumbeon is ready: {url}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
