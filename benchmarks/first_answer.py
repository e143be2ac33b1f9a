"""From nothing to the first answer: an interpreter starts, imports, makes a client and gets one answer on loopback."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.loopback import served

BUDGET = 1.3
_BARE = """
import sys, httpx, pydantic
class Count(pydantic.BaseModel):
    count: int
class Answer(pydantic.BaseModel):
    data: Count
"""
_COUNT = 'sys.argv[1] + "/attask/api/v22.0/TASK/count", headers={"apiKey": "k"}'
_PROGRAMS = {
    "threads": (
        f"{_BARE}with httpx.Client() as client:\n    content = client.get({_COUNT}).content\n"
        "assert Answer.model_validate_json(content).data.count == 1",
        """
import sys
from workfront_client import ApiKey
from workfront_client.v22 import Workfront
with Workfront(sys.argv[1], auth=ApiKey("k")) as wf:
    assert wf.task.count() == 1
""",
    ),
    "asyncio": (
        f"{_BARE}import asyncio\nasync def main():\n    async with httpx.AsyncClient() as client:\n"
        f"        content = (await client.get({_COUNT})).content\n"
        "    assert Answer.model_validate_json(content).data.count == 1\nasyncio.run(main())",
        """
import asyncio, sys
from workfront_client import ApiKey
from workfront_client.v22 import AsyncWorkfront
async def main():
    async with AsyncWorkfront(sys.argv[1], auth=ApiKey("k")) as wf:
        assert await wf.task.count() == 1
asyncio.run(main())
""",
    ),
}


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """Median milliseconds of whole processes, ours and the bare HTTP client's in turns."""

    how: str
    bare: float
    ours: float


def measure(rounds: int = 15) -> list[FirstAnswer]:
    """Runs each pair of programs ``rounds`` times, after one run that fills the bytecode caches."""
    with tempfile.TemporaryDirectory() as folder, served(1) as url:
        return [_pair(how, bare, ours, url, Path(folder), rounds) for how, (bare, ours) in _PROGRAMS.items()]


def table(figures: list[FirstAnswer]) -> str:
    """The figures as a table, with the ratio and its budget."""
    lines = ["| One count, with | httpx + pydantic, ms | workfront_client.v22, ms | Ratio | Budget |"]
    lines += ["|---|---|---|---|---|"]
    lines += [f"| {f.how} | {f.bare:.0f} | {f.ours:.0f} | {f.ours / f.bare:.2f} | {BUDGET} |" for f in figures]
    return "\n".join(lines)


def _pair(how: str, bare: str, ours: str, url: str, folder: Path, rounds: int) -> FirstAnswer:
    runs = [(_milliseconds(bare, url, folder), _milliseconds(ours, url, folder)) for _ in range(rounds + 1)][1:]
    return FirstAnswer(how, statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs))


def _milliseconds(program: str, url: str, folder: Path) -> float:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, url], check=True, env=environment)
    return (time.perf_counter() - begun) * 1000
