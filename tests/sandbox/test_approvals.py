"""Approvals: what is wanted, who decides step by step, and what a yes, a no or a recall leads to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker
from workfront_sandbox import Sandbox

ANA, BO, CY, CREW, EDITOR = (f"{number:032x}" for number in (0xAA1, 0xAA2, 0xAA3, 0xEE1, 0xEE2))
PROCESS, PATH, FIRST, SECOND, PLAN = (f"{0xF00 + number:032x}" for number in range(5))
SEED: dict[str, Any] = {
    "now": "2027-05-10T09:00:00:000+0000",
    "me": MIA,
    "USER": [{"ID": one, "name": name} for one, name in ((MIA, "Mia"), (ANA, "Ana"), (BO, "Bo"), (CY, "Cy"))],
    "TEAMOB": [{"ID": CREW, "name": "Crew"}],
    "TEAMMB": [{"userID": BO, "teamID": CREW}],
    "PROJ": [{"ID": PLAN, "name": "Plan", "status": "CUR"}],
    "ARVPRC": [{"ID": PROCESS, "name": "Two eyes", "isActive": True}],
    "ARVPTH": [{"ID": PATH, "approvalProcessID": PROCESS, "targetStatus": "CPL"}],
    "ARVSTP": [
        {"ID": FIRST, "approvalPathID": PATH, "sequenceNumber": 1, "approvalType": "ONE"},
        {"ID": SECOND, "approvalPathID": PATH, "sequenceNumber": 2},
    ],
    "SPAPVR": [
        {"approvalStepID": FIRST, "userID": ANA},
        {"approvalStepID": FIRST, "userID": CY},
        {"approvalStepID": SECOND, "teamID": CREW},
        {"approvalStepID": SECOND, "userID": CY},
    ],
}
FIELDS = "status,previousStatus,percentComplete,currentApprovalStepID,submittedByID,actualCompletionDate"


class Office:
    """A tenant with a process over two steps, and a task that waits for it."""

    def __init__(self, **path: Any) -> None:
        self.ask = Asker(Sandbox({**SEED, "ARVPTH": [{**SEED["ARVPTH"][0], **path}]}))
        for user, token in ((MIA, "mia"), (ANA, "ana"), (BO, "bo"), (CY, "cy")):
            self.ask.sandbox.accounts.issue(user, token)
        body = {"name": "Poster", "projectID": PLAN, "approvalProcessID": PROCESS, "status": "INP"}
        self.task = str(self.ask("POST", "TASK", json_body=body)["ID"])
        self.ask("PUT", f"TASK/{self.task}", json_body={"status": "CPL"})

    def row(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("GET", f"TASK/{self.task}", {"fields": FIELDS})
        return found

    def decide(self, user: str, action: str = "approveApproval") -> int:
        return self.ask.reply("PUT", f"TASK/{self.task}/{action}", headers={"sessionid": user}).status


def test_a_status_that_a_process_watches_is_wanted_first() -> None:
    row = Office().row()
    assert (row["status"], row["previousStatus"], row["currentApprovalStepID"]) == ("CPL:A", "INP", FIRST)
    assert (row["submittedByID"], row["percentComplete"], row["actualCompletionDate"]) == (MIA, 0.0, None)


def test_step_after_step_says_yes_until_the_status_is_had() -> None:
    office = Office()
    assert office.decide("bo") == 403
    assert office.decide("ana") == 200
    assert (office.row()["status"], office.row()["currentApprovalStepID"]) == ("CPL:A", SECOND)
    assert office.decide("ana") == 403
    assert office.decide("bo") == 200
    assert office.row()["status"] == "CPL:A"
    assert office.decide("cy") == 200
    row = office.row()
    assert (row["status"], row["percentComplete"], row["currentApprovalStepID"]) == ("CPL", 100.0, None)
    assert row["actualCompletionDate"] is not None
    assert office.decide("cy") == 422
    decisions = [(one["approvedByID"], one["approvalStepID"]) for one in office.ask.sandbox.rows("ARVSTS")]
    assert decisions == [(ANA, FIRST), (BO, SECOND), (CY, SECOND)]


def test_an_administrator_decides_for_all() -> None:
    office = Office()
    assert [office.decide("mia"), office.decide("mia")] == [200, 200]
    assert office.row()["status"] == "CPL"


def test_a_no_at_any_step_leads_back_and_decisions_begin_anew() -> None:
    office = Office()
    office.decide("ana")
    assert office.decide("bo", "rejectApproval") == 200
    assert (office.row()["status"], office.row()["currentApprovalStepID"]) == ("INP", None)
    assert office.ask.sandbox.rows("ARVSTS") == []
    office.ask("PUT", f"TASK/{office.task}", json_body={"status": "CPL"})
    assert office.row()["currentApprovalStepID"] == FIRST


def test_a_no_leads_where_the_path_says_and_makes_an_issue() -> None:
    office = Office(rejectedStatus="NEW", shouldCreateIssue=True)
    assert office.decide("bo", "rejectApproval") == 403
    office.decide("cy", "rejectApproval")
    assert office.row()["status"] == "NEW"
    (issue,) = office.ask.sandbox.rows("OPTASK")
    assert (issue["name"], issue["sourceTaskID"]) == ("Approval Rejected (Poster)", office.task)


def test_a_recall_gives_the_former_status_back() -> None:
    office = Office()
    assert office.decide("mia", "recallApproval") == 200
    assert office.row()["status"] == "INP"


@pytest.mark.parametrize("code", ["PROJ", "TASK", "OPTASK"])
def test_new_rows_begin_wanted_where_the_process_watches_their_first_status(code: str) -> None:
    office = Office(targetStatus="INP" if code != "PROJ" else "CUR")
    body = {"name": "n", "status": "INP" if code != "PROJ" else "CUR", "approvalProcessID": PROCESS}
    made = office.ask(
        "POST", code, {"fields": "status"}, json_body=body | ({} if code == "PROJ" else {"projectID": PLAN})
    )
    assert made["status"] == f"{body['status']}:A"


def test_a_process_attached_later_changes_nothing() -> None:
    office = Office()
    body = {"name": "n", "projectID": PLAN, "status": "CPL"}
    made = office.ask("POST", "TASK", json_body=body)["ID"]
    office.ask("PUT", f"TASK/{made}", json_body={"approvalProcessID": PROCESS})
    assert office.ask("GET", f"TASK/{made}", {"fields": "status"})["status"] == "CPL"


def test_hours_are_approved_refused_with_a_comment_and_opened_again() -> None:
    ask = Office().ask
    hour = ask("POST", "HOUR", {"fields": "status"}, json_body={"hours": 2, "projectID": PLAN})
    assert hour["status"] == "SUB"
    steps = [("approve", {}, "APP"), ("unapprove", {"comment": "why?"}, "NAP"), ("unapprove", {}, "SUB")]
    for action, arguments, status in steps:
        ask("PUT", f"HOUR/{action}", json_body={"hourID": hour["ID"], **arguments})
        assert ask("GET", f"HOUR/{hour['ID']}", {"fields": "status"})["status"] == status


def alone(seed: dict[str, Any]) -> Asker:
    """A tenant where Ana alone decides, in one step, unless the seed says otherwise."""
    step = {"ID": FIRST, "approvalPathID": PATH, "sequenceNumber": 1, "approvalType": "ONE"}
    one = {"ARVSTP": [step], "SPAPVR": [{"approvalStepID": FIRST, "userID": ANA}]}
    ask = Asker(Sandbox({**SEED, **one, **seed}))
    for user, token in ((MIA, "mia"), (ANA, "ana"), (BO, "bo"), (CY, "cy")):
        ask.sandbox.accounts.issue(user, token)
    return ask


def wanted(ask: Asker, **values: Any) -> str:
    """A task that waits for an approval."""
    body = {"name": "Poster", "projectID": PLAN, "approvalProcessID": PROCESS, **values}
    return str(ask("POST", "TASK", json_body={**body, "status": "CPL"})["ID"])


def test_what_never_had_another_status_has_the_one_it_wanted_when_recalled() -> None:
    ask = alone({})
    one = wanted(ask)
    ask("PUT", f"TASK/{one}/recallApproval")
    assert ask("GET", f"TASK/{one}", {"fields": "status"})["status"] == "CPL"


def test_the_issue_of_a_refusal_is_work_of_the_tasks_assignee() -> None:
    ask = alone({"ARVPTH": [{**SEED["ARVPTH"][0], "shouldCreateIssue": True}]})
    one = wanted(ask, assignments=[{"assignedToID": BO}])
    ask("PUT", f"TASK/{one}/rejectApproval", headers={"sessionid": "ana"})
    (issue,) = ask(
        "GET", "OPTASK/search", {"fields": "name,assignments:assignedToID,sourceObjID,plannedCompletionDate"}
    )
    assert (issue["name"], issue["sourceObjID"]) == ("Approval Rejected (Poster)", one)
    assert [part["assignedToID"] for part in issue["assignments"]] == [BO]
    assert issue["plannedCompletionDate"]


@pytest.mark.parametrize(("team", "decides"), [([], "cy"), ([BO], "bo")], ids=["nobody", "a member"])
def test_for_a_role_that_nobody_of_the_project_has_its_owner_decides(team: list[str], decides: str) -> None:
    users = [{**row, "roleID": EDITOR} for row in SEED["USER"]]
    project = {"ID": PLAN, "name": "Plan", "status": "CUR", "ownerID": CY}
    members = [{"projectID": PLAN, "userID": one} for one in team]
    role = {"SPAPVR": [{"approvalStepID": FIRST, "roleID": EDITOR}], "ROLE": [{"ID": EDITOR, "name": "Editor"}]}
    ask = alone({"USER": users, "PROJ": [project], "PRTU": members, **role})
    path = f"TASK/{wanted(ask)}/approveApproval"
    refused = {"ana", "bo", "cy"} - {decides}
    assert {ask.reply("PUT", path, headers={"sessionid": one}).status for one in sorted(refused)} == {403}
    assert ask.reply("PUT", path, headers={"sessionid": decides}).status == 200


WORDS = [
    ("SPONSOR", {"sponsorID": BO, "ownerID": CY}, "bo"),
    ("SPONSOR", {"ownerID": CY}, "cy"),
    ("OWNER", {"sponsorID": BO, "ownerID": CY}, "cy"),
    ("OWNER", {"sponsorID": BO}, "mia"),
    ("SPONSOR", {}, "mia"),
]
"""Words for an approver, the people of a project, and who decides: an administrator, where nobody is left."""


def asking_for(word: str, people: dict[str, Any]) -> Asker:
    project = {"ID": PLAN, "name": "Plan", "status": "CUR", **people}
    return alone({"PROJ": [project], "SPAPVR": [{"approvalStepID": FIRST, "wildCard": word}]})


@pytest.mark.parametrize(("word", "people", "decides"), WORDS)
@pytest.mark.parametrize("action", ["approveApproval", "rejectApproval"])
def test_a_word_stands_for_somebody_of_the_project(
    word: str, people: dict[str, Any], decides: str, action: str
) -> None:
    ask = asking_for(word, people)
    task = wanted(ask)
    lists = {user: ask("GET", "APPROVAL/myApprovals", headers={"sessionid": user}) for user in ("mia", "bo", "cy")}
    assert [user for user, rows in lists.items() if rows] == [decides]
    others = {"ana", "bo", "cy"} - {decides}
    path = f"TASK/{task}/{action}"
    assert {ask.reply("PUT", path, headers={"sessionid": one}).status for one in sorted(others)} == {403}
    assert ask.reply("PUT", path, headers={"sessionid": decides}).status == 200


def test_a_decision_tells_for_whom_it_was_made() -> None:
    ask = asking_for("SPONSOR", {"sponsorID": BO})
    ask("PUT", f"TASK/{wanted(ask)}/approveApproval")
    (decision,) = ask.sandbox.rows("ARVSTS")
    told = [decision[name] for name in ("approvedByID", "wildcardUserID", "overriddenUserID", "isOverridden")]
    assert told == [MIA, BO, BO, True]


UNKNOWN: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("SPAPVR", {"wildCard": "BOSS"}, {"stepApprovers": [{"wildCard": "BOSS"}]}),
    ("ARVSTP", {"approvalType": "A"}, {"approvalType": "A"}),
]


@pytest.mark.parametrize(("code", "fields", "step"), UNKNOWN)
def test_codes_that_are_on_record_nowhere_are_refused_and_nobody_decides_by_them(
    code: str, fields: dict[str, Any], step: dict[str, Any]
) -> None:
    ask = alone({})
    task = wanted(ask)
    process = {
        "name": "p",
        "approvalPaths": [{"targetStatus": "INP", "approvalSteps": [{"sequenceNumber": 1, **step}]}],
    }
    for method, path in (("POST", "ARVPRC"), ("PUT", f"ARVPRC/{PROCESS}")):
        status, message = ask.refused(method, path, json_body=process)
        assert (status, "not computed by this sandbox" in message) == (422, True)
    (row,) = ask.sandbox.rows(code)
    ask.sandbox.tenant.change_quietly(code, row["ID"], fields)
    for action in ("approveApproval", "rejectApproval"):
        assert "not computed" in ask.refused("PUT", f"TASK/{task}/{action}")[1]


@pytest.mark.parametrize(("end", "status"), [("2027-05-11", 200), ("2027-05-01", 403)], ids=["now", "over"])
def test_who_took_over_the_decisions_of_an_approver_decides(end: str, status: int) -> None:
    handed = {"fromUserID": ANA, "toUserID": BO, "startDate": "2027-04-30", "endDate": end}
    ask = alone({"USRDEL": [handed]})
    reply = ask.reply("PUT", f"TASK/{wanted(ask)}/approveApproval", headers={"sessionid": "bo"})
    assert reply.status == status


def test_a_task_has_subtasks_or_an_approval_process() -> None:
    ask = alone({})
    one = wanted(ask)
    assert "subtasks" in ask.refused("POST", "TASK", json_body={"name": "k", "projectID": PLAN, "parentID": one})[1]
    parent = ask("POST", "TASK", json_body={"name": "parent", "projectID": PLAN})["ID"]
    ask("POST", "TASK", json_body={"name": "k", "projectID": PLAN, "parentID": parent})
    values = {"approvalProcessID": PROCESS}
    assert "subtasks" in ask.refused("PUT", f"TASK/{parent}", json_body=values)[1]


def test_a_request_for_the_approval_of_a_document_says_whose_it_is() -> None:
    ask = alone({})
    about = {"name": "d", "docObjCode": "PROJ", "objID": PLAN}
    document = ask("POST", "DOCU", json_body=about)["ID"]
    values = {"documentID": document, "approverID": ANA}
    made = ask("POST", "DOCAPL", {"fields": "requestorID,requestDate"}, json_body=values)
    assert (made["requestorID"], made["requestDate"]) == (MIA, "2027-05-10T09:00:00:000+0000")
    assert [row["ID"] for row in ask("GET", f"PROJ/{PLAN}", {"fields": "documents:ID"})["documents"]] == [document]


@pytest.mark.parametrize(
    ("user", "query", "is_listed"),
    [
        ("ana", "myApprovals", True),
        ("cy", "myApprovals", True),
        ("bo", "myApprovals", False),
        ("mia", "myApprovals", False),
        ("mia", "mySubmittedApprovals", True),
        ("ana", "mySubmittedApprovals", False),
    ],
)
def test_what_waits_for_a_decision_is_listed_for_those_who_decide_and_those_who_asked(
    user: str, query: str, is_listed: bool
) -> None:
    office = Office()
    asked = {"fields": "name,status,referenceObjCode,referenceObjID"}
    waiting = {"ID": office.task, "name": "Poster", "objCode": "APPROVAL", "status": "CPL:A"}
    waiting |= {"referenceObjCode": "TASK", "referenceObjID": office.task}
    rows = office.ask("GET", f"APPROVAL/{query}", asked, headers={"sessionid": user})
    assert rows == ([waiting] if is_listed else [])
    one_type = {**asked, "objectType": "PROJ"}
    assert office.ask("GET", f"APPROVAL/{query}", one_type, headers={"sessionid": user}) == []


def test_what_a_user_decided_waits_for_the_user_of_the_next_step() -> None:
    office = Office()
    office.decide("ana")
    waiting = {user: office.ask("GET", "APPROVAL/myApprovals", headers={"sessionid": user}) for user in ("ana", "bo")}
    assert {user: len(rows) for user, rows in waiting.items()} == {"ana": 0, "bo": 1}
    office.decide("bo")
    assert office.ask("GET", "APPROVAL/myApprovals", headers={"sessionid": "bo"}) == []


@pytest.mark.parametrize("name", ["targetStatus", "approvedStatus", "rejectedStatus"])
def test_a_path_names_statuses_that_there_are(name: str) -> None:
    ask = alone({})
    path = {"targetStatus": "CPL", name: "QQQ"}
    body = {"name": "x", "approvalObjCode": "TASK", "approvalPaths": [path]}
    assert ask.refused("POST", "ARVPRC", json_body=body) == (422, f'Invalid Parameter: {name} value "QQQ"')
    ask.sandbox.insert("CSTEM", [{"enumClass": "STATUS_TASK", "value": "QQQ", "equatesWith": "INP", "label": "Q"}])
    assert ask("POST", "ARVPRC", json_body=body)["ID"]
