"""Reading a whole table: 100,000 rows at 20 ms latency in each paging mode, and the memory of a million.

The ideal is the larger of two figures of the same run: the time the network takes for the requests of that mode (as
many bare httpx requests without any parsing, in a loop or in as many tasks as the mode has requests in flight), and the
time json and typing take for the rows.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.loopback import Rows, served
from workfront_client import ApiKey, Order
from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core.paging.page_size import DEFAULT_PAGE

ROWS = 100_000
LATENCY = 0.020
MANY = 1_000_000
BUDGET = 1.3
MEMORY = 100
_BY_NAME = [Task.f.name.asc()]


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to page: by ID or by row number; sync as a plain loop does it, sync without prefetch, or async."""

    what: str
    order: list[Order[Task]]
    way: str
    in_flight: int = 1

    def read(self, url: str, page_size: int, limit: int | None = None) -> int:
        """Reads every row; how many there were."""
        if self.way == "async":
            return asyncio.run(self._read_async(url, page_size, limit))
        with Workfront(url, auth=ApiKey("k")) as wf:
            rows = wf.task.search(order_by=self.order, page_size=page_size, limit=limit, prefetch=self.way != "plain")
            return sum(1 for _ in rows)

    async def _read_async(self, url: str, page_size: int, limit: int | None) -> int:
        async with AsyncWorkfront(url, auth=ApiKey("k")) as wf:
            number = 0
            async for _ in wf.task.search(order_by=self.order, page_size=page_size, limit=limit):
                number += 1
            return number


MODES = (
    Mode("by ID, sync", [], "loop"),
    Mode("by ID, sync without prefetch", [], "plain"),
    Mode("by ID, async", [], "async"),
    Mode("by row number, sync", _BY_NAME, "loop"),
    Mode("by row number, sync without prefetch", _BY_NAME, "plain"),
    Mode("by row number, async", _BY_NAME, "async", in_flight=2),
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Seconds of one read of all rows, beside what the network and the parsing take by themselves."""

    mode: Mode
    page_size: int
    seconds: float
    network: float
    parsing: float

    @property
    def ratio(self) -> float:
        """Times the ideal."""
        return self.seconds / max(self.network, self.parsing)


def run() -> list[Extraction]:
    """Every mode with the default page and with the largest."""
    with served(ROWS, LATENCY) as url:
        return [_extraction(url, mode, size) for size in (DEFAULT_PAGE, 2000) for mode in MODES]


def table(rows: list[Extraction]) -> str:
    """The figures as a markdown table."""
    lines = [
        "| Paging | Rows a page | Seconds | Network alone | Parsing alone | Times the ideal | Budget |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.mode.what} | {row.page_size} | {row.seconds:.2f} | {row.network:.2f} | {row.parsing:.2f} "
        f"| {row.ratio:.2f} | {BUDGET} |"
        for row in rows
    ]
    return "\n".join(lines)


def _extraction(url: str, mode: Mode, page_size: int) -> Extraction:
    mode.read(url, page_size, page_size)
    gc.collect()
    rounds = 5 if page_size > DEFAULT_PAGE else 1  # a short read suffers more from its surroundings
    pairs = [
        (_seconds(lambda: _all_of(mode.read(url, page_size), ROWS)), _seconds(lambda: _bare(url, mode, page_size)))
        for _ in range(rounds)
    ]
    seconds, network = (statistics.median(taken) for taken in zip(*pairs, strict=True))
    return Extraction(mode, page_size, seconds, network, _parsing(page_size) * ROWS / page_size)


def _bare(url: str, mode: Mode, page_size: int) -> None:
    """Sends the requests of a mode and reads their answers, unparsed."""
    address = f"{url}/attask/api/v22.0/TASK/search?ID_Sort=asc&$$LIMIT={page_size}&$$FIRST="
    addresses = [f"{address}{first}" for first in range(0, ROWS + 1, page_size)]
    if mode.way == "async":
        asyncio.run(_bare_tasks(addresses, mode.in_flight))
        return
    with httpx.Client() as http:
        for each in addresses:
            assert http.get(each).content


async def _bare_tasks(addresses: list[str], in_flight: int) -> None:
    left = iter(addresses)
    async with httpx.AsyncClient() as http:

        async def work() -> None:
            for each in left:
                assert (await http.get(each)).content

        await asyncio.gather(*(work() for _ in range(in_flight)))


def _parsing(page_size: int) -> float:
    """Seconds to make typed rows of one page's bytes."""
    page = Rows(page_size).page(0, page_size)
    return statistics.median(_seconds(lambda: Task.from_wire_rows(json.loads(page)["data"])) for _ in range(30))


def _seconds(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _all_of(number: int, expected: int) -> None:
    assert number == expected


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes a read of ``rows`` rows added at its peak to what the process held when it began."""

    what: str
    rows: int
    megabytes: float


def memory() -> list[Memory]:
    """Every mode in a process of its own: a tenth of the rows, then all, to show that they make no difference."""
    with served(MANY) as url:
        return [
            Memory(mode.what, number, _peak(url, index, number))
            for index, mode in enumerate(MODES)
            for number in (MANY // 10, MANY)
        ]


def memory_table(rows: list[Memory]) -> str:
    """The figures as a markdown table."""
    lines = ["| Paging | Rows | Peak over start, MB | Budget |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.rows:,} | {row.megabytes:.1f} | {MEMORY} |" for row in rows]
    return "\n".join(lines)


def _peak(url: str, mode: int, rows: int) -> float:
    command = [sys.executable, "-m", "benchmarks.extraction", url, str(mode), str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    return float(done.stdout)


def _measure_peak(url: str, mode: Mode, rows: int) -> float:
    mode.read(url, 10, 10)
    start = _kilobytes("VmRSS")
    _all_of(mode.read(url, 2000, rows), rows)
    return (_kilobytes("VmHWM") - start) / 1024


def _kilobytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(_measure_peak(sys.argv[1], MODES[int(sys.argv[2])], int(sys.argv[3])))
    else:
        print(table(run()))
        print(memory_table(memory()))
