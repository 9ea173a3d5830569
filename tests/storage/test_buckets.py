"""Photos in S3: moto's server over real HTTP, and services that refuse or are not there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from urllib.request import Request, urlopen

import fsspec
import pytest
from moto.server import ThreadedMotoServer

from storage.errors import PhotoStoreError
from storage.photos.arriving import arriving
from storage.photos.photo_bucket import PhotoBucket
from storage.photos.photo_store import PhotoStore, open_photos
from storage.store import Store
from tests.storage.contract import on_sqlite
from tests.storage.photo_owners import takes_their_photos_out
from tests.storage.test_photos import make_older
from tests.waiting import PATIENCE_S

BUCKET = "s3://tags/pumbeon"


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def endpoint(service: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    # All of moto's servers of a process hold the same things, other tests' too.
    urlopen(Request(f"{service}/moto-api/reset", method="POST"), timeout=PATIENCE_S).close()
    fsspec.filesystem("s3", endpoint_url=service, skip_instance_cache=True).mkdir("tags")
    return service


@pytest.fixture(params=["s3", "memory"])
def bucket(request: pytest.FixtureRequest, endpoint: str) -> PhotoStore:
    if request.param == "s3":
        return open_photos(BUCKET, endpoint)
    return PhotoBucket(fsspec.filesystem("memory"), "/tags/pumbeon")


async def test_photos_come_and_go(bucket: PhotoStore) -> None:
    await bucket.check()
    digest = await bucket.put(b"a tag")
    assert await bucket.put(b"a tag") == digest
    assert await bucket.get(digest) == b"a tag"
    assert await bucket.aged(timedelta(seconds=-60)) == (digest,)
    assert await bucket.aged(timedelta(hours=1)) == ()
    assert await bucket.remove(digest)
    assert not await bucket.remove(digest)
    assert await bucket.get(digest) is None
    assert await bucket.aged(timedelta(seconds=-60)) == ()


@pytest.mark.parametrize("name", ["", "../secret", "A" * 64, "a" * 64 + "\n"])
async def test_only_digests_are_looked_up(bucket: PhotoStore, name: str) -> None:
    assert await bucket.get(name) is None
    assert not await bucket.remove(name)


@on_sqlite
async def test_a_person_takes_their_photos_out_of_the_bucket(ready_url: str, endpoint: str) -> None:
    store = await Store.open(ready_url, BUCKET, endpoint)
    await takes_their_photos_out(store, clock_s=1.1)  # S3 tells whole seconds


@pytest.mark.parametrize("place", ["s3://", "gs:///", "ftp://host/x", "s4://bucket"])
def test_addresses_that_name_no_bucket_are_told(place: str) -> None:
    with pytest.raises(PhotoStoreError, match=r"no bucket|not supported"):
        open_photos(place)


async def test_a_bucket_that_is_not_there_is_told(endpoint: str) -> None:
    with pytest.raises(PhotoStoreError, match="cannot write to nowhere"):
        await open_photos("s3://nowhere/x", endpoint).check()


async def test_a_service_that_is_down_is_told_without_secrets(endpoint: str) -> None:
    with pytest.raises(PhotoStoreError, match="cannot write to tags") as told:
        await open_photos("s3://tags/x", "http://127.0.0.1:9").check()
    assert "testing-secret" not in str(told.value)


async def test_uploads_come_and_go(bucket: PhotoStore) -> None:
    async with arriving(bucket) as file:
        await file.write(b"a ")
        await file.write(b"photo")
        name = await bucket.take(file.path)
        assert not file.path.exists()
    assert await bucket.get(name) == b"a photo"
    assert await bucket.has(name)
    assert await bucket.aged(timedelta(seconds=-60)) == (name,)
    assert await bucket.remove(name)
    assert not await bucket.has(name)


async def test_an_upload_that_a_crash_cut_off_does_not_stay_on_the_machine(
    bucket: PhotoStore,
) -> None:
    async with arriving(bucket) as file:
        make_older(file.path, 3600)
        await bucket.clear_unfinished(timedelta(minutes=10))
        assert not await asyncio.to_thread(file.path.exists)
