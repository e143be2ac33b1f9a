"""The algorithm: what is asked of the server, in which order, and when the cursor may move. No network here.

Written once for both clients: a generator yields requests and work for the target, and is sent what came of them.
docs/sync.md says why each step is as it is, and what is promised for it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar

import pyarrow as pa

from workfront_core.errors.kinds import ProtocolError
from workfront_core.frames.batch import to_batch
from workfront_core.frames.schema import FrameSchema
from workfront_core.operations.search import MAX_PAGE, Query
from workfront_core.paging.keyset import KeysetPages
from workfront_core.request.request import Request
from workfront_core.sync.errors import TooManyGone
from workfront_core.sync.gathered import Gathered
from workfront_core.sync.parts import PartWalk, Together, parts_of
from workfront_core.sync.state import Part, Run, RunKind, TableState
from workfront_core.sync.strategy import Strategy
from workfront_core.sync.table import Table
from workfront_core.sync.target import Merged, Target
from workfront_core.values.datetimes import format_datetime

T = TypeVar("T")

WireRow: TypeAlias = Mapping[str, object]
Work: TypeAlias = Callable[[], Any]
"""What is to be done with the target; it may take a while."""
SyncFlow: TypeAlias = Generator[Request[Any] | Together | Work, Any, T]

BY_ID: Final = 100
"""Rows that are read again in one call."""
_LOWEST_ID: Final = "0" * 32
_TIMES: Final = 4
"""How often rows are asked for that the server denies and shows in turns, before it counts as knowing no such test."""
_FEW: Final = 100
"""Rows that are marked gone whatever share of the table they are."""


@dataclass(slots=True)
class SyncProgress:
    """What a sync of one table has done so far.

    Attributes:
        table: the table's name.
        kind: what the run reads; ``None`` outside of one.
        read: rows that came.
        calls: requests that were sent.
        misfits: rows of which a value stands in ``_wf_extra``, since it fits no column.
        drift: what changed about the columns, so that every row is read; told before the first of them.
    """

    table: str
    kind: RunKind | None = None
    read: int = 0
    calls: int = 0
    merged: Merged = field(default_factory=Merged)
    misfits: int = 0
    drift: str | None = None

    def batch(self, rows: Sequence[WireRow], schema: FrameSchema) -> pa.RecordBatch:
        """Returns rows of the table as a batch, and counts those that have more than its columns take."""
        batch = to_batch(rows, schema)
        self.misfits += batch.num_rows - batch.column(batch.num_columns - 1).null_count
        return batch


@dataclass(frozen=True, eq=False)
class TableSync:
    """The steps that keep one table up to date.

    Args:
        table: what is kept.
        target: where.
        page_size: rows a call.
        overlap: time behind the cursor at which a run begins to read. At least as long as a change may take to show in
            answers, plus the greatest difference between the server's clocks.
        most_gone: the share of a table that is marked gone unasked.
        workers: pages that are read side by side where every row is read.
        notify: told after each step.
    """

    table: Table[Any]
    target: Target
    page_size: int = MAX_PAGE
    overlap: timedelta = timedelta(minutes=10)
    most_gone: float = 0.1
    workers: int = 1
    notify: Callable[[SyncProgress], None] = lambda _progress: None

    def run(
        self,
        state: TableState,
        high: datetime,
        *,
        full: bool = False,
        sweep: bool = False,
        now: bool = False,
        clock: timedelta | None = None,
    ) -> SyncFlow[SyncProgress]:
        """Brings the table up to date.

        A run found unfinished is ended first; since its pages are old by then, a fresh one follows.

        Args:
            state: how far the table has come.
            high: the server's time, from an answer that came before anything is read.
            full: whether every row is read.
            sweep: whether a run over changes ends with a sweep.
            now: whether the table is read though it is not due yet.
            clock: the time by which our clock was ahead of the server's when ``high`` came.
        """
        progress = SyncProgress(self.table.name)
        if not (full or now or self._is_due(state, high)):
            return progress
        cursor = state.cursor
        if state.run is not None:
            yield from self._scan(state.run, progress)
            cursor = state.run.high
        full = full or state.must_read_all is not None or self._reads_all(state, high, now=now)
        if state.must_read_all is not None:
            progress.drift = state.must_read_all
            self.notify(progress)
        run = replace(self._begun(cursor, high, full=full), clock=clock)
        if run.kind is RunKind.FULL and self.workers > 1:
            run = replace(run, parts=(yield from self._parts(run, progress)))
        yield partial(self.target.begin, self.table, run)
        yield from self._scan(run, progress)
        if sweep and run.kind is RunKind.CHANGES:
            return (yield from self.sweep(high, progress))
        yield from self.read_again(progress, high)
        return progress

    def sweep(self, high: datetime, progress: SyncProgress | None = None) -> SyncFlow[SyncProgress]:
        """Compares every row's ID and stamp with the server's.

        Rows that differ, or are on one side alone, are read again.

        Raises:
            TooManyGone: more rows are missing than are marked unasked.
        """
        progress = progress or SyncProgress(self.table.name)
        schema = self.table.look_schema
        yield partial(self.target.compare, self.table, None)
        yield from self._read(
            self.table.rows_to_compare(),
            None,
            progress,
            lambda rows: self.target.compare(self.table, to_batch(rows, schema)),
        )
        yield partial(self.target.differences, self.table, high)
        yield from self.read_again(progress, high)
        return progress

    def read_again(self, progress: SyncProgress, high: datetime, *, allow_gone: bool = False) -> SyncFlow[None]:
        """Reads the rows again that are to be; those that the server does not send are marked as gone.

        Raises:
            TooManyGone: more rows are missing than are marked unasked.
        """
        while ids := (yield partial(self.target.to_read_again, self.table, BY_ID)):
            rows = yield from self._by_id(ids, progress)
            progress.merged += yield partial(self._replace, ids, rows, progress)
            self.notify(progress)
        alive = yield partial(self.target.alive, self.table)
        allowed = None if allow_gone else max(_FEW, int(self.most_gone * alive))
        gone, missing = yield partial(self.target.mark_gone, self.table, high, allowed)
        progress.merged += gone
        if missing and allowed is not None:
            raise TooManyGone(self.table.name, missing, allowed)

    def _is_due(self, state: TableState, high: datetime) -> bool:
        """Returns whether a run reads the table: it was read long enough ago, or something is left to be done."""
        every, is_left = self.table.every, bool(state.run or state.must_read_all or state.waits)
        return (
            every is None or state.cursor is None or is_left or bool(self.table.parents) or high - state.cursor >= every
        )

    def _reads_all(self, state: TableState, high: datetime, *, now: bool) -> bool:
        """Returns whether nothing but reading every row tells what changed."""
        every = self.table.every
        if self.table.strategy is not Strategy.WHOLE or every is None or not self.table.parents or now:
            return self.table.strategy is Strategy.WHOLE
        return state.swept_at is None or high - state.swept_at >= every

    def _begun(self, cursor: datetime | None, high: datetime, *, full: bool) -> Run:
        if cursor is None or full:
            return Run(RunKind.FULL, None, high)
        return Run(RunKind.CHANGES, format_datetime(cursor - self.overlap), high)

    def _scan(self, run: Run, progress: SyncProgress) -> SyncFlow[None]:
        progress.kind = run.kind
        query = self.table.rows_since(run.low)
        if run.parts:
            yield from self._read_parts(query, run.parts, progress)
        else:
            gathered = Gathered(self.target, self.table, self.page_size, progress.batch)
            yield from self._read(query, run.after_id, progress, gathered.add)
            yield gathered.put_aside
        for column, parents in self.table.changed_parents(run.low) if run.low else ():
            yield from self._read(parents, None, progress, partial(self._note_under, column))
        progress.merged += yield partial(self.target.finish, self.table)

    def _parts(self, run: Run, progress: SyncProgress) -> SyncFlow[tuple[Part, ...]]:
        parts = yield from parts_of(self.table.rows_since(run.low), self.workers, self.page_size)
        progress.calls += max(len(parts), 1)
        return parts

    def _read_parts(self, query: Query[Any], parts: Sequence[Part], progress: SyncProgress) -> SyncFlow[None]:
        """Reads ranges of IDs side by side, and hands each page over by itself."""
        walks = [PartWalk(part, query, self.page_size) for part in parts if not part.is_read]
        while walks:
            together = walks[: max(self.workers, 1)]
            pages = yield Together([request for walk in together if (request := walk.pages.ask()) is not None])
            progress.calls += len(together)
            for walk, page in zip(together, pages, strict=True):
                if not walk.pages.fits(page.rows):
                    yield from self._check_the_end(query, page.rows, progress)
                rows, after_id = walk.take(page.rows)
                if after_id is None or after_id == walk.part.upto:
                    walks.remove(walk)
                if after_id is not None:
                    yield partial(self._keep_up_to, after_id, rows, progress)
                    progress.read += len(rows)
                    self.notify(progress)

    def _keep_up_to(self, after_id: str, rows: Sequence[WireRow], progress: SyncProgress) -> None:
        self.target.append(self.table, progress.batch(rows, self.table.schema), after_id)

    def _note_under(self, column: str, parents: Sequence[WireRow]) -> None:
        """Notes the rows of parents that changed and did not come with them: they may be gone."""
        self.target.read_again_under(self.table, column, [str(row.get("ID")) for row in parents])

    def _replace(self, ids: Sequence[str], rows: Sequence[WireRow], progress: SyncProgress) -> Merged:
        return self.target.replace(self.table, ids, progress.batch(rows, self.table.schema))

    def _read(
        self, query: Query[Any], after: str | None, progress: SyncProgress, take: Callable[[Sequence[WireRow]], None]
    ) -> SyncFlow[None]:
        """Reads every row of a search in the order of the IDs, from one on, and hands it over page by page."""
        pages = KeysetPages(query, self.page_size, None, after=after)
        while (request := pages.ask()) is not None:
            page = yield request
            progress.calls += 1
            if not pages.fits(page.rows):
                yield from self._check_the_end(query, page.rows, progress)
                return
            rows = pages.take(page.rows).rows
            if rows:
                yield partial(take, rows)
                progress.read += len(rows)
                self.notify(progress)

    def _check_the_end(self, query: Query[Any], rows: Sequence[WireRow], progress: SyncProgress) -> SyncFlow[None]:
        """Makes sure that no rows after an ID means that there are none, and not that the server knows no such test.

        Rows may come and go between two calls, so a contradiction counts when it is met several times.

        Raises:
            ProtocolError: rows came that were not asked for, or the server finds none after the lowest ID either.
        """
        for _ in range(_TIMES if not rows else 0):
            first = yield query.page(limit=1, after=_LOWEST_ID)
            progress.calls += 1
            if first.rows:
                return
            whole = yield query.page(limit=1)
            progress.calls += 1
            if not whole.rows:
                return
        raise ProtocolError(
            f"The server did not send the rows of {self.table.name} in the order of their IDs.",
            hint="A sync relies on that order; nothing was changed. search(...).export(...) can read by row number.",
        )

    def _by_id(self, ids: Sequence[str], progress: SyncProgress) -> SyncFlow[list[WireRow]]:
        """Reads rows by their IDs. Those that did not come are asked for again, until a call brings none of them."""
        found: dict[str, WireRow] = {}
        missing = list(ids)
        while missing:
            page = yield self.table.rows_of(missing).page(limit=len(missing))
            progress.calls += 1
            came = {str(row.get("ID")): row for row in page.rows}
            if not came.keys() <= set(missing):
                raise ProtocolError(f"The server sent rows of {self.table.name} that were not asked for.")
            if not came:
                break
            found.update(came)
            progress.read += len(came)
            missing = [row_id for row_id in missing if row_id not in found]
        return list(found.values())
