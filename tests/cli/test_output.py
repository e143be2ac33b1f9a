"""Where rows go and how they look there: a full disk, a pipe, a device, a narrow terminal, colours."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

import workfront_cli
from tests.cli.test_reading_commands import PLAN, SEED
from tests.support.cli_kit import Terminal, served
from tests.support.waiting import PATIENCE
from workfront_cli.__main__ import main
from workfront_cli.commands import COMMANDS
from workfront_cli.data.rows_output import FORMATS, OutputOptions, write_rows
from workfront_cli.data.table import write_table
from workfront_cli.guarded import speak_utf8
from workfront_cli.lazy_group import app
from workfront_sandbox import Sandbox

CLI = Path(workfront_cli.__file__).parent
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not (FULL.exists() and stat.S_ISCHR(FULL.stat().st_mode)), reason="no /dev/full here")
READING = (
    "search task",
    "get task " + PLAN,
    "count task",
    "report task --by status",
    "report task --by status --chart",
)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Sandbox(SEED)) as url:
        yield url


@pytest.fixture
def terminal(tmp_path: Path, site: str) -> Terminal:
    found = Terminal(tmp_path)
    found.set(URL=site, API_KEY="key-of-ana-1234")
    return found


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def table(rows: list[dict[str, Any]], width: int, monkeypatch: pytest.MonkeyPatch, **options: Any) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    target = Screen()
    options = {"null": "", "header": True, "whole": False, **options}
    write_table(rows, {name: name for name in rows[0]}, target, **options)
    return [click.unstyle(line) for line in target.getvalue().splitlines()]


def ended(monkeypatch: pytest.MonkeyPatch, output: Any, environ: dict[str, str | None], *arguments: str) -> int:
    for name, text in environ.items():
        monkeypatch.setenv(name, str(text))
    monkeypatch.setattr(sys, "stdout", output)
    with pytest.raises(SystemExit) as caught:
        app(list(arguments), prog_name="workfront")
    return int(str(caught.value.code))


@needs_full
@pytest.mark.parametrize(
    "line",
    [*(f"{name} --help" for name in COMMANDS), "--help", "--version", "describe task", "whoami", "doctor",
     "help conditions", *READING, *(f"search task -f {name}" for name in FORMATS)],
)  # fmt: skip
def test_a_full_disk_is_told(
    line: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FULL.open("w", encoding="utf-8") as output:
        code = ended(monkeypatch, output, terminal.environ, *line.split())
    assert capsys.readouterr().err == "error: The output cannot be written: No space left on device.\n"
    assert code == 1


@pytest.mark.parametrize("line", ["--help", "describe task", *READING])
def test_whose_reader_ends_ends_quietly(
    line: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w", encoding="utf-8") as output:
        assert ended(monkeypatch, output, terminal.environ, *line.split()) == 141
    assert capsys.readouterr().err == ""


def test_an_encoding_that_lacks_a_letter_is_told(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert ended(monkeypatch, output, terminal.environ, "search", "task", "--null", "\u2014") == 1
    assert "PYTHONIOENCODING=utf-8" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "has"), [("NO_COLOR", False), ("FORCE_COLOR", True)])
def test_colours_are_as_the_variables_say(name: str, has: bool, terminal: Terminal) -> None:
    shown = CliRunner().invoke(app, ["doctor"], env=terminal.environ | {name: "1"}, color=not has)
    assert ("\x1b[" in shown.stdout) is has


def test_an_option_that_was_given_nothing_is_refused(terminal: Terminal) -> None:
    for line in ("search task --fields", "search task --order-by", "report task --by", "get task x --fields",
                 "count task -p", "update task x --set", "export task -o x.csv --where"):  # fmt: skip
        done = terminal.run(*line.split(), "")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "It is empty" in done.stderr
    assert terminal.run("search", "task", "--null", "").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names are POSIX")
def test_what_is_no_ordinary_file_is_written_as_it_is(terminal: Terminal, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    assert terminal.run("search", "task", "--fields", "ID", "-o", str(pipe)).exit_code == 0
    reader.join(PATIENCE)
    assert not reader.is_alive(), "nothing came through the pipe"
    assert read[0].splitlines()[1] == PLAN
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_stays_and_what_it_leads_to_is_written(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert terminal.run("search", "task", "-o", str(tmp_path / "link.csv")).exit_code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert PLAN in (tmp_path / "real.csv").read_text()


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_the_standard_output_can_be_named(name: str, terminal: Terminal) -> None:
    done = terminal.run("search", "task", "--fields", "ID", "-f", "jsonl", "-o", name)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, f'{{"ID": "{PLAN}"}}')


ROW: dict[str, Any] = {
    "ID": PLAN, "name": "A rather long name of a task", "done": 12.5, "due": "2026-03-18T12:00:00+00:00",
    "from": "2026-03-18", "by": "Ana Maria von Rayleigh",
}  # fmt: skip


def test_a_table_fits_and_shortens_texts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (103, 110, 130, 200):
        heading, line = table([ROW], width, monkeypatch)
        assert max(len(heading), len(line)) <= width
        for whole in (PLAN, "12.5", "2026-03-18T12:00Z", "2026-03-18"):
            assert whole in line
    assert "A rather long name of a task" in line


def test_columns_there_is_no_room_for_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heading, line = table([ROW], 60, monkeypatch)
    assert heading == "ID                                name                  done"
    assert "2026" not in line
    assert capsys.readouterr().err == "No room for due, from, by: --wide, or fewer --fields.\n"
    assert table([ROW], 10, monkeypatch)[1] == PLAN, "an ID is never cut"


def test_letters_that_take_two_places_and_those_that_take_none_line_up(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"日本語のとても長い名前です": "日本語のとても長…", "cafe\u0301": "cafe\u0301", "🚀🚀": "🚀🚀"}
    lines = table([{"name": name, "n": 1} for name in names], 20, monkeypatch)[1:]
    assert [line[:-1].rstrip() for line in lines] == list(names.values())
    assert {cell_len(line) for line in lines} == {20}


def test_a_cut_time_is_lossless(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, shown in (
        ("2026-03-18T12:00:00+00:00", "2026-03-18T12:00Z"), ("2026-03-18T12:00:30+00:00", "2026-03-18T12:00:30+00:00"),
        ("2026-03-18T12:00:00+02:00", "2026-03-18T12:00:00+02:00"), ("2026-03-18", "2026-03-18"),
    ):  # fmt: skip
        assert table([{"at": given}], 80, monkeypatch)[1] == shown


def test_a_table_holds_no_more_rows_than_it_is_laid_out_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    taken: list[int] = []
    target = Screen()
    behind: list[int] = []

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(5_000):
            taken.append(number)
            behind.append(len(taken) - target.getvalue().count("\n") if number % 500 == 0 else 0)
            yield {"n": number, "name": "x" * (number % 7)}

    assert write_table(rows(), {"n": "n", "name": "name"}, target, null="", header=False, whole=False) == 5_000
    assert max(behind) <= 1_000


@pytest.mark.parametrize(("is_screen", "encoding", "errors"), [(False, "utf-8", "strict"), (True, "cp1252", "replace")])
def test_files_and_pipes_are_utf8_whatever_the_system_speaks(
    is_screen: bool, encoding: str, errors: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(output, "isatty", lambda: is_screen)
    monkeypatch.setattr(sys, "stdout", output)
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    speak_utf8()
    assert (output.encoding, output.errors) == (encoding, errors)


@pytest.mark.parametrize(
    ("line", "code"),
    [("search task", 0), ("search task -", 2), ("update task --from -", 2), ("delete task " + PLAN, 6),
     ("profiles add x --url https://a.my.workfront.com", 2), ("--help", 0), ("--version", 0), ("whoami", 0)],
)  # fmt: skip
def test_streams_may_be_closed(line: str, code: int, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(terminal.folder)
    for name, text in terminal.environ.items():
        monkeypatch.setenv(name, str(text))
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    monkeypatch.setattr(sys, "argv", ["workfront", *line.split()])
    with pytest.raises(SystemExit) as caught:
        main()
    for name in ("stdin", "stdout", "stderr"):
        getattr(sys, name).close()
    assert caught.value.code == code


def test_a_text_in_another_encoding_than_the_terminal_is_told(terminal: Terminal) -> None:
    for line in (
        ["create", "task", "--set", "name=\udce9"],
        ["search", "task", "name = '\udce9'"],
        ["get", "\udce9", "1"],
    ):
        result = terminal.run(*line, "-n") if line[0] == "create" else terminal.run(*line)
        assert result.exit_code == 2
        assert "is not in the encoding of this terminal" in result.stderr


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "ids"])
def test_half_a_letter_stands_as_its_number(form: str, tmp_path: Path) -> None:
    """No encoding has it: a text that was cut in the middle of an emoji would end every listing."""
    row = {"ID": PLAN, "name": "x\ud83d", "DE:Tags": ["\udfff"], "DE:Cake": "\U0001f370"}
    assert write_rows([row], None, OutputOptions(form, tmp_path / "rows")) == 1
    text = (tmp_path / "rows").read_text(encoding="utf-8")
    assert (r"x\ud83d" in text, r"\udfff" in text, "\U0001f370" in text) == (True, True, True)
    if form == "jsonl":
        assert json.loads(text) == row


def test_no_command_writes_json_that_may_hold_half_a_letter() -> None:
    """`json_text` alone leaves letters as they are."""
    texts = {path.relative_to(CLI).as_posix(): path.read_text(encoding="utf-8") for path in CLI.rglob("*.py")}
    assert {name for name, text in texts.items() if "ensure_ascii" in text} == {"output.py", "assistants/answers.py"}
