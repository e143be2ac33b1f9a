"""Tables of a DuckDB file as Parquet: whole or in parts, and swapped when they are written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.engine.sync.still_server import StillServer
from workfront_client.v22 import Task
from workfront_core import QueryError
from workfront_core.sync import DuckDB, Sync, SyncError, Table

TASKS = Table(Task, fields=["name", "status", "percentComplete", "plannedStartDate"])


@pytest.fixture
def server() -> StillServer:
    made = StillServer()
    for number, status in enumerate(["NEW", "INP", "CPL", None, "INP", "A/B =%"]):
        made.put(
            f"{number:032x}", name=f"Task {number}", status=status, plannedStartDate="2026-05-18T17:00:00:000-0600"
        )
    return made


@pytest.fixture
def target(tmp_path: Path, server: StillServer) -> Iterator[DuckDB]:
    with DuckDB(tmp_path / "acme.duckdb") as made:
        Sync(server, made, [TASKS], most_gone=1.0).run()
        yield made


def read(folder: Path) -> list[tuple[str, str | None]]:
    pattern = f"{folder}/**/*.parquet"
    with duckdb.connect() as db:
        found = db.execute(f"SELECT ID, status FROM read_parquet('{pattern}', hive_partitioning = true) ORDER BY ID")
        return found.fetchall()


def stored(server: StillServer) -> list[tuple[str, str | None]]:
    return [(row_id, row["status"]) for row_id, row in sorted(server.rows.items())]  # type: ignore[misc]


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".wal")


def test_a_table_is_one_file(target: DuckDB, tmp_path: Path) -> None:
    assert target.to_parquet("wf_task", tmp_path / "tasks.parquet") == 6
    table = pq.read_table(tmp_path / "tasks.parquet")
    assert table.num_rows == 6
    assert str(table.schema.field("plannedStartDate").type).startswith("timestamp[us, tz=")


def test_or_a_folder_in_parts_by_the_values_of_columns(target: DuckDB, server: StillServer, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    assert target.to_parquet("wf_task", lake, partition_by=["status"]) == 6
    assert (lake / "status=INP").is_dir()
    assert read(lake) == stored(server)


def test_a_folder_is_swapped_whole_so_that_nothing_of_the_one_before_is_left(
    target: DuckDB, server: StillServer, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    target.to_parquet("wf_task", lake, partition_by=["status"])
    for row_id in list(server.rows)[:3]:
        del server.rows[row_id]
    sync = Sync(server, target, [TASKS], most_gone=1.0)
    sync.sweep()
    assert target.to_parquet("wf_task", lake, partition_by=["status"]) == 3
    assert read(lake) == stored(server)
    assert target.to_parquet("wf_task", lake, partition_by=["status"], gone=True) == 6
    assert left(tmp_path) == ["acme.duckdb", "lake"]


def test_a_table_without_rows_is_a_folder_without_parts(target: DuckDB, server: StillServer, tmp_path: Path) -> None:
    server.rows.clear()
    Sync(server, target, [TASKS], most_gone=1.0).sweep()
    assert target.to_parquet("wf_task", tmp_path / "lake", partition_by=["status"]) == 0
    assert (tmp_path / "lake").is_dir()


def test_your_own_tables_and_views_can_be_written(target: DuckDB, tmp_path: Path) -> None:
    target.connection.execute("CREATE VIEW started AS SELECT name, status FROM wf_task WHERE status = 'INP'")
    assert target.to_parquet("started", tmp_path / "it's.parquet") == 2


@pytest.mark.parametrize(
    ("table", "name", "options", "said"),
    [
        ("wf_tasks", "a.parquet", {}, "no table wf_tasks"),
        ("wf_task", "lake", {"partition_by": ["statsu"]}, "no column statsu"),
        ("wf_task", "lake", {"partition_by": "status"}, "takes a list"),
        ("wf_task", "no/lake", {}, "does not exist"),
        ("wf_task", "folder", {}, "is a folder already"),
        ("wf_task", "acme.duckdb", {"partition_by": ["status"]}, "is a file already"),
        ("wf_task", "folder", {"partition_by": ["status"]}, "beside Parquet files"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_touched(
    target: DuckDB, tmp_path: Path, table: str, name: str, options: dict[str, Any], said: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("mine")
    with pytest.raises(QueryError, match=said):
        target.to_parquet(table, tmp_path / name, **options)
    assert (tmp_path / "folder" / "notes.txt").read_text() == "mine"
    assert left(tmp_path) == ["acme.duckdb", "folder"]


def test_what_cannot_be_written_leaves_the_folder_before_as_it_was(target: DuckDB, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    target.to_parquet("wf_task", lake, partition_by=["status"])
    before = read(lake)
    target.connection.execute("CREATE VIEW bad AS SELECT status, CAST(name AS INTEGER) AS n FROM wf_task")
    with pytest.raises(SyncError, match="could not be written"):
        target.to_parquet("bad", lake, partition_by=["status"])
    assert read(lake) == before
    assert left(tmp_path) == ["acme.duckdb", "lake"]


@pytest.mark.parametrize("parts", [[], ["status"]])
def test_columns_have_labels_in_the_file_and_in_what_is_written(
    target: DuckDB, tmp_path: Path, parts: list[str]
) -> None:
    """Those of the first load, which puts its stage in place of the table, and a comment of a person's own."""
    comments = "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'wf_task'"
    assert dict(target.connection.execute(comments).fetchall())["name"] == "Name"
    target.connection.execute("COMMENT ON COLUMN wf_task.name IS 'a person''s own'")
    target.prepare(TASKS, "https://acme.example")
    target.to_parquet("wf_task", tmp_path / "out", partition_by=parts)
    place = tmp_path / "out"
    file = next(place.rglob("*.parquet")) if parts else place
    found = {field.name: (field.metadata or {}).get(b"workfront:label") for field in pq.read_schema(file)}
    assert found == {
        "ID": b"ID", "name": b"a person's own", "percentComplete": b"Percent Complete", "_wf_extra": None,
        "plannedStartDate": b"Planned Start Date", "lastUpdateDate": b"Last Update Date", "_wf_read_at": None,
        "_wf_gone_at": None, **({} if parts else {"status": b"Status"}),
    }  # fmt: skip
    kinds = {field.name: str(field.type) for field in pq.read_schema(file)}
    assert kinds["plannedStartDate"] == "timestamp[us, tz=UTC]"
    assert (
        sum(pq.ParquetFile(one).metadata.num_rows for one in ([*place.rglob("*.parquet")] if parts else [place])) == 6
    )
