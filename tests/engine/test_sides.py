"""Statements of the other side, blocks never begun, the class in place of a client: each is told what to write."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import pytest

from workfront_client.v22 import AsyncWorkfront, Workfront
from workfront_core.errors import QueryError
from workfront_testing import SandboxKit, in_process, live

SYNC: dict[str, Callable[[Workfront], Any]] = {
    "a client": lambda wf: wf,
    "a copy": lambda wf: wf.with_options(timeout=1),
    "a batch": lambda wf: wf.batch(),
    "a search": lambda wf: wf.task.search(),
}
ASYNC: dict[str, Callable[[AsyncWorkfront], Any]] = {
    "a client": lambda wf: wf,
    "a copy": lambda wf: wf.with_options(timeout=1),
    "a batch": lambda wf: wf.batch(),
    "a search": lambda wf: wf.task.search(),
}


async def opened(what: Any) -> None:
    async with what:
        pass


async def looped(what: Any) -> None:
    async for _ in what:
        pass


async def awaited(what: Any) -> None:
    await what


@pytest.mark.parametrize("name", ["a client", "a copy", "a batch"])
def test_a_synchronous_block_says_that_it_is_opened_without_async(workfront_sandbox: SandboxKit, name: str) -> None:
    with pytest.raises(QueryError, match="synchronous") as raised:
        asyncio.run(opened(SYNC[name](workfront_sandbox.client(Workfront))))
    assert "without async" in str(raised.value.hint)


@pytest.mark.parametrize("name", ["a client", "a copy", "a batch"])
def test_an_asynchronous_block_says_that_it_is_opened_with_async(workfront_sandbox: SandboxKit, name: str) -> None:
    async def run() -> None:
        with ASYNC[name](workfront_sandbox.client(AsyncWorkfront)):
            pass

    with pytest.raises(QueryError, match="asynchronous") as raised:
        asyncio.run(run())
    assert "async with" in str(raised.value.hint)


@pytest.mark.parametrize("statement", [looped, awaited])
def test_a_synchronous_search_is_neither_awaited_nor_read_by_async_for(
    workfront_sandbox: SandboxKit, statement: Any
) -> None:
    with pytest.raises(QueryError, match="synchronous client"):
        asyncio.run(statement(SYNC["a search"](workfront_sandbox.client(Workfront))))


def test_an_asynchronous_search_is_neither_awaited_nor_read_by_for(workfront_sandbox: SandboxKit) -> None:
    search = ASYNC["a search"](workfront_sandbox.client(AsyncWorkfront))
    for use in (list, iter, set, lambda rows: asyncio.run(awaited(rows))):
        with pytest.raises(QueryError) as raised:
            use(search)
        assert "async for" in str(raised.value.hint)


def test_what_a_block_gives_is_not_there_before_it_began(workfront_sandbox: SandboxKit) -> None:
    for block, member in (
        (workfront_sandbox.client(Workfront).dry_run(), "task"),
        (in_process(), "client"),
        (live(), "url"),
    ):
        with pytest.raises(QueryError, match=f"no {member} yet") as raised:
            getattr(block, member)
        assert "with " in str(raised.value.hint)
        assert not hasattr(block, "nothing_of_the_kind")


def test_the_class_is_no_client() -> None:
    for client in (Workfront, AsyncWorkfront):
        with pytest.raises(QueryError, match="Make a client first"):
            client.task.search()


def test_a_sandbox_lives_as_long_as_its_kit() -> None:
    kit = in_process("demo").__enter__()
    gc.collect()
    assert kit.client(Workfront).project.count() > 0


def test_a_block_of_the_kit_may_be_used_again() -> None:
    block = in_process()
    for _ in range(2):
        with block as kit:
            assert kit.client(Workfront).project.count() == 0
