"""Rows of a sheet looked at column by column; a cell that comes again is not read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import JsonValue

from workfront_cli.rows.sheet import DELETE, Sheet
from workfront_cli.rows.source import SourceRow
from workfront_cli.writing.assignments import Assignment, row_of
from workfront_cli.writing.targets import Target
from workfront_core.errors import QueryError
from workfront_core.operations.payload import field_values, payload
from workfront_core.values.ids import checked_id

KEPT: Final = 1_000
"""Cells of a column that are kept at most, so that a million rows take the memory of a thousand."""


class Column:
    """Cells of one column."""

    def __init__(self, sheet: Sheet, target: Target) -> None:
        self._sheet = sheet
        self._target = target
        self._passed: dict[str, Mapping[str, JsonValue]] = {}

    def written(self, cell: Any) -> Mapping[str, JsonValue]:
        """Returns what a write of one cell holds.

        Raises:
            QueryError: the cell does not fit its field.
        """
        if type(cell) is not str:
            return self._written(cell)
        found = self._passed.get(cell)
        if found is None:
            found = self._written(cell)
            if len(self._passed) < KEPT:
                self._passed[cell] = found
        return found

    def _written(self, cell: Any) -> Mapping[str, JsonValue]:
        return written_of(self._sheet, Assignment(self._target, self._sheet.value(cell, self._target)))


class QuickCheck:
    """Whether rows can be sent. What does not pass is left to `Sheet.row` and `Sheet.checked`, which say why."""

    def __init__(self, sheet: Sheet, mark: str | None) -> None:
        self._sheet = sheet
        self._mark = mark
        self._constant: dict[str, JsonValue] | None = None
        self._columns: list[tuple[str, Column]] = []
        if sheet.verb != DELETE:
            self._columns = [(heading, Column(sheet, target)) for heading, target in sheet.columns.targets.items()]

    def identity(self, row: SourceRow) -> str | None:
        """Returns what a row tells its object by: the ID, or of a new one the mark that the sheet gives it.

        Raises:
            QueryError: it cannot be sent.
        """
        if row.problem is not None:
            raise QueryError(row.problem)
        object_id = checked_id(self._sheet.key(row)) if self._sheet.columns.key is not None else None
        if self._sheet.verb == DELETE:
            return object_id
        if self._constant is None:
            self._constant = self._of_constants()
        body = dict(self._constant)
        cells, leaves = row.cells, not self._sheet.empty_clears
        for heading, column in self._columns:
            cell = cells.get(heading, _ABSENT)
            if cell is not _ABSENT and not (leaves and cell == ""):
                body.update(column.written(cell))
        if not body:
            raise QueryError("it has no values.")
        return object_id or self.mark_in(body)

    def mark_in(self, body: JsonValue) -> str | None:
        """Returns the mark that a row gives its new object, where it gives one."""
        value = body.get(self._mark) if self._mark is not None and isinstance(body, dict) else None
        return str(value) if value else None

    def _of_constants(self) -> dict[str, JsonValue]:
        body: dict[str, JsonValue] = {}
        for one in self._sheet.constants:
            body |= written_of(self._sheet, one)
        return body


_ABSENT: Final = object()


def written_of(sheet: Sheet, one: Assignment) -> dict[str, JsonValue]:
    """Returns what a write of one value holds.

    Raises:
        QueryError: the value does not fit its field, or tells no object.
    """
    row = row_of([one], sheet.lookups)
    if row.custom:
        return payload(sheet.model, {}, row.custom)
    ((name, value),) = row.values.items()
    return field_values(sheet.model, name, value)
