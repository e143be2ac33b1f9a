"""The reader of a sync by itself: batches of rows, each with the text from which on to read when it is stored."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, TypeAlias

import pyarrow as pa
from pydantic import AwareDatetime, TypeAdapter, ValidationError

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_core.frames.batch import to_batch
from workfront_core.sync.state import Run, RunKind, TableState, is_run
from workfront_core.sync.table import Table
from workfront_core.sync.target import Merged

_Begun: TypeAlias = tuple[RunKind, str | None, AwareDatetime, str | None]
_Checkpoint: TypeAlias = tuple[str, AwareDatetime | None, _Begun | None]
_CHECKPOINT: Final = TypeAdapter[_Checkpoint](_Checkpoint)


@dataclass(frozen=True, slots=True)
class ChangeBatch:
    """Rows that changed, to be put in place of those with the same ID.

    Attributes:
        arrow: the rows; none in the last batch of a run.
        checkpoint: the text from which on to read once the rows are stored; keep it in the transaction of the rows.
        kind: what the run reads: of a full one, each row that is in none of its batches is gone.
        is_last: whether the run ends with this batch.
    """

    arrow: pa.RecordBatch
    checkpoint: str
    kind: RunKind
    is_last: bool


class Reader:
    """Stands for the target of a sync, and hands over what is put into it.

    Args:
        table: what is read.
        site: scheme and host of the tenant.
        checkpoint: the text of the latest batch that was stored; ``None`` where nothing is.

    Raises:
        QueryError: the text is none, or of other rows.
    """

    def __init__(self, table: Table[Any], site: str, checkpoint: str | None) -> None:
        if table.every is not None:
            raise QueryError("changes() reads when it is called; every= is for a sync.")
        self._rows_of = hashlib.blake2b(repr((site, table.conditions, table.names)).encode(), digest_size=8).hexdigest()
        self._out: deque[ChangeBatch] = deque()
        self.state: TableState = TableState() if checkpoint is None else self._read(checkpoint)

    def take(self) -> ChangeBatch | None:
        """Returns the next batch that came; ``None`` where there is none yet."""
        return self._out.popleft() if self._out else None

    def prepare(self, _table: Table[Any], _site: str, /) -> TableState:
        return self.state

    def begin(self, _table: Table[Any], run: Run, /) -> None:
        self.state = replace(self.state, run=run)

    def append(self, _table: Table[Any], rows: pa.RecordBatch, after_id: str, /) -> None:
        run = self._run()
        self.state = replace(self.state, run=replace(run, after_id=after_id))
        self._out.append(ChangeBatch(rows, self._text(), run.kind, is_last=False))

    def finish(self, table: Table[Any], /) -> Merged:
        run = self._run()
        self.state = TableState(cursor=run.high)
        self._out.append(ChangeBatch(to_batch([], table.schema), self._text(), run.kind, is_last=True))
        return Merged()

    def compare(self, _table: Table[Any], _rows: pa.RecordBatch | None, /) -> None:
        """Takes nothing: the reader does not know the rows of its user."""

    def differences(self, _table: Table[Any], _at: datetime, /) -> int:
        return 0

    def to_read_again(self, _table: Table[Any], _number: int, /) -> Sequence[str]:
        return ()

    def read_again(self, _table: Table[Any], _ids: Sequence[str], /) -> None:
        """Takes nothing, as for ``compare``."""

    def read_again_under(self, _table: Table[Any], _column: str, _parents: Sequence[str], /) -> None:
        """Takes nothing, as for ``compare``."""

    def replace(self, _table: Table[Any], _asked: Sequence[str], _rows: pa.RecordBatch, /) -> Merged:
        return Merged()

    def mark_gone(self, _table: Table[Any], _at: datetime, _at_most: int | None, /) -> tuple[Merged, int]:
        return Merged(), 0

    def alive(self, _table: Table[Any], /) -> int:
        return 0

    def _run(self) -> Run:
        assert self.state.run is not None  # noqa: S101 - rows come within a run
        return self.state.run

    def _text(self) -> str:
        cursor, run = self.state.cursor, self.state.run
        at = None if cursor is None else cursor.isoformat()
        begun = None if run is None else [run.kind, run.low, run.high.isoformat(), run.after_id]
        return json.dumps([self._rows_of, at, begun])

    def _read(self, checkpoint: str) -> TableState:
        try:
            rows_of, cursor, begun = _CHECKPOINT.validate_json(checkpoint)
        except ValidationError:
            raise _no_checkpoint(checkpoint) from None
        if begun is not None and not is_run(begun[0], begun[1]):
            raise _no_checkpoint(checkpoint)
        if rows_of != self._rows_of:
            raise QueryError(
                "The checkpoint is of other rows: another tenant, or other fields or conditions.",
                hint="Begin without a checkpoint.",
            )
        return TableState(cursor=cursor, run=None if begun is None else Run(*begun))


def _no_checkpoint(text: object) -> QueryError:
    return QueryError(f"A checkpoint is a text that a batch of changes() came with, not {described(text)}.")
