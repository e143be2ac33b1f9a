"""Tables as files: Parquet, CSV, JSON lines, Excel."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, ClassVar, Final, Self

import pyarrow as pa

from workfront_core.errors.kinds import QueryError
from workfront_core.frames import require
from workfront_core.frames.errors import told_as_export_errors
from workfront_core.frames.plain_values import json_line, spreadsheet_cell, text_columns

EXCEL_ROWS: Final = 1_048_575
"""Rows of a sheet below its heading."""
_EXCEL_TEXT: Final = 32_767
"""Characters of a cell."""


class TableFile(ABC):
    """A file that takes batches of one schema, one after another."""

    needs: ClassVar[tuple[str, str] | None] = None
    """The package that writes the format, and the extra that brings it, where it is not pyarrow."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.schema = schema

    @abstractmethod
    def write(self, batch: pa.RecordBatch, /) -> None:
        """Adds rows."""

    @abstractmethod
    def close(self) -> None:
        """Ends the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class ParquetFile(TableFile):
    """Parquet, compressed with zstd. The schema carries wire names, types and codes of each column."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        from pyarrow.parquet import ParquetWriter

        super().__init__(path, schema)
        self._writer = ParquetWriter(str(path), schema, compression="zstd")

    def write(self, batch: pa.RecordBatch, /) -> None:
        self._writer.write_batch(batch)

    def close(self) -> None:
        self._writer.close()


class CsvFile(TableFile):
    """CSV in UTF-8 with a heading: instants in ISO 8601 and UTC, lists and maps as JSON text, nothing for null."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        from pyarrow.csv import CSVWriter

        super().__init__(path, schema)
        heading = pa.schema([pa.field(name, pa.string()) for name in schema.names])
        self._writer = CSVWriter(str(path), heading)

    def write(self, batch: pa.RecordBatch, /) -> None:
        self._writer.write_batch(text_columns(batch))

    def close(self) -> None:
        self._writer.close()


class JsonLinesFile(TableFile):
    """One JSON object a row: instants in ISO 8601 and UTC, amounts as text where a float would change them."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        super().__init__(path, schema)
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, batch: pa.RecordBatch, /) -> None:
        self._file.writelines(f"{json_line(row)}\n" for row in batch.to_pylist())

    def close(self) -> None:
        self._file.close()


class ExcelFile(TableFile):
    """An Excel workbook of one sheet: instants in UTC, since Excel knows no time zones.

    Raises:
        QueryError: more rows than a sheet holds, or a text longer than a cell takes.
    """

    needs: ClassVar[tuple[str, str] | None] = ("xlsxwriter", "excel")

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        super().__init__(path, schema)
        self._pages = TemporaryDirectory(prefix="workfront-excel-")
        options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": self._pages.name}
        workbook = _xlsxwriter().Workbook(str(path), options)
        self._book: Any = workbook
        self._sheet: Any = workbook.add_worksheet("rows")
        self._formats = {
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        }
        self._sheet.write_row(0, 0, schema.names)
        self._rows = 0

    def write(self, batch: pa.RecordBatch, /) -> None:
        for row in batch.to_pylist():
            self._rows += 1
            if self._rows > EXCEL_ROWS:
                raise QueryError(f"An Excel sheet holds {EXCEL_ROWS} rows.", hint="Export to .parquet or .csv.")
            for at, (name, value) in enumerate(row.items()):
                self._write_cell(at, name, value)

    def close(self) -> None:
        with self._pages:
            try:
                self._book.close()
            except _xlsxwriter().exceptions.XlsxWriterException as error:
                raise OSError(str(error)) from None

    def _write_cell(self, at: int, name: str, value: object) -> None:
        cell, style = spreadsheet_cell(value)
        if isinstance(cell, str):
            if len(cell) > _EXCEL_TEXT:
                raise QueryError(
                    f"{name} in row {self._rows} has {len(cell)} characters; an Excel cell takes {_EXCEL_TEXT}.",
                    hint="Leave the field out, or export to .parquet or .csv.",
                )
            self._sheet.write_string(self._rows, at, cell)
        elif cell is not None:
            self._sheet.write(self._rows, at, cell, *([self._formats[style]] if style else []))


FORMATS: Final[Mapping[str, type[TableFile]]] = {
    ".parquet": ParquetFile,
    ".csv": CsvFile,
    ".jsonl": JsonLinesFile,
    ".xlsx": ExcelFile,
}


def table_format(path: Path) -> type[TableFile]:
    """Returns what writes files with this ending.

    Raises:
        QueryError: nothing does, or it is not installed; the folder is not there, or a folder is in the file's place.
        ExportError: the system takes no such path.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise QueryError(f"No table format ends with {path.suffix!r}.", hint=f"Use one of {', '.join(FORMATS)}.")
    with told_as_export_errors(path):
        if not path.parent.is_dir():
            raise QueryError(f"The folder {path.parent} does not exist.", hint="Make it first.")
        if path.is_dir():
            raise QueryError(f"{path} is a folder.", hint="Name a file in it.")
    if kind.needs is not None:
        require(*kind.needs)
    return kind


def _xlsxwriter() -> Any:
    import xlsxwriter  # type: ignore[import-untyped]

    return xlsxwriter
