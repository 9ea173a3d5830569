"""Where the server listens: the bot needs it to serve, others to ask a bot that runs."""

from __future__ import annotations

from pydantic import Field

from surroundings.settings import FromEnvironment

_EVERYWHERE = frozenset({"", "0.0.0.0", "::"})  # all addresses, ours among them


class WebPlace(FromEnvironment):
    """Address and port."""

    web_host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    web_port: int = Field(
        default=8080,
        ge=0,
        le=65535,
        description="Port that the server listens on.",
    )

    def url(self, port: int | None = None) -> str:
        """How the server is reached from this machine; `port` is the one it got where 0 is set."""
        host = "127.0.0.1" if self.web_host in _EVERYWHERE else self.web_host
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.web_port if port is None else port}"
