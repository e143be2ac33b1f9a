"""Writes that type checkers must reject: every line marked ``# E`` is an error, no other line is. Never run."""

from __future__ import annotations

from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.operations import operation
from workfront_core.operations.access_rules import AccessGrant, AccessorKind, CoreAction


def values_of_another_kind(wf: Workfront) -> None:
    wf.task.create(percent_complete="half")  # E
    wf.task.create(planned_completion_date="2026-01-01")  # E
    wf.task.create(name=5)  # E
    wf.task.create(assigned_to="1")  # E
    wf.task.update("1" * 32, name=["x"])  # E
    wf.task.update("1" * 32, nmae="x")  # E
    wf.task.update(None, name="x")  # E
    wf.task.create(custom="x")  # E


def rows_of_another_kind(wf: Workfront, projects: list[Project]) -> None:
    wf.task.create_many([{"nmae": "x", "percent_complete": 5.0}])  # E
    wf.task.create_many([{"name": 5}])  # E
    wf.task.create_many({"name": "x"})  # E
    wf.task.create_many(projects)  # E
    wf.task.create_many([], on_error="ignore")  # E
    wf.task.update_many([{"name": "x"}])  # E
    wf.task.update_many([("1" * 32, {"name": 5})])  # E
    wf.task.update_many([(1, {"name": "x"})])  # E
    wf.task.delete_many([1])  # E


def sharing_with_texts(wf: Workfront) -> None:
    AccessGrant("1", "USER", CoreAction.VIEW)  # E
    AccessGrant("1", AccessorKind.USER, "VIEW")  # E
    wf.task.share("1" * 32, "2")  # E
    wf.task.share_public("1" * 32, "VIEW")  # E


def members_of_another_object(wf: Workfront) -> None:
    wf.task.members(Project.f.tasks, "1")  # E
    wf.task.members("approvers", "1")  # E
    wf.task.members(Task.f.approvers, "1").add("2")  # E


async def batches(wf: Workfront, aio: AsyncWorkfront) -> None:
    wf.batch().call(wf.task.get)  # E
    wf.batch().call(wf.task.create, nmae="x")  # E
    wf.batch().add(wf.task.get("1" * 32))  # E
    wf.send_batch(operation.get(Task, "1" * 32))  # E
    (await aio.send_batch((operation.get(Task, "1" * 32), operation.count(Task))))[0].name  # E
