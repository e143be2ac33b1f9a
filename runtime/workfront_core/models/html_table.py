"""Rows as tables of a notebook: bounded, and every text in them escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from pydantic import BaseModel

from workfront_core.models.flat_row import flat_values

__all__ = ["LONGEST_TEXT", "MOST_COLUMNS", "MOST_MEMBERS", "row_table", "rows_table"]

MOST_COLUMNS: Final = 20
MOST_MEMBERS: Final = 100
"""Members shown of a single row."""
LONGEST_TEXT: Final = 200
"""Characters shown of a value."""


def row_table(row: BaseModel) -> str:
    """Returns HTML with a line for each member that a row holds, related rows on the same level: what a notebook shows
    of a row.
    """
    values = flat_values(row)
    lines = [f"<tr>{_head(name)}{_cell(value)}</tr>" for name, value in [*values.items()][:MOST_MEMBERS]]
    return _table([_line([type(row).__name__, ""])], lines, _more(len(values) - MOST_MEMBERS, "members"))


def rows_table(rows: Sequence[BaseModel], names: Iterable[str] | None = None, note: str = "") -> str:
    """Returns HTML with a line for each row.

    Args:
        rows: the rows, all of which are shown.
        names: wire names of the columns; unless given, what the rows hold.
        note: what stands below the table.
    """
    flat = [flat_values(row) for row in rows]
    columns = list(dict.fromkeys(names if names is not None else (name for row in flat for name in row)))
    shown = columns[:MOST_COLUMNS]
    lines = [f"<tr>{''.join(_cell(row.get(name)) for name in shown)}</tr>" for row in flat]
    notes = (note, _more(len(columns) - MOST_COLUMNS, "columns"))
    return _table([_line(shown)], lines, "; ".join(filter(None, notes)))


def _table(heads: list[str], lines: list[str], note: str) -> str:
    below = f"<p>{_escaped(note)}</p>" if note else ""
    return f"<table><thead>{''.join(heads)}</thead><tbody>{''.join(lines)}</tbody></table>{below}"


def _line(names: Iterable[str]) -> str:
    return f"<tr>{''.join(map(_head, names))}</tr>"


def _head(name: str) -> str:
    return f"<th>{_escaped(_bounded(name))}</th>"


def _cell(value: object) -> str:
    return f"<td>{_escaped(_bounded(_text(value)))}</td>"


def _text(value: object) -> str:
    if value is None:
        return ""
    number = _rows_in(value)
    return f"{number} row{'s' if number != 1 else ''}" if number else str(value)


def _rows_in(value: object) -> int:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return len(items) if any(isinstance(item, BaseModel | Mapping) for item in items) else 0


def _escaped(text: str) -> str:
    from html import escape  # its tables of entities are of use in notebooks alone

    return escape(text)


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _more(number: int, what: str) -> str:
    return f"and {number:,} more {what}" if number > 0 else ""
