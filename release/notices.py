"""`python -m release.notices`: write the lists of packages in THIRD_PARTY_NOTICES.md anew.

What serving needs and each extra of `pyproject.toml`, with all that these need in turn, on this
system. Everything around the lists is written by hand.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"
BEGIN, END = "<!-- packages: made by `make notices` -->", "<!-- end of packages -->"

# The ways in which packages write the licences that SPDX has these names for.
_SPELLINGS = {
    "Apache-2.0": (
        *("apache 2", "apache 2.0", "apache license 2.0", "apache software license", "apl 2"),
    ),
    "BSD-2-Clause": ("bsd 2-clause license",),
    "BSD-3-Clause": ("bsd 3-clause license", "3-clause bsd license"),
    "MIT": ("mit license",),
    "MPL-2.0": ("mozilla public license 2.0 (mpl 2.0)",),
    "PSF-2.0": ("psfl", "python software foundation license"),
}
_SPELT = {spelt: name for name, spellings in _SPELLINGS.items() for spelt in spellings}
_NAME_LENGTH = 40  # characters of a licence's name; what is longer is its text

# Read in the licences' texts: here the metadata are silent, vague ("BSD") or a whole text.
_PACKAGES_SAY = {
    "matplotlib": "PSF-2.0 in Matplotlib's wording",
    "pyasn1-modules": "BSD-2-Clause",
    "python-bidi": "LGPL-3.0",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "axe-playwright-python": "MIT (bundles axe-core under MPL-2.0)",
    **dict.fromkeys(
        (
            *("contourpy", "cycler", "gcp-storage-emulator", "itsdangerous", "jinja2"),
            *("kiwisolver", "mpmath", "pysocks", "s3fs", "scikit-image", "scipy", "sympy"),
            "torchvision",
        ),
        "BSD-3-Clause",
    ),
}
_BUNDLED = {
    "opencv-python-headless": "its wheels bundle FFmpeg under LGPL-2.1",
    "pi-heif": "its wheels bundle libheif and libde265 under LGPL-3.0",
    "shapely": "its wheels bundle GEOS under LGPL-2.1",
}
_HOMEPAGES = {
    "decorator": "https://github.com/micheles/decorator",
    "pytz": "https://github.com/stub42/pytz",
}

# They come with some builds of torch and not with others; the notices name them in a sentence.
_OF_A_BUILD = ("cuda-", "nvidia-", "triton")


class NoticesError(Exception):
    """A package is not installed, or does not say under which licence it is."""


@dataclass(frozen=True, slots=True)
class Package:
    """One package, whatever its version."""

    name: str
    licence: str
    homepage: str


def extras() -> tuple[str, ...]:
    """The extras that there are; "" stands for what serving needs."""
    return ("", *_project()["optional-dependencies"])


def packages(extra: str) -> tuple[Package, ...]:
    """What serving needs ("") or an extra brings beyond that, by name. Raises `NoticesError`."""
    project = _project()
    names = _closure(project["dependencies"])
    if extra:
        names = _closure(project["optional-dependencies"][extra]) - names
    kept = (name for name in names if not name.startswith(_OF_A_BUILD))
    return tuple(Package(name, _licence(name), _homepage(name)) for name in sorted(kept))


def as_text(extra: str) -> str:
    """One list in Markdown. Raises `NoticesError`."""
    title = f"The extra `{extra}`, beyond these" if extra else "What serving needs"
    rows = [f"| {each.name} | {each.licence} | {each.homepage} |" for each in packages(extra)]
    return "\n".join([f"### {title}", "", "| package | licence | home |", "|---|---|---|", *rows])


def parted(text: str) -> tuple[str, str, str]:
    """The notices before, in and behind the lists. Raises `NoticesError`."""
    before, begin, rest = text.partition(BEGIN)
    lists, end, behind = rest.partition(END)
    if not begin or not end:
        raise NoticesError(f"{NOTICES.name} has no {BEGIN} and {END}")
    return before, lists.strip("\n"), behind


def main() -> int:
    """Write the lists anew; 1 where one cannot be made."""
    try:
        before, _, behind = parted(NOTICES.read_text("utf-8"))
        lists = "\n\n".join(as_text(extra) for extra in extras())
        NOTICES.write_text(f"{before}{BEGIN}\n\n{lists}\n\n{END}{behind}", "utf-8")
    except NoticesError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def _closure(wanted: Iterable[str]) -> frozenset[str]:
    """The names of all packages that these requirements bring on this system."""
    waiting = [Requirement(line) for line in wanted]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name == "pumbeon":  # one extra that names others: these have lists of their own
            continue
        for extra in ("", *requirement.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += _needed(name, extra)
    return frozenset(name for name, _ in seen)


def _needed(name: str, extra: str) -> Iterator[Requirement]:
    for line in _installed(name).requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or marker.evaluate({"extra": extra}):
            yield requirement


def _installed(name: str) -> metadata.Distribution:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        raise NoticesError(f"{name} is not installed") from None


def _licence(name: str) -> str:
    told = _PACKAGES_SAY.get(name) or _told_licence(_installed(name).metadata)
    if not told:
        raise NoticesError(f"{name} does not say under which licence it is")
    return f"{told}; {_BUNDLED[name]}" if name in _BUNDLED else told


def _told_licence(about: metadata.PackageMetadata) -> str:
    expression = _field(about, "License-Expression")
    if expression:
        return expression
    written = _field(about, "License")
    if written and len(written) <= _NAME_LENGTH and "\n" not in written:
        return _SPELT.get(written.lower(), written)
    kinds = [line for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    names = [kind.rpartition(" :: ")[2] for kind in kinds]
    return " OR ".join(_SPELT.get(name.lower(), name) for name in names)


def _homepage(name: str) -> str:
    """The first of the addresses that a person would follow."""
    about = _installed(name).metadata
    urls = dict(_labelled(line) for line in about.get_all("Project-URL") or ())
    told = _HOMEPAGES.get(name), _field(about, "Home-page"), *(urls.get(label) for label in _LINKS)
    found = next(filter(None, told), None)
    if found is None:
        raise NoticesError(f"{name} has no homepage")
    return found


_LINKS = ("homepage", "home", "repository", "source", "sourcecode", "github", "documentation")


def _field(about: metadata.PackageMetadata, name: str) -> str:
    return str((about.get_all(name) or ("",))[0]).strip()


def _labelled(line: str) -> tuple[str, str]:
    label, _, url = line.partition(",")
    return re.sub(r"[^a-z]", "", label.lower()), url.strip()


if __name__ == "__main__":
    sys.exit(main())
