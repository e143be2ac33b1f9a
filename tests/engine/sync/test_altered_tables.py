"""Tables of a file that someone altered: mended, or told in one line; never wrong in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.sync.still_server import StillServer
from tests.engine.sync.task_table import TASKS, names
from workfront_client.v22 import Task
from workfront_core.sync import DuckDB, Sync, SyncError, Table


def test_a_table_that_was_dropped(target: DuckDB) -> None:
    sync = Sync(StillServer("a"), target, [TASKS])
    sync.run()
    target.connection.execute("DROP TABLE wf_task")
    with pytest.raises(SyncError, match="was dropped"):
        sync.run()


@pytest.mark.parametrize(
    "alteration",
    [
        "ALTER TABLE wf_task DROP COLUMN ID",
        "ALTER TABLE wf_task RENAME COLUMN ID TO key",
        "ALTER TABLE wf_task ALTER ID TYPE VARCHAR[] USING [ID]",
        "CREATE OR REPLACE TABLE wf_task AS SELECT 1 AS x",
        "ALTER TABLE wf_task RENAME TO mine; CREATE VIEW wf_task AS SELECT * FROM mine",
        "DROP TABLE _wf_state",
        "DELETE FROM _wf_state",
        "UPDATE _wf_state SET run = 'half'",
        "UPDATE _wf_state SET run = 'full'",
        "UPDATE _wf_state SET run = 'changes', high = now()",
        "UPDATE _wf_state SET run = 'full', high = now()",
    ],
)
def test_a_table_that_someone_altered_past_recognition(file: Path, alteration: str) -> None:
    server = StillServer("a")
    with DuckDB(file) as target:
        Sync(server, target, [TASKS]).run()
        target.connection.execute(alteration)
    with DuckDB(file) as target:
        with pytest.raises(SyncError, match=r"was altered|nothing says how far") as raised:
            Sync(server, target, [TASKS]).run()
        assert "sync reset TASK" in str(raised.value.hint)
        target.reset(TASKS)
        Sync(server, target, [TASKS]).run()
        assert names(target) == ["a"]


def test_a_view_in_the_place_of_the_rows_that_wait_is_dropped(target: DuckDB) -> None:
    sync = Sync(StillServer("a"), target, [TASKS])
    sync.run()
    for again in (lambda: sync.run(full=True), lambda: target.reset(TASKS), sync.run):
        target.connection.execute("CREATE OR REPLACE VIEW _wf_stage_task AS SELECT 1 AS x")
        again()
    assert names(target) == ["a"]


@pytest.mark.parametrize(
    ("alteration", "said"),
    [
        ("INSERT INTO wf_task SELECT * FROM wf_task", f"the row {0:032x} is there twice"),
        ("INSERT INTO wf_task (name) VALUES ('mine')", "a row has no ID"),
    ],
)
@pytest.mark.parametrize("full", [True, False])
def test_rows_that_no_sync_wrote_are_found_where_all_are_looked_at(
    target: DuckDB, alteration: str, said: str, full: bool
) -> None:
    sync = Sync(StillServer("a", "b"), target, [TASKS])
    sync.run()
    target.connection.execute(alteration)
    with pytest.raises(SyncError, match=said):
        _ = sync.run(full=True) if full else sync.sweep()
    target.reset(TASKS)
    sync.run()
    assert names(target) == ["a", "b"]


@pytest.mark.parametrize("table", ["_wf_site", "_wf_state", "_wf_part", "_wf_check", "_wf_log"])
def test_tables_of_our_own_that_someone_altered_are_told_in_one_line(file: Path, table: str) -> None:
    server = StillServer("a", "b")
    with DuckDB(file) as target:
        Sync(server, target, [TASKS]).run()
        target.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT 1 AS x")
    with DuckDB(file) as target:
        wider = Table(Task, fields=["name", "percentComplete", "status"])  # a column to be noted in the log
        with pytest.raises(SyncError, match="altered") as raised:
            Sync(server, target, [wider]).run(full=True)
        assert "\n" not in raised.value.message
        assert names(target) == ["a", "b"]


@pytest.mark.parametrize(
    "alteration",
    [
        "ALTER TABLE wf_task DROP COLUMN name",
        "ALTER TABLE wf_task ADD COLUMN note VARCHAR",
        "ALTER TABLE wf_task DROP COLUMN _wf_read_at",
        "ALTER TABLE wf_task DROP COLUMN _wf_gone_at",
        "DELETE FROM wf_task",
        "UPDATE wf_task SET name = 'mine', percentComplete = 3",
        "DROP TABLE _wf_check",
    ],
)
def test_other_alterations_are_mended(file: Path, alteration: str) -> None:
    server = StillServer("a", "b")
    with DuckDB(file) as target:
        Sync(server, target, [TASKS]).run()
        target.connection.execute(alteration)
    with DuckDB(file) as target:
        sync = Sync(server, target, [TASKS])
        sync.run(full=True)
        sync.sweep()
        assert names(target) == ["a", "b"]


def test_columns_that_no_run_fills_keep_their_values(file: Path) -> None:
    """Somebody's own, one of another type, and one that is not asked for any more."""
    server = StillServer("a", "b")
    with DuckDB(file) as target:
        Sync(server, target, [TASKS]).run()
        target.connection.execute("UPDATE wf_task SET percentComplete = 7")
        target.connection.execute("ALTER TABLE wf_task ALTER percentComplete TYPE VARCHAR")
        target.connection.execute("ALTER TABLE wf_task ADD COLUMN note VARCHAR DEFAULT 'mine'")
    with DuckDB(file) as target:
        Sync(server, target, [TASKS]).run()
        Sync(server, target, [Table(Task, fields=["percentComplete"])]).run()
        server.put(f"{0:032x}", name="A", percentComplete=50.0)
        server.put(f"{2:032x}", name="c", percentComplete=0.0)
        sync = Sync(server, target, [Table(Task, fields=["percentComplete"])])
        assert (sync.run()["wf_task"].changed, sync.sweep()["wf_task"].changed) == (1, 0)
        columns = "name, percentComplete, percentComplete__varchar, note"
        assert target.connection.execute(f"SELECT {columns} FROM wf_task ORDER BY ID").fetchall() == [
            ("a", 50.0, "7.0", "mine"),
            ("b", 0.0, "7.0", "mine"),
            (None, 0.0, None, None),
        ]
