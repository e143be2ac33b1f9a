"""What takes something back that is not there: every such action of every type, in both versions, and sharing.

Of a right that nobody has it is on record that the service takes it away with success. Of the others nothing is, so the
sandbox says what is missing and does nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import FIRE, LEAK, MIA, NOAH, OVEN, Asker
from tests.sandbox.test_effects import ACTIONS, ANSWERING, BO, PLAN, computed_actions, state, tenant_of
from tests.sandbox.test_kinds import OTHER, OWN, VERSIONS, asker, reachable, refusals
from workfront_sandbox.writing.sharing import SHARED

AGAIN: dict[str, str] = {
    "acceptWork": "who has accepted goes on having accepted",
    "assign": "who has the work goes on having it",
    "assignMultiple": "the same people are put in the place of the same people",
    "bulkCopy": "makes another one",
    "bulkMove": "what is there stays there",
    "bulkMoveWithOptions": "what is there stays there",
    "copyIssue": "makes another one",
    "move": "what is there stays there",
    "moveToTask": "what is there stays there",
    "markDone": "what is done goes on being done",
    "replyToAssignment": "writes another note",
    "like": "who likes goes on liking",
    "checkOut": "who has it goes on having it",
    "reorderCategories": "what is in order stays in order",
    "approve": "the last who approves is the one shown",
    "attachTemplate": "adds the tasks again",
    "calculateFinance": "computes again",
    "calculateTimeline": "computes again",
    "createProjectWithOverride": "makes another one",
    "markViewed": "is the last moment of looking",
}
"""Computed actions that may be asked for twice, and why: they take nothing back."""


@pytest.mark.parametrize(("version", "code", "name"), sorted(computed_actions()), ids=str)
def test_what_was_taken_back_is_not_taken_back_again(version: int, code: str, name: str) -> None:
    if (code, name) in ANSWERING or name in AGAIN:
        return
    ask = tenant_of(version)
    one, arguments = ACTIONS[code, name]
    path = f"{code}/{one}/{name}" if one else f"{code}/{name}"
    if name == "unlike" and code == "ENDR":
        ask("PUT", f"ENDR/{one}/like")
    ask("PUT", path, json_body=arguments)
    before = state(ask)
    assert ask.reply("PUT", path, json_body=arguments).status in {404, 422}
    assert state(ask) == before


def test_each_computed_action_takes_back_or_may_be_asked_for_twice() -> None:
    names = {name for _, _, name in computed_actions()}
    assert set(AGAIN) <= names
    assert {"unlike", "unassign", "unacceptWork", "markNotDone", "checkIn", "unapprove", "recallApproval"} <= names


def test_a_right_that_nobody_has_is_taken_away_with_success_as_on_record(version: int) -> None:
    accessor = {"accessorID": OTHER, "accessorObjCode": "USER", "coreAction": "VIEW"}
    tried = 0
    for described in reachable(version):
        if described.code in SHARED or "SHARABLE" in described.source.flags:
            rows: list[Any] = [{"ID": OWN}, {"ID": OTHER}] if described.code == "USER" else [{"ID": OWN}]
            ask = asker(version, {"USER": [{"ID": OTHER, "isActive": True}], described.code: rows})
            assert ask("PUT", f"{described.code}/{OWN}/unshare", json_body=accessor) == {"success": True}
            assert ask.sandbox.rows("ACSRUL") == []
            tried += 1
    assert tried > 15


def test_everybody_gets_at_what_shows_with_which_token(version: int) -> None:
    shown = set[str]()
    for described in reachable(version):
        if described.code not in SHARED and "SHARABLE" not in described.source.flags:
            continue
        ask = asker(version, {described.code: [{"ID": OWN}]})
        before = ask.sandbox.rows(described.code)
        path, view = f"{described.code}/{OWN}", {"coreAction": "VIEW"}
        if "publicToken" not in described.fields:
            for verb in ("sharePublic", "unsharePublic"):
                text = refusals(ask.reply("PUT", f"{path}/{verb}", view))
                assert verb in text, (described.code, text)
                assert "publicToken" in text, (described.code, text)
            assert ask.sandbox.rows(described.code) == before
            continue
        shown.add(described.code)
        assert "not shared" in refusals(ask.reply("PUT", f"{path}/unsharePublic", view))
        ask("PUT", f"{path}/sharePublic", view)
        assert ask("GET", path, {"fields": "publicToken"})["publicToken"]
        ask("PUT", f"{path}/unsharePublic", view)
        assert ask("GET", path, {"fields": "publicToken"})["publicToken"] is None
        assert "not shared" in refusals(ask.reply("PUT", f"{path}/unsharePublic", view))
    assert shown == {"DOCU", "PTLSEC"}


@pytest.fixture(params=VERSIONS, ids="v{}".format)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize(
    ("path", "body", "word"),
    [
        (f"TASK/{FIRE}/unassign", {"userID": NOAH}, "not assigned"),
        (f"OPTASK/{LEAK}/unassign", {"userID": MIA}, "not assigned"),
        (f"TASK/{FIRE}/unacceptWork", {}, "not accepted"),
        (f"TASK/{FIRE}/markNotDone", {}, "not done"),
        (f"OPTASK/{LEAK}/markNotDone", {}, "not done"),
        ("ASSGN/unassignUserFromProjects", {"projectIDs": [OVEN], "unassignUserID": MIA}, "no open work"),
        ("ASSGN/swapUsersOnTasks", {"taskIDs": [FIRE], "swapFromUserID": NOAH, "swapToUserID": MIA}, "no open work"),
    ],
)
def test_what_is_not_done_is_told_in_words(ask: Asker, path: str, body: dict[str, Any], word: str) -> None:
    before = state(ask)
    assert word in ask.refused("PUT", path, json_body=body)[1]
    assert state(ask) == before


def test_no_work_waits_for_a_role_that_nobody_named(version: int) -> None:
    ask = tenant_of(version)
    role = ask.sandbox.insert("ROLE", [{"name": "Welder"}])[0]
    body = {"projectIDs": [PLAN], "swapUserID": BO, "swapRoleID": role}
    assert ask.refused("PUT", "ASSGN/assignUserToRoleOnProjects", json_body=body)[0] == 422
