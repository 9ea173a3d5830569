"""Tags as text."""


def test_nothing_yet() -> None:
    assert True
