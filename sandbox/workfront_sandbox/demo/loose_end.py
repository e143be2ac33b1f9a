"""Loose ends, as every tenant has them: what somebody left behind, forgot, or has yet to decide."""

from __future__ import annotations

from typing import Any, Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.wire.json_value import Row

_REPORTS: Final = (
    ("Late tasks", "TASK", "L"),
    ("Hours by month", "HOUR", "M"),
    ("Projects by condition", "PROJ", "C"),
    ("Open requests", "OPTASK", "L"),
)
_UNUSED_FIELDS: Final = ("Fax number", "Campaign code until last year")


def add_loose_ends(draft: Draft) -> None:
    """Adds what a clean tenant would not have, to rows that are there already but for hours, documents and notes."""
    gone = next((row for row in draft.of("USER") if not row["isActive"]), draft.of("USER")[-1])
    _leave_behind(draft, gone)
    _lose_an_owner(draft)
    _forget_a_project(draft)
    _keep_timesheets_open(draft)
    _assign_nobody(draft)
    _add_reports(draft, gone)
    _ask_for_approval(draft)
    _add_unused_fields(draft)


def _last(draft: Draft, status: str) -> Row:
    """Returns the last project with a status; the first ones are what examples begin with."""
    return next(row for row in reversed(draft.of("PROJ")) if row["status"] == status)


def _leave_behind(draft: Draft, gone: Row) -> None:
    """Makes a user who is gone the owner of a project, and of three tasks in it that nobody began."""
    project = _last(draft, "CUR")
    for rule in draft.of("ACSRUL"):
        if rule["securityObjID"] == project["ID"] and rule["accessorID"] == project["ownerID"]:
            rule["accessorID"] = gone["ID"]
    project["ownerID"] = gone["ID"]
    tasks = [task for task in draft.of("TASK") if task["projectID"] == project["ID"] and _is_untouched(task)][:3]
    made = {row["ID"]: row for row in draft.of("ASSGN")}
    for task in tasks:
        task |= {"assignedToID": gone["ID"], "roleID": gone["roleID"], "teamID": gone["homeTeamID"]}
        made[task["primaryAssignmentID"]] |= {"assignedToID": gone["ID"], "roleID": gone["roleID"]}


def _is_untouched(task: Row) -> bool:
    return task["status"] == "NEW" and not task["numberOfChildren"]


def _lose_an_owner(draft: Draft) -> None:
    project = _last(draft, "PLN")
    rules = draft.rows["ACSRUL"]
    draft.rows["ACSRUL"] = [
        rule for rule in rules if (rule["securityObjID"], rule["accessorID"]) != (project["ID"], project["ownerID"])
    ]
    project["ownerID"] = None


def _forget_a_project(draft: Draft) -> None:
    """Makes a project current that nobody has touched for months."""
    project = _last(draft, "ONH")
    project |= {
        "status": "CUR",
        "entryDate": draft.at(-60, 10),
        "lastUpdateDate": draft.at(-58, 16),
        "progressStatus": "LT",
    }


def _keep_timesheets_open(draft: Draft) -> None:
    """Leaves every fifth timesheet of the last two weeks open."""
    since = draft.at(-10, 0)
    late = [row for row in draft.of("TSHET") if row["status"] == "C" and row["startDate"] >= since]
    for sheet in late[::5]:
        sheet |= {"status": "O", "isEditable": True}


def _assign_nobody(draft: Draft) -> None:
    """Leaves every third new issue to a team, without a person."""
    waiting = [row for row in draft.of("OPTASK") if row["status"] == "NEW"][::3]
    ended = {row["primaryAssignmentID"] for row in waiting}
    draft.rows["ASSGN"] = [row for row in draft.rows["ASSGN"] if row["ID"] not in ended]
    for issue in waiting:
        issue |= {"assignedToID": None, "roleID": None, "primaryAssignmentID": None}


def _add_reports(draft: Draft, gone: Row) -> None:
    """Adds reports, one of which runs with the rights of a user who is gone."""
    for number, (name, code, kind) in enumerate(_REPORTS):
        user = gone["ID"] if number == 1 else None
        draft.add("PTLSEC", name=name, uiObjCode=code, reportType=kind, isReport=True, isPublic=False, runAsUserID=user,
                  enteredByID=user or draft.me, lastUpdatedByID=user or draft.me, lastUpdateDate=draft.at(-90, 11),
                  description=f"{name}, for the weekly meeting", customerID=draft.customer_id)  # fmt: skip


def _ask_for_approval(draft: Draft) -> None:
    """Lets tasks that wait for approval, and a project, wait for the user ``me``."""
    for task in [row for row in draft.of("TASK") if row["status"] == "CPL:A"]:
        task |= {"previousStatus": "INP", "approvalStartDate": task["actualCompletionDate"]}
        task |= {"submittedByID": task["assignedToID"], **_process(draft, "TASK", "Sign-off of work", "CPL")}
    project = next(row for row in draft.of("PROJ") if row["status"] == "PLN" and row["ownerID"])
    project |= {"status": "CUR:A", "previousStatus": "PLN", "approvalStartDate": draft.at(draft.today - 1, 10)}
    project |= {"submittedByID": project["ownerID"], **_process(draft, "PROJ", "Beginning a project", "CUR")}


def _process(draft: Draft, code: str, name: str, status: str) -> dict[str, Any]:
    """Returns the fields of a row that waits for a process of one step; makes the process when it is first needed."""
    known = next((row for row in draft.of("ARVPRC") if row["name"] == name), None)
    if known is None:
        known = draft.add("ARVPRC", name=name, isActive=True, approvalObjCode=code, enteredByID=draft.me,
                          entryDate=draft.at(-250), customerID=draft.customer_id)  # fmt: skip
        path = draft.add("ARVPTH", approvalProcessID=known["ID"], targetStatus=status, name=name,
                         enteredByID=draft.me, entryDate=draft.at(-250), customerID=draft.customer_id)  # fmt: skip
        step = draft.add("ARVSTP", approvalPathID=path["ID"], sequenceNumber=1, approvalType="ONE", name="One of us",
                         customerID=draft.customer_id)  # fmt: skip
        draft.add("SPAPVR", approvalStepID=step["ID"], userID=draft.me, customerID=draft.customer_id)
    path = next(row for row in draft.of("ARVPTH") if row["approvalProcessID"] == known["ID"])
    step = next(row for row in draft.of("ARVSTP") if row["approvalPathID"] == path["ID"])
    return {"approvalProcessID": known["ID"], "currentApprovalStepID": step["ID"]}


def _add_unused_fields(draft: Draft) -> None:
    """Adds custom fields that are on no form."""
    for name in _UNUSED_FIELDS:
        draft.add("PARAM", name=name, label=name, dataType="TEXT", displayType="TEXT", isActive=True, isRequired=False,
                  description="No form has it any more", displaySize=50, entryDate=draft.at(-290),
                  enteredByID=draft.me, customerID=draft.customer_id)  # fmt: skip
