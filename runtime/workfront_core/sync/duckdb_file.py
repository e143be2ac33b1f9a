"""A DuckDB file and its transactions: all that is written in one is there, or nothing of it."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

import pyarrow as pa

from workfront_core.arguments import described, path_text
from workfront_core.base_class import BaseClass
from workfront_core.errors.kinds import QueryError
from workfront_core.process_state import bind_to_process
from workfront_core.sync.errors import SyncError

if TYPE_CHECKING:
    import duckdb

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS _wf_site (site VARCHAR);
CREATE TABLE IF NOT EXISTS _wf_state (
    table_name VARCHAR, object VARCHAR, conditions VARCHAR, columns VARCHAR,
    cursor TIMESTAMPTZ, run VARCHAR, low VARCHAR, high TIMESTAMPTZ, after_id VARCHAR,
    late_max DOUBLE, must_read_all VARCHAR, swept_at TIMESTAMPTZ, read_at TIMESTAMPTZ,
    runs BIGINT, pages BIGINT, rows_read BIGINT);
CREATE TABLE IF NOT EXISTS _wf_part (table_name VARCHAR, above VARCHAR, upto VARCHAR, after_id VARCHAR);
CREATE TABLE IF NOT EXISTS _wf_check (table_name VARCHAR, ID VARCHAR, missing BOOLEAN);
CREATE TABLE IF NOT EXISTS _wf_log (
    logged_at TIMESTAMPTZ, table_name VARCHAR, what VARCHAR, name VARCHAR, note VARCHAR);
"""

_CHECKPOINT_AT: Final = "64MB"
"""What may wait in the log of changes until it is worked into the file: a checkpoint writes parts of a table anew that
are not full, so with DuckDB's own 16 MB a first load spends twice the time on writing."""
_HOLDER: Final = re.compile(r"[Cc]onflicting lock is held in (.*?\(PID \d+\))")


class DuckDBFile(BaseClass):
    """A DuckDB file with the tables that tell how far a sync has come. One process at a time may write it."""

    def __init__(self, path: str | Path, *, memory_limit: str | None = None, threads: int | None = None) -> None:
        if not isinstance(path, str | Path) or path_text(path) is None:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"A DuckDB file is named by its path, not by {described(path)}.")
        self.path: Path = Path(path)
        settings = {"memory_limit": memory_limit, "threads": threads, "wal_autocheckpoint": _CHECKPOINT_AT}
        self._db: Any = opened(self.path, {name: value for name, value in settings.items() if value is not None})
        with self._transaction():
            self._db.execute(_TABLES)
        bind_to_process(self)

    def restart_in_child(self) -> None:
        """Refuses the file in a forked child: two processes that write by one connection spoil it."""
        self._db = _OpenedElsewhere(self.path, self._db)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection, for queries of your own."""
        found: duckdb.DuckDBPyConnection = self._db
        return found

    def close(self) -> None:
        """Closes the file; in a forked child it is the parent's, and stays open."""
        if not isinstance(self._db, _OpenedElsewhere):
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"DuckDB({str(self.path)!r})"

    def _with(self, rows: pa.RecordBatch, statement: str) -> None:
        self._register(pa.Table.from_batches([rows]))
        self._db.execute(statement)

    def _register(self, rows: pa.Table) -> None:
        self._db.register("_wf_rows", rows)

    def _one(self, statement: str, *values: object) -> Any:
        rows = self._db.execute(statement, list(values)).fetchall()
        return rows[0][0] if rows else None

    @contextmanager
    def _transaction(self) -> Generator[None]:
        import duckdb

        try:
            try:
                self._db.begin()
                yield
                self._db.commit()
            except BaseException:
                with suppress(duckdb.Error):  # there is none, or it has ended
                    self._db.rollback()
                raise
        except (duckdb.BinderException, duckdb.CatalogException, duckdb.ConstraintException) as error:
            raise SyncError(
                f"The tables of {self.path} were altered, and are not what a sync made: {first_line(error)}",
                hint="Take back what was altered, or sync into another file.",
            ) from None
        except duckdb.Error as error:
            raise SyncError(
                f"{self.path} could not be written: {first_line(error)}",
                hint="The table is as it was; the next run goes on there.",
            ) from None


class _OpenedElsewhere:
    """Stands for the parent's connection, which a child keeps and never uses."""

    def __init__(self, path: Path, connection: object) -> None:
        self._path = path
        self._connection = connection

    def __getattr__(self, name: str) -> NoReturn:
        raise SyncError(
            f"{self._path} was opened by the process that this one was forked from.",
            hint="Open it in the process that writes it: DuckDB(path).",
        )


def opened(path: Path, settings: dict[str, Any], *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Opens a DuckDB file.

    Raises:
        QueryError: DuckDB is not installed, or its folder does not exist.
        SyncError: another process has the file open, or it is not a DuckDB file.
    """
    try:
        import duckdb
    except ModuleNotFoundError:
        raise QueryError(
            "A sync into a DuckDB file needs duckdb.", hint="pip install 'workfront-client[sync]'"
        ) from None
    if not path.parent.is_dir():
        raise QueryError(f"The folder {path.parent} does not exist.", hint="Make it first.")
    try:
        database = duckdb.connect(str(path), read_only=read_only, config=settings)
        if path.exists() and _is_kept_nowhere(database):
            database.close()
            raise SyncError(f"{path} is not a DuckDB file.", hint="Name another file, or one that is not there yet.")
        return database
    except duckdb.Error as error:
        holder = _HOLDER.search(str(error))
        if holder is None:
            raise SyncError(f"{path} cannot be opened: {first_line(error)}") from None
        locked = SyncError(
            f"{path} is locked by another process: {holder[1]}.",
            hint="Wait until the other process is done, or stop it.",
        )
        locked.locked_by = holder[1]
        raise locked from None


def _is_kept_nowhere(database: duckdb.DuckDBPyConnection) -> bool:
    """Returns whether a database is in memory alone: DuckDB shows a CSV, Parquet or JSON file so, and keeps nothing."""
    place = database.execute("SELECT path FROM duckdb_databases() WHERE database_name = current_database()").fetchone()
    return place is None or not place[0]


def first_line(error: Exception) -> str:
    """Returns what DuckDB says, without the statement and the page on its site."""
    return str(error).partition("\n")[0].partition(" See also ")[0]
