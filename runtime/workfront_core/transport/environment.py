"""What the environment says of the way to a host: the proxy in between, and the certificates that are trusted.

The HTTP library reads these variables when a client is made. What it cannot use is told by name here, never by value: a
proxy's address may hold a password.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Final, NamedTuple
from urllib.request import getproxies, proxy_bypass

from workfront_core.errors.frames import hiding_arguments, without_frames
from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import bad_addresses, httpx
from workfront_core.request.address import is_host, is_port

_SCHEMES: Final = ("http", "https", "socks5", "socks5h")


class Proxy(NamedTuple):
    """A proxy that the environment names, without its user and password.

    Attributes:
        named_by: the variable, or the settings of the system.
        host: where the first connection goes.
        port: the number of the port there.
    """

    named_by: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"proxy {self.host}:{self.port}"


@hiding_arguments
def proxy_to(address: str) -> Proxy | None:
    """Returns the proxy that calls of an address go through, None where they go straight.

    Raises:
        QueryError: what the environment names cannot be a proxy.
    """
    target = httpx.URL(address)
    proxies = getproxies()
    scheme = next((name for name in (target.scheme, "all") if proxies.get(name)), None)
    if scheme is None or proxy_bypass(target.host):
        return None
    named_by = _name(scheme)
    found = _checked(named_by, proxies[scheme])
    return Proxy(named_by, found.host, found.port or (443 if found.scheme == "https" else 80))


@contextmanager
def read_environment() -> Generator[None]:
    """Raises what a client cannot be made of as a QueryError: proxies that are none, files that cannot be read."""
    try:
        yield
    except ImportError:
        raise without_frames(_no_socks()) from None
    except OSError as error:  # errors of TLS are among them
        raise without_frames(_unread(error)) from None
    except bad_addresses():
        raise without_frames(_wrong_proxy()) from None


def _unread(error: OSError) -> QueryError:
    """Returns the error for a file of TLS that cannot be used: that of certificates, or the one keys are written to."""
    names = ("SSLKEYLOGFILE",) if error.filename else ("SSL_CERT_FILE", "SSL_CERT_DIR")
    named_by = next((name for name in names if os.environ.get(name)), "the system")
    said = (error.reason if isinstance(error, ssl.SSLError) else error.strerror) or type(error).__name__
    return QueryError(f"What {named_by} names cannot be used: {said}.", hint=f"Mend {named_by}, or unset it.")


def _wrong_proxy() -> QueryError:
    """Returns the error for the first of the proxies that cannot be one."""
    for scheme, address in getproxies().items():
        try:
            if scheme in ("http", "https", "all"):
                _checked(_name(scheme), address)
        except QueryError as error:
            return error
    return QueryError("NO_PROXY holds what cannot be a host.", hint="Write hosts, with commas between.")


def _checked(named_by: str, address: str) -> httpx.URL:
    """Returns the address of a proxy; a host alone is called by http."""
    with suppress(*bad_addresses()):
        found = httpx.URL(address if "://" in address else f"http://{address}")
        if found.scheme in _SCHEMES and found.host and is_host(found) and is_port(found):
            return found
    raise QueryError(
        f"What {named_by} names cannot be a proxy.", hint="Write it like http://proxy.example:3128, or unset it."
    )


def _no_socks() -> QueryError:
    names = [_name(scheme) for scheme, address in getproxies().items() if address.startswith("socks")]
    return QueryError(
        f"{' and '.join(names)} names a SOCKS proxy, and the package for those is not installed.",
        hint=f"pip install '{httpx.__name__}[socks]', or unset it.",
    )


def _name(scheme: str) -> str:
    """Returns the variable that names the proxy of a scheme, where it is one."""
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    return next((name for name in names if os.environ.get(name)), "the system's settings")
