"""Rows in a DuckDB file that take the place of those read before them, and how their stamps stand to the cursor."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workfront_core.sync.duckdb_columns import GONE_AT, OWN, READ_AT, columns_of, quoted
from workfront_core.sync.duckdb_labels import write_labels
from workfront_core.sync.state import RunKind
from workfront_core.sync.table import Table
from workfront_core.sync.target import Merged

if TYPE_CHECKING:
    import duckdb


def stage_of(table: Table[Any]) -> str:
    """Returns the name of the table that holds the rows of the run under way, as SQL writes it."""
    return quoted(f"_wf_stage_{table.name.removeprefix('wf_')}")


def merge_stage(db: duckdb.DuckDBPyConnection, table: Table[Any], clock: timedelta | None) -> Merged:
    """Puts the rows of a run in the table; its stage is gone then. The clock is ours, ahead of the server's."""
    stage = stage_of(table)
    ahead = _ahead(db, table, stage, clock)
    if _one(db, f"SELECT count(*) FROM (SELECT 1 FROM {quoted(table.name)} LIMIT 1)") == 0:
        db.execute(f"DROP TABLE {quoted(table.name)}")
        db.execute(f"ALTER TABLE {stage} RENAME TO {quoted(table.name)}")
        write_labels(db, table)
        return Merged(added=int(_one(db, f"SELECT count(*) FROM {quoted(table.name)}")), ahead=ahead)
    merged = merge(db, table, stage)
    late = _late(db, table)
    db.execute(f"DROP TABLE {stage}")
    return replace(merged, late=late, ahead=ahead)


def _late(db: duckdb.DuckDBPyConnection, table: Table[Any]) -> timedelta:
    """Returns how much older than the cursor the stamp of a row is that came new in a run over changes."""
    stamp = table.strategy.stamp
    if stamp is None:
        return timedelta()
    found = _one(
        db,
        f"SELECT max(epoch(s.cursor) - epoch(n.{quoted(stamp)})) FROM _wf_new n, _wf_state s "
        "WHERE s.table_name = ? AND s.run = ?",
        table.name,
        RunKind.CHANGES.value,
    )
    return timedelta(seconds=max(found or 0.0, 0.0))


def _ahead(db: duckdb.DuckDBPyConnection, table: Table[Any], source: str, clock: timedelta | None) -> timedelta:
    """Returns how far a row is stamped after its reading, by the server's time then."""
    stamp = table.strategy.stamp
    if stamp is None or clock is None:
        return timedelta()
    found = _one(db, f"SELECT max(epoch(n.{quoted(stamp)}) - epoch(n.{READ_AT})) FROM {source} n")
    return max(timedelta(seconds=found) + clock, timedelta()) if found is not None else timedelta()


def merge(db: duckdb.DuckDBPyConnection, table: Table[Any], source: str) -> Merged:
    """Puts rows in place of those read before them, whose values in columns that are not asked for they keep.

    The join is built on the source, which is the smaller side.
    """
    name, columns = quoted(table.name), list(columns_of(table.schema.arrow))
    others = ", ".join(f"o.{quoted(other)} AS {quoted(other)}" for other in _others(db, table))
    row = f"s.* REPLACE ({others})" if others else "s.*"
    same = " AND ".join(f"o.{quoted(column)} IS NOT DISTINCT FROM s.{quoted(column)}" for column in columns)
    db.execute(f"CREATE OR REPLACE TEMP TABLE _wf_old AS SELECT * FROM {name} WHERE ID IN (SELECT ID FROM {source})")
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE _wf_new AS SELECT {row} FROM {source} s LEFT JOIN _wf_old o ON s.ID = o.ID "
        f"WHERE o.ID IS NULL OR (s.{READ_AT} >= o.{READ_AT} AND (o.{GONE_AT} IS NOT NULL OR NOT ({same})))"
    )
    added = _one(db, "SELECT count(*) FROM _wf_new WHERE ID NOT IN (SELECT ID FROM _wf_old)")
    changed = _one(db, "SELECT count(*) FROM _wf_new") - added
    db.execute(f"DELETE FROM {name} WHERE ID IN (SELECT ID FROM _wf_new)")
    db.execute(f"INSERT INTO {name} BY NAME SELECT * FROM _wf_new")
    return Merged(added=added, changed=changed)


def _others(db: duckdb.DuckDBPyConnection, table: Table[Any]) -> list[str]:
    """Returns the columns that the sync does not fill: somebody's own, those of another type, those given up."""
    found = db.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table.name]).fetchall()
    filled = {name.casefold() for name in (*columns_of(table.schema.arrow), *OWN)}
    return [name for (name,) in found if name.casefold() not in filled]


def _one(db: duckdb.DuckDBPyConnection, statement: str, *values: object) -> Any:
    rows = db.execute(statement, list(values)).fetchall()
    return rows[0][0] if rows else None
