"""The HTTP library, by its one door: httpx2 where it is installed, else httpx, which has the same names.

No other module imports either, and no other reads private attributes of theirs or of httpcore. What a caller hands in
may be of the other one, where a program uses both: its clients, transports and errors are understood as well.
docs/http-library.md

httpx has no public way to ask whether a client verifies certificates, nor to put sockets of one's own below it. Where a
class of theirs lacks an attribute that is needed here, an error says so: a check must not fall silent.
"""

from __future__ import annotations

import ssl
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar, cast

from workfront_core.errors.kinds import QueryError

if TYPE_CHECKING:
    import httpcore as httpcore
    import httpx as httpx
else:
    try:
        import httpcore2 as httpcore
        import httpx2 as httpx
    except ImportError:
        import httpcore
        import httpx

__all__ = [
    "NEEDED",
    "Client",
    "HttpLibrary",
    "all_errors",
    "bad_addresses",
    "byte_stream",
    "errors",
    "foreign_transport",
    "has_connections",
    "httpcore",
    "httpx",
    "libraries",
    "library_of",
    "tls_contexts",
    "wrap_network_backends",
]

T = TypeVar("T")

_NAMES: Final = (("httpx2", "httpcore2"), ("httpx", "httpcore"))
_streams: Final[dict[tuple[type, type], type]] = {}


class HttpLibrary(NamedTuple):
    """One of the two, and the library of connections below it."""

    httpx: Any
    httpcore: Any


PREFERRED: Final = HttpLibrary(httpx, httpcore)


def libraries() -> list[HttpLibrary]:
    """Returns those that this program has loaded: the one at the door first."""
    loaded = [library for names in _NAMES if (library := _loaded(*names)) is not None]
    return [PREFERRED, *(library for library in loaded if library.httpx is not httpx)]


def _loaded(name: str, core: str) -> HttpLibrary | None:
    """Returns a library that is loaded. It loads the one of connections by itself only when it is to open some."""
    if not getattr(sys.modules.get(name), "__version__", None):
        return None
    try:
        below = sys.modules.get(core)
        return HttpLibrary(sys.modules[name], below if hasattr(below, "__version__") else import_module(core))
    except ImportError:
        return None


def library_of(part: object) -> HttpLibrary:
    """Returns the library an object is of, by its classes; the one at the door for objects of neither."""
    roots = {kind.__module__.partition(".")[0] for kind in type(part).__mro__}
    found = [library for library in libraries() if {library.httpx.__name__, library.httpcore.__name__} & roots]
    return found[0] if found else PREFERRED


def errors(*names: str) -> tuple[type[Exception], ...]:
    """Returns the error classes of these names in every loaded library, for ``except`` and ``isinstance``."""
    return tuple(getattr(library.httpx, name) for library in libraries() for name in names)


def all_errors() -> tuple[type[Exception], ...]:
    """Returns the classes that every error of a loaded library is of, whether it concerns a connection or not."""
    return errors("HTTPError", "InvalidURL", "CookieConflict", "StreamError")


def bad_addresses() -> tuple[type[Exception], ...]:
    """Returns what a text that is no URL raises: besides the libraries' own, errors of encoding."""
    return (*errors("InvalidURL"), ValueError)


def byte_stream(made: type[T], like: object) -> type[T]:
    """Returns a class of streams as one that the library of ``like``, a request or response, takes for its own."""
    kinds = library_of(like).httpx
    both: tuple[type, ...] = (kinds.SyncByteStream, kinds.AsyncByteStream)
    own = both[hasattr(made, "__aiter__")]
    if (made, own) not in _streams:
        _streams[made, own] = type(made.__name__, (made, own), {})
    return cast("type[T]", _streams[made, own])


Client: TypeAlias = httpx.Client | httpx.AsyncClient
WrapsBackend: TypeAlias = Callable[[httpcore.NetworkBackend], httpcore.NetworkBackend]

_TLS: Final = (ssl.SSLContext, type(None))
"""``None`` stands for httpcore's own context, which verifies."""

Needed: TypeAlias = Mapping[type, Mapping[str, tuple[type, ...]]]


