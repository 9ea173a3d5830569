"""Tags as text (`corpus.txt`): each by itself, with what is found on it and how surely."""

from __future__ import annotations

import pytest

from tests.stylecode.corpus import FILE, Tag, found, tags

CORPUS = list(tags(FILE.read_text("utf-8")))


@pytest.mark.parametrize("tag", CORPUS, ids=str)
def test_what_is_found(tag: Tag) -> None:
    assert found(tag) == tag.found
