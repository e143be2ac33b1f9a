"""The columns of a table in DuckDB: their names and types, and what changes where the schema has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from workfront_core.frames.column_types import AMOUNT, DAY, EXTRA, FLOAT, MOMENT, TEXT, TRUTH, WHOLE, is_json

READ_AT: Final = "_wf_read_at"
GONE_AT: Final = "_wf_gone_at"
OWN: Final[Mapping[str, str]] = {READ_AT: "TIMESTAMP WITH TIME ZONE", GONE_AT: "TIMESTAMP WITH TIME ZONE"}
"""Columns that a sync adds to each table."""

_TYPES: Final[Mapping[pa.DataType, str]] = {
    TEXT: "VARCHAR",
    WHOLE: "BIGINT",
    FLOAT: "DOUBLE",
    TRUTH: "BOOLEAN",
    MOMENT: "TIMESTAMP WITH TIME ZONE",
    DAY: "DATE",
    AMOUNT: "DECIMAL(38,10)",
    EXTRA: "MAP(VARCHAR, VARCHAR)",
}


@dataclass(frozen=True, slots=True)
class Added:
    """A column that the table lacks."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Retyped:
    """A column of another type than before: the old one is kept under another name, a new one is begun."""

    name: str
    before: str
    kind: str

    @property
    def kept_as(self) -> str:
        """The name of the old column."""
        return f"{self.name}__{self.before.partition('(')[0].lower().replace(' ', '_')}"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that is not asked for any more; it is kept as it is."""

    name: str


def columns_of(schema: pa.Schema) -> dict[str, str]:
    """Returns name and type in DuckDB of each column. DuckDB takes ``URL`` and ``url`` for the same name."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for column in schema:
        name = column.name
        while name.casefold() in seen:
            name = f"{name}_"
        seen.add(name.casefold())
        found[name] = sql_type(column)
    return found


def sql_type(column: pa.Field[Any]) -> str:
    """Returns the type in DuckDB for values of a column."""
    if is_json(column):
        return "JSON"
    kind = column.type
    return f"{_TYPES[kind.value_type]}[]" if pa.types.is_list(kind) else _TYPES[kind]


def drift(present: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Added | Retyped | Dropped]:
    """Yields what has to be done so that a table with these columns takes rows with those."""
    by_name = {name.casefold(): (name, kind) for name, kind in present.items()}
    for name, kind in wanted.items():
        _, before = by_name.get(name.casefold(), (name, None))
        if before is None:
            yield Added(name, kind)
        elif before != kind:
            yield Retyped(name, before, kind)
    known = {name.casefold() for name in wanted}
    for name in present:
        if name.casefold() not in known and "__" not in name and name not in OWN:
            yield Dropped(name)


def quoted(name: str) -> str:
    """Returns a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Sequence[str], prefix: str = "") -> str:
    """Returns names as a list in SQL."""
    return ", ".join(f"{prefix}{quoted(name)}" for name in names)
