"""What rows cost on their way into tables: a page to Arrow, and a sync into DuckDB. CPU time, one process.

The server is a formula in this process: its rows are answers of 2000 in JSON, IDs begin with the second they were made
in. Run it: ``python -m benchmarks.tables``.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic_core import from_json

from workfront_client.v22 import Task
from workfront_core.operations.search import MAX_PAGE, Query
from workfront_core.paging._sync.pager import Pager
from workfront_core.request.request import Request
from workfront_core.sync import DuckDB, Sync, Table
from workfront_core.values.datetimes import format_datetime, parse_datetime

ROWS = 1_000_000
SHORT = 20_000
CHANGED = 1_000
ROUNDS = 5
FIELDS = (
    "name", "status", "percentComplete", "plannedStartDate", "plannedCompletionDate", "projectID", "durationMinutes",
    "lastUpdateDate",
)  # fmt: skip

T = TypeVar("T")


@dataclass
class Formula:
    """Tasks that a formula gives, and the edited ones."""

    rows: int
    now: datetime = datetime(2026, 11, 25, 12, tzinfo=UTC)
    origin: str = "https://acme.example"
    edited: dict[int, str] = field(default_factory=dict[int, str])
    calls: int = 0

    def server_time(self) -> datetime:
        """Goes on by an hour each time."""
        self.calls += 1
        self.now += timedelta(hours=1)
        return self.now

    def edit(self, number: int) -> None:
        """Changes tasks spread over all of them."""
        stamp = format_datetime(self.now)
        self.edited = dict.fromkeys(range(0, self.rows, self.rows // number), stamp)

    def send(self, request: Request[T], /) -> T:
        """Answers a search in the order of the IDs."""
        self.calls += 1
        return request.parse(from_json(self.answer(dict(request.params)), cache_strings="keys"))  # as the client does

    def answer(self, params: dict[str, str]) -> bytes:
        """The rows of a page as JSON, or how many there are."""
        first = self._number(params["ID"]) + 1 if params.get("ID_Mod") == "gt" else 0
        if "$$LIMIT" not in params:
            return b'{"count":%d}' % max(0, self.rows - first)
        limit = int(params["$$LIMIT"])
        numbers: Any = range(first, min(first + limit, self.rows))
        low = params.get("lastUpdateDate")
        if low is not None:
            since = parse_datetime(low)
            numbers = [at for at, at_stamp in self.edited.items() if at >= first and parse_datetime(at_stamp) >= since]
        asked = {"ID", "objCode", *params["fields"].split(",")}
        rows = (self._row(at) for at in numbers[:limit])
        return json.dumps([{name: row[name] for name in row if name in asked} for row in rows]).encode()

    def _row(self, at: int) -> dict[str, Any]:
        return {
            "ID": f"{0x6A000000 + at // 7:08x}{at:024x}", "objCode": "TASK", "name": f"Task {at}", "status": "INP",
            "percentComplete": at % 100 + 0.5, "plannedStartDate": "2026-05-18T17:00:00:000-0600",
            "plannedCompletionDate": "2026-06-18T17:00:00:000-0600", "projectID": f"{at // 50:032x}",
            "durationMinutes": at % 4800, "lastUpdateDate": self.edited.get(at, "2026-01-18T17:00:00:000-0600"),
        }  # fmt: skip

    @staticmethod
    def _number(row_id: str) -> int:
        return int(row_id[8:], 16)


@dataclass
class Kept(Formula):
    """The same with its pages made beforehand, so that making them is not measured."""

    pages: dict[tuple[tuple[str, str], ...], bytes] = field(default_factory=dict[tuple[tuple[str, str], ...], bytes])

    def answer(self, params: dict[str, str]) -> bytes:
        """A page as JSON, made once."""
        key = tuple(params.items())
        if key not in self.pages:
            self.pages[key] = super().answer(params)
        return self.pages[key]


def reading() -> str:
    """Measures one row of 8 fields: JSON alone, typed rows, Arrow."""
    server = Kept(SHORT)

    def search() -> Pager[Task]:
        return Pager(server, Query(Task, fields=FIELDS), page_size=MAX_PAGE, prefetch=False)

    search().to_list()
    ways: dict[str, Callable[[], object]] = {
        "`json.loads` alone": lambda: [json.loads(page) for page in server.pages.values()],
        "`search(...).to_list()`": lambda: search().to_list(),
        "`search(...).to_arrow()`": lambda: search().to_arrow(),
    }
    found = {what: min(_seconds(way) for _ in range(ROUNDS)) / SHORT * 1e6 for what, way in ways.items()}
    alone = found["`json.loads` alone"]
    lines = [f"| {what} | {each:.2f} | {each / alone:.2f} |" for what, each in found.items()]
    return "\n".join(["| A row of 8 fields | CPU µs | x json.loads |", "|---|---|---|", *lines])


def syncing(rows: int = ROWS) -> str:
    """Measures a sync: first load, nothing new, some changes, a sweep."""
    server = Formula(rows)
    alone = _seconds(lambda: [batch.num_rows for batch in _batches(server)])
    table = Table(Task, fields=FIELDS, look=["percentComplete"])
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "acme.duckdb"
        first = 0.0
        for what, edits, work in (
            (f"first load of {rows:,} rows", 0, Sync.run),
            ("nothing new", 0, Sync.run),
            (f"{CHANGED:,} changes", CHANGED, Sync.run),
            ("sweep", 0, Sync.sweep),
        ):
            if edits:
                server.edit(edits)
            server.calls = 0
            with DuckDB(file, memory_limit="128MB", threads=1) as target:
                sync = Sync(server, target, [table])
                took = _seconds(lambda sync=sync, work=work: work(sync))  # type: ignore[misc]
            first = first or took
            lines.append(f"| {what} | {took:.2f} | {took / first:.3f} | {server.calls} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    by_dlt = through_dlt(rows)
    told = (
        f"Reading the same rows into Arrow alone: {alone:.2f} CPU s; the first load takes {first / alone:.2f} x that. "
        f"The same load by dlt, with our reader and Arrow: {by_dlt:.2f} CPU s; ours takes {first / by_dlt:.2f} x that. "
    )
    return "\n".join(
        [
            "| Sync | CPU s | x first load | calls |",
            "|---|---|---|---|",
            *lines,
            "",
            f"{told}Peak memory {peak:.0f} MB.",
        ]
    )


def through_dlt(rows: int = ROWS) -> float:
    """Returns the CPU seconds of the same first load by dlt, with our reader, in a process of its own."""
    code = f"from benchmarks.tables import load_by_dlt; load_by_dlt({rows})"
    quiet = {**os.environ, "RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=quiet)
    return float(done.stdout.splitlines()[-1])


def load_by_dlt(rows: int) -> None:
    """Loads the rows into a DuckDB file by dlt and prints the CPU seconds that took."""
    import dlt

    from workfront_core.sync.dlt_source import workfront

    server, table = Formula(rows), Table(Task, fields=FIELDS, look=["percentComplete"])
    with tempfile.TemporaryDirectory() as folder:
        target: Any = dlt.destinations.duckdb(f"{folder}/warehouse.duckdb")
        pipeline = dlt.pipeline("bench", destination=target, dataset_name="workfront", pipelines_dir=folder)
        print(_seconds(lambda: pipeline.run(workfront(server, [table]), loader_file_format="parquet")))


def _batches(server: Formula) -> Any:
    return Pager(server, Query(Task, fields=FIELDS), prefetch=False).to_arrow_batches()


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    print(f"{reading()}\n\n{syncing()}")
