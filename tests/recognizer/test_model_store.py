"""A store of versions in a folder and in S3 (moto's server over real HTTP)."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest

from recognizer.errors import ModelError, ModelStoreError, VersionDamaged
from recognizer.models import MANIFEST, WEIGHTS, sum_of, sums_of
from recognizer.store.model_store import ModelStore, forget
from recognizer.store.place import Place
from tests.fakes.models import SPOILT, s3_service, spoil

KINDS = ("folder", "s3")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What looks like weights, in some bytes."""
    folder = tmp_path_factory.mktemp("weights")
    (folder / SPOILT).write_bytes(b"a network")
    (folder / "reader.safetensors").write_bytes(b"what a training starts from")
    (folder / "reader.md").write_bytes(b"not of a version")
    (folder / MANIFEST).write_text(json.dumps({"sha256": sums_of(folder)}))
    return folder


@pytest.fixture(params=KINDS)
def address(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    if request.param == "folder":
        yield str(tmp_path / "store")
        return
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with s3_service() as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        yield f"s3://tags/{tmp_path.name}"


on_a_folder = pytest.mark.parametrize("address", ["folder"], indirect=True)


def test_a_version_comes_back_as_it_was_put_in(address: str, weights: Path, tmp_path: Path) -> None:
    store, cache = ModelStore(address), tmp_path / "cache"
    assert (store.versions(), store.current()) == ((), None)
    first = store.add("trba-v5", weights, {"labels": 120, "학습": True})
    second = store.add("0.v6", weights, {})
    assert ModelStore(address).versions() == (first, second)
    assert set(first.files) == {MANIFEST, SPOILT, "reader.safetensors"}
    assert first.manifest_sha256 == sum_of(weights / MANIFEST)
    files = store.fetch("trba-v5", cache)
    assert files.folder == cache / "trba-v5"
    assert {path.name: path.read_bytes() for path in files.folder.iterdir()} == {
        name: (weights / name).read_bytes() for name in first.files
    }
    store.remove("trba-v5")
    assert store.versions() == (second,)
    with pytest.raises(ModelStoreError, match="there already"):
        store.add("0.v6", weights, {})


@pytest.mark.parametrize("name", ["", "A", ".a", "a/b", "a" * 65, "a\n", "-a", "가"])
def test_names_that_are_refused(name: str, weights: Path, tmp_path: Path) -> None:
    store = ModelStore(str(tmp_path / "store"))
    with pytest.raises(ModelStoreError, match="name has to be"):
        store.add(name, weights, {})
    for ask in (store.promote, store.remove, store.version):
        with pytest.raises(VersionDamaged, match="missing"):
            ask(name)
    assert store.current() is None


def test_half_a_version_is_none_and_may_be_put_in_again(
    address: str, weights: Path, tmp_path: Path
) -> None:
    store, place = ModelStore(address), Place(address)
    place.write(f"versions/v1/{MANIFEST}", b"{}")
    place.write("versions/v1/other.onnx", b"of another")
    assert store.versions() == ()
    with pytest.raises(VersionDamaged, match=r"version v1: version\.json is missing"):
        store.promote("v1")
    store.add("v1", weights, {})
    assert place.read("versions/v1/other.onnx") is None
    assert store.fetch("v1", tmp_path / "cache").manifest() == json.loads(
        (weights / MANIFEST).read_text()
    )


def test_a_description_that_is_damaged_is_no_version(address: str, weights: Path) -> None:
    store, place = ModelStore(address), Place(address)
    good = store.add("v1", weights, {})
    for number, text in enumerate((b"{", b"[]", b'{"name": "v"}', b"\xff")):
        place.write(f"versions/bad{number}/version.json", text)
    aside = good.told() | {"files": {"../../v1/manifest.json": "0"}}
    place.write("versions/aside/version.json", json.dumps(aside).encode())
    assert store.versions() == (good,)
    with pytest.raises(VersionDamaged, match=r"version aside: version\.json is damaged"):
        store.version("aside")


def test_what_is_damaged_or_missing_is_refused_by_name(
    address: str, weights: Path, tmp_path: Path
) -> None:
    store, place, cache = ModelStore(address), Place(address), tmp_path / "cache"
    store.add("v1", weights, {})
    place.write(f"versions/v1/{SPOILT}", b"A network")
    with pytest.raises(VersionDamaged, match=f"^version v1: {SPOILT} is damaged[^\n]*$"):
        store.fetch("v1", cache)
    place.remove(f"versions/v1/{SPOILT}")
    with pytest.raises(VersionDamaged, match=f"^version v1: {SPOILT} is missing$"):
        store.fetch("v1", cache)
    assert [path.name for path in cache.iterdir()] == [".lock"]


@on_a_folder
def test_a_fetched_copy_is_used_again_only_while_it_is_whole(
    address: str, weights: Path, tmp_path: Path
) -> None:
    store, cache = ModelStore(address), tmp_path / "cache"
    store.add("v1", weights, {})
    copy = store.fetch("v1", cache).folder / SPOILT
    before = copy.stat().st_ino
    assert store.fetch("v1", cache).folder / SPOILT == copy
    assert copy.stat().st_ino == before
    spoil(copy)
    store.fetch("v1", cache)
    assert copy.read_bytes() == b"a network"
    (tmp_path / "store" / "versions" / "v1" / SPOILT).unlink()
    store.fetch("v1", cache)  # nothing is read but the description
    copy.unlink()
    with pytest.raises(VersionDamaged):
        store.fetch("v1", cache)


@on_a_folder
def test_processes_that_fetch_at_once_all_have_it(
    address: str, weights: Path, tmp_path: Path
) -> None:
    ModelStore(address).add("v1", weights, {})
    with ThreadPoolExecutor(8) as pool:
        cache = tmp_path / "cache"
        found = list(pool.map(lambda _: ModelStore(address).fetch("v1", cache), range(8)))
    assert {(one.folder / SPOILT).read_bytes() for one in found} == {b"a network"}
    assert {path.name for path in cache.iterdir()} == {"v1", ".lock"}


def test_promotions_and_the_way_back(address: str, weights: Path) -> None:
    store = ModelStore(address)
    for name in ("a", "b", "c"):
        store.add(name, weights, {})
        store.promote(name)
    again = store.promote("c")
    assert (again.version, again.by, again.before) == ("c", "promote", ("a", "b"))
    assert store.current() == again
    with pytest.raises(ModelStoreError, match="version c is current"):
        store.remove("c")
    assert store.rollback() == "b"
    now = store.current()
    assert now is not None
    assert (now.version, now.by, now.before) == ("b", "rollback", ("a",))
    store.promote("c")
    store.remove("b")
    assert store.rollback() == "a"  # b is not there any more
    assert store.rollback() is None
    assert store.current() is None
    assert store.rollback() is None
    with pytest.raises(VersionDamaged):
        store.promote("b")


def test_promotions_at_once_leave_one_whole_word(address: str, weights: Path) -> None:
    names = [f"v{number}" for number in range(6)]
    store, done, read = ModelStore(address), threading.Event(), list[str]()
    for name in names:
        store.add(name, weights, {})
    store.promote("v0")

    def look() -> None:
        own = ModelStore(address)
        while not done.is_set():
            found = own.current()
            read.append(found.version if found else "none")

    looking = threading.Thread(target=look)
    looking.start()
    try:
        with ThreadPoolExecutor(len(names)) as pool:
            list(pool.map(lambda name: ModelStore(address).promote(name), names))
    finally:
        done.set()
        looking.join()
    assert read
    assert set(read) <= set(names)  # never half a word, never none
    current = store.current()
    assert current is not None
    if "://" not in address:  # nobody's promotion is forgotten
        assert set(current.chain) == set(names)


def test_weights_that_are_not_as_their_manifest_says_are_not_put_in(
    address: str, weights: Path, tmp_path: Path
) -> None:
    store, folder = ModelStore(address), tmp_path / "own"
    folder.mkdir()
    with pytest.raises(ModelError, match=MANIFEST):
        store.add("v1", folder, {})
    (folder / MANIFEST).write_bytes((weights / MANIFEST).read_bytes())
    with pytest.raises(ModelError, match=f"{SPOILT}: missing"):
        store.add("v1", folder, {})
    (folder / SPOILT).write_bytes(b"another network")
    with pytest.raises(ModelError, match=f"{SPOILT}: missing, or not"):
        store.add("v1", folder, {})
    assert Place(address).folders("versions") == []


def test_a_current_word_that_is_damaged_is_told(address: str) -> None:
    for text in (b"{", b"{}", b"[]", b'{"version": "a", "since": 1, "by": "x", "before": []}'):
        Place(address).write("current.json", text)
        with pytest.raises(ModelStoreError, match=r"current\.json") as told:
            ModelStore(address).current()
        assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("place", "told"),
    [("nothing://x/y", "cannot use nothing://x/y"), ("http://u:hush@127.0.0.1:9/x", "127.0.0.1")],
)
def test_what_cannot_be_used_is_told_in_one_line(place: str, told: str) -> None:
    with pytest.raises(ModelStoreError, match=told) as caught:
        ModelStore(place).promote("v1")
    assert "\n" not in str(caught.value)
    assert "hush" not in str(caught.value)


