"""Assignments: who comes, who goes, whose role waits, and what the work list of a user holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import FIRE, MIA, OVEN, Asker, bakery
from workfront_sandbox import Sandbox

ANA, BO, CY = (f"{number:032x}" for number in (0xAA1, 0xAA2, 0xAA3))
DESIGNER, WRITER = (f"{number:032x}" for number in (0xDD1, 0xDD2))
CREW = f"{0xEE1:032x}"
PLAN = f"{0xFF1:032x}"
SEED: dict[str, Any] = {
    "me": MIA,
    "ROLE": [{"ID": DESIGNER, "name": "Designer"}, {"ID": WRITER, "name": "Writer"}],
    "TEAMOB": [{"ID": CREW, "name": "Crew"}],
    "USER": [
        {"ID": MIA, "name": "Mia", "roleID": DESIGNER},
        {"ID": ANA, "name": "Ana", "roleID": WRITER},
        {"ID": BO, "name": "Bo", "roleID": DESIGNER},
        {"ID": CY, "name": "Cy", "isActive": False},
    ],
    "USRROL": [{"userID": ANA, "roleID": WRITER}, {"userID": ANA, "roleID": DESIGNER}],
    "PROJ": [{"ID": PLAN, "name": "Plan", "status": "CUR"}],
}
WORK = ["TASK", "OPTASK"]


@pytest.fixture
def ask() -> Asker:
    return Asker(Sandbox(SEED))


def make(ask: Asker, code: str, **values: Any) -> str:
    return str(ask("POST", code, json_body={"name": "W", "projectID": PLAN, **values})["ID"])


def parts(ask: Asker, code: str, one: str) -> list[tuple[Any, ...]]:
    """User, role and status of every assignment."""
    names = ("assignedToID", "roleID", "status")
    fields = ",".join(f"assignments:{name}" for name in names)
    return [
        tuple(row[name] for name in names) for row in ask("GET", f"{code}/{one}", {"fields": fields})["assignments"]
    ]


def assign(ask: Asker, code: str, one: str, obj_code: str, obj_id: str) -> None:
    ask("PUT", f"{code}/{one}/assign", {"objID": obj_id, "objCode": obj_code})


@pytest.mark.parametrize("code", WORK)
def test_a_user_takes_the_place_of_a_role_that_waits_and_leaves_it_behind(ask: Asker, code: str) -> None:
    one = make(ask, code)
    assign(ask, code, one, "ROLE", DESIGNER)
    assign(ask, code, one, "USER", MIA)
    assert parts(ask, code, one) == [(MIA, DESIGNER, "AA")]
    ask("PUT", f"{code}/{one}/unassign", {"userID": MIA})
    assert parts(ask, code, one) == [(None, DESIGNER, "AA")]


@pytest.mark.parametrize("more", [{}, {"assignments": []}])
@pytest.mark.parametrize("user", [ANA, MIA])
def test_an_issue_that_its_user_gives_back_keeps_the_role(ask: Asker, user: str, more: dict[str, Any]) -> None:
    role = {ANA: WRITER, MIA: DESIGNER}[user]
    one = make(ask, "OPTASK", assignments=[{"assignedToID": user}, {"assignedToID": BO}])
    fields = {"fields": "assignedToID,roleID"}
    row = ask("PUT", f"OPTASK/{one}", fields, json_body={"assignedToID": None, **more})
    assert (row["assignedToID"], row["roleID"], parts(ask, "OPTASK", one)) == (None, role, [(None, role, "AA")])
    nobody: dict[str, list[str]] = {"userIDs": [], "roleIDs": [], "teamIDs": []}
    ask("PUT", f"OPTASK/{one}/assignMultiple", json_body=nobody)
    row = ask("GET", f"OPTASK/{one}", fields)
    assert (row["assignedToID"], row["roleID"], parts(ask, "OPTASK", one)) == (None, None, [])


def test_an_issue_is_given_back_with_its_role_where_that_is_emptied_too(ask: Asker) -> None:
    both: dict[str, Any] = {"assignedToID": None, "roleID": None}
    for body in ({**both, "assignments": []}, both):
        one = make(ask, "OPTASK", assignedToID=ANA)
        row = ask("PUT", f"OPTASK/{one}", {"fields": "assignedToID,roleID"}, json_body=body)
        assert (row["assignedToID"], row["roleID"], parts(ask, "OPTASK", one)) == (None, None, [])


def test_of_several_roles_a_user_takes_one_of_the_own(ask: Asker) -> None:
    one = make(ask, "TASK")
    ask("PUT", f"TASK/{one}/assignMultiple", json_body={"roleIDs": [DESIGNER]})
    assign(ask, "TASK", one, "USER", ANA)
    assert parts(ask, "TASK", one) == [(ANA, DESIGNER, "AA")]
    other = make(ask, "TASK")
    assign(ask, "TASK", other, "ROLE", WRITER)
    assign(ask, "TASK", other, "USER", BO)
    assert parts(ask, "TASK", other) == [(None, WRITER, "AA"), (BO, DESIGNER, "AA")]


def test_the_first_user_or_role_is_primary_and_no_team(ask: Asker) -> None:
    one = make(ask, "TASK")
    assign(ask, "TASK", one, "TEAMOB", CREW)
    assign(ask, "TASK", one, "USER", ANA)
    found = ask("GET", f"TASK/{one}", {"fields": "assignments:isPrimary,assignedToID,teamID,assignmentsListString"})
    assert [row["isPrimary"] for row in found["assignments"]] == [False, True]
    assert (found["assignedToID"], found["teamID"], found["assignmentsListString"]) == (ANA, CREW, "Ana, Crew")


def test_a_role_that_the_user_lacks_is_refused(ask: Asker) -> None:
    body = {"assignments": [{"assignedToID": BO, "roleID": WRITER}]}
    one = make(ask, "TASK")
    refusal = (422, "Bo cannot be assigned to Role: Writer")
    assert ask.refused("PUT", f"TASK/{one}", json_body=body) == refusal
    swap = {"projectIDs": [PLAN], "swapUserID": BO, "swapRoleID": WRITER}
    assert ask.refused("PUT", "ASSGN/assignUserToRoleOnProjects", json_body=swap) == refusal


def test_who_is_not_active_cannot_be_assigned(ask: Asker) -> None:
    one = make(ask, "TASK")
    assert ask.refused("PUT", f"TASK/{one}/assign", {"objID": CY, "objCode": "USER"})[0] == 422
    assert ask.refused("PUT", f"TASK/{one}", json_body={"assignments": [{"assignedToID": CY}]})[0] == 422
    assert parts(ask, "TASK", one) == []


def test_at_most_two_hundred_are_assigned(ask: Asker) -> None:
    users = ask.sandbox.insert("USER", [{"name": f"U{number}"} for number in range(201)])
    one = make(ask, "TASK")
    ask("PUT", f"TASK/{one}/assignMultiple", json_body={"userIDs": users[:200]})
    assert len(parts(ask, "TASK", one)) == 200
    assert ask.refused("PUT", f"TASK/{one}/assign", {"objID": users[200], "objCode": "USER"})[0] == 422
    assert ask.refused("PUT", f"TASK/{one}/assignMultiple", json_body={"userIDs": users})[0] == 422


def test_an_issue_with_teams_alone_has_its_first_team_and_no_assignment(ask: Asker) -> None:
    one = make(ask, "OPTASK")
    ask("PUT", f"OPTASK/{one}/assignMultiple", json_body={"teamIDs": [CREW]})
    assert ask("GET", f"OPTASK/{one}", {"fields": "teamID"})["teamID"] == CREW
    assert parts(ask, "OPTASK", one) == []


@pytest.mark.parametrize(("code", "status"), [("TASK", "CPL"), ("OPTASK", "RLV")])
def test_who_accepts_promises_a_date_and_who_is_done_completes(ask: Asker, code: str, status: str) -> None:
    one = make(ask, code, plannedCompletionDate="2030-01-04T17:00:00")
    ask("PUT", f"{code}/{one}/acceptWork")
    fields = {"fields": "status,commitDate,plannedCompletionDate,actualStartDate"}
    found = ask("GET", f"{code}/{one}", fields)
    assert (found["status"], found["commitDate"]) == ("NEW", found["plannedCompletionDate"])
    assert found["actualStartDate"] is None
    ask("PUT", f"{code}/{one}/acceptWork", {"status": "INP"})
    found = ask("GET", f"{code}/{one}", fields)
    assert (found["status"], found["actualStartDate"] is None) == ("INP", False)
    assert parts(ask, code, one) == [(MIA, DESIGNER, "AD")]
    ask("PUT", f"{code}/{one}/markDone")
    assert ask("GET", f"{code}/{one}", fields)["status"] == status
    assert parts(ask, code, one) == [(MIA, DESIGNER, "DN")]


def test_who_gives_work_back_has_not_begun(ask: Asker) -> None:
    one = make(ask, "TASK")
    ask("PUT", f"TASK/{one}/acceptWork", {"status": "INP"})
    ask("PUT", f"TASK/{one}/unacceptWork")
    found = ask("GET", f"TASK/{one}", {"fields": "status,actualStartDate"})
    assert (found["status"], found["actualStartDate"]) == ("NEW", None)


def test_done_with_my_part_leaves_the_rest_open(ask: Asker) -> None:
    one = make(ask, "TASK")
    ask("PUT", f"TASK/{one}/assignMultiple", json_body={"userIDs": [MIA, ANA]})
    ask("PUT", f"TASK/{one}/markDone")
    assert [part[2] for part in parts(ask, "TASK", one)] == ["DN", "AA"]
    assert ask("GET", f"TASK/{one}", {"fields": "status"})["status"] == "NEW"
    ask("PUT", f"TASK/{one}", json_body={"status": "CPL"})
    assert {part[2] for part in parts(ask, "TASK", one)} == {"DN"}
    ask("PUT", f"TASK/{one}", json_body={"status": "INP"})
    assert {part[2] for part in parts(ask, "TASK", one)} == {"DN"}


@pytest.mark.parametrize("how", ["Projects", "Tasks"])
def test_the_open_work_of_a_user_goes_to_another(ask: Asker, how: str) -> None:
    open_task, done_task, issue = make(ask, "TASK"), make(ask, "TASK"), make(ask, "OPTASK")
    for code, one in (("TASK", open_task), ("TASK", done_task), ("OPTASK", issue)):
        assign(ask, code, one, "USER", MIA)
    ask("PUT", f"TASK/{done_task}", json_body={"status": "CPL"})
    rows = {"projectIDs": [PLAN]} if how == "Projects" else {"taskIDs": [open_task, done_task]}
    swap = {**rows, "swapFromUserID": MIA, "swapToUserID": BO}
    other = ask.refused("PUT", f"ASSGN/swapUsersOn{how}", json_body={**swap, "swapRoleIDs": [WRITER]})
    assert other == (422, f"User {MIA} has no open work in what the call names")
    assert parts(ask, "TASK", open_task)[0][0] == MIA
    ask("PUT", f"ASSGN/swapUsersOn{how}", json_body=swap)
    users = [parts(ask, code, one)[0][0] for code, one in (("TASK", open_task), ("TASK", done_task), ("OPTASK", issue))]
    assert users == [BO, MIA, MIA]
    assert ask("GET", f"TASK/{open_task}", {"fields": "assignedToID"})["assignedToID"] == BO
    if how == "Projects":
        ask("PUT", "ASSGN/swapUsersOnProjects", json_body={**swap, "includeIssues": True})
        assert parts(ask, "OPTASK", issue)[0][0] == BO


@pytest.mark.parametrize("how", ["Projects", "Tasks"])
def test_a_user_leaves_all_open_work_to_the_roles_and_takes_it_from_them(ask: Asker, how: str) -> None:
    one = make(ask, "TASK")
    assign(ask, "TASK", one, "USER", MIA)
    rows = {"projectIDs": [PLAN]} if how == "Projects" else {"taskIDs": [one]}
    ask("PUT", f"ASSGN/unassignUserFrom{how}", json_body={**rows, "unassignUserID": MIA})
    assert parts(ask, "TASK", one) == [(None, DESIGNER, "AA")]
    ask("PUT", f"ASSGN/assignUserToRoleOn{how}", json_body={**rows, "swapUserID": BO, "swapRoleID": DESIGNER})
    assert parts(ask, "TASK", one) == [(BO, DESIGNER, "AA")]


def test_a_lock_to_the_role_is_refused_as_not_computed(ask: Asker) -> None:
    body = {"projectIDs": [PLAN], "swapFromUserID": MIA, "swapToUserID": BO, "lockToRole": True}
    assert ask.refused("PUT", "ASSGN/swapUsersOnProjects", json_body=body) == (
        422,
        "lockToRole: not computed by this sandbox",
    )


@pytest.mark.parametrize("code", ["TASK", "OPTASK"])
def test_a_team_is_never_primary(code: str) -> None:
    ask = bakery()
    (team,) = ask.sandbox.insert("TEAMOB", [{"name": "Crew"}])
    body = {"name": "x", "projectID": OVEN}
    assert (
        "team" in ask.refused("POST", code, json_body={**body, "assignments": [{"teamID": team, "isPrimary": True}]})[1]
    )
    made = ask("POST", code, {"fields": "assignments:isPrimary"}, json_body={**body, "assignments": [{"teamID": team}]})
    assert [one["isPrimary"] for one in made["assignments"]] == [False]
    ask("PUT", f"{code}/{made['ID']}/assignMultiple", json_body={"userIDs": [], "roleIDs": [], "teamID": team})
    if code == "TASK":
        row = ask("GET", f"TASK/{made['ID']}", {"fields": "assignments:isPrimary"})
        assert [one["isPrimary"] for one in row["assignments"]] == [False]


def test_no_way_of_assigning_takes_more_than_two_hundred() -> None:
    ask = bakery()
    users = ask.sandbox.insert("USER", [{"name": f"u{number}"} for number in range(201)])
    parts = [{"assignedToID": one} for one in users]
    (full,) = ask.sandbox.insert("TASK", [{"name": "full", "projectID": OVEN}])
    ask.sandbox.insert("ASSGN", [{**part, "taskID": full} for part in parts[:200]])
    refused = [
        ask.refused("PUT", f"TASK/{FIRE}", json_body={"assignments": parts}),
        ask.refused("POST", "ASSGN", json_body={**parts[200], "taskID": full}),
        ask.refused("PUT", f"TASK/{full}/assign", json_body={"objID": users[200], "objCode": "USER"}),
    ]
    assert {text for _, text in refused} == {"At most 200 can be assigned to one Task"}
