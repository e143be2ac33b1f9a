"""Costs and revenue: of hours and expenses as they come, and of a whole project when it is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.billing import BILLED
from workfront_sandbox.writing.rates import (
    CAPPED,
    FIXED_REVENUE,
    PLUS_FIXED,
    WITH_AMOUNT,
    billing_rate,
    cost_rate,
    is_by_role,
    is_known,
)
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.status import is_done

_SUMS: Final = ("LaborCost", "ExpenseCost", "BillableExpenseCost", "NonBillableExpenseCost", "Revenue")
SUMS: Final = frozenset(f"{side}{name}" for side in ("planned", "actual") for name in (*_SUMS, "Cost"))
"""Fields of projects and tasks that hold costs and revenue of all that belongs to them."""

_PRICES: Final = ("actualCost", "resourceRevenue")
_WORKED: Final = ("actualWorkRequired", "actualWorkRequiredDouble")
_SIDES: Final = ("planned", "actual")


MONEY: Final = frozenset(
    {"duration", "durationUnit", "durationMinutes", "durationExpression", "durationType", "workRequired", "work",
     "assignments", "assignedToID", "assignedTo", "roleID", "costType", "costAmount", "revenueType", "billingAmount",
     "status", "percentComplete"}
)  # fmt: skip
"""Fields of a task from which planned costs and revenue follow, or revenue that it has when it is done."""


def price_hour(call: Call, row: Mapping[str, Any]) -> Row:
    """Returns what an hour costs and brings by the rates of now. Raises ApiError where the rates are not known."""
    task = call.store.get("TASK", str(row["taskID"])) if row.get("taskID") else None
    about: Row = task or {"projectID": row.get("projectID")}
    hours, owner = float(row.get("hours") or 0), row.get("ownerID")
    own = _role_of(call, about, owner)
    role = own or about.get("roleID")
    cost = cost_rate(call, about, owner, role, is_planned=False)
    brought = billing_rate(call, about, owner, own if is_by_role(about) else role, row.get("entryDate"))
    return {"actualCost": _money(hours * cost), "resourceRevenue": _money(hours * brought)}


def first_price(call: Call, row: Mapping[str, Any]) -> Row:
    """Returns what a new hour costs and brings; nothing is said where the rates are not known."""
    task = call.store.get("TASK", str(row["taskID"])) if row.get("taskID") else None
    return price_hour(call, row) if is_known(task or {}) else {}


def edited_price(call: Call, before: Row, changes: Row) -> Row:
    """Returns what an hour costs and brings after an edit: by the rates it was logged with, unless they are others'."""
    if {"ownerID", "taskID", "opTaskID", "projectID"} & set(changes):
        found = first_price(call, {**before, **changes})
    elif changes.get("hours") is not None and before.get("hours"):
        grown = float(changes["hours"]) / float(before["hours"])
        found = {name: _money(float(before[name]) * grown) for name in _PRICES if before.get(name) is not None}
    elif "hours" in changes:
        found = first_price(call, {**before, **changes})
    else:
        found = {}
    return {name: value for name, value in found.items() if name not in changes}


def follow_hour_money(call: Call, before: Row, after: Row) -> None:
    """Brings costs and revenue in line after an hour was made, edited or deleted."""
    for row, sign in ((before, -1), (after, 1)):
        delta = {
            "actualLaborCost": sign * float(row.get("actualCost") or 0),
            "actualRevenue": sign * float(row.get("resourceRevenue") or 0),
        }
        _spread(call, row, delta)
    for task_id in dict.fromkeys(row.get("taskID") for row in (before, after)):
        task = call.store.get("TASK", str(task_id)) if task_id else None
        if task is not None and task.get("revenueType") in CAPPED:
            revenue = _actual_revenue(call, task) - float(task.get("actualRevenue") or 0)
            _spread(call, {"taskID": task_id, "projectID": task.get("projectID")}, {"actualRevenue": revenue})


def follow_expense(call: Call, before: Row, after: Row) -> None:
    """Brings costs in line after an expense was made, edited or deleted."""
    for row, sign in ((before, -1), (after, 1)):
        _spread(call, row, {name: sign * value for name, value in _of_expense(row).items()})


