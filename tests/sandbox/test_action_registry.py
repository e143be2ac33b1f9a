"""What actions and named queries the sandbox has handlers for."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import BRICKS, Asker
from workfront_sandbox.actions import dispatch, registry
from workfront_sandbox.actions.registry import ActionRequest, action, find_handler
from workfront_sandbox.reading import named_query
from workfront_sandbox.schema.catalogue import Catalogue
from workfront_schema.store import load_snapshot, standard_schema, versions

CATALOGUE = Catalogue([load_snapshot(standard_schema(), version) for version in versions(standard_schema())])
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
    assert ask.refused("PUT", path, arguments) == (422, "The action needs an ID")
