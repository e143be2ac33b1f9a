"""How far a sync is, on a terminal: rows, rows a second, what is left; nothing of it anywhere else. docs/cli.md."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.test_reading_commands import SEED
from tests.support.cli_kit import Terminal, served
from tests.support.waiting import PATIENCE
from workfront_cli.sync.progress import ProgressLine, line_of
from workfront_core.sync import SyncProgress
from workfront_core.sync.state import RunKind
from workfront_sandbox import Sandbox

pty = pytest.importorskip("pty", reason="there are no terminals here to be opened by a program")


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def shown(kind: RunKind | None, total: int = 10_000) -> Iterator[str]:
    """What stands on the line after each 1,000 rows, a second apart."""
    out, clock, progress = StringIO(), Clock(), SyncProgress("wf_task", kind)
    line = ProgressLine(out, lambda _table: total, clock)
    while True:
        progress.read += 1000
        line(progress)
        yield out.getvalue().rpartition("\r")[2].rstrip()
        clock.now += 1.0


def test_a_full_run_tells_rate_and_rest() -> None:
    lines = shown(RunKind.FULL)
    assert [next(lines) for _ in range(3)] == [
        "wf_task: 1,000 of 10,000 rows",
        "wf_task: 2,000 of 10,000 rows, 1,000/s, 0:00:08 left",
        "wf_task: 3,000 of 10,000 rows, 1,000/s, 0:00:07 left",
    ]


def test_a_sweep_does_as_well() -> None:
    lines = shown(None)
    assert [next(lines) for _ in range(2)][-1] == "wf_task: 2,000 of 10,000 rows, 1,000/s, 0:00:08 left"


def test_nobody_knows_how_much_has_changed() -> None:
    lines = shown(RunKind.CHANGES)
    assert [next(lines) for _ in range(2)] == ["wf_task: 1,000 rows", "wf_task: 2,000 rows, 1,000/s"]


def test_more_rows_than_were_counted_leave_nothing() -> None:
    assert line_of(SyncProgress("wf_task", read=12), 10, 2.0) == "wf_task: 12 of 10 rows, 2/s, 0:00:00 left"


def test_lines_are_no_quicker_than_a_terminal_and_the_last_is_taken_away() -> None:
    out, clock, progress = StringIO(), Clock(), SyncProgress("wf_task", RunKind.CHANGES)
    line = ProgressLine(out, lambda _table: 0, clock)
    for _ in range(100):
        clock.now += 0.01
        line(progress)
    assert 2 <= out.getvalue().count("\r") <= 6
    line.clear()
    assert out.getvalue().endswith("\r" + " " * len("wf_task: 0 rows") + "\r")
    before = out.getvalue()
    line.clear()
    assert out.getvalue() == before


@pytest.mark.parametrize(("options", "expected"), [([], True), (["-q"], False)])
def test_a_person_sees_it_and_a_pipe_does_not(tmp_path: Path, options: list[str], expected: bool) -> None:
    with served(Sandbox(SEED)) as url:
        found = Terminal(tmp_path)
        found.set(URL=url, API_KEY="key-of-ana-1234")
        line = ["sync", "--objects", "TASK", "--to", str(tmp_path / "acme.duckdb"), *options]
        screen, side = pty.openpty()
        try:
            done = subprocess.run(
                [sys.executable, "-m", "workfront_cli", *line],
                stdout=subprocess.PIPE, stderr=side, check=False, timeout=PATIENCE,
                env=found.whole_environment({name: text for name, text in found.environ.items() if text}),
            )  # fmt: skip
            os.write(side, b"|")
            told = os.read(screen, 100_000).decode()
        finally:
            os.close(screen)
            os.close(side)
        assert (done.returncode, done.stdout) == (0, b""), told
        assert ("wf_task: 3 of 3 rows" in told) is expected
        assert ("wf_task: 3 read, 3 new" in told) is expected
        assert "rows" not in found.run(*line).stderr
