"""The journal tells what a field was and is, as the type of the field, for the objects and the time asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from workfront_client.v22 import AsyncWorkfront, Hour, Project, Task, Workfront
from workfront_core import QueryError, raw_field
from workfront_testing import SandboxKit, in_process


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process({"now": "2026-07-01T09:00:00:000+0000"}) as made:
        yield made


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as client:
        yield client


@pytest.fixture
def task(wf: Workfront) -> str:
    project = wf.project.create(name="Site")
    return wf.task.create(name="First", project_id=project.id).id


def _values(found: Any) -> list[tuple[Any, Any]]:
    return [(change.old, change.new) for change in found if change.kind == "edited"]


def test_changes_come_oldest_first_with_who_and_when(kit: SandboxKit, wf: Workfront, task: str) -> None:
    for name in ("Second", "Third"):
        kit.time_travel(hours=1)
        wf.task.update(task, name=name)
    edits = [change for change in wf.journal_entry.changes(Task.f.name) if change.kind == "edited"]
    assert [(one.old, one.new, one.field, one.object_id) for one in edits] == [
        ("First", "Second", "name", task),
        ("Second", "Third", "name", task),
    ]
    assert [one.at for one in edits] == [datetime(2026, 7, 1, hour, tzinfo=UTC) for hour in (10, 11)]
    assert {one.by for one in edits} == {kit.sandbox.tenant.me}
    since = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    assert _values(wf.journal_entry.changes(Task.f.name, since=since)) == [("Second", "Third")]


def test_values_have_the_type_of_the_field(wf: Workfront, task: str) -> None:
    at = datetime(2026, 8, 3, 9, tzinfo=UTC)
    wf.task.update(task, percent_complete=40.0)
    wf.task.update(task, task_constraint="MSO", planned_start_date=at)
    numbers = _values(wf.journal_entry.changes(Task.f.percent_complete))
    assert [new for _, new in numbers] == [40.0]
    moments = _values(wf.journal_entry.changes(Task.f.planned_start_date))
    assert [new for _, new in moments] == [at]
    assert isinstance(moments[-1][1], datetime)


def test_only_the_objects_asked_for_come_however_many(wf: Workfront, task: str) -> None:
    project = wf.task.get(task, fields=["projectID"]).project_id
    assert project is not None
    other = wf.task.create(name="Other", project_id=project).id
    for one in (task, other):
        wf.task.update(one, name="Changed")
    assert [change.object_id for change in wf.journal_entry.changes(Task.f.name, ids=[other]) if change.old] == [other]
    many = [f"{number:032x}" for number in range(150)] + [other]
    assert len(_values(wf.journal_entry.changes(Task.f.name, ids=many))) == 1
    assert _values(wf.journal_entry.changes(Task.f.name, ids=[])) == []
    assert _values(wf.journal_entry.changes(Project.f.name)) == []


def test_fields_with_entries_are_told(wf: Workfront, task: str) -> None:
    wf.task.update(task, name="Changed", percent_complete=10.0)
    assert {"name", "percentComplete"} <= set(wf.journal_entry.recorded(Task))
    assert wf.journal_entry.recorded(Hour) == []


@pytest.mark.parametrize("field", [Task.f.project.name, raw_field("name"), "name", Task.f, None])
def test_what_is_not_a_field_of_an_object_is_refused(wf: Workfront, kit: SandboxKit, field: Any) -> None:
    with pytest.raises(QueryError):
        wf.journal_entry.changes(field)
    with pytest.raises(QueryError):
        wf.journal_entry.changes(Task.f.name, since=datetime(2026, 1, 1))  # noqa: DTZ001
    assert len(kit.log) == 0


def test_the_asynchronous_client_does_the_same(kit: SandboxKit, wf: Workfront, task: str) -> None:
    wf.task.update(task, name="Changed")

    async def found() -> tuple[list[Any], list[str]]:
        async with kit.client(AsyncWorkfront) as client:
            since = kit.sandbox.clock.now() - timedelta(hours=1)
            changes = [change async for change in client.journal_entry.changes(Task.f.name, since=since)]
            return _values(changes), await client.journal_entry.recorded(Task)

    values, names = asyncio.run(found())
    assert values == [("First", "Changed")]
    assert "name" in names
