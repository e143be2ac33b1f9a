"""The HTTP clients below a client of ours: one in each process, and in asyncio one in each event loop.

Connections belong to the process and to the event loop that opened them. So a forked child and a further loop get an
HTTP client of their own; one that was handed in cannot be made again, and is refused there.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Generic, Protocol, TypeVar, runtime_checkable
from weakref import WeakKeyDictionary, WeakSet

from workfront_core.errors.kinds import QueryError
from workfront_core.process_state import bind_to_process

H = TypeVar("H")


def _is_orderly(kind: type[BaseException]) -> bool:
    """Returns whether a call may end by it without leaving its connection amid a message that the library goes
    on with.
    """
    tasks = sys.modules.get("asyncio")  # nothing can be cancelled where it was never loaded
    cancelled: tuple[type[BaseException], ...] = (tasks.CancelledError,) if tasks else ()
    return issubclass(kind, (Exception, GeneratorExit, *cancelled))


_CLOSING: Final = 2.0
"""Seconds that closing waits for connections an interrupt has left in disorder."""


@runtime_checkable
class Closes(Protocol):
    """A client of threads."""

    def close(self) -> None: ...


class Lease(Generic[H]):
    """The use of an HTTP client inside ``with``; an interrupt while it is used makes it the last.

    Attributes:
        is_broken: whether it is to be the last: its connections are in disorder.
    """

    is_broken: bool = False

    def __init__(self, clients: HttpClients[H], place: object) -> None:
        self._clients = clients
        self._place = place
        self._shared = clients.current(place)

    @property
    def http(self) -> H:
        """The HTTP client."""
        return self._shared.http

    def __enter__(self) -> Lease[H]:
        self._shared.users.add(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._shared.users.discard(self)
        if self.is_broken or (kind is not None and not _is_orderly(kind)):
            self._clients.retire(self._place, self._shared)


class _Shared(Generic[H]):
    """An HTTP client, and the calls under way in it."""

    def __init__(self, http: H) -> None:
        self.http = http
        self.users: WeakSet[Lease[H]] = WeakSet()


class HttpClients(Generic[H]):
    """What a client and its copies send through.

    Args:
        first: the first one, made already.
        make: makes another one; ``None`` where the first was handed in.
        is_bound: whether the one handed in has connections, which belong to one process and one event loop.
    """

    def __init__(self, first: H, make: Callable[[], H] | None, *, is_bound: bool) -> None:
        self._given = first
        self._make = make
        self._is_bound = is_bound
        self._is_closed = False
        self._is_inherited = False
        self._unused: list[H] = [first]
        self._clients: WeakKeyDictionary[object, _Shared[H]] = WeakKeyDictionary()
        self._retired: list[tuple[object, _Shared[H]]] = []
        self._inherited: list[object] = []
        bind_to_process(self)

    def restart_in_child(self) -> None:
        """Lets go of the parent's connections; they stay open, since closing them would end them for the parent too."""
        self._inherited += [self._clients, self._retired]
        self._clients, self._retired = WeakKeyDictionary(), []
        self._is_inherited = True

    def lease(self, place: object) -> Lease[H]:
        """Returns the HTTP client of a place - an event loop, or whatever stands for all threads - for ``with``.

        Raises:
            QueryError: the client is closed, or one that was handed in belongs elsewhere.
        """
        return Lease(self, place)

    def current(self, place: object) -> _Shared[H]:
        """Returns the HTTP client of a place; made where there is none yet.

        Raises:
            QueryError: the client is closed, or one that was handed in is, or belongs elsewhere.
        """
        self.check_open()
        found = self._clients.get(place)
        shared = self._clients.setdefault(place, _Shared(self._another())) if found is None else found
        if self._is_given_closed:
            raise QueryError(
                "The http_client that was handed in is closed.", hint="Close it last, or make another one and a client."
            )
        return shared

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._is_closed or self._is_given_closed

    @property
    def _is_given_closed(self) -> bool:
        """Whether whoever handed in the HTTP client has closed it."""
        return self._make is None and getattr(self._given, "is_closed", False) is True

    def check_open(self) -> None:
        """Makes sure that the client can be used.

        Raises:
            QueryError: it is closed.
        """
        if self._is_closed:
            raise QueryError(
                "The client is closed.",
                hint="Read the rows inside the with block, by a loop or .to_list(); afterwards make another client.",
            )

    def retire(self, place: object, shared: _Shared[H]) -> None:
        """Takes an HTTP client out of use: an interrupt may have left its connections in the middle of a message."""
        if self._make is None:
            return
        if self._clients.get(place) is shared:
            del self._clients[place]
            self._retired.append((place, shared))
        for entry in [entry for entry in self._retired if not entry[1].users and isinstance(entry[1].http, Closes)]:
            self._retired.remove(entry)
            _in_background(entry[1].http)

    def close(self) -> list[tuple[object, H]]:
        """Refuses all further use; returns the HTTP clients of our own that are to be closed, with their places."""
        self._is_closed = True
        if self._make is None:
            return []
        unused, self._unused = self._unused, []
        retired, self._retired = self._retired, []
        for thread in [_in_background(shared.http) for _, shared in retired]:
            if thread is not None:
                thread.join(_CLOSING)
        left = [*self._clients.items(), *((place, one) for place, one in retired if not isinstance(one.http, Closes))]
        return [*((None, http) for http in unused), *((place, shared.http) for place, shared in left)]

    def _another(self) -> H:
        with suppress(IndexError):
            return self._unused.pop()
        if self._make is not None:
            return self._make()
        if not self._is_bound:
            return self._given
        where = "process" if self._is_inherited else "event loop"
        raise QueryError(
            f"The http_client or transport that was handed in belongs to another {where}: so do its connections.",
            hint=f"Make it, and the client, in the {where} that uses them; without one the client opens its own.",
        )


def _in_background(http: object) -> threading.Thread | None:
    """Closes connections in a thread that nobody has to wait for: a lock of theirs may be held for ever."""
    if not isinstance(http, Closes):
        return None
    thread = threading.Thread(target=_closed, args=(http,), name="workfront-close", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the interpreter ends: so do the connections
        return None
    return thread


def _closed(http: Closes) -> None:
    with suppress(Exception):
        http.close()
