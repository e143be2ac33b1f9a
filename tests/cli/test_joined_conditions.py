"""``--and``: conditions besides WHERE, whatever that is. docs/cli.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_reading_commands import BUILD, LAUNCH, PLAN
from tests.cli.test_reading_commands import site as site
from tests.cli.test_reading_commands import terminal as terminal
from tests.support.cli_kit import Terminal

TEXT_MODE = "status=INP\tNEW\nstatus_Mod=in\ntextmode=true\n"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (["percentComplete < 100", "--and", "status = NEW"], [LAUNCH]),
        (["percentComplete < 100 or status = CPL", "--and", "status = CPL or status = NEW"], [PLAN, LAUNCH]),
        (["--and", "status = NEW"], [LAUNCH]),
        ([f"{PLAN} {BUILD}", "--and", "status = INP"], [BUILD]),
        (["--where", "@filter.txt", "--and", "percentComplete > 0"], [BUILD]),
        (["@filter.txt", "--and", "percentComplete >= 0", "--and", "name != 'Launch'"], [BUILD]),
        (["-", "--and", "name = 'Launch'"], [LAUNCH]),
    ],
)
def test_conditions_are_joined_to_where_whatever_it_is(
    terminal: Terminal, line: list[str], found: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "filter.txt").write_text(TEXT_MODE)
    done = terminal.run("search", "task", *line, "-f", "ids", stdin=f"{LAUNCH}\n{PLAN}\n")
    assert (done.exit_code, done.stdout.split()) == (0, found), done.output
    assert terminal.run("count", "task", *line, stdin=f"{LAUNCH}\n{PLAN}\n").stdout == f"{len(found)}\n"


@pytest.mark.parametrize(
    "line", [[" ", "--and", "status = NEW"], ["status = NEW", "--and", " "], ["--and", "Status = 1"]]
)
def test_a_joined_condition_that_is_none_is_refused(terminal: Terminal, line: list[str]) -> None:
    assert terminal.run("search", "task", *line).exit_code == 2


LABELLED = '"Percent Complete" > 0 and "Status" = INP'


@pytest.mark.parametrize(
    "line",
    [
        ["search", "task", LABELLED],
        ["count", "task", LABELLED],
        ["report", "task", LABELLED, "--count"],
        ["export", "task", LABELLED, "-o", "tasks.csv"],
        ["update", "task", LABELLED, "--set", "name=x", "--dry-run"],
        ["update", "task", LABELLED, "--set", "name=x", "--python"],
        ["delete", "task", LABELLED, "--dry-run"],
        ["share", "task", LABELLED, "--with", f"user:{PLAN}", "--dry-run"],
        ["action", "task", "calculateDataExtension", LABELLED, "--dry-run"],
        ["search", "task", "status = INP", "--and", LABELLED],
    ],
    ids=" ".join,
)
def test_labels_are_taken_for_names_by_every_command_unless_a_script_says_otherwise(
    terminal: Terminal, line: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = terminal.run(*line)
    assert done.exit_code == 0, done.output
    strict = terminal.run(*line, "--strict-names")
    assert strict.exit_code == 2, strict.output
    assert "is a label, and labels are not taken here" in strict.stderr
    assert "hint: Write the field's name: percentComplete." in strict.stderr


def test_what_a_command_repeats_has_names(terminal: Terminal) -> None:
    assert "percentComplete > 0 and status = INP" in terminal.run("search", "task", LABELLED, "--python").stdout
