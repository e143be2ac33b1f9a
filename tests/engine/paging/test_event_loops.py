"""A search half read when its event loop ends is not taken for a whole one in the next."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from workfront_client import AsyncPager, QueryError
from workfront_client.v22 import AsyncWorkfront, Task
from workfront_client.v22.async_services.journal_entry import AsyncJournalEntryService
from workfront_testing import SandboxKit, in_process

ROWS = 5
ENTRIES: list[dict[str, Any]] = [
    {
        "ID": f"{at:032x}", "fieldName": "name", "objObjCode": "TASK", "changeType": "EDIT",
        "newTextVal": f"Task {at}", "entryDate": "2026-01-01T00:00:00:000+0000",
    }
    for at in range(1, ROWS + 1)
]  # fmt: skip
WALKS: dict[str, Callable[[AsyncWorkfront], AsyncIterator[Any]]] = {
    "rows": lambda wf: aiter(wf.task.search(page_size=2)),
    "pages": lambda wf: wf.task.search(page_size=1).pages(),
    "flat": lambda wf: wf.task.search(page_size=2).flat(),
    "to_arrow_batches": lambda wf: wf.task.search(page_size=1).to_arrow_batches(),
    "changes": lambda wf: wf.journal_entry.changes(Task.f.name, since=datetime(2020, 1, 1, tzinfo=UTC)),
}
walks = pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    tasks = [{"ID": f"{at:032x}", "name": f"Task {at}"} for at in range(1, ROWS + 1)]
    with in_process({"TASK": tasks, "JRNLE": ENTRIES}) as made:
        yield made


@walks
def test_the_rest_of_a_search_begun_in_an_earlier_loop_is_refused(
    walk: Callable[[AsyncWorkfront], AsyncIterator[Any]], kit: SandboxKit
) -> None:
    begun = walk(kit.client(AsyncWorkfront))

    async def read(number: int) -> list[Any]:
        return [await anext(begun) for _ in range(number)]

    assert len(asyncio.run(read(2))) == 2
    for _ in range(2):
        with pytest.raises(QueryError, match=r"begun in another event loop(?s:.*)after=pager\.cursor"):
            asyncio.run(read(1))


@walks
def test_in_one_loop_a_search_is_read_to_its_end(
    walk: Callable[[AsyncWorkfront], AsyncIterator[Any]], kit: SandboxKit
) -> None:
    async def read() -> list[Any]:
        return [found async for found in walk(kit.client(AsyncWorkfront))]

    assert len(asyncio.run(read())) >= ROWS


def test_the_cursor_of_a_search_goes_on_in_the_next_loop(kit: SandboxKit) -> None:
    wf = kit.client(AsyncWorkfront)

    async def begin() -> tuple[list[str], Any]:
        pager = wf.task.search(page_size=2)
        rows = aiter(pager)
        return [(await anext(rows)).id for _ in range(3)], pager.cursor

    async def rest(cursor: Any) -> list[str]:
        return [row.id async for row in wf.task.search(page_size=2, after=cursor)]

    first, cursor = asyncio.run(begin())
    assert first + asyncio.run(rest(cursor)) == [f"{at:032x}" for at in range(1, ROWS + 1)]


def test_whatever_is_walked_through_is_tried_here() -> None:
    found = {
        name
        for owner in (AsyncPager, AsyncJournalEntryService)
        for name, member in inspect.getmembers(owner, inspect.isfunction)
        if not name.startswith("_") and str(inspect.signature(member).return_annotation).startswith("AsyncIterator")
    }
    assert found == set(WALKS) - {"rows"}
