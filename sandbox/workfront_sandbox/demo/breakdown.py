"""Tasks: the work breakdown of a project, who does what when, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.demo.forms import choice, fill
from workfront_sandbox.demo.people import users_of
from workfront_sandbox.demo.playbook import HOURS_A_DAY, Step
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.wire.json_value import Row

_MILESTONES: Final = {"Sign off the brief": 0, "Concept approved": 1, "Messages approved": 1, "Go live": 2,
                      "Launch day": 2, "Switch over": 2}  # fmt: skip
_ASSETS: Final = frozenset(
    {"Lay out print", "Design packaging", "Pictures and icons", "Final cut", "Build landing page"}
)
_LATE: Final = 0.08


@dataclass
class Plan:
    """One project under way: ``start`` is its first working day, ``runs`` whether work on it has begun."""

    draft: Draft
    project: Row
    chance: Random
    start: int
    runs: bool
    tasks: list[Row] = field(default_factory=list[Row])
    spans: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    length: int = 0

    @property
    def leaves(self) -> list[Row]:
        """Tasks without parts."""
        return [task for task in self.tasks if not task["numberOfChildren"]]


def add_tasks(plan: Plan, steps: Sequence[Step]) -> None:
    """Adds the tasks of a project, with assignments and predecessors."""
    last, _ = _add_steps(plan, steps, None, plan.start, None)
    plan.length = last - plan.start
    for task in plan.leaves:
        task["projectedCompletionDate"] = _projected(plan, task)
    for task in reversed(plan.tasks):
        if task["numberOfChildren"]:
            _sum_up(plan, task)


def _add_steps(
    plan: Plan, steps: Sequence[Step], parent: Row | None, start: int, before: Row | None
) -> tuple[int, Row | None]:
    """Adds steps one after the other from a day on; returns the day after the last, and the last task."""
    begin = end = start
    waits = before
    for place, step in enumerate(steps, 1):
        begin, waits = (begin, waits) if step.aside else (end, before)
        task = _add_task(plan, step, parent, place)
        if step.inner:
            finish, before = _add_steps(plan, step.inner, task, begin, waits)
        else:
            finish = begin + step.days
            _schedule(plan, task, step, begin)
            _follow(plan, task, waits)
            before = task
        end = max(end, finish)
    return end, before


def _add_task(plan: Plan, step: Step, parent: Row | None, place: int) -> Row:
    project, draft = plan.project, plan.draft
    number = len(plan.tasks) + 1
    milestone = _MILESTONES.get(step.name)
    task = draft.add("TASK", name=step.name, projectID=project["ID"], parentID=parent["ID"] if parent else None,
                     taskNumber=number, wbs=f"{parent['wbs']}.{place}" if parent else str(place),
                     indent=parent["indent"] + 1 if parent else 0, numberOfChildren=len(step.inner),
                     priority=project["priority"], referenceNumber=100_000 + len(draft.of("TASK")),
                     durationType="A", durationUnit="D", taskConstraint="ASAP", condition=0, groupID=project["groupID"],
                     milestoneID=None if milestone is None else draft.of("MILE")[milestone]["ID"],
                     enteredByID=project["ownerID"], lastUpdatedByID=project["ownerID"], isCritical=not step.aside,
                     entryDate=draft.at(plan.start - 11, 10), customerID=draft.customer_id)  # fmt: skip
    plan.tasks.append(task)
    return task


def _schedule(plan: Plan, task: Row, step: Step, begin: int) -> None:
    draft, last = plan.draft, begin + step.days - 1
    plan.spans[task["ID"]] = (begin, last)
    minutes = int(step.days * HOURS_A_DAY * 60)
    task |= {
        "plannedStartDate": draft.at(begin, 9),
        "plannedCompletionDate": draft.at(last, 17),
        "projectedStartDate": draft.at(begin, 9),
        "duration": float(step.days),
        "durationMinutes": step.days * WORKDAY_MINUTES,
        "workRequired": minutes,
        "work": minutes / 60,
    }
    task |= _progress(plan, begin, last)
    _assign(plan, task, step.role)
    if step.name in _ASSETS:
        fill(draft, task, "TASK", {"Format": choice("Format", plan.chance), "Review rounds": plan.chance.randint(1, 4)})


def _progress(plan: Plan, begin: int, last: int) -> Row:
    """Returns the progress of a task: done before today, in progress today, or still to come; a few are late, a few
    wait for approval.
    """
    draft, today = plan.draft, plan.draft.today
    draw = plan.chance.random()
    closed = plan.project["status"] == "CPL"
    if not plan.runs or begin >= today:
        return {"status": "NEW", "percentComplete": 0.0, "progressStatus": "ON",
                "lastUpdateDate": draft.at(min(begin, today) - 9, 14)}  # fmt: skip
    started: dict[str, Any] = {"actualStartDate": draft.at(begin, 9)}
    if closed or (last < today and draw >= _LATE):
        status = "CPL:A" if draw > 0.98 and not closed else "CPL"
        return {**started, "status": status, "percentComplete": 100.0, "progressStatus": "ON",
                "actualCompletionDate": draft.at(last, 16), "lastUpdateDate": draft.at(last, 16)}  # fmt: skip
    percent = 80.0 if last < today else round(100 * (today - begin) / (last - begin + 1) / 5) * 5.0
    return {**started, "status": "REV" if draw > 0.9 else "INP", "percentComplete": percent,
            "progressStatus": "LT" if last < today else "ON", "lastUpdateDate": draft.at(today - 1, 15)}  # fmt: skip


def _projected(plan: Plan, task: Row) -> str:
    """Returns when a task will be done: in two days if it is late, else as planned."""
    late = task["progressStatus"] == "LT"
    return plan.draft.at(plan.draft.today + 2, 17) if late else str(task["plannedCompletionDate"])


def _assign(plan: Plan, task: Row, role: str) -> None:
    """Assigns a task to one of the role; the user ``me`` has a part in every project of their own."""
    draft = plan.draft
    user = plan.chance.choice(users_of(draft, role))
    state = "AD" if task["status"] in {"CPL", "CPL:A", "INP", "REV"} else "AA"
    done = {"AD": "DN"}.get(state, state) if task["percentComplete"] == 100 else state
    made = draft.add("ASSGN", taskID=task["ID"], projectID=plan.project["ID"], assignedToID=user["ID"],
                     roleID=user["roleID"], assignedByID=plan.project["ownerID"], status=done, isPrimary=True,
                     assignmentPercent=100.0, work=task["work"], workRequired=task["workRequired"],
                     isTeamAssignment=False, customerID=draft.customer_id)  # fmt: skip
    task |= {"assignedToID": user["ID"], "roleID": user["roleID"], "teamID": user["homeTeamID"],
             "primaryAssignmentID": made["ID"]}  # fmt: skip


def _follow(plan: Plan, task: Row, before: Row | None) -> None:
    if before is not None:
        plan.draft.add("PRED", predecessorID=before["ID"], successorID=task["ID"], predecessorType="fs",
                       isEnforced=False, isCP=False, lagDays=0.0, customerID=plan.draft.customer_id)  # fmt: skip
        task["predecessorExpression"] = str(before["taskNumber"])


def _sum_up(plan: Plan, parent: Row) -> None:
    """Sums up in a parent what it shows of its parts."""
    parts = [task for task in plan.tasks if task["parentID"] == parent["ID"]]
    minutes = sum(int(task["workRequired"]) for task in parts)
    spans = [plan.spans[task["ID"]] for task in parts]
    begin, last = min(span[0] for span in spans), max(span[1] for span in spans)
    plan.spans[parent["ID"]] = (begin, last)
    percent = sum(float(task["percentComplete"]) * int(task["workRequired"]) for task in parts) / minutes
    parent |= {
        "plannedStartDate": plan.draft.at(begin, 9),
        "plannedCompletionDate": plan.draft.at(last, 17),
        "projectedStartDate": plan.draft.at(begin, 9),
        "projectedCompletionDate": max(task["projectedCompletionDate"] for task in parts),
        "duration": float(last - begin + 1),
        "durationMinutes": (last - begin + 1) * WORKDAY_MINUTES,
        "workRequired": minutes,
        "work": minutes / 60,
        "percentComplete": round(percent, 2),
        "status": "CPL" if percent == 100 else "INP" if percent else "NEW",
        "progressStatus": "LT" if any(task["progressStatus"] == "LT" for task in parts) else "ON",
        "lastUpdateDate": max(task["lastUpdateDate"] for task in parts),
    }
    if percent:
        parent["actualStartDate"] = parent["plannedStartDate"]
    if percent == 100:
        parent["actualCompletionDate"] = max(task["actualCompletionDate"] for task in parts)
