"""Services: what generated code inherits, sent over a recording client."""

from __future__ import annotations

import ast
import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncTaskService, HourService, TaskService
from workfront_core.errors import QueryError
from workfront_core.interface import async_services, services
from workfront_core.interface.reserved_names import (
    RESERVED_ARGUMENT_NAMES,
    RESERVED_CLIENT_NAMES,
    RESERVED_SERVICE_NAMES,
)
from workfront_core.request.request import Request


class Recorder:
    """Keeps requests and answers them all alike."""

    def __init__(self, data: object = None) -> None:
        self.data = data
        self.sent: list[Request[Any]] = []

    def send(self, request: Request[Any], /) -> Any:
        self.sent.append(request)
        return request.parse(self.data)

    def lines(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self.sent]


class AsyncRecorder(Recorder):
    async def send(self, request: Request[Any], /) -> Any:
        return super().send(request)


ONE, TWO = "1" * 32, "2" * 32
ROW = {"ID": ONE, "name": "x"}
CALLS: list[tuple[Callable[[Any], Any], object, str]] = [
    (lambda tasks: tasks.get(ONE, fields=["name"]), ROW, f"GET TASK/{ONE}"),
    (lambda tasks: tasks.get_many([TWO, ONE]), [ROW, {"ID": TWO}], "GET TASK"),
    (lambda tasks: tasks.count(Task.f.name == "x"), {"count": 2}, "GET TASK/count"),
    (lambda tasks: tasks.report(group_by=[Task.f.name], max=[Task.f.percent_complete]), {}, "GET TASK/report"),
    (lambda tasks: tasks.copy(ONE, values={"name": "y"}), ROW, "POST TASK"),
    (lambda tasks: tasks.delete(ONE, force=True), {"success": True}, f"DELETE TASK/{ONE}"),
    (lambda tasks: tasks.replace([ONE], replacement_id=TWO), {"success": True}, "PUT TASK/replace"),
    (lambda tasks: tasks.search(Task.f.name == "x", limit=1).to_list(), [ROW], "GET TASK/search"),
    (lambda tasks: tasks.create(name="x", custom={"Region": "N"}), ROW, "POST TASK"),
]


@pytest.mark.parametrize(("call", "data", "line"), CALLS)
def test_sync_and_async_services_send_the_same_and_return_the_same(
    call: Callable[[Any], Any], data: object, line: str
) -> None:
    recorder, async_recorder = Recorder(data), AsyncRecorder(data)
    answer = call(TaskService(recorder))

    async def run() -> Any:
        return await call(AsyncTaskService(async_recorder))

    assert asyncio.run(run()) == answer
    assert recorder.lines() == async_recorder.lines() == [line]
    assert recorder.sent[0].params == async_recorder.sent[0].params


def test_results_are_typed_rows() -> None:
    tasks = TaskService(Recorder(ROW))
    assert type(tasks.get("1" * 32)) is Task
    assert tasks.create(name="x").name == "x"


def test_actions_and_named_queries_are_methods_over_operations() -> None:
    recorder = Recorder({"result": None})
    tasks = TaskService(recorder)
    assert tasks.move(ONE, project_id="p") is None
    recorder.data = [ROW]
    assert tasks.my_tasks(Task.f.name == "x", user_id="u")
    assert recorder.lines() == ["PUT TASK/11111111111111111111111111111111/move", "GET TASK/myTasks"]
    assert recorder.sent[0].params == (("projectID", "p"),)
    assert recorder.sent[1].params == (("userID", "u"), ("name", "x"))


def test_a_report_takes_its_functions_as_keywords() -> None:
    recorder = Recorder({"Site": {"sum_hours": 3}})
    report = HourService(recorder).report(group_by=[Hour.f.project.name], sum=[Hour.f.hours], rollup=True)
    assert report["Site"].value("sum", Hour.f.hours) == 3
    assert ("hours_AggFunc", "sum") in recorder.sent[0].params


def test_nothing_is_sent_when_a_call_is_refused() -> None:
    recorder = Recorder()
    tasks = TaskService(recorder)
    for misuse in (
        lambda: tasks.get(""),
        lambda: tasks.search(page_size=2001),
        lambda: tasks.update("1" * 32),
    ):
        with pytest.raises(QueryError):
            misuse()
    assert recorder.sent == []


def test_the_mixins_use_no_name_outside_the_reserved_ones() -> None:
    found = [*inspect.getmembers(services, inspect.isclass), *inspect.getmembers(async_services, inspect.isclass)]
    mixins = [kind for _, kind in found if issubclass(kind, services.Service | async_services.AsyncService)]
    assert {services.Get, services.Delete, async_services.AsyncSearch, services.Service} <= set(mixins)
    public = {name for kind in mixins for name in vars(kind) if not name.startswith("_")}
    assert public
    assert public <= RESERVED_SERVICE_NAMES


def test_the_clients_use_no_name_outside_the_reserved_ones() -> None:
    from workfront_core.client._async.client import AsyncClient
    from workfront_core.client._sync.client import SyncClient

    public = {name for kind in (SyncClient, AsyncClient) for name in dir(kind) if not name.startswith("_")}
    assert public | {"root", "strict"} <= RESERVED_CLIENT_NAMES


def test_reserved_names_are_literal_and_stand_for_python_names() -> None:
    import workfront_core.interface.reserved_names as module

    calls = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]
    assert {node.func.id for node in calls if isinstance(node.func, ast.Name)} == {"frozenset"}
    for name in RESERVED_SERVICE_NAMES | RESERVED_ARGUMENT_NAMES | RESERVED_CLIENT_NAMES:
        assert name.isidentifier()
