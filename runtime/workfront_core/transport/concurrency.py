"""How many requests are in flight at one host: counted once for the process, whoever sends them.

Workfront allows about ten requests at a time to a whole customer and answers more with 429 (docs/protocol.md 6). So
threads, tasks and event loops that talk to one host wait in one queue, first come, first served.

There is no lock: who comes and who goes is one entry of a dictionary, and who may send follows from their order. So an
interrupt at any moment leaves nothing locked, and a slot whose owner is gone is given back when its object is. That of
a task may outlive it, in the frames of the error that ended it: so who would wait looks first whether all tasks before
him are still at work.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final
from weakref import ReferenceType, WeakValueDictionary, ref

from workfront_core.arguments import checked_whole
from workfront_core.errors.kinds import QueryError
from workfront_core.process_state import LOOK_AGAIN, ProcessLock, bind_to_process, is_left_lying, is_over

if TYPE_CHECKING:
    import asyncio

DEFAULT_CONCURRENCY: Final = 8
MAX_CONCURRENCY: Final = 10
"""Requests the service lets one customer have in flight."""


class _Hosts:
    """The limits in use: each lives as long as a client that holds it."""

    def __init__(self) -> None:
        self._limits: WeakValueDictionary[str, HostConcurrency] = WeakValueDictionary()
        self._lock = ProcessLock()

    def of_origin(self, origin: str) -> HostConcurrency:
        with self._lock:
            return self._limits.setdefault(origin, HostConcurrency())


_hosts: Final = _Hosts()


def concurrency_of(origin: str) -> HostConcurrency:
    """Returns the one limit of a scheme, host and port in this process."""
    return _hosts.of_origin(origin)


def checked_concurrency(size: int) -> int:
    """Returns ``size`` itself, a number of requests at a time.

    Raises:
        QueryError: it is out of range.
    """
    if not 1 <= checked_whole(size, "concurrency=") <= MAX_CONCURRENCY:
        raise QueryError(f"concurrency={size}: Workfront takes 1 to {MAX_CONCURRENCY} requests at a time.")
    return size


class NoFreeSlot(TimeoutError):
    """No slot became free in time."""


@dataclass(eq=False, slots=True)
class _Place:
    """A place in the line: its owner may send when fewer than ``size`` stand before it."""

    size: int
    wake: Callable[[], object]
    task: ReferenceType[Any] | None = None
    is_woken: bool = False

    @property
    def is_abandoned(self) -> bool:
        """Whether the task that took it has come to its end."""
        return self.task is not None and is_over(self.task)

    @property
    def is_left_lying(self) -> bool:
        """Whether nobody carries on the task that took it: its event loop was stopped, too."""
        return self.task is not None and is_left_lying(self.task)


class HostConcurrency:
    """The slots of one host. Each caller names how many may be in flight, its own request included."""

    def __init__(self) -> None:
        self.restart_in_child()
        bind_to_process(self)

    def restart_in_child(self) -> None:
        """Forgets the places of the parent's threads."""
        self._places: dict[_Place, None] = {}

    @property
    def in_flight(self) -> int:
        """Slots taken at this moment."""
        return _granted(list(self._places))

    @property
    def waiting(self) -> int:
        """Callers in the queue at this moment."""
        places = list(self._places)
        return len(places) - _granted(places)

    def acquire(self, size: int, timeout: float | None = None, *, lends: bool = False) -> ThreadSlot:
        """Returns a slot that is held inside ``with``.

        Args:
            size: requests of this host that may be in flight, this one included.
            timeout: seconds to wait for a slot, ``None`` for any time.
            lends: whether what runs inside, and asks for a slot that lends, goes within this one: it would wait for
                itself, as the ``progress`` of a transfer that calls the client.

        Raises:
            NoFreeSlot: on entering: no slot became free in time.
        """
        return ThreadSlot(self, size, timeout, lends=lends)

    def acquire_async(self, size: int, *, lends: bool = False) -> TaskSlot:
        """Returns a slot that is held inside ``async with``; a caller cancelled while waiting leaves the queue.

        Args:
            size: requests that may be in flight at a time.
            lends: as for `acquire`.
        """
        return TaskSlot(self, size, lends=lends)

    def enter(self, place: _Place) -> bool:
        """Puts a place at the end of the line; whether its owner may send at once."""
        self._places[place] = None
        return self._is_granted(place) or (self._ends_abandoned() and self._is_granted(place))

    def _is_granted(self, place: _Place) -> bool:
        places = list(self._places)  # one step for the interpreter: no thread comes between
        return place in places[: _granted(places)]

    def look(self, place: _Place) -> None:
        """Takes those out before whom a place waits, where nobody carries their tasks on; the first who waits looks."""
        places = list(self._places)
        if places[_granted(places) :][:1] == [place]:
            self._ends_abandoned()

    def _ends_abandoned(self) -> bool:
        """Takes the places out whose tasks are over, and those in flight of a loop that was stopped: the latter hold a
        slot, and would be woken in vain if they waited. Returns whether there were any.
        """
        places = list(self._places)
        in_flight = places[: _granted(places)]
        abandoned = [other for other in places if other.is_abandoned or (other in in_flight and other.is_left_lying)]
        for other in abandoned:
            self.leave(other)
        return bool(abandoned)

    def leave(self, place: _Place) -> None:
        """Takes a place out, where it is still in, and wakes those who may send now."""
        self._places.pop(place, None)
        places = list(self._places)
        for other in places[: _granted(places)]:
            self._wake(other)

    def _wake(self, place: _Place) -> None:
        if place.is_woken:
            return
        try:
            place.wake()
        except RuntimeError:  # its event loop is closed: nobody waits there any more
            self.leave(place)
        place.is_woken = True


