"""The tables of a sync as a dlt source: every warehouse that dlt writes to, kept up to date exactly.

    pipeline = dlt.pipeline("acme", destination="bigquery", dataset_name="workfront")
    pipeline.run(workfront(wf, [Table(Task), Table(Project)]))

Which rows are asked for, in which order, and when the cursor may move is the sync's own (docs/sync.md); dlt merges by
ID, keeps the state with the data and knows the warehouse. docs/warehouse.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from workfront_core.errors.kinds import QueryError
from workfront_core.frames import require
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.search import MAX_PAGE
from workfront_core.request.request import Request
from workfront_core.sync._sync.sync import SyncSource
from workfront_core.sync.dlt_target import GONE, DltTarget, Stored
from workfront_core.sync.parts import Together
from workfront_core.sync.steps import SyncFlow, SyncProgress, TableSync
from workfront_core.sync.strategy import Strategy
from workfront_core.sync.table import Table
from workfront_core.sync.tables import OVERLAP, SyncTables
from workfront_core.sync.together import together
from workfront_core.values.ids import checked_id

if TYPE_CHECKING:
    from dlt import Pipeline
    from dlt.extract import DltResource

__all__ = ["workfront"]

_HINTS: Final[Any] = {GONE: {"data_type": "bool", "hard_delete": True}}


def workfront(
    client: SyncSource,
    tables: Iterable[Table[Any]],
    *,
    overlap: timedelta = OVERLAP,
    page_size: int = MAX_PAGE,
    most_gone: float = 0.1,
    full: bool = False,
    refresh: Mapping[type[WorkfrontObject], Iterable[str]] | None = None,
    sweep: Pipeline | None = None,
) -> list[DltResource]:
    """Returns a resource for each table, for ``pipeline.run``: what is new since the run before, to be merged by ID.

    Args:
        client: reads the rows.
        tables: what to keep.
        overlap: time behind its cursor at which a run begins to read, as for ``Sync``.
        page_size: rows a call, at most 2000.
        most_gone: the share of a table that a sweep deletes unasked; more is an error.
        full: whether every row is read, not only what changed.
        refresh: IDs by object type, which events or journal entries named: read in place of what changed; those that
            the server does not send are deleted.
        sweep: the pipeline, whose rows are compared with the server's in place of reading what changed: rows that are
            missing on one side, or have another stamp, are read again; those that the server does not send are deleted.

    Raises:
        QueryError: dlt is not installed, an option is out of range, there are no tables, or one is there twice.
    """
    require("dlt", "dlt")
    if refresh is not None and sweep is not None:
        raise QueryError("workfront() takes refresh= or sweep=, each in a run of its own.")
    listed = list(tables)
    target = DltTarget()
    kept = SyncTables(target, listed, page_size=page_size, overlap=overlap, most_gone=most_gone)
    kept.check_client(client)
    timed = next((table.name for table in listed if table.every is not None), None)
    if timed is not None:
        raise QueryError(
            f"every= of {timed}: a pipeline does not know how long ago its runs are.",
            hint="Give tables that are read less often a pipeline of their own.",
        )
    chosen = kept.chosen(tuple(refresh) if refresh is not None else ())
    if sweep is not None:
        chosen = [steps for steps in chosen if steps.table.strategy.sweeps]
    named = {model.obj_code: [checked_id(one) for one in ids] for model, ids in (refresh or {}).items()}
    return [_resource(client, steps, full=full, ids=named.get(steps.table.obj_code), sweep=sweep) for steps in chosen]


def _resource(
    client: SyncSource, steps: TableSync, *, full: bool, ids: list[str] | None, sweep: Pipeline | None
) -> DltResource:
    import dlt

    def rows() -> Iterator[Any]:
        state = dlt.current.resource_state()
        stored = None if sweep is None else Stored.of(sweep, steps.table)
        target = DltTarget(state, stored)
        own = TableSync(steps.table, target, steps.page_size, steps.overlap, steps.most_gone)
        yield from _followed(client, _flow(client, own, full=full, ids=ids, is_sweep=sweep is not None), target)
        if is_whole:
            yield target.no_rows(steps.table)  # so that what was there is replaced by nothing at all, too

    is_whole = steps.table.strategy is Strategy.WHOLE and ids is None
    return dlt.resource(
        rows,
        name=steps.table.name,
        primary_key="ID",
        write_disposition="replace" if is_whole else "merge",
        columns=_HINTS,
        max_table_nesting=0,
    )


def _flow(client: SyncSource, steps: TableSync, *, full: bool, ids: list[str] | None, is_sweep: bool) -> SyncFlow[Any]:
    state = steps.target.prepare(steps.table, client.origin)
    high = client.server_time()
    if is_sweep:
        return steps.sweep(high)
    if ids is None:
        return steps.run(state, high, full=full)
    steps.target.read_again(steps.table, ids)
    return steps.read_again(SyncProgress(steps.table.name), high)


def _followed(client: SyncSource, flow: SyncFlow[Any], target: DltTarget) -> Iterator[Any]:
    """Carries out the steps, and yields what they put aside for dlt."""
    came: Any = None
    with_end = partial(next, flow)
    while True:
        try:
            step = with_end()
        except StopIteration:
            yield from target.take()
            return
        if isinstance(step, Request):
            came = client.send(step)
        elif isinstance(step, Together):
            came = together(client.send, step.requests)
        else:
            came = step()
        yield from target.take()
        with_end = partial(flow.send, came)
