"""Where the API of one customer lives, docs/protocol.md 1."""

from __future__ import annotations

import re
from enum import StrEnum
from ipaddress import ip_address
from typing import Final, Literal, TypeAlias

from workfront_core.arguments import checked_flag, checked_text
from workfront_core.errors.frames import hiding_arguments
from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import bad_addresses, httpx

UNKNOWN_ROOT: Final = "https://<domain>.my.workfront.com/attask/api/<version>/"
"""Stands for the address where a request is explained without a client."""

_EXAMPLE: Final = "https://acme.my.workfront.com"

Api: TypeAlias = Literal["public", "internal", "unsupported"]
"""Which of the APIs that stand side by side; the latter two have no versions and change without notice."""

_ROOTS: Final = {"public": "api/{version}", "internal": "api-internal", "unsupported": "api-unsupported"}
_HOST: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)*|//|(?:[^/?#@]*@)*)(?P<host>localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[:/?#]|$)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(rb"[a-z0-9._-]*", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)


class Environment(StrEnum):
    """Which of a customer's systems is meant, as the host name behind the customer's domain.

    Customers who work in Adobe's unified shell (the browser shows experience.adobe.com) take the ``ADOBE_`` form.

    Examples:
        >>> from workfront_client import ApiKey, Environment
        >>> from workfront_client.v22 import Workfront
        >>> with Workfront(domain="acme", environment=Environment.PREVIEW, auth=ApiKey("k3y")) as wf:
        ...     print(wf.root)
        https://acme.preview.workfront.com/attask/api/v22.0/
    """

    PRODUCTION = "my.workfront.com"
    PREVIEW = "preview.workfront.com"
    SANDBOX_1 = "sb01.workfront.com"
    SANDBOX_2 = "sb02.workfront.com"
    ADOBE_PRODUCTION = "my.workfront.adobe.com"
    ADOBE_PREVIEW = "preview.workfront.adobe.com"
    ADOBE_SANDBOX_1 = "sb01.workfront.adobe.com"
    ADOBE_SANDBOX_2 = "sb02.workfront.adobe.com"

    @property
    def is_production(self) -> bool:
        """Whether changes here are changes to the customer's real data."""
        return self in (Environment.PRODUCTION, Environment.ADOBE_PRODUCTION)


def of_api(root: str, version: str, api: Api) -> str:
    """Returns the root of another API of the same host.

    Raises:
        QueryError: there is no such API.
    """
    return api_root(root.partition("/attask/")[0], version, api, allow_insecure=True)  # the host was checked before


@hiding_arguments
def base_url(url: str | None = None, *, domain: str | None = None, environment: Environment | None = None) -> str:
    """Returns scheme and host, from an address as it is or from a domain and an environment.

    Args:
        url: scheme and host: ``https://acme.my.workfront.com``.
        domain: the customer's part of the host name: ``acme``.
        environment: what follows it; production unless given.

    Raises:
        QueryError: neither or both of ``url`` and ``domain`` are given, or the domain is a host or an address.
    """
    if url is not None:
        checked_text(url, "url=", f"Write {_EXAMPLE!r}.")
        if domain is not None or environment is not None:
            raise QueryError("The address is given twice: url= and domain= or environment=.", hint="Leave one out.")
        return url
    if domain is None:
        raise QueryError("No address is given.", hint=f"Write {_EXAMPLE!r}, or domain='acme'.")
    if not _DOMAIN.fullmatch(checked_text(domain, "domain=", "Write domain='acme'.")):
        raise QueryError(
            f"domain={host_of(domain)} is not the domain of a customer.",
            hint=f"It is the first part of the host name, acme in {_EXAMPLE}; a whole address goes into url=.",
        )
    try:
        suffix = Environment.PRODUCTION if environment is None else Environment(environment)
    except (ValueError, TypeError):
        members = ", ".join(Environment.__members__)
        raise QueryError(
            f"environment={environment!r} is not known.", hint=f"Use one of Environment: {members}."
        ) from None
    return f"https://{domain.lower()}.{suffix.value}"


