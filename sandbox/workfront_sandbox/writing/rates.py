"""Rates: what an hour of somebody costs and brings, by the cost type and the revenue type of a task.

A rate of zero is a rate; where none is set the next in line counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import not_computed
from workfront_sandbox.wire.json_value import Row

BY_USER: Final = "UHR"
"""The cost type and the revenue type of what says nothing: each user's own rate."""

FIXED_REVENUE: Final = "FRV"
NOT_BILLABLE: Final = frozenset({"NOB", FIXED_REVENUE})
"""Revenue types under which no hour brings anything by itself."""

CAPPED: Final = frozenset({"UHC", "RHC"})
PLUS_FIXED: Final = frozenset({"UHF", "RHF"})
WITH_AMOUNT: Final = CAPPED | PLUS_FIXED | {FIXED_REVENUE}
"""Revenue types under which a task brings more, or less, than its hours."""

_BY_ROLE: Final = frozenset({"RHR", "RHC", "RHF"})
_FIXED: Final = "FHR"
_UNKNOWN: Final = frozenset({"URH", "URC", "URF"})


def cost_rate(call: Call, task: Mapping[str, Any], user_id: Any, role_id: Any, *, is_planned: bool) -> float:
    """Returns what an hour costs. Raises ApiError for a cost type whose rates are not known.

    Args:
        call: the call.
        task: the task it is spent on, empty for work on a project or an issue.
        user_id: who works or worked, None where only a role is assigned.
        role_id: the role the task is assigned to.
        is_planned: whether nobody worked yet.
    """
    kind = _kind(task, "costType")
    user = _user(call, user_id)
    match kind:
        case "NOC":
            return 0.0
        case "FHR":
            return _first(task.get("costAmount"))
        case "RHC":
            role = _rate(call, role_id, "costPerHour")
            assignee = user if is_planned else _user(call, task.get("assignedToID"))
            return _first(role, _rate(call, assignee.get("roleID"), "costPerHour"))
        case _:
            primary = _rate(call, user.get("roleID") if user else role_id, "costPerHour")
            return _first(user.get("costPerHour"), primary)


def billing_rate(call: Call, task: Mapping[str, Any], user_id: Any, role_id: Any, day: Any = None) -> float:
    """Returns what an hour brings, on a day. Raises ApiError for a revenue type whose rates are not known.

    Args:
        call: the call.
        task: the task it is spent on, empty for work on a project or an issue.
        user_id: who works or worked, None where only a role is assigned.
        role_id: the role the task is assigned to.
        day: when; dates of a project's own rates count by it.
    """
    kind = _kind(task, "revenueType")
    user, project = _user(call, user_id), task.get("projectID")
    if kind in NOT_BILLABLE:
        return 0.0
    if kind == _FIXED:
        return _first(task.get("billingAmount"))
    on_task = _billing_of_role(call, project, role_id, day)
    primary = _billing_of_role(call, project, user.get("roleID"), day)
    if kind in _BY_ROLE:
        return _first(on_task, primary)
    return _first(user.get("billingPerHour"), primary, on_task)


def is_known(task: Mapping[str, Any]) -> bool:
    """Returns whether the rates of a task are of a kind whose rules are on record."""
    return not {task.get("costType"), task.get("revenueType")} & _UNKNOWN


def is_by_role(task: Mapping[str, Any]) -> bool:
    """Returns whether the revenue of a task goes by roles."""
    return task.get("revenueType") in _BY_ROLE


def _kind(task: Mapping[str, Any], name: str) -> str:
    kind = str(task.get(name) or BY_USER)
    if kind in _UNKNOWN:
        raise not_computed(f"{name} {kind} of task {task.get('name')}")
    return kind


def _user(call: Call, user_id: Any) -> Row:
    return (call.store.get("USER", str(user_id)) if user_id else None) or {}


def _rate(call: Call, role_id: Any, name: str) -> Any:
    role = call.store.get("ROLE", str(role_id)) if role_id else None
    return role.get(name) if role else None


def _billing_of_role(call: Call, project_id: Any, role_id: Any, day: Any) -> Any:
    """Returns the billing rate of a role: the one the project has for it, else the role's own."""
    if not role_id:
        return None
    own = call.store.where("RATE", projectID=project_id, roleID=role_id) if project_id else []
    for rate in own:
        starts, ends, at = (str(text or "")[:10] for text in (rate.get("startDate"), rate.get("endDate"), day))
        if at and ((starts and at < starts) or (ends and at > ends)):
            continue
        return rate.get("rateValue") if rate.get("rateValue") is not None else rate.get("value")
    return _rate(call, role_id, "billingPerHour")


def _first(*rates: Any) -> float:
    """Returns the first rate that is set, none of them being nothing."""
    return next((float(rate) for rate in rates if rate is not None), 0.0)
