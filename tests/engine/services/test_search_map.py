"""Rows by ID, as the server maps them."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.query_fixture.models.custom_enum import CustomEnum
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncTaskService, TaskService
from tests.support.table import AsyncTable, Table, numbered
from workfront_core.errors import QueryError
from workfront_core.services._sync.reading import Search


def test_rows_come_keyed_by_id_in_their_order() -> None:
    table = Table(numbered(3))
    rows = TaskService(table).search_map(order_by=[Task.f.name.desc()])
    assert list(rows) == ["02", "01", "00"]
    assert type(rows["01"]) is Task
    assert table.asked[0]["map"] == "true"


def test_every_page_is_mapped_and_told_by_row_number() -> None:
    table = Table(numbered(5))
    assert list(TaskService(table).search_map(Task.f.name == "x", page_size=2)) == ["00", "01", "02", "03", "04"]
    assert table.pages == ["0+2", "2+2", "4+2", "count"]
    assert all(params["map"] == "true" and params["name"] == "x" for params in table.asked[:-1])


def test_a_limit_bounds_the_map() -> None:
    assert list(TaskService(Table(numbered(5))).search_map(limit=2)) == ["00", "01"]


def test_rows_without_an_id_cannot_be_mapped() -> None:
    class CustomEnums(Search[CustomEnum]):
        model = CustomEnum

    table = Table({})
    with pytest.raises(QueryError, match="CustomEnum have no ID"):
        CustomEnums(table).search_map()
    assert table.asked == []


def test_the_async_service_maps_too() -> None:
    async def run() -> None:
        assert list(await AsyncTaskService(AsyncTable(numbered(5))).search_map(page_size=2)) == list(numbered(5))

    asyncio.run(run())
