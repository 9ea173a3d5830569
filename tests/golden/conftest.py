from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.golden.stage", "tests.golden.kakao")
