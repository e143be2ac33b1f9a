"""How calls get to a host: straight, or through the proxy the environment names."""

from __future__ import annotations

from dataclasses import dataclass

from workfront_core.http_library import httpx
from workfront_core.transport.environment import proxy_to


@dataclass(frozen=True, slots=True)
class Route:
    """Where the first connection goes.

    Attributes:
        host: that of the service, or the proxy's.
        port: likewise.
        encrypted: whether the service is called by TLS.
        named_by: what names the proxy that host and port are of; empty without one.
    """

    host: str
    port: int
    encrypted: bool
    named_by: str = ""

    def __str__(self) -> str:
        return f"{'proxy ' if self.named_by else ''}{self.host}:{self.port}"


def route_to(address: httpx.URL) -> Route:
    """Returns the route to an address; the proxy's user and password are left out.

    Raises:
        QueryError: what the environment names cannot be a proxy.
    """
    encrypted = address.scheme == "https"
    proxy = proxy_to(str(address))
    if proxy is None:
        return Route(address.host, address.port or (443 if encrypted else 80), encrypted)
    return Route(proxy.host, proxy.port, encrypted, proxy.named_by)
