"""What the steps of a sync need of a store, where dlt is the store: rows go out as tables, the state is dlt's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from workfront_core.frames.batch import to_batch
from workfront_core.frames.plain_values import json_texts
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.sync.errors import SyncError
from workfront_core.sync.state import Run, TableState
from workfront_core.sync.table import Table
from workfront_core.sync.target import Merged

if TYPE_CHECKING:
    from dlt import Pipeline

GONE: Final = "_wf_gone"
"""The column by which dlt deletes a row."""
_READ_AT: Final = "_wf_read_at"
_AS_TEXT: Final = ("string", "list", "struct", "map")
_MANY: Final = 1 << 40
"""Rows of a table of which nobody knows how many there are."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of a warehouse by ID, each with its stamp in microseconds since 1970; ``None`` without one."""

    stamps: dict[str, int | None]

    @classmethod
    def of(cls, pipeline: Pipeline, table: Table[Any]) -> Stored:
        """Reads them; a table that is not there yet has none.

        Raises:
            SyncError: the pipeline was never run, so that nobody knows where its rows are.
        """
        from dlt.destinations.exceptions import DatabaseUndefinedRelation

        naming = pipeline.default_schema.naming
        stamp = table.strategy.stamp
        names = [naming.normalize_identifier(name) for name in filter(None, ["ID", stamp])]
        with pipeline.sql_client() as client:
            wanted = client.make_qualified_table_name(naming.normalize_table_identifier(table.name))
            listed = ", ".join(client.escape_column_name(name) for name in names)
            try:
                with client.execute_query(f"SELECT {listed} FROM {wanted}") as cursor:  # noqa: S608 - names are quoted
                    return cls({str(row[0]): _microseconds(row[1]) if stamp else None for row in cursor.fetchall()})
            except DatabaseUndefinedRelation:
                return cls({})


