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
