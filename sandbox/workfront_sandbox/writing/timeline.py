"""Timelines: planned, projected and estimated dates of a project's tasks, computed as a whole or as one changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.plan import LATE, PINNED, Plan, PlannedTask
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES, TimeRange, WorkingTime
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.enforcement import can_start
from workfront_sandbox.writing.finance import follow_money
from workfront_sandbox.writing.handoff import handoff
from workfront_sandbox.writing.predecessors import children, link_of, successors
from workfront_sandbox.writing.progress import roll_up_project, roll_up_task, task_progress_status
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.status import complete_project
from workfront_sandbox.writing.task_dates import (
    PLANNED,
    finished_span,
    hand_placed,
    planned_task,
    remaining,
    span_of,
    without_constraint,
    written_span,
)
from workfront_sandbox.writing.tracking import complete_due, tracked_span
from workfront_sandbox.writing.working_time import read_moment, this_minute, time_off, working_time_of_project

INPUTS: Final = frozenset(
    {"duration", "durationUnit", "durationMinutes", "durationExpression", "taskConstraint", "constraintDate",
     "plannedStartDate", "plannedCompletionDate", "predecessors", "predecessorExpression", "successors", "parentID",
     "parent", "projectID", "project", "status", "percentComplete", "actualStartDate", "actualCompletionDate",
     "commitDate", "assignments", "assignedToID", "assignedTo", "workRequired", "work", "durationType",
     "trackingMode"}
)  # fmt: skip
"""Fields of a task from which dates follow."""

_ASSIGNED: Final = frozenset({"assignments", "assignedToID", "assignedTo"})
PROGRESS: Final = _ASSIGNED | {"status", "percentComplete", "actualStartDate", "actualCompletionDate", "commitDate",
                               "trackingMode"}  # fmt: skip
"""Those of them from which only projected dates follow."""

PROJECT_INPUTS: Final = frozenset({"plannedStartDate", "plannedCompletionDate", "scheduleMode", "scheduleID"})
"""Fields of a project from which the dates of its tasks follow."""

_PROJECTED: Final = ("projectedStartDate", "projectedCompletionDate")
_ESTIMATED: Final = ("estStartDate", "estCompletionDate")
_FREE: Final = frozenset({"ASAP", "EAT"})
_TIES: Final = frozenset({"predecessors", "successors", "predecessorExpression", "children", "parent", "assignments",
                          "assignedTo", "updates"})  # fmt: skip
_BEGUN: Final = ("percentComplete", "commitDate", "actualStartDate", "actualCompletionDate")
ON_CHANGE: Final = frozenset({None, "AUTO", "EVNT"})
"""Update types of projects whose dates follow at once."""


@dataclass(frozen=True)
class _Board:
    """A project, some of its tasks, and what they wait for."""

    call: Call
    project: Row
    work: WorkingTime
    rows: Mapping[str, Row]

    @property
    def backwards(self) -> bool:
        """Whether the project is planned from its completion."""
        return self.project.get("scheduleMode") == "C"

    @property
    def edge(self) -> datetime:
        """Where the plan begins, or ends if it is made backwards."""
        name = PLANNED[1] if self.backwards else PLANNED[0]
        return read_moment(self.call, self.project.get(name)) or self.call.tenant.clock.now()

    def tasks(self) -> dict[str, PlannedTask]:
        """Returns the tasks as plans take them."""
        return {one: planned_task(self.call, row, self.work) for one, row in self.rows.items()}


def calculate(call: Call, project_id: str) -> None:
    """Computes the dates of all tasks of a project, then its own. Raises ApiError for what cannot be computed."""
    project = call.row("PROJ", project_id)
    completed = complete_due(call, call.store.where("TASK", projectID=project_id))
    rows = {str(row["ID"]): row for row in call.store.where("TASK", projectID=project_id)}
    board = _Board(call, project, working_time_of_project(call, project), rows)
    tasks = board.tasks()
    links = [link_of(row) for one in rows for row in call.store.where("PRED", successorID=one)]
    others = {link.predecessor for link in links} - set(rows)
    fixed = _place_others(board, tasks, others)
    plan = Plan(tasks, links, fixed)
    spans = plan.from_completion(board.edge) if board.backwards else plan.from_start(board.edge)
    _write_spans(board, spans, plan, others)
    for parent in {str(rows[one]["parentID"]) for one in completed if rows[one].get("parentID")}:
        roll_up_task(call, parent)
    for one in completed:
        follow_money(call, one)
    roll_up_project(call, project_id)
    if completed:
        complete_project(call, project_id)
    change(call, "PROJ", project_id, {"lastCalcDate": call.tenant.clock.wire()})


def follow_task(call: Call, before: Row | None, after: Row | None, written: Mapping[str, object]) -> None:
    """Brings dates in line after a task was made, edited or deleted. Raises ApiError for what cannot be computed."""
    row = after or before or {}
    project = call.store.get("PROJ", str(row.get("projectID")))
    if project is None or project.get("updateType") not in ON_CHANGE:
        return
    old_parent, is_counted = (before or {}).get("parentID"), _is_counted(call, row)
    if after is not None and not (before is None and _stands_alone(call, project, after, written)):
        _replan(call, project, after, written, moves=before is None or _moves(call, after, written))
    if old_parent and old_parent != (after or {}).get("parentID"):
        _leave(call, str(old_parent))
    quick = before is None and not row.get("percentComplete") and not is_counted
    roll_up_project(call, str(project["ID"]), quick=quick, added_work=float(row.get("workRequired") or 0))
    if before is not None and before.get("projectID") not in {None, project["ID"]}:
        roll_up_project(call, str(before["projectID"]))


def _is_counted(call: Call, row: Row) -> bool:
    """Returns whether the work of a task is in that of its parent, whose own work is none of the project's then."""
    parent = call.store.get("TASK", str(row["parentID"])) if row.get("parentID") else None
    return parent is not None and bool(row.get("workRequired") or parent.get("workRequired"))


