"""Rows as typed objects: they hold what the server sent, nothing else."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from tests.support.models_fixture import Priority, Task, User
from tests.support.rows_kit import ROW
from workfront_core.errors import ProtocolError
from workfront_core.models import mismatch as misfit
from workfront_core.models.model import FieldNotLoaded, WorkfrontObject


@pytest.fixture(autouse=True)
def _nothing_noted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misfit, "_noted", set())


# --- What a row holds -------------------------------------------------------------------------------------------------


def test_a_row_gives_typed_values_by_python_name() -> None:
    task = Task.from_wire(ROW)
    assert task.name == "Write it"
    assert task.percent_complete == 40.0
    assert task.planned_completion_date == datetime(2017, 3, 24, 17, tzinfo=timezone(timedelta(hours=4)))
    assert task.due_date == date(2017, 3, 25)
    assert task.status == "INP:A"
    assert task.priority is Priority.HIGH
    assert task.actual_cost == Decimal("12.50")
    assert isinstance(task.assigned_to, User)
    assert task.assigned_to.name == "Ada"
    assert task.children is not None
    assert [child.id for child in task.children] == ["1", "2"]


def test_null_is_none_and_absence_is_an_error() -> None:
    task = Task.from_wire({"parent": None})
    assert task.parent is None
    with pytest.raises(FieldNotLoaded):
        _ = task.name


def test_the_error_names_class_field_and_what_to_ask_for() -> None:
    with pytest.raises(FieldNotLoaded) as caught:
        _ = Task.from_wire({"ID": "1"}).planned_completion_date
    message = str(caught.value)
    assert message.startswith("Task.planned_completion_date was not loaded")
    assert "'plannedCompletionDate'" in message
    assert "fields=" in message
    assert caught.value.name == "planned_completion_date"
    assert str(pickle.loads(pickle.dumps(caught.value))) == message  # noqa: S301


def test_absence_is_seen_by_hasattr_and_getattr() -> None:
    task = Task.from_wire({"ID": "1", "parent": None})
    assert hasattr(task, "parent")
    assert not hasattr(task, "name")
    assert getattr(task, "name", "no name") == "no name"


def test_a_name_no_task_has_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nmae'") as caught:
        _ = Task.from_wire(ROW).nmae  # type: ignore[attr-defined]
    assert not isinstance(caught.value, FieldNotLoaded)


def test_keys_the_class_does_not_know_are_kept() -> None:
    task = Task.from_wire({"ID": "1", "DE:Region": "EMEA", "newInV23": {"a": 1}})
    assert task.model_extra == {"DE:Region": "EMEA", "newInV23": {"a": 1}}
    assert task["DE:Region"] == "EMEA"
    assert task["newInV23"] == {"a": 1}


def test_items_go_by_wire_name() -> None:
    task = Task.from_wire(ROW)
    assert task["plannedCompletionDate"] is task.planned_completion_date
    assert task["ID"] == task.id
    assert task["objCode"] == "TASK"
    for missing in ("taskNumber", "DE:Other", "planned_completion_date"):
        with pytest.raises(KeyError, match="was not loaded") as caught:
            task[missing]
        assert isinstance(caught.value, FieldNotLoaded)


def test_in_asks_whether_the_server_sent_it() -> None:
    task = Task.from_wire({"ID": "1", "parent": None, "DE:Region": None})
    assert "parent" in task
    assert "DE:Region" in task
    assert "name" not in task
    assert "DE:Other" not in task


def test_the_object_code_is_known_and_not_kept_twice() -> None:
    task = Task.from_wire({"ID": "1", "objCode": "TASK"})
    assert task.obj_code == "TASK"
    assert not task.model_extra
    assert task.to_wire() == {"ID": "1"}


def test_another_object_code_is_kept() -> None:
    for task in (
        Task.from_wire({"ID": "1", "objCode": "OPTASK"}),
        Task.model_validate({"ID": "1", "objCode": "OPTASK"}),
    ):
        assert task["objCode"] == "OPTASK"
        assert task.model_extra == {"objCode": "OPTASK"}


def test_the_base_class_reads_rows_of_objects_nobody_described() -> None:
    row = WorkfrontObject.from_wire({"ID": "1", "objCode": "NEW", "name": "x"})
    assert row["name"] == "x"
    assert row["objCode"] == "NEW"
    assert row.to_wire() == {"ID": "1", "objCode": "NEW", "name": "x"}
    assert WorkfrontObject.model_validate({"ID": "1"})["ID"] == "1"


def test_an_empty_row_is_a_row() -> None:
    assert Task.from_wire({}).to_wire() == {}


def test_any_mapping_is_a_row_and_the_row_is_left_alone() -> None:
    original = copy.deepcopy(ROW)
    assert Task.from_wire(MappingProxyType(ROW)) == Task.from_wire(ROW)
    assert original == ROW


@pytest.mark.parametrize("row", ["4c78", 5, None, [ROW]])
def test_what_is_no_row_is_refused(row: Any) -> None:
    with pytest.raises(ProtocolError, match="A row of Task is an object by wire name"):
        Task.from_wire(row)


def test_a_page_of_rows_keeps_its_order() -> None:
    tasks = Task.from_wire_rows({"ID": str(number)} for number in range(5))
    assert [task.id for task in tasks] == ["0", "1", "2", "3", "4"]


# --- Back to the wire -------------------------------------------------------------------------------------------------


def test_a_row_goes_back_to_the_wire_as_it_came() -> None:
    row = ROW | {"actualCost": 12.5}
    del row["objCode"]
    row["assignedTo"] = {"ID": "5d80", "name": "Ada"}
    row["children"] = [{"ID": "1"}, {"ID": "2", "parent": {"ID": "4c78"}}]
    task = Task.from_wire(row)
    assert task.to_wire() == row
    assert Task.from_wire(task.to_wire()) == task


def test_a_dump_is_minimal() -> None:
    task = Task(name="New", assigned_to=User(id="5d80"), parent=None)
    assert task.model_dump(by_alias=True) == {"name": "New", "assignedTo": {"ID": "5d80"}, "parent": None}
    assert task.model_dump(exclude_unset=True) == {"name": "New", "assigned_to": {"id": "5d80"}, "parent": None}
    assert Task.from_wire({"ID": "1", "DE:X": 1}).model_dump(by_alias=True, exclude_unset=True) == {
        "ID": "1",
        "DE:X": 1,
    }
    assert Task.from_wire(ROW).model_dump(include={"name"}) == {"name": "Write it"}
    assert Task.from_wire({"ID": "1", "parent": None}).model_dump(exclude_none=True) == {"id": "1"}
