"""Whatever users hold in their hands shows what it is: short, useful, and without a secret."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import workfront_core
from workfront_client import (
    USER,
    ApiKey,
    AsyncCurrencies,
    CallInfo,
    CounterHook,
    Currencies,
    FilterCondition,
    Hook,
    OpenTelemetryHook,
)
from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core.events import Inbox, Receiver
from workfront_core.sync import AsyncEventSync, AsyncSync, DuckDB, EventSync, Sync, Table
from workfront_testing import Factory, SandboxKit, in_process

SECRET = "k3y-that-nobody-may-see"
URL = "https://acme.my.workfront.com"
PUBLIC = ("core", "core.auth", "core.events", "core.sync", "core.values", "testing", "sandbox")
ROOMS = (*PUBLIC, *(["core.spark"] if find_spec("pyspark") else []))
ABSTRACT = {FilterCondition}
"""What only its kinds are made of; they have representations of their own."""


def _classes() -> Iterator[type]:
    for room in ROOMS:
        package = importlib.import_module(f"workfront_{room}")
        names = getattr(package, "__all__", None) or [name for name in vars(package) if name[0].isupper()]
        for value in (getattr(package, name) for name in names):
            if inspect.isclass(value) and not getattr(value, "_is_protocol", False):
                yield value


def _is_bare(kind: type) -> bool:
    shown: object = kind.__repr__
    return shown is object.__repr__


def test_every_public_class_has_a_representation_of_its_own() -> None:
    found = {*_classes()} - ABSTRACT
    assert len(found) > 80
    assert [one.__qualname__ for one in found if _is_bare(one)] == []


def test_every_public_value_has_one() -> None:
    values = [getattr(workfront_core, name) for name in workfront_core.__all__]
    plain = [type(one) for one in values if not inspect.isclass(one) and not inspect.isfunction(one)]
    assert [one.__qualname__ for one in plain if _is_bare(one)] == []
    assert repr(USER) == "USER"


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process() as kit:
        yield kit


def test_a_client_and_what_it_gives(kit: SandboxKit) -> None:
    with Workfront(URL, auth=ApiKey(SECRET), transport=kit.transport) as wf:
        currencies, batch = Currencies(wf), wf.batch()
        shown = [wf, wf.events, currencies, batch, wf.task, wf.task.search(Task.f.name == "x")]
        assert repr(batch) == "<Batch, not begun, calls: 0>"
        assert repr(wf.events) == f"Events({wf!r})"
        assert repr(currencies) == f"Currencies({wf!r})"
    _check(shown)


def test_an_asynchronous_client_and_what_it_gives(kit: SandboxKit) -> None:
    async def shown() -> list[object]:
        async with AsyncWorkfront(URL, auth=ApiKey(SECRET), transport=kit.transport) as wf:
            return [wf, wf.events, AsyncCurrencies(wf), wf.batch(), wf.task, wf.task.search(Task.f.name == "x")]

    _check(asyncio.run(shown()))


def test_a_batch_and_its_slots(kit: SandboxKit) -> None:
    with kit.client(Workfront) as wf:
        with wf.batch(on_error="collect") as batch:
            missing, counted = batch.call(wf.task.get, "a" * 32), batch.call(wf.task.count)
            assert repr(batch) == "<Batch, open, calls: 2>"
            assert repr(counted) == "<Slot of <Request GET TASK/count>: The batch was not sent yet>"
        assert repr(batch) == "<Batch, over, calls: 2>"
    assert repr(counted) == "<Slot of <Request GET TASK/count>: done>"
    assert repr(missing).endswith(": failed with NotFound>")


def test_hooks(kit: SandboxKit) -> None:
    class Failures(Hook):
        def on_call_end(self, call: CallInfo, error: BaseException | None, /) -> None:
            """Hears of nothing."""

    counters, spans, own = CounterHook(), OpenTelemetryHook(), Failures()
    with kit.client(Workfront, hooks=[counters, spans, own]) as wf:
        wf.task.count()
    assert repr(counters).startswith("<CounterHook: attempts=1, calls=1,")
    assert repr(spans) == "OpenTelemetryHook()"
    assert repr(own) == "Failures()"


def test_tables_and_events(tmp_path: Path, kit: SandboxKit) -> None:
    inbox = Inbox(tmp_path / "events.db")
    receiver = Receiver(inbox, token=SECRET)
    assert repr(receiver) == f"Receiver({inbox!r}, token=***)"
    with DuckDB(tmp_path / "acme.duckdb") as file, kit.client(Workfront) as wf:
        sync = Sync(wf, file, [Table(Task)])
        assert repr(sync) == f"<Sync of TASK into {file!r}>"
        following = EventSync(sync, inbox)
        assert repr(following) == f"<EventSync of TASK from {inbox!r}>"
        tables = AsyncSync(kit.client(AsyncWorkfront), file, [Table(Task)])
        _check(
            [
                inbox,
                receiver,
                sync,
                following,
                inbox.events(Task, consumer="billing"),
                tables,
                AsyncEventSync(tables, inbox),
            ]
        )


def test_the_kit(kit: SandboxKit) -> None:
    factory = Factory(seed="demo")
    factory.make(Task)
    assert repr(factory) == "Factory('demo')"
    assert repr(kit.log) == "<RequestLog of 0 requests>"
    with Workfront(URL, auth=ApiKey(SECRET), transport=kit.transport) as wf:
        wf.task.count()
    assert repr(kit.log) == "<RequestLog of 1 requests>"
    _check([kit, kit.sandbox, kit.transport, kit.log, factory, in_process()])


def _check(shown: list[Any]) -> None:
    for one in shown:
        text = repr(one)
        assert SECRET not in text
        assert " object at 0x" not in text, text
        assert len(text) < 600, text
        assert json.dumps(text)
