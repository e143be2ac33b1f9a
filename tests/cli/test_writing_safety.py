"""The safety table: every command that writes x terminal or pipe x environment x what was said on the line.

Proven by what the sandbox was sent. docs/cli.md, Safety.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.cli.writing_kit import BUILD, PLAN, SEED, SITE, writes
from tests.support.cli_kit import Terminal, served
from tests.support.places import ROOT
from tests.support.waiting import PATIENCE
from workfront_cli.commands import COMMANDS, WRITING
from workfront_core.request.write_guard import is_production
from workfront_sandbox import Sandbox


class Written(NamedTuple):
    """A command, how many objects it changes, and whether it is shown and asked about."""

    arguments: list[str]
    number: int
    is_shown: bool


TWO: Final = "status = INP"
CASES: Final = {
    "create": Written(["create", "task", "--set", "name=New", "--set", f"projectID={SITE}"], 1, False),
    "copy": Written(["copy", "task", PLAN], 1, False),
    "update one": Written(["update", "task", PLAN, "--set", "name=New"], 1, False),
    "update many": Written(["update", "task", TWO, "--set", "name=New"], 2, True),
    "delete": Written(["delete", "task", PLAN], 1, True),
    "delete many": Written(["delete", "task", TWO], 2, True),
    "share": Written(["share", "task", TWO, "--with", "user:Ben Ito"], 2, True),
    "unshare": Written(["unshare", "task", TWO, "--with", "user:Ben Ito"], 2, True),
    "action": Written(["action", "project", "calculateTimeline", SITE], 1, False),
    "action many": Written(["action", "task", "move", TWO, "--set", f"projectID={SITE}"], 2, True),
    "create from": Written(["create", "task", "--from", "new.csv"], 2, True),
    "update from": Written(["update", "task", "--from", "changed.csv"], 2, True),
    "delete from": Written(["delete", "task", "--from", "gone.csv"], 2, True),
    "upload": Written(["upload", "new.csv", "--to", f"project:{SITE}"], 1, False),
    "upload many": Written(["upload", "new.csv", "gone.csv", "--to", f"project:{SITE}"], 2, True),
    "reassign": Written(
        ["reassign", "--from", "ana@acme.example", "--to", "ben@acme.example", "--what", "tasks"], 1, True
    ),
}
FILES: Final = {
    "new.csv": f"name,projectID\nA,{SITE}\nB,{SITE}\n",
    "changed.csv": f"ID,name\n{PLAN},New\n{BUILD},New\n",
    "gone.csv": f"ID\n{PLAN}\n{BUILD}\n",
}
HOSTS: Final = {"preview": "acme.preview.workfront.com", "production": "acme.my.workfront.com"}
SAID: Final = ("nothing", "--yes", "--yes=N", "--yes=all", "--yes=99", "--no-input", "--dry-run", "read-only")


def expected(case: Written, said: str, *, production: bool, answers: bool) -> bool:
    """Whether the command writes, by the table of the page."""
    if said in ("--dry-run", "read-only", "--yes=99"):
        return False
    if not case.is_shown or said in ("--yes=N", "--yes=all"):
        return True
    if said == "--yes" and not production:
        return True
    return answers and said != "--no-input"


READING_CASES: Final = {
    "get": ["get", "task", PLAN],
    "search": ["search", "task", TWO],
    "count": ["count", "task", TWO],
    "report": ["report", "task", "--by", "status"],
    "query": ["query", "work", "myWork"],
    "describe": ["describe", "task"],
    "open": ["open", "task", PLAN, "--print"],
    "download": ["download", TWO.replace("status", "name").replace("INP", "'x'"), "--to", "files"],
    "export": ["export", "task", "-o", "tasks.csv"],
    "sync": ["sync", "--objects", "TASK", "--to", "tasks.duckdb"],
    "action": ["action", "task"],
    "update": ["update", "task", TWO, "--set", "name=New", "--python"],
    "delete": ["delete", "task", TWO, "--python"],
    "create": ["create", "task", "--from", "new.csv", "--print-map"],
    "events": ["events", "list"],
    "events health": ["events", "health"],
    "events ensure": ["events", "ensure", "task", "UPDATE", "--to", "https://acme.example/in", "--dry-run"],
    "login": ["login", "--no-browser", "--client-id", "1", "--timeout", "1"],
    "logout": ["logout"],
    "whoami": ["whoami"],
    "profiles": ["profiles"],
    "doctor": ["doctor"],
    "completion": ["completion", "bash"],
    "help": ["help", "safety"],
}
"""What never changes an object, whoever is asked and wherever it goes."""

ELSEWHERE: Final = {
    "conform": "tests/cli/test_conform.py",
    "mcp": "tests/cli/test_mcp.py",
    "sandbox": "tests/cli/test_sandbox_command.py",
}
"""What is held to it by tests of its own."""


@contextmanager
def tenant(folder: Path) -> Generator[tuple[Terminal, Sandbox]]:
    sandbox = Sandbox(SEED)
    for name, text in FILES.items():
        (folder / name).write_text(text)
    with served(sandbox) as url:
        terminal = Terminal(folder)
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        yield terminal, sandbox


def test_every_writing_command_is_in_the_table() -> None:
    named = {name.partition(" ")[0] for name in CASES}
    assert named >= {name for name, entry in COMMANDS.items() if entry.section == WRITING}
    reading = {name.partition(" ")[0] for name in READING_CASES} | set(ELSEWHERE)
    assert reading | named == set(COMMANDS)
    assert all((ROOT / path).exists() for path in ELSEWHERE.values())


@pytest.mark.parametrize("answers", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("production", [False, True], ids=["here", "production"])
@pytest.mark.parametrize("name", READING_CASES)
def test_what_only_reads_writes_nothing_anywhere(
    name: str, production: bool, answers: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workfront_cli.writing.consent.is_production", lambda _: production)
    monkeypatch.setattr("workfront_cli.writing.consent.is_terminal", lambda: answers)
    monkeypatch.setattr("workfront_cli.guarded.may_ask", lambda: answers)
    monkeypatch.chdir(tmp_path)
    with tenant(tmp_path) as (terminal, sandbox):
        terminal.set(EVENT_TOKEN="t")
        terminal.run(*READING_CASES[name], stdin="yes\n" if answers else None)
        assert writes(sandbox) == []


@pytest.mark.parametrize(
    ("said", "code", "ended"),
    [
        ([], 6, False),
        (["--no-input"], 6, False),
        (["--yes"], 0, True),
        (["--yes", "read-only"], 6, False),
        (["--yes", "--no-input"], 0, True),
    ],
)
def test_a_subscription_is_made_and_ended_only_as_the_line_says(
    said: list[str], code: int, ended: bool, tmp_path: Path
) -> None:
    with tenant(tmp_path) as (terminal, sandbox):
        terminal.set(EVENT_TOKEN="t")
        made = ["events", "ensure", "task", "UPDATE", "--to", "https://acme.example/in"]
        assert terminal.run(*made, "--dry-run").exit_code == 0
        assert writes(sandbox) == []
        (found,) = terminal.document(*made, "--json")
        before = len(writes(sandbox))
        assert before == 1
        if "read-only" in said:
            terminal.set(ALLOW_WRITES="false")
            assert terminal.run(*made[:3], "CREATE", *made[4:]).exit_code == 6
        line = [one for one in said if one != "read-only"]
        result = terminal.run("events", "delete", str(found["id"]), *line)
        assert (result.exit_code, len(writes(sandbox)) > before) == (code, ended), result.output


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("answers", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("production", [False, True], ids=["here", "production"])
@pytest.mark.parametrize("name", CASES)
def test_a_write_goes_out_only_where_the_table_says_so(
    name: str, production: bool, answers: bool, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[name]
    monkeypatch.setattr("workfront_cli.writing.consent.is_production", lambda _: production)
    monkeypatch.setattr("workfront_cli.writing.consent.is_terminal", lambda: answers)
    monkeypatch.chdir(tmp_path)
    with tenant(tmp_path) as (terminal, sandbox):
        if said == "read-only":
            terminal.set(ALLOW_WRITES="false")
        options = {"nothing": [], "read-only": ["--yes=all"], "--yes=N": [f"--yes={case.number}"]}.get(said, [said])
        answer = str(case.number) if production else "yes"
        result = terminal.run(*case.arguments, *options, stdin=f"{answer}\n" if answers else None)
        wrote = bool(writes(sandbox))
    assert wrote == expected(case, said, production=production, answers=answers), result.output
    assert result.exit_code == (0 if wrote or said == "--dry-run" else 6), result.output


@pytest.mark.parametrize("answer", ["", "no", "n", "2x", "maybe", "yes please"])
def test_any_other_answer_declines(answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workfront_cli.writing.consent.is_terminal", lambda: True)
    with tenant(tmp_path) as (terminal, sandbox):
        result = terminal.run(*CASES["delete many"].arguments, stdin=f"{answer}\n")
        assert (result.exit_code, writes(sandbox)) == (6, [])
    assert "Declined" in result.stderr


@pytest.mark.parametrize("place", HOSTS)
@pytest.mark.parametrize("name", CASES)
def test_only_production_wants_more_than_yes(
    name: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "workfront_cli.writing.consent.is_production", lambda _: is_production(f"https://{HOSTS[place]}")
    )
    monkeypatch.chdir(tmp_path)
    with tenant(tmp_path) as (terminal, sandbox):
        result = terminal.run(*CASES[name].arguments, "--yes")
        assert bool(writes(sandbox)) == (place == "preview" or not CASES[name].is_shown), result.output


@pytest.mark.parametrize("answer", ["yes", "y", "1", "all"])
def test_in_production_the_number_is_typed_out(answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workfront_cli.writing.consent.is_production", lambda _: True)
    monkeypatch.setattr("workfront_cli.writing.consent.is_terminal", lambda: True)
    with tenant(tmp_path) as (terminal, sandbox):
        result = terminal.run(*CASES["delete many"].arguments, "--yes", stdin=f"{answer}\n")
        assert (result.exit_code, writes(sandbox)) == (6, [])
    assert "Type 2 to go on" in result.stderr


@pytest.mark.parametrize(
    ("confirm", "name", "asked"),
    [
        ("always", "update one", True),
        ("always", "create", True),
        ("production", "delete many", False),
        ("never", "delete many", False),
        ("never", "create", False),
    ],
)
def test_a_profile_says_when_it_is_asked_about(confirm: str, name: str, asked: bool, tmp_path: Path) -> None:
    with tenant(tmp_path) as (terminal, sandbox):
        terminal.set(CONFIRM=confirm)
        result = terminal.run(*CASES[name].arguments)
        assert bool(writes(sandbox)) is not asked, result.output
        assert result.exit_code == (6 if asked else 0)


def test_a_profile_that_only_reads_is_refused_before_anything_is_asked_of_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with tenant(tmp_path) as (terminal, sandbox):
        terminal.set(ALLOW_WRITES="false")
        for case in CASES.values():
            assert terminal.run(*case.arguments, "--yes=all").exit_code == 6
        assert list(sandbox.log) == []


def test_a_person_at_a_real_terminal_is_asked(tmp_path: Path) -> None:
    with tenant(tmp_path) as (terminal, sandbox):
        variables = {name: text for name, text in terminal.environ.items() if text is not None}
        here, there = pty.openpty()
        try:
            running = subprocess.Popen(
                [sys.executable, "-m", "workfront_cli", *CASES["delete many"].arguments],
                env=terminal.whole_environment(variables), stdin=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
            os.write(here, b"yes\n")
            out, err = running.communicate(timeout=PATIENCE)
        finally:
            os.close(here)
            os.close(there)
        assert running.returncode == 0, err
        assert len(writes(sandbox)) == 1
    assert b"Go on?" in err
    assert len(out.split()) == 2
