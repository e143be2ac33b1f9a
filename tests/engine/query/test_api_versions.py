"""What belongs to one API version is not given to another, whatever it is; packages of one version go together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.generator.test_custom_fields import SNAPSHOT
from tests.support.tenant_package import tenant_package
from workfront_client import all_of, any_of, exists, outer, parse, v21, v22
from workfront_core.bulk.results import BulkError
from workfront_core.errors import QueryError
from workfront_core.models.codes import refuse_foreign_code
from workfront_core.operations import operation
from workfront_core.sync import AsyncSync, DuckDB, Sync, Table
from workfront_testing import SandboxKit, in_process

ID = "a" * 32
VERSIONS: tuple[Any, Any] = (v21, v22)
OTHERS: dict[str, tuple[Any, Any]] = {"older": (v22, v21), "newer": (v21, v22)}
Call = Callable[[Any, Any, Any], Any]
"""A call of a client, given the package that it is of, and another one."""

CALLS: dict[str, Call] = {
    "search": lambda wf, _, other: wf.task.search(other.Task.f.name == "x").first(),
    "search by text": lambda wf, _, other: wf.task.search(parse("name = 'x'", other.Task)).first(),
    "joined": lambda wf, own, other: wf.task.search(all_of(own.Task.f.name == "x", other.Task.f.name == "y")).first(),
    "either": lambda wf, own, other: wf.task.count((own.Task.f.name == "x") | (other.Task.f.name == "y")),
    "any of": lambda wf, _, other: wf.task.count(any_of([other.Task.f.name == "x"])),
    "not": lambda wf, _, other: wf.task.count(~(other.Task.f.name == "x")),
    "over a relation": lambda wf, _, other: wf.task.count(other.Task.f.project.name == "x"),
    "custom": lambda wf, _, other: wf.task.count(other.Task.f.custom("Region") == "x"),
    "field beside field": lambda wf, own, other: wf.task.count(own.Task.f.name == other.Task.f.description),
    "row": lambda wf, own, other: wf.task.count(own.Task.f.assigned_to == other.User(id=ID)),
    "rows": lambda wf, own, other: wf.task.count(own.Task.f.assigned_to.in_([other.User(id=ID)])),
    "code": lambda wf, own, other: wf.task.count(own.Task.f.status == other.TaskStatus.NEW),
    "codes": lambda wf, own, other: wf.task.count(own.Task.f.status.in_([other.TaskStatus.NEW])),
    "number": lambda wf, own, other: wf.task.count(own.Task.f.priority == other.Priority.LOW),
    "order of codes": lambda wf, own, other: wf.task.count(own.Task.f.priority > other.Priority.LOW),
    "report": lambda wf, _, other: wf.task.report(other.Task.f.name == "x"),
    "groups": lambda wf, _, other: wf.task.report(group_by=[other.Task.f.name]),
    "sums": lambda wf, _, other: wf.task.report(sum=[other.Task.f.percent_complete]),
    "order": lambda wf, _, other: wf.task.search(order_by=[other.Task.f.name.asc()]).first(),
    "fields": lambda wf, _, other: wf.task.search(fields=[other.Task.f.name]).first(),
    "all fields": lambda wf, _, other: wf.task.get(ID, fields=[other.Task.f.all]),
    "names of fields": lambda wf, _, other: wf.task.get(ID, fields=[other.TaskField.NAME]),
    "fields of many": lambda wf, _, other: wf.task.get_many([ID], fields=[other.Task.f.name]),
    "fields of an update": lambda wf, _, other: wf.task.update(ID, name="x", fields=[other.Task.f.name]),
    "members": lambda wf, _, other: wf.task.members(other.Task.f.assignments, ID),
    "object inside": lambda wf, own, other: wf.user.count(
        exists(other.Task, other.Task.f.assigned_to_id == outer(own.User.f.id))
    ),
    "object outside": lambda wf, own, other: wf.user.count(
        exists(own.Task, own.Task.f.assigned_to_id == outer(other.User.f.id))
    ),
    "both": lambda wf, _, other: wf.user.count(
        exists(other.Task, other.Task.f.assigned_to_id == outer(other.User.f.id))
    ),
    "test inside": lambda wf, own, other: wf.user.count(
        exists(own.Task, own.Task.f.assigned_to_id == outer(own.User.f.id), other.Task.f.name == "x")
    ),
    "written code": lambda wf, _, other: wf.task.update(ID, status=other.TaskStatus.NEW),
    "new code": lambda wf, _, other: wf.task.create(name="x", priority=other.Priority.LOW),
    "codes of many": lambda wf, _, other: wf.task.create_many([{"name": "x", "priority": other.Priority.LOW}]),
    "code in a row": lambda wf, own, other: wf.task.save(with_status(own.Task, other.TaskStatus.NEW)),
    "written row": lambda wf, _, other: wf.task.update(other.Task.from_wire({"ID": ID, "name": "x"}), whole=True),
    "saved row": lambda wf, _, other: wf.task.save(other.Task(id=ID, name="x")),
    "rows of a change": lambda wf, _, other: wf.task.update_many([other.Task(id=ID, name="x")]),
    "new rows": lambda wf, _, other: wf.task.create_many([other.Task(name="x")]),
    "referenced row": lambda wf, _, other: wf.task.update(ID, assigned_to=other.User(id=ID)),
    "row inside": lambda wf, _, other: wf.task.update(ID, assignments=[other.Assignment(assigned_to_id=ID)]),
    "flat": lambda _, own, other: own.Task.from_wire({"name": "x"}).flat([other.Task.f.name]),
}


def with_status(model: Any, code: Enum) -> Any:
    row = model.from_wire({"ID": ID, "objCode": "TASK", "status": "CUR"})
    row.status = code
    return row


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with in_process({"TASK": [{"ID": ID, "name": "x"}]}) as made:
        yield made


async def awaited(wf: Any, call: Callable[[Any], Any]) -> None:
    async with wf:
        found = call(wf)
        if hasattr(found, "__await__"):
            await found


@pytest.mark.parametrize("packages", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_another_version_is_refused_with_the_import_to_write(
    kit: SandboxKit, packages: tuple[Any, Any], call: Call
) -> None:
    own, other = packages
    told = r"(?s)v21.*v22|v22.*v21"
    kit.log.clear()
    with kit.client(own.Workfront) as wf, pytest.raises((QueryError, BulkError), match=told):
        call(wf, own, other)
    with pytest.raises((QueryError, BulkError), match=told):
        asyncio.run(awaited(kit.client(own.AsyncWorkfront), lambda wf: call(wf, own, other)))
    assert not kit.log.sent


@pytest.mark.parametrize("packages", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("kind", [Sync, AsyncSync])
def test_a_sync_is_of_the_version_of_its_client(
    kit: SandboxKit, packages: tuple[Any, Any], kind: Any, tmp_path: Path
) -> None:
    own, other = packages
    client = kit.client(own.Workfront if kind is Sync else own.AsyncWorkfront)
    with pytest.raises(QueryError, match=f"from {own.__name__} import Task"):
        kind(client, DuckDB(tmp_path / "x.duckdb"), [Table(other.Task)])


@pytest.mark.parametrize("packages", OTHERS.values(), ids=OTHERS)
def test_no_object_of_a_version_is_asked_by_the_paths_of_another(packages: tuple[Any, Any]) -> None:
    own, other = packages
    common = own.OBJECTS.items() & other.OBJECTS.items()
    both = [(getattr(own, name), getattr(other, name)) for _, name in common]
    pairs = [(model, foreign) for model, foreign in both if hasattr(model.f, "id") and hasattr(foreign.f, "id")]
    assert len(pairs) > 100
    for model, foreign in pairs:
        assert operation.get(model, ID, fields=[model.f.id])
        with pytest.raises(QueryError, match=f"from {own.__name__} import {model.__name__}"):
            operation.get(model, ID, fields=[foreign.f.id])


def enums(package: ModuleType) -> dict[str, type[Enum]]:
    found = {name: getattr(package, name) for name in package.__all__}
    return {name: kind for name, kind in found.items() if isinstance(kind, type) and issubclass(kind, Enum)}


@pytest.mark.parametrize("packages", OTHERS.values(), ids=OTHERS)
def test_no_code_of_a_version_is_one_of_another(packages: tuple[Any, Any]) -> None:
    own, other = map(enums, packages)
    codes = [name for name in own.keys() & other.keys() if not name.endswith("Field")]
    assert len(codes) >= 50
    for name in codes:
        for member in own[name]:
            refuse_foreign_code(member, own[name], "state")
        for member in other[name]:
            with pytest.raises(QueryError, match=f"from {packages[0].__name__} import {name}"):
                refuse_foreign_code(member, own[name], "state")


def test_packages_of_one_version_go_together(tmp_path: Path) -> None:
    """A tenant's own package names what any other of its API version does; rows are of the client's package."""
    with tenant_package(SNAPSHOT, "tenant_of_versions", tmp_path) as own:
        for asked, given in ((own, v22), (v22, own)):
            assert operation.search(asked.Project, [given.Project.f.id == ID], fields=[given.Project.f.id])
            assert operation.search(asked.Project, order_by=[given.Project.f.id.asc()], fields=[given.ProjectField.ID])
        with pytest.raises(QueryError, match=r"from tenant_of_versions\.v22 import Project"):
            operation.search(own.Project, [v21.Project.f.id == ID])


class Own(v21.Task):
    """A class of a program, made of one of a version."""


def test_a_class_made_of_another_is_of_its_version() -> None:
    task: Any = v22.Task
    assert operation.search(Own, [v21.Task.f.name == "x"])
    with pytest.raises(QueryError, match=r"from workfront_client\.v22 import Task"):
        operation.search(task, [Own.f.name == "x"])