def _leave(call: Call, parent_id: str) -> None:
    """Brings a parent in line that lost a child; without any it is placed by its own duration."""
    parent = call.store.get("TASK", parent_id) or {}
    project = call.store.get("PROJ", str(parent.get("projectID")))
    if project is not None and not parent.get("numberOfChildren"):
        _replan(call, project, parent, {"durationMinutes": None}, moves=True)
    roll_up_task(call, parent_id)


def first_dates(call: Call, row: Row, project: Row) -> Row:
    """Returns the planned dates of a new task, as long as nothing is known of what it waits for."""
    if row.get(PLANNED[0]) and row.get(PLANNED[1]):
        return {}
    board = _Board(call, project, working_time_of_project(call, project), {})
    task = planned_task(call, row, board.work)
    if row.get(PLANNED[0]) or row.get(PLANNED[1]):
        span = hand_placed(call, task, row, row)
    else:
        (span,) = Plan({task.id: replace(task, parent=None)}, ()).from_start(board.edge).values()
        if board.backwards:
            span = task.from_end(board.edge)
    ahead, free = _not_before(call, task, span), _not_before(call, task, _unconstrained(board, task, span))
    return {
        **written_span(call, PLANNED, span),
        **written_span(call, _PROJECTED, ahead),
        **written_span(call, _ESTIMATED, free),
        "handoffDate": handoff(call, project, row, span, board.work),
    }


def _unconstrained(board: _Board, task: PlannedTask, span: TimeRange) -> TimeRange:
    """Returns where a task would be that nothing pins."""
    return span if board.backwards or task.constraint in _FREE else task.from_start(board.edge)


def _stands_alone(call: Call, project: Row, row: Row, written: Mapping[str, object]) -> bool:
    """Returns whether a new task has the dates it was made with: it is not begun, and tied to no other."""
    begun = row.get("status") != "NEW" or any(row.get(name) for name in _BEGUN)
    tied = row.get("parentID") or row.get("taskConstraint") not in _FREE or bool(_TIES & set(written))
    alone = not begun and not tied and project.get("scheduleMode") != "C" and not _has_late(call, project)
    return alone and not is_placed_by_hand(row, written)


def _has_late(call: Call, project: Row) -> bool:
    """Returns whether tasks of a project are to be as late as can be, so that they move when its end moves."""
    return any(call.store.number("TASK", projectID=project["ID"], taskConstraint=late) for late in sorted(LATE))


def is_placed_by_hand(row: Row, written: Mapping[str, object]) -> bool:
    """Returns whether planned dates were written that no constraint holds: they stay until the timeline is computed."""
    return row.get("taskConstraint") not in PINNED and any(written.get(name) for name in PLANNED)


def _moves(call: Call, row: Row, written: Mapping[str, object]) -> bool:
    """Returns whether planned dates follow from what was written, not only those that are projected."""
    names = set(written)
    return bool((INPUTS - PROGRESS) & names) or bool(_ASSIGNED & names and time_off(call, row.get("assignedToID")))


def _replan(call: Call, project: Row, row: Row, written: Mapping[str, object], *, moves: bool) -> None:
    """Places a task anew, what waits for it, and what stands below or above it."""
    whole = project.get("scheduleMode") == "C" or _has_late(call, project)
    if moves and whole and not is_placed_by_hand(row, written):
        calculate(call, str(project["ID"]))
        return
    above = {one: span_of(call, call.row("TASK", one)) for one in _above(call, str(row["ID"]))}
    moved = _affected(call, str(row["ID"]))
    rows = {one: found for one in moved if (found := call.store.get("TASK", one)) is not None}
    board = _Board(call, project, working_time_of_project(call, project), rows)
    tasks = board.tasks()
    links = [
        link_of(one) for task_id in _with_parents(call, rows) for one in call.store.where("PRED", successorID=task_id)
    ]
    others = ({link.predecessor for link in links} | set(_with_parents(call, rows))) - set(rows)
    fixed = _place_others(board, tasks, others)
    own = str(row["ID"])
    if not moves:
        fixed |= {one: span for one, found in rows.items() if (span := span_of(call, found)) is not None}
    if is_placed_by_hand(row, written):
        fixed[own] = hand_placed(call, tasks[own], row, written)
    plan = Plan(tasks, links, fixed)
    _write_spans(board, plan.from_start(board.edge), plan, others)
    for one in rows:
        roll_up_task(call, one)
    for one, span in above.items():
        parent = call.row("TASK", one)
        if span_of(call, parent) != span and successors(call, one):
            _replan(call, project, parent, {}, moves=True)


