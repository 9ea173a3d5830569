"""One GET to a service: its status and its body, or a `SourceTrouble` that names no address.

aiohttp's own errors print the address, and some services want their key in it.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping

import aiohttp
from pydantic import SecretStr

from lookup.errors import AnswerUnreadable, ServerFailed, SourceSettingsError
from lookup.stopping import asked_to_stop

LARGEST_ANSWER_BYTES = 2_000_000  # 100 rows are about 80 kB
_PACKED = "gzip, deflate"  # what is asked for, and can be unpacked a piece at a time
_ANY_HEAD = 32 + zlib.MAX_WBITS  # gzip's or zlib's, whichever there is


async def fetch(
    session: aiohttp.ClientSession,
    url: str,
    params: Mapping[str, str],
    headers: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """Status and body. Raises `AnswerUnreadable`, `ServerFailed` or `TimeoutError`."""
    if session.closed:
        raise ServerFailed("the session is closed")
    plain = {name: value.encode("utf-8", "replace").decode() for name, value in params.items()}
    # A secret must not travel to another host. aiohttp would unpack a chunk whole, to 150 MB.
    told = {"Accept-Encoding": _PACKED, **(headers or {})}
    request = session.get(
        url, params=plain, headers=told, allow_redirects=False, auto_decompress=False
    )
    try:
        async with request as answer:
            return answer.status, await _read_capped(answer)
    except TimeoutError:
        raise
    except asyncio.CancelledError:
        # A session that is closed meanwhile cancels what waits for its connection.
        if session.closed and not asked_to_stop():
            raise ServerFailed("the session was closed") from None
        raise
    except aiohttp.ClientPayloadError:
        raise AnswerUnreadable("answer was cut off") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise ServerFailed(f"no connection ({type(error).__name__})") from None


async def _read_capped(answer: aiohttp.ClientResponse) -> bytes:
    """The body, unpacked no further than the cap. Raises `AnswerUnreadable` beyond it."""
    unpacker = _unpacker(answer.headers.get("Content-Encoding", ""))
    body = bytearray()
    try:
        async for chunk in answer.content.iter_any():
            room = LARGEST_ANSWER_BYTES + 1 - len(body)
            body += unpacker.decompress(chunk, room) if unpacker else chunk
            if len(body) > LARGEST_ANSWER_BYTES:
                raise AnswerUnreadable(f"answer is larger than {LARGEST_ANSWER_BYTES} bytes")
    except zlib.error:
        raise AnswerUnreadable("answer cannot be unpacked") from None
    if unpacker and body and not unpacker.eof:
        raise AnswerUnreadable("answer was cut off")
    return bytes(body)


def _unpacker(encoding: str) -> zlib._Decompress | None:
    """None for what is not packed. Raises `AnswerUnreadable` for what nobody asked for."""
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(_ANY_HEAD)
    raise AnswerUnreadable(f"answer is packed as {encoding[:20]}")


def checked_secret(what: str, value: SecretStr | None) -> str:
    """`value` without blanks around. Raises `SourceSettingsError` where no request can carry it."""
    stripped = value.get_secret_value().strip() if value else ""
    if not stripped or not stripped.isprintable() or not stripped.isascii():
        raise SourceSettingsError(f"the {what} must be plain characters on one line")
    return stripped
