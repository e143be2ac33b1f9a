"""Rows into a file. It is written beside its place, and moved there when it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyarrow as pa

from workfront_core.frames.batch import WireRow
from workfront_core.frames.errors import told_as_export_errors
from workfront_core.frames.files import TableFile, table_format
from workfront_core.frames.options import Nested
from workfront_core.frames.rows import RowFrames
from workfront_core.request.part_file import part_file

_NESTED_FORMATS: Final = (".parquet", ".jsonl")


class Export:
    """A file that rows are written into, page by page. It is in its place once the block has ended without an error.

    Args:
        path: the file; its ending tells the format.
        frames: makes batches of the rows.

    Raises:
        QueryError: no format has this ending, its package is not installed, or the place is not one for a file.
        ExportError: the file cannot be written; so too from each method.
    """

    def __init__(self, path: Path, frames: RowFrames) -> None:
        self.path = path
        self.rows: int = 0
        self._frames = frames
        self._open = table_format(path)
        self._stack = ExitStack()
        self._file: TableFile | None = None

    def write(self, rows: Sequence[WireRow]) -> None:
        """Adds a page of rows."""
        batch = self._frames.batch(rows)
        with told_as_export_errors(self.path):
            self._started(batch.schema).write(batch)
        self.rows += batch.num_rows

    def finish(self) -> None:
        """Ends the file and moves it to its place."""
        with told_as_export_errors(self.path):
            self._started(self._frames.schema.arrow).close()
            self._part.replace(self.path)

    def __enter__(self) -> Self:
        with told_as_export_errors(self.path):
            self._part = self._stack.enter_context(part_file(self.path.parent, prefix=f".{self.path.name}."))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._stack:
            if self._file is not None and error is not None:
                with suppress(Exception):  # the error that is on its way says more
                    self._file.close()

    def _started(self, schema: pa.Schema) -> TableFile:
        if self._file is None:
            self._file = self._open(self._part.path, schema)
        return self._file


def write_table(path: Path, table: pa.Table) -> int:
    """Writes a table into a file, and returns the number of its rows.

    Raises:
        QueryError: no format has this ending, its package is not installed, or the place is not one for a file.
        ExportError: the file cannot be written.
    """
    kind = table_format(path)
    with told_as_export_errors(path), part_file(path.parent, prefix=f".{path.name}.") as part:
        with kind(part.path, table.schema) as file:
            for batch in table.to_batches():
                file.write(batch)
        part.replace(path)
    return table.num_rows


def nested_for(path: Path, nested: Nested | None) -> Nested:
    """Returns where related rows stand in a file: flat in formats that know no structs, unless told otherwise."""
    if nested is not None:
        return nested
    return "struct" if path.suffix.lower() in _NESTED_FORMATS else "flat"
