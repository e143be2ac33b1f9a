"""A search of 100 rows beside bare httpx and json: what typed rows and everything around the request cost."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from benchmarks.loopback import served
from workfront_client import ApiKey
from workfront_client.v22 import Task, Workfront

ROWS = 100
LATENCIES = (0.020, 0.0)
BUDGETS = (1.15, 2.0)
_FIELDS = ("percentComplete", "plannedCompletionDate", "status", "taskNumber", "wbs")


@dataclass(frozen=True, slots=True)
class Search:
    """Median milliseconds of one search, ours and bare, at a latency in seconds."""

    latency: float
    ours: float
    bare: float
    budget: float


def run() -> list[Search]:
    """Both ways in turns, against the same server."""
    return [_measure(latency, budget) for latency, budget in zip(LATENCIES, BUDGETS, strict=True)]


def table(rows: list[Search]) -> str:
    """The figures as a markdown table."""
    lines = ["| Server latency | workfront_client, ms | httpx + json, ms | Ratio | Budget |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.latency * 1000:.0f} ms | {row.ours:.2f} | {row.bare:.2f} | {row.ours / row.bare:.2f} | {row.budget} |"
        for row in rows
    ]
    return "\n".join(lines)


def _measure(latency: float, budget: float) -> Search:
    with served(ROWS * 10, latency) as url, Workfront(url, auth=ApiKey("k")) as wf, httpx.Client() as http:
        address = f"{wf.root}TASK/search?status=INP&fields={','.join(_FIELDS)}&ID_Sort=asc&$$FIRST=0&$$LIMIT={ROWS}"

        def bare() -> list[Any]:
            rows: list[Any] = json.loads(http.get(address, headers={"apiKey": "k"}).content)["data"]
            return rows

        def ours() -> list[Task]:
            return wf.task.search(Task.f.status == "INP", fields=_FIELDS, page_size=ROWS, limit=ROWS).to_list()

        return Search(latency, *_in_turns(ours, bare, 40 if latency else 300), budget)


def _in_turns(ours: Callable[[], list[Any]], bare: Callable[[], list[Any]], rounds: int) -> tuple[float, float]:
    assert len(ours()) == len(bare()) == ROWS
    times = [(_seconds(ours), _seconds(bare)) for _ in range(rounds)]
    return statistics.median(t[0] for t in times) * 1000, statistics.median(t[1] for t in times) * 1000


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(table(run()))
