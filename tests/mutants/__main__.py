"""What the tests of `stylecode` would miss: `python -m tests.mutants`, or `make mutants`.

One thing is changed at a time, and `tests/stylecode` run until something fails:

- a number of `stylecode/ranking` or `stylecode/tag`, by 35 % either way (a whole number by one at
  least);
- an entry of `brands.toml`: a pattern or one of its codes deleted, a word deleted, `needs_name`
  flipped, a letter or digit of a pattern changed.

Of all changes a share is tried, drawn by a fixed seed so that figures can be compared; `--all`
tries each one.

Libraries were tried. mutmut changes only what stands in functions, where hardly any of these
numbers are; cosmic-ray adds one to a number, changes the checkout itself, and starts Python anew
for each change.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import hypothesis
import pytest

from tests.mutants.entries import Entry, entries
from tests.mutants.numbers import ROOT, Number, numbers

LEAST_SHARE = {"numbers": 0.70, "grammar": 0.95}
SHARE, SEED = 0.15, 1  # of the changes, where not all are tried
EXAMPLES = 25  # that Hypothesis tries: few, for each change anew
TESTS = ROOT / "tests" / "stylecode"
FIRST = ("test_corpus.py", "test_known_codes.py", "test_rank_tags.py")  # notice most, and quickly
Mutant = Number | Entry


def noticed(mutant: Mutant | None) -> bool:
    """Whether the tests fail with this changed; run in a process of its own."""
    hypothesis.settings.register_profile(
        "mutants", deadline=None, derandomize=True, max_examples=EXAMPLES
    )
    hypothesis.settings.load_profile("mutants")
    if mutant is not None:
        mutant.make()
    quick, everything = [str(TESTS / name) for name in FIRST], [str(TESTS)]
    its_own = [["-k", _naming(mutant.brand), *quick]] if isinstance(mutant, Entry) else []
    return any(map(_fail, (*its_own, quick, everything)))


def _fail(tests: Sequence[str]) -> bool:
    # Without its plugins pytest warns of their settings.
    plain = ["-o", "addopts=", "-o", "filterwarnings="]
    options = ["-x", "-q", *plain, "-p", "no:cacheprovider", "--noconftest"]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # they take a second each time
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        ended = pytest.main([*options, *tests])
    if ended in {pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR}:
        raise RuntimeError(f"pytest did not run {tests}")
    return ended in {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}


def _naming(brand: str) -> str:
    """Which tests have the brand in their name."""
    return " and ".join(brand.split())


def main(argv: Sequence[str] | None = None) -> int:
    """Change one thing after the other and print what nothing noticed, and the shares."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.mutants")
    parser.add_argument("kinds", nargs="*", default=[], help="numbers, grammar; both if left out")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--all", action="store_true", help="every change, not a share of them")
    parser.add_argument("--only", default="", help="only changes whose text holds this")
    options = parser.parse_args(argv)
    changes: list[Mutant] = [*numbers(), *entries()]
    few = random.Random(SEED).sample(range(len(changes)), round(SHARE * len(changes)))
    drawn = [changes[at] for at in sorted(few)]
    chosen = [
        mutant
        for mutant in (changes if options.all or options.only else drawn)
        if (not options.kinds or mutant.kind in options.kinds) and options.only in mutant.told
    ]
    context = multiprocessing.get_context("fork")
    with context.Pool(options.jobs, maxtasksperchild=1) as pool:
        if pool.apply(noticed, (None,)):
            print("the tests fail as they are")
            return 2
        found: list[tuple[Mutant, bool]] = []
        for mutant, seen in zip(chosen, pool.imap(noticed, chosen), strict=True):
            found.append((mutant, seen))
            if not seen:
                print(f"unnoticed  {mutant.told}", flush=True)
    return _told(found)


def _told(found: Sequence[tuple[Mutant, bool]]) -> int:
    """Prints the shares; 1 where one is too small."""
    short = False
    for kind, least in LEAST_SHARE.items():
        seen = [was for mutant, was in found if mutant.kind == kind]
        if seen:
            share = sum(seen) / len(seen)
            short |= share < least
            print(f"{kind}: {sum(seen)} of {len(seen)} noticed, {share:.1%} (at least {least:.0%})")
    return int(short)


if __name__ == "__main__":
    sys.exit(main())
