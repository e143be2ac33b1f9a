"""Rows as columns that line up, for people: numbers, days and IDs stay whole, texts are shortened to fit a terminal."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final, TextIO

import click
from rich.cells import cell_len, set_cell_size

from workfront_cli.data.cells import cell
from workfront_cli.output import plain, tell

_MEASURED: Final = 1000
"""Rows by which the columns are laid out; no more are held."""
_NARROWEST: Final = 8
"""Letters that a text or a heading keeps."""
_GAP: Final = "  "
_MORE: Final = "…"
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?)(?::00(?:\.0+)?)?(\+00:00|Z)?|\d{4}-\d\d-\d\dT\S+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it is written.

    Attributes:
        name: of the value in a row.
        heading: what stands above it.
        width: in places of a terminal.
        right: whether values stand at its right end, as numbers do.
    """

    name: str
    heading: str
    width: int
    right: bool


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a column needs at least, and what it would take."""

    least: int
    most: int


def write_table(
    rows: Iterable[Mapping[str, Any]],
    headings: Mapping[str, str],
    target: TextIO,
    *,
    null: str,
    header: bool,
    whole: bool,
) -> int:
    """Writes rows as they come and returns how many there were.

    Args:
        rows: values by name.
        headings: of the columns by name, in their order.
        target: where the table goes.
        null: what stands for no value.
        header: whether the headings come first.
        whole: whether nothing is cut, however wide it gets.
    """
    coming = iter(rows)
    first = list(islice(coming, _MEASURED))
    columns = _columns(first, headings, null, None if whole else shutil.get_terminal_size().columns)
    if left_out := [heading for name, heading in headings.items() if all(name != one.name for one in columns)]:
        tell(f"No room for {', '.join(left_out)}: --wide, or fewer --fields.")
    if header:
        titles = (_padded(one.heading, one.width, one.right) for one in columns)
        click.echo(click.style(_GAP.join(titles).rstrip(), bold=True), file=target)
    number = 0
    for line in _lines(chain(first, coming), columns, null, whole=whole):
        number += 1
        target.write(line)
    return number


def _lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[Column], null: str, *, whole: bool) -> Iterator[str]:
    for row in rows:
        texts = ((one, _text(row.get(one.name), null), row.get(one.name)) for one in columns)
        cells = (_padded(text, one.width, one.right, cut=not whole and _is_text(value)) for one, text, value in texts)
        yield f"{_GAP.join(cells).rstrip()}\n"


def _columns(
    rows: Sequence[Mapping[str, Any]], headings: Mapping[str, str], null: str, room: int | None
) -> list[Column]:
    """Returns the columns that there is room for, in their order; the first in any case."""
    wishes = {name: _wish(name, plain(heading), rows, null) for name, heading in headings.items()}
    while room is not None and len(wishes) > 1 and sum(one.least for one in wishes.values()) > _free(wishes, room):
        wishes.popitem()
    widest = _widest(list(wishes.values()), None if room is None else _free(wishes, room))
    return [
        Column(name, plain(headings[name]), max(wish.least, min(wish.most, widest)), _is_number(name, rows))
        for name, wish in wishes.items()
    ]


def _free(wishes: Mapping[str, _Wish], room: int) -> int:
    return room - len(_GAP) * (len(wishes) - 1)


def _widest(wishes: Sequence[_Wish], room: int | None) -> int:
    """Returns how wide a column may become so that all of them fit."""
    widest = max((one.most for one in wishes), default=0)
    while room is not None and widest > _NARROWEST:
        if sum(max(one.least, min(one.most, widest)) for one in wishes) <= room:
            break
        widest -= 1
    return widest


def _wish(name: str, heading: str, rows: Sequence[Mapping[str, Any]], null: str) -> _Wish:
    values = [row.get(name) for row in rows]
    widths = [cell_len(_text(value, null)) for value in values]
    most = max([cell_len(heading), *widths])
    kept = [width for width, value in zip(widths, values, strict=True) if name == "ID" or not _is_text(value)]
    return _Wish(max([min(most, _NARROWEST), *kept]), most)


def _text(value: object, null: str) -> str:
    """Returns a value in one line; a time without seconds it does not have."""
    text = plain(cell(value, null))
    found = _TIME.fullmatch(text)
    if found is None or found[1] is None or "T" not in found[1]:
        return text
    return f"{found[1]}{'Z' if found[2] else ''}"


def _is_text(value: object) -> bool:
    """Returns whether a value may be shortened: numbers, days, times, true and false are wrong when they are cut."""
    return isinstance(value, str | list | dict) and not (isinstance(value, str) and _TIME.fullmatch(value))


def _is_number(name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    values = [value for row in rows if (value := row.get(name)) is not None]
    return bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _padded(text: str, width: int, right: bool, *, cut: bool = True) -> str:
    """Returns a text in so many places of a terminal; one that may not be cut takes what it needs."""
    length = cell_len(text)
    if length > width:
        return f"{set_cell_size(text, width - 1)}{_MORE}" if cut else text
    blanks = " " * (width - length)
    return f"{blanks}{text}" if right else f"{text}{blanks}"
