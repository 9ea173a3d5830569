"""What can go wrong with pictures to learn from or to measure with.

DatasetError
├── RealDataError         a folder of labelled photographs is missing something
└── FontError
    ├── NoFontsError      no usable font to draw with in the folders given
    └── FontFetchError    fonts could not be downloaded or converted
"""

from __future__ import annotations


class DatasetError(Exception):
    """The root of what this package raises on purpose."""


class RealDataError(DatasetError):
    """A folder of labelled photographs cannot be read."""


class FontError(DatasetError):
    """The root of all errors about fonts."""


class NoFontsError(FontError):
    """No usable font was found in the folders given."""


class FontFetchError(FontError):
    """Fonts could not be downloaded or converted; the message says what to install or check."""
