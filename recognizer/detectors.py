"""Which network draws the maps that lines are found in: ours, or the published CRAFT weights.

Importing this module is cheap; torch and EasyOCR are imported only where they are chosen.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from zipfile import BadZipFile

from recognizer.calibration import Calibrated
from recognizer.errors import DetectorUnavailable
from recognizer.finding.finder import Finder, MapsNetwork, OnnxMaps
from recognizer.finding.regions import RegionSettings
from recognizer.finding.words import WordSettings
from recognizer.looking.double_reading import NoWitness
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.witness import WitnessReader

DetectorName = Literal["own", "easyocr"]
WitnessName = Literal["ppocr", "none"]
PUBLISHED_VERSION: Final = "craft-mlt-25k"
# The thresholds that EasyOCR uses with these weights; our own network's maps are fainter.
PUBLISHED_REGIONS: Final = RegionSettings(WordSettings(text=0.7, low_text=0.4, link=0.4))
_PATIENCE_S = 30.0  # without a sign from the other end

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Detector:
    """A choice of network; `file` are weights of the published layout, else EasyOCR's are used."""

    name: DetectorName = "own"
    file: Path | None = None

    def open(self, threads: int = 2) -> MapsNetwork | None:
        """The network, downloaded where it must be; None for our own, which the finder has.

        Raises DetectorUnavailable where it cannot be had, ModelError for a file of something else.
        """
        if self.name == "own":
            return None
        path = self.file or downloaded_weights()
        _check(path)
        try:
            from recognizer.finding.torch_maps import TorchMaps  # noqa: PLC0415 (torch only where chosen)
        except ImportError as error:
            raise _not_installed(error) from error
        return TorchMaps.load(path, threads, PUBLISHED_VERSION if self.file is None else path.stem)


def open_pipeline(
    files: ModelFiles | None = None,
    threads: int = 2,
    detector: Detector | None = None,
    witness: WitnessName = "ppocr",
) -> Pipeline:
    """The pipeline with the chosen detector, else our own, and the chosen witness.

    Confidences of photos are calibrated for our own. Raises ModelError, DetectorUnavailable.
    """
    network = detector.open(threads) if detector else None
    second = WitnessReader(threads) if witness == "ppocr" else NoWitness()
    if network is None:
        return Pipeline.load(files, threads, witness=second)
    files = files or ModelFiles()
    manifest = files.manifest()
    return Pipeline(
        Finder(network, settings=PUBLISHED_REGIONS),
        Recogniser(files, threads),
        Calibrated.of(manifest),
        witness=second,
    )


def renewed(pipeline: Pipeline, files: ModelFiles, threads: int = 2) -> Pipeline:
    """Another pipeline with the networks of `files`. Raises ModelError.

    The witness is the same, and so is a finder of published weights: neither comes in versions.
    """
    own = isinstance(pipeline.finder.network, OnnxMaps)
    return Pipeline(
        Finder(OnnxMaps(files, threads)) if own else pipeline.finder,
        Recogniser(files, threads),
        Calibrated.of(files.manifest()),
        witness=pipeline.witness,
    )


def downloaded_weights() -> Path:
    """EasyOCR's copy of the published CRAFT weights, fetched by its own means where missing.

    It lies where EasyOCR keeps its models: `~/.EasyOCR/model`, or below EASYOCR_MODULE_PATH.
    Raises DetectorUnavailable.
    """
    path = weights_path()
    if not _intact(path):
        _download(path)
    return path


def present_weights() -> Path:
    """The same, but never downloaded; raises DetectorUnavailable where they are not there."""
    path = weights_path()
    if not _intact(path):
        raise DetectorUnavailable(f"{path} is not there (RECOGNIZER_DETECTOR=easyocr fetches it)")
    return path


def weights_path() -> Path:
    """Where EasyOCR keeps these weights; raises DetectorUnavailable where it is not installed."""
    try:
        from easyocr import config  # noqa: PLC0415 (imports torch: only where chosen)
    except ImportError as error:
        raise _not_installed(error) from error
    return Path(config.MODULE_PATH) / "model" / str(config.detection_models["craft"]["filename"])


def _intact(path: Path) -> bool:
    from easyocr import config, utils  # noqa: PLC0415

    wanted = config.detection_models["craft"]["md5sum"]
    return path.is_file() and utils.calculate_md5(path) == wanted


def _download(path: Path) -> None:
    from easyocr import config, utils  # noqa: PLC0415

    url = str(config.detection_models["craft"]["url"])
    log.info("downloading the published CRAFT weights from %s", url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _impatient():
            utils.download_and_unzip(url, path.name, str(path.parent), verbose=False)
    except (OSError, BadZipFile, KeyError) as error:
        raise DetectorUnavailable(
            f"{path} is missing and could not be downloaded ({_reason(error)}); download {url} "
            f"and unpack it into {path.parent}, or choose the own detector"
        ) from error
    if not _intact(path):
        raise DetectorUnavailable(f"{path}, downloaded from {url}, has another checksum")


@contextmanager
def _impatient() -> Iterator[None]:
    """EasyOCR's download waits for ever for a network that answers nothing."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_PATIENCE_S)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _reason(error: Exception) -> str:
    told = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    return " ".join(str(told).split()) or type(error).__name__


def _check(path: Path) -> None:
    if not path.is_file():
        raise DetectorUnavailable(f"{path} is no file")


def _not_installed(error: ImportError) -> DetectorUnavailable:
    return DetectorUnavailable(
        f"{error.name or 'torch'} is not installed; pip install -e '.[torch]' in the "
        "checkout, or choose the own detector"
    )
