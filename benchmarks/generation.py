"""Generating one version, and type-checking a user's script against it."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workfront_codegen.generate import generate
from workfront_schema import store

ROOT = Path(__file__).resolve().parent.parent


# What the example does, by hand: the same libraries, two models of a few fields.
_BY_HAND = """
import sys

import httpx
from pydantic import BaseModel


class Task(BaseModel):
    ID: str
    name: str
    percentComplete: float | None = None


class Tasks(BaseModel):
    data: list[Task]


def late(client: httpx.Client) -> list[Task]:
    answer = client.get("/attask/api/v22.0/task/search", params={"percentComplete": "100", "percentComplete_Mod": "lt"})
    return Tasks.model_validate_json(answer.raise_for_status().content).data


with httpx.Client(base_url=sys.argv[1], headers={"apiKey": sys.argv[2]}) as client:
    for task in late(client):
        print(task.name, task.percentComplete)
"""


def table(oracle: float) -> str:
    """Measures and returns the figures; ``oracle`` are the seconds that datamodel-code-generator took."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "by_hand.py")
        program.write_text(_BY_HAND)
        cold, warm = _mypy_seconds(ROOT / "examples" / "quickstart.py")
        bare, bare_again = _mypy_seconds(program)
    by_hand = "the same jobs by hand over httpx and pydantic"
    lines = [
        ("`workfront-codegen generate`, one version, everything", _seconds(), "datamodel-code-generator", oracle, 1),
        ("mypy --strict on examples/quickstart.py, empty cache", cold, by_hand, bare, 2.5),
        ("the same again", warm, by_hand, bare_again, 2.5),
    ]
    return "\n".join(
        ["| What | s | Held against | s | Ratio | Budget |", "|---|---|---|---|---|---|", *map(_line, lines)]
    )


def _line(figures: tuple[str, float, str, float, float]) -> str:
    what, ours, peer, theirs, budget = figures
    return f"| {what} | {ours:.2f} | {peer} | {theirs:.2f} | {ours / theirs:.2f} | {budget} |"


def _seconds(rounds: int = 3) -> float:
    """Returns the median time to render, format and write the whole v22.0 package."""
    times: list[float] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            generate(store.standard_schema(), ("v22.0",), "workfront_client", Path(folder), check=False)
            times.append(time.perf_counter() - started)
    return statistics.median(times)


def _mypy_seconds(program: Path) -> tuple[float, float]:
    """Returns what mypy --strict uses of the processor for a program with an empty cache, and again."""
    with tempfile.TemporaryDirectory() as cache:
        mypy = str(Path(sys.executable).parent / "mypy")
        command = [mypy, "--strict", "--config-file", "", "--cache-dir", cache, str(program)]
        times: list[float] = []
        for _ in range(2):
            before = _processor()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            times.append(_processor() - before)
    return times[0], times[1]


def _processor() -> float:
    """Returns the seconds that processes which have ended have used of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
