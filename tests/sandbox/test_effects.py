"""Every action and named query that is computed, in both versions: the tenant is another one afterwards, or the answer
says something that depends on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.test_kinds import SCHEMA, VERSIONS
from workfront_sandbox import Sandbox
from workfront_sandbox.actions import registry
from workfront_sandbox.reading import named_query
from workfront_sandbox.schema.overrides import VIEWS

ME, ANA, BO, ROLE, CREW, OTHER_GROUP = (f"{0xA0 + at:032x}" for at in range(6))
PLAN, OTHER_PLAN, QUEUE, WAITING_PLAN, GROUP = (f"{0xB0 + at:032x}" for at in range(5))
WAITS, OPEN, MINE, DONE = (f"{0xC0 + at:032x}" for at in range(4))
ISSUE_WAITS, ISSUE, ISSUE_MINE, ISSUE_DONE = (f"{0xD0 + at:032x}" for at in range(4))
TEMPLATE, OTHER_TEMPLATE, STEP, FORM, SECOND_FORM, THIRD_FORM = (f"{0xE0 + at:032x}" for at in range(6))
NOTE, ENTRY, PRAISE, HOUR, APPROVED, SHEET, TAKEN, FREE, SCHEDULE = (f"{0xF0 + at:032x}" for at in range(9))
PROCESS, PATH, DECISION = (f"{0x1A0 + at:032x}" for at in range(3))
PARTS = [f"{0x1B0 + at:032x}" for at in range(7)]
DAY = "2027-05-12T09:00:00:000+0000"


def _work(ids: tuple[str, str, str, str], done: str, **values: Any) -> list[dict[str, Any]]:
    statuses = ("INP:A", "NEW", "INP", done)
    waiting = {"approvalProcessID": PROCESS, "currentApprovalStepID": DECISION, "submittedByID": ME}
    return [
        {"ID": one, "name": status, "status": status, "projectID": PLAN, **values}
        | (waiting | {"previousStatus": "NEW"} if status.endswith(":A") else {})
        for one, status in zip(ids, statuses, strict=True)
    ]


def _parts() -> list[dict[str, Any]]:
    held = (("taskID", MINE, ME, "AD"), ("taskID", OPEN, ANA, "AA"), ("opTaskID", ISSUE, ME, "AA"),
            ("taskID", DONE, ME, "DN"), ("opTaskID", ISSUE_MINE, ME, "AD"),
            ("opTaskID", ISSUE_DONE, ME, "DN"))  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"ID": one, key: work, "assignedToID": who, "status": status, "isPrimary": True, "projectID": PLAN}
        for one, (key, work, who, status) in zip(PARTS, held, strict=False)
    ]
    return [*rows, {"ID": PARTS[6], "taskID": OPEN, "roleID": ROLE, "status": "AA", "projectID": PLAN}]


def _forms() -> list[dict[str, Any]]:
    return [{"objID": OPEN, "objObjCode": "TASK", "categoryID": one, "categoryOrder": at}
            for at, one in enumerate((FORM, SECOND_FORM))]  # fmt: skip


SEED: dict[str, Any] = {
    "now": DAY,
    "me": ME,
    "USER": [{"ID": one, "name": one, "isActive": True, "roleID": ROLE} for one in (ME, ANA, BO)],
    "ROLE": [{"ID": ROLE, "name": "Painter"}],
    "TEAMOB": [{"ID": CREW, "name": "Crew"}],
    "TEAMMB": [{"userID": ME, "teamID": CREW}],
    "PROJ": [
        {"ID": PLAN, "name": "Plan", "status": "CUR", "groupID": GROUP, "plannedStartDate": DAY},
        {"ID": WAITING_PLAN, "name": "Wish", "status": "CUR:A", "previousStatus": "PLN", "plannedStartDate": DAY}
        | {"approvalProcessID": PROCESS, "currentApprovalStepID": DECISION, "submittedByID": ME},
        {"ID": OTHER_PLAN, "name": "Other", "status": "CUR", "plannedStartDate": DAY},
        {"ID": QUEUE, "name": "Requests", "status": "CUR", "queueDefID": QUEUE},
    ],
    "GROUP": [{"ID": one, "name": one} for one in (GROUP, OTHER_GROUP)],
    "QUED": [{"ID": QUEUE, "isPublic": 1}],
    "TASK": _work((WAITS, OPEN, MINE, DONE), "CPL", duration=1, durationUnit="D"),
    "OPTASK": [
        *_work((ISSUE_WAITS, ISSUE, ISSUE_MINE, ISSUE_DONE), "CLS"),
        {"ID": QUEUE, "name": "For the crew", "status": "NEW", "projectID": OTHER_PLAN, "teamID": CREW},
    ],
    "ASSGN": _parts(),
    "WRKITM": [{"ID": PARTS[0], "userID": ME, "assignmentID": PARTS[0], "taskID": MINE}],
    "ARVPRC": [{"ID": PROCESS, "isActive": True}],
    "ARVPTH": [{"ID": PATH, "approvalProcessID": PROCESS, "targetStatus": "INP"}],
    "ARVSTP": [{"ID": DECISION, "approvalPathID": PATH, "sequenceNumber": 1}],
    "SPAPVR": [{"approvalStepID": DECISION, "userID": ME}],
    "TMPL": [{"ID": one, "name": one, "isActive": True} for one in (TEMPLATE, OTHER_TEMPLATE)],
    "TTSK": [{"ID": STEP, "name": "Step", "templateID": TEMPLATE, "duration": 1, "durationUnit": "D"}],
    "CTGY": [{"ID": one, "name": one, "objTypes": ["TASK"]} for one in (FORM, SECOND_FORM, THIRD_FORM)],
    "OBJCAT": _forms(),
    "NOTE": [{"ID": NOTE, "noteText": "Hello", "noteObjCode": "TASK", "objID": OPEN, "ownerID": ME, "entryDate": DAY}],
    "JRNLE": [{"ID": ENTRY, "objObjCode": "TASK", "objID": OPEN, "changeType": "E", "entryDate": DAY}],
    "ENDR": [{"ID": PRAISE}],
    "TSHET": [{"ID": SHEET, "userID": ME}],
    "HOUR": [
        {"ID": HOUR, "hours": 2.0, "taskID": OPEN, "projectID": PLAN, "ownerID": ME, "status": "SUB"}
        | {"timesheetID": SHEET, "entryDate": "2027-05-12"},
        {"ID": APPROVED, "hours": 2.0, "opTaskID": ISSUE, "projectID": PLAN, "ownerID": ME, "status": "APP"}
        | {"timesheetID": SHEET, "entryDate": "2027-05-12", "approvedByID": BO},
    ],
    "DOCU": [
        {"ID": TAKEN, "name": "a", "docObjCode": "TASK", "objID": OPEN, "taskID": OPEN, "checkedOutByID": ME},
        {"ID": FREE, "name": "b", "docObjCode": "TASK", "objID": OPEN, "taskID": OPEN},
    ],
    "SCHED": [{"ID": SCHEDULE, "name": "Days", "isDefault": True}],
    "UIFT": [{"ID": SHEET, "uiObjCode": "TASK"}],
    "UIVW": [{"ID": SHEET, "uiObjCode": "TASK"}],
    "LIKE": [{"objID": one, "objObjCode": code, "userID": ME} for one, code in ((NOTE, "NOTE"), (ENTRY, "JRNLE"))],
}
LIKED = {"NOTE": NOTE, "JRNLE": ENTRY, "ENDR": PRAISE}
FORMS = {"objID": OPEN, "objCode": "TASK"}
WORKS: Mapping[str, tuple[str, str, str, str]] = {
    "TASK": (WAITS, OPEN, MINE, DONE),
    "OPTASK": (ISSUE_WAITS, ISSUE, ISSUE_MINE, ISSUE_DONE),
}
SWAPS = {
    "swapUsers": {"swapFromUserID": ANA, "swapToUserID": BO},
    "unassignUser": {"unassignUserID": ANA},
    "assignUserToRole": {"swapUserID": BO, "swapRoleID": ROLE},
}
PLACES: Mapping[str, dict[str, Any]] = {"Projects": {"projectIDs": [PLAN]}, "Tasks": {"taskIDs": [OPEN]}}


def _of_work(code: str) -> dict[str, tuple[str, dict[str, Any]]]:
    waits, free, mine, done = WORKS[code]
    ids = "taskIDs" if code == "TASK" else "issueIDs"
    return {
        "acceptWork": (free, {}),
        "approveApproval": (waits, {}),
        "assign": (free, {"objID": BO, "objCode": "USER"}),
        "assignMultiple": (free, {"userIDs": [BO]}),
        "bulkCopy": ("", {"taskIDs": [free], "projectID": OTHER_PLAN}),
        "bulkMove": ("", {ids: [free], "projectID": OTHER_PLAN}),
        "bulkMoveWithOptions": ("", {"IDs": [free], "projectID": OTHER_PLAN, "newName": "Moved"}),
        "convertToProject": (free, {"project": {"name": "Made"}}),
        "convertToTask": (free, {"task": {"name": "Made"}}),
        "copyIssue": ("", {"opTaskID": free, "name": "Again"}),
        "markDone": (mine, {}),
        "markNotDone": (done, {}),
        "move": (free, {"projectID": OTHER_PLAN}),
        "moveToTask": (free, {"projectID": PLAN, "parentID": OPEN}),
        "recallApproval": (waits, {}),
        "rejectApproval": (waits, {}),
        "replyToAssignment": (free, {"noteText": "On it"}),
        "unacceptWork": (mine, {}),
        "unassign": (mine, {"userID": ME}),
    }


ACTIONS: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {
    **{(code, name): call for code in WORKS for name, call in _of_work(code).items()},
    **{
        ("ASSGN", f"{what}{'From' if what.startswith('un') else 'On'}{where}"): ("", {**rows, **who})
        for what, who in SWAPS.items()
        for where, rows in PLACES.items()
    },
    **{(code, name): (one, {}) for code, one in LIKED.items() for name in ("like", "unlike")},
    ("CTGY", "assignCategories"): ("", {**FORMS, "categoryIDs": [THIRD_FORM]}),
    ("CTGY", "assignCategory"): ("", {**FORMS, "categoryID": THIRD_FORM}),
    ("CTGY", "isObjectFrozenInPendingApprovalStatus"): ("", {**FORMS, "objID": WAITS}),
    ("CTGY", "reorderCategories"): ("", {**FORMS, "categoryIDs": [SECOND_FORM, FORM]}),
    ("CTGY", "unassignCategories"): ("", {**FORMS, "categoryIDs": [FORM]}),
    ("CTGY", "unassignCategory"): ("", {**FORMS, "categoryID": FORM}),
    ("DOCU", "checkIn"): ("", {"documentIDs": [TAKEN]}),
    ("DOCU", "checkOut"): ("", {"documentIDs": [FREE]}),
    ("DOCU", "move"): (FREE, {"objID": OTHER_PLAN, "docObjCode": "PROJ"}),
    ("HOUR", "approve"): ("", {"hourID": HOUR}),
    ("HOUR", "unapprove"): ("", {"hourID": APPROVED, "comment": "Too many"}),
    ("PROJ", "approveApproval"): (WAITING_PLAN, {}),
    ("PROJ", "attachTemplate"): (OTHER_PLAN, {"templateID": TEMPLATE}),
    ("PROJ", "calculateFinance"): (PLAN, {}),
    ("PROJ", "calculateTimeline"): (OTHER_PLAN, {}),
    ("PROJ", "createProjectWithOverride"): ("", {"project": {"name": "Made"}}),
    ("PROJ", "recallApproval"): (WAITING_PLAN, {}),
    ("PROJ", "rejectApproval"): (WAITING_PLAN, {}),
    ("SCHED", "getEarliestWorkTimeOfDay"): (SCHEDULE, {"date": DAY}),
    ("SCHED", "getLatestWorkTimeOfDay"): (SCHEDULE, {"date": DAY}),
    ("SCHED", "getNextCompletionDate"): (SCHEDULE, {"date": DAY, "costInMinutes": 600}),
    ("SCHED", "getNextStartDate"): (SCHEDULE, {"date": DAY}),
    ("TTSK", "bulkCopy"): ("", {"templateID": OTHER_TEMPLATE, "templateTaskIDs": [STEP]}),
    **{("USER", name): ("", {}) for name in ("clearAllApiKeys", "clearApiKey", "generateApiKey", "getApiKey")},
    ("USER", "getUsersAvailableTime"): ("", {"userIDs": [ME], "fromDate": "2027-05-12", "toDate": "2027-05-13"}),
    ("USER", "isUserAdmin"): ("", {"userID": ME}),
    ("WRKITM", "markViewed"): (PARTS[0], {}),
}
"""A call of every computed action that has something to do: the row it is about, and its arguments."""

ANSWERING = {
    ("CTGY", "isObjectFrozenInPendingApprovalStatus"), ("USER", "isUserAdmin"), ("USER", "getUsersAvailableTime"),
    *(("USER", name) for name in ("clearAllApiKeys", "clearApiKey", "generateApiKey", "getApiKey")),
    *(("SCHED", f"get{name}") for name in ("EarliestWorkTimeOfDay", "LatestWorkTimeOfDay", "NextCompletionDate",
                                           "NextStartDate")),
}  # fmt: skip
"""Actions that are there for their answer, or change a key and no row."""

QUERIES: dict[str, dict[str, str]] = {
    "defaultShownTimesheetIssues": {"timesheetID": SHEET},
    "defaultShownTimesheetProjects": {"timesheetID": SHEET},
    "defaultShownTimesheetTasks": {"timesheetID": SHEET},
    "filtersForObjCode": {"objCode": "TASK"},
    "getForObject": {"objID": OPEN, "objCode": "TASK"},
    "objectUpdates": {"objCode": "TASK", "objID": OPEN},
    "viewsForObjCode": {"objCode": "TASK"},
}
"""Arguments of named queries that need some."""

OTHERWISE = {
    "filterType": "STANDARD", "groupID": OTHER_GROUP, "objCode": "PROJ", "objID": DONE,
    "objectType": "TASK", "opTaskID": ISSUE, "projectID": PLAN, "sinceDate": "2029-01-01T00:00:00:000+0000",
    "taskID": OPEN, "timesheetID": CREW, "type": "ISU",
}  # fmt: skip
"""A value for every argument of a named query, which another answer follows from."""

WITHOUT_ANY_HERE = {"includeHidden"}
"""Arguments about what no tenant of the sandbox has: no custom enum says of itself that it is hidden."""


def computed_actions() -> Iterator[tuple[int, str, str]]:
    for version in VERSIONS:
        for described in SCHEMA.at(version).objects.values():
            for name in described.actions:
                if registry.find_handler(described.code, name) is not None:
                    yield version, described.code, name


def computed_queries() -> Iterator[tuple[int, str, str]]:
    for version in VERSIONS:
        for described in SCHEMA.at(version).objects.values():
            for name in described.queries:
                if named_query.is_computed(described.code, name):
                    yield version, described.code, name


def tenant_of(version: int, code: str = "") -> Asker:
    """A tenant where every action has something to do; nobody likes yet what is about to be liked."""
    seed = {key: value for key, value in SEED.items() if key != code}
    sandbox = Sandbox(seed)
    sandbox.accounts.issue(ME, "mia")
    return Asker(sandbox, f"/attask/api/v{version}.0")


def state(ask: Asker) -> str:
    """All rows but the journal, without the moments they were written at."""
    codes = [code for code in SCHEMA.newest.objects if code not in VIEWS]
    rows = {code: ask.sandbox.rows(code) for code in codes if code != "JRNLE"}
    stamps = {"lastUpdateDate", "lastUpdatedByID"}
    plain = {code: [{key: row[key] for key in row if key not in stamps} for row in found]
             for code, found in rows.items()}  # fmt: skip
    return json.dumps(plain, sort_keys=True, default=str)


@pytest.mark.parametrize(("version", "code", "name"), sorted(computed_actions()), ids=str)
def test_an_action_leaves_another_tenant_or_answers(version: int, code: str, name: str) -> None:
    ask = tenant_of(version, "LIKE" if name == "like" else "")
    if name == "unlike" and code == "ENDR":
        ask("PUT", f"ENDR/{PRAISE}/like")
    if name in {"getApiKey", "clearApiKey", "clearAllApiKeys"}:
        ask("PUT", "USER/generateApiKey")
    one, arguments = ACTIONS[code, name]
    before = state(ask)
    result = ask("PUT", f"{code}/{one}/{name}" if one else f"{code}/{name}", json_body=arguments)["result"]
    assert (state(ask) != before) is ((code, name) not in ANSWERING)
    assert (code, name) not in ANSWERING or result not in (None, "", False, {}, [])


@pytest.mark.parametrize(("version", "code", "name"), sorted(computed_queries()), ids=str)
def test_a_named_query_finds_what_is_there(version: int, code: str, name: str) -> None:
    ask = tenant_of(version)
    assert ask("GET", f"{code}/{name}", QUERIES.get(name, {}))


@pytest.mark.parametrize(("version", "code", "name"), sorted(computed_queries()), ids=str)
def test_an_argument_of_a_named_query_changes_the_answer_or_is_refused(version: int, code: str, name: str) -> None:
    ask = tenant_of(version)
    given = QUERIES.get(name, {})
    whole = ask("GET", f"{code}/{name}", given)
    for argument in SCHEMA.at(version).objects[code].queries[name].arguments:
        if argument.name not in WITHOUT_ANY_HERE:
            reply = ask.reply("GET", f"{code}/{name}", {**given, argument.name: OTHERWISE[argument.name]})
            assert reply.status in {404, 422} or json.loads(reply.body)["data"] != whole, argument.name


@pytest.mark.parametrize(("version", "code", "name"), sorted(computed_queries()), ids=str)
def test_filters_and_pages_of_a_named_query_are_followed_or_refused(version: int, code: str, name: str) -> None:
    ask = tenant_of(version)
    given = QUERIES.get(name, {})
    for more in ({"ID": CREW}, {"filters": json.dumps({"ID": CREW})}, {"$$FIRST": "50"}):
        reply = ask.reply("GET", f"{code}/{name}", {**given, **more})
        assert reply.status == 422 or json.loads(reply.body)["data"] == [], more
