"""A small tenant in a sandbox, clients of both kinds, and how many requests reached it."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.waiting import wait_until
from workfront_client.v22 import AsyncWorkfront, Workfront
from workfront_core.http_library import httpx
from workfront_testing import SandboxKit, in_process

TASK = "a" * 32
PROJECT = "b" * 32
USER = "c" * 32
DOCUMENT = "d" * 32
ROWS = {
    "PROJ": [{"ID": PROJECT, "name": "Launch"}],
    "TASK": [{"ID": TASK, "name": "Write", "projectID": PROJECT, "assignedToID": USER}],
    "USER": [{"ID": USER, "name": "Ann", "emailAddr": "ann@example.com"}],
    "DOCU": [{"ID": DOCUMENT, "name": "plan.pdf", "objID": PROJECT, "docObjCode": "PROJ"}],
}


@dataclass
class WithoutThreads(httpx.AsyncBaseTransport):
    """Answers calls of tasks where they stand: a loop that runs for one call would start and end a thread for each."""

    answers: httpx.BaseTransport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self.answers.handle_request(request)


@dataclass
class World:
    """What calls are tried on.

    Attributes:
        kit: the sandbox.
        wf: a client for threads.
        aio: a client for tasks.
        loop: where coroutines run.
        folder: a folder that downloads may fill.
    """

    kit: SandboxKit
    wf: Workfront
    aio: AsyncWorkfront
    loop: asyncio.AbstractEventLoop
    folder: Path

    def begin(self) -> None:
        """Forgets what was sent so far, once all of it has been answered."""
        if self.kit.log or asyncio.all_tasks(self.loop):
            wait_until(self._is_idle, "the calls before are over")
            self.kit.log.clear()

    def _is_idle(self) -> bool:
        self.loop.run_until_complete(asyncio.sleep(0))
        return self.kit.transport is None or self.kit.transport.is_idle

    def sent(self) -> int:
        """Returns how many requests were sent since."""
        return len(self.kit.log)


@contextmanager
def world(folder: Path) -> Generator[World]:
    """Yields a sandbox with a row of some objects, and both clients."""
    loop = asyncio.new_event_loop()
    with in_process(ROWS, effects="ignore") as kit, kit.client(Workfront) as wf:
        assert kit.transport is not None
        yield World(kit, wf, kit.client(AsyncWorkfront, transport=WithoutThreads(kit.transport)), loop, folder)
    loop.close()
