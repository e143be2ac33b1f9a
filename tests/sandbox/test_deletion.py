"""What goes with a deleted row, what stays and names it no more, and what the bin gives back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.sandbox.asking import BRICKS, FIRE, LEAK, NOAH, OVEN, SHOP, Asker
from workfront_sandbox import Sandbox
from workfront_sandbox.schema.overrides import VIEWS
from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.writing.dependants import RESTORABLE, going_with, naming

TYPES = Sandbox().tenant.catalogue.types
TABLES = [code for code in TYPES if code not in VIEWS]
DELETED = [code for code in TABLES if "delete" in TYPES[code].source.verbs and code not in {"WRKITM", "TASSGN"}]
OWNERS = [code for code in DELETED if going_with(code) and code != "GROUP"]
GOING = [(code, other, key) for code in OWNERS for other, key in going_with(code)]
FORCE = {"force": "true"}


def insert(ask: Asker, code: str, **values: object) -> str:
    (made,) = ask.sandbox.insert(code, [{"name": f"one {code}", **values}])
    return made


def delete(ask: Asker, code: str, object_id: str) -> None:
    ask("DELETE", f"{code}/{object_id}", FORCE)


def ids(ask: Asker, code: str) -> set[str]:
    return {str(row["ID"]) for row in ask.sandbox.rows(code)}


@pytest.mark.parametrize(("code", "other", "key"), GOING)
def test_what_belongs_to_a_row_goes_with_it(ask: Asker, code: str, other: str, key: str) -> None:
    owner, keeper = insert(ask, code), insert(ask, code)
    gone, left = insert(ask, other, **{key: owner}), insert(ask, other, **{key: keeper})
    delete(ask, code, owner)
    assert (gone in ids(ask, other), left in ids(ask, other)) == (False, True)


@pytest.mark.parametrize("code", DELETED)
def test_no_row_names_a_deleted_one(code: str) -> None:
    ask = Asker(Sandbox())
    owner, keeper = insert(ask, code), insert(ask, code)
    ties = naming(TYPES, code, TABLES) if code not in {"GROUP", "DOCFDR"} else []  # not deleted while named
    left = {(other, key): insert(ask, other, **{key: keeper}) for other, key in ties}
    for other, key in ties:
        insert(ask, other, **{key: owner})
    delete(ask, code, owner)
    named = [(other, key) for other, key in ties for row in ask.sandbox.rows(other) if row.get(key) == owner]
    lost = [tie for tie, row in left.items() if row not in ids(ask, tie[0])]
    assert (named, lost) == ([], [])


def test_a_group_that_anything_names_is_replaced_not_deleted() -> None:
    for other, key in naming(TYPES, "GROUP", TABLES):
        ask = Asker(Sandbox())
        group, new = insert(ask, "GROUP"), insert(ask, "GROUP")
        member = insert(ask, other, **{key: group})
        assert "has members" in ask.refused("DELETE", f"GROUP/{group}", FORCE)[1]
        ask("PUT", f"GROUP/{group}/replace", {"replacementID": new})
        assert {row["ID"]: row[key] for row in ask.sandbox.rows(other) if row["ID"] == member} == {member: new}


def test_what_was_done_by_a_deleted_user_still_says_so(ask: Asker) -> None:
    hour = ask("POST", "HOUR", json_body={"hours": 2, "taskID": FIRE, "ownerID": NOAH})["ID"]
    note = insert(ask, "NOTE", ownerID=NOAH, enteredByID=NOAH)
    delete(ask, "USER", NOAH)
    assert [ask("GET", f"HOUR/{hour}", {"fields": "ownerID"})["ownerID"]] == [NOAH]
    assert next(row for row in ask.sandbox.rows("NOTE") if row["ID"] == note)["ownerID"] == NOAH


@pytest.mark.parametrize("code", ["ROLE", "TEAMOB"])
def test_work_of_a_deleted_role_or_team_is_left_to_the_others(ask: Asker, code: str) -> None:
    one, other = (ask("POST", code, json_body={"name": name})["ID"] for name in ("one", "other"))
    name = {"ROLE": "roleID", "TEAMOB": "teamID"}[code]
    ask("PUT", f"TASK/{FIRE}", json_body={"assignments": [{name: one}, {name: other}]})
    delete(ask, code, one)
    fields = f"{name},assignmentsListString,assignments:{name},assignments:isPrimary"
    task = ask("GET", f"TASK/{FIRE}", {"fields": fields})
    assert (task[name], task["assignmentsListString"]) == (other, "other")
    assert [(part[name], part["isPrimary"]) for part in task["assignments"]] == [(other, code == "ROLE")]


def test_the_next_form_of_a_row_is_its_first_once_that_is_deleted(ask: Asker) -> None:
    forms = [ask("POST", "CTGY", json_body={"name": name, "objTypes": ["PROJ"]})["ID"] for name in ("one", "two")]
    ask("PUT", f"PROJ/{SHOP}", json_body={"objectCategories": [{"categoryID": one} for one in forms]})
    delete(ask, "CTGY", forms[0])
    assert ask("GET", f"PROJ/{SHOP}", {"fields": "categoryID"})["categoryID"] == forms[1]


def test_the_work_of_a_deleted_user_waits_for_another(ask: Asker) -> None:
    ask("PUT", f"TASK/{FIRE}/assign", json_body={"objID": NOAH, "objCode": "USER"})
    delete(ask, "USER", NOAH)
    fields = {"fields": "assignedToID,assignments:assignedToID"}
    assert [ask("GET", f"TASK/{one}", fields)["assignedToID"] for one in (BRICKS, FIRE)] != [NOAH, NOAH]
    rows = ask("GET", "TASK/search", {"fields": "assignedToID,assignments:assignedToID"})
    assert all(NOAH not in {row["assignedToID"], *(one["assignedToID"] for one in row["assignments"])} for row in rows)


def test_hours_and_expenses_of_a_deleted_task_count_for_the_project_and_no_parent(ask: Asker) -> None:
    new = {"name": "chimney", "projectID": OVEN}
    parent = ask("POST", "TASK", json_body=new)["ID"]
    child = ask("POST", "TASK", json_body={**new, "parentID": parent})["ID"]
    ask("POST", "HOUR", json_body={"hours": 2, "taskID": child})
    ask("POST", "EXPNS", json_body={"taskID": child, "actualAmount": 30})
    fields = {"fields": "actualWorkRequired,actualExpenseCost"}
    project = ask("GET", f"PROJ/{OVEN}", fields)
    before = ask("GET", f"TASK/{parent}", fields)
    assert (before["actualWorkRequired"], before["actualExpenseCost"]) == (120, 30)
    delete(ask, "TASK", child)
    after = ask("GET", f"TASK/{parent}", fields)
    assert (after["actualWorkRequired"], after["actualExpenseCost"]) == (0, 0)
    assert ask("GET", f"PROJ/{OVEN}", fields) == project


@pytest.mark.parametrize("code", RESTORABLE)
def test_what_is_kept_in_the_bin_comes_back_with_all_that_went_along(ask: Asker, code: str) -> None:
    below = [key for _, key in going_with(code)].count("parentID")
    owner = insert(ask, code, **({"numberOfChildren": below} if below else {}))
    for other, key in going_with(code):
        insert(ask, other, **{key: owner})
    codes = {code, *(other for other, _ in going_with(code))}
    before = {one: sorted(ask.sandbox.rows(one), key=lambda row: str(row["ID"])) for one in codes}
    delete(ask, code, owner)
    ask.sandbox.restore(code, owner)
    assert {one: sorted(ask.sandbox.rows(one), key=lambda row: str(row["ID"])) for one in codes} == before
    with pytest.raises(ApiError, match="not found"):
        ask.sandbox.restore(code, owner)


@pytest.mark.parametrize(("code", "object_id"), [("PROJ", OVEN), ("TASK", BRICKS), ("OPTASK", LEAK)])
def test_the_bin_keeps_for_thirty_days(ask: Asker, code: str, object_id: str) -> None:
    delete(ask, code, object_id)
    ask.sandbox.clock.advance(timedelta(days=31))
    with pytest.raises(ApiError, match="not found"):
        ask.sandbox.restore(code, object_id)


def test_a_task_that_went_with_its_parent_comes_back_with_it_only(ask: Asker) -> None:
    delete(ask, "TASK", BRICKS)
    with pytest.raises(ApiError, match="not found"):
        ask.sandbox.restore("TASK", FIRE)
    ask.sandbox.restore("TASK", BRICKS)
    assert {BRICKS, FIRE} <= ids(ask, "TASK")


def test_a_task_whose_parent_is_gone_comes_back_at_the_top(ask: Asker) -> None:
    delete(ask, "TASK", FIRE)
    delete(ask, "TASK", BRICKS)
    ask.sandbox.restore("TASK", FIRE)
    assert ask("GET", f"TASK/{FIRE}", {"fields": "parentID"})["parentID"] is None


def test_a_code_that_no_object_type_has_is_no_code_to_restore(ask: Asker) -> None:
    with pytest.raises(ValueError, match="NOPE"):
        ask.sandbox.restore("NOPE", SHOP)
