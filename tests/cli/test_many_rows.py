"""Commands hold a few rows at a time, however many there are. docs/cli.md, docs/benchmarks.md."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest

from tests.support.cli_kit import Terminal, served
from workfront_cli.data.rows_output import OutputOptions, write_rows
from workfront_client.v22 import Task
from workfront_sandbox import Sandbox

MANY = 5_000
STREAMED = ("json", "jsonl", "csv", "tsv", "md", "ids")


class LiveRow(dict[str, Any]):
    """A row that is counted while somebody holds it."""


class Source:
    """Rows one by one, and the most of them that were held at once."""

    def __init__(self) -> None:
        self.live: WeakSet[LiveRow] = WeakSet()
        self.peak = 0

    def rows(self) -> Iterator[LiveRow]:
        for number in range(MANY):
            row = LiveRow(ID=f"{number:032x}", name=f"Task {number}")
            if number == MANY - 1:
                row["late"] = True
            self.live.add(row)
            self.peak = max(self.peak, len(self.live))
            yield row


LiveRow.__hash__ = object.__hash__  # type: ignore[assignment]


@pytest.mark.parametrize("columns", [["ID", "name"], None], ids=["columns", "what comes"])
@pytest.mark.parametrize("kind", STREAMED)
def test_every_format_but_the_table_holds_a_few_rows(kind: str, columns: list[str] | None, tmp_path: Path) -> None:
    source = Source()
    target = tmp_path / "out"
    assert write_rows(source.rows(), columns, OutputOptions(kind, target)) == MANY
    assert source.peak <= 3
    text = target.read_text("utf-8")
    assert f"{MANY - 1:032x}" in text
    if kind == "json":
        assert len(json.loads(text)) == MANY
    if kind == "csv" and columns is None:
        assert next(iter(csv.reader(io.StringIO(text)))) == ["ID", "name", "late"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_json_is_written_as_one_list(number: int, tmp_path: Path) -> None:
    rows = [{"ID": f"{one:032x}", "name": "a\nb"} for one in range(number)]
    target = tmp_path / "out.json"
    assert write_rows(iter(rows), None, OutputOptions("json", target)) == number
    assert target.read_text("utf-8") == json.dumps(rows, indent=2) + "\n"


@pytest.mark.long
@pytest.mark.parametrize(
    "options", [["-f", "csv"], ["--json"], ["-f", "jsonl", "--fields", "*"], ["-f", "tsv", "--fields", "*"]]
)
def test_a_search_of_every_row_holds_a_few_pages(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live: WeakSet[Task] = WeakSet()
    peak = 0
    flat = Task.flat

    def counted(row: Task, *names: Any) -> Any:
        nonlocal peak
        live.add(row)
        peak = max(peak, len(live))
        return flat(row, *names)

    monkeypatch.setattr(Task, "__hash__", object.__hash__)
    monkeypatch.setattr(Task, "flat", counted)
    rows = [{"ID": f"{number:032x}", "name": f"Task {number}"} for number in range(1, MANY + 1)]
    with served(Sandbox({"TASK": rows})) as url:
        terminal = Terminal(tmp_path)
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        done = terminal.run("search", "task", "--all", *options)
    assert done.exit_code == 0, done.output
    assert f"{MANY:032x}" in done.stdout
    assert 0 < peak <= 600


@pytest.mark.long
@pytest.mark.parametrize("kind", ["csv", "jsonl", "json"])
def test_checking_the_rows_of_a_file_holds_a_few_of_them(kind: str, tmp_path: Path) -> None:
    peaks: list[int] = []
    with served(Sandbox({})) as url:
        terminal = Terminal(tmp_path)
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        for number in (500, 500, 10_500):  # the first time fills caches
            file = tmp_path / f"rows-{number}.{kind}"
            rows = [
                {"ID": f"{one + 1:032x}", "name": f"A task with a long name, and its number {one}"}
                for one in range(number)
            ]
            if kind == "csv":
                file.write_text("ID,name\n" + "".join(f'{row["ID"]},"{row["name"]}"\n' for row in rows))
            elif kind == "json":
                file.write_text(json.dumps(rows, indent=2))
            else:
                file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
            del rows
            tracemalloc.start()
            done = terminal.run("update", "task", "--from", str(file), "--dry-run")
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            assert (done.exit_code, f"update {number} Task objects" in done.stdout) == (0, True), done.output
    assert peaks[2] - peaks[1] < 10_000 * 60
