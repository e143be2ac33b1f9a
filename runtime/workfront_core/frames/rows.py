"""Pages of rows as batches of one schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from workfront_core.errors.kinds import QueryError
from workfront_core.frames.batch import WireRow, to_batch
from workfront_core.frames.options import Names, Nested
from workfront_core.frames.schema import FrameSchema, frame_schema, names_in
from workfront_core.models.model import WorkfrontObject


@dataclass(slots=True)
class RowFrames:
    """Makes batches of pages of rows.

    Attributes:
        model: the object the rows are of.
        asked: wire names of the columns; none where the server chooses: then the first page decides.
        names: column names as on the wire, or as in Python.
        nested: related rows as structs, or a column for each of their fields.
    """

    model: type[WorkfrontObject]
    asked: Sequence[str] = ()
    names: Names = "wire"
    nested: Nested = "struct"
    _schema: FrameSchema | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        _check("names", self.names, ("wire", "python"))
        _check("nested", self.nested, ("struct", "flat"))
        if self.asked:
            self._schema = self._of(self.asked)

    @property
    def schema(self) -> FrameSchema:
        """The columns. Where the server chooses the fields, they are known after the first page alone."""
        return self._schema or self._of(())

    def batch(self, rows: Sequence[WireRow]) -> pa.RecordBatch:
        """Returns a page of rows as a batch; what its columns do not take stands in ``_wf_extra``."""
        if self._schema is None:
            self._schema = self._of(names_in(rows))
        return to_batch(rows, self._schema)

    def table(self, batches: Iterable[pa.RecordBatch]) -> pa.Table:
        """Returns the batches as one table; one without rows has the columns too."""
        found = list(batches)
        return pa.Table.from_batches(found, schema=found[0].schema if found else self.schema.arrow)

    def _of(self, asked: Iterable[str]) -> FrameSchema:
        return frame_schema(self.model, asked, names=self.names, nested=self.nested)


def _check(option: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise QueryError(f"{option}={given!r} is not known.", hint=f"Use {' or '.join(map(repr, known))}.")
