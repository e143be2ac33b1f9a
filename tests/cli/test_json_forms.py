"""What commands write for programs is what ``workfront --help-json`` says of it. docs/cli.md, Output."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

import pytest

from tests.cli.test_common_options import COMMANDS
from tests.cli.writing_kit import BUILD, PLAN, SEED, SITE
from tests.engine.events.messages import body_of
from tests.support.cli_kit import Terminal, served
from workfront_cli.json_forms import ERROR, FORMS
from workfront_client.v22 import Task
from workfront_core.events import Inbox
from workfront_sandbox import Sandbox

jsonschema: Final[Any] = import_module("jsonschema")
LINES = (
    f"get task {PLAN}", "search task 'percentComplete < 50'", "search task --all --fields name,project.name",
    "query work myWork", "report task --by status --count", "describe", "describe task", "describe task.status",
    "describe task --actions", "count task", "export task -o x.csv", "action task", "whoami", "doctor", "profiles",
    f"create task --set name=x --set projectID={SITE}", f"create task --set name=x --set projectID={SITE} --dry-run",
    "create task --from new.csv --yes", "create task --from new.csv --dry-run", f"copy task {PLAN}",
    f"copy task {PLAN} --dry-run", f"update task {PLAN} --set name=y", "update task 'status = INP' --set name=z --yes",
    "update task 'status = INP' --set percentComplete=20 --dry-run", "update task 'name = NULL' --set name=z --yes",
    f"update task {PLAN} --set assignedToID=00000000000000000000000000000000", "update task --from changed.csv --yes",
    f"share task {PLAN} --with 'user:Ben Ito' --yes", f"unshare task {PLAN} --with 'user:Ben Ito' --yes",
    f"share task {PLAN} --with 'user:Ben Ito' --dry-run", f"action task move {BUILD} --set projectID={SITE} --yes",
    f"action task move 'status = INP' --set projectID={SITE} --yes",
    "reassign --from ana@acme.example --to ben@acme.example --what tasks --yes", f"upload new.csv --to project:{SITE}",
    f"upload new.csv --to project:{SITE} --dry-run",
    f"download --where 'projectID = \"{SITE}\"' --to got",
    f"delete task {BUILD} --yes",
    "delete task --from gone.csv --dry-run", "sync --objects TASK --to s.duckdb", "sync status --to s.duckdb",
    "sync parquet wf_task --to s.duckdb -o t.parquet", "sync allow-gone TASK --to s.duckdb",
    "sync reset TASK --to s.duckdb", "events ensure task create --to https://x.example/h", "events list",
    "events health", "events dead", "events replay billing", "events replay billing --since 2026-01-01T00:00Z",
)  # fmt: skip
WRONG = (
    "search task 'percentComplete < x'", "search tsk", "count task --limit", f"update task {PLAN}",
    "delete task 'name = 1'",
    "get task 00000000000000000000000000000000", f"delete task {PLAN} --no-input", "count task -p nobody",
)  # fmt: skip
ELSEWHERE = {"events listen": "runs until Ctrl-C", "conform": "has a test of its own", "events delete": "below"}


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("forms")
    (folder / "new.csv").write_text(f"name,projectID\nA,{SITE}\n")
    (folder / "changed.csv").write_text(f"ID,status\n{PLAN},INP\n{PLAN[:-1]}0,INP\n")
    (folder / "gone.csv").write_text(f"ID\n{PLAN}\n")
    with Inbox(folder / "events.sqlite", settle=0) as inbox:
        inbox.put(body_of(1))
        for event in inbox.events(Task, consumer="billing", wait=False):
            event.ack()
    with served(Sandbox(SEED)) as url, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        found = Terminal(folder)
        found.set(URL=url, API_KEY="key-of-ana-1234", EVENT_TOKEN="t" * 20)
        yield found


def path_of(line: str) -> str:
    first, second, *_ = [*line.split(), ""]
    return f"{first} {second}" if f"{first} {second}" in FORMS else first


def fits(document: Any, form: dict[str, Any]) -> None:
    jsonschema.validate(document, form, cls=jsonschema.Draft202012Validator)


def test_what_is_written_has_the_form_that_is_told(terminal: Terminal) -> None:
    for line in LINES:
        done = terminal.run(*shlex.split(line), "--json")
        assert done.stdout, f"{line}: {done.output}"
        fits(json.loads(done.stdout), FORMS[path_of(line)])
    made = json.loads(terminal.run("events", "list", "--json").stdout)[0]["id"]
    fits(json.loads(terminal.run("events", "delete", made, "--yes", "--json").stdout), FORMS["events delete"])


@pytest.mark.parametrize("line", WRONG)
def test_errors_have_one_form(terminal: Terminal, line: str) -> None:
    done = terminal.run(*shlex.split(line), "--json")
    assert done.exit_code
    fits(json.loads(done.stderr), ERROR)


def test_every_command_that_writes_json_has_a_form_and_a_line_here() -> None:
    writes = {
        path
        for path, command in COMMANDS.items()
        for parameter in command.params
        if "--json" in parameter.opts and not getattr(parameter, "hidden", False)
    }
    groups = {"sync", "profiles"}
    assert writes | groups == set(FORMS)
    assert {path_of(line) for line in LINES} | set(ELSEWHERE) == set(FORMS)


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_a_schema(path: str) -> None:
    jsonschema.Draft202012Validator.check_schema(FORMS[path])
