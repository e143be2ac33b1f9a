# Generated from ../_async/sync.py by `python -m tools.sync_from_async`. Not to be edited.
"""Tables of one's own that follow the server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol, TypeVar, cast

from workfront_core.arguments import checked_list
from workfront_core.frames.work import done
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.search import MAX_PAGE
from workfront_core.request._sync.flow import follow
from workfront_core.request.request import Request
from workfront_core.sync.moment import Moment, checked_moment
from workfront_core.sync.parts import Together
from workfront_core.sync.state import TableState
from workfront_core.sync.steps import SyncFlow, SyncProgress, TableSync, Work
from workfront_core.sync.table import Table
from workfront_core.sync.tables import OVERLAP, ProgressCallback, SyncResult, SyncTables, TableResult
from workfront_core.sync.target import Target
from workfront_core.sync.together import together
from workfront_core.values.ids import checked_id

T = TypeVar("T")


class SyncSource(Protocol):
    """A client, as far as a sync needs one."""

    @property
    def origin(self) -> str:
        """Scheme and host of the tenant."""
        ...

    def server_time(self) -> datetime:
        """Returns the server's time, from the answer to a call of its own."""
        ...

    def send(self, request: Request[T], /) -> T:
        """Sends a request and returns its result."""
        ...


class Sync(SyncTables):
    """Tables that follow the server.

    Args:
        client: reads the rows.
        target: holds the tables: ``DuckDB("acme.duckdb")``.
        tables: what to keep: ``Table(Task)``.
        page_size: rows a call, at most 2000.
        overlap: how far behind its cursor a run begins to read: longer than a change may take to show in answers, plus
            the greatest difference between the server's clocks.
        most_gone: the share of a table that is marked as gone unasked; more is an error.
        workers: pages that are read side by side where every row is read, at most 8.
        progress: called after each page.

    Raises:
        QueryError: an option is out of range, there are no tables, or one is there twice.
    """

    def __init__(
        self,
        client: SyncSource,
        target: Target,
        tables: Iterable[Table[Any]],
        *,
        page_size: int = MAX_PAGE,
        overlap: timedelta = OVERLAP,
        most_gone: float = 0.1,
        workers: int = 1,
        progress: ProgressCallback | None = None,
    ) -> None:
        super().__init__(
            target,
            tables,
            page_size=page_size,
            overlap=overlap,
            most_gone=most_gone,
            workers=workers,
            progress=progress,
        )
        self.check_client(client)
        self._client = client

    def moment(self) -> Moment:
        """Asks the server for its time: for ``at=`` of several calls, which ask for one of their own each without it.

        What changes later is for the next run, so a moment is asked for before the calls that are given it.

        Raises:
            ProtocolError: the answer does not say when it was made.
        """
        high = self._client.server_time()
        return Moment(high, datetime.now(UTC) - high, self._client.origin)

    def run(
        self, *models: type[WorkfrontObject], full: bool = False, now: bool = False, at: Moment | None = None
    ) -> SyncResult:
        """Brings tables up to date: all of them, or those of some object types.

        A run over changes of a table with ``where=`` ends with a sweep, since rows may leave it unseen.

        Args:
            models: object types of the sync.
            full: whether every row is read, not only what changed.
            now: whether tables are read that are not due yet by their ``every=``, too.
            at: a moment before this run, from ``moment()``, which several calls may share.

        Raises:
            QueryError: the object type is not of this sync, or the moment is none of its tenant.
            TooManyGone: more rows are missing than are marked as gone unasked.
            SyncError: a table cannot be kept as asked; the message says why.
        """
        chosen = self.chosen(models)
        states = {steps: self._prepared(steps) for steps in chosen}
        moment = self._at(at)

        def run(steps: TableSync) -> SyncFlow[SyncProgress]:
            swept = steps.table.sweeps_every_run
            return steps.run(states[steps], moment.high, full=full, sweep=swept, now=now, clock=moment.clock)

        return self._each(chosen, run)

    def sweep(self, *models: type[WorkfrontObject], at: Moment | None = None) -> SyncResult:
        """Compares every row of tables with the server's, and reads again what differs: finds rows that are gone.

        Args:
            models: object types of the sync; all of them unless given.
            at: a moment before this sweep, from ``moment()``, which several calls may share.

        Raises:
            QueryError: the object type is not of this sync, or the moment is none of its tenant.
            TooManyGone: more rows are missing than are marked as gone unasked.
            SyncError: a table cannot be kept as asked; the message says why.
        """
        chosen = [steps for steps in self.chosen(models) if steps.table.strategy.sweeps]
        for steps in chosen:
            self._prepared(steps)
        moment = self._at(at)
        return self._each(chosen, lambda steps: steps.sweep(moment.high))

    def refresh(self, model: type[WorkfrontObject], ids: Iterable[str], *, at: Moment | None = None) -> TableResult:
        """Reads rows again by their IDs; those that the server does not send are marked as gone.

        Args:
            model: an object type of the sync.
            ids: IDs of rows.
            at: a moment before this call, from ``moment()``, which several calls may share.

        Raises:
            QueryError: the object type is not of this sync, an ID is none, or the moment is none of its tenant.
            TooManyGone: more rows are missing than are marked as gone unasked.
            SyncError: the table cannot be kept as asked.
        """
        (steps,) = self.chosen([model])
        checked = [checked_id(cast("str", row_id)) for row_id in checked_list(ids, "ids=", "Write [row.id].")]
        self._prepared(steps)
        self._perform(partial(self.target.read_again, steps.table, checked))
        return self._again(steps, self._at(at), allow_gone=False)

    def allow_gone(self, model: type[WorkfrontObject]) -> TableResult:
        """Marks the missing rows of a table as gone, however many they are.

        Raises:
            QueryError: the object type is not of this sync.
            SyncError: the table cannot be kept as asked.
        """
        (steps,) = self.chosen([model])
        self._prepared(steps)
        return self._again(steps, self.moment(), allow_gone=True)

    def status(self, *models: type[WorkfrontObject]) -> dict[str, TableState]:
        """Returns how far tables have come, by their names: all, or those of some object types. Nothing is sent.

        Raises:
            SyncError: the target keeps another table under a name.
        """
        return {steps.table.name: self._prepared(steps) for steps in self.chosen(models)}

    def _at(self, at: Moment | None) -> Moment:
        return self.moment() if at is None else checked_moment(at, self._client.origin)

    def _again(self, steps: TableSync, moment: Moment, *, allow_gone: bool) -> TableResult:
        progress = SyncProgress(steps.table.name)
        self._follow(steps.read_again(progress, moment.high, allow_gone=allow_gone))
        return self.result(progress, steps)

    def _each(self, chosen: Sequence[TableSync], flow: Callable[[TableSync], SyncFlow[SyncProgress]]) -> SyncResult:
        results: list[TableResult] = []
        for steps in chosen:
            progress = self._follow(flow(steps))
            results.append(self.result(progress, steps))
        return SyncResult(MappingProxyType({result.table: result for result in results}))

    def _prepared(self, steps: TableSync) -> TableState:
        state: TableState = self._perform(partial(self.target.prepare, steps.table, self._client.origin))
        return state

    def _follow(self, flow: SyncFlow[T]) -> T:
        try:
            return follow(flow, self._perform)
        finally:
            flow.close()

    def _perform(self, step: Request[Any] | Together | Work) -> Any:
        if isinstance(step, Together):
            return together(self._client.send, step.requests)
        return self._client.send(step) if isinstance(step, Request) else done(step)
