"""Generating one version, and type-checking a user's script against it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workfront_codegen.generate import generate
from workfront_schema import store

ROOT = Path(__file__).resolve().parent.parent


def generation_seconds(rounds: int = 3) -> float:
    """Median time to render, format and write the whole v22.0 package."""
    times: list[float] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            generate(store.standard_schema(), ("v22.0",), "workfront_client", Path(folder), check=False)
            times.append(time.perf_counter() - started)
    return statistics.median(times)


def mypy_seconds() -> tuple[float, float]:
    """mypy --strict on the example program: with an empty cache, and again."""
    with tempfile.TemporaryDirectory() as cache:
        mypy = str(Path(sys.executable).parent / "mypy")
        command = [mypy, "--strict", "--cache-dir", cache, "examples/quickstart.py"]
        times: list[float] = []
        for _ in range(2):
            started = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            times.append(time.perf_counter() - started)
    return times[0], times[1]
