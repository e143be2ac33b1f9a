"""How far a table has come. It is kept in the target and changes only together with the rows it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class RunKind(StrEnum):
    """What a run reads."""

    FULL = "full"
    """Every row."""
    CHANGES = "changes"
    """Rows stamped since the run before."""


@dataclass(frozen=True, slots=True)
class Part:
    """A range of IDs that is read beside others.

    Attributes:
        above: the greatest ID before it; ``None`` for the first part.
        upto: its greatest ID; ``None`` for the last part.
        after_id: the last row that was read; ``upto`` once it was read whole, ``None`` before the first page.
    """

    above: str | None
    upto: str | None
    after_id: str | None = None

    @property
    def is_read(self) -> bool:
        """Whether all of its rows were read."""
        return self.upto is not None and self.after_id == self.upto

    def holds(self, row_id: str) -> bool:
        """Returns whether an ID lies in the range."""
        return (self.above is None or row_id > self.above) and (self.upto is None or row_id <= self.upto)


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way.

    Attributes:
        kind: what it reads.
        low: the moment from which on it reads, as the wire writes it; ``None`` for every row.
        high: the server's time before anything was read: what the cursor becomes at the end.
        after_id: the last row that was read; ``None`` before the first.
        parts: the ranges of IDs that are read side by side, each with a last row of its own; none where rows are read
            one page after the other.
        clock: the time by which our clock was ahead of the server's when ``high`` came; ``None`` where nobody knows.
    """

    kind: RunKind
    low: str | None
    high: datetime
    after_id: str | None = None
    parts: tuple[Part, ...] = ()
    clock: timedelta | None = None


def is_run(kind: str, low: str | None) -> bool:
    """Returns whether these can be what was stored of a run: only one over changes begins at a moment."""
    return kind in (RunKind.FULL, RunKind.CHANGES) and (low is None) == (kind == RunKind.FULL)


@dataclass(frozen=True, slots=True)
class TableState:
    """How far one table has come.

    Attributes:
        cursor: every change stamped and visible before this moment, less the overlap, is in the table.
        run: the run that was begun and not ended.
        late_max: the greatest time from a row's stamp to its first being read, in runs that read changes.
        must_read_all: why the next run reads every row, such as a new column; ``None`` where it need not.
        swept_at: when every row was last compared, by a sweep or by a full run, which is one as well.
        waits: number of IDs to be read again.
        missing: number of these that the server did not send.
    """

    cursor: datetime | None = None
    run: Run | None = None
    late_max: timedelta = timedelta()
    must_read_all: str | None = None
    swept_at: datetime | None = None
    waits: int = 0
    missing: int = 0
