"""``workfront sync``: a DuckDB file that follows the service, its state, and how the command ends. docs/cli.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

import workfront_client.v22 as v22
from tests.cli.test_reading_commands import SEED
from tests.support.cli_kit import Terminal, served
from workfront_cli.wording import hint_of
from workfront_client.v22 import Workfront
from workfront_core import QueryError
from workfront_core.events import Inbox
from workfront_core.sync import Table
from workfront_sandbox import Sandbox


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(SEED)


@pytest.fixture
def terminal(tmp_path: Path, sandbox: Sandbox) -> Iterator[Terminal]:
    found = Terminal(tmp_path)
    with served(sandbox) as url:
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acme.duckdb"


def query(file: Path, statement: str) -> list[Any]:
    with duckdb.connect(str(file), read_only=True) as opened:
        return opened.execute(statement).fetchall()


def test_the_first_run_reads_every_row_and_the_next_what_changed(terminal: Terminal, file: Path) -> None:
    done = terminal.run("sync", "--objects", "TASK,PROJ", "--to", str(file), "--sweep", "never")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "wf_task: 3 read, 3 new, 0 changed, 0 gone" in done.stderr
    assert "wf_project: 1 read, 1 new" in done.stderr
    assert query(file, "SELECT name FROM wf_task ORDER BY name") == [("=Build|it",), ("Launch",), ("Plan",)]
    again = terminal.run("sync", "--objects", "tasks,project", "--to", str(file), "--sweep", "never", "--json")
    assert [(table["table"], table["added"], table["kind"]) for table in json.loads(again.stdout)] == [
        ("wf_task", 0, "changes"),
        ("wf_project", 0, "changes"),
    ]


def test_a_sweep_is_run_where_it_is_due(terminal: Terminal, sandbox: Sandbox, file: Path) -> None:
    """The first run reads every row, which is a sweep as well."""

    def swept(*options: str) -> int:
        done = terminal.run("sync", "--objects", "TASK", "--to", str(file), "--json", *options)
        return len(json.loads(done.stdout)) - 1

    assert [swept(), swept("--full"), swept("--sweep", "now")] == [0, 0, 1]
    sandbox.advance(timedelta(days=1, minutes=1))
    assert [swept("--sweep", "never"), swept("--sweep", "weekly"), swept(), swept()] == [0, 0, 1, 0]
    sandbox.advance(timedelta(days=7))
    assert [swept("--sweep", "weekly"), swept()] == [1, 0]


def test_a_run_asks_for_the_time_once_for_all_its_tables(
    terminal: Terminal, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Workfront] = []
    whole = Workfront.server_time

    def noted(client: Workfront) -> datetime:
        asked.append(client)
        return whole(client)

    monkeypatch.setattr(Workfront, "server_time", noted)
    for number, options in enumerate([(), ("--sweep", "now"), ("--full",)], start=1):
        done = terminal.run("sync", "--objects", "TASK,PROJ,USER", "--to", str(file), *options)
        assert (done.exit_code, len(asked)) == (0, number)


def test_a_table_whose_columns_changed_is_announced_before_it_is_read_whole(terminal: Terminal, file: Path) -> None:
    terminal.run("sync", "--objects", "TASK,PROJ", "--to", str(file))
    with duckdb.connect(str(file)) as opened:
        opened.execute("ALTER TABLE wf_task ALTER percentComplete TYPE VARCHAR")
    done = terminal.run("sync", "--objects", "TASK,PROJ", "--to", str(file), "--json")
    kept = "what it held as VARCHAR is kept as percentComplete__varchar"
    drift = f"its columns changed: percentComplete is DOUBLE now, and {kept}"
    assert done.stderr == f"wf_task: every row is read, since {drift}\n"
    assert [(table["kind"], table["drift"]) for table in json.loads(done.stdout)] == [
        ("full", drift),
        ("changes", None),
    ]


def test_status_says_how_far_each_table_has_come(terminal: Terminal, file: Path) -> None:
    terminal.run("sync", "--objects", "TASK", "--to", str(file))
    told = terminal.run("sync", "status", "--to", str(file))
    assert told.stdout.startswith("wf_task: 3 rows and 0 gone, up to 2026-07-01T")
    (state,) = json.loads(terminal.run("sync", "status", "--to", str(file), "--json").stdout)
    assert (state["object"], state["rows"], state["runs"], state["run"], state["missing"]) == ("TASK", 3, 1, None, 0)


def test_pages_may_be_read_side_by_side(terminal: Terminal, file: Path) -> None:
    done = terminal.run("sync", "--objects", "TASK", "--to", str(file), "--workers", "4", "--sweep", "never")
    assert "3 read, 3 new" in done.stderr


def test_a_table_is_written_as_parquet(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    terminal.run("sync", "--objects", "TASK", "--to", str(file))
    lake = tmp_path / "lake"
    done = terminal.run("sync", "parquet", "wf_task", "--to", str(file), "-o", str(lake), "--partition-by", "status")
    assert (done.exit_code, done.stderr) == (0, f"{lake}: 3 rows\n")
    assert list(lake.glob("status=*/*.parquet"))
    told = terminal.run("sync", "parquet", "wf_task", "--to", str(file), "-o", str(lake / "x.parquet"), "--json")
    assert json.loads(told.stdout) == {"table": "wf_task", "rows": 3}


def test_events_between_the_runs_name_rows_that_are_read_again(
    sandbox: Sandbox, terminal: Terminal, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command goes on until it is stopped: here after its second pause."""
    (task, *_) = sandbox.rows("TASK")
    inbox = tmp_path / "events.sqlite"
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise KeyboardInterrupt
        sandbox.tenant.change_quietly("TASK", task["ID"], {"name": "Told by an event"})
        with Inbox(inbox) as opened:
            opened.put(event_of(task["ID"]))
            monkeypatch.setattr(opened, "_settle", 0.0)
            opened.settle()

    monkeypatch.setattr("workfront_cli.sync.run.time", SimpleNamespace(sleep=pause))
    done = terminal.run("sync", "--objects", "TASK", "--to", str(file), "--watch", "5m", "--events", str(inbox))
    assert done.exit_code == 130, done.output
    assert "a run, since nobody listened before" in done.stderr
    assert "wf_task: 1 read, 0 new, 1 changed, 0 gone" in done.stderr
    assert query(file, f"SELECT name FROM wf_task WHERE ID = '{task['ID']}'") == [("Told by an event",)]


