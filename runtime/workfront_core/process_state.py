"""What belongs to one process or event loop: locks and connections that a forked child must not go on with, and duties
whose loop runs no more.

A child has the memory of its parent and none of its threads: a lock that another thread held stays locked for ever, and
two processes that use one connection read each other's answers. So whatever has such state registers here, once, and
starts anew in each child.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from typing import Any, Final, Protocol, TypeVar
from weakref import ReferenceType, WeakSet

if sys.version_info >= (3, 12):
    cached_property = functools.cached_property
else:
    T = TypeVar("T")

    class cached_property(functools.cached_property[T]):
        """The standard library's as it is from Python 3.12 on: before, threads that work out a value hold one lock of
        all instances, which a child forked meanwhile inherits locked for ever.
        """

        def __get__(self, instance: object, owner: type | None = None) -> T:  # type: ignore[override]
            if instance is None:
                return self  # type: ignore[return-value]
            value = self.func(instance)
            instance.__dict__[self.attrname or self.func.__name__] = value
            return value


class ProcessBound(Protocol):
    """Something with state of one process."""

    def restart_in_child(self) -> None:
        """Forgets the parent's state, in a child that was just forked; quick, and without a word to the network."""
        ...


_bound: WeakSet[ProcessBound] = WeakSet()


def bind_to_process(part: ProcessBound) -> None:
    """Makes an object start anew in every child that is forked while it lives."""
    _bound.add(part)


def bound() -> list[ProcessBound]:
    """Returns what starts anew in a child that is forked now."""
    return list(_bound)


class Task(Protocol):
    """A task of an event loop, as others look at it."""

    def done(self) -> bool:
        """Returns whether it is over."""
        ...

    def get_loop(self) -> Any:
        """Returns the loop that carries it on."""
        ...


LOOK_AGAIN: Final = 1.0
"""Seconds after which whoever waits for others looks whether they are still at work: a loop that was stopped tells
nobody.
"""


def is_over(task: ReferenceType[Any], /) -> bool:
    """Returns whether a task has come to its end, or is gone."""
    found: Task | None = task()
    return found is None or found.done()


def is_left_lying(task: ReferenceType[Any], /) -> bool:
    """Returns whether a task is over, or nobody carries it on: its event loop was stopped or closed in the middle."""
    found: Task | None = task()
    return found is None or found.done() or not found.get_loop().is_running()


class ProcessLock:
    """A lock of the threads of one process: held by nobody in a child that is forked while another thread holds it."""

    def __init__(self) -> None:
        self.restart_in_child()
        bind_to_process(self)

    def restart_in_child(self) -> None:
        """Takes a new lock, which no thread of the parent holds."""
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _restart_all() -> None:
    for part in bound():
        part.restart_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_restart_all)
