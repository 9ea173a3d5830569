"""What can go wrong around the fonts that tags are drawn with.

FontError
├── NoFontsError      no usable font in the folders given
└── FontFetchError    fonts could not be downloaded or converted
"""

from __future__ import annotations


class FontError(Exception):
    """The root of all errors about fonts."""


class NoFontsError(FontError):
    """No usable font was found in the folders given."""


class FontFetchError(FontError):
    """Fonts could not be downloaded or converted; the message says what to install or check."""
