"""A consumer of an inbox: events one by one in their order, each until it is acknowledged or dead."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Final, Generic, Protocol, TypeVar

from workfront_core.errors.kinds import WorkfrontError
from workfront_core.events.event import Event, read_event
from workfront_core.events.inbox_file import Handed, InboxFile
from workfront_core.models.model import WorkfrontObject

M = TypeVar("M", bound=WorkfrontObject)

_AT_ONCE: Final = 200
_PAUSE: Final = 0.2
"""Seconds between two looks at an inbox with nothing new."""


class Source(Protocol):
    """An inbox, as far as a consumer needs it; ``attempts`` is the number of times an event is handed over at most."""

    attempts: int

    @property
    def file(self) -> InboxFile:
        """The file with the messages."""
        ...

    def settle(self) -> None:
        """Gives every message that has settled its place."""
        ...


class Consumer(Generic[M]):
    """Events in order, for ``for`` and for ``async for``.

    ``event.ack()`` says that an event and all before it are done. What was not acknowledged is handed over again by the
    next consumer of the same name: at least once. The event that a program dies of again and again is dead after the
    attempts of the inbox, and the next one follows.
    """

    def __init__(
        self, inbox: Source, model: type[M], name: str | None, after: int | None, *, wait: bool, one_version: bool
    ) -> None:
        self._inbox = inbox
        self._model = model
        self._name = name or ""
        self._wait = wait
        self._one_version = one_version
        self._last = after if after is not None else inbox.file.position(self._name)
        self._failed: str | None = None
        if name:
            inbox.file.move(name, 0)  # nothing is removed any more that it has not passed

    def __repr__(self) -> str:
        return f"<Consumer {self._name!r} of {self._model.__name__}, behind event {self._last}>"

    def __iter__(self) -> Iterator[Event[M]]:
        while True:
            batch = self._batch()
            for handed in batch:
                yield from self._handed(handed)
            if not batch and not self._wait:
                return
            if not batch:
                time.sleep(_PAUSE)

    async def __aiter__(self) -> AsyncIterator[Event[M]]:
        while True:
            batch = await asyncio.to_thread(self._batch)
            for handed in batch:
                for event in self._handed(handed):
                    yield event
            if not batch and not self._wait:
                return
            if not batch:
                await asyncio.sleep(_PAUSE)

    def ack(self, place: int) -> None:
        """Notes that this event, by its number in the inbox, and all before it are done."""
        if self._name:
            self._inbox.file.move(self._name, place)

    def fail(self, _place: int, reason: str, /) -> None:
        """Notes that an attempt failed."""
        self._failed = reason

    def _batch(self) -> list[Handed]:
        """Returns the next events; without any, after those that came meanwhile got their places."""
        found = self._next()
        if not found:
            self._inbox.settle()
            found = self._next()
        return found

    def _next(self) -> list[Handed]:
        code = self._model.obj_code
        return self._inbox.file.next(self._name, code, self._last, _AT_ONCE, one_version=self._one_version)

    def _handed(self, handed: Handed) -> Iterator[Event[M]]:
        """Yields one event until it does not fail any more, or is dead."""
        self._last = handed.place
        tries = 0
        while True:
            tries = self._inbox.file.hand(self._name, handed.place) if self._name else tries + 1
            if tries > self._inbox.attempts:
                self._bury(handed, f"handed over {tries - 1} times, and never acknowledged")
                return
            self._failed = None
            try:
                event = read_event(
                    handed.body, self._model, place=handed.place, is_late=handed.is_late, tries=tries, source=self
                )
            except WorkfrontError as error:  # rows within rows, or another version of this package stored it
                self._bury(handed, error.message)
                return
            yield event
            reason = self._reason()
            if reason is None:
                return
            if tries == self._inbox.attempts:
                self._bury(handed, reason)
                return

    def _reason(self) -> str | None:
        """Returns what was said of the last attempt, where it failed."""
        return self._failed

    def _bury(self, handed: Handed, reason: str) -> None:
        if self._name:
            self._inbox.file.bury(self._name, handed.place, reason)
