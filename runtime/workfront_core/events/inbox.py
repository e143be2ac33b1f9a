"""The durable inbox: messages are stored before they are answered, and handed over in the order of their events.

inbox = Inbox("events.sqlite")
for event in inbox.events(Task, consumer="billing"):
    print(event.new.name)
    event.ack()
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar, overload

from workfront_core.arguments import checked_flag, checked_whole
from workfront_core.base_class import BaseClass
from workfront_core.errors.kinds import QueryError
from workfront_core.events.consumer import Consumer
from workfront_core.events.given import (
    check_bounds,
    checked_body,
    checked_consumer,
    checked_file,
    checked_model,
    checked_moment,
    checked_places,
)
from workfront_core.events.group_commit import GroupCommit
from workfront_core.events.inbox_file import DeadLetter, InboxFile
from workfront_core.events.message import message_of
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean

M = TypeVar("M", bound=WorkfrontObject)

_PRUNED_EVERY: Final = 60.0


class Inbox(BaseClass):
    """Messages in a file. Several processes may use one file, each consumer in one of them."""

    def __init__(
        self,
        path: str | Path,
        *,
        settle: float = 5.0,
        keep: timedelta = timedelta(days=7),
        attempts: int = 5,
        most_bytes: int | None = None,
    ) -> None:
        """Opens the inbox, and makes the file where there is none.

        Args:
            path: of the file, on a disk of this machine.
            settle: seconds that messages wait to be sorted by the time of their event; the service takes up to five.
            keep: how long messages are kept that every consumer has passed; the service repeats for 48 hours.
            attempts: how often an event is handed over before it counts as dead.
            most_bytes: size that the file may have; beyond it messages are refused, and sent again by the service.

        Raises:
            InboxError: the file cannot be opened, or is something else.
            QueryError: the path stands for no file, or a number is out of range.
        """
        check_bounds(settle, keep, attempts, most_bytes)
        path = checked_file(path)
        self.path: str | Path = path
        self.attempts = attempts
        self._settle = settle
        self._keep = keep.total_seconds()
        self._stored = InboxFile(path, is_safe=True, most_bytes=most_bytes)
        self._read = InboxFile(path, is_safe=False)
        self._pruned = 0.0
        self.line: GroupCommit = GroupCommit(self._stored)

    def __repr__(self) -> str:
        return f"Inbox({str(self.path)!r})"

    def put(self, *bodies: bytes) -> None:
        """Stores messages as they were posted, in one transaction; what is there already is left out.

        Raises:
            NotAnEvent: one of them is not an event.
            InboxError: they cannot be stored.
            QueryError: one of them is not bytes.
        """
        self._stored.add([message_of(checked_body(body)) for body in bodies])

    @overload
    def events(
        self, model: type[M], /, *, consumer: str | None = None, after: int | None = None, wait: bool = True,
        one_version: bool = False,
    ) -> Consumer[M]: ...  # fmt: skip
    @overload
    def events(
        self,
        model: None = None,
        /,
        *,
        consumer: str | None = None,
        after: int | None = None,
        wait: bool = True,
        one_version: bool = False,
    ) -> Consumer[WorkfrontObject]: ...
    def events(
        self,
        model: type[Any] | None = None,
        /,
        *,
        consumer: str | None = None,
        after: int | None = None,
        wait: bool = True,
        one_version: bool = False,
    ) -> Consumer[Any]:
        """Returns the events of an object type in order, for ``for`` and for ``async for``.

        Args:
            model: the object, such as ``Task``; events of every type unless given.
            consumer: under which name the position is kept: it goes on behind the last event that was acknowledged.
            after: in place of a kept position, the ``place`` of the last event that is done.
            wait: whether it waits for further events, or ends with the last one.
            one_version: whether an event that came in both versions is handed over once.

        Raises:
            QueryError: neither or both of ``consumer`` and ``after`` are given, or something is of another kind.
        """
        if (consumer is None) == (after is None) or consumer == "":
            raise QueryError(
                "events() takes the name of a consumer, or the place to go on after.",
                hint='Write events(Task, consumer="billing"), or after=0 to keep the position yourself.',
            )
        if consumer is not None:
            checked_consumer(consumer)
        if after is not None:
            checked_whole(after, "after=", least=0)
        kind: type[Any] = WorkfrontObject if model is None else checked_model(model)
        is_waiting, is_once = checked_flag(wait, "wait"), checked_flag(one_version, "one_version")
        return Consumer(self, kind, consumer, after, wait=is_waiting, one_version=is_once)

    def positions(self) -> dict[str, int]:
        """Returns the place up to which each consumer is done."""
        return self._read.positions()

    def dead(self, consumer: str | None = None) -> list[DeadLetter]:
        """Returns the events that consumers could not handle, oldest first.

        Raises:
            QueryError: no consumer of this name has read anything.
        """
        if consumer is not None:
            self._require(consumer)
        return self._read.dead(consumer)

    def revive(self, consumer: str, places: Sequence[int] | None = None) -> int:
        """Hands dead events over once more, behind all others; returns how many they are.

        Args:
            consumer: the name of the one that could not handle them.
            places: their numbers, as ``dead`` tells them; all of the consumer unless given.

        Raises:
            QueryError: no consumer of this name has read anything, or one of the places is none of its dead events.
        """
        places = None if places is None else checked_places(places)
        here = [letter.place for letter in self.dead(checked_consumer(consumer))]
        if strange := [place for place in places or () if place not in here]:
            raise QueryError(
                f"{', '.join(map(str, strange))} is not among the dead events of {consumer!r}.",
                hint=f"Its dead events: {', '.join(map(str, here)) or 'none'}.",
            )
        return self._read.revive(consumer, places)

    def replay(self, consumer: str, since: datetime) -> int:
        """Takes a consumer back to the first kept event since a moment; returns the place it goes on after.

        Raises:
            QueryError: no consumer of this name has read anything, or the moment has no time zone.
        """
        self._require(consumer)
        checked_moment(since)
        self.settle()
        place = self._read.place_before(int(since.timestamp() * 1_000_000))
        self._read.move(consumer, place, back=True)
        return place

    def _require(self, consumer: str) -> None:
        """Refuses a consumer that has read nothing: a slip of the pen would look as if all were well."""
        known = self.positions()
        if checked_consumer(consumer) not in known:
            raise QueryError(
                f"No consumer {consumer!r} has read events of {self.path}.",
                hint=did_you_mean(consumer, known, f"Those that have: {', '.join(known) or 'none'}."),
            )

    def counts(self) -> tuple[int, int]:
        """Returns how many messages are stored, and how many of them still settle."""
        return self._read.counts()

    def settle(self) -> None:
        """Gives every message that has settled its place, and removes what is too old."""
        now = time.time()
        self._read.place(now, self._settle)
        if now - self._pruned > _PRUNED_EVERY:
            self._read.prune(now - self._keep)
            self._pruned = now

    @property
    def file(self) -> InboxFile:
        """The file, for consumers."""
        return self._read

    def close(self) -> None:
        """Closes the file."""
        self.line.close()
        self._stored.close()
        self._read.close()

    def __enter__(self) -> Inbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
