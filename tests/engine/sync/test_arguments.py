"""What a sync is made with: whatever is of another kind is told in words, before anything is sent or written."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.engine.sync.still_server import StillServer
from tests.support.children import in_children
from workfront_client.v22 import Project, Task, Workfront
from workfront_core import QueryError
from workfront_core.sync import AsyncSync, DuckDB, Sync, SyncError, Table
from workfront_testing import in_process

TASKS = Table(Task, fields=["name"])
TABLES: dict[str, tuple[Callable[[], Any], str]] = {
    "an object by its code": (lambda: Table(any_("TASK")), "not of str 'TASK'"),
    "a condition alone": (lambda: Table(Task, where=any_(Task.f.name == "x")), "where= takes a list"),
    "a condition as text": (lambda: Table(Task, where=any_("status = NEW")), "where= takes a list"),
    "a condition on another object": (lambda: Table(Task, where=any_([Project.f.name == "x"])), "belongs to Project"),
    "no condition": (lambda: Table(Task, where=any_([True])), "not a condition"),
    "one field as text": (lambda: Table(Task, fields=any_("name")), "takes a list"),
    "a sweep by a number": (lambda: Table(Task, sweep=any_(1)), "sweep= takes True or False"),
    "a time in seconds": (lambda: Table(Task, every=any_(60)), "every= takes a timedelta"),
    "no time at all": (lambda: Table(Task, every=timedelta()), "a time above zero"),
    "a field that is none": (lambda: Table(Task, fields=["nope"]), "nope"),
    "a field to look at that is none": (lambda: Table(Task, look=["nope"]), "nope"),
}
SYNCS: dict[str, tuple[dict[str, Any], str]] = {
    "no client": ({"client": None}, "A client is needed"),
    "the class of clients": ({"client": Workfront}, "A client is needed"),
    "no target": ({"target": None}, "A target is needed"),
    "the class of targets": ({"target": DuckDB}, "A target is needed"),
    "a path": ({"target": "acme.duckdb"}, "A target is needed"),
    "half a target": (
        {"target": SimpleNamespace(prepare=print, begin=print, append=print)},
        "The target SimpleNamespace lacks finish, compare, differences",
    ),
    "a model": ({"tables": [Task]}, "takes tables, not the class Task"),
    "a table alone": ({"tables": TASKS}, "tables= takes a list"),
    "a page as text": ({"page_size": "200"}, "whole number"),
    "half a worker": ({"workers": 1.5}, "whole number"),
    "a share as text": ({"most_gone": "0.1"}, "takes a number"),
    "an overlap in seconds": ({"overlap": 600}, "takes a timedelta"),
}


def any_(value: object) -> Any:
    """The value, as a checker takes it."""
    return value


@pytest.mark.parametrize("case", TABLES)
def test_tables(case: str) -> None:
    make, message = TABLES[case]
    with pytest.raises(QueryError, match=message.replace("(", r"\(")):
        make()


@pytest.mark.parametrize("kind", [Sync, AsyncSync])
@pytest.mark.parametrize("case", SYNCS)
def test_syncs(kind: Any, case: str, tmp_path: Path) -> None:
    given, message = SYNCS[case]
    with DuckDB(tmp_path / "t.duckdb") as target:
        arguments = {"client": StillServer("a"), "target": target, "tables": [TASKS], **given}
        with pytest.raises(QueryError, match=message):
            kind(arguments.pop("client"), arguments.pop("target"), arguments.pop("tables"), **arguments)


@pytest.mark.parametrize("path", [5, None, b"t.duckdb", ["t.duckdb"], "\ud800"])
def test_a_file_is_named_by_its_path(path: Any) -> None:
    with pytest.raises(QueryError, match="named by its path"):
        DuckDB(path)


@pytest.mark.parametrize("ids", [f"{1:032x}", None, 5, {"ID": "1"}, ["nope"]])
def test_rows_are_named_by_a_list_of_ids(tmp_path: Path, ids: Any) -> None:
    server = StillServer("a")
    with DuckDB(tmp_path / "t.duckdb") as target, pytest.raises(QueryError, match=r"takes a list|not an ID"):
        Sync(server, target, [TASKS]).refresh(Task, ids)
    assert not server.asked


def test_conditions_that_can_be_gone_through_once_are_kept() -> None:
    table = Table(Task, fields=["name"], where=any_(Task.f.name == name for name in ("a",)))
    assert len(table.where) == 1
    assert table.rows_since(None).count().params == table.rows_to_compare().count().params


def test_what_a_sweep_looks_at_is_a_column(tmp_path: Path) -> None:
    server = StillServer("a", "b")
    with DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(
            server, target, [Table(Task, fields=["name"], look=["percentComplete"])], overlap=timedelta(seconds=30)
        )
        sync.run()
        server.rows[f"{0:032x}"]["percentComplete"] = 7.0
        assert sync.sweep()["wf_task"].changed == 1
        found = target.connection.execute("SELECT percentComplete FROM wf_task ORDER BY ID").fetchall()
    assert found == [(7.0,), (0.0,)]


@pytest.mark.parametrize("model", ["TASK", None, 5, Task.f.name])
def test_the_journal_is_asked_of_an_object(model: Any) -> None:
    with in_process() as kit, kit.client(Workfront) as wf, pytest.raises(QueryError, match="takes an object"):
        wf.journal_entry.recorded(model)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here")
def test_a_file_opened_before_a_fork_is_the_parent_s(tmp_path: Path) -> None:
    def work(_: int) -> str:
        with target:
            try:
                target.connection.execute("SELECT 1")
            except SyncError as error:
                return str(error)
        return "answered"

    with DuckDB(tmp_path / "wf.duckdb") as target:
        (said,) = in_children(work, 1)
        assert "was opened by the process that this one was forked from" in said
        assert target.connection.execute("SELECT 1").fetchall() == [(1,)]
