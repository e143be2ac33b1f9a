"""Predecessors of tasks: written as one text or as rows; what would wait for itself is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.dependency import Link, Term, read_terms
from workfront_sandbox.wire.errors import ApiError, invalid, not_computed
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import add, remove

_YIELDING: Final = frozenset({"EAT", "LAT"})


def write_expression(call: Call, task_id: str, text: str) -> None:
    """Puts the predecessors that a text names in the place of those a task has. Raises ApiError."""
    task = call.row("TASK", task_id)
    found = [(term, _named(call, task, term)) for term in read_terms(text)]
    for old in call.store.where("PRED", successorID=task_id):
        remove(call, "PRED", str(old["ID"]))
    for term, other in found:
        link = {"predecessorID": other["ID"], "successorID": task_id, "predecessorType": term.kind}
        lag = {"lagDays": term.lag, "lagType": term.lag_type, "isEnforced": term.is_enforced}
        add(call, "PRED", {**link, **lag, "isCP": other.get("projectID") != task.get("projectID")})


def link_of(row: Row) -> Link:
    """Returns a dependency as plans take it."""
    kind = str(row.get("predecessorType") or "fs").lower()
    lag_type = str(row.get("lagType") or "d").lower()
    lag = float(row.get("lagDays") or 0)
    return Link(str(row.get("predecessorID")), str(row.get("successorID")), kind, lag, lag_type)


def check_same_template(call: Call, row: Row) -> Row:
    """Returns nothing more for a link of template tasks. Raises ApiError where they are of two templates."""
    ends = [call.store.get("TTSK", str(row.get(name))) or {} for name in ("predecessorID", "successorID")]
    if len({end.get("templateID") for end in ends if end}) > 1:
        raise invalid(f"Template task {ends[1].get('name')} can wait for tasks of its own template alone")
    return {}


def check_circles(call: Call, task_id: str) -> None:
    """Raises ApiError where a task waits for nothing, for one twice, for itself, or for what stands below or above."""
    _check_links(call, task_id)
    above = set(with_parents(call, task_id))
    for row in call.store.where("PRED", successorID=task_id):
        other = str(row.get("predecessorID"))
        if other in above or task_id in with_parents(call, other):
            raise _circle(call, task_id)
    seen, waiting = set[str](), [task_id]
    while waiting:
        for after in _followers(call, waiting.pop()):
            if after == task_id or after in above:
                raise _circle(call, task_id)
            if after not in seen:
                seen.add(after)
                waiting.append(after)


def _check_links(call: Call, task_id: str) -> None:
    """Raises ApiError where a link that was written leads nowhere, or to what its task waits for already."""
    written = {one.new["ID"] for one in call.changes if one.code == "PRED" and one.new}
    found = [*call.store.where("PRED", successorID=task_id), *call.store.where("PRED", predecessorID=task_id)]
    ends = {row["ID"]: (row.get("predecessorID"), row.get("successorID")) for row in found}
    times = Counter(ends.values())
    for pair in (ends[one] for one in ends if one in written):
        if not all(pair):
            raise invalid("A predecessor names the task that is waited for: predecessorID")
        if times[pair] > 1:
            name = (call.store.get("TASK", str(pair[0])) or {}).get("name")
            raise invalid(f"The task waits for {name} already")


def check_yielding(call: Call, task_id: str) -> None:
    """Raises ApiError where a task that yields to its neighbours has some: who yields how far is told by nobody."""
    links = [*call.store.where("PRED", successorID=task_id), *call.store.where("PRED", predecessorID=task_id)]
    ends = {str(link.get(name)) for link in links for name in ("predecessorID", "successorID")}
    for task in call.store.many("TASK", sorted(ends)):
        if task.get("taskConstraint") in _YIELDING:
            raise not_computed(f"Constraint {task['taskConstraint']} of a task with predecessors or successors")


def successors(call: Call, task_id: str) -> list[str]:
    """Returns the tasks that name a task as their predecessor."""
    return [str(row.get("successorID")) for row in call.store.where("PRED", predecessorID=task_id)]


def children(call: Call, task_id: str) -> list[str]:
    """Returns the tasks right below a task."""
    return [str(row["ID"]) for row in call.store.where("TASK", parentID=task_id)]


def _followers(call: Call, task_id: str) -> list[str]:
    """Returns what moves when a task moves: what waits for it or for a parent, with all that stands below."""
    owners = with_parents(call, task_id)
    found = [after for owner in owners for after in successors(call, owner)]
    return [*found, *(child for one in found for child in children(call, one)), *children(call, task_id)]


def with_parents(call: Call, task_id: str) -> list[str]:
    """Returns a task and all that stand above it, by ID."""
    found, row = [task_id], call.store.get("TASK", task_id)
    while row is not None and row.get("parentID") and row["parentID"] not in found:
        found.append(str(row["parentID"]))
        row = call.store.get("TASK", found[-1])
    return found


def _named(call: Call, task: Row, term: Term) -> Row:
    """Returns the task that a term names. Raises ApiError where there is none of the number."""
    project_id = task.get("projectID")
    if term.project is not None:
        numbered: Sequence[Row] = call.store.where("PROJ", referenceNumber=term.project)
        if not numbered:
            raise invalid(f"No project has the reference number {term.project}")
        project_id = numbered[0]["ID"]
    found = call.store.where("TASK", projectID=project_id, taskNumber=term.number)
    if not found:
        raise invalid(f"The project has no task with the number {term.number}")
    return found[0]


def _circle(call: Call, task_id: str) -> ApiError:
    name = call.row("TASK", task_id).get("name")
    return invalid(f"Task {name} would wait for itself: take a predecessor out, its own or one of its parents")
