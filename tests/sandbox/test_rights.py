"""Rights: who sees what, who may change it, what comes down from above, and what is passed on by sharing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker
from workfront_sandbox import Sandbox

ANA, BO, CREW, GROUP, LEVEL = (f"{number:032x}" for number in (0xAA1, 0xAA2, 0xEE1, 0xEE2, 0xEE3))
PORT, PRGM, PROJ, OTHER, TASK, SUB, ISSUE, FILE = (f"{0xF00 + number:032x}" for number in range(8))
SEED: dict[str, Any] = {
    "me": MIA,
    "USER": [{"ID": MIA, "name": "Mia"}, {"ID": ANA, "name": "Ana"}, {"ID": BO, "name": "Bo", "homeGroupID": GROUP}],
    "GROUP": [{"ID": GROUP, "name": "Group"}],
    "TEAMOB": [{"ID": CREW, "name": "Crew"}],
    "TEAMMB": [{"userID": ANA, "teamID": CREW}],
    "PORT": [{"ID": PORT, "name": "port"}],
    "PRGM": [{"ID": PRGM, "name": "prgm", "portfolioID": PORT}],
    "PROJ": [{"ID": PROJ, "name": "proj", "programID": PRGM}, {"ID": OTHER, "name": "other"}],
    "TASK": [
        {"ID": TASK, "name": "task", "projectID": PROJ, "status": "NEW"},
        {"ID": SUB, "name": "sub", "projectID": PROJ, "parentID": TASK, "status": "NEW"},
    ],
    "OPTASK": [{"ID": ISSUE, "name": "issue", "projectID": PROJ, "sourceTaskID": TASK, "status": "NEW"}],
    "DOCU": [{"ID": FILE, "name": "file", "docObjCode": "TASK", "objID": TASK, "taskID": TASK}],
}
ROWS = {"PORT": PORT, "PRGM": PRGM, "PROJ": PROJ, "TASK": TASK, "OPTASK": ISSUE, "DOCU": FILE}
ORDER = ["PORT", "PRGM", "PROJ", "TASK", "OPTASK", "DOCU"]
AS_ANA = {"headers": {"sessionid": "ana"}}


def tenant(**options: Any) -> Asker:
    ask = Asker(Sandbox(SEED, rights=True, **options))
    for user, token in ((MIA, "mia"), (ANA, "ana"), (BO, "bo")):
        ask.sandbox.accounts.issue(user, token)
    return ask


@pytest.fixture
def ask() -> Asker:
    return tenant()


def share(ask: Asker, code: str, action: str, accessor: str = ANA, kind: str = "USER") -> None:
    rule = {"accessorID": accessor, "accessorObjCode": kind, "coreAction": action}
    ask("PUT", f"{code}/{ROWS[code]}/share", rule)


def seen(ask: Asker, code: str) -> list[str]:
    return sorted(row["name"] for row in ask("GET", f"{code}/search", **AS_ANA))


@pytest.mark.parametrize("code", ORDER)
@pytest.mark.parametrize("strict", [False, True])
def test_a_hidden_row_is_forbidden_to_who_names_it_where_the_sandbox_is_strict(code: str, strict: bool) -> None:
    ask = tenant(strict=strict)
    name = ask.sandbox.tenant.catalogue.newest.objects[code].name
    for method, body in (("GET", None), ("PUT", {"name": "x"}), ("DELETE", None)):
        reply = ask.reply(method, f"{code}/{ROWS[code]}", json_body=body, headers=AS_ANA["headers"])
        assert reply.status == (403 if strict else 404)
        said = f"sufficient access to view this {name.lower()}." if strict else f"{name} with primary key value(s)"
        assert said in json.loads(reply.body)["error"]["message"]
    assert seen(ask, code) == []


@pytest.mark.parametrize("shared", ORDER)
def test_what_is_shared_is_seen_with_all_below_and_nothing_above(ask: Asker, shared: str) -> None:
    assert {code: seen(ask, code) for code in ORDER} == {code: [] for code in ORDER}
    share(ask, shared, "VIEW")
    below = {"OPTASK": {"OPTASK"}, "DOCU": {"DOCU"}}.get(shared, set(ORDER[ORDER.index(shared) :]))
    assert {code for code in ORDER if seen(ask, code)} == below
    for code in ORDER:
        count = ask("GET", f"{code}/count", **AS_ANA)["count"]
        assert count == len(seen(ask, code))
        if code not in below:
            assert ask.refused("GET", f"{code}/{ROWS[code]}", **AS_ANA)[0] == 404
    assert ("other" in seen(ask, "PROJ")) is False


def test_strictly_a_hidden_row_is_forbidden() -> None:
    assert tenant(strict=True).refused("GET", f"PROJ/{PROJ}", **AS_ANA)[0] == 403


def test_hidden_rows_are_in_no_collection_and_behind_no_reference(ask: Asker) -> None:
    share(ask, "OPTASK", "VIEW")
    found = ask("GET", f"OPTASK/{ISSUE}", {"fields": "project:name"}, **AS_ANA)
    assert found["project"] is None
    share(ask, "TASK", "VIEW")
    ask("PUT", f"PROJ/{OTHER}/share", {"accessorID": ANA, "accessorObjCode": "USER", "coreAction": "VIEW"})
    ask.sandbox.insert("TASK", [{"name": "secret", "projectID": PROJ}])
    assert seen(ask, "TASK") == ["sub", "task"]
    assert seen(ask, "WORK") == ["issue", "sub", "task"]
    report = ask("GET", "TASK/report", {"projectID_1_GroupBy": "true", "ID_1_AggFunc": "count"}, **AS_ANA)
    assert report == {PROJ: {"count_ID": 2}}


@pytest.mark.parametrize(("accessor", "kind"), [(ANA, "USER"), (CREW, "TEAMOB")], ids=["user", "team"])
def test_a_rule_counts_for_all_who_belong_to_its_accessor(ask: Asker, accessor: str, kind: str) -> None:
    share(ask, "PROJ", "VIEW", accessor, kind)
    assert seen(ask, "PROJ") == ["proj"]


WRITES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("VIEW", "POST", "OPTASK", {"name": "more", "projectID": PROJ}),
    ("VIEW", "POST", "NOTE", {"noteText": "hi", "noteObjCode": "PROJ", "objID": PROJ}),
    ("LIMITED_EDIT", "POST", "TASK", {"name": "more", "projectID": PROJ}),
    ("LIMITED_EDIT", "POST", "HOUR", {"hours": 1, "taskID": TASK}),
    ("LIMITED_EDIT", "PUT", f"TASK/{TASK}", {"status": "INP"}),
    ("LIMITED_EDIT", "PUT", f"TASK/{TASK}/acceptWork", {}),
    ("EDIT", "PUT", f"PROJ/{PROJ}", {"name": "new"}),
    ("EDIT", "PUT", f"TASK/{TASK}", {"name": "new"}),
    ("DELETE", "DELETE", f"OPTASK/{ISSUE}", {}),
    ("DELETE", "DELETE", f"PROJ/{PROJ}", {}),
]
ACTIONS = ["VIEW", "LIMITED_EDIT", "EDIT", "DELETE"]


@pytest.mark.parametrize(("needed", "method", "path", "body"), WRITES)
def test_every_write_needs_its_right_and_no_more(needed: str, method: str, path: str, body: dict[str, Any]) -> None:
    for action in ACTIONS:
        ask = tenant()
        share(ask, "PROJ", action)
        reply = ask.reply(method, path, json_body=body, headers=AS_ANA["headers"])
        allowed = ACTIONS.index(action) >= ACTIONS.index(needed)
        assert (reply.status == 200) is allowed, (action, reply)
        assert reply.status in {200, 403}


def test_the_recorded_words_refuse(ask: Asker) -> None:
    share(ask, "OPTASK", "VIEW")
    refusal = (403, "You do not have sufficient access to edit this issue.")
    assert ask.refused("PUT", f"OPTASK/{ISSUE}", json_body={"name": "x"}, **AS_ANA) == refusal
    assert ask("GET", f"OPTASK/{ISSUE}", **AS_ANA)["name"] == "issue"


def test_who_makes_a_row_may_do_everything_with_it_and_all_below(ask: Asker) -> None:
    made = ask("POST", "PROJ", {"fields": "ownerID,accessRules:*"}, json_body={"name": "Ana's"}, **AS_ANA)
    (rule,) = made["accessRules"]
    assert (made["ownerID"], rule["accessorID"], rule["coreAction"], rule["isInherited"]) == (ANA, ANA, "DELETE", False)
    task = ask("POST", "TASK", json_body={"name": "t", "projectID": made["ID"]}, **AS_ANA)["ID"]
    ask("DELETE", f"TASK/{task}", **AS_ANA)
    ask("DELETE", f"PROJ/{made['ID']}", **AS_ANA)


def test_who_works_on_a_task_contributes_to_it_and_sees_its_project(ask: Asker) -> None:
    ask("PUT", f"TASK/{SUB}/assign", {"objID": ANA, "objCode": "USER"})
    assert (seen(ask, "TASK"), seen(ask, "PROJ")) == (["sub", "task"], ["proj"])
    ask("PUT", f"TASK/{SUB}", json_body={"status": "INP"}, **AS_ANA)
    assert ask.refused("PUT", f"TASK/{TASK}", json_body={"status": "INP"}, **AS_ANA)[0] == 403


def test_nobody_passes_on_more_than_the_own_right(ask: Asker) -> None:
    share(ask, "PROJ", "LIMITED_EDIT")
    rule = {"accessorID": BO, "accessorObjCode": "USER"}
    assert ask.refused("PUT", f"PROJ/{PROJ}/share", {**rule, "coreAction": "EDIT"}, **AS_ANA)[0] == 403
    ask("PUT", f"PROJ/{PROJ}/share", {**rule, "coreAction": "LIMITED_EDIT"}, **AS_ANA)
    as_bo = {"headers": {"sessionid": "bo"}}
    assert ask("GET", f"TASK/{TASK}", **as_bo)["name"] == "task"


def test_the_access_level_caps_what_rules_give(ask: Asker) -> None:
    ask.sandbox.insert("ACSLVL", [{"ID": LEVEL, "name": "Reviewer"}])
    ask.sandbox.insert("ALVPER", [{"accessLevelID": LEVEL, "objObjCode": "PROJ", "coreAction": "VIEW"}])
    ask("PUT", f"USER/{ANA}", json_body={"accessLevelID": LEVEL})
    share(ask, "PROJ", "DELETE")
    assert ask.refused("PUT", f"PROJ/{PROJ}", json_body={"name": "x"}, **AS_ANA)[0] == 403
    ask("PUT", f"TASK/{TASK}", json_body={"name": "x"}, **AS_ANA)
    assert ask.refused("POST", "PROJ", json_body={"name": "x"}, **AS_ANA)[0] == 403


def test_administrators_by_their_access_level_may_do_everything(ask: Asker) -> None:
    ask.sandbox.insert("ACSLVL", [{"ID": LEVEL, "name": "Admin", "isAdmin": True}])
    ask("PUT", f"USER/{ANA}", json_body={"accessLevelID": LEVEL})
    assert seen(ask, "PROJ") == ["other", "proj"]
    ask("DELETE", f"PROJ/{PROJ}", **AS_ANA)


def test_who_is_not_active_sees_nothing_and_is_not_shared_with(ask: Asker) -> None:
    share(ask, "PROJ", "EDIT")
    ask("PUT", f"USER/{ANA}", json_body={"isActive": False})
    assert ask.refused("GET", "PROJ/search", **AS_ANA)[0] == 401
    rule = {"accessorID": ANA, "accessorObjCode": "USER", "coreAction": "VIEW"}
    assert ask.refused("PUT", f"PROJ/{OTHER}/share", rule)[0] == 422


def test_inherited_rules_stand_among_the_own_and_end_with_their_origin(ask: Asker) -> None:
    share(ask, "PORT", "EDIT")
    share(ask, "PROJ", "VIEW", BO)
    names = ("accessorID", "coreAction", "isInherited", "ancestorID", "ancestorObjCode", "securityObjID")
    rules = ask("GET", f"PROJ/{PROJ}", {"fields": "accessRules:*"})["accessRules"]
    assert [tuple(rule.get(name) for name in names) for rule in rules] == [
        (BO, "VIEW", False, None, None, PROJ),
        (ANA, "EDIT", True, PORT, "PORT", PROJ),
    ]
    assert [len(ask("GET", f"{code}/{ROWS[code]}", {"fields": "accessRules:ID"})["accessRules"]) for code in ORDER] == [
        1, 1, 2, 2, 2, 2,
    ]  # fmt: skip
    ask("PUT", f"PORT/{PORT}/unshare", {"accessorID": ANA, "accessorObjCode": "USER"})
    assert len(ask("GET", f"TASK/{TASK}", {"fields": "accessRules:ID"})["accessRules"]) == 1


def test_a_row_is_shared_with_a_hundred_at_most(ask: Asker) -> None:
    users = ask.sandbox.insert("USER", [{"name": f"U{number}"} for number in range(101)])
    rules = [{"securityObjID": PROJ, "accessorID": one, "coreAction": "VIEW"} for one in users[:100]]
    ask.sandbox.insert("ACSRUL", rules)
    more = {"accessorID": users[100], "accessorObjCode": "USER", "coreAction": "VIEW"}
    assert ask.refused("PUT", f"PROJ/{PROJ}/share", more)[0] == 422
    ask("PUT", f"PROJ/{PROJ}/share", {**more, "accessorID": users[5]})


def test_without_rights_everybody_sees_everything() -> None:
    ask = Asker(Sandbox(SEED))
    ask.sandbox.accounts.issue(ANA, "ana")
    assert seen(ask, "PROJ") == ["other", "proj"]
    ask("PUT", f"PROJ/{PROJ}", json_body={"name": "x"}, **AS_ANA)


@pytest.mark.parametrize("code", ["TASK", "OPTASK"])
def test_over_work_a_row_has_the_rules_and_the_rights_of_its_own_type(ask: Asker, code: str) -> None:
    address = f"WORK/{ROWS[code]}"
    assert ask.refused("GET", address, **AS_ANA)[0] == 404
    assert ask.refused("PUT", address, json_body={"name": "new"}, **AS_ANA)[0] != 200
    share(ask, code, "VIEW")
    share(ask, "PROJ", "EDIT", BO)
    assert ask("GET", address, **AS_ANA)["name"] == {"TASK": "task", "OPTASK": "issue"}[code]
    as_work, as_itself = (
        ask("GET", f"{one}/{ROWS[code]}", {"fields": "accessRules:*"})["accessRules"] for one in ("WORK", code)
    )
    assert as_work == as_itself
    assert {(rule["accessorID"], rule["isInherited"]) for rule in as_work} == {(ANA, False), (BO, True)}
    (found,) = ask("GET", "WORK/search", {"ID": ROWS[code], "fields": "accessRules:*"}, **AS_ANA)
    assert len(found["accessRules"]) == 2


FORBIDDEN: list[tuple[str, str, str, dict[str, Any]]] = [
    ("CHANGE_STATUS", "PUT", f"TASK/{TASK}", {"status": "INP"}),
    ("EDIT_ASSIGNMENTS", "PUT", f"TASK/{TASK}", {"assignedToID": ANA}),
    ("EDIT_ASSIGNMENTS", "PUT", f"TASK/{TASK}/assign", {"objID": ANA, "objCode": "USER"}),
    ("EDIT_CUSTOMDATA", "PUT", f"TASK/{TASK}", {"DE:Color": "red"}),
    ("EDIT_FINANCE", "PUT", f"TASK/{TASK}", {"costAmount": 3}),
    ("ADD_TASKS", "POST", "TASK", {"name": "more", "projectID": PROJ, "parentID": TASK}),
    ("ADD_EXPENSES", "POST", "EXPNS", {"taskID": TASK, "plannedAmount": 3}),
    ("SHARE", "PUT", f"TASK/{TASK}/share", {"accessorID": BO, "accessorObjCode": "USER", "coreAction": "VIEW"}),
]


@pytest.mark.parametrize("above", ["TASK", "PROJ"])
@pytest.mark.parametrize(("action", "method", "path", "body"), FORBIDDEN)
def test_a_rule_takes_single_changes_out_of_what_it_gives(
    ask: Asker, above: str, action: str, method: str, path: str, body: dict[str, Any]
) -> None:
    rule = {"accessorID": ANA, "accessorObjCode": "USER", "coreAction": "EDIT", "securityObjCode": above}
    rule |= {"securityObjID": ROWS[above]}
    ask.sandbox.insert("ACSRUL", [{**rule, "forbiddenActions": [action]}])
    if above == "TASK":
        view = {"securityObjID": PROJ, "coreAction": "VIEW", "securityObjCode": "PROJ"}
        ask.sandbox.insert("ACSRUL", [{**rule, **view}])
    if (action, above) != ("SHARE", "TASK"):
        assert ask.refused(method, path, json_body=body, **AS_ANA)[0] == 403
    ask("PUT", f"TASK/{TASK}", json_body={"description": "others are free"}, **AS_ANA)
    ask.sandbox.insert("ACSRUL", [{**rule, "securityObjID": PROJ, "securityObjCode": "PROJ", "forbiddenActions": []}])
    ask(method, path, json_body=body, **AS_ANA)


def test_what_hangs_on_a_row_is_seen_by_who_sees_that_row(ask: Asker) -> None:
    about = {"taskID": TASK, "projectID": PROJ}
    ask.sandbox.insert("HOUR", [{"ID": "1" * 32, "hours": 1, "ownerID": MIA, **about}])
    ask.sandbox.insert("HOUR", [{"ID": "2" * 32, "hours": 2, "ownerID": ANA, **about}])
    ask.sandbox.insert("EXPNS", [{"ID": "1" * 32, **about}])
    ask.sandbox.insert("ASSGN", [{"ID": "1" * 32, "assignedToID": BO, **about}])
    note = {"noteText": "x", "noteObjCode": "TASK", "objID": TASK}
    ask("POST", "NOTE", json_body=note)
    codes = ("EXPNS", "ASSGN", "NOTE", "JRNLE", "WRKITM")
    ask("PUT", f"TASK/{TASK}", json_body={"description": "new"})

    def counts() -> dict[str, int]:
        return {code: ask("GET", f"{code}/count", **AS_ANA)["count"] for code in (*codes, "HOUR")}

    assert counts() == {**dict.fromkeys(codes, 0), "HOUR": 1}
    assert ask.refused("GET", f"EXPNS/{'1' * 32}", **AS_ANA)[0] == 404
    share(ask, "TASK", "VIEW")
    after = counts()
    assert after["HOUR"] == 2
    assert all(after[code] > 0 for code in codes)


def test_a_right_that_comes_down_from_above_is_not_taken_away_below(ask: Asker) -> None:
    share(ask, "PROJ", "VIEW")
    who = {"accessorID": ANA, "accessorObjCode": "USER"}
    assert "inherits" in ask.refused("PUT", f"TASK/{TASK}/unshare", who)[1]
    ask("PUT", f"PROJ/{PROJ}/unshare", who)
    assert seen(ask, "TASK") == []


def test_who_is_not_active_signs_in_no_more_and_becomes_no_member(ask: Asker) -> None:
    ask("PUT", f"USER/{ANA}", json_body={"isActive": False})
    assert ask.refused("GET", "PROJ/search", **AS_ANA)[0] == 401
    ask("PUT", f"TEAMOB/{CREW}", json_body={"users": [{"ID": BO}, {"ID": ANA}]})  # Ana was one before
    other = ask("POST", "TEAMOB", json_body={"name": "other"})["ID"]
    assert "not active" in ask.refused("PUT", f"TEAMOB/{other}", json_body={"users": [{"ID": ANA}]})[1]


def test_who_is_asked_about_a_document_sees_it_until_the_request_is_deleted(ask: Asker) -> None:
    assert seen(ask, "DOCU") == []
    asked = ask("POST", "DOCAPL", json_body={"documentID": FILE, "approverID": ANA})["ID"]
    assert (seen(ask, "DOCU"), seen(ask, "TASK")) == (["file"], [])
    ask("DELETE", f"DOCAPL/{asked}")
    assert seen(ask, "DOCU") == []


@pytest.mark.parametrize(
    "approver", [{"userID": ANA}, {"teamID": CREW}, {"userID": BO}], ids=["user", "team", "delegate"]
)
def test_who_decides_sees_the_row_while_the_step_waits_and_may_decide(ask: Asker, approver: dict[str, str]) -> None:
    rows: dict[str, dict[str, Any]] = {
        "ARVPRC": {"ID": PORT, "isActive": True},
        "ARVPTH": {"ID": PORT, "approvalProcessID": PORT, "targetStatus": "CLS"},
        "ARVSTP": {"ID": PORT, "approvalPathID": PORT},
        "SPAPVR": {"approvalStepID": PORT, **approver},
        "USRDEL": {"fromUserID": BO, "toUserID": ANA},
    }
    for code, row in rows.items():
        ask.sandbox.insert(code, [row])
    ask("PUT", f"OPTASK/{ISSUE}", json_body={"approvalProcessID": PORT})
    assert seen(ask, "OPTASK") == []
    ask("PUT", f"OPTASK/{ISSUE}", json_body={"status": "CLS"})
    assert seen(ask, "OPTASK") == ["issue"]
    assert ask.refused("PUT", f"OPTASK/{ISSUE}", json_body={"name": "x"}, **AS_ANA)[0] == 403
    ask("PUT", f"OPTASK/{ISSUE}/approveApproval", **AS_ANA)
    assert ask("GET", f"OPTASK/{ISSUE}", {"fields": "status"})["status"] == "CLS"
    assert seen(ask, "OPTASK") == []


def test_rules_written_with_their_row_are_checked_as_shared_ones_are(ask: Asker) -> None:
    many = [{"ID": f"{0xC000 + number:032x}", "name": str(number)} for number in range(101)]
    ask.sandbox.insert("USER", many)
    rules = [{"accessorID": one["ID"], "accessorObjCode": "USER", "coreAction": "VIEW"} for one in many]
    ask("PUT", f"PROJ/{PROJ}", json_body={"accessRules": rules[:100]})
    assert "at most 100" in ask.refused("PUT", f"PROJ/{PROJ}", json_body={"accessRules": rules})[1]
    assert len(ask.sandbox.rows("ACSRUL")) == 100
    ask("PUT", f"USER/{many[0]['ID']}", json_body={"isActive": False})
    ask("PUT", f"PROJ/{PROJ}", json_body={"accessRules": rules[:2]})
    assert len(ask.sandbox.rows("ACSRUL")) == 2, "who has a right keeps it"
    ask("PUT", f"PROJ/{PROJ}", json_body={"accessRules": rules[1:2]})
    assert "not active" in ask.refused("PUT", f"PROJ/{PROJ}", json_body={"accessRules": rules[:1]})[1]


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ({"accessorID": MIA, "accessorObjCode": "CUST"}, "Sharing with a CUST: not computed by this sandbox"),
        ({"accessorID": ANA, "accessorObjCode": "USER", "forbiddenActions": ["VIEW_FINANCE"]}, "VIEW_FINANCE"),
    ],
)
def test_what_rights_are_not_kept_by_is_refused_in_words(ask: Asker, member: dict[str, Any], words: str) -> None:
    rule = {"coreAction": "VIEW", **member}
    assert words in ask.refused("PUT", f"PROJ/{PROJ}", json_body={"accessRules": [rule]})[1]
    assert ask.sandbox.rows("ACSRUL") == []
