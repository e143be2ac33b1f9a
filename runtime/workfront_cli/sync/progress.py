"""How far a sync is, on one line of a terminal: rows, rows a second, and what is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TextIO

from workfront_cli.output import is_quiet
from workfront_core.sync import SyncProgress
from workfront_core.sync.state import RunKind

_STEP = 0.2
"""Seconds between two lines; a terminal is slower than pages are."""


class ProgressLine:
    """A line that is written over as rows come, and taken away at the end.

    Args:
        out: the terminal.
        count: how many rows a table has on the server; asked once where every row is read.
        clock: seconds that only go forward.
    """

    def __init__(self, out: TextIO, count: Callable[[str], int], clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._count = count
        self._clock = clock
        self._begun: tuple[SyncProgress, float, int, int | None] | None = None
        self._shown = -_STEP
        self._width = 0

    def __call__(self, progress: SyncProgress) -> None:
        """Shows how far a table is."""
        now = self._clock()
        if self._begun is None or self._begun[0] is not progress:
            total = None if progress.kind is RunKind.CHANGES else self._count(progress.table)
            self._begun = progress, now, progress.read, total
        elif now - self._shown < _STEP:
            return
        self._shown = now
        _, since, read_then, total = self._begun
        seconds = now - since
        rate = (progress.read - read_then) / seconds if seconds > 0 else 0.0
        self._write(line_of(progress, total, rate))

    def clear(self) -> None:
        """Takes the line away."""
        if self._width:
            self._write("")
            self._width = 0

    def _write(self, line: str) -> None:
        self._out.write(f"\r{line.ljust(self._width)}" + ("" if line else "\r"))
        self._out.flush()
        self._width = len(line)


def line_of(progress: SyncProgress, total: int | None, rate: float) -> str:
    """Returns the line: ``wf_task: 4,000 of 10,000 rows, 2,000/s, 0:00:03 left``.

    Args:
        progress: what was read.
        total: rows that are to be read; ``None`` where nobody knows.
        rate: rows a second; 0 where it is not known yet.
    """
    read = f"{progress.read:,}"
    parts = [f"{progress.table}: {read} rows" if total is None else f"{progress.table}: {read} of {total:,} rows"]
    parts += [f"{rate:,.0f}/s"] if rate else []
    if rate and total is not None:
        parts.append(f"{timedelta(seconds=round(max(total - progress.read, 0) / rate))} left")
    return ", ".join(parts)


def progress_line(count: Callable[[str], int]) -> ProgressLine | None:
    """Returns the line of a person's terminal; ``None`` for programs, pipes and ``--quiet``."""
    return ProgressLine(sys.stderr, count) if sys.stderr.isatty() and not is_quiet() else None
