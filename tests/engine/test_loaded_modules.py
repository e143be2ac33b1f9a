"""No program loads what it does not use: each of these runs in an interpreter of its own, up to its answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest

from tests.support.loopback import Answer, Loopback, Received, loopback
from tests.support.places import ROOT

_REPORT = """
import json
print(json.dumps(sorted(sys.modules)))
"""
_BARE = """
import sys, httpx, pydantic
with httpx.Client() as client:
    assert client.get(sys.argv[1] + "/attask/api/v22.0/TASK/count").status_code == 200
"""
_SYNC = """
import sys
from workfront_client import ApiKey
from workfront_client.v22 import Workfront
with Workfront(sys.argv[1], auth=ApiKey("k")) as wf:
    {call}
"""
_ASYNC = """
import asyncio, sys
from workfront_client import ApiKey
from workfront_client.v22 import AsyncWorkfront
async def main():
    async with AsyncWorkfront(sys.argv[1], auth=ApiKey("k")) as wf:
        {call}
asyncio.run(main())
"""
_ROOMS_OF_A_COUNT = {"client", "errors", "interface", "operations", "request", "services", "transport", "auth"}
_CALLS = {
    "count": "assert {wait}wf.task.count() == 1",
    "get": "assert ({wait}wf.task.get('4c78821c0000d6fa8d5e52f07a1d54d0', fields=['name'])).name == 'Site'",
    "search": "assert ({wait}wf.task.search(limit=1).to_list())[0].name == 'Site'",
    "report": "{wait}wf.task.report()",
    "create": "assert ({wait}wf.task.create(name='Site')).id == '4c78821c0000d6fa8d5e52f07a1d54d0'",
    "create_many": "assert ({wait}wf.task.create_many([{{'name': 'Site'}}])).done_count == 1",
    "action": "{wait}wf.task.action('recallApproval', '4c78821c0000d6fa8d5e52f07a1d54d0')",
    "send_batch": "assert {wait}wf.send_batch([]) == ()",
    "untyped": "assert {wait}wf.untyped('THING').count() == 1",
}


def _answer(asked: Received) -> Answer:
    row = {"ID": "4c78821c0000d6fa8d5e52f07a1d54d0", "name": "Site"}
    if asked.path.endswith("/count"):
        return Answer({"count": 1})
    if asked.path.endswith("/report"):
        return Answer({})
    return Answer([row] if asked.path.endswith("/search") or b"updates" in asked.body else row)


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with loopback(_answer) as running:
        yield running


@cache
def _loaded(program: str, url: str) -> frozenset[str]:
    command = [sys.executable, "-c", program + _REPORT, url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=None)
    return frozenset(json.loads(done.stdout))


def _ours(modules: frozenset[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0].startswith("workfront")}


@pytest.mark.parametrize("call", _CALLS)
def test_a_program_of_threads_loads_no_asyncio_and_no_module_for_it(server: Loopback, call: str) -> None:
    loaded = _loaded(_SYNC.format(call=_CALLS[call].format(wait="")), server.url)
    assert "workfront_client.v22.client" in loaded
    assert "asyncio" not in loaded
    assert not {name for name in _ours(loaded) if "async" in name}


@pytest.mark.parametrize("call", _CALLS)
def test_a_program_of_tasks_loads_no_client_and_no_service_for_threads(server: Loopback, call: str) -> None:
    loaded = _loaded(_ASYNC.format(call=_CALLS[call].format(wait="await ")), server.url)
    assert "workfront_client.v22.async_client" in loaded
    only_threads = {name for name in _ours(loaded) if name.rpartition(".")[2] == "networking"}
    sync = {name for name in _ours(loaded) if "._sync" in name or name.startswith("workfront_client.v22.services")}
    assert sync | only_threads | {"workfront_client.v22.client"} & loaded == set()


def test_nothing_of_ours_makes_the_http_client_load_asyncio(server: Loopback) -> None:
    assert "asyncio" not in _loaded(_BARE, server.url)


def test_a_count_loads_the_rooms_it_goes_through_and_no_model(server: Loopback) -> None:
    ours = _ours(_loaded(_SYNC.format(call=_CALLS["count"].format(wait="")), server.url))
    rooms = {name.split(".")[1] for name in ours if name.startswith("workfront_core.") and name.count(".") > 1}
    used = {room for room in rooms if len([name for name in ours if name.startswith(f"workfront_core.{room}.")]) > 1}
    assert used <= _ROOMS_OF_A_COUNT
    assert {name for name in ours if name.startswith("workfront_client.v22.")} == {
        "workfront_client.v22.client",
        "workfront_client.v22.service_names",
        "workfront_client.v22.services",
        "workfront_client.v22.services.task",
    }


@pytest.mark.parametrize("call", sorted(_CALLS.keys() - {"create_many", "send_batch", "untyped"}))
def test_one_call_loads_no_machinery_for_many_writes(server: Loopback, call: str) -> None:
    ours = _ours(_loaded(_SYNC.format(call=_CALLS[call].format(wait="")), server.url))
    unused = ("bulk.runner", "bulk.batch", "profiles")
    assert not {name for name in ours for part in unused if name == f"workfront_core.{part}"}
