"""Tables of the rows that meet conditions: rows leave them without a stamp, and a run finds that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workfront_client.v22 import Task, Workfront
from workfront_core.sync import DuckDB, Sync, Table
from workfront_testing import in_process

PROJECT = "1a" * 16
ROWS = {
    "PROJ": [{"ID": PROJECT, "name": "Site"}],
    "TASK": [{"ID": f"{n:032x}", "name": f"T{n}", "status": "INP", "projectID": PROJECT} for n in range(1, 7)],
}
OPEN = [Task.f.status == "INP"]
FIELDS = ["name", "status"]


@pytest.fixture(scope="module")
def kit() -> Iterator[Any]:
    with in_process(ROWS) as found:
        yield found


def there(target: DuckDB) -> list[str]:
    rows = target.connection.execute("SELECT name FROM wf_task WHERE _wf_gone_at IS NULL ORDER BY name").fetchall()
    return [name for (name,) in rows]


def status(kit: Any, number: int, code: str) -> None:
    kit.sandbox.tenant.change_quietly("TASK", f"{number:032x}", {"status": code})


def test_rows_that_cease_to_meet_them_are_gone_after_the_next_run(kit: Any, tmp_path: Path) -> None:
    with kit.client(Workfront) as wf, DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(wf, target, [Table(Task, fields=FIELDS, where=OPEN)])
        assert sync.run()["wf_task"].warnings == ()
        wf.task.update(f"{1:032x}", status="CPL")
        status(kit, 2, "CPL")
        done = sync.run()["wf_task"]
        assert (done.kind, done.gone, there(target)) == ("changes", 2, ["T3", "T4", "T5", "T6"])
        status(kit, 2, "INP")
        assert (sync.run()["wf_task"].gone, there(target)) == (0, ["T2", "T3", "T4", "T5", "T6"])


def test_that_may_be_left_to_sweeps_which_is_said(kit: Any, tmp_path: Path) -> None:
    with kit.client(Workfront) as wf, DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(wf, target, [Table(Task, fields=FIELDS, where=OPEN, sweep=False)])
        (warning,) = sync.run()["wf_task"].warnings
        assert "a sweep alone" in warning
        status(kit, 6, "CPL")
        assert (sync.run()["wf_task"].gone, "T6" in there(target)) == (0, True)
        assert (sync.sweep()["wf_task"].gone, "T6" in there(target)) == (1, False)


def test_tables_without_conditions_are_not_swept_by_runs(kit: Any, tmp_path: Path) -> None:
    with kit.client(Workfront) as wf, DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(wf, target, [Table(Task, fields=FIELDS)])
        sync.run()
        status(kit, 5, "CPL")
        assert [sync.run()["wf_task"].changed, sync.sweep()["wf_task"].changed] == [0, 0]
        assert sync.run(full=True)["wf_task"].changed == 1
