"""What answers show of the rows: not all of them, changes some time after their stamp, or the rows of some seconds ago.

The rows are stored as they are. Where an answer has to show others they stand in the store while it is made, inside a
transaction that is taken back.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final, TypeAlias

from workfront_sandbox.store.store import Store
from workfront_sandbox.tenant.clock import Clock
from workfront_sandbox.wire.json_value import Row

Key: TypeAlias = tuple[str, str]
"""Object type and ID."""

_NONE: Final = timedelta()


class _TakenBack(Exception):
    """Ends the transaction an answer was made in, so that nothing of it stays."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A row as it was and as it is, and from when on answers show it."""

    key: Key
    old: Row
    new: Row
    shows_at: datetime


class Sight:
    """What callers see of a tenant's rows.

    Attributes:
        visible_after: how long after it was made a change shows in answers; changes keep the delay they were made with.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._hidden: dict[Key, set[str | None]] = {}
        self._written: list[_Written] = []
        self._back = _NONE
        self._chance: Random | None = None
        self.visible_after: timedelta = _NONE

    def hide(self, code: str, object_id: str, user_id: str | None = None) -> None:
        """Takes a row out of a user's sight, out of everybody's unless one is named."""
        self._hidden.setdefault((code, object_id), set()).add(user_id)

    def show(self, code: str, object_id: str) -> None:
        """Lets everybody see a row again."""
        self._hidden.pop((code, object_id), None)

    def show_all(self) -> None:
        """Lets everybody see every row again."""
        self._hidden.clear()

    def look_back(self, by: timedelta, seed: int | None = None) -> None:
        """Answers from the rows as they were so long ago, but not longer ago than this was said.

        With a seed each answer goes back by chance, up to ``by``.
        """
        self._back = by
        self._chance = None if seed is None else Random(seed)  # noqa: S311

    def note(self, code: str, old: Row, new: Row) -> None:
        """Remembers a change as long as an answer may show what was before it."""
        if self._back > _NONE or self.visible_after > _NONE:
            shows_at = self._clock.now() + self.visible_after
            self._written.append(_Written((code, str((new or old)["ID"])), old, new, shows_at))

    @contextmanager
    def of(self, user_id: str) -> Generator[None]:
        """Lets the store hold what a user sees until the block ends."""
        others = self._others(user_id)
        if not others:
            yield
            return
        with suppress(_TakenBack), self._store.transaction():
            for (code, object_id), row in others.items():
                self._put(code, object_id, row)
            yield
            raise _TakenBack

    def _others(self, user_id: str) -> dict[Key, Row]:
        """Returns the rows that are seen otherwise than they are stored; an empty row is not seen at all."""
        now = self._clock.now()
        self._written = [written for written in self._written if written.shows_at > now - self._back]
        shown_at = now - self._back * (1.0 if self._chance is None else self._chance.random())
        found: dict[Key, Row] = {}
        last: dict[Key, datetime] = {}
        for written in self._written:
            last[written.key] = written.shows_at
            if written.shows_at <= shown_at:
                found[written.key] = written.new
            else:
                found.setdefault(written.key, written.old)
        past = {key: row for key, row in found.items() if last[key] > shown_at}
        return past | {key: Row() for key, users in self._hidden.items() if users & {None, user_id}}

    def _put(self, code: str, object_id: str, row: Row) -> None:
        there = self._store.get(code, object_id)
        if not row:
            self._store.delete(code, object_id)
        elif there is None:
            self._store.insert(code, [row])
        else:
            self._store.update(code, row)