def leave_sums(call: Call, before: Row) -> None:
    """Takes what a deleted task held out of the sums of the tasks above it, and what was planned with it out of those
    of its project, where hours and expenses stay.
    """
    planned = {name: -float(before.get(name) or 0) for name in ("plannedLaborCost", "plannedRevenue")}
    _spread(call, {"projectID": before.get("projectID")}, planned)
    names = [*(f"{side}{name}" for side in _SIDES for name in (*_SUMS, "Cost")), *_WORKED]
    parent = call.store.get("TASK", str(before.get("parentID"))) if before.get("parentID") else None
    while parent is not None:
        held = [name for name in names if before.get(name) and parent.get(name)]
        change(call, "TASK", str(parent["ID"]), {name: _money(parent[name] - before[name]) for name in held})
        follow_money(call, str(parent["ID"]))
        parent = call.store.get("TASK", str(parent["parentID"])) if parent.get("parentID") else None


def leave_amounts(call: Call, gone: Iterable[Row]) -> None:
    """Adds up projects anew that lost tasks with an amount of their own, which was in what their hours brought."""
    amounts = [task for task in gone if task.get("revenueType") in WITH_AMOUNT and task.get("billingAmount")]
    for project_id in dict.fromkeys(task.get("projectID") for task in amounts):
        sum_anew(call, project_id)


def calculate_finance(call: Call, project_id: str) -> None:
    """Computes costs and revenue of a project and of its tasks anew. Raises ApiError where rates are not known."""
    for hour in call.store.where("HOUR", projectID=project_id):
        if not hour.get("billingRecordID") and hour.get("status") not in BILLED:
            change(call, "HOUR", str(hour["ID"]), price_hour(call, hour))
    _sum(call, project_id, {"financeLastUpdateDate": call.tenant.clock.wire()})


def sum_anew(call: Call, project_id: Any) -> None:
    """Adds up hours, costs and revenue of a project anew, after work came or went; rates stay as they were."""
    project = call.store.get("PROJ", str(project_id)) if project_id else None
    if project is None or not _has_money(call, project):
        return
    if all(is_known(task) for task in call.store.where("TASK", projectID=project_id)):
        _sum(call, str(project_id), {})


def _has_money(call: Call, project: Row) -> bool:
    """Returns whether a project has sums, or anything that they are of."""
    tied = any(call.store.newest(code, projectID=project["ID"]) for code in ("HOUR", "EXPNS", "ASSGN"))
    paid = (call.store.newest("TASK", projectID=project["ID"], revenueType=kind) for kind in WITH_AMOUNT)
    return (
        tied
        or any(paid)
        or any(project.get(name) for name in (*_WORKED, "plannedCost", "actualCost", "plannedRevenue"))
    )


def follow_money(call: Call, task_id: str) -> None:
    """Brings planned costs and revenue of a task in line, and revenue it has when it is done, after it was written."""
    task = call.store.get("TASK", task_id)
    if task is None or not is_known(task):
        return
    inside = call.store.where("TASK", parentID=task_id)
    own = _own_of_task(call, task, is_parent=bool(inside))
    names = ("plannedLaborCost", "plannedRevenue", "actualRevenue")
    below = {name: sum(float(one.get(name) or 0) for one in inside) for name in names}
    missing = {name: float(own.get(name) or 0) + below[name] - float(task.get(name) or 0) for name in names}
    delta = {name: amount for name, amount in missing.items() if _money(amount)}
    _spread(call, {"taskID": task_id, "projectID": task.get("projectID")}, delta)


def follow_fixed(call: Call, before: Row, project_id: str) -> None:
    """Brings the costs and the revenue of a project in line after its fixed amounts were written."""
    project = call.row("PROJ", project_id)
    more = float(project.get("fixedRevenue") or 0) - float(before.get("fixedRevenue") or 0)
    sums = _plus(project, {"plannedRevenue": more} if more else {})
    costs: Row = {f"{side}LaborCost": sums.get(f"{side}LaborCost") or 0.0 for side in _SIDES}
    _write(call, "PROJ", project, {**sums, **costs}, {})


