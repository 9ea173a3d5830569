"""Whose a request is, behind proxies and without."""

from __future__ import annotations

import pytest

from surroundings.addresses import Proxies, host_name, may_be_asked, networks, party, within

PROXIES = Proxies(networks("127.0.0.1, 10.0.0.0/8, ::1"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.5", ["198.51.100.1"], "203.0.113.5"),  # anybody may say so
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6, 198.51.100.1"], "198.51.100.1"),  # what the client itself wrote
        ("127.0.0.1", ["6.6.6.6", "198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["10.0.0.1, 10.0.0.2"], "10.0.0.1"),
        ("127.0.0.1", ["198.51.100.1, unknown"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("127.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("::ffff:127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        (None, ["198.51.100.1"], ""),
    ],
)
def test_the_address_that_no_proxy_of_ours_has(
    peer: str | None, forwarded: list[str], client: str
) -> None:
    assert PROXIES.client(peer, forwarded) == client


def test_only_a_trusted_proxy_says_what_people_speak() -> None:
    assert PROXIES.scheme("127.0.0.1", ["http, https"]) == "https"
    assert PROXIES.scheme("203.0.113.5", ["https"]) == ""
    assert PROXIES.scheme("127.0.0.1", ["gopher"]) == ""


def test_a_household_counts_as_one() -> None:
    assert party("2001:db8:1:2:3::4") == party("2001:db8:1:2:ffff::1") != party("2001:db8:1:3::4")
    assert party("::ffff:192.0.2.1") == party("192.0.2.1") != party("192.0.2.2")
    assert party(None) == party("nonsense") == ""


def test_networks_are_addresses_or_networks() -> None:
    assert within("192.168.7.7", networks("192.168.0.1/16"))
    assert not within("nonsense", networks("0.0.0.0/0"))
    assert networks("") == ()
    with pytest.raises(ValueError, match="separated by commas"):
        networks("localhost")


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("localhost:8080", True),
        ("127.0.0.1", True),
        ("[::1]:8080", True),
        ("Shoes.example.:443", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_a_host_is_ours_or_a_number(host: str, asked: bool) -> None:
    assert may_be_asked(host, {"shoes.example"}) is asked
    assert host_name("[::1") == ""
