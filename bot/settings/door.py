"""Settings of the server's door: whose word about an address is taken, who may look inside."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from surroundings.addresses import Network, Proxies, networks
from surroundings.settings import FromEnvironment

_INSIDE = "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7,fe80::/10"
"""This machine and private networks: nobody comes from there through the Internet."""


def _networks(value: str) -> str:
    networks(value)
    return value


class DoorSettings(FromEnvironment):
    """Who is believed, and who may see how the server is doing."""

    trusted_proxies: Annotated[str, AfterValidator(_networks)] = Field(
        default="",
        description="Proxies in front, by address or network: they say whose a request is.",
    )
    metrics_from: Annotated[str, AfterValidator(_networks)] = Field(
        default=_INSIDE,
        description="Addresses and networks that may read /metrics.",
    )

    @property
    def proxies(self) -> Proxies:
        """The proxies that are believed."""
        return Proxies(networks(self.trusted_proxies))

    @property
    def metrics_readers(self) -> tuple[Network, ...]:
        """Who may read /metrics."""
        return networks(self.metrics_from)
