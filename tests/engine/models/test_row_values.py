"""Rows made, copied, compared, changed and shown."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.support.models_fixture import Project, Task, TaskStatus, User
from tests.support.rows_kit import ROW
from workfront_core.models import mismatch as misfit
from workfront_core.models.model import FieldNotLoaded


@pytest.fixture(autouse=True)
def _nothing_noted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misfit, "_noted", set())


# --- As a pydantic model ----------------------------------------------------------------------------------------------


def test_python_names_and_wire_names_construct_the_same_row() -> None:
    by_python = Task(id="1", planned_completion_date=datetime(2017, 3, 24, tzinfo=UTC), status=TaskStatus.NEW)
    by_wire = Task(ID="1", plannedCompletionDate="2017-03-24T00:00:00:000+0000", status="NEW")  # type: ignore[call-arg]
    assert by_python == by_wire == Task.from_wire(by_wire.to_wire())


def test_construction_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValidationError) as caught:
        Task.model_validate({"taskNumber": "seven", "assignedTo": {"ID": 5}})
    assert {error["loc"] for error in caught.value.errors()} == {("taskNumber",), ("assignedTo", "ID")}


def test_every_way_in_gives_the_same_row() -> None:
    expected = Task.from_wire(ROW)
    text = TypeAdapter(dict[str, Any]).dump_json(ROW)
    assert Task.model_validate(ROW) == expected
    assert Task.model_validate_json(text) == expected
    assert TypeAdapter(list[Task]).validate_python([ROW, expected]) == [expected, expected]
    assert TypeAdapter(list[Task]).validate_json(b"[" + text + b"]") == [expected]
    assert Task.model_validate(ROW).model_fields_set == expected.model_fields_set
    assert Task.model_construct(name="x").model_dump() == {"name": "x"}
    with pytest.raises(FieldNotLoaded):
        _ = Task.model_construct(name="x").id


def test_a_row_can_be_a_field_of_an_ordinary_model() -> None:
    class Report(BaseModel):
        task: Task
        people: list[User] = []

    report = Report.model_validate({"task": ROW, "people": [{"ID": "1"}]})
    assert isinstance(report.task, Task)
    assert report.people == [User(id="1")]
    assert report.model_dump(by_alias=True)["people"] == [{"ID": "1"}]
    assert Report.model_validate_json(report.model_dump_json(by_alias=True)).task.name == "Write it"
    with pytest.raises(ValidationError) as caught:
        Report.model_validate({"task": {"assignedTo": {"ID": 1}}})
    assert caught.value.errors()[0]["loc"] == ("task", "assignedTo", "ID")
    assert set(Report.model_json_schema()["$defs"]) == {"Task", "User", "JsonValue"}


def test_the_json_schema_does_not_follow_references() -> None:
    schema = Task.model_json_schema()
    properties = schema["properties"]
    assert len(properties) == len(Task.model_fields)
    assert properties["assignedTo"]["anyOf"][0] == {"title": "User", "type": "object"}
    assert properties["children"]["anyOf"][0] == {"type": "array", "items": {"title": "Task", "type": "object"}}
    assert properties["plannedCompletionDate"]["anyOf"][0] == {"type": "string", "format": "date-time"}
    assert properties["dueDate"]["anyOf"][0] == {"type": "string", "format": "date"}
    assert "User" not in schema.get("$defs", {})
    assert Task.model_json_schema(mode="serialization")["properties"].keys() == properties.keys()


COPIES: dict[str, Callable[[Task], Task]] = {
    "pickle": lambda row: pickle.loads(pickle.dumps(row)),  # noqa: S301
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "model_copy": lambda row: row.model_copy(),
    "deep model_copy": lambda row: row.model_copy(deep=True),
}


@pytest.mark.parametrize("way", COPIES)
@pytest.mark.parametrize("make", [Task.from_wire, Task.model_validate])
def test_a_copy_is_equal_and_independent(way: str, make: Any) -> None:
    task = make(ROW)
    twin = COPIES[way](task)
    assert twin == task
    assert twin.model_fields_set == task.model_fields_set
    assert twin.to_wire() == task.to_wire()
    twin.name = "Another"
    assert twin.model_extra is not None
    twin.model_extra["DE:Region"] = "APAC"
    assert (task.name, task["DE:Region"]) == ("Write it", "EMEA")
    with pytest.raises(FieldNotLoaded):
        _ = twin.task_number


def test_model_copy_updates() -> None:
    task = Task.from_wire({"ID": "1"}).model_copy(update={"name": "New", "DE:Region": "EMEA"})
    assert task.to_wire() == {"ID": "1", "name": "New", "DE:Region": "EMEA"}


def test_rows_are_equal_if_they_hold_the_same() -> None:
    assert Task.from_wire({"ID": "1"}) == Task(id="1")
    assert Task.from_wire({"ID": "1"}) != Task.from_wire({"ID": "1", "name": None})
    assert Task.from_wire({"ID": "1"}) != Task.from_wire({"ID": "1", "DE:X": 1})
    assert Task.from_wire({"ID": "1"}) != Project.from_wire({"ID": "1"})  # type: ignore[comparison-overlap]


@pytest.mark.parametrize("make", [Task.from_wire, Task.model_validate])
def test_assignment_marks_a_field_as_set(make: Any) -> None:
    task = make({"ID": "1"})
    task.name = "New"
    task.parent = None
    assert task.model_fields_set == {"id", "name", "parent"}
    assert task.model_dump(by_alias=True, exclude_unset=True) == {"ID": "1", "name": "New", "parent": None}
    del task.name
    assert not hasattr(task, "name")


def test_a_naive_datetime_is_refused_when_written_at_the_latest() -> None:
    with pytest.raises(ValidationError, match="no time zone"):
        Task(planned_completion_date=datetime(2024, 1, 1))  # noqa: DTZ001
    task = Task(id="1")
    task.planned_completion_date = datetime(2024, 1, 1)  # noqa: DTZ001
    with pytest.raises(Exception, match="no time zone"):
        task.to_wire()


def test_the_repr_is_short_and_keeps_secrets() -> None:
    user = User.from_wire(
        {"ID": "5d80", "name": "Ada", "password": "hunter2", "DE:Pin": "1234", "manager": {"ID": "1"}}
    )
    assert repr(user) == "User(id='5d80', name='Ada', loaded=5)"
    assert repr(Task.from_wire({})) == "Task(loaded=0)"
    assert "hunter2" not in str(user)


def test_member_names_that_pydantic_protects_are_free(recwarn: pytest.WarningsRecorder) -> None:
    assert Task.from_wire({"modelName": "m"}).model_name == "m"
    assert not recwarn.list
