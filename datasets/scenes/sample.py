"""The sample photo of the web chat: a clear, slightly tilted tongue label."""

from __future__ import annotations

import random
from pathlib import Path

import cv2
import numpy as np

from datasets.fonts.fonts import FontPool
from datasets.scenes.camera import light as camera
from datasets.scenes.camera.geometry import Bend, Warp, view
from datasets.scenes.camera.laying import Laid, paste
from datasets.scenes.labels import layout as lay
from datasets.scenes.labels.layout import Block, Faces, Style
from datasets.scenes.materials import surfaces
from datasets.scenes.materials.paper import finish, on_paper
from datasets.scenes.types import Pixels

CODE = "DD1391-100"
_PAGE_WIDTH, _PAGE_HEIGHT = 1280, 960
_PAGE_SCALE = 66.0
_PREFERRED = ("archivo-latin-600-normal", "LiberationSans-Bold")


def sample_tag(pool: FontPool) -> bytes:
    """The sample as JPEG, 1280x960; its code is one that the sample catalogue prices."""
    rng = random.Random(9)
    image = surfaces.surface(rng, "cloth", _PAGE_HEIGHT, _PAGE_WIDTH)
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), 1.2), np.uint8)
    faces = {path.stem: path for path in (*pool.train, *pool.held_out)}
    face = next((faces[name] for name in _PREFERRED if name in faces), pool.train[0])
    flat = on_paper(
        pool, lay.padded(_label(face), 1.0, 0.9), _PAGE_SCALE,
        {"paper": (247, 247, 244), "ink": (24, 24, 28)}, radius=0.35,
    )  # fmt: skip
    flat = finish(rng, flat, 0.0)
    h, w = flat.rgb.shape[:2]
    bend = Bend(radius=w * 1.1, centre=w / 2, lift=0.22)
    matrix = view((0.14, -0.1), -0.075, 1.0, 1600) @ np.array(
        [[1, 0, -w / 2], [0, 1, -h / 2], [0, 0, 1]], np.float64
    )
    warp = Warp(bend, matrix).moved(_PAGE_WIDTH / 2, _PAGE_HEIGHT / 2 + 14, min(1.0, 1020 / w))
    return _photo(rng, paste(rng, image, Laid(flat, warp)))


def _photo(rng: random.Random, image: Pixels) -> bytes:
    lit = camera.light(rng, image, 0.25)
    lit = np.asarray(cv2.GaussianBlur(lit, (0, 0), 0.7), np.uint8)
    seen = camera.sensor(rng, lit, 0.05)
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(seen, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 86]
    )
    if not done:
        raise RuntimeError("OpenCV could not encode a JPEG")
    return data.tobytes()


def _label(face: Path) -> Block:
    """Sizes, dates and origin around the code, as on a tongue label."""
    style = Style(Faces(face, face), Faces(face, face), 0.02)
    sizes = (("US", "9"), ("UK", "8"), ("EUR", "42.5"), ("CM", "27"))
    rows = [
        [lay.text(style, name, 0.52) for name, _ in sizes],
        [lay.text(style, value, 0.8) for _, value in sizes],
    ]
    lines = [
        lay.text(style, "NIKE", 1.5, strong=True),
        lay.table(rows, 0.36, 0.05),
        lay.text(style, CODE, 1.0, strong=True, code=(0, len(CODE))),
        lay.text(style, "08/12/23  10/20/23  QZ", 0.55),
        lay.text(style, "MADE IN VIETNAM / FABRIQUE AU VIETNAM", 0.42),
    ]
    return lay.vstack(lines, 0.62)
