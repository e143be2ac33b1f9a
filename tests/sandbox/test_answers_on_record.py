"""Answers that other clients have on record, and that no rule of a larger kind gives. docs/protocol.md 7.7, 11."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import BAKING, BRICKS, FIRE, LEAK, LIV, MIA, OVEN, PAINT, SHOP, Asker, bakery

MISSING = "f" * 32


@pytest.mark.parametrize(("code", "row"), [("TASK", BRICKS), ("PROJ", OVEN), ("OPTASK", LEAK)])
def test_a_path_that_ends_in_copy_is_the_row(ask: Asker, code: str, row: str) -> None:
    assert ask("GET", f"{code}/{row}/copy", "fields=name") == ask("GET", f"{code}/{row}", "fields=name")


def test_what_cannot_be_copied_has_no_such_path(ask: Asker) -> None:
    assert ask.refused("GET", f"USER/{MIA}/copy")[0] == 400


@pytest.mark.parametrize("query", ["projectStatuses", "taskStatuses", "opTaskStatuses", "taskPriorities"])
def test_codes_have_a_group_only_where_one_was_asked_for(ask: Asker, query: str) -> None:
    plain = ask("GET", f"CSTEM/{query}")
    assert {frozenset(row) for row in plain} == {frozenset({"objCode", "value", "label", "color", "equatesWith"})}
    group = ask("POST", "GROUP", {"name": "Bakers"})["ID"]
    assert {row["groupID"] for row in ask("GET", f"CSTEM/{query}", {"groupID": group})} == {group}


def test_rows_deleted_together_stand_for_themselves_unless_it_is_atomic(ask: Asker) -> None:
    first, second = (ask("POST", "TASK", {"name": name, "projectID": SHOP})["ID"] for name in "ab")
    assert ask.refused("DELETE", "TASK", f"ID={first}&ID={MISSING}")[0] == 404
    assert ask.refused("GET", f"TASK/{first}")[0] == 404
    assert ask.refused("DELETE", "TASK", f"ID={second}&ID={MISSING}&atomic=true")[0] == 404
    assert ask("GET", f"TASK/{second}")["ID"] == second


def test_what_went_with_its_parent_is_missing_unless_it_is_atomic(ask: Asker) -> None:
    for atomic, status in (("false", 404), ("true", 200)):
        parent = ask("POST", "TASK", {"name": "parent", "projectID": SHOP})["ID"]
        child = ask("POST", "TASK", {"name": "child", "projectID": SHOP, "parentID": parent})["ID"]
        assert ask.reply("DELETE", "TASK", f"ID={parent}&ID={child}&atomic={atomic}").status == status


@pytest.mark.parametrize("version", [15, 17, 18, 19, 21, 22])
def test_every_version_converts_issues_with_what_they_hold(ask: Asker, version: int) -> None:
    old = Asker(ask.sandbox, f"/attask/api/v{version}.0")
    body = {"task": {"name": "Mend the chimney", "projectID": OVEN}, "copyNativeFields": True, "copyCategories": True}
    made = old("PUT", f"OPTASK/{LEAK}", "action=convertToTask", json_body={**body, "options": ["preserveIssue"]})
    assert ask("GET", f"TASK/{made['result']}")["name"] == "Mend the chimney"


def test_a_user_holds_the_primary_role_among_all(ask: Asker) -> None:
    new = {"firstName": "Ada", "lastName": "Ahl", "emailAddr": "ada@bakery.test", "roleID": BAKING}
    user = ask("POST", "USER", new)["ID"]
    ask("PUT", f"USER/{user}", {"roleID": BAKING})
    assert [role["roleID"] for role in ask("GET", f"USER/{user}", "fields=userRoles:*")["userRoles"]] == [BAKING]
    assert ask("GET", "USER/count", {"roleIDs": BAKING})["count"] == 1


def test_a_strict_sandbox_gives_no_role_to_a_user_without_any() -> None:
    for strict, status in ((True, 422), (False, 200)):
        ask = bakery(strict=strict)
        ask.sandbox.accounts.issue(MIA, "mia")
        assigned = {"assignments": [{"assignedToID": MIA, "roleID": BAKING}]}
        assert ask.reply("PUT", f"TASK/{PAINT}", json_body=assigned).status == status


def test_a_role_of_ones_own_is_taken(ask: Asker) -> None:
    ask("PUT", f"TASK/{FIRE}", json_body={"assignments": [{"assignedToID": LIV, "roleID": BAKING}]})


def test_parts_of_a_reference_in_a_custom_field_are_not_returned(ask: Asker) -> None:
    field = {"name": "Lead", "label": "Lead", "dataType": "TEXT", "displayType": "TYAH", "refObjCode": "USER"}
    ask("POST", "PARAM", field)
    assert set(ask("GET", f"PROJ/{OVEN}", "fields=DE:Lead:name,DE:Lead:ID")) == {"ID", "name", "objCode"}
    assert ask.refused("GET", f"PROJ/{OVEN}", "fields=DE:Nobody:name")[0] == 404
