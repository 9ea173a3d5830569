"""Google Cloud Storage through gcsfs, set up so that photos arrive whole and errors arrive soon."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp
from gcsfs.core import GCSFileSystem
from gcsfs.retry import retry_request

_TRIES = 4  # with 1, 2 and 4 seconds between them
_TRY_TIMEOUT = aiohttp.ClientTimeout(total=20, sock_connect=5)  # of one try
# gcsfs parts a request by this line whatever is sent in it.
_BOUNDARY = b"--==0=="

NO_CREDENTIALS = "no Google credentials were found, see GOOGLE_APPLICATION_CREDENTIALS"


class CloudStorage(GCSFileSystem):  # type: ignore[misc]  # gcsfs is not typed
    """The plain file system of gcsfs.

    Not the one that fsspec gives for gs://, which asks Google about each bucket before each call,
    whatever the endpoint is.
    """

    _request = retry_request(GCSFileSystem._request.__wrapped__, retries=_TRIES)

    async def _pipe_file(self, path: str, data: bytes, **more: Any) -> None:
        """Write an object; one that holds the boundary itself goes in a request of its own."""
        if _BOUNDARY in data:
            more["chunksize"] = len(data)
        await super()._pipe_file(path, data, **more)


def open_cloud_storage(endpoint: str | None) -> CloudStorage:
    """Speak to Cloud Storage, or to `endpoint` or STORAGE_EMULATOR_HOST in its stead."""
    logging.getLogger("gcsfs").setLevel(logging.CRITICAL)  # what it logs it raises as well
    return CloudStorage(
        endpoint_url=endpoint,
        access="read_write",
        consistency="md5",
        requests_timeout=_TRY_TIMEOUT,
        use_listings_cache=False,
        skip_instance_cache=True,
    )


def hint(files: CloudStorage, error: Exception) -> str:
    """What the operator can do about an error, where that is known."""
    refused = getattr(error, "code", None) == 401 or "Forbidden" in str(error)
    return NO_CREDENTIALS if refused and files.credentials.credentials is None else ""
