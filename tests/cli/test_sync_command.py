"""``workfront sync``: a DuckDB file that follows the service, its state, and how the command ends. docs/cli.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.cli.test_reading_commands import SEED
from tests.support.cli_kit import Terminal, served
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


def test_a_sweep_is_run_where_it_is_due(terminal: Terminal, file: Path) -> None:
    def swept(*options: str) -> int:
        done = terminal.run("sync", "--objects", "TASK", "--to", str(file), "--json", *options)
        return len(json.loads(done.stdout)) - 1

    assert [swept("--sweep", "never"), swept(), swept(), swept("--sweep", "weekly"), swept("--sweep", "now")] == [
        0, 1, 0, 0, 1,
    ]  # fmt: skip


def test_status_says_how_far_each_table_has_come(terminal: Terminal, file: Path) -> None:
    terminal.run("sync", "--objects", "TASK", "--to", str(file))
    told = terminal.run("sync", "status", "--to", str(file))
    assert told.stdout.startswith("wf_task: 3 rows and 0 gone, up to 2026-07-01T")
    (state,) = json.loads(terminal.run("sync", "status", "--to", str(file), "--json").stdout)
    assert (state["object"], state["rows"], state["runs"], state["run"], state["missing"]) == ("TASK", 3, 1, None, 0)


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
