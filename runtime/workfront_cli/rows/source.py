"""The rows of a file as they stand there: CSV, JSON lines, a JSON list, a sheet of Excel."""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, Final, TextIO, TypeAlias, cast

from workfront_cli.output import reason
from workfront_cli.rows.json_list import MOST, NoList, RowTooLong, list_members
from workfront_core.errors import QueryError
from workfront_core.foreign_text import json_value

Cells: TypeAlias = Mapping[str, Any]
"""Values by heading: texts of a table, JSON values of a document."""

TABLES: Final = (".csv", ".tsv", ".txt")
_DELIMITERS: Final = ",;\t"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip

_UNMARKED: Final = {
    "utf-16-le": re.compile(rb"(?:[^\0]\0){2}", re.DOTALL), "utf-16-be": re.compile(rb"(?:\0[^\0]){2}", re.DOTALL),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row.

    Attributes:
        line: where it stands in the file, from 1.
        cells: what it holds.
        problem: why it cannot be read, where it cannot.
    """

    line: int
    cells: Cells
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file of rows.

    Attributes:
        path: the file; how it is read follows from the ending of its name.
        delimiter: one letter between the cells of a table; noticed by the line of headings unless given.
        encoding: of texts; UTF-8, or what a mark at the beginning says, unless given.
        sheet: of an Excel file; the first unless given.
    """

    path: Path
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None

    @property
    def is_table(self) -> bool:
        """Whether its cells are texts below headings."""
        return self.path.suffix.lower() not in (".json", ".jsonl", ".ndjson")

    def sha256(self) -> str:
        """Returns the digest of its bytes."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise self._unreadable(error) from None

    def headings(self) -> list[str]:
        """Returns the names of its columns; of a document all names that its rows have.

        Raises:
            QueryError: it cannot be read, has none, or has one twice.
        """
        if not self.is_table:
            return self._names()
        for names in self._lines():
            return _checked(names[1], self.path)
        raise QueryError(f"{self.path} has no line of headings.")

    def _names(self) -> list[str]:
        """Returns all names that rows have. Raises a QueryError where there are rows, and none can be read."""
        names: dict[str, None] = {}
        problem: SourceRow | None = None
        for row in self.rows():
            names |= dict.fromkeys(row.cells)
            problem = problem or (row if row.problem else None)
        if problem is not None and not names:
            raise QueryError(f"{self.path}, line {problem.line} {problem.problem}.")
        return list(names)

    def rows(self) -> Iterator[SourceRow]:
        """Yields the rows one by one.

        Raises:
            QueryError: the file cannot be read.
        """
        if self.is_table:
            return self._table()
        return self._json_list() if self.path.suffix.lower() == ".json" else self._json_lines()

    def _table(self) -> Iterator[SourceRow]:
        lines = self._lines()
        first = next(lines, None)
        names = _checked(first[1] if first else [], self.path)
        for line, cells in lines:
            if not any(cells):
                continue
            if len(cells) == len(names):
                yield SourceRow(line, dict(zip(names, cells, strict=True)))
                continue
            more = [cell for cell in cells[len(names) :] if cell]
            found = dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False))
            yield SourceRow(line, found, f"has {len(cells)} cells below {len(names)} headings" if more else None)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        return self._excel() if self.path.suffix.lower() in (".xlsx", ".xlsm") else self._texts()

    def _texts(self) -> Iterator[tuple[int, list[str]]]:
        with self._opened() as file:
            try:
                yield from _parsed(self._bounded(file), self.delimiter)
            except csv.Error as error:
                raise QueryError(f"{self.path} is not a table: {error}.") from None
            except UnicodeError:
                raise self._undecodable() from None

    def _excel(self) -> Iterator[tuple[int, list[str]]]:
        try:
            library: Any = import_module("openpyxl")
        except ModuleNotFoundError:
            raise QueryError(
                "Reading Excel takes openpyxl.", hint="Install it: pip install 'workfront-client[cli,excel]'."
            ) from None
        try:
            book: Any = library.load_workbook(self.path, read_only=True, data_only=True)
        except OSError as error:
            raise self._unreadable(error) from None
        except Exception as error:
            raise QueryError(f"{self.path} is not an Excel file: {error}.") from None
        try:
            if self.sheet is not None and self.sheet not in book.sheetnames:
                there = f"It has {', '.join(book.sheetnames)}."
                raise QueryError(f"{self.path} has no sheet {self.sheet!r}.", hint=there)
            page = book[self.sheet] if self.sheet is not None else book.worksheets[0]
            for line, cells in enumerate(page.iter_rows(values_only=True), 1):
                yield line, [_text(cell) for cell in cells]
        finally:
            book.close()

    def _json_lines(self) -> Iterator[SourceRow]:
        with self._opened() as file:
            try:
                for line, text in enumerate(self._bounded(file), 1):
                    if text.strip():
                        yield _document(line, text)
            except UnicodeError:
                raise self._undecodable() from None

    def _json_list(self) -> Iterator[SourceRow]:
        number = 0
        with self._opened() as file:
            try:
                for number, row in enumerate(list_members(file), 1):
                    yield _row(number, row)
            except NoList:
                raise QueryError(f"{self.path} does not hold a list.", hint='Write [{"name": "x"}, ...].') from None
            except RowTooLong:
                raise self._too_long("row", number + 1) from None
            except UnicodeError:
                raise self._undecodable() from None
            except ValueError as error:
                raise QueryError(f"{self.path} is not JSON, behind {number} rows: {error}.") from None

    def _bounded(self, file: TextIO) -> Iterator[str]:
        """Yields the lines of a file, none of which takes the memory of all."""
        number = 0
        while line := file.readline(MOST + 1):
            number += 1
            if len(line) > MOST:
                raise self._too_long("line", number)
            yield line

    def _opened(self) -> TextIO:
        try:
            encoding = self.encoding or self._marked()
            return self.path.open("r", encoding=encoding, newline="")
        except (OSError, LookupError) as error:
            raise self._unreadable(error) from None

    def _marked(self) -> str:
        with self.path.open("rb") as file:
            start = file.read(4)
        if wide := next((name for name, form in _UNMARKED.items() if form.fullmatch(start)), None):
            raise QueryError(f"{self.path} is not in UTF-8, but looks like UTF-16.", hint=f"Say so: --encoding {wide}.")
        return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")

    def _too_long(self, what: str, number: int) -> QueryError:
        return QueryError(
            f"{self.path}, {what} {number} is longer than {MOST:,} letters.",
            hint="One row is held at a time: write one object a line, and end the name with .jsonl.",
        )

    def _unreadable(self, error: Exception) -> QueryError:
        return QueryError(f"{self.path} cannot be read: {reason(error)}.")

    def _undecodable(self) -> QueryError:
        return QueryError(
            f"{self.path} is not in {self.encoding or 'UTF-8'}.", hint="Say in what: --encoding cp1252, for example."
        )


def _parsed(lines: Iterator[str], delimiter: str | None) -> Iterator[tuple[int, list[str]]]:
    """Yields the cells of each row, with the line it begins at."""
    first, start = next(lines, ""), 0
    if first.lower().startswith("sep=") and len(first.strip("\r\n")) == 5:  # what Excel writes for itself
        delimiter, start, first = delimiter or first[4], 1, next(lines, "")
    delimiter = delimiter or max(_DELIMITERS, key=_outside_quotes(first).count)
    reader = csv.reader(chain([first] if first else [], lines), delimiter=delimiter, strict=True)
    line = start + 1
    for cells in reader:
        yield line, cells
        line = start + reader.line_num + 1


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _checked(names: list[str], path: Path) -> list[str]:
    found = [name.strip() for name in names]
    while found and not found[-1]:
        found.pop()
    if not found or not all(found):
        raise QueryError(f"{path}: a column has no heading." if found else f"{path} has no line of headings.")
    if twice := next((name for name in found if found.count(name) > 1), None):
        raise QueryError(f"{path} has the heading {twice!r:.80} twice.", hint="Rename one, or take it out.")
    return found


def _document(line: int, text: str) -> SourceRow:
    try:
        return _row(line, json_value(text))
    except ValueError as error:
        return SourceRow(line, {}, f"is not JSON: {error}")


def _row(line: int, found: object) -> SourceRow:
    if not isinstance(found, dict):
        return SourceRow(line, {}, "is not a JSON object")
    return SourceRow(line, cast("dict[str, Any]", found))


def _text(cell: object) -> str:
    """Returns a cell of Excel as the text it shows in ISO form: days without a time, whole numbers without decimals."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
        case _:
            return str(cell)
