"""Where the API of one customer lives."""

from __future__ import annotations

from ipaddress import ip_address

import httpx

from workfront_core.errors import QueryError

_EXAMPLE = "https://acme.my.workfront.com"


def api_root(url: str, version: str, *, allow_insecure: bool = False) -> str:
    """The versioned root every path stands on, with a slash at the end.

    Args:
        url: scheme and host of the customer: ``https://acme.my.workfront.com``.
        version: API version: ``v22.0``.
        allow_insecure: whether plain http may go to another machine.

    Raises:
        QueryError: the URL is no such address, or would send the credential unencrypted.
    """
    address = _parsed(url)
    if address.scheme == "http" and not allow_insecure and not _is_loopback(address.host):
        raise QueryError(
            f"http://{address.host} would send the credential unencrypted.",
            hint="Use https://, or allow_insecure=True on a network you trust.",
        )
    return f"{address.scheme}://{address.netloc.decode('ascii')}/attask/api/{version}/"


def _parsed(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise QueryError(f"The address is no URL: {error}.", hint=f"Write it like {_EXAMPLE}.") from None
    if address.userinfo:
        raise QueryError("The address holds a user or password; credentials go into auth=.")
    if address.scheme not in ("http", "https") or not address.host:
        raise QueryError(f"The address {url!r} lacks https:// and a host.", hint=f"Write it like {_EXAMPLE}.")
    if address.path.strip("/") or address.query or address.fragment:
        raise QueryError(
            f"The address {url!r} goes beyond the host.", hint=f"Write it like {_EXAMPLE}; the path is added."
        )
    return address


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
