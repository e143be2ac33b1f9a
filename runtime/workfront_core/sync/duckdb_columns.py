"""The columns of a table in DuckDB: their names and types, and what changes where the schema has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from workfront_core.frames.column_types import AMOUNT, DAY, EXTRA, FLOAT, MOMENT, TEXT, TRUTH, WHOLE, is_json

READ_AT: Final = "_wf_read_at"
GONE_AT: Final = "_wf_gone_at"
OWN: Final[Mapping[str, str]] = {READ_AT: "TIMESTAMP WITH TIME ZONE", GONE_AT: "TIMESTAMP WITH TIME ZONE"}
"""Columns that a sync adds to each table."""

_TOLD: Final = 5
"""Columns that are named where many changed."""
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
    kept_as: str
    """The name of the old column."""
    taken_up: str | None = None
    """The column of the new type that was set aside when the type changed before: it is gone on with."""


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
    return _sql(column.type)


def _sql(kind: Any) -> str:
    if pa.types.is_list(kind):
        return f"{_sql(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        members = [kind.field(at) for at in range(kind.num_fields)]
        return f"STRUCT({', '.join(f'{quoted(each.name)} {_sql(each.type)}' for each in members)})"
    return _TYPES[kind]


def drift(present: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Added | Retyped | Dropped]:
    """Yields what has to be done so that a table with these columns takes rows with those."""
    by_name = {name.casefold(): (name, kind) for name, kind in present.items()}
    for name, kind in wanted.items():
        _, before = by_name.get(name.casefold(), (name, None))
        if before is None:
            yield Added(name, kind)
        elif _plain(before) != _plain(kind):
            back = by_name.get(_aside(name, kind).casefold())
            taken_up = back[0] if back is not None and _plain(back[1]) == _plain(kind) else None
            yield Retyped(name, before, kind, _free(_aside(name, before), by_name), taken_up)
    known = {name.casefold() for name in wanted}
    for name in present:
        if name.casefold() not in known and "__" not in name and name not in OWN:
            yield Dropped(name)


def read_whole_for(changes: Iterable[Added | Retyped | Dropped]) -> str:
    """Returns in words why changes of columns ask for every row; empty where they do not."""
    said = [
        f"{change.name} is new"
        if isinstance(change, Added)
        else f"{change.name} is {change.kind} now, and what it held as {change.before} is kept as {change.kept_as}"
        for change in changes
        if not isinstance(change, Dropped)
    ]
    more = f", and {len(said) - _TOLD} more (see _wf_log)" if len(said) > _TOLD else ""
    return f"its columns changed: {'; '.join(said[:_TOLD])}{more}" if said else ""


def _aside(name: str, kind: str) -> str:
    """Returns the name under which the values of a type are kept once the column is of another."""
    return f"{name}__{kind.partition('(')[0].lower().replace(' ', '_').replace('[]', '_list')}"


def _free(name: str, taken: Mapping[str, object]) -> str:
    return name if name.casefold() not in taken else _free(f"{name}_", taken)


def _plain(kind: str) -> str:
    """Returns a type without the quotes around the members of a struct, some of which DuckDB leaves out."""
    return kind.replace('"', "")


def quoted(name: str) -> str:
    """Returns a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Sequence[str], prefix: str = "") -> str:
    """Returns names as a list in SQL."""
    return ", ".join(f"{prefix}{quoted(name)}" for name in names)
