"""Photos in Google Cloud Storage: an emulator over real HTTP, with tokens, pages and trouble."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.errors import PhotoStoreError
from storage.photos import cloud_storage
from storage.photos.photo_store import PhotoStore, open_photos
from storage.store import Store
from tests.fakes.cloud_storage import ACCOUNT, BUCKET, FakeCloudStorage
from tests.storage.contract import on_sqlite
from tests.storage.photo_owners import takes_their_photos_out

PLACE = f"gs://{BUCKET}/pumbeon"
EVER = timedelta(seconds=-60)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials of this machine."""
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "STORAGE_EMULATOR_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    monkeypatch.setenv("NO_GCE_CHECK", "true")


@pytest.fixture
async def service() -> AsyncIterator[FakeCloudStorage]:
    async with FakeCloudStorage(page=2) as service:
        yield service


@pytest.fixture
def photos(service: FakeCloudStorage) -> PhotoStore:
    return open_photos(PLACE, service.url)


async def test_photos_come_and_go(photos: PhotoStore) -> None:
    await photos.check()
    digest = await photos.put(b"a tag")
    assert await photos.put(b"a tag") == digest
    assert await photos.get(digest) == b"a tag"
    assert await photos.aged(EVER) == (digest,)
    assert await photos.aged(timedelta(hours=1)) == ()
    assert await photos.remove(digest)
    assert not await photos.remove(digest)
    assert await photos.get(digest) is None
    assert await photos.aged(EVER) == ()


async def test_the_emulator_that_the_environment_names_is_asked(
    service: FakeCloudStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", service.url)
    await open_photos(PLACE).check()
    assert len(service.calls) == 2


@pytest.mark.parametrize(
    "jpeg",
    [
        random.Random(1).randbytes(300_000),
        b"\xff\xd8 a line \r\n--==0==\r\nContent-Type: text/plain\r\n\r\n of the request \xff\xd9",
        b"ends in a line\n",
        b"\n",
    ],
    ids=["large", "boundary", "line", "newline"],
)
async def test_what_is_put_comes_back_byte_for_byte(photos: PhotoStore, jpeg: bytes) -> None:
    assert await photos.get(await photos.put(jpeg)) == jpeg


async def test_all_pages_of_a_list_are_seen(photos: PhotoStore, service: FakeCloudStorage) -> None:
    put = {await photos.put(bytes([number])) for number in range(5)}
    assert set(await photos.aged(EVER)) == put
    assert sum(call.startswith("GET") and call.endswith("/o") for call in service.calls) == 3


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow at once."""
    monkeypatch.setattr("gcsfs.retry.random.random", lambda: -16.0)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("trouble", [503, 429, "cut"])
async def test_a_short_trouble_is_waited_out(
    photos: PhotoStore, service: FakeCloudStorage, trouble: int | str
) -> None:
    digest = await photos.put(b"a photo")
    service.plan.append(trouble)
    assert await photos.get(digest) == b"a photo"
    service.plan.append(503)
    assert await photos.put(b"a photo") == digest
    service.plan.append(503)
    assert await photos.remove(digest)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (401, f"Anonymous caller .*; {cloud_storage.NO_CREDENTIALS}"),
        (403, f"Forbidden: .*{ACCOUNT} does not have storage.objects.create access"),
        (503, "Service Unavailable, 503"),
        (429, "rate limit"),
        ("damaged", "ChecksumError"),
    ],
)
async def test_trouble_that_stays_is_told_and_nothing_is_taken_for_done(
    photos: PhotoStore, service: FakeCloudStorage, trouble: int | str, told: str
) -> None:
    digest = await photos.put(b"an old photo")
    service.always = trouble
    with pytest.raises(PhotoStoreError, match=f"cannot write to {BUCKET}/pumbeon: .*{told}"):
        await photos.put(b"a new photo")
    if trouble != "damaged":
        for call in (photos.get(digest), photos.remove(digest), photos.aged(EVER)):
            with pytest.raises(PhotoStoreError, match="cannot "):
                await call
    service.always = ""
    assert await photos.get(digest) == b"an old photo"


async def test_a_bucket_that_is_not_there_is_told(service: FakeCloudStorage) -> None:
    with pytest.raises(PhotoStoreError, match="cannot write to nowhere/x: there is no bucket"):
        await open_photos("gs://nowhere/x", service.url).check()


@pytest.mark.usefixtures("hasty")
async def test_a_service_that_is_not_there_is_told() -> None:
    with pytest.raises(PhotoStoreError, match=f"cannot write to {BUCKET}/x: .*Cannot connect"):
        await open_photos(f"gs://{BUCKET}/x", "http://127.0.0.1:9").check()


async def test_a_service_account_is_used_and_its_token_renewed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with FakeCloudStorage(guarded=True) as service:
        file = service.credentials(tmp_path)
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
        service.expires_s = 200  # about to run out: a new one is fetched for the next call
        photos = open_photos(PLACE, service.url)
        await photos.check()
        digest = await photos.put(b"a tag")
        assert await photos.get(digest) == b"a tag"
        service.forget_tokens()
        assert await photos.get(digest) == b"a tag"


async def test_without_credentials_a_guarded_bucket_says_what_to_set() -> None:
    async with FakeCloudStorage(guarded=True) as service:
        with pytest.raises(PhotoStoreError, match="GOOGLE_APPLICATION_CREDENTIALS"):
            await open_photos(PLACE, service.url).check()


@on_sqlite
async def test_a_person_takes_their_photos_out_of_the_bucket(
    ready_url: str, service: FakeCloudStorage
) -> None:
    store = await Store.open(ready_url, PLACE, service.url)
    await takes_their_photos_out(store)