def _affected(call: Call, task_id: str) -> set[str]:
    """Returns a task, what stands below it, and all that waits for any of them or for a parent of theirs."""
    found, waiting = set[str](), [task_id]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        waiting.extend(children(call, one))
        for owner in [one, *_above(call, one)]:
            waiting.extend(successors(call, owner))
    return found


def _above(call: Call, task_id: str) -> list[str]:
    found: list[str] = []
    row = call.store.get("TASK", task_id)
    while row is not None and row.get("parentID") and row["parentID"] not in found:
        found.append(str(row["parentID"]))
        row = call.store.get("TASK", found[-1])
    return found


def _with_parents(call: Call, rows: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(owner for one in rows for owner in [one, *_above(call, one)]))


def _place_others(board: _Board, tasks: dict[str, PlannedTask], others: Collection[str]) -> dict[str, TimeRange]:
    """Adds tasks that stay where they are, and returns where that is."""
    fixed: dict[str, TimeRange] = {}
    for row in board.call.store.many("TASK", list(others)):
        one = str(row["ID"])
        tasks[one] = planned_task(board.call, row, board.work)
        fixed[one] = span_of(board.call, row) or tasks[one].from_start(board.edge)
    return fixed


def _write_spans(board: _Board, spans: Mapping[str, TimeRange], plan: Plan, others: Collection[str]) -> None:
    """Writes planned, projected and estimated dates of all tasks but those that stay where they are."""
    projected = _ahead(board, plan, spans, others, is_estimate=False)
    estimated = _ahead(board, plan, spans, others, is_estimate=True)
    for one, row in board.rows.items():
        if one in others or one not in spans:
            continue
        fields = {
            **written_span(board.call, PLANNED, spans[one]),
            **written_span(board.call, _PROJECTED, tracked_span(row, spans[one], projected.get(one, spans[one]))),
            **written_span(board.call, _ESTIMATED, estimated.get(one, spans[one])),
        }
        if plan.is_parent(one) or row.get("taskConstraint") == "FIXT":
            minutes = round(board.work.between(*spans[one]))
            fields |= {"durationMinutes": minutes, "duration": minutes / WORKDAY_MINUTES, "durationUnit": "D"}
        late = task_progress_status(board.call, {**row, **fields})
        fields["handoffDate"] = handoff(board.call, board.project, row, spans[one], board.work)
        change(board.call, "TASK", one, {**fields, "progressStatus": late, "canStart": can_start(board.call, row)})


def _ahead(
    board: _Board, plan: Plan, spans: Mapping[str, TimeRange], others: Collection[str], *, is_estimate: bool
) -> Mapping[str, TimeRange]:
    """Returns the dates as they will be: what is done as it was, the rest from now on with what is left of it."""
    call, now = board.call, this_minute(board.call)
    fixed: dict[str, TimeRange] = {one: spans[one] for one in others if one in spans}
    tasks: dict[str, PlannedTask] = {}
    for one, task in plan.tasks.items():
        row = board.rows.get(one, {})
        tasks[one] = without_constraint(task) if is_estimate else task
        if plan.is_parent(one) or one in others:
            continue
        tasks[one] = remaining(row, tasks[one])
        if (span := finished_span(call, row)) is not None:
            fixed[one] = span
    placed = Plan(tasks, plan.links, fixed).from_start(max(now, _first(spans.values(), now)))
    return {
        one: _corrected(call, board.rows.get(one, {}), span, is_estimate=is_estimate) for one, span in placed.items()
    }


def _corrected(call: Call, row: Row, span: TimeRange, *, is_estimate: bool) -> TimeRange:
    start = read_moment(call, row.get("actualStartDate")) or span[0]
    promised = None if is_estimate or finished_span(call, row) else read_moment(call, row.get("commitDate"))
    end = promised or span[1]
    return min(start, end), end


def _first(spans: Iterable[TimeRange], other: datetime) -> datetime:
    return min((span[0] for span in spans), default=other)


def _not_before(call: Call, task: PlannedTask, span: TimeRange) -> TimeRange:
    now = this_minute(call)
    return span if span[0] >= now else task.from_start(now)
