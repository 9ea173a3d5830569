"""What belongs to a registered source: its line, its stand-in, its settings, its documentation.

These say what is missing where a source was added; that it works is `test_source_contract.py`'s.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from pydantic import SecretStr

import lookup.sources
from benchmarks.stand_ins import stand_ins
from lookup import SOURCES, NaverSettings, SourceSettings, SourceSettingsError
from lookup.__main__ import parser

ROOT = Path(__file__).parents[2]
GUIDE = "docs/how-to/prices.md"
each = pytest.mark.parametrize("kind", SOURCES, ids=lambda kind: kind.prefix)


def test_every_source_has_its_line_in_the_registry() -> None:
    for module in iter_modules(lookup.sources.__path__):
        import_module(f"lookup.sources.{module.name}")
    ours = [kind for kind in SourceSettings.__subclasses__() if kind.__module__[:6] == "lookup"]
    missing = [f"{kind.__module__}.{kind.__name__}" for kind in ours if kind not in SOURCES]
    assert not missing, f"not registered: a line for each in lookup/sources/registry.py: {missing}"
    assert len(set(SOURCES)) == len(SOURCES)


@each
def test_every_source_has_a_stand_in(kind: type[SourceSettings]) -> None:
    assert kind in stand_ins(), (
        f"{kind.__name__} has no stand-in: write one in benchmarks/stand_ins/{kind.prefix}.py, "
        f"a FakeService whose kind is {kind.__name__}"
    )


def test_no_stand_in_is_left_over() -> None:
    assert set(stand_ins()) <= set(SOURCES)


@each
def test_its_settings_stand_in_the_example_file(kind: type[SourceSettings]) -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    missing = [
        variable.upper()
        for variable in kind.variables()
        if not any(line.startswith(f"#{variable.upper()}=") for line in lines)
    ]
    assert not missing, f"missing; make it anew: python -m bot.settings > .env.example: {missing}"


@each
def test_it_has_a_row_in_the_guide(kind: type[SourceSettings]) -> None:
    rows = [line for line in (ROOT / GUIDE).read_text("utf-8").splitlines() if line[:1] == "|"]
    names = (
        kind.named(*kind.credentials()).split(", ")
        if kind.credentials()
        else [f"{kind.prefix.upper()}_URL"]
    )
    assert any(all(f"`{name}`" in row for name in names) for row in rows), (
        f"{kind.__name__} has no row in the table of sources in {GUIDE}: one that names {names}"
    )


@each
def test_every_setting_says_what_it_is(kind: type[SourceSettings]) -> None:
    for variable, field in kind.variables().items():
        assert field.description, variable
        assert not field.is_required(), f"{variable} has no default"


def test_no_two_sources_share_a_variable() -> None:
    variables = [variable for kind in SOURCES for variable in kind.variables()]
    assert len(set(variables)) == len(variables)
    assert all(variable.isidentifier() and variable.islower() for variable in variables)


@each
def test_it_is_left_out_until_its_keys_are_given(kind: type[SourceSettings]) -> None:
    told = kind.of({})
    assert told.complete == (not kind.credentials())
    given = {name: SecretStr("given") for name in kind.credentials()}
    assert kind.made(**given).complete


@each
def test_its_keys_have_flags(kind: type[SourceSettings]) -> None:
    text = parser().format_help()
    variables = kind.variables()
    for name in kind.credentials():
        (variable,) = [one for one in variables if one == f"{kind.prefix}_{name}"]
        assert kind.flag(variable) in text


def test_wrong_values_are_named_in_a_line_each_and_never_shown() -> None:
    with pytest.raises(SourceSettingsError) as caught:
        NaverSettings.made(api_url="ftp://hush.example", calls_per_s=0, kept_s="hush")
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "NAVER_CALLS_PER_S",
        "NAVER_KEPT_S",
        "NAVER_API_URL",
    ]
    assert "hush" not in str(caught.value)


def test_a_setting_that_there_is_not_is_refused() -> None:
    with pytest.raises(SourceSettingsError, match="NAVER_URL: Extra inputs are not permitted"):
        NaverSettings.made(url="https://x.example")


@pytest.mark.parametrize(
    ("given", "needed"),
    [("client_id", "NAVER_CLIENT_SECRET: needed"), ("client_secret", "NAVER_CLIENT_ID: needed")],
)
def test_one_key_without_the_other_is_a_mistake(given: str, needed: str) -> None:
    with pytest.raises(SourceSettingsError, match=needed):
        NaverSettings.made(**{given: "x"})


@pytest.mark.parametrize(
    "url", ["x.example", "ftp://x.example", "http://", "http://:80", "http://x:0", "http://x:99999"]
)
def test_an_address_that_cannot_be_asked_is_refused(url: str) -> None:
    with pytest.raises(SourceSettingsError, match="NAVER_API_URL: must be a http"):
        NaverSettings.made(api_url=url)
