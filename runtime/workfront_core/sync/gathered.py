"""Pages that are put aside together: a transaction costs as much as some thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import pyarrow as pa

from workfront_core.frames.batch import WireRow
from workfront_core.frames.schema import FrameSchema
from workfront_core.sync.table import Table
from workfront_core.sync.target import Target

_WORTH_A_STEP: Final = 200
"""Rows a page from which on several of them go together: ten of 2000."""
_MOST_BYTES: Final = 32 * 1024 * 1024


class Gathered:
    """The latest pages of a run, until they are put aside. Those of a process that dies are read again."""

    def __init__(
        self,
        target: Target,
        table: Table[Any],
        page_size: int,
        batch: Callable[[Sequence[WireRow], FrameSchema], pa.RecordBatch],
    ) -> None:
        self._target = target
        self._table = table
        self._batch = batch
        self._pages = max(page_size // _WORTH_A_STEP, 1)
        self._batches: list[pa.RecordBatch] = []
        self._after = ""

    def add(self, rows: Sequence[WireRow]) -> None:
        """Takes a page, and puts aside what is there once it is worth it."""
        self._batches.append(self._batch(rows, self._table.schema))
        self._after = str(rows[-1]["ID"])
        if len(self._batches) >= self._pages or sum(batch.nbytes for batch in self._batches) > _MOST_BYTES:
            self.put_aside()

    def put_aside(self) -> None:
        """Puts aside what is there, if anything is."""
        if self._batches:
            batches, self._batches = self._batches, []
            whole = pa.Table.from_batches(batches).combine_chunks()
            self._target.append(self._table, whole.to_batches()[0], self._after)
