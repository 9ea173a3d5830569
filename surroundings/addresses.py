"""Addresses on the net: whose a request is, which networks are ours, which hosts are no trick."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_HOUSEHOLD = 64
"""Bits of an IPv6 address that one customer has: the rest is theirs to choose anew each time."""


def split(value: str) -> tuple[str, ...]:
    """The parts between commas, without spaces and empty ones, in lower case."""
    return tuple(part.strip().lower() for part in value.split(",") if part.strip())


def networks(value: str) -> tuple[Network, ...]:
    """Addresses and networks between commas. Raises `ValueError`."""
    try:
        return tuple(ipaddress.ip_network(part, strict=False) for part in split(value))
    except ValueError:
        form = "must be addresses or networks such as 127.0.0.1 or 10.0.0.0/8, separated by commas"
        raise ValueError(form) from None


def within(address: str | None, inside: Collection[Network]) -> bool:
    """Whether an address is in one of the networks; what is no address is in none."""
    found = _parsed(address or "")
    return found is not None and any(found in network for network in inside)


def party(address: str | None) -> str:
    """Who is behind an address, for counting: of IPv6 the first 64 bits; "" for no address."""
    found = _parsed(address or "")
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, _HOUSEHOLD), strict=False))
    return str(found or "")


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies whose word about others is taken; nobody else's is."""

    trusted: tuple[Network, ...] = ()

    def trust(self, peer: str | None) -> bool:
        """Whether this peer is one of them."""
        return within(peer, self.trusted)

    def client(self, peer: str | None, forwarded: Sequence[str]) -> str:
        """Whose the request is: the right-most address of `X-Forwarded-For` that is no proxy.

        Each proxy adds at the right whom it heard; what stands further left, anybody may have said.
        """
        client = peer or ""
        for said in reversed(split(",".join(forwarded))):
            if not self.trust(client):
                break
            if (heard := _parsed(said)) is None:
                break  # no address: who handed that on is all that is known
            client = str(heard)
        return client

    def scheme(self, peer: str | None, forwarded: Sequence[str]) -> str:
        """What the nearest proxy says that people speak, by `X-Forwarded-Proto`; "": no word."""
        said = split(",".join(forwarded))
        return said[-1] if said and self.trust(peer) and said[-1] in {"http", "https"} else ""


def host_name(host: str) -> str:
    """The name in a Host header, without the port, in lower case; "" for what is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def may_be_asked(host: str, allowed: Collection[str]) -> bool:
    """Whether a Host header names us: an allowed name, or one that nobody can point elsewhere.

    A page elsewhere can have a name of its own resolved to 127.0.0.1, but not localhost, and no
    address.
    """
    name = host_name(host)
    return name == "localhost" or name in allowed or _parsed(name) is not None


def _parsed(text: str) -> Address | None:
    """An address, with or without port or brackets; one of IPv4 in IPv6's clothes is IPv4."""
    bare = text.rpartition(":")[0] if text.count(":") == 1 else text
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    try:
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