def event_of(task_id: str) -> bytes:
    state = {"ID": task_id, "objCode": "TASK", "name": "Of the event"}
    return json.dumps(
        {"eventType": "UPDATE", "subscriptionId": "1", "eventTime": {"epochSecond": 1_800_000_000, "nano": 0},
         "eventVersion": "v2", "subscriptionVersion": "v2", "newState": state, "oldState": state}
    ).encode()  # fmt: skip


def test_what_stops_one_table_stops_no_other(terminal: Terminal, file: Path) -> None:
    with duckdb.connect(str(file)) as opened:
        opened.execute("CREATE TABLE wf_task (x INTEGER)")
        opened.execute("CREATE TABLE wf_user (x INTEGER)")
    done = terminal.run("sync", "--objects", "TASK,PROJ,USER,HOUR", "--to", str(file), "--json")
    assert (done.exit_code, {table["table"] for table in json.loads(done.stdout)}) == (1, {"wf_project", "wf_hour"})
    assert "wf_user already" in done.stderr
    error = json.loads(done.stderr.splitlines()[-1])["error"]
    assert (error["kind"], "wf_task already" in error["message"]) == ("SyncError", True)


def test_a_service_that_does_not_answer_stops_all(terminal: Terminal, sandbox: Sandbox, file: Path) -> None:
    sandbox.faults.plan("500", times=50, path="TASK/search")
    done = terminal.run("sync", "--objects", "PROJ,TASK,USER", "--to", str(file), "--json", "--timeout", "0.5")
    assert (done.exit_code, [table["table"] for table in json.loads(done.stdout)]) == (7, ["wf_project"])


