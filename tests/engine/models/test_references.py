"""Rows in rows: read at any depth, imported when they are first met."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from pydantic import ValidationError

from tests.support.models_fixture import Project, Task, User
from tests.support.places import ROOT
from workfront_core.models import mismatch as misfit


@pytest.fixture(autouse=True)
def _nothing_noted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misfit, "_noted", set())


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
