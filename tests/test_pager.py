"""Pagers: every row once, whatever the pages do; sync and async alike."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from query_fixture.models.custom_enum import CustomEnum
from query_fixture.models.task import Task
from workfront_core import operation
from workfront_core.errors import ProtocolError, QueryError
from workfront_core.model import WorkfrontObject
from workfront_core.pager import AsyncPager, Pager
from workfront_core.request import Request

Rows = Callable[[int, int], list[dict[str, Any]]]


class Server:
    """Answers page requests from a function of offset and size, and counts them."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.pages: list[tuple[int, int]] = []

    def send(self, request: Request[Any], /) -> Any:
        params = dict(request.params)
        first, limit = int(params["$$FIRST"]), int(params["$$LIMIT"])
        self.pages.append((first, limit))
        return request.parse(self._rows(first, limit))


class AsyncServer(Server):
    async def send(self, request: Request[Any], /) -> Any:
        await asyncio.sleep(0)
        return super().send(request)


def table(size: int) -> Rows:
    rows = [{"ID": f"{number:04}"} for number in range(size)]
    return lambda first, limit: rows[first : first + limit]


def pager(server: Server, model: type[WorkfrontObject] = Task, **bounds: Any) -> Pager[Any]:
    return Pager(server, partial(operation.search, model), **bounds)


def ids(rows: list[Any]) -> list[str]:
    return [row.id for row in rows]


def test_rows_come_page_after_page_until_a_short_one() -> None:
    server = Server(table(5))
    assert ids(pager(server, page_size=2).to_list()) == ["0000", "0001", "0002", "0003", "0004"]
    assert server.pages == [(0, 2), (2, 2), (4, 2)]


def test_a_last_page_that_is_full_costs_one_empty_request() -> None:
    server = Server(table(4))
    assert [len(page) for page in pager(server, page_size=2).pages()] == [2, 2]
    assert server.pages == [(0, 2), (2, 2), (4, 2)]


def test_the_default_page_holds_200_rows() -> None:
    server = Server(table(0))
    assert pager(server).to_list() == []
    assert server.pages == [(0, 200)]


def test_rows_shifted_by_an_insertion_are_dropped() -> None:
    pages = {0: ["1", "2"], 2: ["2", "3"], 4: ["4"]}
    server = Server(lambda first, limit: [{"ID": one} for one in pages[first]])
    assert ids(pager(server, page_size=2).to_list()) == ["1", "2", "3", "4"]


def test_a_server_that_repeats_the_same_page_for_ever_is_reported() -> None:
    server = Server(lambda first, limit: [{"ID": "1"}, {"ID": "2"}])
    with pytest.raises(ProtocolError, match="ignores"):
        pager(server, page_size=2).to_list()
    assert len(server.pages) < 20


def test_rows_without_an_id_all_count() -> None:
    server = Server(lambda first, limit: [{"value": "CUR"}] * min(limit, 3 - first))
    assert len(pager(server, CustomEnum, page_size=2).to_list()) == 3


def test_a_limit_asks_for_no_row_too_many() -> None:
    server = Server(table(10))
    assert len(pager(server, page_size=2, limit=3).to_list()) == 3
    assert server.pages == [(0, 2), (2, 1)]
    assert pager(server, limit=0).to_list() == []
    assert pager(server, limit=0).first() is None


def test_first_asks_for_one_row() -> None:
    server = Server(table(10))
    assert getattr(pager(server).first(), "id", None) == "0000"
    assert server.pages == [(0, 1)]
    assert pager(Server(table(0))).first() is None


def test_every_iteration_starts_anew() -> None:
    rows = pager(Server(table(3)), page_size=2)
    assert ids(list(rows)) == ids(list(rows))


def test_pages_are_fetched_only_when_they_are_needed() -> None:
    server = Server(table(100))
    rows = iter(pager(server, page_size=10))
    assert [next(rows).id for _ in range(10)][-1] == "0009"
    assert len(server.pages) == 1


@pytest.mark.parametrize(
    ("bounds", "message"),
    [({"page_size": 2001}, "1 to 2000"), ({"page_size": 0}, "1 to 2000"), ({"limit": -1}, "negative")],
)
def test_bounds_out_of_range_are_refused_at_once(bounds: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        pager(Server(table(1)), **bounds)


def test_a_query_that_cannot_be_sent_is_refused_where_it_is_written() -> None:
    with pytest.raises(QueryError, match="no opposite"):
        Pager(Server(table(1)), partial(operation.search, Task, [~Task.f.name.like("x")]))


def test_the_async_pager_does_the_same() -> None:
    async def run() -> None:
        server = AsyncServer(table(5))
        rows = AsyncPager(server, partial(operation.search, Task), page_size=2)
        assert ids(await rows.to_list()) == ["0000", "0001", "0002", "0003", "0004"]
        assert [len(page) async for page in rows.pages()] == [2, 2, 1]
        assert ids([row async for row in rows]) == ids(await rows.to_list())
        first = await rows.first()
        assert first is not None
        assert first.id == "0000"
        assert server.pages[-1] == (0, 1)

    asyncio.run(run())
