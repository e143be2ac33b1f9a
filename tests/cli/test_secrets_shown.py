"""What a command would write is shown first, and passwords within it are not. docs/cli.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.writing_kit import ANA, SEED
from tests.support.cli_kit import Terminal, served
from workfront_sandbox import Sandbox

SECRET = "Opal-lantern-77"
LEVEL = "6a" * 16
NEW = (
    "firstName=Jo",
    "lastName=Ott",
    "emailAddr=jo@acme.example",
    "username=jo@acme.example",
    f"accessLevelID={LEVEL}",
)
GIVEN = [part for one in NEW for part in ("--set", one)]
LINES = {
    "create": ["create", "user", *GIVEN, "--set", f"password={SECRET}"],
    "create with a JSON body": ["create", "user", *GIVEN, "--json-body", f'{{"password": "{SECRET}"}}'],
    "create within another object": ["create", "task", "--set", f'assignedTo:={{"password": "{SECRET}"}}'],
    "create from a file": ["create", "user", "--from", "people.csv"],
    "update from a file": ["update", "user", "--from", "passwords.csv"],
    "update": ["update", "user", ANA, "--set", f"password={SECRET}"],
    "update where": ["update", "user", "name = 'Ana Ray'", "--set", f"password={SECRET}"],
    "action on a row": ["action", "user", "completeUserRegistration", ANA, "--set", f"newPassword={SECRET}"],
    "action on rows": ["action", "user", "completeUserRegistration", "name = 'Ana Ray'", "--set", f"token={SECRET}"],
    "action on none": ["action", "user", "clearApiKey", "--set", "username=ana", "--set", f"password={SECRET}"],
}


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("settings")
    heading, cells = zip(*(one.split("=") for one in (*NEW, f"password={SECRET}")), strict=True)
    (folder / "people.csv").write_text(f"{','.join(heading)}\n{','.join(cells)}\n")
    (folder / "passwords.csv").write_text(f"ID,password\n{ANA},{SECRET}\n")
    with served(Sandbox(SEED | {"ACSLVL": [{"ID": LEVEL, "name": "Worker"}]})) as url:
        found = Terminal(folder)
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_password_is_not_shown(
    line: list[str], form: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(terminal.folder)
    done = terminal.run(*line, "--dry-run", *(["--json"] if form == "json" else []))
    assert done.exit_code == 0, done.output
    assert "***" in done.stdout or (form == "json" and "action" in line)
    assert SECRET not in done.output


def test_a_password_is_sent_as_it_was_given(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(terminal.folder))
    for name in ("create from a file", "update from a file", "update where"):
        done = terminal.run(*LINES[name], "--yes", "-v")
        assert done.exit_code == 0, done.output
        assert SECRET not in done.output
    kept = [path for path in terminal.folder.iterdir() if path.suffix != ".csv"]
    assert not [path.name for path in kept if path.is_file() and SECRET in path.read_text()]
