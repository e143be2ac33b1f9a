"""A sync into a DuckDB file: once, or again and again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import KW_ONLY, asdict, dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.data.session import model_of, session
from workfront_cli.output import tell
from workfront_cli.sync.progress import ProgressLine, progress_line
from workfront_cli.sync.table_by_table import OF_THE_SERVICE, TableByTable
from workfront_cli.wording import message_of
from workfront_core.errors import PermissionDenied, QueryError
from workfront_core.events import Inbox
from workfront_core.sync import (
    DuckDB,
    EventSync,
    Moment,
    Sync,
    SyncProgress,
    SyncResult,
    Table,
    TableResult,
    TableState,
)
from workfront_core.sync.errors import SyncError
from workfront_core.values.custom_field import fields_of

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_core.models.model import WorkfrontObject

_PAUSE: Final = 2.0
"""Seconds in which events are gathered before the rows they name are read."""
_EVERY: Final = {"now": timedelta(), "daily": timedelta(days=1), "weekly": timedelta(weeks=1)}


@dataclass(frozen=True)
class Plan:
    """What a command was asked to keep, where, and how."""

    connection: ConnectionOptions
    objects: str
    file: Path
    _: KW_ONLY
    sweep: str
    full: bool = False
    workers: int = 1
    hard_delete: bool = False
    every: Mapping[str, float] = field(default_factory=dict[str, float])
    as_json: bool = False

    @property
    def names(self) -> list[str]:
        """The objects, as they were named."""
        return [name.strip() for name in self.objects.split(",") if name.strip()]


def follow(plan: Plan, watch: float | None) -> None:
    """Brings the tables up to date, and says what was done; with ``watch`` again after so many seconds, until Ctrl-C.

    Raises:
        WorkfrontError: of the kind that fits what happened; the next run goes on from there. Once a run was ended,
            ``watch`` waits out what a later run may not meet: a connection that breaks, another process at the file.
    """
    _once(plan)
    while watch is not None:
        time.sleep(watch)
        try:
            _once(plan)
        except (*OF_THE_SERVICE, SyncError) as error:
            if isinstance(error, SyncError) and error.locked_by is None:
                raise
            tell(f"warning: {message_of(error)} The next run follows.")


def _once(plan: Plan) -> None:
    tables = TableByTable()
    with _opened(plan) as (sync, _):
        try:
            moment = sync.moment()
            tables.work(sync.models, partial(sync.run, full=plan.full, at=moment))
            tables.work(sync.models, partial(_swept, sync, plan.sweep, moment))
        finally:
            _show(tables.done, as_json=plan.as_json)
    tables.end()


def follow_events(plan: Plan, inbox: Path, run_every: float) -> None:
    """Reads rows again as the events of an inbox name them, with a run after so many seconds, until Ctrl-C.

    Raises:
        WorkfrontError: of the kind that fits what happened; the next run goes on from there.
    """
    with _opened(plan) as (sync, client), Inbox(inbox) as events:
        follower = EventSync(sync, events, _seen(client), run_every=run_every)
        while True:
            step = follower.step()
            for table, reason in step.gaps.items():
                tell(f"{table}: a run, since {reason}")
            if step.tables:
                _show(step.tables.values(), as_json=plan.as_json)
            if step.gaps:
                tables = TableByTable()
                tables.work(sync.models, partial(_swept, sync, plan.sweep, sync.moment()))
                if tables.done:
                    _show(tables.done, as_json=plan.as_json)
                tables.end()
            time.sleep(_PAUSE)


def _opened(plan: Plan) -> AbstractContextManager[tuple[Sync, Any]]:
    return opened(plan.connection, plan.names, plan.file, plan.workers, hard_delete=plan.hard_delete, every=plan.every)


@contextmanager
def opened(
    connection: ConnectionOptions,
    names: Sequence[str],
    file: Path,
    workers: int = 1,
    *,
    hard_delete: bool = False,
    every: Mapping[str, float] | None = None,
) -> Generator[tuple[Sync, Any]]:
    """Opens client and file for a sync of these objects, until the block ends; yields the sync and its client.

    Raises:
        QueryError: there is no object of a name, or its rows cannot be kept.
    """
    if not names:
        raise QueryError("A sync takes at least one object.", hint="Write --objects TASK,PROJ.")
    tables = tables_of(connection, names, every or {})
    with session(connection, names[0]) as at, DuckDB(file, hard_delete=hard_delete) as target:
        shown = progress_line(partial(_rows_of, at.client, tables))
        try:
            yield Sync(at.client, target, tables, workers=workers, progress=_announcing(shown)), at.client
        finally:
            if shown is not None:
                shown.clear()


def _announcing(shown: ProgressLine | None) -> Callable[[SyncProgress], None]:
    """Returns what shows progress, and tells before the first row why a table is read whole."""
    announced: set[str] = set()

    def show(progress: SyncProgress) -> None:
        if progress.drift is not None and progress.table not in announced:
            announced.add(progress.table)
            tell(f"{progress.table}: every row is read, since {progress.drift}")
        elif shown is not None:
            shown(progress)

    return show


def tables_of(
    connection: ConnectionOptions, names: Sequence[str], every: Mapping[str, float] | None = None
) -> list[Table[Any]]:
    """Returns the tables of objects by any of their names, each with the time between its runs, if it has one.

    Raises:
        QueryError: there is no object of a name, its rows cannot be kept, or a time is of an object that is not kept.
    """
    version = connection.version()
    models: list[type[WorkfrontObject]] = list(dict.fromkeys(model_of(name, version) for name in names))
    times = {model_of(name, version): timedelta(seconds=seconds) for name, seconds in (every or {}).items()}
    for model in times.keys() - set(models):
        raise QueryError(f"--every names {model.obj_code}, which is not kept.", hint="Name it in --objects, too.")
    return [Table(model, fields=_typed(model), every=times.get(model)) for model in models]


def _typed(model: type[WorkfrontObject]) -> list[str] | None:
    """Returns the plain fields of an object and the custom ones that the tenant's package knows of it; ``None`` for all
    plain ones where it knows none.
    """
    view: Any = model.custom
    names = list(fields_of(view))
    if below := [name for name in names if ":" in name]:
        tell(
            f"warning: {model.__name__}: no column for {', '.join(below)}, whose name reads as the field of another row"
        )
    own = [f"DE:{name}" for name in names if name not in below]
    return ["*", *own] if own else None


def line(done: TableResult) -> str:
    """Returns what became of a table, for a person."""
    if done.calls == 0:
        return f"{done.table}: not due"
    return f"{done.table}: {done.read} read, {done.added} new, {done.changed} changed, {done.gone} gone"


def _seen(client: Any) -> Any:
    """Returns the subscriptions of a client; ``None`` where its user may not see them."""
    try:
        client.events.list()
    except PermissionDenied:
        tell("warning: this user may not see the subscriptions, so nothing tells whether one is disabled or frozen")
        return None
    return client.events


def _rows_of(client: Any, tables: Sequence[Table[Any]], name: str) -> int:
    """Returns how many rows the server has for a table; a call of its own."""
    (table,) = (table for table in tables if table.name == name)
    found: int = getattr(client, client.services[table.obj_code]).count(*table.where)
    return found


def _swept(sync: Sync, sweep: str, moment: Moment, model: Any) -> SyncResult:
    """Compares every row of a table that is due."""
    every, table = _EVERY.get(sweep), sync.models[model]
    if every is None or not table.strategy.sweeps or not _is_due(sync.status(model)[table.name], every):
        return SyncResult({})
    return sync.sweep(model, at=moment)


def _is_due(state: TableState, every: timedelta) -> bool:
    """Returns whether the latest sweep is so long ago, by the server's clock, which the cursor has just been set by."""
    return state.swept_at is None or state.cursor is None or state.cursor - state.swept_at >= every


def _show(done: Iterable[TableResult], *, as_json: bool) -> None:
    results = list(done)
    if as_json:
        click.echo(json.dumps([asdict(table) for table in results]))
    else:
        tell(*map(line, results))
    tell(*(f"warning: {table.table}: {warning}" for table in results for warning in table.warnings))
