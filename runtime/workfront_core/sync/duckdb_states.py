"""How far the tables of a DuckDB file have come, without a client."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workfront_core.errors.kinds import QueryError
from workfront_core.sync.duckdb_columns import quoted
from workfront_core.sync.duckdb_file import first_line, opened
from workfront_core.sync.errors import SyncError

if TYPE_CHECKING:
    import duckdb

_STATES = """
SELECT s.table_name, s.object, s.run, s.late_max, s.must_read_all, s.runs,
       epoch_ms(s.cursor), epoch_ms(s.swept_at),
       (SELECT count(*) FROM _wf_check c WHERE c.table_name = s.table_name AND c.missing)
FROM _wf_state s ORDER BY s.table_name
"""


@dataclass(frozen=True, slots=True)
class FileState:
    """How far one table of a file has come.

    Attributes:
        table: its name.
        object: the object type.
        rows: rows that are not marked as gone.
        gone: rows that are.
        runs: number of runs that were ended.
        run: what the run reads that was begun and not ended; ``None`` where there is none.
        cursor: every change up to here is in the table, in ISO 8601.
        swept: when a sweep or a full run last compared every row, likewise.
        late_max: the greatest lateness of a change, in seconds.
        missing: rows that the server does not send any more, and that were not marked as gone.
        must_read_all: why the next run reads every row.
    """

    table: str
    object: str
    rows: int
    gone: int
    runs: int
    run: str | None
    cursor: str | None
    swept: str | None
    late_max: float
    missing: int
    must_read_all: str | None

    def to_dict(self) -> dict[str, Any]:
        """Returns the members by name, as JSON takes them."""
        return asdict(self)

    def line(self) -> str:
        """Returns the state in one line, for a person."""
        begun = f", a {self.run} run to be ended" if self.run else ""
        missing = f", {self.missing} missing (workfront sync allow-gone {self.object})" if self.missing else ""
        return (
            f"{self.table}: {self.rows} rows and {self.gone} gone, up to {self.cursor or 'nothing yet'}, "
            f"swept {self.swept or 'never'}, latest change {self.late_max:.0f} s late{begun}{missing}"
        )


def states(path: Path) -> list[FileState]:
    """Returns how far each table of a file has come.

    Raises:
        QueryError: there is no such file.
        SyncError: another process has it open, or its tables are not those of a sync.
    """
    import duckdb

    with opened(checked_file(path), {}, read_only=True) as file:
        try:
            return [_state(file, row) for row in file.execute(_STATES).fetchall()]
        except duckdb.Error as error:
            raise SyncError(f"{path} does not hold the tables of a sync: {first_line(error)}") from None


def has_table(path: Path, table: str) -> bool:
    """Returns whether a file has a table, or a view in its place, be it of a sync or not.

    Raises:
        QueryError: there is no such file.
        SyncError: another process has it open.
    """
    with opened(checked_file(path), {}, read_only=True) as file:
        return bool(
            file.execute("SELECT count(*) FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall()[0][0]
        )


def checked_file(path: Path) -> Path:
    """Returns the path of a file that is there.

    Raises:
        QueryError: it is not.
    """
    if not path.is_file():
        raise QueryError(f"There is no file {path}.", hint="workfront sync --objects TASK --to FILE makes it.")
    return path


def _state(file: duckdb.DuckDBPyConnection, row: tuple[Any, ...]) -> FileState:
    name, obj_code, run, late_max, must_read_all, runs, cursor, swept, missing = row
    counted = f"SELECT count(*) FILTER (_wf_gone_at IS NULL), count(_wf_gone_at) FROM {quoted(name)}"
    rows, gone = file.execute(counted).fetchall()[0]
    return FileState(name, obj_code, rows, gone, runs, run, _iso(cursor), _iso(swept), late_max, missing, must_read_all)


def _iso(milliseconds: int | None) -> str | None:
    if milliseconds is None:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