@dataclass
class DltTarget:
    """One table on its way to dlt, within one run of its pipeline.

    dlt keeps rows and state of a run together, or neither; so what a step does here is done with the run.
    """

    state: MutableMapping[str, Any] = field(default_factory=dict[str, Any])
    stored: Stored | None = None
    _out: list[pa.Table] = field(default_factory=list[pa.Table])
    _seen: dict[str, int | None] = field(default_factory=dict[str, "int | None"])
    _waiting: dict[str, None] = field(default_factory=dict[str, None])
    _missing: list[str] = field(default_factory=list[str])
    _places: dict[str, str] = field(default_factory=dict[str, str])
    """Columns that go into others than those of their name."""

    def take(self) -> Iterator[pa.Table]:
        """Yields the tables that steps have put aside, and forgets them."""
        out, self._out = self._out, []
        yield from out

    def prepare(self, table: Table[Any], site: str, /) -> TableState:
        for name, given in (("site", site), ("conditions", table.conditions)):
            if self.state.setdefault(name, given) != given:
                raise SyncError(
                    f"{table.name} of this pipeline holds rows of {self.state[name]}, not of {given}.",
                    hint="Give each tenant, and each where=, a pipeline of its own.",
                )
        why = self._drift(table)
        cursor = self.state.get("cursor")
        return TableState(
            cursor=None if cursor is None else datetime.fromisoformat(cursor),
            must_read_all=why,
        )

    def _drift(self, table: Table[Any]) -> str | None:
        """Notes the columns and their types, and returns why every row is read: a column is new, or of another type."""
        types = {column.field.name: str(column.field.type) for column in table.schema.columns}
        before = self.state.get("types")
        if before is None and "columns" in self.state:  # noted before custom fields had types
            before = {
                name: "string" if name.startswith(CUSTOM) else types.get(name, "string")
                for name in self.state["columns"]
            }
        self.state.pop("columns", None)
        self.state["types"] = types
        self._note_places(table, before or {})
        changed = [name for name, kind in types.items() if before is not None and before.get(name) != kind]
        return f"its columns changed: {', '.join(changed)}" if changed else None

    def _note_places(self, table: Table[Any], before: Mapping[str, str]) -> None:
        """Notes the first type of each column, which the warehouse keeps: values of another go into one beside it."""
        firsts = self.state.setdefault("first_types", {name: _stored_as(kind) for name, kind in before.items()})
        for column in table.schema.columns:
            name, kind = column.field.name, _stored_as(str(column.field.type))
            if firsts.setdefault(name, kind) != kind:
                self._places[name] = f"{name}__v_{kind}"

    def begin(self, _table: Table[Any], run: Run, /) -> None:
        self._run = run

    def append(self, _table: Table[Any], rows: pa.RecordBatch, _after_id: str, /) -> None:
        if rows.num_rows:
            self._put(rows)

    def finish(self, _table: Table[Any], /) -> Merged:
        self.state["cursor"] = self._run.high.isoformat()
        return Merged()

    def compare(self, table: Table[Any], rows: pa.RecordBatch | None, /) -> None:
        if rows is None:
            self._seen = {}
            return
        stamp = table.strategy.stamp
        ids = map(str, rows.column("ID").to_pylist())
        stamps = (
            [None] * rows.num_rows if stamp is None else [_microseconds(at) for at in rows.column(stamp).to_pylist()]
        )
        self._seen.update(zip(ids, stamps, strict=True))

    def differences(self, table: Table[Any], _at: datetime, /) -> int:
        there = self.stored.stamps if self.stored is not None else {}
        both = {**there, **self._seen}
        absent = object()
        self.read_again(table, [one for one in both if there.get(one, absent) != self._seen.get(one, absent)])
        return len(self._waiting)

    def to_read_again(self, _table: Table[Any], number: int, /) -> Sequence[str]:
        return list(self._waiting)[:number]

    def read_again(self, _table: Table[Any], ids: Sequence[str], /) -> None:
        self._waiting.update(dict.fromkeys(ids))

    def read_again_under(self, table: Table[Any], column: str, parents: Sequence[str], /) -> None:
        raise SyncError(f"A pipeline does not tell which rows of {table.name} have one of {len(parents)} {column}.")

    def replace(self, _table: Table[Any], asked: Sequence[str], rows: pa.RecordBatch, /) -> Merged:
        came = set(rows.column("ID").to_pylist())
        self._missing.extend(one for one in asked if one not in came)
        for one in asked:
            self._waiting.pop(one, None)
        if rows.num_rows:
            self._put(rows)
        return Merged(changed=rows.num_rows)

    def mark_gone(self, _table: Table[Any], _at: datetime, at_most: int | None, /) -> tuple[Merged, int]:
        number = len(self._missing)
        if at_most is not None and number > at_most:
            return Merged(), number
        if number:
            gone = pa.array([True] * number, pa.bool_())
            columns: dict[str, pa.Array[Any]] = {"ID": pa.array(self._missing, pa.string()), GONE: gone}
            self._out.append(pa.table(columns))
        self._missing = []
        return Merged(gone=number), 0

    def alive(self, _table: Table[Any], /) -> int:
        return _MANY if self.stored is None else len(self.stored.stamps)

    def no_rows(self, table: Table[Any]) -> pa.Table:
        """Returns a table without rows, for a store that has none left."""
        return self._outgoing(to_batch([], table.schema))

    def _put(self, rows: pa.RecordBatch) -> None:
        """Puts rows aside with the moment they were read; lists and maps as JSON text, which every warehouse takes."""
        self._out.append(self._outgoing(rows))

    def _outgoing(self, rows: pa.RecordBatch) -> pa.Table:
        plain = pa.Table.from_batches([json_texts(rows)])
        placed = plain.rename_columns([self._places.get(name, name) for name in plain.column_names])
        read_at = pa.array([datetime.now(UTC)] * rows.num_rows, pa.timestamp("us", "UTC"))
        return placed.append_column(_READ_AT, read_at).append_column(GONE, pa.nulls(rows.num_rows, pa.bool_()))


def _stored_as(kind: str) -> str:
    """Returns the word for a type as a warehouse has it: lists, structs and maps are text there."""
    word = re.match(r"[a-z]+", kind)
    return "text" if word is None or word[0] in _AS_TEXT else word[0]


def _microseconds(at: object) -> int | None:
    """Returns a moment as a warehouse gives it, with or without a zone, which is UTC then."""
    if not isinstance(at, datetime):
        return None
    moment = at if at.utcoffset() is not None else at.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1_000_000)
