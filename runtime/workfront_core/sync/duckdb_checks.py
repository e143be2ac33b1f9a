"""What a sync makes sure of before it goes on in a DuckDB file: whose rows it holds, and that nobody altered them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workfront_core.sync.duckdb_columns import quoted
from workfront_core.sync.errors import SyncError
from workfront_core.sync.table import Table

if TYPE_CHECKING:
    import duckdb


def check_site(db: duckdb.DuckDBPyConnection, path: Path, site: str) -> None:
    """Checks that a file holds the rows of a tenant; a fresh one will.

    Raises:
        SyncError: it holds those of another.
    """
    known = db.execute("SELECT site FROM _wf_site").fetchone()
    if known is None:
        db.execute("INSERT INTO _wf_site VALUES (?)", [site])
    elif known[0] != site:
        raise SyncError(f"{path} holds rows of {known[0]}, not of {site}.", hint="Give each tenant a file of its own.")


def check_conditions(db: duckdb.DuckDBPyConnection, path: Path, table: Table[Any]) -> None:
    """Checks that a table holds the rows of its conditions.

    Raises:
        SyncError: it holds those of others.
    """
    known = db.execute("SELECT conditions FROM _wf_state WHERE table_name = ?", [table.name]).fetchone()
    if known is None or known[0] != table.conditions:
        raise SyncError(
            f"{table.name} in {path} holds the rows of other conditions than where= has now.",
            hint=f"Sync into another file, or start over: workfront sync reset {table.obj_code}.",
        )


def checked_columns(db: duckdb.DuckDBPyConnection, path: Path, table: Table[Any]) -> dict[str, str]:
    """Returns name and type of the columns of a table.

    Raises:
        SyncError: it was dropped, a view is in its place, or its ID is not one.
    """
    found = db.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? AND NOT internal", [table.name]
    )
    present = dict[str, str](found.fetchall())
    if not present:
        raise SyncError(f"The table {table.name} was dropped from {path}.", hint=_start_over(table))
    if not db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [table.name]).fetchall():
        raise _altered(path, table, "a view is in its place")
    if present.get("ID") != "VARCHAR":
        raise _altered(path, table, "its column ID is not what a sync made")
    return present


def check_ids(db: duckdb.DuckDBPyConnection, path: Path, table: Table[Any]) -> None:
    """Looks for rows that no sync wrote, where all rows are looked at anyway.

    Raises:
        SyncError: an ID is there twice, or a row has none.
    """
    name = quoted(table.name)
    odd = f"SELECT ID FROM {name} GROUP BY ID HAVING ID IS NULL OR count(*) > 1 ORDER BY ID NULLS FIRST LIMIT 1"
    if db.execute(f"SELECT count(*) = count(DISTINCT ID) FROM {name}").fetchall() == [(True,)]:
        return
    ((row_id,),) = db.execute(odd).fetchall()
    raise _altered(path, table, "a row has no ID" if row_id is None else f"the row {row_id} is there twice")


def altered_run(path: Path, table: Table[Any]) -> SyncError:
    """Returns the error for a run under way that nothing can be made of."""
    return SyncError(f"What {path} says of the run under way of {table.name} was altered.", hint=_start_over(table))


def _altered(path: Path, table: Table[Any], what: str) -> SyncError:
    return SyncError(f"The table {table.name} in {path} was altered: {what}.", hint=_start_over(table))


def _start_over(table: Table[Any]) -> str:
    return f"Start over: workfront sync reset {table.obj_code}."
