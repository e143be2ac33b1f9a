"""How many rows are done, as a bar on a person's terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from workfront_cli.output import is_quiet


class RowBar:
    """Rows done of all that there are. It comes with the first of them: what is refused ends with its error alone."""

    def __init__(self, length: int, shown: ExitStack) -> None:
        self._bar: Any = click.progressbar(length=length, label="rows", file=sys.stderr)
        self._shown = shown
        self._done = 0

    def advance(self, rows: int) -> None:
        """Counts further rows."""
        self.reach(self._done + rows)

    def reach(self, rows: int) -> None:
        """Shows that so many rows are done in all."""
        if rows <= self._done:
            return
        if not self._done:
            self._shown.enter_context(self._bar)
        self._bar.update(rows - self._done)
        self._done = rows


@contextmanager
def row_bar(length: Callable[[], int]) -> Generator[RowBar | None]:
    """Yields the bar of a person's terminal; ``None`` for pipes and ``--quiet``.

    Args:
        length: how many rows there are; asked where somebody looks.
    """
    if is_quiet() or not sys.stderr.isatty():
        yield None
        return
    with ExitStack() as shown:
        yield RowBar(length(), shown)
