"""``workfront export``: what it writes, what it says, and how it ends. docs/cli.md."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.test_reading_commands import BUILD, LAUNCH, PLAN, site, terminal
from tests.support.cli_kit import Terminal

__all__ = ["site", "terminal"]


def test_every_row_that_meets_the_condition_is_in_the_file(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "tasks.parquet"
    done = terminal.run(
        "export", "TASK", "--where", "percentComplete < 50", "--fields", "name,project.name", "-o", str(file)
    )
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"2 rows in {file}\n")
    assert [(row["ID"], row["project"]["name"]) for row in pq.read_table(file).to_pylist()] == [
        (BUILD, "Site"),
        (LAUNCH, "Site"),
    ]


def test_all_plain_fields_of_related_rows_are_taken_by_a_star(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "tasks.parquet"
    done = terminal.run("export", "TASK", PLAN, "--fields", "name, project.*, predecessors:*", "-o", str(file))
    assert done.exit_code == 0, done.stderr
    (row,) = pq.read_table(file).to_pylist()
    assert (row["project"]["name"], row["predecessors"]) == ("Site", [])
    assert len(row["project"]) > 100


def test_programs_get_json(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "tasks.csv"
    done = terminal.run("export", "task", PLAN, "--fields", "name,project.name", "-o", str(file), "--json")
    assert json.loads(done.stdout) == {"file": str(file), "rows": 1}
    with file.open(newline="") as opened:
        assert [row["project_name"] for row in csv.DictReader(opened)] == ["Site"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["task", "-o", "t.docx"], 2, "No table format ends with '.docx'"),
        (["task", "-o", "no/t.csv"], 2, "does not exist"),
        (["task", "percentComplete <", "-o", "t.csv"], 2, "percentComplete <"),
        (["task", "status = NEW", "--where", "status = NEW", "-o", "t.csv"], 2, "given twice"),
        (["task"], 2, "Missing option '-o'"),
        (["nothing", "-o", "t.csv"], 2, "nothing"),
    ],
)
def test_wrong_use_leaves_no_file(
    terminal: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = terminal.run("export", *arguments)
    assert (done.exit_code, said in done.stderr) == (code, True), done.stderr
    assert not list(tmp_path.glob("t.*"))


def test_a_file_that_cannot_be_written_is_told_in_one_line(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "t.csv").mkdir()
    done = terminal.run("export", "task", "-o", str(tmp_path / "t.csv" / ".." / "t.csv"))
    assert done.exit_code == 2
    assert "is a directory" in done.stderr