def _sum(call: Call, project_id: str, stamp: Row) -> None:
    tasks = call.store.where("TASK", projectID=project_id)
    below: dict[str | None, list[Row]] = {}
    for task in tasks:
        below.setdefault(task.get("parentID"), []).append(task)
    known = {task["ID"] for task in tasks}
    top = [task for task in tasks if task.get("parentID") not in known]
    added = [_calculate_task(call, task, below, with_zeros=bool(stamp)) for task in top]
    sums, project = _added(added, _own_of_project(call, project_id)), call.row("PROJ", project_id)
    worked = _worked(call.store.where("HOUR", projectID=project_id))
    if not stamp:
        sums, worked = _without_zeros(project, sums), _without_zeros(project, worked)
    _write(call, "PROJ", project, sums, stamp | worked)


def _without_zeros(row: Row, sums: Mapping[str, Any]) -> Row:
    """Returns sums without those that are nothing where nothing was said before."""
    return {name: value for name, value in sums.items() if value or row.get(name) is not None}


def _worked(hours: Sequence[Row]) -> Row:
    spent = sum(float(row.get("hours") or 0) for row in hours)
    return {"actualWorkRequiredDouble": spent, "actualWorkRequired": round(spent * 60)}


def _own_of_task(call: Call, task: Row, *, is_parent: bool) -> Row:
    """Returns what comes together in a task besides those below it, but for its expenses."""
    hours = call.store.where("HOUR", taskID=task["ID"])
    labor = sum(float(row.get("actualCost") or 0) for row in hours)
    own: Row = {"actualLaborCost": labor, "actualRevenue": _actual_revenue(call, task)}
    return own if is_parent else own | _planned(call, task)


def _calculate_task(call: Call, task: Row, below: Mapping[str | None, Sequence[Row]], *, with_zeros: bool) -> Row:
    inside = below.get(task["ID"], ())
    expenses = [_of_expense(row) for row in call.store.where("EXPNS", taskID=task["ID"])]
    own = _own_of_task(call, task, is_parent=bool(inside))
    sums = _added([*expenses, *(_calculate_task(call, one, below, with_zeros=with_zeros) for one in inside)], own)
    worked = _worked(call.store.where("HOUR", taskID=task["ID"]))
    for one in inside:
        held = call.row("TASK", str(one["ID"]))
        worked = {name: value + (held.get(name) or 0) for name, value in worked.items()}
    _write(
        call,
        "TASK",
        task,
        sums if with_zeros else _without_zeros(task, sums),
        worked if with_zeros else _without_zeros(task, worked),
    )
    return sums


def _own_of_project(call: Call, project_id: str) -> Row:
    """Returns what comes together in a project besides its tasks: its own hours and expenses, and those of issues."""
    project = call.row("PROJ", project_id)
    hours = [row for row in call.store.where("HOUR", projectID=project_id) if not row.get("taskID")]
    expenses = [_of_expense(row) for row in call.store.where("EXPNS", projectID=project_id) if not row.get("taskID")]
    worked = {
        "actualLaborCost": sum(float(row.get("actualCost") or 0) for row in hours),
        "actualRevenue": sum(float(row.get("resourceRevenue") or 0) for row in hours),
        "plannedRevenue": float(project.get("fixedRevenue") or 0),
    }
    return _added(expenses, worked)


def _planned(call: Call, task: Row) -> Row:
    """Returns what the planned work of a task costs and brings: each assignment by its share of the work."""
    hours = float(task.get("workRequired") or 0) / 60
    shares = _shares(call, task)
    cost = sum(
        share * hours * cost_rate(call, task, one.get("assignedToID"), one.get("roleID"), is_planned=True)
        for one, share in shares
    )
    revenue = sum(
        share * hours * billing_rate(call, task, one.get("assignedToID"), one.get("roleID")) for one, share in shares
    )
    return {"plannedLaborCost": cost, "plannedRevenue": _with_fixed(task, revenue, is_had=True)}


def _actual_revenue(call: Call, task: Row) -> float:
    hours = call.store.where("HOUR", taskID=task["ID"])
    earned = sum(float(row.get("resourceRevenue") or 0) for row in hours)
    return _with_fixed(task, earned, is_had=is_done(call, "TASK", task.get("status")))


