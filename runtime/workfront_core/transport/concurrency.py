"""How many requests are in flight at one host: counted once for the process, whoever sends them.

Workfront allows about ten requests at a time to a whole customer and answers more with 429 (docs/protocol.md 6). So
threads, tasks and event loops that talk to one host wait in one queue, first come, first served.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncGenerator, Generator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final

from workfront_core.errors.kinds import QueryError

DEFAULT_CONCURRENCY: Final = 8
MAX_CONCURRENCY: Final = 10
"""Requests the service lets one customer have in flight."""

_limits: Final[dict[str, HostConcurrency]] = {}


def concurrency_of(origin: str) -> HostConcurrency:
    """The one limit of a scheme, host and port in this process."""
    return _limits.setdefault(origin, HostConcurrency())


def checked_concurrency(size: int) -> int:
    """``size`` itself.

    Raises:
        QueryError: it is out of range.
    """
    if not 1 <= size <= MAX_CONCURRENCY:
        raise QueryError(f"concurrency={size}: Workfront takes 1 to {MAX_CONCURRENCY} requests at a time.")
    return size


@dataclass(eq=False, slots=True)
class _Waiting:
    """A place in the queue: granted when fewer than ``size`` requests are in flight."""

    size: int
    granted: Future[None] = field(default_factory=lambda: Future[None]())


class HostConcurrency:
    """The slots of one host. Each caller names how many may be in flight, its own request included."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._in_flight = 0
        self._queue: deque[_Waiting] = deque()

    @property
    def in_flight(self) -> int:
        """Slots taken at this moment."""
        return self._in_flight

    @property
    def waiting(self) -> int:
        """Callers in the queue at this moment."""
        return len(self._queue)

    @contextmanager
    def acquire(self, size: int, timeout: float | None = None) -> Generator[None, None, None]:
        """Holds a slot inside ``with``.

        Args:
            size: requests of this host that may be in flight, this one included.
            timeout: seconds to wait for a slot, ``None`` for any time.

        Raises:
            TimeoutError: no slot became free in time.
        """
        place = self._enter(size)
        try:
            place.granted.result(timeout)
        except BaseException:
            self._withdraw(place)
            raise
        try:
            yield
        finally:
            self._release()

    @asynccontextmanager
    async def acquire_async(self, size: int) -> AsyncGenerator[None, None]:
        """Holds a slot inside ``async with``; a caller cancelled while waiting leaves the queue."""
        place = self._enter(size)
        try:
            if not place.granted.done():
                await asyncio.wrap_future(place.granted)
        except BaseException:
            self._withdraw(place)
            raise
        try:
            yield
        finally:
            self._release()

    def _enter(self, size: int) -> _Waiting:
        place = _Waiting(size)
        with self._lock:
            self._queue.append(place)
            self._grant()
        return place

    def _release(self) -> None:
        with self._lock:
            self._in_flight -= 1
            self._grant()

    def _withdraw(self, place: _Waiting) -> None:
        """Leaves the queue, or gives back a slot that was granted at the same moment."""
        with self._lock:
            if not place.granted.cancel():
                self._in_flight -= 1
            elif place in self._queue:
                self._queue.remove(place)
            self._grant()

    def _grant(self) -> None:
        """Gives free slots to the head of the queue; called with the lock held."""
        while self._queue and self._in_flight < self._queue[0].size:
            place = self._queue.popleft()
            if place.granted.set_running_or_notify_cancel():
                self._in_flight += 1
                place.granted.set_result(None)