def test_a_service_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing-secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(ModelStoreError, match=r"^cannot read from s3://tags/x: [^\n]*$"):
        ModelStore("s3://tags/x").current()


def test_a_folder_that_is_a_file_is_told(weights: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(ModelStoreError, match=r"cannot read from .*/file: "):
        ModelStore(str(file)).add("v1", weights, {})
    store = ModelStore(f"file://{tmp_path}/store")
    store.add("v1", weights, {})
    with pytest.raises(ModelStoreError, match="cannot write to"):
        store.fetch("v1", file)


def test_fetched_versions_that_nobody_needs_go_after_a_while(tmp_path: Path) -> None:
    for name in ("old", "new", "kept", ".fetching-x"):
        (tmp_path / name).mkdir()
        (tmp_path / name / MANIFEST).write_bytes(b"{}")
        if name != "new":
            os.utime(tmp_path / name, (time.time() - 7200,) * 2)
    (tmp_path / ".lock").touch()
    forget(tmp_path, {"kept"})
    assert {path.name for path in tmp_path.iterdir()} == {"new", "kept", ".lock"}
    forget(tmp_path / "nowhere", set())


@on_a_folder
def test_the_shipped_weights_can_be_put_in(address: str, tmp_path: Path) -> None:
    store = ModelStore(address)
    store.add("shipped-copy", WEIGHTS, {})
    assert sums_of(store.fetch("shipped-copy", tmp_path / "c").folder) == sums_of(WEIGHTS)


def test_another_file_system_of_fsspec(weights: Path, tmp_path: Path) -> None:
    store = ModelStore(f"memory://{tmp_path.name}/store")
    store.add("v1", weights, {})
    store.promote("v1")
    assert store.fetch("v1", tmp_path).folder == tmp_path / "v1"
    fsspec.filesystem("memory").rm(f"/{tmp_path.name}", recursive=True)
