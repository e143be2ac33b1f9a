"""Services and clients as generated code writes them."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import ClassVar, TypedDict, Unpack

from pydantic import JsonValue

from workfront_core.client._async.client import AsyncClient
from workfront_core.client._sync.client import SyncClient
from workfront_core.interface import async_services as _async
from workfront_core.interface import services as _service
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import operation as _operation
from workfront_core.operations.decoders import list_of
from workfront_core.operations.payload import Custom
from workfront_core.query.condition import FilterCondition
from workfront_core.query.selection import Fields

from .models.hour import Hour
from .models.task import Task


class TaskValues(TypedDict, total=False):
    name: str | None
    percent_complete: float | None
    planned_completion_date: datetime | None
    assigned_to: Mapping[str, object] | WorkfrontObject | None


class TaskService(
    _service.Get[Task],
    _service.Search[Task],
    _service.Count[Task],
    _service.Report[Task],
    _service.Copy[Task, TaskValues],
    _service.Delete[Task],
    _service.Replace[Task],
    _service.CreateMany[Task, TaskValues],
    _service.UpdateMany[Task, TaskValues],
    _service.DeleteMany[Task],
    _service.Share[Task],
    _service.SharePublic[Task],
    _service.HasMembers[Task],
):
    obj_code = "TASK"
    model = Task

    def create(self, *, fields: Fields[Task] = None, custom: Custom = None, **values: Unpack[TaskValues]) -> Task:
        return self._send(_operation.create(Task, values, fields=fields, custom=custom))

    def update(
        self, object_id: str, /, *, fields: Fields[Task] = None, custom: Custom = None, **values: Unpack[TaskValues]
    ) -> Task:
        return self._send(_operation.update(Task, object_id, values, fields=fields, custom=custom))

    def move(self, object_id: str | None = None, /, *, project_id: str | None = None) -> JsonValue:
        return self._send(_operation.action(Task, "move", object_id, {"projectID": project_id}))

    def my_tasks(
        self, *where: FilterCondition[Task], user_id: str | None = None, fields: Fields[Task] = None
    ) -> list[Task]:
        return self._send(
            _operation.named_query(Task, "myTasks", {"userID": user_id}, list_of(Task), where=where, fields=fields)
        )


class AsyncTaskService(
    _async.AsyncGet[Task],
    _async.AsyncSearch[Task],
    _async.AsyncCount[Task],
    _async.AsyncReport[Task],
    _async.AsyncCopy[Task, TaskValues],
    _async.AsyncDelete[Task],
    _async.AsyncReplace[Task],
    _async.AsyncCreateMany[Task, TaskValues],
    _async.AsyncUpdateMany[Task, TaskValues],
    _async.AsyncDeleteMany[Task],
    _async.AsyncShare[Task],
    _async.AsyncSharePublic[Task],
    _async.AsyncHasMembers[Task],
):
    obj_code = "TASK"
    model = Task

    async def create(self, *, fields: Fields[Task] = None, custom: Custom = None, **values: Unpack[TaskValues]) -> Task:
        return await self._send(_operation.create(Task, values, fields=fields, custom=custom))


class HourService(_service.Report[Hour]):
    obj_code = "HOUR"
    model = Hour


class Workfront(SyncClient):
    api_version: ClassVar[str] = "v22.0"
    services: ClassVar[Mapping[str, str]] = {"HOUR": "hour", "TASK": "task"}

    @cached_property
    def task(self) -> TaskService:
        return TaskService(self)

    @cached_property
    def hour(self) -> HourService:
        return HourService(self)


class AsyncWorkfront(AsyncClient):
    api_version: ClassVar[str] = "v22.0"
    services: ClassVar[Mapping[str, str]] = {"TASK": "task"}

    @cached_property
    def task(self) -> AsyncTaskService:
        return AsyncTaskService(self)
