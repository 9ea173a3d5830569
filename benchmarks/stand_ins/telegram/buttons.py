"""Inline keyboards as Telegram checks them."""

from __future__ import annotations

import json
import re
from typing import Any

from benchmarks.stand_ins.telegram.refusal import JSON, Refusal

_ACTIONS = {"url", "callback_data", "copy_text", "web_app"}


def keyboard(markup: Any, private: bool = True, inline: bool = False) -> list[list[JSON]]:
    """The rows of an inline keyboard."""
    rows: list[list[JSON]] = (markup or {}).get("inline_keyboard", [])
    if any(not row for row in rows):
        raise Refusal("Bad Request: inline keyboard row is empty")
    for button in (button for row in rows for button in row):
        _check(button)
        if "web_app" in button:
            _check_app(button["web_app"], private and not inline)
    if sum(map(len, rows)) > 100 or len(json.dumps(rows)) > 10_000:
        raise Refusal("Bad Request: reply markup is too long")
    return rows


def _check(button: JSON) -> None:
    actions = button.keys() - {"text", "style"}
    if not button.get("text") or len(actions) != 1:
        raise Refusal("Bad Request: Text buttons are unallowed in the inline keyboard")
    if actions - _ACTIONS:
        raise Refusal("Bad Request: can't parse inline keyboard button")
    if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
        raise Refusal("Bad Request: BUTTON_DATA_INVALID")
    if not re.match(r"https?://[^\s/]+", button.get("url", "http://x")):
        raise Refusal("Bad Request: BUTTON_URL_INVALID")
    if re.match(r"https?://localhost\b", button.get("url", "")):
        raise Refusal("Bad Request: inline keyboard button URL is invalid: Wrong HTTP URL")
    if "copy_text" in button and not 1 <= len(button["copy_text"].get("text", "")) <= 256:
        raise Refusal("Bad Request: COPY_TEXT_INVALID")
    if button.get("style", "primary") not in {"primary", "success", "danger"}:
        raise Refusal("Bad Request: invalid button style specified")


def _check_app(app: JSON, private: bool) -> None:
    if not private:
        raise Refusal("Bad Request: BUTTON_TYPE_INVALID")
    if not app.get("url", "").startswith("https://"):
        raise Refusal("Bad Request: inline keyboard button Web App URL is invalid")
