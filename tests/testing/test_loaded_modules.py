"""A suite loads what it uses: one of threads neither asyncio nor the server, one of tasks not the server."""

from __future__ import annotations

import subprocess
import sys

from tests.support.waiting import PATIENCE

THREADS = """
import sys
from workfront_client.v22 import Workfront
from workfront_testing import in_process
with in_process(seed="demo") as kit, kit.client(Workfront) as wf:
    wf.task.count()
    kit.log.assert_sent("GET", "TASK/count")
print(*sys.modules)
"""
TASKS = """
import asyncio, sys
from workfront_client.v22 import AsyncWorkfront
from workfront_testing import in_process
async def main():
    with in_process(seed="demo") as kit:
        async with kit.client(AsyncWorkfront) as wf:
            await wf.task.count()
asyncio.run(main())
print(*sys.modules)
"""


def loaded(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_a_suite_of_threads_loads_neither_asyncio_nor_the_server() -> None:
    modules = loaded(THREADS)
    assert modules & {"asyncio", "uvicorn", "starlette", "workfront_core.client._async.client"} == set()
    assert "workfront_core.client._sync.client" in modules


def test_a_suite_of_tasks_loads_no_server() -> None:
    modules = loaded(TASKS)
    assert modules & {"uvicorn", "starlette", "workfront_core.client._sync.client"} == set()
    assert "workfront_core.client._async.client" in modules
