"""One request of a check that writes, and the usual ones in short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workfront_testing.conformance.answer import as_list, as_row
from workfront_testing.conformance.samples import filled


@dataclass(frozen=True, slots=True)
class Step:
    """One request.

    Attributes:
        verb: of HTTP.
        path: with the query, decoded; ``{task.ID}`` is a member of the row that an earlier step named ``task``.
        values: the JSON body, filled likewise.
        named: what later steps call the row that this one answers; of several rows ``task#1`` and so on.
    """

    verb: str
    path: str
    values: Any = None
    named: str = ""


def task(named: str = "task", fields: str = "", **values: Any) -> Step:
    """Returns the creation of a task in the project."""
    return Step("POST", _with("task", fields), {"name": "Measure", "projectID": "{project.ID}", **values}, named)


def issue(named: str = "issue", fields: str = "", **values: Any) -> Step:
    """Returns the creation of an issue in the project."""
    return Step("POST", _with("optask", fields), {"name": "Leak", "projectID": "{project.ID}", **values}, named)


def edit(named: str, fields: str = "", **values: Any) -> Step:
    """Returns an edit of a row by its name: ``task``, or ``optask:issue`` for one of another kind."""
    kind, name = _kind_and_name(named)
    return Step("PUT", _with(f"{kind}/{{{name}.ID}}", fields), values)


def read(named: str, fields: str) -> Step:
    """Returns a read of a row by its name."""
    kind, name = _kind_and_name(named)
    return Step("GET", _with(f"{kind}/{{{name}.ID}}", fields))


def act(named: str, action: str, fields: str = "", **values: Any) -> Step:
    """Returns an action on a row by its name."""
    kind, name = _kind_and_name(named)
    return Step("PUT", _with(f"{kind}/{{{name}.ID}}/{action}", fields), values)


def delete(named: str, query: str = "") -> Step:
    """Returns the deletion of a row by its name."""
    kind, name = _kind_and_name(named)
    return Step("DELETE", f"{kind}/{{{name}.ID}}?{query}" if query else f"{kind}/{{{name}.ID}}")


def filled_values(value: Any, known: Mapping[str, str]) -> Any:
    """Returns a JSON value with the ``{task.ID}`` in its texts filled in."""
    if isinstance(value, str):
        return filled(value, known)
    if members := as_row(value):
        return {filled(name, known): filled_values(member, known) for name, member in members.items()}
    items = as_list(value)
    return [filled_values(item, known) for item in items] if items else value


def _with(path: str, fields: str) -> str:
    return f"{path}?fields={fields}" if fields else path


def _kind_and_name(named: str) -> tuple[str, str]:
    kind, _, name = named.rpartition(":")
    return kind or "task", name
