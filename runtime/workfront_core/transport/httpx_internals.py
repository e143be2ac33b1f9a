"""The private attributes of httpx and httpcore that the engine needs; no other module reads them.

httpx has no public way to ask whether a client verifies certificates, nor to put sockets of one's own below it. Where a
class of theirs lacks an attribute that is needed here, an error says so: a check must not fall silent.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MemberDescriptorType
from typing import Any, Final, TypeAlias, cast

import httpcore
import httpx

from workfront_core.errors.kinds import QueryError

Client: TypeAlias = httpx.Client | httpx.AsyncClient
WrapsBackend: TypeAlias = Callable[[httpcore.NetworkBackend], httpcore.NetworkBackend]

_TLS: Final = (ssl.SSLContext, type(None))
"""``None`` stands for httpcore's own context, which verifies."""

NEEDED: Final[Mapping[type, Mapping[str, tuple[type, ...]]]] = {
    httpx.Client: {"_transport": (object,), "_mounts": (Mapping,)},
    httpx.AsyncClient: {"_transport": (object,), "_mounts": (Mapping,)},
    httpx.HTTPTransport: {"_pool": (httpcore.ConnectionPool,)},
    httpx.AsyncHTTPTransport: {"_pool": (httpcore.AsyncConnectionPool,)},
    httpcore.ConnectionPool: {"_ssl_context": _TLS, "_network_backend": (object,)},
    httpcore.AsyncConnectionPool: {"_ssl_context": _TLS},
    httpcore.HTTPProxy: {"_proxy_ssl_context": _TLS},
    httpcore.AsyncHTTPProxy: {"_proxy_ssl_context": _TLS},
}
"""The attributes that an object of each class must have, and what they may be."""

_MISSING: Final = object()


def tls_contexts(client: Client) -> list[ssl.SSLContext]:
    """Returns the TLS contexts a client sends through: of transports, mounted and wrapped ones, pools and proxies.

    Raises:
        QueryError: they cannot be found, because this is another client than httpx's, or this httpx is built otherwise.
    """
    return [part for part in _parts(client) if isinstance(part, ssl.SSLContext)]


def wrap_network_backends(client: httpx.Client, wrap: WrapsBackend) -> None:
    """Replaces what opens the sockets, in every connection pool of httpcore's that a client sends through.

    Raises:
        QueryError: there is no place for it, because this httpx is built otherwise.
    """
    for part in _parts(client):
        if isinstance(part, httpcore.ConnectionPool):
            backend = part._network_backend  # pyright: ignore[reportPrivateUsage]
            part._network_backend = wrap(backend)  # pyright: ignore[reportPrivateUsage]


def _parts(client: Client) -> list[object]:
    """The client and all it sends through, each once."""
    if not isinstance(client, Client):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"Nobody can tell whether http_client verifies certificates: it is a {type(client).__qualname__}.",
            hint="Give it an httpx.Client or an httpx.AsyncClient.",
        )
    found: dict[int, object] = {}
    waiting: list[object] = [client]
    while waiting:
        part = waiting.pop()
        if id(part) not in found:
            found[id(part)] = part
            waiting.extend(_held_by(part))
    return list(found.values())


def _held_by(part: object) -> Iterable[object]:
    """What a container or a sender holds; nothing else is looked into."""
    if isinstance(part, Mapping):
        return list(cast("Mapping[object, object]", part).values())
    if isinstance(part, list | tuple | set | frozenset):
        return list(cast("Iterable[object]", part))
    return _attributes(part) if _sends(part) else ()


def _sends(part: object) -> bool:
    """Whether this is a client, a transport or a pool, of whatever class."""
    return isinstance(part, Client) or any(
        hasattr(type(part), method) for method in ("handle_request", "handle_async_request")
    )


def _attributes(part: object) -> list[object]:
    slots = {
        name
        for kind in type(part).__mro__
        for name, slot in vars(kind).items()
        if isinstance(slot, MemberDescriptorType)
    }
    return [*_needed(part), *getattr(part, "__dict__", {}).values(), *(getattr(part, name, None) for name in slots)]


def _needed(part: object) -> Iterator[object]:
    """The attributes that ``NEEDED`` lists for the classes of an object."""
    for kind, attributes in NEEDED.items():
        if isinstance(part, kind):
            for name, types in attributes.items():
                yield _private(part, name, types)


def _private(part: object, name: str, types: tuple[type, ...]) -> Any:
    value = getattr(part, name, _MISSING)
    if value is _MISSING or not isinstance(value, types):
        found = "missing" if value is _MISSING else f"of the class {type(value).__qualname__}"
        raise QueryError(
            f"httpx {httpx.__version__}: {type(part).__qualname__}.{name} is {found}, so nobody can tell whether this "
            "client verifies certificates, or make it keep to deadlines.",
            hint="Install httpx 0.27 or 0.28, for which this package is made.",
        )
    return value
