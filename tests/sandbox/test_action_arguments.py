"""Arguments of actions: of their type or refused, and nothing is answered where they leave nothing to do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.test_effects import (
    ACTIONS,
    DAY,
    FORM,
    FORMS,
    ISSUE,
    ISSUE_MINE,
    OPEN,
    SECOND_FORM,
    THIRD_FORM,
    computed_actions,
    state,
    tenant_of,
)
from tests.sandbox.test_kinds import SCHEMA, VERSIONS, refusals
from workfront_schema.snapshot import Argument
from workfront_schema.wire_types import TypeKind, is_list_type, kind_of


@pytest.fixture(params=VERSIONS, ids="v{}".format)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def wrong(item: Argument) -> Any:
    """A value that is of another type than the argument."""
    kind = kind_of(item.type) if item.type else None
    if item.type and is_list_type(item.type):
        return {"a": 1}
    if kind in {None, TypeKind.MAP}:
        return "no map"
    return ["a"] if kind is TypeKind.TEXT else "no such value"


def path(code: str, name: str) -> str:
    one = ACTIONS[code, name][0]
    return f"{code}/{one}/{name}" if one else f"{code}/{name}"


def test_an_argument_of_another_type_is_refused_and_nothing_is_done(version: int) -> None:
    ask = tenant_of(version)
    before, tried, taken = state(ask), 0, []
    for at, code, name in sorted(computed_actions()):
        for item in SCHEMA.at(at).objects[code].actions[name].arguments if at == version else ():
            tried += 1
            reply = ask.reply("PUT", path(code, name), json_body={**ACTIONS[code, name][1], item.name: wrong(item)})
            if reply.status != 422:
                taken.append(f"{code}.{name} {item.name}: {reply.status}")
    assert tried > 100
    assert taken == []
    assert state(ask) == before


@pytest.mark.parametrize(
    ("given", "taken"),
    [(True, True), ("true", True), (1, True), ("1", True), (False, False), ("false", False), (0, False), (2, None),
     (17, None), ("yes", None), ("", False), (None, False)],
)  # fmt: skip
def test_yes_and_no_are_said_by_few_words(version: int, given: Any, taken: bool | None) -> None:
    ask = tenant_of(version)
    about = {"swapFromUserID": ask.sandbox.rows("USER")[0]["ID"], "swapToUserID": ask.sandbox.rows("USER")[1]["ID"]}
    arguments = {**about, "projectIDs": [ask.sandbox.rows("PROJ")[0]["ID"]], "includeIssues": given}
    reply = ask.reply("PUT", "ASSGN/swapUsersOnProjects", json_body=arguments)
    if taken is None:
        assert f'includeIssues value "{given}"' in refusals(reply)
        return
    moved = [row["assignedToID"] for row in ask.sandbox.rows("ASSGN") if row.get("opTaskID") == ISSUE_MINE]
    assert (moved == [about["swapToUserID"]]) is taken


def lists_needed() -> list[tuple[int, str, str, str]]:
    """Every list that a call of a computed action names rows by."""
    return [
        (version, code, name, argument)
        for version, code, name in sorted(computed_actions())
        for argument, value in ACTIONS[code, name][1].items()
        if isinstance(value, list) and name not in {"assignMultiple", "getUsersAvailableTime"}
    ]


@pytest.mark.parametrize(("version", "code", "name", "argument"), lists_needed(), ids=str)
def test_an_action_on_a_list_needs_one_that_names_something(version: int, code: str, name: str, argument: str) -> None:
    ask = tenant_of(version)
    given = {key: value for key, value in ACTIONS[code, name][1].items() if key != argument}
    empty: tuple[dict[str, Any], ...] = ({argument: []}, {argument: None}, {})
    for rows in empty:
        text = refusals(ask.reply("PUT", path(code, name), json_body={**given, **rows}))
        assert text.endswith(("is missing", "needs an ID")), (rows, text)


@pytest.mark.parametrize(("code", "one"), [("TASK", OPEN), ("OPTASK", ISSUE)])
def test_a_reply_says_something(version: int, code: str, one: str) -> None:
    ask = tenant_of(version)
    for nothing in ({}, {"noteText": ""}, {"noteText": None, "commitDate": ""}):
        assert refusals(ask.reply("PUT", f"{code}/{one}/replyToAssignment", json_body=nothing)).endswith("is missing")
    for day in ("ffff", 17, "2027-13-45"):
        arguments = {"noteText": "Soon", "commitDate": day}
        assert "Unparseable date" in refusals(ask.reply("PUT", f"{code}/{one}/replyToAssignment", json_body=arguments))
    assert ask("GET", f"{code}/{one}", {"fields": "commitDate,lastNoteID"})["lastNoteID"] is None
    ask("PUT", f"{code}/{one}/replyToAssignment", json_body={"commitDate": DAY})
    assert ask("GET", f"{code}/{one}", {"fields": "commitDate"})["commitDate"] == DAY


def test_a_project_is_not_made_of_nothing(version: int) -> None:
    ask = tenant_of(version)
    before = state(ask)
    empty: tuple[dict[str, Any], ...] = ({}, {"project": None}, {"project": {}})
    for nothing in empty:
        text = refusals(ask.reply("PUT", "PROJ/createProjectWithOverride", json_body=nothing))
        assert text == "argument project is missing"
    assert state(ask) == before


def orders(version: int, name: str, *forms: str) -> tuple[str, list[str]]:
    """What an action on the forms of a task is refused with, and the forms the task then has, in their order."""
    ask = tenant_of(version)
    text = refusals(ask.reply("PUT", f"CTGY/{name}", json_body={**FORMS, "categoryIDs": list(forms)}))
    rows = ask("GET", f"TASK/{OPEN}", {"fields": "objectCategories:categoryID,objectCategories:categoryOrder"})
    found = sorted(rows["objectCategories"], key=lambda row: int(row["categoryOrder"]))
    assert [row["categoryOrder"] for row in found] == list(range(len(found)))
    return text, [row["categoryID"] for row in found]


def test_forms_are_ordered_and_taken_away_where_they_are_attached(version: int) -> None:
    for name in ("reorderCategories", "unassignCategories"):
        for forms in ((THIRD_FORM,), (FORM, THIRD_FORM)):
            text = f"Categories with the following IDs are not attached: {THIRD_FORM}"
            assert orders(version, name, *forms) == (text, [FORM, SECOND_FORM])
    for name in ("assignCategories", "reorderCategories", "unassignCategories"):
        form = THIRD_FORM if name.startswith("assign") else FORM
        text = f"argument categoryIDs names {form} twice"
        assert orders(version, name, form, form) == (text, [FORM, SECOND_FORM])
    assert orders(version, "reorderCategories", SECOND_FORM) == ("", [SECOND_FORM, FORM])
