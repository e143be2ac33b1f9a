"""What a user's editor and type checker must know about the generated package. Checked, never run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, assert_type

from pydantic import JsonValue

from workfront_client.v22 import (
    AsyncWorkfront,
    Hour,
    Issue,
    Priority,
    Project,
    ProjectField,
    ProjectStatus,
    Task,
    TaskStatus,
    User,
    Work,
    Workfront,
)
from workfront_core.auth import ApiKey
from workfront_core.query.condition import FilterCondition
from workfront_core.query.order import Order
from workfront_core.services.untyped_model import UntypedObject


def rows_are_typed(project: Project, task: Task, hour: Hour) -> None:
    assert_type(project.id, str)
    assert_type(task.work_per_date, dict[str, JsonValue] | None)
    assert_type(project.name, str | None)
    assert_type(project.status, ProjectStatus | str | None)
    assert_type(project.priority, Priority | int | None)
    assert_type(project.planned_start_date, datetime | None)
    assert_type(project.percent_complete, float | None)
    assert_type(project.accessor_ids, list[str] | None)
    assert_type(project.owner, User | None)
    assert_type(project.tasks, list[Task] | None)
    assert_type(hour.entry_date, date | None)
    assert_type(hour.actual_cost, Decimal | None)
    assert_type(Project(name="x", planned_start_date=datetime.now(UTC)), Project)


def paths_are_typed() -> None:
    assert_type(Task.f.percent_complete < 100, FilterCondition[Task])
    assert_type(Task.f.assigned_to.first_name == "John", FilterCondition[Task])
    assert_type(Task.f.search.is_complete == True, FilterCondition[Task])  # noqa: E712
    assert_type(Task.f.search.assignments_users_mm.first_name == "John", FilterCondition[Task])
    assert_type(Project.f.status == ProjectStatus.CURRENT, FilterCondition[Project])
    assert_type(Project.f.status == "CUR", FilterCondition[Project])
    assert_type((Task.f.name == "a") & ~(Task.f.status == TaskStatus.NEW), FilterCondition[Task])
    assert_type(Task.f.planned_completion_date.asc(), Order[Task])


def calls_are_typed(wf: Workfront) -> None:
    assert_type(
        wf.project.get("1" * 32, fields=[ProjectField.NAME, Project.f.owner.name, "DE:Region"]),
        Project,
    )
    assert_type(wf.issue.get("1" * 32), Issue)
    assert_type(wf.project.count(Project.f.status == ProjectStatus.CURRENT), int)
    assert_type(wf.project.create(name="x", status=ProjectStatus.PLANNING, priority=Priority.HIGH), Project)
    assert_type(wf.project.update("1" * 32, name=None, custom={"Region": "EMEA"}), Project)
    task = Task(id="1", name="x")
    assert_type(wf.task.update(task, fields=["name"], whole=True), Task)
    assert_type(wf.task.save(task), Task)
    assert_type(task.changes, Mapping[str, Any])
    wf.task.update_many([task], whole=True)
    wf.batch().call(wf.task.save, task)
    wf.batch().call(wf.task.update, "1" * 32, name="x")
    task["DE:Region"] = "North"
    assert_type(wf.untyped("OBJCAT").update("1" * 32, {"a": 1}), UntypedObject)
    assert_type(wf.untyped("OBJCAT").update(UntypedObject(id="1")), UntypedObject)
    assert_type(wf.work.my_work(), list[Work])
    assert_type(wf.task.bulk_copy(task_ids=["1"], project_id="2"), list[str])
    for task in wf.task.search(Task.f.percent_complete < 100, order_by=[Task.f.name.desc()]):
        assert_type(task, Task)


async def async_calls_are_typed(wf: AsyncWorkfront) -> None:
    assert_type(await wf.project.get("1" * 32), Project)
    assert_type(await wf.project.update(Project(id="1")), Project)
    assert_type(await wf.project.save(Project(id="1")), Project)
    assert_type(await wf.project.count(), int)
    assert_type(await wf.work.my_work(), list[Work])
    async for task in wf.task.search():
        assert_type(task, Task)


def the_client_is_a_context_manager() -> None:
    with Workfront("https://acme.my.workfront.com", auth=ApiKey("key")) as wf:
        assert_type(wf, Workfront)
