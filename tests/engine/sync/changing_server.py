"""A model of the service, as far as a sync can tell: rows change between the calls, and not all shows at once.

Rows are made, edited and deleted; they vanish from sight and come back, and change, without a stamp. Changes become
visible some time after their stamp; the clocks that stamp rows differ; answers may show the rows of some seconds ago.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime as http_date

import httpx

from workfront_core.values.datetimes import format_datetime, parse_datetime

Row = dict[str, object]


class Killed(BaseException):
    """The process is no more."""


@dataclass(frozen=True)
class World:
    """What can happen to the rows.

    Attributes:
        what: the kinds of change, each as often as it shall be drawn.
        visible_after: the longest time from a stamp to its being visible.
        clocks_differ_by: how far the clocks that stamp may be off.
        replica_behind: an answer may show the rows as they were so long ago.
        deaths: how often a call ends the process.
    """

    what: tuple[str, ...] = ("new", "edit", "edit", "edit", "delete", "quiet", "hide", "show")
    visible_after: timedelta = timedelta(seconds=25)
    clocks_differ_by: timedelta = timedelta()
    replica_behind: timedelta = timedelta()
    deaths: float = 0.06


@dataclass
class ChangingServer:
    """Answers searches over rows that change between the calls; ``busy`` as long as they do."""

    chance: random.Random
    world: World = field(default_factory=World)
    now: datetime = datetime(2026, 11, 25, 12, tzinfo=UTC)
    busy: bool = True
    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _hidden: dict[str, Row] = field(default_factory=dict[str, Row])
    _unseen: list[tuple[datetime, str, Row | None]] = field(default_factory=list[tuple[datetime, str, Row | None]])
    _past: list[tuple[datetime, dict[str, Row]]] = field(default_factory=list[tuple[datetime, dict[str, Row]]])

    def __post_init__(self) -> None:
        for _ in range(self.chance.randint(0, 60)):
            self._new()
        self._show_until(self.now + timedelta(days=1))

    def rest(self) -> None:
        """Nothing changes any more, and everything that did becomes visible."""
        self.busy = False
        self.now += timedelta(minutes=5)
        self._show_until(self.now)

    def pass_by(self) -> None:
        """Some time goes by."""
        self.now += timedelta(seconds=self.chance.choice([0, 1, 60, 3600]))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        with self._turn:
            return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self._tick()
        if self.busy and self.chance.random() < self.world.deaths:
            raise Killed
        asked = request.url.params
        headers = {"date": http_date(self.now.replace(microsecond=0), usegmt=True)}
        found: object = {"count": len(self.rows)} if request.url.path.endswith("/count") else self._search(asked)
        return httpx.Response(200, json={"data": found}, headers=headers)

    def _search(self, asked: Mapping[str, str]) -> list[Row]:
        rows = sorted(self._shown().values(), key=lambda row: str(row["ID"]))
        if asked.get("ID_Mod") == "gt":
            rows = [row for row in rows if str(row["ID"]) > asked["ID"]]
        elif "ID" in asked:
            wanted = set(asked.get_list("ID"))  # type: ignore[attr-defined]
            rows = [row for row in self.rows.values() if row["ID"] in wanted]
        if "lastUpdateDate" in asked:
            low = parse_datetime(asked["lastUpdateDate"])
            rows = [row for row in rows if parse_datetime(str(row["lastUpdateDate"])) >= low]
        first = int(asked.get("$$FIRST", "0"))
        return rows[first : first + int(asked["$$LIMIT"])]

    def _shown(self) -> dict[str, Row]:
        """The rows as one of the servers has them."""
        if not self.world.replica_behind:
            return self.rows
        self._past.append((self.now, dict(self.rows)))
        self._past = [past for past in self._past if past[0] >= self.now - self.world.replica_behind]
        return self.chance.choice(self._past)[1] if self.busy else self.rows

    def _tick(self) -> None:
        self.now += timedelta(milliseconds=self.chance.randint(1, 8000))
        for _ in range(self.chance.randint(0, 4) if self.busy else 0):
            self._change(self.chance.choice(self.world.what))
        self._show_until(self.now)

    def _change(self, what: str) -> None:
        # Two edits of one row with one stamp could not be told apart: the second is what "quiet" stands for.
        self.now += timedelta(milliseconds=1)
        row_id = self.chance.choice(sorted(self.rows)) if self.rows else None
        if what == "new":
            self._new()
        elif what == "show" and self._hidden:
            back = self.chance.choice(sorted(self._hidden))
            self.rows[back] = self._hidden.pop(back)
        elif row_id is None or what == "show":
            return
        elif what == "edit":
            self._later(row_id, {**self.rows[row_id], "name": f"edit {self.chance.random()}"})
        elif what == "delete":
            self._unseen = [change for change in self._unseen if change[1] != row_id]
            self._later(row_id, None)
        elif what == "quiet":
            self.rows[row_id] = {**self.rows[row_id], "percentComplete": self.chance.random()}
        else:
            self._hidden[row_id] = self.rows.pop(row_id)

    def _new(self) -> None:
        row_id = f"{self.chance.getrandbits(128):032x}"
        self._later(row_id, {"ID": row_id, "name": "new", "percentComplete": 0.0})

    def _later(self, row_id: str, row: Row | None) -> None:
        """Stamped now, visible later."""
        delay = self.chance.choice([0.0, 0.0, 0.0, self.chance.uniform(0, self.world.visible_after.total_seconds())])
        off = self.world.clocks_differ_by.total_seconds()
        stamp = format_datetime(self.now + timedelta(seconds=self.chance.uniform(-off, off)))
        stamped = None if row is None else {**row, "lastUpdateDate": stamp}
        self._unseen.append((self.now + timedelta(seconds=delay), row_id, stamped))

    def _show_until(self, until: datetime) -> None:
        due = sorted((change for change in self._unseen if change[0] <= until), key=lambda change: change[0])
        self._unseen = [change for change in self._unseen if change[0] > until]
        for _, row_id, row in due:
            place = self._hidden if row_id in self._hidden else self.rows
            before = place.get(row_id)
            if row is None:
                place.pop(row_id, None)
            elif self.world.clocks_differ_by or before is None or _stamp(before) <= _stamp(row):
                place[row_id] = row


def _stamp(row: Row) -> datetime:
    return parse_datetime(str(row["lastUpdateDate"]))
