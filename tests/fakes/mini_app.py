"""What Telegram hands to a Mini App, signed by the rules of core.telegram.org/bots/webapps."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from urllib.parse import urlencode

TOKEN = "123456789:AAE-secret_secret_secret_secret_sec"


def signed(
    person: int | None,
    at: datetime,
    *,
    token: str = TOKEN,
    language: str = "ko",
    name: str = "Mina",
    user: str | None = None,
) -> str:
    """The init data of a person who opens the page now; `user` replaces what it says of them."""
    fields = {"query_id": "AAE", "auth_date": str(int(at.timestamp())), "chat_type": "private"}
    if person is not None:
        said = {"id": person, "first_name": name, "language_code": language}
        fields["user"] = user or json.dumps(said, ensure_ascii=False)
    check = "\n".join(sorted(f"{key}={value}" for key, value in fields.items()))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    fields["hash"] = hmac.new(key, check.encode(), hashlib.sha256).hexdigest()
    return urlencode(fields)
