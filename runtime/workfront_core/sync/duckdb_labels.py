"""What people call the values of a column: its comment in the DuckDB file, its metadata in Parquet made of it."""

from __future__ import annotations

import base64
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from workfront_core.sync.duckdb_columns import columns_of, quoted
from workfront_core.sync.table import Table

if TYPE_CHECKING:
    import duckdb

_COMMENTS = "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ?"
_ZONED = pa.timestamp("us", "UTC")


def write_labels(db: duckdb.DuckDBPyConnection, table: Table[Any]) -> None:
    """Gives each column that has no comment its label as one."""
    bare = {name for name, comment in db.execute(_COMMENTS, [table.name]).fetchall() if comment is None}
    schema = table.schema.arrow
    for name, column in zip(columns_of(schema), schema, strict=True):
        label = (column.metadata or {}).get(b"workfront:label")
        if label is not None and name in bare:
            spelt = label.decode().replace("'", "''")
            db.execute(f"COMMENT ON COLUMN {quoted(table.name)}.{quoted(name)} IS '{spelt}'")


def arrow_schema(db: duckdb.DuckDBPyConnection, table: str, without: Collection[str]) -> str:
    """Returns the columns of a table with their labels, as a Parquet file holds an Arrow schema: ``ARROW:schema``.

    Args:
        db: the file.
        table: its name.
        without: columns that stand in the names of folders.
    """
    comments = dict(db.execute(_COMMENTS, [table]).fetchall())
    rows = db.sql(f"SELECT * FROM {quoted(table)} LIMIT 0").to_arrow_table()
    columns = [_labelled(column, comments.get(column.name)) for column in rows.schema if column.name not in without]
    return base64.b64encode(pa.schema(columns).serialize().to_pybytes()).decode()


def _labelled(column: pa.Field[Any], comment: str | None) -> pa.Field[Any]:
    kind = _ZONED if pa.types.is_timestamp(column.type) and column.type.tz is not None else column.type
    return pa.field(column.name, kind, metadata=None if comment is None else {"workfront:label": comment})
