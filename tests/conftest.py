"""Fixtures that several rooms share."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.internal.conjecture import providers

from tests.examples import THOROUGH, examples
from tests.fakes.fonts import few_fonts, fonts, no_system_fonts, pool
from tests.fakes.postgres import postgres

__all__ = ["few_fonts", "fonts", "no_system_fonts", "pool", "postgres"]

# Deadlines say more of the machine than of the code. The usual run always tries the same examples,
# so that it fails for what was changed; a thorough run looks for new ones.
settings.register_profile(
    "pumbeon", deadline=None, max_examples=examples(), derandomize=not THOROUGH
)
settings.load_profile("pumbeon")
if not THOROUGH and hasattr(providers, "_get_local_constants"):
    # It draws also what stands in the modules that happen to be imported: another set in each
    # process, as the tests before were others.
    providers._get_local_constants = lambda: providers._local_constants
