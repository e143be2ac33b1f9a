"""Writes of rows: for every member of every object, the member that was set travels, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, cast, get_args

import pytest

from workfront_client import v21, v22
from workfront_core.errors import QueryError
from workfront_core.models.changes import changes
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import operation
from workfront_core.operations.payload import changed_values, payload
from workfront_core.operations.search import Query
from workfront_core.query.model_fields import ModelField, model_fields
from workfront_core.services.untyped_model import untyped_model

ID, OTHER = "4c78821c0000d6fa8d5e52f07a1d54d0", "5d80821c0000d6fa8d5e52f07a1d54d0"
MODELS: list[type[WorkfrontObject]] = [getattr(v22, name) for name in v22.OBJECTS.values()]
CUSTOM = {"DE:Region": "EMEA", "DE:Tags": ["a", "b"], "DE:Budget": 5}
PLAIN: dict[object, tuple[object, object]] = {
    bool: (True, False),
    int: (5, 6),
    float: (0.5, 1.5),
    str: ("a", "b"),
    Decimal: (Decimal("1.5"), Decimal("2.5")),
    date: (date(2026, 1, 2), date(2026, 1, 3)),
    datetime: (datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)),
    list: (["a"], ["b"]),
    dict: ({"a": {"b": 1}}, {"c": [2]}),
}


def parts(annotation: Any) -> Iterator[Any]:
    """The types in an annotation, the outer ones first."""
    yield getattr(annotation, "__origin__", annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield str if issubclass(annotation, str) else int
    for part in get_args(annotation):
        yield from parts(part)


def two_values(model: type[WorkfrontObject], member: ModelField) -> tuple[Any, Any]:
    """A value to be read and one to be set."""
    if member.relation is not None:
        target = member.relation.target()
        read, new = target.from_wire({"ID": ID, "name": "x"}), target.from_wire({"ID": OTHER, "name": "y"})
        return ([read], [new]) if member.many else (read, new)
    annotation = model.model_fields[member.name].annotation
    return next((PLAIN[part] for part in parts(annotation) if part in PLAIN), ({"json": 1}, {"json": 2}))


def loaded(model: type[WorkfrontObject]) -> Any:
    """A row with every member, as if it came from the server."""
    values = {name: two_values(model, member)[0] for name, member in model_fields(model).items()}
    row = model.from_wire({**model.model_construct(**values).to_wire(), **deepcopy(CUSTOM), "ID": ID}, strict=True)
    assert vars(row).keys() == model_fields(model).keys() | ({"id"} & model_fields(model).keys())
    return row


def settable(model: type[WorkfrontObject]) -> list[ModelField]:
    return [m for m in model_fields(model).values() if m.wire != "ID" and "READ_ONLY" not in m.flags]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_member_that_is_set_travels_alone(model: type[WorkfrontObject]) -> None:
    whole = loaded(model)
    assert (whole.changes, changed_values(whole, whole.changes)) == ({}, {})
    for member in settable(model):
        row, value = whole.model_copy(), two_values(model, member)[1]
        setattr(row, member.name, value)
        assert row.changes == {member.name: value}
        expected = payload(model, {member.name: value})
        assert changed_values(row, row.changes) == expected
        assert expected.keys() == {member.wire}
        row[member.wire] = None
        assert changed_values(row, row.changes) == {member.wire: None}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_and_map_that_is_changed_in_place_travels_alone(model: type[WorkfrontObject]) -> None:
    whole = loaded(model)
    for member in settable(model):
        if not isinstance(getattr(whole, member.name), list | dict):
            continue
        row, value = whole.model_copy(deep=True), two_values(model, member)[1]
        now = getattr(row, member.name)
        if isinstance(now, list):
            now.extend(value)
        else:
            now.update(value)
        assert set(row.changes) == {member.name}
        assert set(changed_values(row, row.changes)) == {member.wire}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_row_inside_that_is_changed_is_refused_or_travels_with_its_collection(
    model: type[WorkfrontObject],
) -> None:
    whole = loaded(model)
    for member in settable(model):
        if member.relation is None:
            continue
        row = whole.model_copy(deep=True)
        inside = getattr(row, member.name)
        (inside[0] if member.many else inside)["DE:Region"] = "x"
        assert set(row.changes) == {member.name}
        if member.many:
            assert set(changed_values(row, row.changes)) == {member.wire}
        else:
            with pytest.raises(QueryError, match=rf"{member.name} was changed inside \(DE:Region\).*\n.*save\(row"):
                changed_values(row, row.changes)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_member_that_the_server_derives_is_refused(model: type[WorkfrontObject]) -> None:
    whole = loaded(model)
    for member in model_fields(model).values():
        if "READ_ONLY" in member.flags and member.wire != "ID":
            row = whole.model_copy()
            setattr(row, member.name, two_values(model, member)[1])
            with pytest.raises(QueryError, match="READ_ONLY"):
                changed_values(row, row.changes)


CUSTOM_CHANGES: dict[str, tuple[Callable[[Any], object], dict[str, object]]] = {
    "set": (lambda row: row.__setitem__("DE:Region", "APAC"), {"DE:Region": "APAC"}),
    "new": (lambda row: row.__setitem__("DE:New", date(2026, 1, 2)), {"DE:New": "2026-01-02"}),
    "cleared": (lambda row: row.__setitem__("DE:Budget", None), {"DE:Budget": None}),
    "in place": (lambda row: row["DE:Tags"].append("c"), {"DE:Tags": ["a", "b", "c"]}),
    "in model_extra": (lambda row: row.model_extra.update({"DE:Region": "APAC"}), {"DE:Region": "APAC"}),
    "a name the package does not know": (lambda row: row.__setitem__("newInV23", 1), {"newInV23": 1}),
}


@pytest.mark.parametrize("what", CUSTOM_CHANGES)
@pytest.mark.parametrize("model", [v22.Project, v22.Task, v22.Issue, v22.User])
def test_a_custom_value_that_is_set_travels_alone(model: type[WorkfrontObject], what: str) -> None:
    change, written = CUSTOM_CHANGES[what]
    row = loaded(model)
    change(row)
    assert changed_values(row, row.changes) == written


def test_keys_of_the_map_of_custom_values_travel_alone() -> None:
    row = v22.Project.from_wire({"ID": ID, "parameterValues": {"DE:A": 1, "DE:B": [1], "DE:C": 3, "DE:D": 4}})
    values = row["parameterValues"]
    values["DE:A"] = 2
    values["DE:B"].append(2)
    del values["DE:C"]
    values["New"] = "n"
    assert changed_values(row, row.changes) == {"DE:A": 2, "DE:B": [1, 2], "DE:C": None, "DE:New": "n"}
    row["parameterValues"] = {"DE:A": 5}
    assert changed_values(row, row.changes) == {"DE:A": 5}


def test_a_row_that_a_program_made_is_written_with_all_that_it_holds() -> None:
    row = v22.Task(id=ID, name="x", parent=None, assigned_to=v22.User(id=OTHER, name="y"))
    row["DE:Region"] = "N"
    assert changed_values(row, row.changes) == {
        "name": "x",
        "parent": None,
        "assignedTo": {"ID": OTHER},
        "DE:Region": "N",
    }


def test_rows_of_an_object_nobody_described_travel_by_wire_name() -> None:
    row = untyped_model("OBJCAT").from_wire({"ID": ID, "objCode": "OBJCAT", "categoryOrder": 1, "tags": ["a"]})
    assert changed_values(row, row.changes) == {}
    row["categoryOrder"] = 2
    assert changed_values(row, row.changes) == {"categoryOrder": 2}
    row["tags"].append("b")
    assert changed_values(row, row.changes) == {"categoryOrder": 2, "tags": ["a", "b"]}


# --- Requests ---------------------------------------------------------------------------------------------------------


def renamed() -> Any:
    row = v22.Task.from_wire({"ID": ID, "name": "Old", "percentComplete": 5, "project": {"ID": OTHER, "name": "p"}})
    row.name = "New"
    return row


def test_an_update_of_a_row_sends_what_was_set_in_it() -> None:
    row = renamed()
    request = operation.update(v22.Task, row, {}, fields=["name"])
    assert (request.method, request.path, request.json) == ("PUT", f"TASK/{ID}", {"name": "New"})
    assert request.params == (("fields", "name"),)
    assert set(row.changes) == {"name"}
    answer = request.parse({"ID": ID, "name": "New"})
    assert (answer.name, answer is row, row.changes) == ("New", False, {})


def test_a_whole_row_is_written_on_request() -> None:
    row = renamed()
    request = operation.update(v22.Task, row, {}, whole=True)
    assert request.json == {"name": "New", "percentComplete": 5.0, "project": {"ID": OTHER}}
    request.parse(None)
    assert row.changes == {}


def test_a_saved_row_is_the_result() -> None:
    row = renamed()
    request = operation.save(v22.Task, row)
    assert request is not None
    assert request.json == {"name": "New"}
    assert request.parse({"ID": ID}) is row
    assert row.changes == {}
    assert operation.save(v22.Task, row) is None


def test_a_request_carries_what_was_set_when_it_was_made() -> None:
    row = renamed()
    request = operation.save(v22.Task, row)
    assert request is not None
    row.percent_complete = 50
    request.parse({"ID": ID})
    assert row.changes == {"percent_complete": 50}


UNFIT: list[tuple[Callable[[], object], str]] = [
    (
        lambda: operation.save(v22.Task, v22.Task(name="x")),
        r'has no ID.*\n.*"ID" among fields=.*create_many',
    ),
    (lambda: operation.update(v22.Task, v22.Task(name="x"), {}), "has no ID"),
    (lambda: operation.save(v22.Task, cast("Any", v22.Project(id=ID))), "type Task is expected, not Project"),
    (
        lambda: operation.save(v22.Task, cast("Any", v21.Task(id=ID))),
        r"type Task of workfront_client\.v22 is expected, not Task of workfront_client\.v21",
    ),
    (lambda: operation.save(v22.Task, cast("Any", ID)), "type Task is expected, not str"),
    (lambda: operation.update(v22.Task, v22.Task.from_wire({"ID": ID}), {}), r"nothing was set.*\n.*whole=True"),
    (lambda: operation.update(v22.Task, renamed(), {"name": "x"}), "a row or values, not both"),
    (lambda: operation.update(v22.Task, renamed(), {}, custom={"Region": "N"}), "a row or values, not both"),
    (lambda: operation.update(v22.Task, ID, {"name": "x"}, whole=True), "whole= is for rows"),
]


@pytest.mark.parametrize(("call", "message"), UNFIT)
def test_what_cannot_be_written_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        call()


def test_every_read_tells_rows_what_was_asked_for() -> None:
    fields = ["name", "DE:Region"]
    row: Mapping[str, object] = {"ID": ID, "name": "x"}
    page = Query(v22.Task, fields=fields).page(limit=5)
    found = [
        operation.get(v22.Task, ID, fields=fields).parse(row),
        operation.get(v22.Task, "$$USER", fields=fields).parse(row),
        *operation.get_many(v22.Task, [ID], fields=fields).parse([row]),
        *operation.search(v22.Task, fields=fields).parse([row]),
        *page.parse([row]).typed([row], page),
        operation.create(v22.Task, {"name": "x"}, fields=fields).parse(row),
        operation.update(v22.Task, ID, {"name": "x"}, fields=fields).parse(row),
        operation.update(v22.Task, renamed(), {}, fields=fields).parse(row),
        operation.copy(v22.Task, ID, fields=fields).parse(row),
        *operation.get_many(v22.Task, [ID], fields=[*fields, "DE:Cost, total"]).parse([row]),
    ]
    assert [task["DE:Region"] for task in found] == [None] * len(found)
    assert found[-1]["DE:Cost, total"] is None
    assert all(not changes(task) for task in found)
