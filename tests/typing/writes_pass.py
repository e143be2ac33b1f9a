"""Writes and the types they have. Checked by mypy and pyright, never run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import assert_type

from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, TaskValues, Workfront
from workfront_core.bulk.results import BulkProgress, BulkResult, RowResult
from workfront_core.bulk.rows import RowInput
from workfront_core.errors import WorkfrontError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import operation
from workfront_core.operations.access_rules import AccessGrant, AccessorKind, CoreAction
from workfront_core.request.request import Request
from workfront_core.services._async.collection_members import AsyncCollectionMembers
from workfront_core.services._sync.collection_members import CollectionMembers
from workfront_core.services.pending_batch import Slot
from workfront_core.services.request_of import request_of
from workfront_core.services.untyped_model import UntypedObject


def bulk(wf: Workfront, values: TaskValues, rows: list[TaskValues], tasks: list[Task]) -> None:
    assert_type(wf.task.create_many([{"name": "a"}, {"name": "b", "percent_complete": 5}]), BulkResult)
    assert_type(wf.task.create_many({"name": name} for name in "ab"), BulkResult)
    wf.task.create_many(rows, on_error="collect", resume=100, chunk_size=1)
    wf.task.create_many(tasks, atomic=True)
    wf.task.create_many([RowInput(values, custom={"Region": "N"}), {"name": "x"}])
    wf.task.update_many([("1" * 32, {"name": "a"}), ("2", {"planned_completion_date": datetime.now(UTC)})])
    wf.task.update_many((task.id or "", {"name": task.name}) for task in tasks)
    wf.task.update_many(tasks)
    result = wf.task.delete_many(["1" * 32, "2"], force=True, progress=lambda step: print(step.cursor))
    assert_type(result.failed, list[RowResult])
    assert_type(result.ids, list[str | None])
    assert_type(result.failed[0].error, WorkfrontError | None)


def told(step: BulkProgress) -> None:
    assert_type(step.in_flight, range)
    assert_type(step.latest, Sequence[RowResult])


def sharing(wf: Workfront) -> None:
    wf.task.share("1" * 32, AccessGrant("2", AccessorKind.USER, CoreAction.VIEW))
    wf.task.share(["1" * 32, "2"], AccessGrant("2", AccessorKind.TEAM, CoreAction.EDIT, ("SHARE",)))
    wf.task.unshare("1" * 32, "2", AccessorKind.USER)
    wf.task.share_public("1" * 32, CoreAction.EDIT)


def members(wf: Workfront, aio: AsyncWorkfront) -> None:
    assert_type(wf.task.members(Task.f.approvers, "1"), CollectionMembers[Task])
    assert_type(wf.task.members(Task.f.approvers, "1").present(), list[WorkfrontObject])
    assert_type(wf.task.members(Task.f.approvers, "1").add({"id": "2"}), list[str])
    assert_type(aio.task.members(Task.f.approvers, "1"), AsyncCollectionMembers[Task])


def batches(wf: Workfront, aio: AsyncWorkfront) -> None:
    got, number, gone = wf.send_batch(
        (operation.get(Task, "1" * 32), operation.count(Hour), operation.delete(Task, "2")),
        concurrent=True,
    )
    assert_type(got, Task | WorkfrontError)
    assert_type(number, int | WorkfrontError)
    assert_type(gone, WorkfrontError | None)
    assert_type(wf.send_batch([operation.get(Task, "1" * 32)]), Sequence[Task | WorkfrontError])
    with wf.batch() as batch:
        assert_type(batch.call(wf.task.get, "1" * 32, fields=["name"]), Slot[Task])
        assert_type(batch.call(wf.task.create, name="x"), Slot[Task])
        assert_type(batch.call(aio.task.get, "1"), Slot[Task])
        assert_type(batch.add(operation.count(Task)).result(), int)
    assert_type(request_of(wf.task.my_tasks, user_id="1"), Request[list[Task]])
    assert_type(request_of(aio.task.create, name="1"), Request[Task])


def untyped(wf: Workfront) -> None:
    assert_type(wf.untyped("XYZ").create({"name": "x"}), UntypedObject)
    assert_type(wf.untyped("XYZ").get("1" * 32).id, str)


async def the_same_with_await(wf: AsyncWorkfront, rows: list[TaskValues]) -> None:
    assert_type(await wf.task.create_many(rows), BulkResult)
    assert_type(await wf.task.update_many([("1" * 32, {"name": "a"})]), BulkResult)
    assert_type(await wf.task.members(Task.f.approvers, "1").remove("2"), list[str])
    got, number = await wf.send_batch((operation.get(Task, "1" * 32), operation.count(Task)))
    assert_type(got, Task | WorkfrontError)
    assert_type(number, int | WorkfrontError)
