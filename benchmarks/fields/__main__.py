"""`python -m benchmarks.fields`: what is shown of a tag beside its code, field by field.

Reads those photos of a folder that people have labelled (`labels.tsv`), and prints for each field
how much of what is shown is right and how much of what is printed is shown, with Wilson's 95 %
intervals. Rules are chosen on the first half; the second is the figure.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from benchmarks.fields.figures import HALVES, figures, report
from benchmarks.fields.labels import labelled_tags, photos_in
from recognizer.errors import ModelError
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.pipeline import Pipeline


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fields", description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder of photos")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of other networks")
    parser.add_argument("--threads", type=int, default=2, help="of each network")
    options = parser.parse_args(arguments)
    labelled = list(photos_in(options.photos, labelled_tags()))
    if not labelled:
        print(f"{options.photos}: none of the labelled photos", file=sys.stderr)
        return 1
    try:
        pipeline = Pipeline.load(ModelFiles(options.weights), options.threads)
    except ModelError as error:
        print(error, file=sys.stderr)
        return 1
    read = [
        (tag, pipeline.read_bytes(path.read_bytes()).reading.fields)
        for path, tag in tqdm(labelled, "photos", mininterval=5)
    ]
    for half in HALVES:
        found = [each for each in read if each[0].choosing is half]
        print(report(half, len(found), figures(found)), end="\n\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
