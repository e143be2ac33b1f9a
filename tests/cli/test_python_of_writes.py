"""``--python`` of the commands that write: it sends nothing, and the program it shows writes what the command does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.writing_kit import BUILD, PLAN, SEED, SHOP, SITE, writes
from tests.support.cli_kit import Terminal, served
from workfront_sandbox import Sandbox

TENANT = SEED | {"PROJ": [row | {"DE:Region": "US"} for row in SEED["PROJ"]]}
COMMANDS = (
    ["update", "task", "status = INP", "--set", "percentComplete=55", "--set", "plannedStartDate=2026-08-03T12:00Z"],
    ["update", "task", f"{PLAN} {BUILD}", "--set", "description=", "--set", "status=NEW", "--limit", "1"],
    ["update", "project", SITE, "--set", "owner=Ben Ito", "--set", "DE:Region=EMEA"],
    ["create", "task", "--set", "name=It's new", "--set", "project=Site", "--set", "DE:Region=EMEA"],
    ["delete", "task", "name startswith 'L'", "--force"],
    ["copy", "project", SITE, "--set", "name=Second", "--option", "clearProgress"],
    ["share", "project", "status in (CUR, PLN)", "--with", "team:Design", "--level", "contribute"],
    ["unshare", "project", SITE, "--with", "user:Ben Ito"],
    ["action", "task", "move", "name = 'Plan'", "--set", f"projectID={SHOP}"],
    ["reassign", "--from", "Ana Ray", "--to", "ben@acme.example", "--what", "tasks,issues,projects", "--open-only"],
)  # fmt: skip


def sent(sandbox: Sandbox) -> list[tuple[str, str, str, bytes]]:
    """Each call that was no read, whole."""
    return [
        (one.method, one.path, one.query, one.body)
        for one in (exchange.request for exchange in sandbox.log)
        if f"{one.method} {one.path}" in writes(sandbox)
    ]


def runs(program: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs what a command shows, with the settings of its terminal."""
    for name in [name for name in os.environ if name.startswith("WORKFRONT_")]:
        monkeypatch.delenv(name)
    for name, text in terminal.environ.items():
        monkeypatch.setenv(name, str(text))
    exec(compile(program, "<program>", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda one: " ".join(one[:2]))
def test_the_program_writes_what_the_command_does(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_command, by_program = Sandbox(TENANT), Sandbox(TENANT)
    with served(by_command) as url:
        terminal = Terminal(tmp_path)
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        assert terminal.run(*arguments, "--python").exit_code == 0
        assert writes(by_command) == []
        terminal.run(*arguments, "--yes=all")
    with served(by_program) as url:
        terminal.set(URL=url)
        runs(terminal.run(*arguments, "--python").stdout, terminal, monkeypatch)
    assert sent(by_program) == sent(by_command) != []


def test_the_program_of_files_sends_and_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brief = tmp_path / "it's a brief.txt"
    brief.write_text("first")
    terminal = Terminal(tmp_path)
    with served(Sandbox(TENANT)) as url:
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        runs(terminal.run("upload", str(brief), "--to", f"project:{SITE}", "--python").stdout, terminal, monkeypatch)
        document = terminal.run("search", "document", "-f", "ids").stdout.strip()
        brief.write_text("second")
        runs(terminal.run("upload", str(brief), "--version-of", document, "--python").stdout, terminal, monkeypatch)
        line = ("download", f"projectID = '{SITE}'", "--to", str(tmp_path / "down"))
        runs(terminal.run(*line, "--python").stdout, terminal, monkeypatch)
        assert terminal.run(*line, "--name", "{name}", "--python").exit_code == 2
    assert [file.read_text() for file in (tmp_path / "down").iterdir()] == ["second"]


def test_the_rows_of_a_file_have_no_program(tmp_path: Path) -> None:
    done = Terminal(tmp_path).run("update", "task", "--from", "rows.csv", "--python")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "docs/writing.md" in done.stderr
