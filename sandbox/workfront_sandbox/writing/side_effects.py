"""What follows from a write in other rows: assignments, versions of documents, tasks of a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.access.ancestry import MADE_BY
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.assignment import (
    assign,
    assignments,
    follow_assignments,
    follow_lost_work,
    give_back_issue,
    hold_role,
    is_issue_given_back,
)
from workfront_sandbox.writing.attached_form import follow_first
from workfront_sandbox.writing.billing import follow_amount
from workfront_sandbox.writing.company import keep_one
from workfront_sandbox.writing.document import attach_content
from workfront_sandbox.writing.effort import EFFORT, follow_effort
from workfront_sandbox.writing.finance import (
    MONEY,
    follow_expense,
    follow_fixed,
    follow_hour_money,
    follow_money,
    leave_amounts,
    leave_sums,
    sum_anew,
)
from workfront_sandbox.writing.handoff import follow_project
from workfront_sandbox.writing.hours import SPAN, follow_hours, follow_timesheet
from workfront_sandbox.writing.numbering import number_behind, renumber
from workfront_sandbox.writing.predecessors import check_circles, check_yielding, write_expression
from workfront_sandbox.writing.progress import roll_up_project
from workfront_sandbox.writing.request_queue import route
from workfront_sandbox.writing.resolving import (
    RESOLVERS,
    follow_own_resolver,
    follow_resolver,
    release_issues,
    take_up_again,
)
from workfront_sandbox.writing.rows import add, change, tell_topics
from workfront_sandbox.writing.status import complete_project, is_done
from workfront_sandbox.writing.template_use import use_template
from workfront_sandbox.writing.thread import follow_last_note, follow_thread
from workfront_sandbox.writing.timeline import INPUTS, PROJECT_INPUTS, calculate, follow_task

_SINGLE: Final = {"CMPY": "isPrimary", "SCHED": "isDefault"}
"""Fields that are true in one row of a tenant."""


def apply(call: Call, code: str, object_id: str, before: Row, written: Mapping[str, Any]) -> None:
    """Brings other rows in line after fields of a row were written. Raises ApiError where they cannot follow."""
    if code in WORK:
        _follow_assignees(call, code, object_id, before, written)
    if code == "ASSGN":
        _follow_part(call, before)
        _follow_part(call, call.row("ASSGN", object_id))
    if code == "TASK" and EFFORT & set(written):
        follow_effort(call, object_id, written.keys())
    if code == "TASK" and MONEY & set(written):
        follow_money(call, object_id)
    if code == "OPTASK" and not before:
        route(call, object_id, written)
    if code == "QUED":
        tell_topics(call, object_id)
    if code == "USER" and {"roleID", "userRoles"} & set(written) and (role := call.row(code, object_id).get("roleID")):
        hold_role(call, object_id, str(role))
    if code in {"DOCU", "DOCV"} and "handle" in written:
        attach_content(call, code, object_id)
    if code == "PROJ" and {"templateID", "template"} & set(written):
        use_template(call, object_id)
    if code in MADE_BY and not before and "accessRules" not in written:
        _share_with_maker(call, code, object_id)
    _follow_time(call, code, object_id, before, written)
    if code == "PRED":
        _follow_link(call, call.row("PRED", object_id))
    if code in WORK:
        _follow_work(call, code, object_id, before, written)
    if code == "PROJ":
        _follow_project(call, object_id, before, written)
    if code in _SINGLE and written.get(_SINGLE[code]):
        keep_one(call, code, _SINGLE[code], object_id)
    if code == "NOTE" and not before:
        follow_thread(call, call.row(code, object_id), 1)
    if code == "NOTE":
        follow_last_note(call, before, call.row(code, object_id))
    _follow_status(call, code, object_id, before, written)


def _follow_assignees(call: Call, code: str, object_id: str, before: Row, written: Mapping[str, Any]) -> None:
    """Brings the assignments of a task or an issue in line after they or its user were written."""
    if "assignments" in written:
        follow_assignments(call, code, object_id)
    elif before.get("assignedToID") and is_issue_given_back(code, written):
        give_back_issue(call, object_id, before["assignedToID"])
    elif {"assignedToID", "assignedTo"} & set(written):
        user_id = call.row(code, object_id).get("assignedToID")
        assign(call, code, object_id, [{"assignedToID": user_id}] if user_id else [])


def _follow_time(call: Call, code: str, object_id: str, before: Row, written: Mapping[str, Any]) -> None:
    """Brings sums in line after time or money was written."""
    if code == "HOUR":
        follow_hours(call, before, call.row("HOUR", object_id))
        follow_hour_money(call, before, call.row("HOUR", object_id))
    if code == "EXPNS":
        follow_expense(call, before, call.row("EXPNS", object_id))
    follow_amount(call, code, before, call.row(code, object_id))
    if code == "TSHET" and SPAN & set(written):
        follow_timesheet(call, call.row(code, object_id))


def _follow_project(call: Call, object_id: str, before: Row, written: Mapping[str, Any]) -> None:
    fixed = ("fixedCost", "fixedRevenue")
    if set(fixed) & set(written) or (not before and any(call.row("PROJ", object_id).get(name) for name in fixed)):
        follow_fixed(call, before, object_id)
    if before and PROJECT_INPUTS & set(written) and call.store.newest("TASK", projectID=object_id):
        calculate(call, object_id)
    if before and "conditionType" in written:
        roll_up_project(call, object_id)
    if before and "status" in written:
        complete_project(call, object_id)
        follow_project(call, object_id)


def _follow_part(call: Call, part: Row) -> None:
    """Gives a task or an issue the users, roles and teams of its parts after one of them was written."""
    for code in WORK:
        if part.get(ROW_KEYS[code]) and call.store.get(code, str(part[ROW_KEYS[code]])):
            follow_assignments(call, code, str(part[ROW_KEYS[code]]))


def _share_with_maker(call: Call, code: str, object_id: str) -> None:
    """Gives who made a row the right to manage and delete it."""
    rule = {"securityObjID": object_id, "securityObjCode": code, "coreAction": "DELETE", "isInherited": False}
    maker = {"accessorID": call.caller.user_id, "accessorObjCode": "USER"}
    add(call, "ACSRUL", {**rule, **maker, "forbiddenActions": [], "secondaryActions": []})


def follow_restoring(call: Call, code: str, object_id: str) -> None:
    """Brings other rows in line after a row was brought back."""
    row = call.row(code, object_id)
    if code == "TASK":
        number_behind(call, code, object_id)
        row = call.row(code, object_id)
        follow_task(call, None, row, {"parentID": row.get("parentID"), "predecessors": None, "successors": None})
        renumber(call, code, row.get("projectID"))
    sum_anew(call, object_id if code == "PROJ" else row.get("projectID"))


def follow_deletion(call: Call, code: str, before: Row) -> None:
    """Brings other rows in line after a row was deleted."""
    if code == "HOUR":
        follow_hours(call, before, {})
        follow_hour_money(call, before, {})
    if code == "EXPNS":
        follow_expense(call, before, {})
    follow_amount(call, code, before, {})
    if code == "NOTE":
        follow_thread(call, before, -1)
        follow_last_note(call, before, {})
    if code == "TASK":
        follow_task(call, before, None, {})
        leave_sums(call, before)
    if code in WORK:
        complete_project(call, before.get("projectID"))
    if code == "ASSGN":
        _follow_part(call, before)
    if code in RESOLVERS:
        release_issues(call, code, str(before["ID"]))


def follow_lost_ties(call: Call, done: int) -> None:
    """Brings in line what named rows that were deleted since so many changes were made: tasks that waited for them,
    work of theirs, what had one form of several.
    """
    lost = [one for one in call.changes[done:] if one.type != "CREATE"]
    follow_lost_work(call, done)
    leave_amounts(call, [one.old for one in call.changes[done:] if one.code == "TASK" and one.type == "DELETE"])
    formless = [one for one in lost if one.old.get("categoryID") and one.new and not one.new.get("categoryID")]
    for one in formless:
        if call.store.get(one.code, str(one.new["ID"])):
            follow_first(call, one.code, str(one.new["ID"]))
    waiting = [one.old.get("successorID") for one in lost if one.code == "PRED" and one.type == "DELETE"]
    for task_id in dict.fromkeys(waiting):
        if (task := call.store.get("TASK", str(task_id))) is not None:
            follow_task(call, task, task, {"predecessors": None})


def _follow_work(call: Call, code: str, object_id: str, before: Row, written: Mapping[str, Any]) -> None:
    if code == "TASK":
        if written.get("predecessorExpression") is not None:
            write_expression(call, object_id, str(written["predecessorExpression"]))
        if {"predecessors", "successors", "predecessorExpression", "parentID", "parent"} & set(written):
            check_circles(call, object_id)
        if before and {"parentID", "parent"} & set(written):
            renumber(call, code, before.get("projectID"))
            sum_anew(call, before.get("projectID"))
        elif written.get("parentID"):
            follow_money(call, str(written["parentID"]))
        if {"predecessors", "successors", "predecessorExpression", "taskConstraint"} & set(written):
            check_yielding(call, object_id)
        if not before or INPUTS & set(written):
            follow_task(call, before or None, call.row("TASK", object_id), written)
    if {"status", "percentComplete"} & set(written):
        _finish_assignments(call, code, object_id)
        complete_project(call, call.row(code, object_id).get("projectID"))


def _follow_status(call: Call, code: str, object_id: str, before: Row, written: Mapping[str, Any]) -> None:
    """Gives issues the status that follows from what resolves them, and from what their contact does."""
    if code in RESOLVERS and {"status", "percentComplete"} & set(written):
        follow_resolver(call, code, object_id)
        for project_id in {call.row(code, object_id).get("projectID")} - {None} if code != "PROJ" else ():
            follow_resolver(call, "PROJ", str(project_id))
    if code == "OPTASK" and set(RESOLVERS.values()) & set(written):
        follow_own_resolver(call, object_id)
    if code == "OPTASK" and before and "status" not in written:
        take_up_again(call, object_id)
    if code == "NOTE" and not before and (about := call.row("NOTE", object_id).get("opTaskID")):
        take_up_again(call, str(about))


def _finish_assignments(call: Call, code: str, object_id: str) -> None:
    """Marks the parts of all as done, once the whole is."""
    if is_done(call, code, call.row(code, object_id).get("status")):
        for row in assignments(call, code, object_id):
            change(call, "ASSGN", str(row["ID"]), {"status": "DN"})


def _follow_link(call: Call, link: Row) -> None:
    check_circles(call, str(link.get("successorID")))
    check_yielding(call, str(link.get("successorID")))
    task = call.store.get("TASK", str(link.get("successorID")))
    if task is not None:
        follow_task(call, task, task, {"predecessors": None})
