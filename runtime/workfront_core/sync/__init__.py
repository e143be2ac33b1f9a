"""Tables of one's own that follow the server (docs/sync.md). Everything is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.sync._async.changes import async_changes as async_changes
    from workfront_core.sync._async.event_sync import AsyncEventSync as AsyncEventSync
    from workfront_core.sync._async.sync import AsyncSync as AsyncSync
    from workfront_core.sync._sync.changes import changes as changes
    from workfront_core.sync._sync.event_sync import EventSync as EventSync
    from workfront_core.sync._sync.sync import Sync as Sync
    from workfront_core.sync.duckdb_target import DuckDB as DuckDB
    from workfront_core.sync.errors import SyncError as SyncError
    from workfront_core.sync.errors import TooManyGone as TooManyGone
    from workfront_core.sync.event_step import EventStep as EventStep
    from workfront_core.sync.moment import Moment as Moment
    from workfront_core.sync.reader import ChangeBatch as ChangeBatch
    from workfront_core.sync.state import TableState as TableState
    from workfront_core.sync.steps import SyncProgress as SyncProgress
    from workfront_core.sync.strategy import Strategy as Strategy
    from workfront_core.sync.table import Table as Table
    from workfront_core.sync.tables import SyncResult as SyncResult
    from workfront_core.sync.tables import TableResult as TableResult
    from workfront_core.sync.target import Target as Target

__all__ = [
    "AsyncEventSync",
    "AsyncSync",
    "ChangeBatch",
    "DuckDB",
    "EventStep",
    "EventSync",
    "Moment",
    "Strategy",
    "Sync",
    "SyncError",
    "SyncProgress",
    "SyncResult",
    "Table",
    "TableResult",
    "TableState",
    "Target",
    "TooManyGone",
    "async_changes",
    "changes",
]  # fmt: skip

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "AsyncEventSync": "_async.event_sync",
            "AsyncSync": "_async.sync",
            "ChangeBatch": "reader",
            "DuckDB": "duckdb_target",
            "EventStep": "event_step",
            "EventSync": "_sync.event_sync",
            "Moment": "moment",
            "SyncProgress": "steps",
            "Strategy": "strategy",
            "Sync": "_sync.sync",
            "SyncError": "errors",
            "SyncResult": "tables",
            "Table": "table",
            "TableResult": "tables",
            "TableState": "state",
            "Target": "target",
            "TooManyGone": "errors",
            "async_changes": "_async.changes",
            "changes": "_sync.changes",
        },
    )
