"""Rows as typed objects: they hold what the server sent, nothing else, and never fail on a value that does not fit."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from threading import Barrier
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import AliasChoices, BaseModel, Field, TypeAdapter, ValidationError, field_validator, model_validator

from tests.support.models_fixture import Priority, Project, Task, TaskStatus, User
from tests.support.places import ROOT
from workfront_core.models import mismatch as misfit
from workfront_core.models import row_validators as shape
from workfront_core.models.model import FieldNotLoaded, WorkfrontObject

ROW: dict[str, Any] = {
    "ID": "4c78821c0000d6fa8d5e52f07a1d54d0",
    "name": "Write it",
    "objCode": "TASK",
    "percentComplete": 40,
    "plannedCompletionDate": "2017-03-24T17:00:00:000+0400",
    "dueDate": "2017-03-25",
    "status": "INP:A",
    "priority": 3,
    "actualCost": "12.50",
    "parent": None,
    "assignedTo": {"ID": "5d80", "name": "Ada", "objCode": "USER"},
    "children": [{"ID": "1", "objCode": "TASK"}, {"ID": "2", "parent": {"ID": "4c78"}}],
    "parameterValues": {"DE:Region": "EMEA", "DE:Tags": ["a", "b"]},
    "DE:Region": "EMEA",
}


@pytest.fixture(autouse=True)
def _nothing_noted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misfit, "_noted", set())


def _messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "workfront"]


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
    with pytest.raises(ValidationError, match="Task"):
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


# --- Values that do not fit -------------------------------------------------------------------------------------------


def test_a_value_that_does_not_fit_stays_as_it_came(caplog: pytest.LogCaptureFixture) -> None:
    task = Task.from_wire({"ID": "1", "taskNumber": "seven", "accessorIDs": ["a", 5], "dueDate": "2017-03-25T10:00:00"})
    assert [task.id, task.task_number] == ["1", "seven"]
    assert task.accessor_ids == ["a", 5]
    assert task["dueDate"] == "2017-03-25T10:00:00"
    assert task.model_fields_set == {"id", "task_number", "accessor_ids", "due_date"}
    assert len(_messages(caplog)) == 3


def test_it_is_logged_once_for_a_class_and_field_without_the_value(caplog: pytest.LogCaptureFixture) -> None:
    Task.from_wire_rows([{"ID": "1", "taskNumber": "secret-one"}, {"ID": "2", "taskNumber": "secret-two"}])
    (message,) = _messages(caplog)
    assert "Task.task_number" in message
    assert "secret" not in message


def test_only_the_nested_value_that_does_not_fit_stays_raw(caplog: pytest.LogCaptureFixture) -> None:
    task = Task.from_wire({"assignedTo": {"ID": "5d80", "loginCount": "many", "manager": "6e91"}, "priority": 1})
    assert task.priority is Priority.LOW
    assert isinstance(task.assigned_to, User)
    assert [task.assigned_to.id, task.assigned_to.login_count] == ["5d80", "many"]
    assert task.assigned_to["manager"] == "6e91"
    assert {message.split(":")[0] for message in _messages(caplog)} == {"User.login_count", "User.manager"}


def test_one_odd_element_leaves_the_rest_of_a_collection_typed(caplog: pytest.LogCaptureFixture) -> None:
    task = Task.from_wire({"children": [{"ID": "1"}, "2", None]})
    assert task["children"] == [Task.from_wire({"ID": "1"}), "2", None]
    assert ["Task.children" in message for message in _messages(caplog)] == [True]


def test_a_collection_of_another_form_stays_raw(caplog: pytest.LogCaptureFixture) -> None:
    task = Task.from_wire({"ID": "1", "children": {"1": {"ID": "1"}}})
    assert task["children"] == {"1": {"ID": "1"}}
    assert "Task.children" in _messages(caplog)[0]


def test_what_does_not_fit_goes_back_to_the_wire_unchanged() -> None:
    row = {
        "ID": "1",
        "taskNumber": "seven",
        "plannedCompletionDate": "soon",
        "assignedTo": "5d80",
        "status": 3,
        "actualCost": "x",
    }
    assert Task.from_wire(row).to_wire() == row


def test_text_that_names_a_boolean_or_number_fits(caplog: pytest.LogCaptureFixture) -> None:
    task = Task.from_wire({"isDone": "true", "taskNumber": "7", "percentComplete": "40.5"})
    assert (task.is_done, task.task_number, task.percent_complete) == (True, 7, 40.5)
    assert not _messages(caplog)


def test_strict_reports_every_misfit_with_its_place_in_wire_names() -> None:
    row = {
        "ID": "1",
        "taskNumber": "seven",
        "assignedTo": {"ID": 5, "manager": {"loginCount": "many"}},
        "children": [{"ID": "1"}, "2"],
    }
    with pytest.raises(ValidationError) as caught:
        Task.from_wire(row, strict=True)
    assert {error["loc"] for error in caught.value.errors()} == {
        ("taskNumber",),
        ("assignedTo", "ID"),
        ("assignedTo", "manager", "loginCount"),
        ("children", 1),
    }
    with pytest.raises(ValidationError):
        Task.from_wire_rows([{"ID": "1"}, row], strict=True)


def test_strict_reads_a_good_row_as_lenient_does() -> None:
    assert Task.from_wire(ROW, strict=True) == Task.from_wire(ROW)


def test_the_text_of_an_error_holds_no_value() -> None:
    with pytest.raises(ValidationError) as caught:
        User.from_wire({"password": ["hunter2"], "manager": {"password": ["hunter2"]}}, strict=True)
    assert "hunter2" not in str(caught.value)


# --- References -------------------------------------------------------------------------------------------------------


def test_a_reference_takes_a_mapping_an_instance_or_none() -> None:
    user = User(id="5d80")
    assert Task(assigned_to=user).assigned_to is user
    assert Task.model_validate({"assignedTo": {"ID": "5d80"}}).assigned_to == user
    assert Task(assigned_to=None).assigned_to is None


@pytest.mark.parametrize("value", ["5d80", 5, Project(id="p"), [User(id="5d80")]])
def test_anything_else_is_refused_outside_lenient_reading(value: Any) -> None:
    with pytest.raises(ValidationError, match="Input should be a User row"):
        Task(assigned_to=value)


def test_a_target_is_imported_with_its_first_value_and_not_before() -> None:
    code = """
