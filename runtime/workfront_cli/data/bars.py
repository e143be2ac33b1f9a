"""A report as bars in the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import click

from workfront_cli.data.cells import cell
from workfront_cli.output import plain
from workfront_core.errors import QueryError

_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_FULL: Final = "█"
_LONGEST: Final = 40
"""Letters of a label, and of a bar where there is no terminal."""
_SHORTEST: Final = 10


def show_bars(rows: Sequence[Mapping[str, Any]], keys: Sequence[str], number: str) -> None:
    """Writes a line a group: its keys, its number, and a bar as long as the number says.

    Args:
        rows: the groups.
        keys: names of what they are grouped by.
        number: name of the aggregate.

    Raises:
        QueryError: an aggregate is not a number.
    """
    labels = [" / ".join(plain(cell(row.get(key), "(none)")) for key in keys) or "all" for row in rows]
    labels = [label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…" for label in labels]
    values = [_number(row.get(number), number) for row in rows]
    texts = [f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}" for value in values]
    left, right = max(map(len, labels), default=0), max(map(len, texts), default=0)
    room = _room(left + right + 4)
    greatest = max(map(abs, values), default=0.0)
    for label, value, text in zip(labels, values, texts, strict=True):
        bar = _bar(abs(value) / greatest * room if greatest else 0.0)
        click.echo(f"{label.ljust(left)}  {text.rjust(right)}  {bar}".rstrip())


def _room(taken: int) -> int:
    """Returns the letters left for the longest bar: what the terminal has, else a fixed number."""
    if not sys.stdout.isatty():
        return _LONGEST
    return max(shutil.get_terminal_size().columns - taken - 1, _SHORTEST)


def _bar(length: float) -> str:
    """Returns a bar of so many letters, with an eighth of one at its end; of ``#`` where the output knows no other."""
    try:
        (_FULL + _EIGHTHS).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return "#" * round(length)
    eighths = round(length * 8)
    return (_FULL * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def _number(value: object, name: str) -> float:
    try:
        return float(str(value)) if value is not None else 0.0
    except ValueError:
        raise QueryError(f"{name} is {value!r:.60}, which has no length.", hint="--chart draws numbers.") from None
