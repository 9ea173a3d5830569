"""`t.me/BOT?start=CODE`: the code as it is, or in base64url where it has other characters."""

from __future__ import annotations

import base64
import binascii
import re

from stylecode import read


def linked_code(argument: str) -> str:
    """The code that a start link carries; "" where it carries none."""
    return (
        _checked(_decoded(argument)) or _checked(argument) or _checked(argument.replace("_", " "))
    )


def _checked(text: str) -> str:
    found = read(text).codes
    return found[0].code if found else ""


def _decoded(argument: str) -> str:
    """The text in base64url, "" for what is none or would be no code as printed on a tag."""
    try:
        raw = base64.urlsafe_b64decode(argument + "=" * (-len(argument) % 4))
        text = raw.decode("ascii")
    except (binascii.Error, ValueError):
        return ""
    return text if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ./-]{3,}", text) else ""
