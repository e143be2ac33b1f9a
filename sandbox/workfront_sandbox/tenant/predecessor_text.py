"""Predecessors of a task as the text that shows them, in the grammar in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from workfront_sandbox.planning.dependency import Term, write_terms
from workfront_sandbox.store.store import Store
from workfront_sandbox.wire.json_value import Row

Find: TypeAlias = Callable[[str, str], Mapping[str, Any] | None]
"""Finds a row by its object type and its ID."""

FIELD: Final = "taskNumberPredecessorString"
"""The field of a task that holds the text."""


def text_of(task: Mapping[str, Any], links: Iterable[Mapping[str, Any]], find: Find) -> str | None:
    """Returns the predecessors of a task as one text, or None where it waits for nothing that has a number."""
    terms = [term for link in links if (term := _term(task, link, find)) is not None]
    return write_terms(terms) or None


def _term(task: Mapping[str, Any], link: Mapping[str, Any], find: Find) -> Term | None:
    other = find("TASK", str(link.get("predecessorID"))) or {}
    if not other.get("taskNumber"):
        return None
    project = find("PROJ", str(other.get("projectID"))) if other.get("projectID") != task.get("projectID") else None
    return Term(
        int(other["taskNumber"]),
        str(link.get("predecessorType") or "fs").lower(),
        float(link.get("lagDays") or 0),
        str(link.get("lagType") or "d").lower(),
        bool(link.get("isEnforced")),
        (project or {}).get("referenceNumber"),
    )


def follow_links(store: Store, task_ids: Iterable[Any]) -> None:
    """Gives tasks the text of their predecessors as they are now."""
    for one in dict.fromkeys(str(task_id) for task_id in task_ids if task_id):
        task = store.get("TASK", one)
        text = text_of(task, store.where("PRED", successorID=one), store.get) if task else None
        if task is not None and task.get(FIELD) != text:
            store.update("TASK", {**task, FIELD: text})


def with_texts(
    tasks: Sequence[Mapping[str, Any]], links: Iterable[Mapping[str, Any]], projects: Iterable[Mapping[str, Any]]
) -> list[Row]:
    """Returns tasks of a seed with the text of their predecessors, where they bring none of their own."""
    rows = {("TASK", str(row.get("ID"))): row for row in tasks}
    rows |= {("PROJ", str(row.get("ID"))): row for row in projects}
    waiting: dict[str, list[Mapping[str, Any]]] = {}
    for link in links:
        waiting.setdefault(str(link.get("successorID")), []).append(link)
    return [_with_text(row, waiting.get(str(row.get("ID")), ()), rows) for row in tasks]


def _with_text(
    task: Mapping[str, Any],
    links: Sequence[Mapping[str, Any]],
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
) -> Row:
    if not links or FIELD in task:
        return dict(task)
    return {**task, FIELD: text_of(task, links, lambda code, key: rows.get((code, key)))}
