"""The HTTP library, by its one door: httpx2 where it is installed, else httpx, which has the same names.

No other module imports either. What a caller hands in may be of the other one, where a program uses both: its clients,
transports and errors are understood as well. docs/http-library.md
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

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

__all__ = ["HttpLibrary", "bad_addresses", "byte_stream", "errors", "httpcore", "httpx", "libraries", "library_of"]

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
    loaded = [HttpLibrary(sys.modules[name], sys.modules[core]) for name, core in _NAMES if _loaded(name, core)]
    return [PREFERRED, *(library for library in loaded if library.httpx is not httpx)]


def _loaded(name: str, core: str) -> bool:
    return bool(
        getattr(sys.modules.get(name), "__version__", None) and getattr(sys.modules.get(core), "__version__", None)
    )


def library_of(part: object) -> HttpLibrary:
    """Returns the library an object is of, by its classes; the one at the door for objects of neither."""
    roots = {kind.__module__.partition(".")[0] for kind in type(part).__mro__}
    found = [library for library in libraries() if {library.httpx.__name__, library.httpcore.__name__} & roots]
    return found[0] if found else PREFERRED


def errors(*names: str) -> tuple[type[Exception], ...]:
    """Returns the error classes of these names in every loaded library, for ``except`` and ``isinstance``."""
    return tuple(getattr(library.httpx, name) for library in libraries() for name in names)


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
