"""What actions and named queries the sandbox has handlers for."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import BRICKS, LEAK, OVEN, Asker
from tests.support.shipped import catalogue
from workfront_sandbox.actions import dispatch, registry
from workfront_sandbox.actions.registry import ActionRequest, action, find_handler
from workfront_sandbox.reading import named_query
from workfront_schema.wire_types import is_list_type

CATALOGUE = catalogue()
SCHEMAS = [CATALOGUE.at(version) for version in range(15, 23)]
REGISTERED = sorted(registry.registered())


@pytest.mark.parametrize(("code", "name"), REGISTERED)
def test_every_handler_is_for_an_action_of_the_metadata(code: str, name: str) -> None:
    objects = [item for schema in SCHEMAS for item in schema.objects.values() if code in {item.code, "*"}]
    assert any(name in item.actions for item in objects)


def test_answered_queries_are_of_the_metadata_but_for_the_one_that_only_the_pages_name() -> None:
    described = {(code, name) for schema in SCHEMAS for code, item in schema.objects.items() for name in item.queries}
    assert set(named_query.registered()) - described == {("CUST", "currentCustomer")}


def test_every_subject_registers_handlers() -> None:
    homes = {handler.__module__ for handler in registry.registered().values()}
    assert homes == {subject.__name__ for subject in dispatch.SUBJECTS}


def test_an_action_has_one_handler() -> None:
    move = find_handler("TASK", "move")
    with pytest.raises(ValueError, match="TASK move has two handlers"):

        @action("TASK", "move")
        def second(_: ActionRequest) -> None: ...

    assert find_handler("TASK", "move") is move


@pytest.mark.parametrize(
    ("path", "arguments"),
    [
        ("TASK/move", {}),
        ("TASK/markDone", {}),
        ("TASK/approveApproval", {}),
        ("TASK/convertToProject", {}),
        ("NOTE/like", {}),
        ("PROJ/attachTemplate", {"templateID": BRICKS}),
    ],
)
def test_an_action_about_one_row_needs_its_id(ask: Asker, path: str, arguments: dict[str, str]) -> None:
    ask.sandbox.insert("TMPL", [{"ID": BRICKS, "name": "t"}])
    assert ask.refused("PUT", path, arguments) == (422, "The action needs an ID")


NEWEST = CATALOGUE.newest.objects
NAMING = sorted(
    {
        (code, name, argument.name, is_list_type(argument.type or ""))
        for code, name in REGISTERED
        for argument in (
            NEWEST[code].actions[name].arguments if code in NEWEST and name in NEWEST[code].actions else ()
        )
        if argument.name.lower().endswith(("id", "ids"))
    }
)


@pytest.mark.parametrize(("code", "name", "argument", "is_list"), NAMING)
def test_an_action_with_a_row_that_is_not_there_is_refused_and_does_nothing(
    ask: Asker, code: str, name: str, argument: str, is_list: bool
) -> None:
    if not ask.sandbox.rows(code):
        ask.sandbox.insert(code, [{"ID": "1" * 32, "name": "one"}])
    one, missing = ask.sandbox.rows(code)[0]["ID"], "f" * 32
    before = {each: ask.sandbox.rows(each) for each in ask.sandbox.tenant.store.codes}
    status, _ = ask.refused("PUT", f"{code}/{one}/{name}", json_body={argument: [missing] if is_list else missing})
    assert status in {404, 422}
    assert {each: ask.sandbox.rows(each) for each in before} == before


@pytest.mark.parametrize("version", [21, 22])
def test_fields_of_every_action_are_those_of_the_type_it_is_called_of(ask: Asker, version: int) -> None:
    there = len(ask.sandbox.rows("TASK"))
    for code, source in CATALOGUE.at(version).objects.items():
        for name in source.actions:
            told = f"APIModel V{version}_0 does not support field noSuch ({source.name})"
            path = f"/attask/api/v{version}.0/{code}/{BRICKS}/{name}"
            assert ask.refused("PUT", path, {"fields": "noSuch"}) == (422, told)
    copy = {"action": "bulkCopy", "fields": "tasks:name"}
    assert "tasks" in ask.refused("PUT", "TASK", copy, json_body={"taskIDs": [BRICKS], "projectID": OVEN})[1]
    assert len(ask.sandbox.rows("TASK")) == there
    issue = {"fields": "durationType"}
    task = {"task": {"name": "Mend", "projectID": OVEN}}
    assert "durationType (OpTask)" in ask.refused("PUT", f"OPTASK/{LEAK}/convertToTask", issue, json_body=task)[1]
    assert ask("PUT", f"OPTASK/{LEAK}/convertToTask", {"fields": "status"}, json_body=task)["result"]
