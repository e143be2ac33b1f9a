"""Rows check what their methods are given, and names that no field has, as services do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.arguments.annotations import arguments
from tests.arguments.call import Call, problems
from tests.arguments.nonsense import nonsense
from tests.arguments.right_arguments import GIVEN, OF_DOCUMENTS
from tests.arguments.surface import methods_of
from tests.arguments.world import TASK, World
from workfront_client.v22 import Assignment, Task
from workfront_core import BulkError, FieldNotLoaded, QueryError, WorkfrontError
from workfront_core.models.model import WorkfrontObject

RIGHT: Mapping[str, Any] = {"key": "name", "row": {"ID": TASK}, "rows": [{"ID": TASK}], "asked": frozenset({"name"})}


def own_methods() -> Iterator[Call]:
    row = Task.from_wire({"ID": TASK, "name": "x"})
    own = {name for name in vars(WorkfrontObject) if not name.startswith(("_", "model_"))}
    calls = methods_of("row", row, RIGHT, takes_anything=frozenset({"fields", "row"}))
    yield from (call for call in calls if call.name.removeprefix("row.") in own)


def test_methods_of_rows(small_tenant: World) -> None:
    calls = list(own_methods())
    assert {call.name for call in calls} >= {
        "row.get",
        "row.flat",
        "row.from_wire",
        "row.from_wire_rows",
        "row.to_wire",
    }
    assert problems(calls, small_tenant) == []


@pytest.mark.parametrize("use", ["[]", "get", "in", "[] ="])
def test_keys_that_are_no_names(use: str) -> None:
    row: Any = Task.from_wire({"ID": TASK, "name": "x"})
    uses: dict[str, Callable[[Any], object]] = {
        "[]": lambda key: row[key],
        "get": row.get,
        "in": lambda key: key in row,
        "[] =": lambda key: row.__setitem__(key, "x"),
    }
    with pytest.raises(WorkfrontError):
        uses[use](Task.f.name)
    for value in nonsense():
        try:
            found = uses[use](value.value)
        except (WorkfrontError, TypeError) as error:
            found = None if isinstance(error, WorkfrontError) or "unhashable" in str(error) else error
        assert found in (None, False), value.name


def test_a_name_that_no_field_has_is_told_as_such_and_not_recommended_for_fields() -> None:
    row = Task.from_wire({"ID": TASK})
    with pytest.raises(FieldNotLoaded, match=r"no field is called so\. Did you mean name\?"):
        row["nmae"]
    with pytest.raises(FieldNotLoaded, match=r"raw_field\('xqzw'\)"):
        row["xqzw"]
    with pytest.raises(FieldNotLoaded, match=r"add 'DE:Region' to fields="):
        row["DE:Region"]
    assert issubclass(FieldNotLoaded, WorkfrontError)
    assert issubclass(FieldNotLoaded, AttributeError)
    assert issubclass(FieldNotLoaded, KeyError)


MADE_TASK: Any = Task
MADE_ASSIGNMENT: Any = Assignment
"""The same classes to a checker that is not to look."""

MADE: Mapping[str, Callable[[Any], object]] = {
    "save": lambda wf: wf.task.save(MADE_TASK(id=TASK, name="x", nmae="lost")),
    "update": lambda wf: wf.task.update(MADE_TASK(id=TASK, name="x", nmae="lost")),
    "update whole": lambda wf: wf.task.update(MADE_TASK(id=TASK, name="x", nmae="lost"), whole=True),
    "update_many": lambda wf: wf.task.update_many([MADE_TASK(id=TASK, name="x", nmae="lost")]),
    "create_many": lambda wf: wf.task.create_many([MADE_TASK(name="x", nmae="lost")]),
    "in a list": lambda wf: wf.task.update(TASK, assignments=[MADE_ASSIGNMENT(assigned_to_id=TASK, nmae="lost")]),
    "in extra": lambda wf: wf.task.update(TASK, extra={"new": MADE_ASSIGNMENT(assigned_to_id=TASK, nmae="lost")}),
    "member": lambda wf: wf.task.members(Task.f.assignments, TASK).add(
        MADE_ASSIGNMENT(assigned_to_id=TASK, nmae="lost")
    ),
}


@pytest.mark.parametrize("way", MADE)
def test_a_row_made_with_a_name_that_no_field_has_is_not_written_without_it(way: str, small_tenant: World) -> None:
    small_tenant.begin()
    with pytest.raises((QueryError, BulkError), match="has no field 'nmae' to write"):
        MADE[way](small_tenant.wf)
    assert small_tenant.sent() == 0


def test_fields_that_the_package_lacks_travel_with_rows_that_were_made_and_rows_that_were_read() -> None:
    from workfront_client.v22 import Workfront
    from workfront_testing import in_process

    made = MADE_TASK(id=TASK, name="x", statusLabel="S", **{"DE:Region": "N"})
    read = Task.from_wire({"ID": TASK, "name": "x", "newField": 1})
    read["statusLabel"] = "S"
    with in_process() as kit, kit.client(Workfront) as wf, wf.dry_run() as dry:
        dry.task.save(made)
        dry.task.update(read, whole=True)
    assert [request.json for request in dry.planned] == [
        {"name": "x", "statusLabel": "S", "DE:Region": "N"},
        {"name": "x", "statusLabel": "S"},
    ]


KEPT = (".members", ".metadata")
"""Methods that make a list of their fields at once."""


def methods_with_fields(world: World) -> Iterator[Call]:
    for side, wf in (("wf", world.wf), ("aio", world.aio)):
        for name, given in (("task", GIVEN), ("work", GIVEN), ("document", OF_DOCUMENTS)):
            for call in methods_of(f"{side}.{name}", getattr(wf, name), given):
                known = {item.name: item.is_required for item in arguments(call.function)}
                if "fields" in known and not call.name.endswith(KEPT):
                    needed = {key: value for key, value in call.given.items() if known[key] or key == "name"}
                    changed = {"extra": {"statusLabel": "x"}} if call.name.endswith(".update") else {}
                    yield Call(call.name, call.function, needed | changed | {"fields": iter(["name"])})


def test_fields_are_a_list_that_every_request_of_a_method_can_go_through(small_tenant: World) -> None:
    """An iterator would give its names to the first request alone, or only to the check before it."""
    calls = list(methods_with_fields(small_tenant))
    assert len(calls) > 30
    taken: list[str] = []
    for call in calls:
        outcome, sent = call.outcome(arguments(call.function), call.given, small_tenant)
        if "fields= takes a list" not in str(outcome) or sent:
            taken.append(f"{call.name}: {outcome!r:.80}, {sent} sent")
    assert taken == []
