"""An event loop that is stopped or closed in the middle keeps nothing from the others: no renewal, no slot."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.engine.auth.test_renewal import HeldToken
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.sign_in_kit import app
from tests.support.token_host import token_host
from tests.support.waiting import PATIENCE, wait_until
from workfront_core.auth.tokens import Token
from workfront_core.transport.concurrency import HostConcurrency
from workfront_core.transport.retry import Retry

SOON = Retry(total_timeout=PATIENCE)
ENDS = ("stopped", "closed")


@contextmanager
def left_in_the_middle(begin: Callable[[], Awaitable[Any]], end: str) -> Generator[asyncio.AbstractEventLoop]:
    """A loop that has begun something and is carried on no more; what it holds is still referred to."""
    loop = asyncio.new_event_loop()
    tasks = [loop.create_task(_begun(begin))]
    loop.run_until_complete(asyncio.sleep(0.05))
    if end == "closed":
        loop.close()
    yield loop
    if end == "stopped":
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop), return_exceptions=True))
        loop.close()


async def _begun(begin: Callable[[], Awaitable[Any]]) -> Any:
    return await begin()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("kind", ["thread", "task"])
def test_a_renewal_of_a_loop_that_runs_no_more_is_taken_over(kind: str, end: str) -> None:
    auth, held = app(), HeldToken()
    got: list[object] = []

    def ask(url: str) -> None:
        if kind == "thread":
            with Workfront(url, auth=auth, retry=SOON) as wf:
                got.append(wf.task.get("1" * 32).id)
        else:
            got.append(asyncio.run(asked(url)))

    async def asked(url: str) -> object:
        async with AsyncWorkfront(url, auth=auth, retry=SOON) as wf:
            return (await wf.task.get("1" * 32)).id

    with token_host(refuse=held.hold) as host:
        wf = AsyncWorkfront(host.url, auth=auth, retry=SOON)
        loop = asyncio.new_event_loop()
        first = loop.create_task(wf.task.get("1" * 32))
        loop.run_until_complete(held.wait_until_asked())
        worker = threading.Thread(target=ask, args=(host.url,))
        worker.start()
        worker.join(PATIENCE)
        assert not worker.is_alive(), "it waits for a loop that nobody runs"
        assert got == ["1" * 32]
        held.released.set()
        if end == "stopped":
            assert loop.run_until_complete(first).id == "1" * 32
            loop.run_until_complete(wf.aclose())
        loop.close()
        assert isinstance(auth.token, Token)
        with Workfront(host.url, auth=auth, retry=SOON) as other:
            assert other.task.get("1" * 32).id == "1" * 32


async def hold(limit: HostConcurrency) -> None:
    async with limit.acquire_async(1):
        await asyncio.sleep(10 * PATIENCE)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("end", ENDS)
def test_a_slot_of_a_loop_that_runs_no_more_is_given_to_a_thread(end: str) -> None:
    limit = HostConcurrency()
    with left_in_the_middle(lambda: hold(limit), end), limit.acquire(1, PATIENCE):
        assert limit.in_flight == 1
    assert limit.in_flight == limit.waiting == 0


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("end", ENDS)
def test_a_slot_of_a_loop_that_runs_no_more_is_given_to_a_task(end: str) -> None:
    async def take() -> None:
        async with asyncio.timeout(PATIENCE), limit.acquire_async(1):
            assert limit.in_flight == 1

    limit = HostConcurrency()
    with left_in_the_middle(lambda: hold(limit), end):
        worker = threading.Thread(target=lambda: asyncio.run(take()))
        worker.start()
        worker.join(PATIENCE)
        assert not worker.is_alive()
    assert limit.in_flight == limit.waiting == 0


def test_a_loop_that_goes_on_keeps_its_place_in_the_line() -> None:
    """Who waits in a loop that stands still for a while is woken, and not forgotten."""
    limit = HostConcurrency()
    loop = asyncio.new_event_loop()

    async def take() -> str:
        async with limit.acquire_async(1):
            return "sent"

    with limit.acquire(1):
        task = loop.create_task(take())
        loop.run_until_complete(asyncio.sleep(0))
        assert limit.waiting == 1
    with limit.acquire(2, PATIENCE):
        assert loop.run_until_complete(asyncio.wait_for(task, PATIENCE)) == "sent"
    loop.close()
    wait_until(lambda: limit.in_flight == 0, "nobody sends")
