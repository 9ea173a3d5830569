"""`python -m bot`: serve, or what `pumbeon` does with the same words."""

from __future__ import annotations

import sys

from bot.program import main as program


def main() -> int:
    """Run the bot; the exit status is 2 for a wrong setting."""
    return program.main(program="python -m bot", default="serve")


if __name__ == "__main__":
    sys.exit(main())
