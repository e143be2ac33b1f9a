"""Rows as the cells of a table: the ID, the row as JSON, and each field in the form in which it is compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from workfront_sandbox.store.database import Cell
from workfront_sandbox.wire.json_value import Row


def records(
    rows: Iterable[Row], encoders: Sequence[tuple[str, Callable[[Any], Cell]]], begun: list[Row]
) -> Iterator[list[Cell]]:
    """Yields the cells of rows, and notes each row before: the last one is at fault where the cells are not taken."""
    for row in rows:
        begun.append(row)
        cells = [None if (value := row.get(field)) is None else encode(value) for field, encode in encoders]
        yield [row["ID"], json.dumps(row), *cells]
