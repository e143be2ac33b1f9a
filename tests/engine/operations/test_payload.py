"""Values to write: Python names and types become the wire's, and what cannot be written is refused with the way out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from workfront_core.errors import QueryError
from workfront_core.operations.payload import nested, payload, row_values
from workfront_core.services.untyped_model import untyped_model

ID = "4c78821c0000d6fa8d5e52f07a1d54d0"


def test_a_nested_mapping_may_use_python_names_or_wire_names() -> None:
    assert payload(Task, {"project": {"entry_date": date(2026, 1, 2), "budget": 5}}) == {
        "project": {"entryDate": "2026-01-02", "budget": 5}
    }
    assert payload(Task, {"assigned_to": {"ID": ID}}) == payload(Task, {"assigned_to": {"id": ID}})
    assert payload(Task, {"project": {"tasks": [{"percentComplete": 5}, {"percent_complete": 6}]}}) == {
        "project": {"tasks": [{"percentComplete": 5}, {"percentComplete": 6}]}
    }


def test_a_nested_wire_name_that_the_metadata_lacks_is_sent_as_it_is() -> None:
    assert payload(Task, {"project": {"queueTopicID": "1", "DE:Region": "N"}}) == {
        "project": {"queueTopicID": "1", "DE:Region": "N"}
    }


def test_a_row_in_place_of_a_reference_stands_for_its_id() -> None:
    user = User.from_wire({"ID": ID, "name": "Ana", "firstName": "Ana"})
    assert payload(Task, {"assigned_to": user}) == {"assignedTo": {"ID": ID}}
    assert payload(Task, {"assigned_to": User(name="New")}) == {"assignedTo": {"name": "New"}}


def test_a_row_in_a_collection_is_written_with_what_it_holds() -> None:
    user = User.from_wire({"ID": ID, "firstName": "Ana", "objCode": "USER"})
    assert payload(Task, {"approvers": [user, {"id": "2"}]}) == {
        "approvers": [{"ID": ID, "firstName": "Ana"}, {"ID": "2"}]
    }


def test_a_row_leaves_out_what_the_server_derives() -> None:
    task = Task.from_wire({"ID": ID, "name": "x", "progress": "LATE", "DE:Region": "N", "unknown": 1})
    assert row_values(task) == {"ID": ID, "name": "x", "DE:Region": "N"}


def test_none_clears_and_an_absent_member_stays() -> None:
    assert payload(Task, {"assigned_to": None, "approvers": None, "name": None}) == {
        "assignedTo": None,
        "approvers": None,
        "name": None,
    }


def test_custom_fields_travel_at_the_top_with_their_prefix() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    assert payload(Task, {}, {"Region": ["N", "S"], "DE:Due": at}) == {
        "DE:Region": ["N", "S"],
        "DE:Due": "2026-01-02T00:00:00:000+0000",
    }
    assert payload(Task, {"parameter_values": {"DE:Region": "N", "Size": 1}}) == {"DE:Region": "N", "DE:Size": 1}


def test_an_object_without_a_schema_takes_wire_names() -> None:
    assert payload(untyped_model("xyz"), {"someThing": date(2026, 1, 2), "n": [1]}) == {
        "someThing": "2026-01-02",
        "n": [1],
    }


MISUSE: list[tuple[type[Any], dict[str, Any], str]] = [
    (Task, {"progress": "x"}, "Task.progress cannot be written: .*READ_ONLY.*\n.*Leave it out"),
    (Task, {"derived_owner": {"id": ID}}, "READ_ONLY.*\n.*Write derived_owner_id"),
    (Task, {"id": ID}, "Task.id is given by the server.*\n.*first argument of update"),
    (Task, {"DE:Region": "N"}, r"no field 'DE:Region'.*\n.*custom=\{'Region': ...\}"),
    (Task, {"assigned_to": ID}, 'assigned_to takes an object.*not str.*\n.*assigned_to_id="..."'),
    (Task, {"approvers": {"id": ID}}, "approvers takes a list of objects, not dict.*\n.*replaces the whole"),
    (Task, {"approvers": ID}, "approvers takes a list of objects, not str"),
    (Task, {"name": ["x"]}, "name takes one value, not list"),
    (Task, {"status": {"NEW": 1}}, "status takes one value, not dict"),
    (Task, {"accessor_ids": "x"}, "accessor_ids takes a list, not str"),
    (Task, {"due_date": datetime(2026, 1, 1, tzinfo=UTC)}, r"due_date takes a date, not datetime.*\n.*\.date\(\)"),
    (Task, {"planned_completion_date": datetime(2026, 1, 1)}, "no time zone.*\n.*tzinfo"),  # noqa: DTZ001
    (Task, {"project": {"entry_date": datetime(2026, 1, 1)}}, "project.entry_date: .* no time zone"),  # noqa: DTZ001
    (
        Task,
        {"project": {"entry_dat": "x"}},
        r"Project has no field 'entry_dat' to write \(in project\).*\n.*entry_date",
    ),
    (Task, {"project": {"nmae": "x"}}, r"Project has no field 'nmae'.*\n.*name"),
    (Task, {"project": {"entry_date": None, "entryDate": None}}, "has entry_date twice"),
    (Project, {"tasks": [{"progress": "x"}]}, "Task.progress cannot be written"),
    (Project, {"tasks": ["1"]}, r"tasks\[0\] takes an object.*not str"),
]


@pytest.mark.parametrize(("model", "values", "message"), MISUSE)
def test_misuse_says_what_to_write_instead(model: type[Any], values: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        payload(model, values)


def test_a_custom_field_needs_a_name() -> None:
    with pytest.raises(QueryError, match="needs its name"):
        payload(Task, {}, {"DE: ": 1})


def test_arguments_of_actions_take_the_names_of_their_object() -> None:
    assert nested(Task, {"percent_complete": 5, "assigned_to": {"first_name": "Ana"}}, "task") == {
        "percentComplete": 5,
        "assignedTo": {"firstName": "Ana"},
    }
    assert nested(Task, None, "task") is None


def test_fields_that_the_package_does_not_know_travel_as_they_are() -> None:
    extra = {"newField": date(2026, 1, 2), "progress": "LATE", "nested": {"a": [1, None]}}
    assert payload(Task, {"name": "x"}, {"Region": "N"}, extra) == {
        "name": "x",
        "DE:Region": "N",
        "newField": "2026-01-02",
        "progress": "LATE",  # READ_ONLY in the metadata, which may be wrong
        "nested": {"a": [1, None]},
    }
    assert payload(Task, {}, None, {"newField": 1}) == {"newField": 1}


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"method": "DELETE"}, "says how a call is made"),
        ({"apiKey": "k"}, "says how a call is made"),
        ({"sessionID": "s"}, "says how a call is made"),
        ({"percent_complete": 5}, r"is the Python name of a field\.\nHint: Write percent_complete=\.\.\. beside it"),
        ({"name": "y"}, "name is given twice"),
        ({"DE:Region": "S"}, "DE:Region is given twice"),
        ({"ID": ID}, "given by the server"),
        ({"": 1}, "takes wire names"),
        ({7: 1}, "takes wire names"),
        ({"newField": object()}, "newField takes a JSON value"),
        ({"newField": {"a", "b"}}, "newField takes a JSON value.*\nHint: Several values are written as a list"),
        ({"newField": float("nan")}, "finite"),
        (["newField"], "takes values by wire name, not list"),
        ("newField", "takes values by wire name, not str"),
    ],
)
def test_a_mistake_that_nobody_makes_on_purpose_is_refused_in_extra(extra: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        payload(Task, {"name": "x"}, {"Region": "N"}, extra)
