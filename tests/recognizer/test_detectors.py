"""The published CRAFT weights as detector; files of their layout, with random numbers in them."""

from __future__ import annotations

import hashlib
import http.server
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

torch = pytest.importorskip("torch", reason="torch is in the extra `torch`")
config = pytest.importorskip("easyocr.config", reason="EasyOCR is in the extra `torch`")

from recognizer.detectors import Detector, downloaded_weights, open_pipeline, present_weights  # noqa: E402
from recognizer.errors import DetectorUnavailable, ModelError  # noqa: E402
from recognizer.finding.finder import MapsNetwork, finder_input  # noqa: E402
from recognizer.networks.craft import CRAFT  # noqa: E402
from recognizer.types import Pixels  # noqa: E402
from tests.recognizer.pictures import encoded, picture  # noqa: E402

NAME = "craft_mlt_25k.pth"


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file as the published one: full width, names as data-parallel training leaves them."""
    torch.manual_seed(3)
    state = {f"module.{name}": value for name, value in CRAFT().state_dict().items()}
    path = tmp_path_factory.mktemp("weights") / "craft.pth"
    torch.save(state, path)
    return path


@pytest.fixture
def easyocr_home(tmp_path: Path, weights: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where EasyOCR keeps models; what it takes for the published file is ours."""
    monkeypatch.setattr(config, "MODULE_PATH", f"{tmp_path}/")
    published = config.detection_models["craft"]
    monkeypatch.setitem(published, "md5sum", hashlib.md5(weights.read_bytes()).hexdigest())
    monkeypatch.setitem(published, "url", "http://127.0.0.1:1/craft.zip")  # nobody listens there
    return tmp_path / "model"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that a web server offers, and the server's address."""
    folder = tmp_path / "shelf"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *given: object) -> None:
            super().__init__(*given, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_our_own_detector_needs_nothing_else() -> None:
    assert Detector().open() is None


def test_published_weights_draw_the_maps_that_craft_draws(weights: Path) -> None:
    maps: MapsNetwork | None = Detector("easyocr", weights).open(threads=1)
    assert maps is not None
    torch.manual_seed(3)
    craft = CRAFT().eval()
    photo = np.random.default_rng(0).integers(0, 256, (96, 128, 3), np.uint8)
    drawn = maps(photo)
    assert drawn.shape == (48, 64, 2)
    assert drawn.dtype == np.float32
    with torch.no_grad():
        assert np.allclose(
            drawn, craft(torch.from_numpy(finder_input(photo)))[0].numpy(), atol=1e-3
        )


class Watched:
    """Passes on what a network draws, and remembers what it was shown."""

    def __init__(self, network: MapsNetwork) -> None:
        self.version, self.network = network.version, network
        self.shown: list[tuple[int, ...]] = []

    def __call__(self, photo: Pixels) -> NDArray[np.float32]:
        self.shown.append(photo.shape)
        return self.network(photo)


def test_the_same_pipeline_looks_through_them(weights: Path) -> None:
    pipeline = open_pipeline(threads=1, detector=Detector("easyocr", weights))
    assert pipeline.finder.version == "craft"
    pipeline.finder.side = 256
    pipeline.finder.network = watched = Watched(pipeline.finder.network)
    found = pipeline.read_bytes(encoded(picture(256, 192), "JPEG"))
    assert watched.shown[0] == (192, 256, 3)
    assert found.reading.models["finder"] == "craft"
    assert all(0 <= line.region.score <= 1 for line in found.reading.regions)


def test_weights_that_are_there_are_used(easyocr_home: Path, weights: Path) -> None:
    easyocr_home.mkdir()
    (easyocr_home / NAME).write_bytes(weights.read_bytes())
    assert present_weights() == downloaded_weights() == easyocr_home / NAME
    maps = Detector("easyocr").open(threads=1)
    assert maps is not None
    assert maps.version == "craft-mlt-25k"


@pytest.mark.parametrize("damaged", [False, True])
def test_missing_or_damaged_weights_are_downloaded(
    easyocr_home: Path,
    weights: Path,
    shelf: tuple[Path, str],
    monkeypatch: pytest.MonkeyPatch,
    damaged: bool,
) -> None:
    folder, address = shelf
    with zipfile.ZipFile(folder / "craft.zip", "w") as archive:
        archive.write(weights, NAME)
    monkeypatch.setitem(config.detection_models["craft"], "url", f"{address}/craft.zip")
    if damaged:
        easyocr_home.mkdir()
        (easyocr_home / NAME).write_bytes(weights.read_bytes()[:1000])
    assert downloaded_weights().read_bytes() == weights.read_bytes()


@pytest.mark.parametrize("offered", ["nothing", "not a zip", "other weights", "other name"])
def test_what_cannot_be_downloaded_is_told_in_one_line(
    easyocr_home: Path,
    shelf: tuple[Path, str],
    monkeypatch: pytest.MonkeyPatch,
    offered: str,
) -> None:
    folder, address = shelf
    if offered == "not a zip":
        (folder / "craft.zip").write_bytes(b"<html>Log in to this network</html>")
    elif offered != "nothing":
        with zipfile.ZipFile(folder / "craft.zip", "w") as archive:
            archive.writestr(NAME if offered == "other weights" else "README", b"weights?")
    monkeypatch.setitem(config.detection_models["craft"], "url", f"{address}/craft.zip")
    with pytest.raises(DetectorUnavailable) as caught:
        downloaded_weights()
    told = str(caught.value)
    assert str(easyocr_home / NAME) in told
    assert f"{address}/craft.zip" in told
    assert "\n" not in told


def test_without_a_network_it_says_what_to_do(easyocr_home: Path) -> None:
    with pytest.raises(DetectorUnavailable, match=r"could not be downloaded \(.*refused.*unpack"):
        Detector("easyocr").open()
    with pytest.raises(DetectorUnavailable, match="is not there"):
        present_weights()


def test_a_named_file_must_be_there_and_fit(tmp_path: Path) -> None:
    with pytest.raises(DetectorUnavailable, match=r"nowhere\.pth"):
        Detector("easyocr", tmp_path / "nowhere.pth").open()
    other = tmp_path / "other.pth"
    torch.save(CRAFT(0.125).state_dict(), other)
    with pytest.raises(ModelError, match="other sizes"):
        Detector("easyocr", other).open()
    other.write_bytes(b"no weights")
    with pytest.raises(ModelError, match="not a torch checkpoint"):
        Detector("easyocr", other).open()
