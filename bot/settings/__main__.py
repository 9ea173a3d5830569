"""`python -m bot.settings > .env.example`: every setting with its default, as the file has them."""

from __future__ import annotations

from bot.settings import Settings


def example() -> str:
    """All settings as comments, each with its description and default."""
    lines = ["# Copy to .env and fill in what you need; everything has a default."]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else field.default
        lines += ["", f"# {field.description}", f"#{name.upper()}={default}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(example(), end="")
