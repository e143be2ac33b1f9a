"""What the service fills in by itself, and what it quietly ignores. docs/protocol.md 11."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.plan import PINNED
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing import form_definition
from workfront_sandbox.writing.access_rule import check_rule
from workfront_sandbox.writing.approval import check_approver, check_path, check_step, wanted_status
from workfront_sandbox.writing.assignment import check_assignable
from workfront_sandbox.writing.company import COMPANIES, check_company
from workfront_sandbox.writing.document import check_content, moved_document, owner_of
from workfront_sandbox.writing.effort import both_works, first_effort
from workfront_sandbox.writing.enforcement import check_enforced
from workfront_sandbox.writing.finance import edited_price, first_price
from workfront_sandbox.writing.first_value import FIRST_VALUES
from workfront_sandbox.writing.folder import check_place
from workfront_sandbox.writing.hours import check_home_of_work, hour_type_of, moved_hour, project_of_work, timesheet_of
from workfront_sandbox.writing.list_control import grouping, saved_filter
from workfront_sandbox.writing.moved_task import is_between_projects
from workfront_sandbox.writing.numbering import next_number
from workfront_sandbox.writing.parent_task import NESTED, check_approval, check_home
from workfront_sandbox.writing.person import check_manager, check_work_time, fresh_condition
from workfront_sandbox.writing.predecessors import check_same_template
from workfront_sandbox.writing.request_queue import check_queue, check_topic, issue_defaults, moved_dates
from workfront_sandbox.writing.resolving import check_own_status
from workfront_sandbox.writing.schedule import check_default
from workfront_sandbox.writing.status import check_agreement, progress
from workfront_sandbox.writing.task_dates import PLANNED, constraint_date, durations
from workfront_sandbox.writing.template_part import first_fields
from workfront_sandbox.writing.thread import check_subject, thread_of
from workfront_sandbox.writing.timeline import first_dates
from workfront_sandbox.writing.tracking import check_mode

Default: TypeAlias = Callable[[Call, Row], Row]

_TIMED: Final = ("TASK", "TTSK")
"""Object types that last."""

_ON_WORK: Final = frozenset({"HOUR", "EXPNS", "ASSGN"})
"""Object types that hang on work, and so on its project."""

_IN_PROJECT: Final = (*WORK, "DOCU")
"""Object types a note hangs on within a project."""
_ACTUAL: Final = frozenset({"actualStartDate", "actualCompletionDate"})
"""What work that is made as done may say of its own."""
_NOTED: Final = ("PROJ", "TASK", "OPTASK", "DOCU", "USER")
"""Object types a note hangs on by a field of their own."""

_UNDATED: Final = frozenset({None, "ASAP", "ALAP", "EAT", "LAT"})
"""Constraints that have no date: a task with one is dated by its timeline alone."""
_OF_TIMELINE: Final = frozenset(("TASK", name) for name in PLANNED)
_COPIED_ALONE: Final = frozenset(("TTSK", name) for name in ("workRequired", "work", "originalWorkRequired"))
"""Fields that are never written: a template task has work where it is copied from one that has some."""
IGNORED: Final = frozenset({("OPTASK", "projectID")}) | _COPIED_ALONE | _OF_TIMELINE
"""Fields whose edit the service itself answers with success and does not take: docs/protocol.md 11.3."""


_PART_CHECKS: Final[Mapping[str, Default]] = {
    "SPAPVR": check_approver,
    "ARVSTP": check_step,
    "ARVPTH": check_path,
    "QUED": check_queue,
}
"""Checks of what is written to parts of an approval process, and to queues."""


def complete(call: Call, code: str, plain: Row) -> Row:
    """Returns the fields of a new row, with what the service adds. Raises ApiError for values it refuses."""
    plain = {name: value for name, value in plain.items() if (code, name) not in _COPIED_ALONE}
    given = first_fields(call, plain) if code == "PROJ" else {}
    row = wanted_status(call, code, {}, {**FIRST_VALUES.get(code, {}), **given, **plain})
    if code == "TASK":
        check_mode(call, plain)
        row = {name: value for name, value in row.items() if name not in PLANNED or not _is_undated(row)}
    if code in NESTED and row.get("parentID"):
        _check_parent(call, code, row)
    if code in _TIMED:
        row |= durations(FIRST_VALUES.get(code, {}), plain)
    if code == "TASK":
        row |= first_effort(row, plain)
    if code in WORK:
        row |= both_works(plain)
    if code in COMPANIES:
        check_company(call, {}, plain)
    if code == "USER":
        check_work_time(plain)
        check_manager(call, {}, plain)
    if code in _ON_WORK:
        check_home_of_work(call, code, row)
    derived = _DERIVED.get(code)
    return row | derived(call, row) if derived else row


def derive(call: Call, code: str, before: Row, changes: Row) -> Row:
    """Returns the changes of an edit, with those that follow from them. Raises ApiError for values the service
    refuses.
    """
    form_definition.check_fixed(call, code, before, changes)
    found = dict(changes)
    if code == "USER" and {"firstName", "lastName"} & set(changes) and "name" not in changes:
        found |= _user(call, {**before, **changes, "name": None})
    if code in _ON_WORK:
        found |= _moved(call, code, before, changes)
        if {"projectID", *(ROW_KEYS[work] for work in WORK)} & set(changes):
            check_home_of_work(call, code, {**before, **found})
    if code == "DOCU":
        found |= moved_document(call, before, changes)
    if code == "UIFT":
        found |= saved_filter(call, changes)
    if code == "PARAM":
        found |= form_definition.changed_parameter(call, before, changes)
    if code in _TIMED:
        found |= durations(before, changes)
    if code in WORK:
        found |= both_works(changes)
    if code == "TASK":
        found |= constraint_date({**before, **found}, changes)
    if code == "OPTASK":
        check_own_status(call, before, changes)
        found |= moved_dates(before, changes)
    _check_edit(call, code, before, changes)
    if code == "TASK":
        check_mode(call, changes)
        check_enforced(call, before, found)
    if code in COMPANIES:
        check_company(call, before, found)
    if code == "USER":
        check_work_time(found)
        check_manager(call, before, found)
    if code in WORK:
        found |= fresh_condition(call, code, before, found)
    found = wanted_status(call, code, before, found)
    return found | progress(call, code, before, found)


def _check_edit(call: Call, code: str, before: Row, changes: Row) -> None:
    """Raises ApiError for values of an edit from which nothing follows, and which the service refuses."""
    if code == "QUET":
        check_topic(call, {**before, **changes})
    if code == "CTCSRM":
        form_definition.match(call, {**before, **changes})
    if code == "CTGYPA":
        form_definition.check_security(changes)
    if code in _PART_CHECKS:
        _PART_CHECKS[code](call, changes)
    if code == "ACSRUL" and any(before.get(name) != value for name, value in changes.items()):
        check_rule(call, {**before, **changes})
    if code == "SCHED":
        check_default(before, changes)
    if code == "DOCFDR":
        check_place(call, before, changes)
    if code == "NOTE":
        check_subject(before, changes)
    if code in NESTED and (changes.get("parentID") or changes.get("approvalProcessID")):
        _check_parent(call, code, {**before, **changes})


def _moved(call: Call, code: str, before: Row, changes: Row) -> Row:
    """Returns what follows for a row that hangs on work from an edit that may hang it on other work."""
    if code != "HOUR":
        return {name: value for name, value in project_of_work(call, changes).items() if name not in changes}
    moved = moved_hour(call, before, changes)
    return moved | edited_price(call, before, {**changes, **moved})


def ignored(code: str, name: str, before: Row, written: Mapping[str, object]) -> bool:
    """Returns whether an edit of a field is answered with success and changes nothing."""
    if (code, name) not in _OF_TIMELINE:
        return (code, name) in IGNORED
    return (written.get("taskConstraint") or before.get("taskConstraint")) not in PINNED


def _is_undated(row: Row) -> bool:
    return row.get("taskConstraint") in _UNDATED


def _link(call: Call, row: Row) -> Row:
    return {"isCP": is_between_projects(call, row)}


def _check_parent(call: Call, code: str, row: Row) -> None:
    parent = call.store.get(code, str(row["parentID"])) if row.get("parentID") else None
    check_home(code, row, parent)
    if code == "TASK":
        check_approval(row, parent)


def _request(call: Call, row: Row) -> Row:
    """Returns who asks for the approval of a document, and when."""
    derived = {"requestorID": call.caller.user_id, "requestDate": call.tenant.clock.wire()}
    return {name: value for name, value in derived.items() if row.get(name) is None}


def _project(call: Call, row: Row) -> Row:
    now = call.tenant.clock.wire()
    return {name: value for name, value in {"ownerID": call.caller.user_id, "plannedStartDate": now}.items()
            if name not in row}  # fmt: skip


def _task(call: Call, row: Row) -> Row:
    project_id = row.get("projectID")
    project = call.store.get("PROJ", str(project_id)) or {}
    number = call.store.last_number("TASK", "taskNumber", projectID=project_id) + 1 if project else 1
    constraint = row.get("taskConstraint") or ("ALAP" if project.get("scheduleMode") == "C" else "ASAP")
    row = {**row, "taskConstraint": constraint} | constraint_date({**row, "taskConstraint": constraint}, row)
    derived = {"taskNumber": number, "wbs": _wbs(call, row, project), **first_dates(call, row, project)}
    row |= constraint_date({**derived, **row}, {"taskConstraint": constraint}) if not row.get("constraintDate") else {}
    given = {name: row.get(name) for name in ("taskConstraint", "constraintDate")}
    return given | _first_progress(call, row) | {key: value for key, value in derived.items() if row.get(key) is None}


def _template_task(call: Call, row: Row) -> Row:
    numbered = {} if row.get("taskNumber") else next_number(call, "TTSK", row)
    if row.get("durationType") != "D":
        return numbered
    minutes = row["durationMinutes"]
    return {**numbered, "workRequired": minutes, "work": minutes / 60}


def _first_progress(call: Call, row: Row) -> Row:
    """Returns what the status of new work brings along."""
    code = "TASK" if "taskConstraint" in row else "OPTASK"
    is_told = row.get("status") not in {None, "NEW"}
    if not is_told and not row.get("percentComplete"):
        return {}
    if row.get("percentComplete") == 100:
        check_agreement(call, code, row if is_told else {})
    by_status = {"status": row["status"]} if row.get("status") else {}
    is_whole = not is_told and row.get("percentComplete") == 100
    found = progress(call, code, {}, {"percentComplete": 100} if is_whole else by_status)
    return {name: value for name, value in found.items() if name not in _ACTUAL or row.get(name) is None}


def _issue(call: Call, row: Row) -> Row:
    source = _source(row)
    row = {**row, **source}
    given = source | issue_defaults(call, row)
    wanted = wanted_status(call, "OPTASK", {}, {**row, **given}) if given.get("approvalProcessID") else {}
    pending = {name: value for name, value in wanted.items() if row.get(name) != value}
    return given | _first_progress(call, row) | pending


def _source(row: Row) -> Row:
    """Returns what an issue was made on, in both ways of saying it."""
    if row.get("sourceTaskID") and not row.get("sourceObjID"):
        return {"sourceObjID": row["sourceTaskID"], "sourceObjCode": "TASK"}
    if row.get("sourceObjCode") == "TASK" and row.get("sourceObjID") and not row.get("sourceTaskID"):
        return {"sourceTaskID": row["sourceObjID"]}
    return {}


def _wbs(call: Call, row: Row, project: Row) -> str:
    """Returns the place in the work breakdown, behind all siblings: 3 under no parent, 2.1 under the second
    task.
    """
    parent = call.store.get("TASK", str(row.get("parentID"))) if row.get("parentID") else None
    siblings = {"projectID": row.get("projectID"), "parentID": row.get("parentID")}
    last = _last_of(call, siblings) if project else None
    place = 1 if last is None else _last_place(last) + 1 or len(call.store.where("TASK", **siblings)) + 1
    return f"{parent['wbs']}.{place}" if parent and parent.get("wbs") else str(place)


def _last_of(call: Call, siblings: Row) -> Row | None:
    """Returns the task with the highest number of those that stand below the same one."""
    number = call.store.outermost("TASK", "taskNumber", is_lowest=False, **siblings)
    found = call.store.where("TASK", **siblings, taskNumber=number) if number is not None else ()
    return next(iter(found), None) or call.store.newest("TASK", **siblings)


def _last_place(task: Row) -> int:
    """Returns the place of a task among its siblings, -1 where it has none."""
    place = str(task.get("wbs")).rpartition(".")[2]
    return int(place) if place.isdecimal() else -1


def _hour(call: Call, row: Row) -> Row:
    derived: Row = {"ownerID": call.caller.user_id, "entryDate": call.tenant.clock.now().date().isoformat()}
    for code in WORK:
        owner = call.store.get(code, str(row.get(ROW_KEYS[code])))
        if owner and owner.get("projectID"):
            derived["projectID"] = owner["projectID"]
    given = {name: row[name] for name in row if row[name]}
    derived["timesheetID"] = timesheet_of(call, {**derived, **given})
    derived["hourTypeID"] = hour_type_of(call, {**derived, **given})
    derived |= first_price(call, {**derived, **given})
    return {name: value for name, value in derived.items() if row.get(name) is None}


def _tag(_: Call, row: Row) -> Row:
    """Returns nothing more for the tag of a note. Raises ApiError where it does not say what it names."""
    if not row.get("objObjCode"):
        raise invalid("objCode cannot be null")
    return {}


def _expense(call: Call, row: Row) -> Row:
    task = call.store.get("TASK", str(row["taskID"])) if row.get("taskID") else None
    return {"projectID": task.get("projectID")} if task and not row.get("projectID") else {}


def _user(call: Call, row: Row) -> Row:
    name = " ".join(str(row[part]) for part in ("firstName", "lastName") if row.get(part))
    level = call.store.get("ACSLVL", str(row["accessLevelID"])) if row.get("accessLevelID") else None
    derived = {"name": name or None, "username": row.get("emailAddr"), "licenseType": (level or {}).get("licenseType")}
    if not row.get("ID"):
        derived["homeGroupID"] = call.caller.user.get("homeGroupID")
    return {key: value for key, value in derived.items() if row.get(key) is None and value is not None}


def _note(call: Call, row: Row) -> Row:
    if not row.get("noteObjCode") or not row.get("objID"):
        raise invalid("A note needs noteObjCode and objID")
    code = call.schema.find(str(row["noteObjCode"])).code
    about = call.row(code, str(row["objID"]))
    tied = {name: about[name] for name in ("projectID",) if code in _IN_PROJECT and about.get(name)}
    tied |= {ROW_KEYS[code]: row["objID"]} if code in _NOTED else {}
    top = {"topObjID": row.get("topObjID") or row["objID"], "topNoteObjCode": row.get("topNoteObjCode") or code}
    return {
        "ownerID": row.get("ownerID") or call.caller.user_id,
        "isMessage": False,
        **top,
        **tied,
        **thread_of(call, row),
    }


def _assignment(call: Call, row: Row) -> Row:
    """Returns what an assignment leaves open: who assigned, and the user's role."""
    check_assignable(call, row)
    owners = (call.store.get(one, str(row[ROW_KEYS[one]])) for one in WORK if row.get(ROW_KEYS[one]))
    derived: Row = {"assignedByID": call.caller.user_id, "isPrimary": False}
    derived["projectID"] = next((owner.get("projectID") for owner in owners if owner), None)
    if row.get("assignedToID"):
        derived["roleID"] = (call.store.get("USER", str(row["assignedToID"])) or {}).get("roleID")
    return {name: value for name, value in derived.items() if row.get(name) is None}


_DERIVED: Final[Mapping[str, Default]] = {
    "PROJ": _project,
    "TASK": _task,
    "TTSK": _template_task,
    "OPTASK": _issue,
    "QUET": check_topic,
    "HOUR": _hour,
    "EXPNS": _expense,
    "USER": _user,
    "PRED": _link,
    "TPRED": check_same_template,
    "PARAM": form_definition.parameter,
    "POPT": form_definition.option,
    "CTGY": form_definition.form,
    "CTGYPA": form_definition.place,
    "CTCSRM": form_definition.match,
    "OBJCAT": form_definition.tie,
    "NOTE": _note,
    "DOCU": owner_of,
    "DOCV": check_content,
    "ACSRUL": check_rule,
    **_PART_CHECKS,
    "ASSGN": _assignment,
    "NTAG": _tag,
    "DOCAPL": _request,
    "UIFT": saved_filter,
    "UIGB": grouping,
}
