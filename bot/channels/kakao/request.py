"""Kakao's payloads, read with patience: what is missing or odd is left out, not refused.

A photo arrives in three ways: as the utterance itself (with `params.media` beside it or not), from
the secure-image plug-in (a JSON string with a bare `List(...)` in it), or as a plain parameter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.channels.kakao.errors import Garbage

MAX_BODY = 256 * 1024
MAX_TEXT = 4000
MAX_PICTURES = 10
_MAX_USER = 128  # Kakao says 70

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# Addresses may hold commas themselves; only one before the next address parts two of them.
_COMMA = re.compile(r"\s*,\s*(?=https?://)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WELCOME = re.compile(r"웰컴|welcome", re.IGNORECASE)

Trusted = Callable[[str], bool]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request says.

    `pictures` are addresses as they came, to be checked before they are fetched. `data` is what a
    button of ours carried. `declined`: photos came, but their use was not agreed to. `media` is
    the kind of something sent that is no picture ("video"). `callback` takes a late answer.
    """

    user: str
    bot: str
    locale: str = ""
    text: str = ""
    pictures: tuple[str, ...] = ()
    data: str = ""
    declined: bool = False
    media: str = ""
    welcome: bool = False
    callback: str = ""


def asked(body: bytes, trusted: Trusted) -> Asked:
    """Read a payload. `trusted` knows the addresses of Kakao's pictures. Raises `Garbage`."""
    payload = _payload(body)
    request = _object(payload.get("userRequest"))
    action = _object(payload.get("action"))
    user = _identity(_object(request.get("user")).get("id"))
    text = _clean(request.get("utterance"))
    found = _FoundPictures()
    _look_in_action(found, action)
    _look_in_request(found, request, text, _trigger(payload), trusted)
    return Asked(
        user=user,
        bot=_clean(_object(payload.get("bot")).get("id")),
        locale=_locale(request.get("lang")),
        text=text,
        pictures=tuple(found.pictures)[:MAX_PICTURES],
        data=_clean(_object(action.get("clientExtra")).get("data")),
        declined=found.declined and not found.pictures,
        media=found.media,
        welcome=bool(_WELCOME.search(_clean(_object(request.get("block")).get("name")))),
        callback=_clean(request.get("callbackUrl")),
    )


class _FoundPictures:
    """Pictures found so far, each once, in order."""

    def __init__(self) -> None:
        self.pictures: dict[str, None] = {}
        self.declined = False
        self.media = ""

    def add(self, url: str) -> None:
        self.pictures[url.strip()] = None


def _payload(body: bytes) -> Json:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        raise Garbage("the body is no JSON") from None
    if not isinstance(payload, dict) or not isinstance(payload.get("userRequest"), dict):
        raise Garbage("the body is no skill payload")
    return payload


def _identity(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    # Cleaned first: an id of nothing but control characters would be everybody's who sends one.
    user = _clean(value)
    if not 0 < len(user.strip()) <= _MAX_USER:
        raise Garbage("userRequest.user.id is missing")
    return user


def _look_in_action(found: _FoundPictures, action: Json) -> None:
    for value in _object(action.get("params")).values():
        _look_in_value(found, value)
    if found.pictures or found.declined:
        return
    for detail in _object(action.get("detailParams")).values():
        for name in ("value", "origin"):
            _look_in_value(found, _object(detail).get(name))


def _look_in_value(found: _FoundPictures, value: object) -> None:
    """A parameter: the plug-in's JSON, a bare list, or an address."""
    if isinstance(value, dict):
        _look_in_plugin(found, value)
        return
    if not isinstance(value, str):
        return
    text = value.strip()
    if text.startswith("{"):
        try:
            _look_in_plugin(found, _object(json.loads(text)))
        except (ValueError, RecursionError):
            return
    else:
        for url in _addresses(text):
            found.add(url)


def _look_in_plugin(found: _FoundPictures, value: Json) -> None:
    if "secureUrls" not in value:
        return
    if str(value.get("privacyAgreement", "Y")).strip().upper() == "N":
        found.declined = True
        return
    urls = value["secureUrls"]
    for url in urls if isinstance(urls, list) else _addresses(str(urls)):
        if isinstance(url, str) and _LINK.fullmatch(url.strip()):
            found.add(url)


def _addresses(text: str) -> Iterator[str]:
    """The addresses of "List(a,b)", "List(a, b)" or "a"; none of any other text."""
    inner = re.fullmatch(r"\s*List\((.*)\)\s*", text, re.DOTALL | re.IGNORECASE)
    for part in _COMMA.split(inner[1] if inner else text):
        if _LINK.fullmatch(part.strip()):
            yield part.strip()


def _look_in_request(
    found: _FoundPictures, request: Json, text: str, trigger: str, trusted: Trusted
) -> None:
    media = _object(_object(request.get("params")).get("media"))
    kind, url = _clean(media.get("type")).lower(), _clean(media.get("url"))
    if kind and kind != "image":
        found.media = kind
        return
    if _LINK.fullmatch(url):
        found.add(url)
    is_link = _LINK.fullmatch(text) is not None
    if is_link and (trusted(text) or "IMAGE" in trigger) and not _LINK.fullmatch(url):
        found.add(text)


def _trigger(payload: Json) -> str:
    flow = _object(payload.get("flow"))
    return _clean(_object(flow.get("trigger")).get("type")).upper()


def _locale(value: object) -> str:
    """The language tag; Kakao writes "kr" for Korean, too."""
    text = _clean(value).lower()
    return "ko" if text.startswith("kr") else text


def _object(value: object) -> Json:
    """A JSON object; one inside a string, too; {} for anything else."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


def _clean(value: object) -> str:
    """A text that every database takes: no lone surrogates, no control characters."""
    if not isinstance(value, str):
        return ""
    text = value.encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub("", text).strip()
