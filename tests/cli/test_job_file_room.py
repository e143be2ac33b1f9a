"""A job whose file finds no room: it stops, says so, and goes on later; each row once. docs/cli.md, Rows."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.cli.test_rows_from_a_file import SHEET, sent, write
from tests.cli.test_rows_from_a_file import sandbox as sandbox
from tests.cli.test_rows_from_a_file import terminal as terminal
from tests.cli.writing_kit import BUILD, LAUNCH, PLAN, SITE, writes
from tests.support.cli_kit import Terminal
from workfront_cli.rows.job_file import write_whole
from workfront_sandbox import Sandbox


class FullDisk:
    """Lets so many lines of the job file be written, and no more."""

    def __init__(self, lines: int) -> None:
        self.left = lines

    def __call__(self, file: BinaryIO, line: bytes) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_whole(file, line)


@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("verb", ["update", "create"])
def test_a_job_whose_file_finds_no_room_stops_and_goes_on_later(
    verb: str, lines: int, terminal: Terminal, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_by = zip(range(3), (PLAN, BUILD, LAUNCH) if verb == "update" else (SITE,) * 3, strict=True)
    heading = "ID" if verb == "update" else "projectID"
    content = "".join(f"New {number},{one}\n" for number, one in told_by)
    file = write(tmp_path, "rows.csv", f"name,{heading}\n{content}")
    with monkeypatch.context() as full:
        full.setattr("workfront_cli.rows.job_file.write_whole", FullDisk(lines))
        code = 8 if lines == 2 else 1  # the second line is what became of a call that has left
        said = sent(terminal, verb, "task", "--from", file, "--yes", "--chunk", "2", code=code)
    assert "rows.csv.wfjob cannot be written: No space left on device" in said
    assert f"workfront {verb} --resume" in said
    sent(terminal, verb, "--resume", f"{file}.wfjob")
    names = sorted(str(one["name"]) for one in sandbox.rows("TASK") if str(one["name"]).startswith("New"))
    assert names == ["New 0", "New 1", "New 2"]


def test_a_job_whose_file_finds_no_room_at_all_does_not_begin(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, "rows.csv", SHEET)
    with monkeypatch.context() as full:
        full.setattr("workfront_cli.rows.job_file.write_whole", FullDisk(0))
        assert "cannot be written" in sent(terminal, "update", "task", "--from", file, "--yes", code=2)
    assert writes(sandbox) == []
    sent(terminal, "update", "task", "--from", file, "--yes")


def test_faults_are_told_where_they_cannot_be_kept(terminal: Terminal, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", f"ID,percentComplete\n{PLAN},much\n")
    (tmp_path / "rows.csv.errors.csv").mkdir()
    said = sent(terminal, "update", "task", "--from", file, "--yes", code=2)
    assert "row 2, column 'percentComplete'" in said
    assert "rows.csv.errors.csv cannot be written" in said


def test_a_disk_is_waited_for_once_a_call(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "".join(f"New {number},{SITE}\n" for number in range(6))
    file = write(tmp_path, "rows.csv", f"name,projectID\n{content}")
    waits: list[int] = []
    monkeypatch.setattr("workfront_cli.rows.job_file.os.fsync", waits.append)
    sent(terminal, "create", "task", "--from", file, "--yes", "--chunk", "2")
    assert len(waits) == 3 + len(("the header", "the end"))


def stopped(terminal: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A job that was stopped after its first call; gives the line that began it."""
    content = "".join(f"New {number},{one}\n" for number, one in enumerate((PLAN, BUILD, LAUNCH)))
    line = ["update", "task", "--from", write(folder, "rows.csv", f"name,ID\n{content}"), "--yes", "--chunk", "2"]
    with monkeypatch.context() as full:
        full.setattr("workfront_cli.rows.job_file.write_whole", FullDisk(3))
        sent(terminal, *line, code=1)
    return line


@pytest.mark.parametrize(("answer", "code", "names"), [("y\n", 0, 3), ("n\n", 2, 2), ("", 1, 2)])
def test_a_person_is_asked_whether_to_go_on_with_a_job_that_was_stopped(
    answer: str, code: int, names: int, terminal: Terminal, sandbox: Sandbox, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    line = stopped(terminal, tmp_path, monkeypatch)
    monkeypatch.setattr("workfront_cli.rows.from_file.may_ask", lambda: True)
    said = sent(terminal, *line, code=code, stdin=answer)
    assert "A job of this file was stopped" in said
    assert "2 of 3 rows done" in said
    assert sum(str(one["name"]).startswith("New") for one in sandbox.rows("TASK")) == names


@pytest.mark.parametrize("more", [["--set", "percentComplete=5"], ["--ignore", "x"], ["--own-codes"]])
def test_another_line_than_began_a_job_does_not_go_on_with_it(
    more: list[str], terminal: Terminal, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = stopped(terminal, tmp_path, monkeypatch)
    before = len(writes(sandbox))
    assert "--resume" in sent(terminal, *line, code=2)
    monkeypatch.setattr("workfront_cli.rows.from_file.may_ask", lambda: True)
    assert "--resume" in sent(terminal, *line, *more, code=2, stdin="y\n")
    assert len(writes(sandbox)) == before
