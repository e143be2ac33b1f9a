"""Rows on one level of names and values, as tables take them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from workfront_client.v22 import Project, Task, TaskField, TaskStatus
from workfront_core.errors import QueryError
from workfront_core.models.model import FieldNotLoaded
from workfront_core.query.custom_field import custom
from workfront_core.services.untyped_model import untyped_model

ROW: dict[str, Any] = {
    "ID": "1",
    "name": "Brief",
    "status": "INP",
    "plannedStartDate": "2026-03-18T09:00:00:000+0000",
    "DE:Region": "N",
    "project": {
        "ID": "2",
        "name": "Launch",
        "DE:Region": "S",
        "owner": {"ID": "3", "firstName": "Ana"},
        "sponsor": None,
    },
    "assignments": [{"ID": "4", "assignedTo": {"ID": "3", "name": "Ana"}}],
}
FLAT: dict[str, Any] = {
    "ID": "1",
    "name": "Brief",
    "status": TaskStatus.IN_PROGRESS,
    "plannedStartDate": datetime(2026, 3, 18, 9, tzinfo=UTC),
    "DE:Region": "N",
    "project:ID": "2",
    "project:name": "Launch",
    "DE:project:Region": "S",
    "project:owner:ID": "3",
    "project:owner:firstName": "Ana",
    "project:sponsor": None,
    "assignments": [{"ID": "4", "assignedTo:ID": "3", "assignedTo:name": "Ana"}],
}


def test_related_rows_are_taken_apart_under_the_names_that_fields_takes() -> None:
    assert Task.from_wire(ROW).flat() == FLAT


def test_an_object_without_a_schema_is_flat_as_well() -> None:
    row = untyped_model("GIZMO").from_wire({"ID": "1", "a": 1, "b": {"c": 2}})
    assert row.flat() == {"ID": "1", "a": 1, "b": {"c": 2}}


def test_asked_for_by_name_the_fields_come_in_that_order() -> None:
    row = Task.from_wire(ROW)
    fields = ["project:owner:firstName", TaskField.NAME, Task.f.project.name, custom("Region"), "DE:project:Region"]
    assert list(row.flat(fields).items()) == [
        ("project:owner:firstName", "Ana"),
        ("name", "Brief"),
        ("project:name", "Launch"),
        ("DE:Region", "N"),
        ("DE:project:Region", "S"),
    ]
    assert row.flat(["assignments:assignedTo:name"]) == {"assignments:assignedTo:name": ["Ana"]}


def test_every_name_that_a_flat_row_has_is_one_that_can_be_asked_for() -> None:
    row = Task.from_wire(ROW)
    names = [name for name in row.flat() if name != "assignments"]
    assert row.flat(names) == {name: value for name, value in row.flat().items() if name != "assignments"}


def test_behind_a_relation_that_leads_nowhere_there_is_nothing() -> None:
    row = Task.from_wire({"ID": "1", "project": None})
    names = ["project:name", "project:owner:name", "DE:project:Region"]
    assert row.flat(names) == dict.fromkeys(names)


def test_a_field_that_the_row_does_not_hold_is_an_error() -> None:
    with pytest.raises(FieldNotLoaded, match="plannedStartDate"):
        Task.from_wire({"ID": "1"}).flat(["ID", "plannedStartDate"])
    with pytest.raises(FieldNotLoaded, match="status"):
        Task.from_wire(ROW).flat(["project:status"])


@pytest.mark.parametrize("fields", ["name", 7])
def test_fields_are_a_list(fields: Any) -> None:
    with pytest.raises(QueryError, match="takes a list of fields"):
        Task.from_wire(ROW).flat(fields)


def test_rows_make_a_table() -> None:
    rows = [Task.from_wire(ROW), Task.from_wire({**ROW, "project": None})]
    columns = ["name", "status", "project:name"]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(row.flat(columns) for row in rows)
    assert out.getvalue().split() == ["name,status,project:name", "Brief,INP,Launch", "Brief,INP,"]


def test_a_row_within_itself_comes_to_an_end() -> None:
    project = Project(id="1")
    task = Task(id="2", project=project)
    project.tasks = [task]
    assert task.flat()["project:tasks"] == [task]
