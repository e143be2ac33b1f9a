"""Rows in the making: their IDs, their dates in working days, and chance that repeats itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from random import Random
from typing import Any, Final

from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row

_WEEK: Final = 5


@dataclass
class Draft:
    """The rows of a tenant by object type, and what they are made with.

    Days are counted in working days: day 0 is the Monday of the week of ``now``, day -1 the Friday before.
    """

    now: datetime
    me: str
    customer_id: str
    scale: int = 1
    seed: int = 7
    rows: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    crew: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    """Active users by the name of their role."""
    content: dict[str, tuple[str, bytes]] = field(default_factory=dict[str, tuple[str, bytes]])
    """File name and content of uploads, by handle."""
    _texts: dict[tuple[int, float], str] = field(default_factory=dict[tuple[int, float], str])

    @cached_property
    def today(self) -> int:
        """The working day of ``now``; on a weekend, the Monday after."""
        return min(self.now.weekday(), _WEEK)

    @cached_property
    def monday(self) -> datetime:
        """The first instant of the week of ``now``."""
        midnight = datetimes.midnight(self.now, self._zone)
        return midnight - timedelta(days=midnight.weekday())

    def chance(self, *words: object) -> Random:
        """Returns the source of chance for one part of the tenant; it does not depend on how much was made before."""
        return Random("/".join(map(str, (self.seed, *words))))  # noqa: S311

    def add(self, code: str, **fields: Any) -> Row:
        """Returns a new row with an ID of its own."""
        made = self.rows.setdefault(code, [])
        row = {"ID": fields.pop("ID", None) or self.id_of(code, len(made)), **fields}
        made.append(row)
        return row

    def of(self, code: str) -> list[Row]:
        """Returns the rows of an object type so far."""
        return self.rows.get(code, [])

    def id_of(self, code: str, number: int) -> str:
        """Returns the ID of the row of an object type with a number: 32 hexadecimal digits."""
        return blake2b(f"{self.seed}/{code}/{number}".encode(), digest_size=16).hexdigest()

    def at(self, day: int, hour: float = 9.0) -> str:
        """Returns the instant an hour of a working day begins, as rows hold it."""
        known = self._texts.get((day, hour))
        if known is None:
            known = self._texts[day, hour] = datetimes.wire(self.instant(day, hour), self._zone)
        return known

    def on(self, day: int) -> str:
        """Returns a working day as rows hold days."""
        return self.at(day, 12)[:10]

    def instant(self, day: int, hour: float = 9.0) -> datetime:
        """Returns the instant an hour of a working day begins, by the clock on the wall."""
        weeks, rest = divmod(day, _WEEK)
        return self.monday + timedelta(days=7 * weeks + rest, hours=hour)

    @property
    def _zone(self) -> Any:
        return self.now.tzinfo
