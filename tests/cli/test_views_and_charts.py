"""Views, filters and groupings of Workfront on the line, charts, Python in place of an answer. docs/cli.md."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.writing_kit import PLAN, SEED
from tests.support.cli_kit import Terminal, served
from tests.support.waiting import PATIENCE
from workfront_sandbox import Sandbox

VIEW: Final = """\
textmode=true
column.0.displayname=What
column.0.link.valuefield=objCode
column.0.linkedname=direct
column.0.querysort=name
column.0.valuefield=name
column.0.valueformat=HTML
column.1.displayname=Who | where
column.1.valueField=assignedTo:name
column.2.displayname=Days left
column.2.valueexpression=DATEDIFF({plannedCompletionDate},$$TODAY)
column.3.type=iterate
column.3.listmethod=nested(assignments).lists
column.3.valuefield=assignedTo:name
column.4.displayname=Region
column.4.valuefield=Region
column.4.valueformat=customDataLabelsAsString
"""
GROUPING: Final = "group.0.linkedname=project\ngroup.0.valuefield=project:name\ngroup.1.valuefield=status\n"


def members(text: str) -> dict[str, str]:
    """Lines of text mode as the API gives them: values by name."""
    return {name: value for name, _, value in (line.partition("=") for line in text.splitlines())}


WRITTEN: Final = members(VIEW)
STORED: Final[dict[str, Any]] = {
    **SEED,
    "PARAM": [
        {"ID": "4a" * 16, "name": "Region", "dataType": "TEXT", "displayType": "TEXT"},
        {"ID": "4b" * 16, "name": "Budget code", "dataType": "TEXT", "displayType": "TEXT"},
    ],
    "UIVW": [
        {"ID": "8a" * 16, "name": "Mine", "uiObjCode": "TASK", "definition": WRITTEN},
        {"ID": "8b" * 16, "name": "Mine", "uiObjCode": "PROJ", "definition": WRITTEN},
        {"ID": "8c" * 16, "name": "Twice", "uiObjCode": "TASK", "definition": WRITTEN},
        {"ID": "8d" * 16, "name": "Twice", "uiObjCode": "TASK", "definition": WRITTEN},
        {"ID": "8e" * 16, "name": "Empty", "uiObjCode": "TASK"},
    ],
    "UIGB": [
        {"ID": "9a" * 16, "name": "By project", "uiObjCode": "TASK",
         "definition": members(GROUPING)},
    ],
    "UIFT": [
        {"ID": "9b" * 16, "name": "Begun", "uiObjCode": "TASK",
         "definition": {"status": "INP\tNEW", "status_Mod": "in", "percentComplete": "0", "percentComplete_Mod": "gt"}},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Sandbox(STORED)) as url:
        yield url


@pytest.fixture
def terminal(tmp_path: Path, site: str) -> Terminal:
    found = Terminal(tmp_path)
    found.set(URL=site, API_KEY="key-of-ana-1234")
    return found


def lines(terminal: Terminal, *arguments: str) -> list[list[str]]:
    done = terminal.run(*arguments)
    assert done.exit_code == 0, done.output
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.mark.parametrize("given", ["file", "Mine", "8a" * 16])
def test_a_view_says_what_is_shown_and_under_which_headings(terminal: Terminal, tmp_path: Path, given: str) -> None:
    (tmp_path / "view.txt").write_text(VIEW)
    view = f"@{tmp_path / 'view.txt'}" if given == "file" else given
    done = terminal.run("search", "task", "name = 'Plan'", "--view", view)
    assert [line.split("\t") for line in done.stdout.splitlines()] == [
        ["What", "Who | where", "Region"],
        ["Plan", "Ana Ray", ""],
    ]
    assert "left out: column 2 (Days left): It is computed." in done.stderr
    assert "left out: column 3: Its list is filled by the server." in done.stderr
    markdown = terminal.run("search", "task", "name = 'Plan'", "--view", view, "-f", "md").stdout
    assert markdown.startswith("| What | Who \\| where | Region |\n")
    assert json.loads(terminal.run("search", "task", "name = 'Plan'", "--view", view, "--json").stdout) == [
        {"name": "Plan", "assignedTo": {"name": "Ana Ray"}, "DE:Region": None}
    ]


def test_a_single_column_is_pasted_without_its_number(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "column.txt").write_text("displayname=Done\nvaluefield=percentComplete\nvalueformat=val\n")
    found = lines(terminal, "search", "task", PLAN, "--view", f"@{tmp_path / 'column.txt'}")
    assert found == [["Done"], ["40.0"]]


@pytest.mark.parametrize("given", ["file", "By project", "9a" * 16])
def test_a_grouping_says_what_a_report_groups_by(terminal: Terminal, tmp_path: Path, given: str) -> None:
    (tmp_path / "g.txt").write_text(GROUPING)
    grouping = f"@{tmp_path / 'g.txt'}" if given == "file" else given
    assert lines(terminal, "report", "task", "--grouping", grouping) == [
        ["project.name", "status", "count_ID"],
        ["Site", "INP", "2"],
        ["Site", "NEW", "1"],
    ]


def test_a_filter_kept_in_workfront_joins_the_condition(terminal: Terminal) -> None:
    assert lines(terminal, "search", "task", "--filter", "Begun", "--fields", "name", "--no-header") == [
        ["Plan"],
        ["Build"],
    ]
    found = lines(terminal, "search", "task", "name = 'Plan'", "--filter", "9b" * 16, "--fields", "name", "--no-header")
    assert found == [["Plan"]]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["search", "task", "--view", "None such"], 5, "no view 'None such' for Task"),
        (["search", "task", "--view", "Twice"], 2, "Several have the name"),
        (["search", "task", "--view", "Empty"], 2, "no definition that the API shows"),
        (["search", "task", "--view", "8b" * 16], 2, "is for PROJ, not for TASK"),
        (["search", "task", "--view", "@missing.txt"], 2, "cannot be read"),
        (["search", "task", "--view", "Mine", "--fields", "name"], 2, "give one"),
        (["report", "task", "--grouping", "By project", "--by", "status"], 2, "give one"),
        (["report", "task", "--by", "status", "--chart", "--json"], 2, "for people"),
        (["report", "task", "--by", "status", "--chart", "-o", "x.csv"], 2, "for people"),
        (["report", "task", "--by", "status", "--chart", "--rollup"], 2, "totals"),
        (["report", "task", "--by", "status", "--chart", "--sum", "percentComplete", "--count", "ID"], 2, "one number"),
        (["report", "task", "--by", "status", "--chart", "--max", "plannedCompletionDate"], 2, "draws numbers"),
    ],
)
def test_what_does_not_go_together_is_said(terminal: Terminal, arguments: list[str], code: int, says: str) -> None:
    with served(Sandbox(STORED)) as url:
        terminal.set(URL=url)
        terminal.run("update", "task", PLAN, "--set", "plannedCompletionDate=2026-07-03")
        done = terminal.run(*arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert says in done.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("column.0.valueexpression={name}\n", "no column that the API can show"),
        ("column.0.valuefield=nam\n", "Task has no field nam"),
        ("column.0.valuefield\n", "lacks '='"),
        ("group.0.valuefield=status\n", "no column"),
    ],
)
def test_a_view_without_a_column_is_refused(terminal: Terminal, tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "v.txt").write_text(text)
    done = terminal.run("search", "task", "--view", f"@{tmp_path / 'v.txt'}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("group.0.valuefield=plannedCompletionDate\ngroup.0.valueformat=monthAsString\n", "whole values"),
        ("group.0.valueexpression=IF({a})\n", "computed"),
        ("column.0.valuefield=name\n", "names no field"),
    ],
)
def test_a_grouping_the_api_cannot_do_is_refused(terminal: Terminal, tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "g.txt").write_text(text)
    done = terminal.run("report", "task", "--grouping", f"@{tmp_path / 'g.txt'}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_a_chart_has_a_bar_a_group_as_long_as_its_number(terminal: Terminal) -> None:
    done = terminal.run("report", "task", "--by", "status", "--chart")
    assert done.stdout.splitlines() == ["INP  2  " + "█" * 40, "NEW  1  " + "█" * 20]
    nothing = terminal.run("report", "task", "name = 'none'", "--by", "status", "--chart")
    assert (nothing.exit_code, nothing.stdout) == (0, "")


def test_totals_stand_behind_the_groups_of_their_level(terminal: Terminal) -> None:
    found = lines(terminal, "report", "task", "--by", "project.name,status", "--rollup")
    assert found[1:] == [["Site", "INP", "2"], ["Site", "NEW", "1"], ["Site", "", "3"], ["", "", "3"]]


def test_a_search_goes_on_from_a_cursor(terminal: Terminal) -> None:
    explained = terminal.run("search", "task", "--limit", "2", "--fields", "name", "--python").stdout
    program = f"{explained.replace('for row in wf.task.search', 'rows = wf.task.search').split('rows =')[0]}"
    code = f"{program}found = wf.task.search(fields=['name'], limit=2)\n    list(found)\n    print(found.cursor)"
    variables = {name: text for name, text in terminal.environ.items() if text is not None}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=terminal.whole_environment(variables), capture_output=True, text=True,
        timeout=PATIENCE, check=True,
    )  # fmt: skip
    shown = lines(terminal, "search", "task", "--fields", "name", "--no-header", "--cursor", ran.stdout.strip())
    assert shown == [["Launch"]]


@pytest.mark.long
@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "task", "percentComplete >= 0", "--by", "project.name, status", "--sum", "percentComplete"],
        ["report", "task", "--by", "DE:Region, project.DE:'Budget code'", "--count", "ID"],
        ["report", "task", "--rollup", "--by", "status", "--max", "percentComplete", "--avg", "durationMinutes"],
        ["report", "issue"],
        ["get", "task", PLAN, "--fields", "name, project.name"],
        ["get", "task", PLAN, "--all-fields"],
        ["query", "work", "myWork", "--fields", "name"],
        ["search", "task", "name = 'Plan'", "--filter", "Begun", "--view", "Mine"],
        ["export", "task", "status = INP", "--fields", "name", "--limit", "1", "-o", "out.csv", "--names", "python"],
    ],
)
def test_the_python_that_is_shown_runs_and_finds_the_same(
    terminal: Terminal, tmp_path: Path, arguments: list[str]
) -> None:
    program = terminal.run(*arguments, "--python").stdout
    variables = {name: text for name, text in terminal.environ.items() if text is not None}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=terminal.whole_environment(variables), capture_output=True, text=True,
        timeout=PATIENCE, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert ran.stderr == ""
    if arguments[0] == "export":
        written = (tmp_path / "out.csv").read_text()
        assert '"Plan"' in written
        assert '"Build"' not in written
        return
    rows = json.loads(terminal.run(*arguments, "--json").stdout)
    for text in _texts(rows):
        assert text in ran.stdout


def _texts(document: Any) -> list[str]:
    """Every text in a document."""
    if isinstance(document, dict):
        return [text for value in document.values() for text in _texts(value)]
    if isinstance(document, list):
        return [text for value in document for text in _texts(value)]
    return [document] if isinstance(document, str) and "T" not in document else []
