"""Clients, searches, batches and members of collections check their arguments before they send."""

from __future__ import annotations

from typing import Any

import pytest

from tests.arguments.call import Call, problems
from tests.arguments.right_arguments import GIVEN, OF_CLIENTS
from tests.arguments.surface import methods_of
from tests.arguments.world import TASK, World
from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core import ApiKey, AsyncPager, Pager
from workfront_core.operations.search import Query

BOTH = pytest.mark.parametrize("side", ["wf", "aio"])
URL = "https://acme.my.workfront.com"


@BOTH
def test_methods_of_clients(side: str, small_tenant: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKFRONT_URL", URL)
    monkeypatch.setenv("WORKFRONT_API_KEY", "a-key")
    client = getattr(small_tenant, side)
    known: dict[str, Any] = {"takes_anything": frozenset({"json"})}  # what has a form as JSON
    assert problems(methods_of(side, client, OF_CLIENTS, **known), small_tenant) == []


@pytest.mark.parametrize("kind", [Workfront, AsyncWorkfront])
@pytest.mark.parametrize("address", [{"url": URL}, {"domain": "acme"}])
def test_making_a_client(kind: type[Any], address: dict[str, str], small_tenant: World) -> None:
    call = Call(kind.__name__, kind, {**address, "auth": ApiKey("k" * 32)})
    assert problems([call], small_tenant) == []


@BOTH
def test_searches(side: str, small_tenant: World) -> None:
    pager = getattr(small_tenant, side).task.search()
    kind = Pager if side == "wf" else AsyncPager
    making = Call(kind.__name__, kind, {"client": getattr(small_tenant, side), "query": Query(Task)})
    assert problems([making, *methods_of("search", pager, {"path": "tasks.jsonl"})], small_tenant) == []


@BOTH
def test_members_of_collections(side: str, small_tenant: World) -> None:
    members = getattr(small_tenant, side).task.members(Task.f.predecessors, TASK)
    assert problems(methods_of("members", members, GIVEN), small_tenant) == []


def test_batches(small_tenant: World) -> None:
    with small_tenant.wf.batch() as batch:
        batch.call(small_tenant.wf.task.get, TASK)
        slot = batch.call(small_tenant.wf.task.get, TASK)
        given = {**GIVEN, "method": small_tenant.wf.task.get, "args": TASK}
        assert problems(methods_of("batch", batch, given), small_tenant) == []
    assert slot.result().id == TASK