def _granted(places: list[_Place]) -> int:
    """Returns how many from the head of the line may send: up to the first who has too many before him."""
    for before, place in enumerate(places):
        if before >= place.size:
            return before
    return len(places)


class _Held:
    """What both kinds of slot share: given back once, by whichever comes first of leaving and the object's end."""

    _place: _Place | None = None

    def __init__(self, limit: HostConcurrency, size: int, *, lends: bool) -> None:
        self._limit = limit
        self._size = size
        self._lends = lends
        self._outer: ReferenceType[_Held] | None = None

    @property
    def is_held(self) -> bool:
        """Whether it counts as a request in flight."""
        return self._place is not None

    def _is_lent(self) -> bool:
        """Returns whether the caller runs inside a slot of the same host that lends."""
        outer = _holder.get() if self._lends else None
        held = None if outer is None else outer()
        return held is not None and held._limit is self._limit and held.is_held  # noqa: SLF001 - of its own class

    def _lend(self) -> None:
        if self._lends:
            self._outer = _holder.get()
            _holder.set(ref(self))

    def _leave(self) -> None:
        if self._place is None:
            return
        self._give_back()
        if self._lends:
            _holder.set(self._outer)

    def _give_back(self) -> None:
        place = self._place
        if place is not None:
            self._limit.leave(place)
            self._place = None

    def __del__(self) -> None:
        self._give_back()


_holder: Final[ContextVar[ReferenceType[_Held] | None]] = ContextVar("workfront_slot", default=None)
"""The slot that this thread or task runs in and that lends."""


class ThreadSlot(_Held):
    """A slot for a thread."""

    def __init__(self, limit: HostConcurrency, size: int, timeout: float | None, *, lends: bool) -> None:
        super().__init__(limit, size, lends=lends)
        self._timeout = timeout

    def __enter__(self) -> ThreadSlot:
        try:
            if not self._is_lent():
                self._wait()
                self._lend()
            return self
        except BaseException:  # nobody leaves what he has not entered
            self._leave()
            raise

    def _wait(self) -> None:
        bell: SimpleQueue[None] = SimpleQueue()
        self._place = _Place(self._size, partial(bell.put, None))
        try:
            if not self._limit.enter(self._place):
                self._hear(bell, self._place)
        except Empty:
            self._give_back()
            raise NoFreeSlot from None
        except BaseException:
            self._give_back()
            raise

    def _hear(self, bell: SimpleQueue[None], place: _Place) -> None:
        end = None if self._timeout is None else time.monotonic() + self._timeout
        while True:
            left = LOOK_AGAIN if end is None else min(LOOK_AGAIN, end - time.monotonic())
            try:
                return bell.get(timeout=max(left, 0.0))
            except Empty:
                if end is not None and time.monotonic() >= end:
                    raise
                self._limit.look(place)

    def __exit__(self, *_: object) -> None:
        self._leave()


class TaskSlot(_Held):
    """A slot for a task."""

    async def __aenter__(self) -> TaskSlot:
        try:
            if not self._is_lent():
                await self._wait()
                self._lend()
            return self
        except BaseException:  # nobody leaves what he has not entered
            self._leave()
            raise

    async def _wait(self) -> None:
        import asyncio  # a program of threads does without

        loop = asyncio.get_running_loop()
        bell, task = loop.create_future(), asyncio.current_task()
        owner = None if task is None else ref(task)
        self._place = _Place(self._size, lambda: loop.call_soon_threadsafe(_ring, bell), owner)
        try:
            if not self._limit.enter(self._place):
                while not (await asyncio.wait((bell,), timeout=LOOK_AGAIN))[0]:
                    self._limit.look(self._place)
        except BaseException:
            self._give_back()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._leave()


def _ring(bell: asyncio.Future[None]) -> None:
    if not bell.done():
        bell.set_result(None)
