"""Kill -9 at every write of the job file, then resume: every row of an update, a delete and a marked create once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.writing_kit import SEED, SITE
from tests.support.cli_kit import Terminal, served
from tests.support.places import ROOT
from workfront_sandbox import Sandbox

ROWS: Final = 12
IDS: Final = [f"{number:032x}" for number in range(1, ROWS + 1)]
MISSING: Final = "9f" * 16
CHUNK: Final = ["--chunk", "6"]
TASKS: Final = [{"ID": one, "name": f"Task {number}", "projectID": SITE} for number, one in enumerate(IDS)]


def update(folder: Path) -> list[str]:
    file = folder / "rows.csv"
    file.write_text("ID,name\n" + "".join(f"{one},New {number}\n" for number, one in enumerate(IDS)) + f"{MISSING},x\n")
    return ["update", "task", "--from", str(file), "--yes", *CHUNK]


def delete(folder: Path) -> list[str]:
    file = folder / "rows.csv"
    file.write_text("ID\n" + "".join(f"{one}\n" for one in IDS))
    return ["delete", "task", "--from", str(file), "--yes", *CHUNK]


def create(folder: Path) -> list[str]:
    file = folder / "rows.csv"
    file.write_text("name,projectID\n" + "".join(f"New {number},{SITE}\n" for number in range(ROWS)))
    return ["create", "task", "--from", str(file), "--yes", *CHUNK]


def check_updated(sandbox: Sandbox) -> None:
    names = {one["ID"]: one["name"] for one in sandbox.rows("TASK")}
    assert names == {one: f"New {number}" for number, one in enumerate(IDS)}


def check_deleted(sandbox: Sandbox) -> None:
    assert sandbox.rows("TASK") == []


def check_created(sandbox: Sandbox) -> None:
    names = sorted(str(one["name"]) for one in sandbox.rows("TASK") if str(one["name"]).startswith("New"))
    assert names == sorted(f"New {number}" for number in range(ROWS))


COMMANDS: Final[dict[str, tuple[Callable[[Path], list[str]], Callable[[Sandbox], None], int]]] = {
    "update": (update, check_updated, 1),  # one row is refused
    "delete": (delete, check_deleted, 0),
    "create": (create, check_created, 0),
}


Killed = Callable[[Terminal, int, str, list[str]], int]


@pytest.fixture(scope="module")
def killed() -> Iterator[Killed]:
    """Runs a command that dies at one line of its job file; gives the exit code, negative for the signal."""
    command = [sys.executable, "-m", "tests.cli.killed_command"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def run(terminal: Terminal, number: int, place: str, arguments: list[str]) -> int:
            assert process.stdin
            assert process.stdout
            variables = {name: text for name, text in terminal.environ.items() if text is not None}
            environment = terminal.whole_environment(variables)
            what = {"number": number, "place": place, "arguments": arguments, "environment": environment}
            process.stdin.write(f"{json.dumps(what)}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield run


@pytest.mark.long
@pytest.mark.parametrize("place", ["before", "after", "within"])
@pytest.mark.parametrize("verb", COMMANDS)
def test_every_row_is_written_once_whatever_was_killed(verb: str, place: str, killed: Killed, tmp_path: Path) -> None:
    make, check, code = COMMANDS[verb]
    kills = 0
    for number in range(1, 100):
        folder = tmp_path / str(number)
        folder.mkdir()
        with_tasks: dict[str, Any] = SEED | {"TASK": TASKS}
        sandbox = Sandbox(with_tasks)
        with served(sandbox) as url:
            terminal = Terminal(folder)
            terminal.set(URL=url, API_KEY="key-of-ana-1234")
            arguments = make(folder)
            ended = killed(terminal, number, place, arguments)
            if ended == -9:
                kills += 1
                again = terminal.run(verb, "--resume", str(folder / "rows.csv"))
                if again.exit_code == 2:  # killed before the job began: nothing was sent
                    again = terminal.run(*arguments, "--restart")
                assert again.exit_code == code, again.output
            else:
                assert ended == code
            check(sandbox)
        if ended != -9:
            break
    assert kills >= 5
