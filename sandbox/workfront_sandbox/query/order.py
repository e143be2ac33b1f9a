"""The order of rows: ``<field>[_<n>]_Sort=asc|desc|ciasc|cidesc``. docs/protocol.md 7.4."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from workfront_sandbox.query.filter_sql import Compiler
from workfront_sandbox.wire.errors import invalid

_SORT = re.compile(r"(.+?)(?:_(\d{1,6}))?_Sort", re.DOTALL)
_WORDS: Final = {"asc", "desc", "ciasc", "cidesc"}


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key: a field as written, and the word for its direction."""

    path: str
    word: str


def read_order(pairs: Iterable[tuple[str, str]]) -> tuple[SortKey, ...]:
    """Returns the sort keys in their order: by number, and as written where numbers are equal. Raises ApiError."""
    found: list[tuple[int, SortKey]] = []
    for key, value in pairs:
        if (parts := _SORT.fullmatch(key)) is not None:
            word = value.strip().lower()
            if word not in _WORDS:
                raise invalid(f"Unknown sort order: {value[:50]}")
            found.append((int(parts[2] or 0), SortKey(parts[1], word)))
    return tuple(key for _, key in sorted(found, key=lambda item: item[0]))


def order_by(compiler: Compiler, code: str, alias: str, keys: Iterable[SortKey]) -> list[str]:
    """Returns the terms of ORDER BY. Raises ApiError for unknown fields and paths through collections."""
    return [_term(compiler, code, alias, key) for key in keys]


def _term(compiler: Compiler, code: str, alias: str, key: SortKey) -> str:
    name = compiler.names.filterable(code, key.path)
    if any(join.many for join in name.relations):
        raise invalid(f"{key.path[:100]} leads through a collection and cannot be sorted by")
    value = compiler.value(code, alias, name.relations, name)
    value = f"wf_upper({value})" if key.word.startswith("ci") else value
    return f"{value} {'DESC' if key.word.endswith('desc') else 'ASC'}"
