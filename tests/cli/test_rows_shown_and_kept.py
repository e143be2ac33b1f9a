"""What a plan shows of the rows of a file, and how rows of the standard input are kept. docs/cli.md, Rows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.test_rows_from_a_file import sandbox as sandbox
from tests.cli.test_rows_from_a_file import terminal as terminal
from tests.cli.test_rows_from_a_file import write
from tests.cli.writing_kit import ANA, BUILD, PLAN
from tests.support.cli_kit import Terminal
from workfront_cli.rows.spool import spooled


def test_what_stays_as_it_is_is_not_shown_as_a_change(terminal: Terminal, tmp_path: Path) -> None:
    file = write(tmp_path, "rows.csv", f"ID,name,percentComplete,status\n{PLAN},Plan,40,CPL\n{BUILD},Build,10,INP\n")
    shown = terminal.run("update", "task", "--from", file, "--dry-run").stdout
    assert f"{PLAN} Plan: status INP -> CPL\n" in shown
    assert f"{BUILD} Build: nothing new\n" in shown
    secret = write(tmp_path, "secret.csv", f"ID,password\n{ANA},a-long-Password-1\n")
    assert "password (none) -> ***" in terminal.run("update", "user", "--from", secret, "--dry-run").stdout


class Piped(io.BytesIO):
    """A standard input that tells how much of it was asked for at once."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.most = max(self.most, len(found))
        return found


@pytest.mark.parametrize(
    ("begun", "ending"), [("ID,name\n", ".csv"), (" \n\n[", ".json"), (f"{' ' * 9000}{{", ".jsonl")]
)
def test_rows_of_the_standard_input_are_kept_and_not_held(
    begun: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content = begun.encode() + b"x" * 5_000_000
    piped = Piped(content)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(piped))
    path = spooled()
    assert (path.suffix, path.read_bytes()) == (ending, content)
    assert piped.most < 1_000_000