def needed_of(library: HttpLibrary) -> Needed:
    """Returns the attributes that an object of each class must have, and what they may be."""
    client, core = library
    return {
        client.Client: {"_transport": (object,), "_mounts": (Mapping,)},
        client.AsyncClient: {"_transport": (object,), "_mounts": (Mapping,)},
        client.HTTPTransport: {"_pool": (core.ConnectionPool,)},
        client.AsyncHTTPTransport: {"_pool": (core.AsyncConnectionPool,)},
        core.ConnectionPool: {"_ssl_context": _TLS, "_network_backend": (object,)},
        core.AsyncConnectionPool: {"_ssl_context": _TLS},
        core.HTTPProxy: {"_proxy_ssl_context": _TLS},
        core.AsyncHTTPProxy: {"_proxy_ssl_context": _TLS},
    }


NEEDED: Final = needed_of(PREFERRED)
"""The attributes needed of the library at the door."""

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
    pools = tuple(library.httpcore.ConnectionPool for library in libraries())
    for part in _parts(client):
        if isinstance(part, pools):
            pool = cast("Any", part)
            pool._network_backend = wrap(pool._network_backend)  # noqa: SLF001 - this module is for them
            # An interrupt cannot come between this lock and its release.
            pool._optional_thread_lock = threading.RLock()  # noqa: SLF001 - this module is for them


def has_connections(client: Client) -> bool:
    """Returns whether a client sends through connection pools of the library's: sockets of one process and one event
    loop.
    """
    kinds = tuple(
        kind
        for library in libraries()
        for kind in (library.httpcore.ConnectionPool, library.httpcore.AsyncConnectionPool)
    )
    return any(isinstance(part, kinds) for part in _parts(client))


def foreign_transport(client: Client) -> object | None:
    """Returns a transport that the other library made for a client of this one, whose responses are none to it."""
    own = library_of(client).httpx
    others = tuple(
        kind
        for library in libraries()
        if library.httpx is not own
        for kind in (library.httpx.BaseTransport, library.httpx.AsyncBaseTransport)
    )
    held = [getattr(client, "_transport", None), *getattr(client, "_mounts", {}).values()]
    both = (own.BaseTransport, own.AsyncBaseTransport)
    return next((part for part in held if isinstance(part, others) and not isinstance(part, both)), None)


def _parts(client: Client) -> list[object]:
    """Returns the client and all it sends through, each once."""
    clients = tuple(kind for library in libraries() for kind in (library.httpx.Client, library.httpx.AsyncClient))
    if not isinstance(client, clients):
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
            waiting.extend(_held_by(part, clients))
    return list(found.values())


def _held_by(part: object, clients: tuple[type, ...]) -> Iterable[object]:
    """Returns what a container or a sender holds; no other object is looked into."""
    if isinstance(part, Mapping):
        return list(cast("Mapping[object, object]", part).values())
    if isinstance(part, list | tuple | set | frozenset):
        return list(cast("Iterable[object]", part))
    return _attributes(part) if isinstance(part, clients) or _is_transport(type(part)) else ()


def _is_transport(kind: type) -> bool:
    """Returns whether objects of a class are transports or pools."""
    return hasattr(kind, "handle_request") or hasattr(kind, "handle_async_request")


def _attributes(part: object) -> list[object]:
    slots = {
        name
        for kind in type(part).__mro__
        for name, slot in vars(kind).items()
        if isinstance(slot, MemberDescriptorType)
    }
    return [*_needed(part), *getattr(part, "__dict__", {}).values(), *(getattr(part, name, None) for name in slots)]


def _needed(part: object) -> Iterator[object]:
    """Yields the attributes that ``NEEDED`` lists for the classes of an object."""
    for kind, attributes in needed_of(library_of(part)).items():
        if isinstance(part, kind):
            for name, types in attributes.items():
                yield _private(part, name, types)


def _private(part: object, name: str, types: tuple[type, ...]) -> Any:
    value = getattr(part, name, _MISSING)
    if value is _MISSING or not isinstance(value, types):
        found_in = library_of(part).httpx
        found = "missing" if value is _MISSING else f"of the class {type(value).__qualname__}"
        raise QueryError(
            f"{found_in.__name__} {found_in.__version__}: {type(part).__qualname__}.{name} is {found}, so nobody can "
            "tell whether this client verifies certificates, or make it keep to deadlines.",
            hint="Install httpx 0.27 or 0.28, or httpx2 2.16, for which this package is made.",
        )
    return value