def _with_fixed(task: Row, earned: float, *, is_had: bool) -> float:
    """Returns the revenue of a task with its fixed amount, which is had once it is done, or under its cap."""
    kind, amount = task.get("revenueType"), float(task.get("billingAmount") or 0)
    if kind in CAPPED:
        return min(earned, amount) if task.get("billingAmount") is not None else earned
    if kind in PLUS_FIXED or kind == FIXED_REVENUE:
        return earned + (amount if is_had else 0)
    return earned


def _shares(call: Call, task: Row) -> list[tuple[Row, float]]:
    """Returns the assignments of a task that work is planned for, each with its part of the whole."""
    rows = call.store.where("ASSGN", taskID=task["ID"])
    found = [row for row in rows if row.get("assignedToID") or row.get("roleID")]
    if not found:
        return [(task, 1.0)] if task.get("assignedToID") or task.get("roleID") else []
    weights = [float(row.get("workRequired") or 0) for row in found]
    if not any(weights):
        weights = [float(row.get("assignmentPercent") or 0) for row in found]
    if not any(weights):
        weights = [1.0] * len(found)
    return [(row, weight / sum(weights)) for row, weight in zip(found, weights, strict=True)]


def _role_of(call: Call, task: Row, user_id: Any) -> Any:
    """Returns the role in which a user works on a task, None where nobody said so."""
    own = call.store.where("ASSGN", taskID=task["ID"], assignedToID=user_id) if user_id and task.get("ID") else []
    return next((row["roleID"] for row in own if row.get("roleID")), None)


def _of_expense(row: Mapping[str, Any]) -> Row:
    split = "BillableExpenseCost" if row.get("isBillable") else "NonBillableExpenseCost"
    found: Row = {}
    for side in _SIDES:
        amount = float(row.get(f"{side}Amount") or 0)
        found |= {f"{side}ExpenseCost": amount, f"{side}{split}": amount}
    return found


def _spread(call: Call, row: Mapping[str, Any], delta: Mapping[str, float]) -> None:
    """Adds to the sums of a task, of those above it, and of its project; of an issue, or of a project alone."""
    if not any(delta.values()):
        return
    task = call.store.get("TASK", str(row["taskID"])) if row.get("taskID") else None
    project = row.get("projectID") or (task or {}).get("projectID")
    while task is not None:
        _write(call, "TASK", task, _plus(task, delta), {})
        task = call.store.get("TASK", str(task["parentID"])) if task.get("parentID") else None
    issue = call.store.get("OPTASK", str(row[ROW_KEYS["OPTASK"]])) if row.get(ROW_KEYS["OPTASK"]) else None
    if issue is not None:
        cost = _money(float(issue.get("actualCost") or 0) + delta.get("actualLaborCost", 0))
        change(call, "OPTASK", str(issue["ID"]), {"actualCost": cost})
    owner = call.store.get("PROJ", str(project)) if project else None
    if owner is not None:
        _write(call, "PROJ", owner, _plus(owner, delta), {})


def _plus(row: Row, delta: Mapping[str, float]) -> Row:
    sums = {name: float(row.get(name) or 0) + value for name, value in delta.items()}
    return {f"{side}{name}": row.get(f"{side}{name}") for side in _SIDES for name in _SUMS} | sums


def _write(call: Call, code: str, row: Row, sums: Mapping[str, Any], more: Row) -> None:
    """Writes sums, and the whole cost that follows from them, which of a project has its fixed cost."""
    fixed = float(row.get("fixedCost") or 0)
    found: Row = {name: _money(value) for name, value in sums.items() if value is not None}
    for side in _SIDES:
        parts = [found.get(f"{side}{name}") for name in ("LaborCost", "ExpenseCost")]
        if any(part is not None for part in parts):
            found[f"{side}Cost"] = _money(sum(part or 0 for part in parts) + fixed)
    change(call, code, str(row["ID"]), found | more)


def _added(parts: Sequence[Mapping[str, Any]], own: Mapping[str, Any]) -> Row:
    names = [f"{side}{name}" for side in _SIDES for name in _SUMS]
    return {name: sum(float(part.get(name) or 0) for part in (*parts, own)) for name in names}


def _money(value: float) -> float:
    return round(value, 4)
