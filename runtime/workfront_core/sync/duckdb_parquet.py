"""Tables of a DuckDB file as Parquet: written beside their place, and put there when they are whole."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from workfront_core.errors.kinds import QueryError
from workfront_core.nearest import did_you_mean
from workfront_core.sync.duckdb_columns import GONE_AT, listed, quoted
from workfront_core.sync.duckdb_labels import arrow_schema
from workfront_core.sync.errors import SyncError

if TYPE_CHECKING:
    import duckdb


def write_parquet(
    db: duckdb.DuckDBPyConnection, table: str, place: Path, partition_by: Sequence[str], *, gone: bool
) -> int:
    """Writes a table as one Parquet file, or as a folder of them by the values of columns; returns the rows.

    Raises:
        QueryError: there is no such table or column, or the place is something else than what is written.
        SyncError: it could not be written; what was there before is still there.
    """
    _check(db, table, place, partition_by)
    columns = {row[0] for row in _described(db, table)}
    rest = f" WHERE {GONE_AT} IS NULL" if GONE_AT in columns and not gone else ""
    labels = f"{{'ARROW:schema': '{arrow_schema(db, table, partition_by)}'}}"
    options = ["FORMAT parquet", "COMPRESSION zstd", f"KV_METADATA {labels}"]
    if partition_by:
        options.append(f"PARTITION_BY ({listed(partition_by)})")
    with _beside(place) as fresh:
        spelt = str(fresh).replace("'", "''")
        done = db.execute(f"COPY (SELECT * FROM {quoted(table)}{rest}) TO '{spelt}' ({', '.join(options)})")
        written = int(done.fetchall()[0][0])
        if partition_by:
            fresh.mkdir(exist_ok=True)  # a table without rows has no parts
        _replace(fresh, place)
    return written


def _check(db: duckdb.DuckDBPyConnection, table: str, place: Path, partition_by: Sequence[str]) -> None:
    if isinstance(partition_by, str):
        raise QueryError("partition_by= takes a list.", hint=f"Write [{partition_by!r}].")
    known = [row[0] for row in _described(db, table)]
    for name in partition_by:
        if name not in known:
            raise QueryError(f"{table} has no column {name}.", hint=did_you_mean(name, known))
    if not place.parent.is_dir():
        raise QueryError(f"The folder {place.parent} does not exist.", hint="Make it first.")
    if place.exists() and place.is_dir() != bool(partition_by):
        what = "a folder" if place.is_dir() else "a file"
        raise QueryError(f"{place} is {what} already.", hint="A table in parts is a folder, another one is a file.")
    for path in place.rglob("*") if partition_by else ():
        if path.is_file() and path.suffix != ".parquet":
            raise QueryError(f"{place} holds {path.name} beside Parquet files.", hint="Name a folder of its own.")


def _described(db: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    found = db.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall()
    if not found:
        names = [row[0] for row in db.execute("SELECT DISTINCT table_name FROM duckdb_columns()").fetchall()]
        raise QueryError(f"There is no table {table}.", hint=did_you_mean(table, names))
    return [(str(name), str(kind)) for name, kind in found]


@contextmanager
def _beside(place: Path) -> Generator[Path]:
    """Gives a fresh name beside a place, and removes what is left there at the end."""
    import duckdb

    fresh = place.with_name(f".{place.name}.{uuid4().hex}")
    try:
        yield fresh
    except (duckdb.Error, OSError) as error:
        raise SyncError(f"{place} could not be written: {error}", hint="What was there is as it was.") from None
    finally:
        _remove(fresh)


def _replace(fresh: Path, place: Path) -> None:
    """Puts a fresh file or folder in place. A folder that was there moves away first, and back if that fails."""
    if not place.is_dir():
        fresh.replace(place)
        return
    old = fresh.with_name(f"{fresh.name}.old")
    place.rename(old)
    try:
        fresh.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
