"""Who is signed in, told by a signed token alone: any process takes it, none remembers it.

A token is signed with the secret of its role, so another secret ends all sessions that the old one
began. Nothing else ends one before its time; signing out makes the browser forget it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SESSION_LASTS = timedelta(hours=8)
"""A session: a working day, so that a browser left open overnight opens nothing."""
_NONCE_BYTES = 32  # as many as the signature has
_LONGEST_TOKEN = 1024  # some three times what the longest name makes
_OPERATOR_NAME = re.compile(r"[\w.-](?:[\w .-]{0,38}[\w.-])?")


class Role(StrEnum):
    """What somebody may do."""

    OPERATOR = "operator"
    READER = "reader"  # looks, changes nothing


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who is signed in; `name` is the author of their labels."""

    name: str
    role: Role

    @property
    def may_write(self) -> bool:
        """Whether they may change anything."""
        return self.role is Role.OPERATOR


def name_of(text: str) -> str:
    """A name as it is kept, "" for none: 1 to 40 letters, digits, spaces and . - _ ."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    return name if _OPERATOR_NAME.fullmatch(name) else ""


class Sessions:
    """Makes and checks the tokens of sessions and of their forms."""

    def __init__(self, words: Mapping[Role, str], clock: Callable[[], datetime]) -> None:
        """`words` are the secrets, one for each role that there is."""
        self._words = {role: word.encode() for role, word in words.items()}
        self._clock = clock

    def role_of(self, secret: str) -> Role | None:
        """Whose secret this is; it takes as long for a wrong one."""
        said = secret.encode("utf-8", "replace")
        fits = [role for role, word in self._words.items() if hmac.compare_digest(said, word)]
        return fits[0] if fits else None

    def begin(self, operator: Operator) -> str:
        """The token of a new session."""
        body = {
            "role": operator.role.value,
            "name": operator.name,
            "until": (self._clock() + SESSION_LASTS).timestamp(),
            "nonce": secrets.token_urlsafe(_NONCE_BYTES),
        }
        told = base64.urlsafe_b64encode(json.dumps(body).encode()).decode()
        return f"{told}.{self._signed(operator.role, 'session', told)}"

    def operator(self, token: str) -> Operator | None:
        """Who has this token; None for one that is not ours, or whose time is over."""
        told, dot, signature = token.partition(".")
        if not dot or len(token) > _LONGEST_TOKEN or not token.isascii():
            return None
        try:
            body = json.loads(base64.urlsafe_b64decode(told))
            operator = Operator(str(body["name"]), Role(body["role"]))
            until = float(body["until"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        if operator.role not in self._words:
            return None
        if not hmac.compare_digest(signature, self._signed(operator.role, "session", told)):
            return None
        return operator if self._clock().timestamp() < until else None

    def form(self, token: str) -> str:
        """What every form of a session brings back, so that only our own pages can send one."""
        return self._signed(Role.OPERATOR, "form", token)

    def is_form(self, token: str, said: str) -> bool:
        """Whether a form came from a page of this session."""
        return said.isascii() and hmac.compare_digest(said, self.form(token))

    def _signed(self, role: Role, purpose: str, text: str) -> str:
        told = f"{purpose}:{text}".encode("utf-8", "replace")
        return hmac.new(self._words[role], told, hashlib.sha256).hexdigest()
