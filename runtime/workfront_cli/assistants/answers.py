"""Answers that a model can read: rows as data under one name, cut at a row, without what nobody asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from itertools import islice
from typing import Any, Final, ParamSpec, TypeAlias, TypeVar, cast

from workfront_cli.data.cells import nested
from workfront_cli.guarded import error_lines
from workfront_core.errors import WorkfrontError

P = ParamSpec("P")
T = TypeVar("T")
Answer: TypeAlias = dict[str, Any]

MOST: Final = 20_000
"""Characters of an answer."""
_SHORT: Final = 500
"""Characters of a text in a row that would not fit alone."""
_UNASKED: Final = ("description", "notetext", "audittext", "richtextnote")


_OPTION: Final = re.compile(r"--(fields|order-by|cursor|limit|where|by|sum)\b")
_COMMAND: Final = re.compile(r"workfront describe(?: (\S+?))?(?: --actions)?(?= lists)")


def is_for_asking(name: str) -> bool:
    """Returns whether a field is shown only where it is asked for by name: long texts, and people's addresses."""
    last = name.rpartition(":")[2].lower()
    return last.endswith(_UNASKED) or last.startswith("email")


def documents(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None) -> Iterable[Answer]:
    """Yields flat rows as nested objects; where no columns were asked for, without what is for asking."""
    for row in rows:
        shown = (name for name in row if not is_for_asking(name)) if columns is None else columns
        yield nested({name: row.get(name) for name in shown})


def fitting(rows: Iterable[Answer], most: int) -> tuple[list[Answer], bool]:
    """Returns the rows that fit into an answer, and whether there are more.

    Args:
        rows: read no further than needed: one more than are returned.
        most: rows.
    """
    kept: list[Answer] = []
    room = MOST
    for row in islice(rows, most + 1):
        room -= size(row)
        if len(kept) == most or (kept and room < 0):
            return kept, True
        kept.append(row if room >= 0 else _shortened(row))
    return kept, False


def in_arguments(text: str) -> str:
    """Returns what a person would write on a line as a model says it to a tool: ``order_by`` for ``--order-by``."""
    named = _OPTION.sub(lambda option: "after" if option[1] == "cursor" else option[1].replace("-", "_"), text)
    return _COMMAND.sub(lambda command: f"describe({command[1] or ''})", named)


def size(document: object) -> int:
    """Returns the characters that a document takes."""
    return len(json.dumps(document, indent=2, ensure_ascii=False))


def _shortened(value: Any) -> Any:
    match value:
        case str():
            return value if len(value) <= _SHORT else f"{value[:_SHORT]}..."
        case dict():
            return {name: _shortened(inner) for name, inner in islice(cast("Answer", value).items(), 200)}
        case list():
            return [_shortened(inner) for inner in cast("list[object]", value)[:20]]
        case _:
            return value


def with_readable_errors(kind: Callable[[str], Exception], run: Callable[P, T]) -> Callable[P, T]:
    """Returns a tool whose errors become ones that the model may read: what was wrong, where, and what to do.

    Args:
        kind: makes an error of the SDK out of a text.
        run: the tool.
    """

    @wraps(run)
    def readable(*args: P.args, **options: P.kwargs) -> T:
        try:
            return run(*args, **options)
        except WorkfrontError as error:
            raise kind("\n".join(map(in_arguments, error_lines(error)))) from None

    return readable
