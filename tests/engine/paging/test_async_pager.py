"""The asynchronous pager reads the same rows, and leaves nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.loopback import Answer, Received, loopback
from tests.support.pager_kit import BY_NAME, ids, pager
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.table import AsyncTable, Table, numbered
from tests.support.waiting import PATIENCE, for_ever, happened
from workfront_core.auth import ApiKey
from workfront_core.errors import QueryError, TransportError
from workfront_core.operations.search import Query
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.request.request import Request

# Asynchronously


def apager(table: AsyncTable, query: Query[Any] | None = None, **bounds: Any) -> AsyncPager[Any]:
    return AsyncPager(table, query or Query(Task), **bounds)


async def gathered(rows: AsyncIterator[Any]) -> list[str]:
    return [row.id async for row in rows]


@pytest.mark.parametrize("query", [Query(Task), Query(Task, order_by=BY_NAME)])
def test_the_async_pager_reads_the_same_rows(query: Query[Any]) -> None:
    async def run() -> None:
        for fault in (None, "refuses", "ignores", "answers nothing"):
            table = AsyncTable(numbered(25), fault=fault)
            rows = apager(table, query, page_size=10)
            assert await gathered(aiter(rows)) == ids(pager(Table(numbered(25)), query, page_size=10))
            assert [len(page) async for page in rows.pages()] == [10, 10, 5]
            assert len(await rows.to_list()) == 25
            assert getattr(await rows.first(), "id", None) == "00"
            assert await rows.count() == 25
            with pytest.raises(QueryError, match="More than one"):
                await rows.one()

    asyncio.run(run())


def test_without_prefetch_an_asynchronous_page_is_asked_for_when_the_one_before_was_read() -> None:
    async def run() -> None:
        table = AsyncTable(numbered(25))
        pages = apager(table, page_size=10, prefetch=False).pages()
        assert len(await anext(pages)) == 10
        await asyncio.sleep(0)
        assert len(table.asked) == 1
        assert [len(page) async for page in pages] == [10, 5]
        assert table.pages == ["0+10", ">09:10", ">19:10", "count"]

    asyncio.run(run())


def test_by_row_number_the_next_page_is_asked_for_before_this_one_arrives() -> None:
    async def run() -> None:
        table = AsyncTable(numbered(50))
        await apager(table, Query(Task, order_by=BY_NAME), page_size=10).to_list()
        assert table.most_open == 2

    asyncio.run(run())


def test_a_page_asked_for_beyond_the_end_is_not_waited_for() -> None:
    async def run() -> None:
        class Stuck(AsyncTable):
            async def send(self, request: Request[Any], /) -> Any:
                if dict(request.params).get("$$FIRST") == "20":
                    await for_ever()
                return await super().send(request)

        table = Stuck(numbered(12))
        async with asyncio.timeout(PATIENCE):
            assert len(await apager(table, Query(Task, order_by=BY_NAME), page_size=10).to_list()) == 12
        assert table.pages == ["0+10", "10+10", "count"]

    asyncio.run(run())


@pytest.mark.parametrize(("order", "proof"), [([], "others"), (BY_NAME, "count")])
def test_a_small_search_asks_once_and_once_more_whether_that_was_all(order: Any, proof: str) -> None:
    async def run() -> None:
        table = AsyncTable(numbered(50))
        assert len(await apager(table, Query(Task, order_by=order)).to_list()) == 50
        assert table.pages == ["0+200", proof]

    asyncio.run(run())


def test_by_id_one_request_is_open_at_a_time_and_asked_before_rows_are_read() -> None:
    async def run() -> None:
        table = AsyncTable(numbered(30))
        rows = aiter(apager(table, page_size=10))
        await anext(rows)
        assert table.pages == ["0+10", ">09:10"]
        await rows.aclose()  # type: ignore[attr-defined]
        assert table.most_open == 1

    asyncio.run(run())


@pytest.mark.parametrize("order", [[], BY_NAME])
def test_no_task_outlives_a_read_that_stops_early(order: Any) -> None:
    async def run() -> None:
        class Slow(AsyncTable):
            async def send(self, request: Request[Any], /) -> Any:
                if len(self.asked) >= 2:
                    await for_ever()
                return await super().send(request)

        number = 0
        async for _ in apager(Slow(numbered(50)), Query(Task, order_by=order), page_size=5):
            number += 1
            if number == 7:
                break
        for _ in range(5):
            await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


def test_an_async_error_shows_after_the_rows_before_it_and_leaves_nothing_behind() -> None:
    async def run() -> None:
        def fail(number: int) -> None:
            if number >= 1:
                raise TransportError("cut off")

        seen: list[str] = []
        rows = aiter(apager(AsyncTable(numbered(9), between=fail), page_size=3))

        async def read() -> None:
            async for row in rows:
                seen.append(row.id)  # noqa: PERF401 - what came before the error is what the test is about

        with pytest.raises(TransportError):
            await read()
        assert seen == ["00", "01", "02"]
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


def test_a_read_that_is_cancelled_cancels_its_requests() -> None:
    async def run() -> None:
        asked = asyncio.Event()

        class Stuck(AsyncTable):
            async def send(self, _: Request[Any], /) -> Any:
                asked.set()
                await for_ever()

        task = asyncio.ensure_future(apager(Stuck({})).to_list())
        await happened(asked, "a request")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


def test_over_real_sockets_sync_and_async_ask_for_the_same() -> None:
    table = Table(numbered(25))

    def answer(asked: Received) -> Answer:
        params = dict(asked.query)
        return Answer({"count": table.count(params)} if asked.path.endswith("/count") else table.page(params))

    async def run(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey("k")) as wf:
            assert len(await wf.task.search(page_size=10).to_list()) == 25

    with loopback(answer) as server:
        with Workfront(server.url, auth=ApiKey("k")) as wf:
            assert len(wf.task.search(page_size=10, prefetch=True).to_list()) == 25
        asked = [one.target for one in server.asked]
        server.asked.clear()
        asyncio.run(run(server.url))
        assert [one.target for one in server.asked] == asked
