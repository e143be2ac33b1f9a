"""The time left for one call, and sockets that keep to it.

A read timeout starts anew with every byte, so a server that sends one now and then could hold a call for ever. In
asyncio a timeout around the whole attempt ends that; a thread cannot be interrupted, so here every operation on its
socket gets no more than the time left.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from workfront_core.arguments import checked_number
from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import httpcore, httpx, library_of, wrap_network_backends

Timeout: TypeAlias = float | httpx.Timeout | None
"""Seconds for connecting, for each read and each write, or each of them apart; ``None`` waits for ever.

Examples:
    >>> import httpx
    >>> from workfront_client import ApiKey, Timeout
    >>> from workfront_client.v22 import Workfront
    >>> patient: Timeout = httpx.Timeout(10, read=120)
    >>> wf = Workfront("https://acme.my.workfront.com", auth=ApiKey("k3y"), timeout=patient)
    >>> wf.close()
"""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a call by some clock; ``None`` for no end."""

    clock: Callable[[], float]
    at: float | None = None

    @classmethod
    def after(cls, seconds: float | None, clock: Callable[[], float]) -> Deadline:
        """Returns the deadline so many seconds from now."""
        return cls(clock, None if seconds is None else clock() + seconds)

    def left(self) -> float | None:
        """Returns the seconds that remain, never below 0; ``None`` without an end."""
        return None if self.at is None else max(0.0, self.at - self.clock())

    def is_past(self) -> bool:
        """Returns whether no time remains."""
        return self.left() == 0.0

    def open_ended(self) -> Deadline:
        """Returns the same clock without an end, for what takes as long as a file is large."""
        return Deadline(self.clock)


def checked_timeout(value: Timeout, /) -> Timeout:
    """Returns the timeout itself.

    Raises:
        QueryError: it is neither a number of seconds, nor a timeout of the HTTP library, nor None.
    """
    if value is None or hasattr(value, "connect"):
        return value
    if checked_number(value, "timeout=") <= 0:
        raise QueryError(f"timeout={value}: a call needs some seconds; None waits for ever.")
    return value


Limits: TypeAlias = tuple[float | None, float | None, float | None, float | None]
"""Seconds for connecting, reading, writing, and waiting for a connection, as every HTTP library takes them."""


def within(timeout: Timeout, left: float | None) -> Limits:
    """Returns the timeouts, none longer than the time left."""
    given: Any = timeout if hasattr(timeout, "connect") else httpx.Timeout(timeout)
    connect, read, write, pool = (
        limit if left is None else left if limit is None else min(limit, left)
        for limit in (_limit(given, name) for name in ("connect", "read", "write", "pool"))
    )
    return connect, read, write, pool


def _limit(timeout: object, name: str) -> float | None:
    """Returns one of the limits; the timeout of one library stands whole in each of those that the other made of it."""
    limit: Any = getattr(timeout, name)
    return _limit(limit, name) if hasattr(limit, name) else limit


class _Running(threading.local):
    deadline: Deadline | None = None


_running: Final = _Running()


@contextmanager
def until(deadline: Deadline) -> Generator[None, None, None]:
    """Makes sockets used by this thread keep to the deadline."""
    before, _running.deadline = _running.deadline, deadline
    try:
        yield
    finally:
        _running.deadline = before


def _shortened(timeout: float | None, late: type[Exception]) -> float | None:
    left = _running.deadline.left() if _running.deadline is not None else None
    if left is None:
        return timeout
    if left <= 0.0:
        raise late("the time for the call is used up")
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection whose every operation keeps to the deadline of the thread that uses it."""

    def __init__(self, stream: httpcore.NetworkStream, core: Any) -> None:
        self._stream = stream
        self._core = core

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _shortened(timeout, self._core.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _shortened(timeout, self._core.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        allowed = _shortened(timeout, self._core.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, allowed), self._core)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections that keep to deadlines."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend
        self._core = library_of(backend).httpcore

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        allowed = _shortened(timeout, self._core.ConnectTimeout)
        return _Stream(self._backend.connect_tcp(host, port, allowed, local_address, socket_options), self._core)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        allowed = _shortened(timeout, self._core.ConnectTimeout)
        return _Stream(self._backend.connect_unix_socket(path, allowed, socket_options), self._core)

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


def keep_deadlines(client: httpx.Client) -> None:
    """Makes the sockets of a client keep to deadlines; without it a trickling answer ends with its whole body only."""
    wrap_network_backends(client, _kept_to_deadlines)


def _kept_to_deadlines(backend: httpcore.NetworkBackend) -> httpcore.NetworkBackend:
    return backend if isinstance(backend, _Backend) else _Backend(backend)
