"""Enums of wire names: made when somebody asks, and just what the stub beside them says."""

from __future__ import annotations

import ast
import copy
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest

from tests.support.waiting import PATIENCE
from workfront_client import v22
from workfront_client.v22 import Project, ProjectField, TaskField, fields
from workfront_core import QueryError, custom
from workfront_core.operations import operation

VERSIONS = ("v21", "v22")


def declared(version: str) -> dict[str, dict[str, str]]:
    """The classes of the stub with their members, in order."""
    module = import_module(f"workfront_client.{version}.fields")
    stub = ast.parse(Path(str(module.__file__)).with_suffix(".pyi").read_text("utf-8"))
    classes = (node for node in stub.body if isinstance(node, ast.ClassDef))
    return {node.name: dict(map(_member, filter(_assigns, node.body))) for node in classes}


def _assigns(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign)


def _member(node: ast.stmt) -> tuple[str, str]:
    assert isinstance(node, ast.Assign)
    assert isinstance(node.targets[0], ast.Name)
    return node.targets[0].id, ast.literal_eval(node.value)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_enum_is_what_its_stub_says(version: str) -> None:
    module, stub = import_module(f"workfront_client.{version}.fields"), declared(version)
    made = {name: {member.name: member.value for member in getattr(module, name)} for name in stub}
    assert {name: list(members.items()) for name, members in made.items()} == {
        name: list(members.items()) for name, members in stub.items()
    }
    assert len(stub) == len(import_module(f"workfront_client.{version}").OBJECTS)
    assert set(stub) <= set(dir(module))


def test_an_enum_is_a_class_as_any_other() -> None:
    assert issubclass(TaskField, StrEnum)
    assert (TaskField.__module__, TaskField.__qualname__) == ("workfront_client.v22.fields", "TaskField")
    assert "Task (TASK)" in str(TaskField.__doc__)
    assert pickle.loads(pickle.dumps(TaskField.NAME)) is TaskField.NAME  # noqa: S301 - our own
    assert copy.deepcopy(TaskField.NAME) is TaskField.NAME
    assert fields.TaskField is v22.TaskField is TaskField


def test_threads_that_ask_at_once_get_one_class() -> None:
    fields.__dict__.pop("NoteField", None)
    with ThreadPoolExecutor(16) as threads:
        found = set(threads.map(lambda _: fields.NoteField, range(64), timeout=PATIENCE))
    assert len(found) == 1


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match="Did you mean TaskField"):
        fields.TsakField  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def test_no_model_and_no_other_enum_is_loaded() -> None:
    program = (
        "import sys; from workfront_client.v22 import TaskField\n"
        "modules = [name for name in sys.modules if name.startswith('workfront_client.v22.')]\n"
        "made = [name for name in vars(sys.modules['workfront_client.v22.fields']) if 'Field' in name]\n"
        "print(*sorted(modules)); print(*made)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    modules, enums = done.stdout.splitlines()
    assert modules.split() == [f"workfront_client.v22.{name}" for name in ("fields", "paths", "paths.task")]
    assert enums == "TaskField"


ID = "4c78821c0000d6fa8d5e52f07a1d54d0"
FOREIGN: Mapping[str, Callable[[], object]] = {
    "a search": lambda: operation.search(Project, fields=[TaskField.NAME]),
    "one object": lambda: operation.get(Project, ID, fields=["name", TaskField.NAME]),
    "several objects": lambda: operation.get_many(Project, [ID], fields=[TaskField.NAME]),
    "a create": lambda: operation.create(Project, {"name": "x"}, fields=[TaskField.NAME]),
    "an update": lambda: operation.update(Project, ID, {"name": "x"}, fields=[TaskField.NAME]),
    "a copy": lambda: operation.copy(Project, ID, fields=[TaskField.NAME]),
    "a flat row": lambda: Project.from_wire({"ID": ID, "name": "x"}).flat([TaskField.NAME]),
}


@pytest.mark.parametrize("use", FOREIGN.values(), ids=FOREIGN)
def test_a_name_of_another_objects_field_is_refused(use: Callable[[], object]) -> None:
    with pytest.raises(QueryError, match=r"TaskField\.NAME(.|\n)*another object(.|\n)*Take a member of ProjectField"):
        use()


def test_names_of_an_objects_own_fields_are_taken() -> None:
    assert operation.get(Project, ID, fields=[ProjectField.NAME, "owner:name"]).params
    assert Project.from_wire({"ID": ID, "name": "x"}).flat([ProjectField.NAME]) == {"name": "x"}


VALUES: Mapping[str, Callable[[], object]] = {
    "==": lambda: Project.f.name == ProjectField.NAME,
    "!=": lambda: Project.f.status != ProjectField.NAME,
    "in_": lambda: Project.f.name.in_([ProjectField.NAME]),
    "not_in": lambda: Project.f.name.not_in([ProjectField.NAME]),
    "<": lambda: Project.f.name < ProjectField.NAME,
    "custom": lambda: custom("Region") == ProjectField.NAME,
    "a create": lambda: operation.create(Project, {"name": ProjectField.NAME}),
    "an update": lambda: operation.update(Project, ID, {"status": ProjectField.NAME}),
}


@pytest.mark.parametrize("use", VALUES.values(), ids=VALUES)
def test_the_name_of_a_field_is_not_a_value(use: Callable[[], object]) -> None:
    with pytest.raises(QueryError, match=r"ProjectField\.NAME: 'name'> is the name of a field"):
        use()
