"""How calls get to a host: straight, or through the proxy the environment names."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.request import getproxies, proxy_bypass

from workfront_core.http_library import httpx


@dataclass(frozen=True, slots=True)
class Route:
    """Where the first connection goes.

    Attributes:
        host: that of the service, or the proxy's.
        port: likewise.
        encrypted: whether the service is called by TLS.
        by_proxy: whether host and port are a proxy's.
    """

    host: str
    port: int
    encrypted: bool
    by_proxy: bool = False

    def __str__(self) -> str:
        return f"{'proxy ' if self.by_proxy else ''}{self.host}:{self.port}"


def route_to(address: httpx.URL) -> Route:
    """Returns the route to an address; the proxy's user and password are left out."""
    encrypted = address.scheme == "https"
    proxies = getproxies()
    proxy = proxies.get(address.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(address.host):
        return Route(address.host, address.port or (443 if encrypted else 80), encrypted)
    found = httpx.URL(proxy if "://" in proxy else f"http://{proxy}")
    return Route(found.host, found.port or (443 if found.scheme == "https" else 80), encrypted, by_proxy=True)
