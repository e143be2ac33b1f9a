"""A sync into a DuckDB file: once, or again and again."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import KW_ONLY, asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.data.session import model_of, session
from workfront_cli.output import is_quiet, tell
from workfront_core.errors import PermissionDenied, QueryError
from workfront_core.events import Inbox
from workfront_core.sync import DuckDB, EventSync, Sync, SyncProgress, SyncResult, Table, TableResult, TableState

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
    as_json: bool = False

    @property
    def names(self) -> list[str]:
        """The objects, as they were named."""
        return [name.strip() for name in self.objects.split(",") if name.strip()]


def follow(plan: Plan, watch: float | None) -> None:
    """Brings the tables up to date, and says what was done; with ``watch`` again after so many seconds, until Ctrl-C.

    Raises:
        WorkfrontError: of the kind that fits what happened; the next run goes on from there.
    """
    while True:
        with opened(plan.connection, plan.names, plan.file, plan.workers) as (sync, _):
            _show([sync.run(full=plan.full), *_swept(sync, plan.sweep)], as_json=plan.as_json)
        if watch is None:
            return
        time.sleep(watch)


def follow_events(plan: Plan, inbox: Path, run_every: float) -> None:
    """Reads rows again as the events of an inbox name them, with a run after so many seconds, until Ctrl-C.

    Raises:
        WorkfrontError: of the kind that fits what happened; the next run goes on from there.
    """
    with opened(plan.connection, plan.names, plan.file, plan.workers) as (sync, client), Inbox(inbox) as events:
        follower = EventSync(sync, events, _seen(client), run_every=run_every)
        while True:
            step = follower.step()
            for table, reason in step.gaps.items():
                tell(f"{table}: a run, since {reason}")
            if step.tables:
                _show([SyncResult(step.tables)], as_json=plan.as_json)
            if step.gaps and (swept := _swept(sync, plan.sweep)):
                _show(swept, as_json=plan.as_json)
            time.sleep(_PAUSE)


@contextmanager
def opened(
    connection: ConnectionOptions, names: Sequence[str], file: Path, workers: int = 1
) -> Generator[tuple[Sync, Any]]:
    """Opens client and file for a sync of these objects, until the block ends; yields the sync and its client.

    Raises:
        QueryError: there is no object of a name, or its rows cannot be kept.
    """
    if not names:
        raise QueryError("A sync takes at least one object.", hint="Write --objects TASK,PROJ.")
    tables = tables_of(connection, names)
    with session(connection, names[0]) as at, DuckDB(file) as target:
        progress = _show_progress if sys.stderr.isatty() and not is_quiet() else None
        yield Sync(at.client, target, tables, workers=workers, progress=progress), at.client


def tables_of(connection: ConnectionOptions, names: Sequence[str]) -> list[Table[Any]]:
    """Returns the tables of objects by any of their names."""
    version = connection.version()
    models: list[type[WorkfrontObject]] = [model_of(name, version) for name in names]
    return [Table(model) for model in dict.fromkeys(models)]


def line(done: TableResult) -> str:
    """Returns what became of a table, for a person."""
    return f"{done.table}: {done.read} read, {done.added} new, {done.changed} changed, {done.gone} gone"


def _seen(client: Any) -> Any:
    """Returns the subscriptions of a client; ``None`` where its user may not see them."""
    try:
        client.events.list()
    except PermissionDenied:
        tell("warning: this user may not see the subscriptions, so nothing tells whether one is disabled or frozen")
        return None
    return client.events


def _swept(sync: Sync, sweep: str) -> Sequence[SyncResult]:
    """Compares every row of the tables that are due."""
    every = _EVERY.get(sweep)
    if every is None:
        return []
    states = sync.status()
    due = [
        model for model, table in sync.models.items() if table.strategy.sweeps and _is_due(states[table.name], every)
    ]
    return [sync.sweep(*due)] if due else []


def _is_due(state: TableState, every: timedelta) -> bool:
    """Returns whether the latest sweep is so long ago, by the server's clock, which the cursor has just been set by."""
    return state.swept_at is None or state.cursor is None or state.cursor - state.swept_at >= every


def _show(results: Sequence[SyncResult], *, as_json: bool) -> None:
    done = [table for result in results for table in result.tables.values()]
    if as_json:
        click.echo(json.dumps([asdict(table) for table in done]))
    else:
        tell(*map(line, done))
    tell(*(f"warning: {table.table}: {warning}" for table in done for warning in table.warnings))


def _show_progress(progress: SyncProgress) -> None:
    click.echo(f"\r{progress.table}: {progress.read} rows", err=True, nl=False)
