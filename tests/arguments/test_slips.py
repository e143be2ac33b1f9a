"""Slips of the pen that answered as if they were right: each is refused with what to write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.arguments.world import PROJECT, TASK
from workfront_client.v22 import AsyncWorkfront, Project, Task, Workfront
from workfront_core.errors import QueryError
from workfront_core.transport.retry import Retry
from workfront_testing import SandboxKit, in_process

DIGITS = (400, 6000)
"""More than a number of 64 bits has, and more than Python writes as a text."""
CONTROL = ("TASK\n/search", "TASK/\x00", "TASK%0Asearch", "\x7fTASK")


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    rows = {"TASK": [{"ID": TASK, "name": "x", "projectID": PROJECT}], "PROJ": [{"ID": PROJECT, "name": "y"}]}
    with in_process(rows) as made:
        yield made


def refused(kit: SandboxKit, call: Callable[[Any], Any], match: str) -> None:
    """Whether a sync and an async client refuse a call, before anything is sent."""

    async def run() -> None:
        async with kit.client(AsyncWorkfront) as wf:
            with pytest.raises(QueryError, match=match):
                await call(wf)

    before = len(kit.log.sent)
    with kit.client(Workfront) as wf, pytest.raises(QueryError, match=match):
        call(wf)
    asyncio.run(run())
    assert len(kit.log.sent) == before


@pytest.mark.parametrize("path", [Task.f, Task.f.project, Task.f.assignments, Project.f.search], ids=str)
def test_a_path_is_compared_and_not_set(path: Any) -> None:
    for name in ("name", "status", "id", "project", "nonsense"):
        with pytest.raises(QueryError, match="two equals signs"):
            setattr(path, name, "CUR")
        with pytest.raises(QueryError, match="cannot be deleted"):
            delattr(path, name)
    assert str(Task.f.name) == "name"


def test_a_row_has_no_other_members_than_its_class() -> None:
    row = Task.from_wire({"ID": TASK, "name": "x", "DE:Region": "N", "newField": 1})
    with pytest.raises(QueryError, match=r"no member percent_complet\.\nHint: Did you mean percent_complete"):
        row.percent_complet = 5  # type: ignore[attr-defined]
    with pytest.raises(QueryError, match=r"Write row\['zzz'\]"):
        row.zzz = 5  # type: ignore[attr-defined]
    row["zzz"] = 5
    row.newField = 2  # type: ignore[attr-defined]
    assert dict(row.changes) == {"zzz": 5, "newField": 2}


@pytest.mark.parametrize("name", ["method", "Method", " method", "action", "updates"])
def test_no_extra_parameter_makes_another_call_of_every_one(kit: SandboxKit, name: str) -> None:
    """A read would delete, and be repeated as a read."""
    refused(kit, lambda wf: wf.with_options(extra_params={name: "DELETE"}).task.get(TASK), "makes another call")
    assert kit.sandbox.rows("TASK")


@pytest.mark.parametrize("path", CONTROL)
def test_no_path_holds_what_no_address_can(kit: SandboxKit, path: str) -> None:
    refused(kit, lambda wf: wf.request("GET", path), "not a path below")


def test_fields_are_no_map(kit: SandboxKit) -> None:
    refused(kit, lambda wf: wf.task.get(TASK, fields={"name": 0}), "takes a list, not dict")


def test_a_row_is_written_by_the_service_of_its_type(kit: SandboxKit) -> None:
    refused(kit, lambda wf: wf.task.create(name="x", extra={"objCode": "PROJ"}), "writes a Task")


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_that_no_server_reads_is_not_sent(kit: SandboxKit, digits: int, sign: int) -> None:
    number = sign * 10**digits
    calls: tuple[Callable[[Any], Any], ...] = (
        lambda wf: wf.task.create(name="x", percent_complete=number),
        lambda wf: wf.task.update(TASK, custom={"Budget": number}),
        lambda wf: wf.task.update(TASK, extra={"newField": [number]}),
        lambda wf: wf.task.count(Task.f.percent_complete == number),
        lambda wf: wf.request("PUT", f"TASK/{TASK}", json={"percentComplete": number}),
        lambda wf: wf.task.create(name="x", percent_complete=Decimal("Infinity")),
        lambda wf: wf.task.create(name="x", percent_complete=Decimal("sNaN")),
        lambda wf: wf.task.count(Task.f.percent_complete == Decimal("sNaN")),
    )
    for call in calls:
        refused(kit, call, "finite")


async def awaited(_progress: object) -> None:
    """What nobody would await."""


@pytest.mark.parametrize("name", ["progress of rows", "progress of a file", "clock", "send"])
def test_no_function_is_taken_that_nobody_would_await(kit: SandboxKit, name: str, tmp_path: Path) -> None:
    """It would never run, and nothing would say so."""
    progress: Any = awaited
    if name == "clock":
        with pytest.raises(QueryError, match="plain function"):
            Retry(clock=progress)
    elif name == "send":
        with pytest.raises(QueryError, match="plain function"), in_process(send=progress):
            pass
    elif name == "progress of rows":
        refused(kit, lambda wf: wf.task.create_many([{"name": "x"}], progress=progress), "plain function")
        refused(kit, lambda wf: wf.task.search().export(tmp_path / "t.csv", progress=progress), "plain function")
    else:
        refused(kit, lambda wf: wf.upload(b"x", name="x", progress=progress), "plain function")
    Retry(async_sleep=awaited)


def test_what_async_for_reads_is_read_first(kit: SandboxKit) -> None:
    async def rows() -> AsyncIterator[Any]:
        yield TASK, {"name": "x"}

    calls: tuple[Callable[[Any], Any], ...] = (
        lambda wf: wf.task.create_many(rows()),
        lambda wf: wf.task.update_many(rows()),
        lambda wf: wf.task.delete_many(rows()),
    )
    for call in calls:
        refused(kit, call, r"\[row async for row in")
