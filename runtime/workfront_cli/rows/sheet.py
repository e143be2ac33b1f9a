"""The rows of a file as they are written: values by field, checked, references looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workfront_cli.rows.mapping import ColumnMap
from workfront_cli.rows.source import Source, SourceRow
from workfront_cli.wording import hint_of, message_of
from workfront_cli.writing.assignments import Assignment, row_of
from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.targets import Target
from workfront_cli.writing.texts import Reading, value_of
from workfront_core.bulk.rows import Prepared, changed_row, new_row, removed_row
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject

CREATE, UPDATE, DELETE = "create", "update", "delete"
_CHUNK: Final = 10_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row.

    Attributes:
        line: of the file.
        column: heading; empty where the row as a whole is meant.
        message: what is wrong.
        hint: what to do.
    """

    line: int
    column: str
    message: str
    hint: str | None = None

    @property
    def message_and_hint(self) -> tuple[str, str | None]:
        """Message and hint, without the line."""
        return f"column {self.column!r}: {self.message}" if self.column else self.message, self.hint

    def __str__(self) -> str:
        place = f"row {self.line}, column {self.column!r}" if self.column else f"row {self.line}"
        return f"{place}: {self.message}"


class RowFault(QueryError):
    """A row cannot be sent. ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault), hint=fault.hint)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows to write.

    Attributes:
        source: the file.
        columns: where its columns go.
        model: the object written.
        verb: ``create``, ``update`` or ``delete``.
        reading: how texts are read.
        constants: what every row gets besides.
        empty_clears: whether an empty cell is no value, and does not leave the field as it is.
        lookups: what references were told by.
    """

    source: Source
    columns: ColumnMap
    model: type[WorkfrontObject]
    verb: str
    reading: Reading
    constants: Sequence[Assignment]
    empty_clears: bool
    lookups: Lookups

    def learn(self) -> None:
        """Looks up what the rows tell other objects by, a hundred a call; each text once."""
        lookups = [(heading, target) for heading, target in self.columns.targets.items() if target.lookup is not None]
        if self.columns.key is not None and self.columns.told_by is not None:
            lookups.append((self.columns.key, self.columns.told_by))
        wanted: dict[tuple[str, str], Target] = {}
        for row in self.source.rows() if lookups else ():
            for heading, target in lookups:
                text = row.cells.get(heading)
                if isinstance(text, str) and text.strip():
                    wanted[target.wire, text.strip()] = target
            if len(wanted) >= _CHUNK:
                self.lookups.learn([(target, text) for (_, text), target in wanted.items()])
                wanted.clear()
        self.lookups.learn([(target, text) for (_, text), target in wanted.items()])

    def row(self, row: SourceRow) -> Any:
        """Returns a row as the engine takes it: values, an ID with values, or an ID.

        Raises:
            RowFault: it cannot be sent.
        """
        if row.problem is not None:
            raise RowFault(Fault(row.line, "", row.problem))
        key = self.key(row) if self.columns.key is not None else None
        if self.verb == DELETE:
            return key
        values = [*self.constants, *self._assignments(row)]
        try:
            found = row_of(values, self.lookups).row()
        except QueryError as error:
            raise RowFault(Fault(row.line, "", message_of(error), hint_of(error))) from None
        return found if self.verb == CREATE else (key, found)

    def checked(self, row: SourceRow, given: Any) -> Prepared:
        """Returns a row ready to travel.

        Raises:
            RowFault: it cannot be sent.
        """
        prepare = {CREATE: new_row, UPDATE: changed_row, DELETE: removed_row}[self.verb]
        try:
            return prepare(self.model, row.line, given)
        except QueryError as error:
            raise RowFault(Fault(row.line, "", message_of(error), hint_of(error))) from None

    def key(self, row: SourceRow) -> str:
        """Returns the ID of the object that a row tells.

        Raises:
            RowFault: it tells none, or several.
        """
        heading = self.columns.key or ""
        text = str(row.cells.get(heading) or "").strip()
        if not text:
            raise RowFault(Fault(row.line, heading, "is empty, and tells no object"))
        target = self.columns.told_by or Target(heading, "ID")
        try:
            return self.lookups.id_of(target, text)
        except QueryError as error:
            raise RowFault(Fault(row.line, heading, message_of(error), hint_of(error))) from None

    def _assignments(self, row: SourceRow) -> Iterator[Assignment]:
        for heading, target in self.columns.targets.items():
            if heading not in row.cells:
                continue
            cell = row.cells[heading]
            if cell == "" and not self.empty_clears:
                continue
            try:
                value = self.value(cell, target)
                if target.lookup is not None and isinstance(value, str):
                    self.lookups.id_of(target, value)
            except QueryError as error:
                raise RowFault(Fault(row.line, heading, message_of(error), hint_of(error))) from None
            yield Assignment(target, value)

    def value(self, cell: Any, target: Target) -> Any:
        """Returns the value that a cell stands for; of a reference the text that tells it.

        Raises:
            QueryError: its field takes no such cell.
        """
        if not isinstance(cell, str):
            return cell
        text = cell.strip() if target.lookup is not None else cell
        return value_of(text, target, self.reading) if text else None
