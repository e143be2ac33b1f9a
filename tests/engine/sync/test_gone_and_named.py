"""Rows that are gone, marked or deleted, and the views that name what rows refer to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.sync.still_server import StillServer
from tests.engine.sync.task_table import TASKS, names
from workfront_client.v22 import Project, Task
from workfront_core import QueryError
from workfront_core.sync import DuckDB, Sync, Table

KEPT = Table(Task, fields=["name", "projectID", "parentID"])
PROJECTS = Table(Project, fields=["name"])
FIRST, SECOND = f"{0:032x}", f"{1:032x}"


def rows(target: DuckDB, statement: str) -> list[Any]:
    return target.connection.execute(statement).fetchall()


@pytest.mark.parametrize("by_refresh", [True, False])
def test_gone_rows_are_deleted_where_that_is_asked_for(file: Path, by_refresh: bool) -> None:
    server = StillServer("a", "b", "c")
    with DuckDB(file) as target:
        sync = Sync(server, target, [TASKS])
        sync.run()
        del server.rows[FIRST]
        sync.sweep()
    del server.rows[SECOND]
    with DuckDB(file, hard_delete=True) as target:
        sync = Sync(server, target, [TASKS])
        done = sync.refresh(Task, [SECOND]) if by_refresh else sync.sweep()["wf_task"]
        assert done.gone == 1
        assert names(target, "true") == ["c"]  # the row that was marked before went, too


@pytest.mark.parametrize("hard_delete", [True, False])
def test_a_row_found_gone_while_a_run_waits_to_be_ended_stays_gone(file: Path, hard_delete: bool) -> None:
    server = StillServer(*map(str, range(6)))
    with DuckDB(file, hard_delete=hard_delete) as target:
        sync = Sync(server, target, [TASKS], page_size=2)
        sync.run()
        whole, calls = server.send, iter(range(100))

        def lost(request: Any) -> Any:
            if next(calls) == 2:
                raise ConnectionError
            return whole(request)

        server.send = lost  # type: ignore[method-assign]
        with pytest.raises(ConnectionError):
            sync.run(full=True)
        server.send = whole  # type: ignore[method-assign]
        del server.rows[FIRST]  # which the run has read
        assert sync.refresh(Task, [FIRST]).gone == 1
        sync.run()
        assert names(target) == ["1", "2", "3", "4", "5"]


def test_the_view_of_a_table_names_what_its_rows_refer_to(target: DuckDB) -> None:
    server = StillServer("a", "b")
    server.put(FIRST, projectID=SECOND, parentID=None)
    server.put(SECOND, projectID=None, parentID=FIRST)
    sync = Sync(server, target, [KEPT, PROJECTS])
    sync.run()
    wanted = "SELECT name, project_name, parent_name FROM task_with_names ORDER BY name"
    assert rows(target, wanted) == [("a", "b", None), ("b", None, "a")]
    del server.rows[FIRST]
    sync.sweep(Task)
    assert rows(target, wanted) == [("b", None, "a")]  # what is gone still has its name


def test_tables_that_refer_to_no_other_have_no_view(target: DuckDB) -> None:
    Sync(StillServer("a"), target, [PROJECTS]).run()
    assert rows(target, "SELECT view_name FROM duckdb_views() WHERE view_name LIKE '%names'") == []


def test_a_view_follows_the_columns_and_the_tables_of_the_file(file: Path) -> None:
    server = StillServer("a")
    server.put(FIRST, projectID=FIRST, status="NEW")

    def columns(*tables: Table[Any]) -> list[str]:
        with DuckDB(file) as target:
            Sync(server, target, tables).run()
            return [row[0] for row in rows(target, "DESCRIBE task_with_names")]

    own = ["ID", "name", "projectID", "parentID", "lastUpdateDate", "_wf_extra", "_wf_read_at"]
    assert columns(KEPT) == [*own, "parent_name"]
    assert columns(PROJECTS, KEPT) == [*own, "parent_name", "project_name"]
    wider = Table(Task, fields=["name", "projectID", "parentID", "status"])
    assert columns(wider) == [*own, "status", "parent_name", "project_name"]


def test_what_is_yours_under_the_name_of_a_view_is_left_alone(target: DuckDB) -> None:
    target.connection.execute("CREATE VIEW task_with_names AS SELECT 1 AS mine")
    sync = Sync(StillServer("a"), target, [KEPT, PROJECTS])
    sync.run()
    sync.run()
    assert rows(target, "FROM task_with_names") == [(1,)]
    logged = "SELECT what, name FROM _wf_log WHERE name = 'task_with_names'"
    assert rows(target, logged) == [("view not made", "task_with_names")]


def test_views_go_with_a_table_they_read_and_come_back_with_it(target: DuckDB) -> None:
    sync = Sync(StillServer("a"), target, [KEPT, PROJECTS])
    sync.run()
    target.reset(PROJECTS)
    assert rows(target, "SELECT view_name FROM duckdb_views() WHERE view_name LIKE '%names'") == []
    sync.run()
    assert rows(target, "SELECT name FROM task_with_names") == [("a",)]


def test_deleting_is_said_by_true_or_false(file: Path) -> None:
    with pytest.raises(QueryError, match="hard_delete= takes True or False"):
        DuckDB(file, hard_delete="yes")  # type: ignore[arg-type]
    assert not file.exists()
