# Generated from ../_async/changes.py by `python -m tools.sync_from_async`. Not to be edited.
"""What changed since a checkpoint, for programs that store rows in their own way."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from typing import Any

from workfront_core.arguments import checked_sender
from workfront_core.frames.work import done
from workfront_core.operations.search import MAX_PAGE
from workfront_core.request.request import Request
from workfront_core.sync._sync.sync import SyncSource
from workfront_core.sync.reader import ChangeBatch, Reader
from workfront_core.sync.table import Table
from workfront_core.sync.tables import OVERLAP, SyncTables


def changes(
    client: SyncSource,
    table: Table[Any],
    checkpoint: str | None = None,
    /,
    *,
    page_size: int = MAX_PAGE,
    overlap: timedelta = OVERLAP,
    full: bool = False,
) -> Generator[ChangeBatch, None]:
    """Yields the rows that changed since a checkpoint: every row without one. No change that set its stamp is missed.

    A row may come again unchanged, and rows are to be merged by ID. Rows that are gone come to light in a full run
    alone; a class of your own in place of ``DuckDB``, given to ``Sync``, sweeps as well.

    Args:
        client: reads the rows.
        table: which rows and fields.
        checkpoint: the text that came with the latest batch that was stored.
        page_size: rows a call, at most 2000.
        overlap: time behind its cursor at which a run begins to read.
        full: whether every row is read.

    Raises:
        QueryError: an argument is of another kind, or the checkpoint is of other rows.
    """
    checked_sender(client)
    reader = Reader(table, client.origin, checkpoint)
    tables = SyncTables(reader, [table], page_size=page_size, overlap=overlap)
    tables.check_client(client)
    (steps,) = tables.chosen([])
    flow = steps.run(reader.state, client.server_time(), full=full)
    came: Any = None
    try:
        while True:
            try:
                step = flow.send(came)
            except StopIteration:
                return
            if isinstance(step, Request):
                came = client.send(step)
            elif callable(step):
                came = done(step)
            while (batch := reader.take()) is not None:
                yield batch
    finally:
        flow.close()
