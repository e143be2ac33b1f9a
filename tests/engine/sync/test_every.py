"""Tables that are read less often than others, and assignments, which are read by the tasks that changed in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.sync.still_server import StillServer
from tests.engine.sync.task_table import TASKS, names
from workfront_client.v22 import Assignment, Issue, Project, Task, Workfront
from workfront_core.sync import DuckDB, Sync, Table
from workfront_testing import in_process

PROJECT, TASK, OTHER, ISSUE = (digit * 32 for digit in "abcd")
ROWS = {
    "PROJ": [{"ID": PROJECT, "name": "Site"}],
    "TASK": [{"ID": TASK, "name": "T", "projectID": PROJECT}, {"ID": OTHER, "name": "U", "projectID": PROJECT}],
    "OPTASK": [{"ID": ISSUE, "name": "I", "projectID": PROJECT}],
    "ASSGN": [
        {"ID": f"{number:032x}", "taskID": task, "opTaskID": issue, "projectID": PROJECT, "workRequired": 60}
        for number, (task, issue) in enumerate([(TASK, None), (TASK, None), (OTHER, None), (None, ISSUE)], start=1)
    ],
}
DAILY = Table(Assignment, fields=["workRequired"], every=timedelta(days=1))


@pytest.fixture
def kit() -> Iterator[Any]:
    with in_process(ROWS) as found:
        yield found


def kept(target: DuckDB) -> dict[int, Any]:
    found = "SELECT ID, workRequired FROM wf_assignment WHERE _wf_gone_at IS NULL ORDER BY ID"
    return {int(row_id, 16): work for row_id, work in target.connection.execute(found).fetchall()}


def later(kit: Any, **time: int) -> None:
    kit.sandbox.advance(timedelta(**time))


def test_a_table_is_read_where_its_latest_run_is_long_enough_ago(target: DuckDB) -> None:
    server = StillServer("a")
    sync = Sync(server, target, [Table(Task, fields=["name"], every=timedelta(minutes=10)), Table(Issue, fields=[])])
    sync.run()
    server.put(f"{0:032x}", name="b")
    early = sync.run()
    assert (early["wf_task"].kind, early["wf_task"].calls, early["wf_issue"].kind) == (None, 0, "changes")
    assert names(target) == ["a"]
    server.now += timedelta(minutes=10)
    assert (sync.run()["wf_task"].changed, names(target)) == (1, ["b"])


@pytest.mark.parametrize("asked", [{"now": True}, {"full": True}])
def test_or_where_that_is_asked_for(target: DuckDB, asked: Any) -> None:
    server = StillServer("a")
    sync = Sync(server, target, [Table(Task, fields=["name"], every=timedelta(days=1))])
    sync.run()
    server.put(f"{0:032x}", name="b")
    assert sync.run(**asked)["wf_task"].changed == 1


def test_or_where_something_is_left_to_be_done(target: DuckDB) -> None:
    server = StillServer(*map(str, range(4)))
    daily = Table(Task, fields=["name"], every=timedelta(days=1))
    sync = Sync(server, target, [daily], page_size=2)
    sync.run()
    whole, calls = server.send, iter(range(100))

    def lost(request: Any) -> Any:
        if next(calls):
            raise ConnectionError
        return whole(request)

    server.send = lost  # type: ignore[method-assign]
    with pytest.raises(ConnectionError):
        sync.run(full=True)
    server.send = whole  # type: ignore[method-assign]
    server.put(f"{3:032x}", name="b")
    assert sync.run()["wf_task"].changed == 1
    assert sync.run()["wf_task"].calls == 0


def test_between_two_whole_reads_assignments_come_by_the_tasks_and_issues_that_changed(
    kit: Any, tmp_path: Path
) -> None:
    rows = kit.sandbox.tenant
    with kit.client(Workfront) as wf, DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(wf, target, [DAILY])
        first = sync.run()["wf_assignment"]
        assert (first.kind, kept(target)) == ("full", {1: 60, 2: 60, 3: 60, 4: 60})
        assert "without its task or opTask is seen by the next run that reads all, after 1 day" in first.warnings[0]
        later(kit, hours=1)
        assert (sync.run()["wf_assignment"].read, sync.run()["wf_assignment"].calls) == (0, 3)
        for number in (1, 3, 4):
            rows.change_quietly("ASSGN", f"{number:032x}", {"workRequired": 90})
        rows.sight.hide("ASSGN", f"{2:032x}")
        wf.task.update(TASK, name="T2")
        wf.issue.update(ISSUE, name="I2")
        done = sync.run()["wf_assignment"]
        assert (done.kind, done.changed, done.gone) == ("changes", 2, 1)
        assert kept(target) == {1: 90, 3: 60, 4: 90}  # nothing told of the third
        later(kit, days=1)
        assert (sync.run()["wf_assignment"].kind, kept(target)) == ("full", {1: 90, 3: 90, 4: 90})


def test_an_assignment_that_moved_to_another_task_is_not_taken_for_gone(kit: Any, tmp_path: Path) -> None:
    with kit.client(Workfront) as wf, DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(wf, target, [DAILY])
        sync.run()
        later(kit, hours=1)
        kit.sandbox.tenant.change_quietly("ASSGN", f"{1:032x}", {"taskID": OTHER, "workRequired": 75})
        wf.task.update(TASK, name="T2")
        done = sync.run()["wf_assignment"]
        assert (done.gone, kept(target)) == (0, {1: 75, 2: 60, 3: 60, 4: 60})


def test_without_a_time_every_run_reads_all_assignments(kit: Any, tmp_path: Path) -> None:
    with kit.client(Workfront) as wf, DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(wf, target, [Table(Assignment, fields=["workRequired"])])
        assert [sync.run()["wf_assignment"].kind for _ in range(2)] == ["full", "full"]


class SlowFirst(DuckDB):
    """A file whose first table takes ten minutes."""

    def _reading_time(self, table: Table[Any]) -> datetime:
        return super()._reading_time(table) + (timedelta(minutes=10) if table.name == "wf_task" else timedelta())


def test_rows_changed_while_another_table_was_read_are_not_taken_for_stamped_ahead(file: Path) -> None:
    server = StillServer("a")
    whole = server.send

    def send(request: Any) -> Any:
        page = whole(request)
        if request.path.startswith("PROJ") and server.rows[f"{0:032x}"]["name"] == "a":
            server.now += timedelta(minutes=9)
            server.put(f"{0:032x}", name="b")
        return page

    server.send = send  # type: ignore[method-assign]
    with SlowFirst(file) as target:
        result = Sync(server, target, [Table(Project, fields=["name"]), TASKS]).run()
    assert result["wf_task"].warnings == ()
