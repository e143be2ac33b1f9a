"""Rows never fail on a value that does not fit, unless they are read strictly."""

from __future__ import annotations

from typing import Any, Final

import pytest
from pydantic import ValidationError

from tests.support.models_fixture import Priority, Task, User
from tests.support.rows_kit import ROW
from workfront_client import v21, v22
from workfront_core.errors import ProtocolError
from workfront_core.models import mismatch as misfit
from workfront_core.query.model_fields import by_wire_name

HUGE: Final = 10**400
"""Beyond all floats."""


@pytest.fixture(autouse=True)
def _nothing_noted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misfit, "_noted", set())


def _messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "workfront"]


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


@pytest.mark.parametrize("version", [v21, v22])
def test_a_number_beyond_all_floats_is_written_as_it_came_in_every_field(version: Any) -> None:
    for name in version.OBJECTS.values():
        model = getattr(version, name)
        for wire in by_wire_name(model):
            for value in (HUGE, -HUGE):
                assert model.from_wire({"ID": "1", wire: value}).to_wire().get(wire) in {value, str(value)}, wire


def holding_itself() -> list[Any]:
    rows: list[Any] = []
    rows.append(rows)
    return rows


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("name", ["assignments", "DE:Rows", "unknownRows"])
def test_a_row_that_holds_itself_is_refused(name: str, strict: bool) -> None:
    with pytest.raises((ProtocolError, ValidationError)):
        v22.Task.from_wire({"ID": "1", name: holding_itself()}, strict=strict)
