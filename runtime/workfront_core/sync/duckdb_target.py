"""A DuckDB file as the target: rows and cursor in one transaction, one file, no server.

Each object type has a table (``wf_task``) with ``_wf_read_at``, when we read the row, and ``_wf_gone_at``, when it was
found gone (unless such rows are deleted), a stage for the run under way, and a view (``task_with_names``) that names
what its rows refer to. ``_wf_state`` tells how far each table has come, ``_wf_check`` which rows are to be read again,
``_wf_log`` what became of its columns.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

from workfront_core.arguments import checked_flag, described, path_text
from workfront_core.errors.kinds import QueryError
from workfront_core.sync.duckdb_checks import (
    altered_run,
    check_conditions,
    check_ids,
    check_site,
    checked_columns,
)
from workfront_core.sync.duckdb_columns import (
    GONE_AT,
    OWN,
    READ_AT,
    Added,
    Dropped,
    Retyped,
    columns_of,
    drift,
    listed,
    quoted,
    read_whole_for,
)
from workfront_core.sync.duckdb_file import DuckDBFile
from workfront_core.sync.duckdb_labels import write_labels
from workfront_core.sync.duckdb_merge import merge, merge_stage, stage_of
from workfront_core.sync.duckdb_parquet import write_parquet
from workfront_core.sync.duckdb_views import drop, drop_views, write_views
from workfront_core.sync.errors import SyncError
from workfront_core.sync.state import Part, Run, RunKind, TableState, is_run
from workfront_core.sync.table import Table, view_name
from workfront_core.sync.target import Merged

_STATE: Final = """
SELECT epoch_us(cursor), run, low, epoch_us(high), after_id, late_max, must_read_all, epoch_us(swept_at)
FROM _wf_state WHERE table_name = ?
"""


class DuckDB(DuckDBFile):
    """A DuckDB file that a sync fills. One process at a time may have it open for writing.

    Args:
        path: the file; made where it is not there.
        memory_limit: what DuckDB may use, such as ``"128MB"``; its own default otherwise.
        threads: threads that DuckDB may use; its own default otherwise.
        hard_delete: whether rows that are gone are deleted, those of earlier runs too, in place of being marked.

    Raises:
        QueryError: DuckDB is not installed, or its folder does not exist.
        SyncError: another process has the file open, or it is not a DuckDB file.
    """

    _in_parts: frozenset[str] | set[str] = frozenset()
    """Tables whose run is read in parts."""
    _read_at: Mapping[str, datetime] = MappingProxyType({})
    """When each table was last read."""
    _clocks: Mapping[str, timedelta | None] = MappingProxyType({})
    """How far our clock is ahead of the server's, for the run under way of each table."""
    _prepared: Mapping[str, Table[Any]] = MappingProxyType({})

    def __init__(
        self,
        path: str | Path,
        *,
        memory_limit: str | None = None,
        threads: int | None = None,
        hard_delete: bool = False,
    ) -> None:
        self.hard_delete: bool = checked_flag(hard_delete, "hard_delete")
        super().__init__(path, memory_limit=memory_limit, threads=threads)

    def prepare(self, table: Table[Any], site: str, /) -> TableState:
        with self._transaction():
            check_site(self._db, self.path, site)
            if self._state(table) is None:
                self._make(table)
            check_conditions(self._db, self.path, table)
            self._follow_schema(table)
            write_labels(self._db, table)
            self._write_views(table)
            state = self._state(table)
        if state is not None and state.run is not None and state.run.parts:
            self._in_parts = {*self._in_parts, table.name}
        assert state is not None  # noqa: S101 - made above
        return state

    def begin(self, table: Table[Any], run: Run, /) -> None:
        with self._transaction():
            drop(self._db, stage_of(table))
            self._db.execute(f"CREATE TABLE {stage_of(table)} AS SELECT * FROM {quoted(table.name)} LIMIT 0")
            self._set(table, run=run.kind.value, low=run.low, high=run.high, after_id=None)
            self._db.execute("DELETE FROM _wf_part WHERE table_name = ?", [table.name])
            self._clocks = {**self._clocks, table.name: run.clock}
            self._in_parts = {*self._in_parts - {table.name}, *([table.name] if run.parts else ())}
            for part in run.parts:
                self._db.execute(
                    "INSERT INTO _wf_part VALUES (?, ?, ?, ?)", [table.name, part.above, part.upto, part.after_id]
                )

    def append(self, table: Table[Any], rows: pa.RecordBatch, after_id: str, /) -> None:
        with self._transaction():
            at = self._reading_time(table)
            self._insert(stage_of(table), table, rows, at)
            self._db.execute(
                "UPDATE _wf_state SET after_id = ?, read_at = ?, pages = pages + 1, rows_read = rows_read + ? "
                "WHERE table_name = ?",
                [after_id, at, rows.num_rows, table.name],
            )
            if table.name in self._in_parts:
                self._db.execute(
                    "UPDATE _wf_part SET after_id = $id WHERE table_name = $name "
                    "AND (above IS NULL OR $id > above) AND (upto IS NULL OR $id <= upto)",
                    {"id": after_id, "name": table.name},
                )

    def finish(self, table: Table[Any], /) -> Merged:
        with self._transaction():
            kind = self._one("SELECT run FROM _wf_state WHERE table_name = ?", table.name)
            if kind == RunKind.FULL:
                check_ids(self._db, self.path, table)
                self._note_unseen(table)
            ((read, aside),) = self._db.execute(f"SELECT count(*), count(_wf_extra) FROM {stage_of(table)}").fetchall()
            merged = merge_stage(self._db, table, self._clocks.get(table.name))
            if read:
                came = f"{read} read, {merged.added} new, {merged.changed} changed, {aside} with a value in _wf_extra"
                self._log(table, "run", kind, came)
            self._db.execute(
                "UPDATE _wf_state SET cursor = high, run = NULL, low = NULL, high = NULL, after_id = NULL, "
                "must_read_all = NULL, runs = runs + 1, late_max = greatest(late_max, ?), "
                "swept_at = CASE WHEN run = ? THEN high ELSE swept_at END WHERE table_name = ?",
                [merged.late.total_seconds(), RunKind.FULL, table.name],
            )
            self._db.execute("DELETE FROM _wf_part WHERE table_name = ?", [table.name])
        return merged

    def compare(self, table: Table[Any], rows: pa.RecordBatch | None, /) -> None:
        with self._transaction():
            names = list(columns_of(table.look_schema.arrow))[:-1]
            if rows is None:
                source = f"SELECT {listed(names)} FROM {quoted(table.name)} LIMIT 0"
                self._db.execute(f"CREATE OR REPLACE TEMP TABLE _wf_seen AS {source}")
            else:
                self._with(rows.select(names), f"INSERT INTO _wf_seen SELECT {listed(names)} FROM _wf_rows")

    def differences(self, table: Table[Any], at: datetime, /) -> int:
        names = list(columns_of(table.look_schema.arrow))[:-1]
        same = " AND ".join(f"t.{quoted(name)} IS NOT DISTINCT FROM s.{quoted(name)}" for name in names)
        with self._transaction():
            self._db.execute("UPDATE _wf_check SET missing = false WHERE table_name = ?", [table.name])
            self._note(
                table,
                f"SELECT COALESCE(s.ID, t.ID) AS ID FROM _wf_seen s FULL JOIN (SELECT {listed(names)} "
                f"FROM {quoted(table.name)} WHERE {GONE_AT} IS NULL) t ON s.ID = t.ID "
                f"WHERE s.ID IS NULL OR t.ID IS NULL OR NOT ({same})",
            )
            self._db.execute("DROP TABLE _wf_seen")
            check_ids(self._db, self.path, table)
            self._set(table, swept_at=at)
            return self._count("_wf_check", table)

    def to_read_again(self, table: Table[Any], number: int, /) -> Sequence[str]:
        wanted = "SELECT ID FROM _wf_check WHERE table_name = ? AND NOT missing ORDER BY ID LIMIT ?"
        with self._transaction():
            return [row[0] for row in self._db.execute(wanted, [table.name, number]).fetchall()]

    def read_again(self, table: Table[Any], ids: Sequence[str], /) -> None:
        with self._transaction():
            named = pa.table({"ID": pa.array(list(dict.fromkeys(ids)), pa.string())})
            self._register(named)
            self._note(table, "SELECT ID FROM _wf_rows")

    def read_again_under(self, table: Table[Any], column: str, parents: Sequence[str], /) -> None:
        with self._transaction():
            self._register(pa.table({"ID": pa.array(list(parents), pa.string())}))
            under = f"{quoted(column)} IN (SELECT ID FROM _wf_rows)"
            self._note(table, f"SELECT ID FROM {quoted(table.name)} WHERE {self._unseen(table)} AND {under}")

    def replace(self, table: Table[Any], asked: Sequence[str], rows: pa.RecordBatch, /) -> Merged:
        with self._transaction():
            at = self._reading_time(table)
            empty = f"SELECT * FROM {quoted(table.name)} LIMIT 0"
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE _wf_fresh AS {empty}")
            self._insert("_wf_fresh", table, rows, at)
            self._set(table, read_at=at)
            merged = merge(self._db, table, "_wf_fresh")
            self._settle(table, asked)
        return merged

    def mark_gone(self, table: Table[Any], at: datetime, at_most: int | None, /) -> tuple[Merged, int]:
        with self._transaction():
            number = self._count("_wf_check", table, "missing")
            if at_most is not None and number > at_most:
                return Merged(), number
            self._part_with_missing(table, at)
        return Merged(gone=number), 0

    def alive(self, table: Table[Any], /) -> int:
        with self._transaction():
            return int(self._one(f"SELECT count(*) FROM {quoted(table.name)} WHERE {GONE_AT} IS NULL"))

    def reset(self, table: Table[Any], /) -> None:
        """Drops the table, or what took its place, and forgets how far it had come: the next run reads every row."""
        with self._transaction():
            drop_views(self._db, table)
            drop(self._db, quoted(table.name))
            drop(self._db, stage_of(table))
            for name in ("_wf_state", "_wf_part", "_wf_check"):
                self._db.execute(f"DELETE FROM {name} WHERE table_name = ?", [table.name])

    def to_parquet(self, table: str, path: str | Path, *, partition_by: Sequence[str] = (), gone: bool = False) -> int:
        """Writes a table as a Parquet file, or in parts as a folder, which replaces the one before when it is whole.

        Args:
            table: its name, such as ``wf_task``.
            path: the file, or the folder, whose parent exists.
            partition_by: columns by whose values the rows are parted: ``status=CUR/data_0.parquet``.
            gone: whether rows that are marked as gone are written too.

        Returns:
            The number of rows.

        Raises:
            QueryError: there is no such table or column, or the path is something else.
            SyncError: it could not be written; what was there before is still there.
        """
        if path_text(path) is None:
            raise QueryError(f"A table goes to the path of a file, not to {described(path)}.", hint="Write a Path.")
        return write_parquet(self._db, table, Path(path), partition_by, gone=gone)

    def _make(self, table: Table[Any]) -> None:
        if self._one("SELECT count(*) FROM duckdb_columns() WHERE table_name = ?", table.name):
            raise SyncError(
                f"{self.path} has a table {table.name} already, and nothing says how far it has come.",
                hint=f"Take it away, or start over: workfront sync reset {table.obj_code}.",
            )
        columns = {**columns_of(table.schema.arrow), **OWN}
        spelt = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items())
        self._db.execute(f"CREATE TABLE {quoted(table.name)} ({spelt})")
        self._db.execute(
            "INSERT INTO _wf_state (table_name, object, conditions, columns, late_max, runs, pages, rows_read) "
            "VALUES (?, ?, ?, ?, 0, 0, 0, 0)",
            [table.name, table.obj_code, table.conditions, json.dumps(columns)],
        )

    def _follow_schema(self, table: Table[Any]) -> None:
        """Adds and sets aside columns until the table takes the rows; a run under way is begun anew then."""
        present = checked_columns(self._db, self.path, table)
        changes = [*drift(present, {**columns_of(table.schema.arrow), **OWN})]
        for change in changes:
            self._apply(table, change)
        if why := read_whole_for(changes):
            self._set(table, run=None, after_id=None, must_read_all=why)

    def _apply(self, table: Table[Any], change: Added | Retyped | Dropped) -> None:
        name = quoted(table.name)
        if isinstance(change, Dropped):
            self._log(table, "no longer asked for", change.name, "the column stays as it is", once=True)
            return
        if isinstance(change, Retyped):
            self._db.execute(f"ALTER TABLE {name} RENAME COLUMN {quoted(change.name)} TO {quoted(change.kept_as)}")
            self._log(table, "another type", change.name, f"{change.before} is kept as {change.kept_as}")
            if change.taken_up is not None:
                taken_up = quoted(change.taken_up)
                self._db.execute(f"ALTER TABLE {name} RENAME COLUMN {taken_up} TO {quoted(change.name)}")
                return
        self._db.execute(f"ALTER TABLE {name} ADD COLUMN {quoted(change.name)} {change.kind}")
        self._log(table, "column added", change.name, change.kind)

    def _write_views(self, table: Table[Any]) -> None:
        """Makes the views of the tables seen so far; each may refer to the others."""
        self._prepared = {**self._prepared, table.name: table}
        for each in write_views(self._db, self._prepared.values()):
            self._log(each, "view not made", view_name(each.name), "something of yours has the name", once=True)

    def _note_unseen(self, table: Table[Any]) -> None:
        """Notes rows that a run over every row did not find; they are read again by their ID before they count as
        gone.
        """
        self._note(table, f"SELECT ID FROM {quoted(table.name)} WHERE {self._unseen(table)}")

    def _unseen(self, table: Table[Any]) -> str:
        return f"{GONE_AT} IS NULL AND ID NOT IN (SELECT ID FROM {stage_of(table)})"

    def _part_with_missing(self, table: Table[Any], at: datetime) -> None:
        """Marks or deletes the missing rows. A run under way may have read them before: the later reading holds."""
        name, missing = quoted(table.name), "ID IN (SELECT ID FROM _wf_check WHERE table_name = ? AND missing)"
        if self._has(stage_of(table)):
            self._db.execute(f"DELETE FROM {stage_of(table)} WHERE {missing}", [table.name])
        if self.hard_delete:
            self._db.execute(f"DELETE FROM {name} WHERE {GONE_AT} IS NOT NULL OR {missing}", [table.name])
        else:
            self._db.execute(f"UPDATE {name} SET {GONE_AT} = ? WHERE {GONE_AT} IS NULL AND {missing}", [at, table.name])
        self._db.execute("DELETE FROM _wf_check WHERE table_name = ? AND missing", [table.name])

    def _settle(self, table: Table[Any], asked: Sequence[str]) -> None:
        """Takes the rows that came off the list; those that did not are missing, if we have them at all."""
        self._register(pa.table({"ID": pa.array(list(asked), pa.string())}))
        here = f"SELECT ID FROM {quoted(table.name)} WHERE {GONE_AT} IS NULL"
        among = "table_name = ? AND ID IN (SELECT ID FROM _wf_rows)"
        absent = f"ID NOT IN (SELECT ID FROM _wf_fresh) AND ID IN ({here})"
        self._db.execute(f"UPDATE _wf_check SET missing = true WHERE {among} AND {absent}", [table.name])
        self._db.execute(f"DELETE FROM _wf_check WHERE {among} AND NOT missing", [table.name])

    def _note(self, table: Table[Any], source: str) -> None:
        known = "SELECT ID FROM _wf_check WHERE table_name = ?"
        self._db.execute(
            f"INSERT INTO _wf_check SELECT ?, ID, false FROM ({source}) WHERE ID NOT IN ({known})",
            [table.name, table.name],
        )

    def _insert(self, into: str, table: Table[Any], rows: pa.RecordBatch, at: datetime) -> None:
        columns = list(columns_of(table.schema.arrow))
        renamed = pa.Table.from_batches([rows]).rename_columns(columns)
        self._register(renamed)
        self._db.execute(
            f"INSERT INTO {into} ({listed(columns)}, {READ_AT}) SELECT {listed(columns)}, ? FROM _wf_rows", [at]
        )

    def _reading_time(self, table: Table[Any]) -> datetime:
        """Returns now, or just after the reading before, should the machine's clock have been set back."""
        before = self._read_at.get(table.name)
        if before is None:
            stored = self._one("SELECT epoch_us(read_at) FROM _wf_state WHERE table_name = ?", table.name)
            before = datetime.min.replace(tzinfo=UTC) if stored is None else _moment(stored)
        found = max(datetime.now(UTC), before + timedelta(microseconds=1))
        self._read_at = {**self._read_at, table.name: found}
        return found

    def _state(self, table: Table[Any]) -> TableState | None:
        rows = self._db.execute(_STATE, [table.name]).fetchall()
        if not rows:
            return None
        cursor, run, low, high, after_id, late_max, must_read_all, swept_at = rows[0]
        return TableState(
            cursor=None if cursor is None else _moment(cursor),
            run=self._run(table, run, low, high, after_id),
            late_max=timedelta(seconds=late_max or 0.0),
            must_read_all=must_read_all,
            swept_at=None if swept_at is None else _moment(swept_at),
            waits=self._count("_wf_check", table),
            missing=self._count("_wf_check", table, "missing"),
        )

    def _run(
        self, table: Table[Any], kind: str | None, low: str | None, high: int | None, after_id: str | None
    ) -> Run | None:
        if kind is None:
            return None
        if high is None or not is_run(kind, low) or not self._has(stage_of(table)):
            raise altered_run(self.path, table)
        return Run(RunKind(kind), low, _moment(high), after_id, self._parts(table))

    def _has(self, table: str) -> bool:
        return bool(self._one("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", table.strip('"')))

    def _parts(self, table: Table[Any]) -> tuple[Part, ...]:
        found = self._db.execute(
            "SELECT above, upto, after_id FROM _wf_part WHERE table_name = ? ORDER BY above NULLS FIRST", [table.name]
        )
        return tuple(Part(*row) for row in found.fetchall())

    def _set(self, table: Table[Any], **members: object) -> None:
        spelt = ", ".join(f"{name} = ?" for name in members)
        self._db.execute(f"UPDATE _wf_state SET {spelt} WHERE table_name = ?", [*members.values(), table.name])

    def _log(self, table: Table[Any], what: str, name: str, note: str, *, once: bool = False) -> None:
        known = self._one(
            "SELECT count(*) FROM _wf_log WHERE table_name = ? AND what = ? AND name = ?", table.name, what, name
        )
        if not (once and known):
            self._db.execute("INSERT INTO _wf_log VALUES (now(), ?, ?, ?, ?)", [table.name, what, name, note])

    def _count(self, name: str, table: Table[Any], test: str = "true") -> int:
        return int(self._one(f"SELECT count(*) FROM {name} WHERE table_name = ? AND {test}", table.name))


def _moment(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
