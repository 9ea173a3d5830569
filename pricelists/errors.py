"""Errors of price lists; single bad rows are reported, not raised."""

from __future__ import annotations

NEVER_COMPUTED = "which was never computed: open the list in a spreadsheet and save it"
"""What is said of a formula of which no program kept the value."""


class PriceListError(Exception):
    """A price list as a whole is unusable. The message says why, and what would help."""
