"""Predecessors that are enforced: what cannot start or end before another task does. docs/protocol.md 11.9."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.predecessors import with_parents
from workfront_sandbox.writing.status import is_done, meaning

_BARS_START: Final = frozenset({"fs", "ss"})
_WAITS_FOR_START: Final = frozenset({"ss", "sf"})
_BEGUN: Final = 1.0


def can_start(call: Call, task: Mapping[str, Any]) -> bool:
    """Returns whether nothing that a task or a parent of its waits for is open."""
    return next(_open_links(call, task), None) is None


def is_held_back(call: Call, task: Mapping[str, Any]) -> bool:
    """Returns whether a predecessor that is enforced is open, of a task or of a parent of its."""
    return any(link.get("isEnforced") for link, _ in _open_links(call, task))


def check_enforced(call: Call, before: Row, changes: Row) -> None:
    """Raises ApiError where a task would start or end before a predecessor that is enforced lets it."""
    ends = changes.get("percentComplete") == 100 or is_done(call, "TASK", changes.get("status"))
    starts = ends or bool(changes.get("percentComplete")) or _is_begun(call, {"status": changes.get("status", "NEW")})
    if not starts or is_done(call, "TASK", before.get("status")):
        return
    for link, other in _open_links(call, before):
        bars_start = _kind(link) in _BARS_START
        if link.get("isEnforced") and (ends or (bars_start and not _is_begun(call, before))):
            verb, name = "start" if bars_start else "end", before.get("name")
            raise invalid(f"Task {name} cannot {verb} yet: its predecessor {other.get('name')} is enforced")


def _open_links(call: Call, task: Mapping[str, Any]) -> Iterator[tuple[Row, Row]]:
    """Yields what a task and its parents still wait for, each with the task that is waited for."""
    for owner in with_parents(call, str(task["ID"])):
        for link in call.store.where("PRED", successorID=owner):
            other = call.store.get("TASK", str(link.get("predecessorID")))
            if other is not None and not _is_fulfilled(call, link, other):
                yield link, other


def _is_fulfilled(call: Call, link: Row, other: Row) -> bool:
    is_begun = _kind(link) in _WAITS_FOR_START and _is_begun(call, other)
    return is_begun or is_done(call, "TASK", other.get("status"))


def _is_begun(call: Call, task: Mapping[str, Any]) -> bool:
    percentage = float(task.get("percentComplete") or 0)
    return percentage > _BEGUN or meaning(call, "TASK", task.get("status") or "NEW") != "NEW"


def _kind(link: Row) -> str:
    return str(link.get("predecessorType") or "fs").lower()