def test_a_watch_outlasts_a_service_that_does_not_answer_for_a_while(
    terminal: Terminal, sandbox: Sandbox, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        if seconds < 60:  # before an attempt once more
            return
        pauses.append(seconds)
        if len(pauses) == 1:
            sandbox.faults.plan("500", times=50, path="TASK/search")
        while len(pauses) == 2 and sandbox.faults.planned:
            sandbox.faults.choose({}, "TASK/search")
        if len(pauses) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("workfront_cli.sync.run.time", SimpleNamespace(sleep=pause))
    line = ["sync", "--objects", "TASK", "--to", str(file), "--watch", "5m", "--sweep", "never"]
    done = terminal.run(*line)
    assert (done.exit_code, pauses) == (130, [300.0, 300.0, 300.0]), done.output
    assert done.stderr.count("The next run follows.") == 1
    assert done.stderr.count("wf_task: 0 read") == 1


def test_a_watch_ends_where_a_person_is_needed(terminal: Terminal, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dropped(_seconds: float) -> None:
        with duckdb.connect(str(file)) as opened:
            opened.execute("DROP TABLE wf_task")

    monkeypatch.setattr("workfront_cli.sync.run.time", SimpleNamespace(sleep=dropped))
    done = terminal.run("sync", "--objects", "TASK", "--to", str(file), "--watch", "5m")
    assert (done.exit_code, "was dropped" in done.stderr) == (1, True)


def test_the_state_is_read_and_nothing_is_made(terminal: Terminal, file: Path) -> None:
    with duckdb.connect(str(file)) as opened:
        opened.execute("CREATE TABLE other (x INTEGER)")
    done = terminal.run("sync", "status", "--to", str(file))
    assert (done.exit_code, "does not hold the tables of a sync" in done.stderr) == (1, True)
    assert query(file, "SELECT table_name FROM duckdb_tables()") == [("other",)]


def test_tables_that_the_file_does_not_have(terminal: Terminal, file: Path) -> None:
    terminal.run("sync", "--objects", "TASK", "--to", str(file))
    allowed = terminal.run("sync", "allow-gone", "HOUR", "--to", str(file))
    assert (allowed.exit_code, "has no table wf_hour" in allowed.stderr) == (2, True)
    assert json.loads(terminal.run("sync", "reset", "HOUR", "--to", str(file), "--json").stdout) == {
        "table": "wf_hour",
        "dropped": False,
    }
    assert query(file, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'wf_hour'") == [(0,)]


def test_an_object_without_a_search_is_refused_before_anything_is_made(terminal: Terminal, file: Path) -> None:
    done = terminal.run("sync", "--objects", "TASK,USRROL", "--to", str(file))
    assert (done.exit_code, "no search for rows of UserRole" in done.stderr) == (2, True)
    assert not file.exists()


def test_every_object_without_a_search_is_refused_with_the_exports_that_give_its_rows() -> None:
    refused: dict[str, str | None] = {}
    for name in sorted(set(v22.OBJECTS.values())):
        try:
            Table(getattr(v22, name))
        except QueryError as error:
            refused[name] = hint_of(error)
    assert len(refused) > 50
    said = ("workfront export", "No object that can be searched has a field of them")
    assert [name for name, hint in refused.items() if not any(text in (hint or "") for text in said)] == []
    assert "workfront export task --fields 'predecessors.*'" in str(refused["Predecessor"])


def test_what_is_not_missing_need_not_be_allowed(terminal: Terminal, file: Path) -> None:
    terminal.run("sync", "--objects", "TASK", "--to", str(file))
    assert "no row is missing" in terminal.run("sync", "allow-gone", "TASK", "--to", str(file)).stderr


def test_reset_begins_anew(terminal: Terminal, file: Path) -> None:
    terminal.run("sync", "--objects", "TASK", "--to", str(file))
    assert terminal.run("sync", "reset", "task", "--to", str(file)).exit_code == 0
    again = terminal.run("sync", "--objects", "TASK", "--to", str(file), "--sweep", "never")
    assert "3 read, 3 new" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--objects", "TASK"], "--to FILE"),
        (["--to", "a.duckdb"], "--objects TASK,PROJ"),
        (["--objects", ",", "--to", "a.duckdb"], "at least one object"),
        (["--objects", "TASK,Nothing", "--to", "a.duckdb"], "Nothing"),
        (["--objects", "TASK", "--to", "no/a.duckdb"], "does not exist"),
        (["--objects", "TASK", "--to", "a.duckdb", "--watch", "soon"], "'soon'"),
        (["--objects", "TASK", "--to", "a.duckdb", "--watch", "0m"], "'0m'"),
        (["--objects", "TASK", "--to", "a.duckdb", "--events", "e.sqlite"], "--events goes with --watch"),
        (["--objects", "TASK", "--to", "a.duckdb", "--workers", "9"], "--workers"),
        (["--objects", "TASK", "--to", "a.duckdb", "--every", "1d"], "such as ASSGN=1d"),
        (["--objects", "TASK", "--to", "a.duckdb", "--every", "TASK=daily"], "'daily'"),
        (["--objects", "TASK", "--to", "a.duckdb", "--every", "ASSGN=1d"], "--every names ASSGN, which is not kept"),
        (["parquet", "wf_task", "--to", "a.duckdb", "-o", "t.parquet"], "There is no file a.duckdb"),
        (["status", "--to", "a.duckdb"], "There is no file a.duckdb"),
        (["allow-gone", "TASK", "--to", "a.duckdb"], "There is no file a.duckdb"),
        (["reset", "TASK", "--to", "a.duckdb"], "There is no file a.duckdb"),
    ],
)
def test_wrong_use_makes_no_file(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = terminal.run("sync", *arguments)
    assert (done.exit_code, said in done.stderr) == (2, True), done.output
    assert not list(tmp_path.glob("*.duckdb"))


def test_too_many_rows_that_are_missing_end_with_3_until_it_is_allowed(tmp_path: Path, file: Path) -> None:
    tasks = [{"ID": f"{number:032x}", "name": f"Task {number}", "projectID": "1a" * 16} for number in range(1, 131)]
    found = Terminal(tmp_path)
    with served(Sandbox({**SEED, "TASK": tasks, "HOUR": []})) as url:
        found.set(URL=url, API_KEY="key-of-ana-1234")
        assert found.run("sync", "--objects", "TASK", "--to", str(file)).exit_code == 0
    with served(Sandbox({**SEED, "TASK": [], "HOUR": []})) as other:
        with duckdb.connect(str(file)) as opened:
            opened.execute("UPDATE _wf_site SET site = ?", [other])
        found.set(URL=other)
        stopped = found.run("sync", "--objects", "TASK", "--to", str(file), "--sweep", "now")
        assert (stopped.exit_code, "130 rows of wf_task" in stopped.stderr) == (3, True)
        assert query(file, "SELECT count(*) FROM wf_task WHERE _wf_gone_at IS NULL") == [(130,)]
        allowed = found.run("sync", "allow-gone", "TASK", "--to", str(file), "--json")
        assert json.loads(allowed.stdout) == {"table": "wf_task", "gone": 130}


def test_gone_rows_are_deleted_where_that_is_asked_for(terminal: Terminal, sandbox: Sandbox, file: Path) -> None:
    line = ["sync", "--objects", "TASK,PROJ", "--to", str(file), "--sweep", "now"]
    terminal.run(*line)
    first, second, third = (row["ID"] for row in sandbox.rows("TASK"))
    sandbox.tenant.sight.hide("TASK", first)
    assert "1 gone" in terminal.run(*line).stderr
    assert query(file, "SELECT count(*), count(_wf_gone_at) FROM wf_task") == [(3, 1)]
    sandbox.tenant.sight.hide("TASK", second)
    assert "1 gone" in terminal.run(*line, "--hard-delete").stderr
    assert query(file, "SELECT ID, project_name FROM task_with_names") == [(third, "Site")]
    assert query(file, "SELECT count(*) FROM wf_task") == [(1,)]


def test_an_object_is_read_as_often_as_is_said(terminal: Terminal, sandbox: Sandbox, file: Path) -> None:
    line = ["sync", "--objects", "TASK,PROJ", "--to", str(file), "--sweep", "never", "--every", "projects=1h"]
    terminal.run(*line)
    assert "wf_project: not due" in terminal.run(*line).stderr
    sandbox.advance(timedelta(hours=1))
    assert "wf_project: 0 read" in terminal.run(*line).stderr
