"""Correct code that type checkers once took for wrong: none of them says anything about it. Never run."""

from __future__ import annotations

import csv
from collections.abc import Iterator, KeysView
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, assert_type

from workfront_client import AccessGrant, FilterCondition, custom
from workfront_client.v22 import (
    AccessRule,
    AsyncWorkfront,
    Condition,
    Hour,
    Priority,
    Project,
    ProjectField,
    ProjectStatus,
    Task,
    TaskStatus,
    User,
    Workfront,
)
from workfront_client.v22.async_services.task import AsyncTaskService
from workfront_client.v22.services.hour import HourService
from workfront_client.v22.services.task import TaskService


class OwnStatus(StrEnum):
    """Codes of a tenant's own."""

    ON_ICE = "ICE"


class OwnUser(User):
    """Users with more to them."""


class HasTasks(Protocol):
    """What a function asks of a client."""

    @property
    def task(self) -> TaskService: ...


class HasTasksAndHours(HasTasks, Protocol):
    """More of a client, one protocol on another."""

    @property
    def hour(self) -> HourService: ...


class ReadsTasks(Protocol):
    """What a function asks of a service."""

    def get(self, object_id: str, /) -> Task: ...


class HasReader(Protocol):
    """A client of which nothing but one method of one service is asked."""

    @property
    def task(self) -> ReadsTasks: ...


class AwaitsTasks(Protocol):
    """The same of an asynchronous client."""

    @property
    def task(self) -> AsyncTaskService: ...


class StandIn:
    """What a suite puts in place of a client."""

    def __init__(self, task: TaskService) -> None:
        self.task = task


def takes_one_service(tasks: TaskService) -> str | None:
    return tasks.get("1" * 32).name


def gives_one_service(wf: Workfront) -> None:
    takes_one_service(wf.task)


def names_of_engine_and_package_beside_each_other(task: Task, rule: AccessRule, grant: AccessGrant) -> None:
    mine: FilterCondition[Task] = Task.f.condition == Condition.GOING_SMOOTHLY
    print(mine, task, rule, grant)


def exact_amounts(wf: Workfront) -> None:
    wf.project.create(budget=Decimal("5.5"))
    wf.project.create(name="x", budget=5.5)
    wf.hour.create(hours=Decimal("1.25"))
    wf.project.search(Project.f.budget > Decimal("5.5"))


def rows_from_elsewhere(wf: Workfront, names: list[str], file: Iterator[str]) -> None:
    rows = [{"name": name} for name in names]
    wf.task.create_many(rows)
    wf.task.create_many(csv.DictReader(file))
    wf.task.update_many([("1" * 32, row) for row in rows])
    changes = [("1" * 32, {"name": name}) for name in names]
    wf.task.update_many(changes, on_error="collect")
    wf.task.create_many([{"name": "x", "percent_complete": 5.0}, Task(name="y")], atomic=True)


def fields_kept_in_a_variable(wf: Workfront) -> None:
    fields = ["name", Task.f.project.name]
    wf.task.search(fields=fields)
    texts = ["name", "DE:Region"]
    wf.task.get("1" * 32, fields=texts)
    members = [ProjectField.NAME, ProjectField.STATUS]
    wf.project.get("1" * 32, fields=members)
    paths = (Task.f.name, custom("Region"))
    wf.task.get_many(["1" * 32], fields=paths)


def names_of_tasks(client: HasTasks) -> list[str | None]:
    return [task.name for task in client.task.search()]


def hours_of_tasks(client: HasTasksAndHours) -> int:
    return client.hour.count() + client.task.count()


def one_task(tasks: ReadsTasks) -> Task:
    return tasks.get("1" * 32)


def one_task_of(client: HasReader) -> Task:
    return client.task.get("1" * 32)


async def awaited_tasks(client: AwaitsTasks) -> list[str | None]:
    return [task.name async for task in client.task.search()]


async def a_part_of_the_asynchronous_client(wf: AsyncWorkfront) -> None:
    await awaited_tasks(wf)
    assert_type(wf.task, AsyncTaskService)


def a_part_of_the_client(wf: Workfront) -> None:
    assert_type(wf.task, TaskService)
    names_of_tasks(wf)
    names_of_tasks(wf.with_options(timeout=5))
    names_of_tasks(StandIn(wf.task))
    hours_of_tasks(wf)
    one_task(wf.task)
    one_task_of(wf)
    with wf.dry_run() as dry:
        names_of_tasks(dry)
    assert_type(wf.by_code("TASK").get("1" * 32), Task)


def rows_for_references(wf: Workfront, user: User, project: Project, own: OwnUser, row: dict[str, object]) -> None:
    wf.task.create(assigned_to=user, project=project)
    wf.task.update("1" * 32, assigned_to=own)
    wf.task.update("1" * 32, assigned_to=row, project={"id": "1" * 32})
    wf.task.update("1" * 32, assigned_to=None, predecessors=[{"predecessor_id": "2" * 32}, row])
    wf.task.update("1" * 32, assigned_to=wf.untyped("USER").get("2" * 32))
    wf.task.create_many([{"name": "x", "assigned_to": user}])


def codes(wf: Workfront, task: Task, code: str) -> None:
    wf.task.search(Task.f.status == "ICE")
    wf.task.search(Task.f.status == OwnStatus.ON_ICE)
    wf.task.search(Task.f.status.in_([TaskStatus.NEW, "ICE"]), Task.f.status != code)
    wf.task.search(Task.f.status.in_({TaskStatus.NEW, TaskStatus.COMPLETE}))
    wf.task.search(Task.f.priority >= Priority.HIGH, Task.f.priority != 7)
    wf.task.create(status=task.status, priority=task.priority)
    wf.task.create(status=OwnStatus.ON_ICE, priority=5)
    wf.project.update("1" * 32, status=ProjectStatus.CURRENT)


def days_and_instants(wf: Workfront, day: date, when: datetime) -> None:
    wf.task.search(Task.f.slack_date == day, Task.f.slack_date.between(day, day))
    wf.task.search(Task.f.planned_completion_date >= Task.f.slack_date, Task.f.slack_date < Task.f.entry_date)
    wf.task.search(Task.f.planned_completion_date < day, Task.f.planned_completion_date == when)
    wf.task.create(slack_date=day, planned_start_date=datetime.now(UTC))


def any_number_of_ids(wf: Workfront, tasks: list[Task], known: dict[str, Task]) -> None:
    wf.task.get_many([task.id for task in tasks])
    wf.task.get_many(task.id for task in tasks)
    wf.task.get_many({task.id for task in tasks})
    keys: KeysView[str] = known.keys()
    wf.task.delete_many(keys)
    wf.task.delete_many(map(str, known), force=True)


def lists_of_ids(wf: Workfront, tasks: list[str], people: tuple[str, ...], known: dict[str, Task]) -> None:
    wf.assignment.swap_users_on_tasks(task_ids=tasks, swap_from_user_id="1" * 32, swap_to_user_id="2" * 32)
    wf.assignment.swap_users_on_tasks(task_ids=known.keys(), swap_from_user_id="1" * 32, swap_to_user_id="2" * 32)
    wf.assignment.swap_users_on_tasks(task_ids={*tasks}, swap_role_ids=people)
    wf.task.update("1" * 32, audit_user_ids=people)
    wf.task.update("1" * 32, audit_user_ids=tasks)


def aggregates(wf: Workfront) -> None:
    wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours], max=[Hour.f.entry_date], count=[Hour.f.id])
    wf.task.report(sum=[Task.f.custom("Budget")], avg=[Task.f.percent_complete])