@hiding_arguments
def api_root(url: str, version: str, api: Api = "public", *, allow_insecure: bool = False) -> str:
    """Returns the root every path stands on, with a slash at the end.

    Args:
        url: scheme and host of the customer: ``https://acme.my.workfront.com``.
        version: API version: ``v22.0``; only the public API has versions.
        api: which of the APIs.
        allow_insecure: whether plain http may go to another machine.

    Raises:
        QueryError: the URL is no such address, or would send the credential unencrypted; there is no such API.
    """
    address = _parsed(url, checked_flag(allow_insecure, "allow_insecure"))
    if address.path.strip("/") or address.query or address.fragment:
        raise QueryError(
            f"The address of {address.host} goes beyond the host.", hint=f"Write it like {_EXAMPLE}; the path is added."
        )
    if not isinstance(api, str) or api not in _ROOTS:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"api={api!r:.80} is not known.", hint=f"Use one of {', '.join(map(repr, _ROOTS))}.")
    return f"{address.scheme}://{address.netloc.decode('ascii')}/attask/{_ROOTS[api].format(version=version)}/"


@hiding_arguments
def checked_url(url: str, *, allow_insecure: bool = False) -> str:
    """Returns an address with a path that credentials may be sent to.

    Raises:
        QueryError: the URL is none, or would send the credential unencrypted.
    """
    return str(_parsed(url, allow_insecure))


def is_web_address(text: object) -> bool:
    """Returns whether a text is an address of the web that something can be sent to: its host and port can be ones."""
    if not isinstance(text, str):
        return False
    try:
        address = httpx.URL(text)
        return address.scheme in ("http", "https") and bool(address.host) and is_host(address) and is_port(address)
    except bad_addresses():
        return False


def _parsed(url: str, allow_insecure: bool) -> httpx.URL:
    try:
        address = httpx.URL(url.strip())
        host = address.host  # which is decoded here: ``xn--x`` is none
    except bad_addresses():
        raise QueryError(f"The address {host_of(url)} is not a URL.", hint=f"Write it like {_EXAMPLE}.") from None
    if address.userinfo:
        raise QueryError("The address holds a user or password; credentials go into auth=.")
    if not is_host(address):
        raise QueryError(f"The address {host_of(url)} holds what no host has.", hint=f"Write it like {_EXAMPLE}.")
    if address.scheme not in ("http", "https") or not host:
        raise QueryError(f"The address {host_of(url)} {_lacking(address)}.", hint=f"Write it like {_EXAMPLE}.")
    if not is_port(address):
        raise QueryError(f"The address {host_of(url)} names port {address.port}.", hint="Ports are 1 to 65535.")
    if address.scheme == "http" and not allow_insecure and not is_loopback(host):
        raise QueryError(
            f"http://{host} would send the credential unencrypted.",
            hint="Use https://, or allow_insecure=True on a network you trust.",
        )
    return address


def _lacking(address: httpx.URL) -> str:
    """Returns what an address needs before anything can be sent there."""
    has_host = bool(address.host or (not address.scheme and address.path.strip("/")) or address.path.isdecimal())
    if address.scheme in ("http", "https"):
        return "lacks a host"
    return "lacks https://" if has_host else "lacks https:// and a host"


def is_port(address: httpx.URL) -> bool:
    """Returns whether there can be such a port; an address that names none has the one of its scheme."""
    return address.port is None or 1 <= address.port <= 65_535


def is_host(address: httpx.URL) -> bool:
    """Returns whether the host of an address can be one: a name, an IP address, or none at all.

    What cannot be decoded is an error of httpx, and comes back as it is from httpx2.
    """
    if address.host.startswith("xn--"):
        return False
    if _NAME.fullmatch(address.raw_host):
        return True
    try:
        return bool(ip_address(address.host))
    except ValueError:
        return False


def host_of(text: str) -> str:
    """Returns the host of an address, for a message; three dots where none is seen: the rest may be a secret."""
    found = _HOST.match(text.strip())
    return found["host"] if found else "..."


def environment_name(root: str) -> str:
    """Returns what people call the system at an address; what is not known counts as production wherever it matters."""
    host = httpx.URL(root).host
    if is_loopback(host):
        return "this machine"
    known = (environment for environment in Environment if host.endswith(f".{environment}"))
    found = next(known, None)
    return found.name.removeprefix("ADOBE_").replace("_", " ").lower() if found else "taken for production"


def is_loopback(host: str) -> bool:
    """Returns whether a host name or address is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