import sys
from tests.support.models_fixture import Task
room = 'tests.support.models_fixture.models.'
loaded = lambda: sorted(name.rpartition('.')[2] for name in sys.modules if name.startswith(room))
print(*loaded())
Task.from_wire({'ID': '1', 'assignedTo': None, 'children': [{'ID': '2'}]}); print(*loaded())
Task.from_wire({'assignedTo': {'ID': '3'}}); print(*loaded())
Task.model_json_schema(); print(*loaded())
"""
    found = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout.splitlines()
    assert found == ["task", "task", "task user", "task user"]


def test_circles_of_references_are_read_to_any_depth() -> None:
    row: dict[str, Any] = {"ID": "0"}
    for depth in range(1, 60):
        row = {"ID": str(depth), "tasks": [row]} if depth % 2 else {"ID": str(depth), "project": row}
    project = Project.from_wire(row)
    assert project.tasks is not None
    assert project.tasks[0].project is not None
    assert project.to_wire() == row


def test_the_path_tree_is_imported_on_first_use_and_kept() -> None:
    assert Task.f is Task.f
    assert Task.f.obj_code == "TASK"
    assert type(User.f).__module__ == "tests.support.models_fixture.paths.user"


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


# --- Subclasses of users ----------------------------------------------------------------------------------------------


class PlainSubclass(Task):
    """Only members of its own, in the way of generated ones: as fast as its base."""

    region: str | None = None
    score: int | None = None


class RichSubclass(Task):
    """All that pydantic offers."""

    region: str
    weight: int = 1
    tags: list[str] | None = None

    @field_validator("region")
    @classmethod
    def _upper(cls, value: str) -> str:
        return value.upper()

    @model_validator(mode="after")
    def _sane(self) -> RichSubclass:
        if self.weight > 100:
            raise ValueError("too heavy")
        return self

    @property
    def label(self) -> str:
        return f"{self.name} ({self.region})"


def test_a_subclass_adds_members() -> None:
    task = PlainSubclass.from_wire(ROW | {"region": "EMEA", "score": "5"})
    assert (task.region, task.score, task.priority) == ("EMEA", 5, Priority.HIGH)
    assert task["region"] == "EMEA"
    with pytest.raises(FieldNotLoaded):
        _ = PlainSubclass.from_wire(ROW).region
    assert Task.from_wire(ROW | {"region": "EMEA"}).model_extra == {"DE:Region": "EMEA", "region": "EMEA"}


def test_a_subclass_keeps_validators_defaults_and_required_fields() -> None:
    task = RichSubclass.from_wire({"name": "x", "region": "emea", "taskNumber": "seven"})
    assert task.label == "x (EMEA)"
    assert task.weight == 1
    assert task["taskNumber"] == "seven"
    assert task.model_fields_set == {"name", "region", "task_number"}
    for absent in ("tags", "id"):
        assert not hasattr(task, absent)
    for strict in (False, True):
        with pytest.raises(ValidationError, match="region"):
            RichSubclass.from_wire({"name": "x"}, strict=strict)
        with pytest.raises(ValidationError, match="too heavy"):
            RichSubclass.from_wire({"region": "x", "weight": 101}, strict=strict)


def test_a_subclass_may_read_a_member_under_several_names() -> None:
    class Choosing(Task):
        rank: int | None = Field(default=None, validation_alias=AliasChoices("rank", "DE:Rank"))

    assert Choosing.from_wire({"DE:Rank": 5}).rank == 5
    with pytest.raises(ValidationError, match="DE:Rank"):
        Choosing.from_wire({"DE:Rank": "first"})


def test_a_subclass_may_validate_assignments() -> None:
    class Checked(Task, validate_assignment=True):
        pass

    task = Checked.from_wire({"ID": "1", "parent": None})
    task.priority = 3  # pyright: ignore[reportAttributeAccessIssue]
    assert task.priority is Priority.HIGH
    assert task.model_dump() == {"id": "1", "parent": None, "priority": Priority.HIGH}
    with pytest.raises(ValidationError):
        task.task_number = "seven"  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]


def test_a_subclass_may_have_private_attributes() -> None:
    class Marked(Task):
        _seen: bool = False

    task = Marked.from_wire({"ID": "1"})
    task._seen = True  # noqa: SLF001
    assert (task._seen, copy.deepcopy(task)._seen) == (True, True)  # noqa: SLF001
    assert task.to_wire() == {"ID": "1"}


# --- The fast way -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", [Task, Project, User, PlainSubclass])
def test_generated_classes_take_the_fast_way(cls: type[WorkfrontObject]) -> None:
    # It reads the core schema that pydantic built; should another pydantic build another one, this tells.
    assert cls.__workfront_shapes__[("ID", "name")].read is not None


def test_other_classes_take_the_ordinary_way() -> None:
    assert RichSubclass.__workfront_shapes__[("ID", "name")].read is None


def test_shapes_are_built_once_for_a_set_of_keys() -> None:
    class Fresh(Task):
        pass

    Fresh.from_wire_rows([{"ID": "1", "name": "a"}, {"ID": "2", "name": None}])
    assert list(Fresh.__workfront_shapes__) == [("ID", "name")]


def test_shapes_do_not_pile_up() -> None:
    class Fresh(Task):
        pass

    for number in range(shape.LIMIT + 20):
        assert Fresh.from_wire({"ID": str(number), f"DE:{number}": number})[f"DE:{number}"] == number
    assert len(Fresh.__workfront_shapes__) == shape.LIMIT


def test_sixteen_threads_may_start_at_once() -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from tests.support import models_fixture
start = Barrier(16)
def read(number):
    start.wait()
    user = {"ID": "2", "projects": [{"ID": "3", "owner": {"ID": "4"}}]}
    rows = [{"ID": "1", "assignedTo": user, f"DE:{n % 40}": n} for n in range(300)]
    tasks = models_fixture.Task.from_wire_rows(rows, strict=True)
    return tasks[-1].assigned_to.projects[0].owner.id, models_fixture.Task.f.obj_code, len(tasks[0].model_fields_set)
with ThreadPoolExecutor(16) as pool:
    print(*set(pool.map(read, range(16))))
"""
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "('4', 'TASK', 3)"


def test_threads_evicting_shapes_disturb_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "LIMIT", 4)
    start = Barrier(16)

    class Fresh(Task):
        pass

    def read(number: int) -> bool:
        start.wait()
        return all(Fresh.from_wire({"ID": "1", f"DE:{(n + number) % 9}": n}).id == "1" for n in range(200))

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(read, range(16)))
    assert len(Fresh.__workfront_shapes__) <= 4


def test_every_generated_class_takes_the_fast_way() -> None:
    v22 = pytest.importorskip("workfront_client.v22")
    models = [getattr(v22, name) for name in v22.OBJECTS.values()]
    assert len(models) == 174
    assert [cls for cls in models if cls.__workfront_shapes__[("ID", "name")].read is None] == []
