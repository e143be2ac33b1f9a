"""Rows whose columns are known only when the last was read: kept in a file meanwhile, not in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, Final

from workfront_cli.data.cells import plain_value

_IN_MEMORY: Final = 4 * 2**20
"""Bytes up to which there is no file."""


def laid_aside(rows: Iterable[Mapping[str, Any]]) -> tuple[Sequence[str], Iterator[Mapping[str, Any]]]:
    """Returns the names that any of the rows holds, in the order they come, and the rows, with values as JSON has them.

    All rows are read first. The file goes when the last row was taken, or nobody takes them any more.
    """
    names: dict[str, None] = {}
    kept = SpooledTemporaryFile(_IN_MEMORY, mode="w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed below
    for row in rows:
        names |= dict.fromkeys(row)
        kept.write(json.dumps({name: plain_value(value) for name, value in row.items()}) + "\n")
    return list(names), _taken(kept)


def _taken(kept: SpooledTemporaryFile[str]) -> Iterator[Mapping[str, Any]]:
    with kept:
        kept.seek(0)
        for line in kept:
            yield json.loads(line)
