"""What a project takes over from its template besides tasks: fields, forms, documents, risks, expenses, its queue.

docs/protocol.md 19.6
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.store.custom_field import CUSTOM
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.attached_form import attached, follow_first
from workfront_sandbox.writing.belongings import copy_version, held, plain
from workfront_sandbox.writing.copies import copy_queue
from workfront_sandbox.writing.finance import follow_expense
from workfront_sandbox.writing.request_queue import queue_of
from workfront_sandbox.writing.rows import add, change, remove

_TEMPLATE: Final = ROW_KEYS["TMPL"]
_QUEUE: Final = ROW_KEYS["QUED"]

_OF_NEW: Final = (
    "URL", "approvalProcessID", "budget", "companyID", "completionType", "conditionType", "currency", "description",
    "fixedCost", "fixedRevenue", "groupID", "levelingMode", "milestonePathID", "ownerID", "ownerPrivileges",
    "performanceIndexMethod", "plannedBenefit", "plannedRiskCost", "portfolioID", "priority", "programID", "risk",
    "scheduleID", "scheduleMode", "sponsorID", "summaryCompletionType", "updateType",
)  # fmt: skip
"""Fields that a new project has of its template, where it is given none."""

_WHERE_EMPTY: Final = ("URL", "companyID", "ownerID", "sponsorID", "milestonePathID")
"""Fields that a project takes of a template that is attached later, where it has none."""

_ADDED: Final = ("fixedCost", "fixedRevenue")
_MANAGERS: Final = "RESMGR"
_POOLS: Final = "resourcePoolIDs"
_RATES: Final = ("billingRateIDs", "rateIDs")
_PARTS: Final = {"DOCU": "clearDocuments", "RISK": "clearRisks", "EXPNS": "clearExpenses"}
"""Rows of a template that a project gets, too, and the option that leaves them out."""


def first_fields(call: Call, project: Row) -> Row:
    """Returns what a new project has of the template it names."""
    template = call.store.get("TMPL", str(project[_TEMPLATE])) if project.get(_TEMPLATE) else None
    if template is None:
        return {}
    return {name: template[name] for name in _OF_NEW if template.get(name) is not None}


def check_active(template: Row) -> None:
    """Raises ApiError for a template that is not used any more."""
    if template.get("isActive") is False:
        raise invalid(f"Template {template.get('name')} is not active and cannot be attached")


def attached_fields(project: Row, template: Row, options: Collection[str]) -> Row:
    """Returns what a project takes of the fields of a template that is attached to it."""
    found = {name: template[name] for name in _WHERE_EMPTY if template.get(name) and not project.get(name)}
    if template.get("approvalProcessID") and "clearApprovers" not in options:
        found["approvalProcessID"] = template["approvalProcessID"]
    if "clearFinancials" not in options:
        for name in _ADDED:
            if template.get(name):
                found[name] = float(project.get(name) or 0) + float(template[name])
    return found


def take_parts(call: Call, project_id: str, template: Row, options: Collection[str] = ()) -> None:
    """Gives a project what belongs to a template, but for what the options leave out."""
    for part, option in _PARTS.items():
        for row in held(call, "TMPL", part, str(template["ID"])) if option not in options else ():
            _take(call, part, row, project_id)
    _take_forms(call, project_id, template)
    _take_people(call, project_id, template)
    if "clearSharingOptions" not in options:
        _take_rights(call, project_id, template)
    if "clearBillingRates" not in options:
        _take_rates(call, project_id, template)


def take_queue(call: Call, project_id: str, template: Row, options: Collection[str], *, is_attached: bool) -> None:
    """Gives a project the queue of a template: its details over those there are, its topics and rules besides them.

    A template without a queue that is attached takes the project's away.
    """
    if "clearIssueSetup" in options:
        return
    project = call.row("PROJ", project_id)
    there = queue_of(call, project_id)
    if template.get(_QUEUE):
        into = str(there["ID"]) if there else None
        change(call, "PROJ", project_id, {_QUEUE: copy_queue(call, "PROJ", str(template[_QUEUE]), project, into)})
    elif is_attached and there is not None:
        change(call, "PROJ", project_id, {_QUEUE: None})
        remove(call, "QUED", str(there["ID"]))


def _take_people(call: Call, project_id: str, template: Row) -> None:
    """Adds the resource managers and the resource pools of a template to those of a project."""
    for tie in call.store.where(_MANAGERS, templateID=template["ID"]):
        who = {"resourceManagerID": tie.get("resourceManagerID"), "projectID": project_id}
        if not call.store.number(_MANAGERS, **who):
            add(call, _MANAGERS, plain(tie) | {_TEMPLATE: None} | who)
    there: list[str] = call.row("PROJ", project_id).get(_POOLS) or []
    pools: list[str] = template.get(_POOLS) or []
    change(call, "PROJ", project_id, {_POOLS: list(dict.fromkeys([*there, *pools]))} if pools else {})


def _take_rights(call: Call, project_id: str, template: Row) -> None:
    """Gives those who have a right on a template of their own the same on a project, where they have none on it."""
    for rule in call.store.where("ACSRUL", securityObjID=template["ID"]):
        who = {name: rule.get(name) for name in ("accessorID", "accessorObjCode")}
        if not rule.get("isInherited") and not call.store.number("ACSRUL", securityObjID=project_id, **who):
            add(call, "ACSRUL", plain(rule) | {"securityObjID": project_id, "securityObjCode": "PROJ"})


def _take_rates(call: Call, project_id: str, template: Row) -> None:
    """Gives a project the billing rates of a template, for roles of which it has none of its own."""
    own = {rate.get("roleID") for rate in call.store.where("RATE", projectID=project_id)}
    named: list[str] = [*(template.get(_RATES[0]) or []), *(template.get(_RATES[1]) or [])]
    for rate in call.store.many("RATE", list(dict.fromkeys(named))):
        if rate.get("roleID") not in own:
            add(call, "RATE", plain(rate) | {"projectID": project_id})


def _take(call: Call, part: str, row: Row, project_id: str) -> None:
    ties: Row = {_TEMPLATE: None, "projectID": project_id}
    if part == "DOCU":
        ties |= {"docObjCode": "PROJ", "objID": project_id}
    made = add(call, part, plain(row) | ties)
    if part == "DOCU" and row.get("currentVersionID"):
        copy_version(call, str(row["currentVersionID"]), str(made["ID"]))
    if part == "EXPNS":
        follow_expense(call, {}, made)


def _take_forms(call: Call, project_id: str, template: Row) -> None:
    there = [row.get("categoryID") for row in attached(call, project_id)]
    for form in attached(call, str(template["ID"])):
        if form.get("categoryID") not in there:
            ties = {"objID": project_id, "objObjCode": "PROJ", "categoryOrder": len(there)}
            there.append(add(call, "OBJCAT", plain(form) | ties)["categoryID"])
    if there:
        follow_first(call, "PROJ", project_id)
    project = call.row("PROJ", project_id)
    values = {name: value for name, value in template.items() if name.startswith(CUSTOM) and project.get(name) is None}
    change(call, "PROJ", project_id, values)
