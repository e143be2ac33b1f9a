"""Rows of a search on one level, as tables take them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_testing import in_process

ROWS: dict[str, Any] = {
    "PROJ": [{"ID": "b" * 32, "name": "Launch"}],
    "TASK": [
        {"ID": "1" * 32, "name": "Write", "projectID": "b" * 32},
        {"ID": "2" * 32, "name": "Print", "projectID": "b" * 32},
    ],
}
NAMED: dict[str, Any] = {"fields": [Task.f.name, Task.f.project.name, Task.f.assigned_to.name], "page_size": 1}
FLAT = [
    {"name": "Write", "project:name": "Launch", "assignedTo:name": None},
    {"name": "Print", "project:name": "Launch", "assignedTo:name": None},
]


def test_each_row_has_the_columns_that_were_asked_for() -> None:
    with in_process(ROWS) as kit, kit.client(Workfront) as wf:
        assert list(wf.task.search(**NAMED).flat()) == FLAT


def test_an_asynchronous_search_gives_the_same() -> None:
    async def run() -> list[dict[str, Any]]:
        async with kit.client(AsyncWorkfront) as wf:
            return [row async for row in wf.task.search(**NAMED).flat()]

    with in_process(ROWS) as kit:
        assert asyncio.run(run()) == FLAT


@pytest.mark.parametrize("fields", [None, ["*"], ["name", "project:*"]])
def test_where_the_server_chooses_the_fields_each_row_says_what_it_holds(fields: Any) -> None:
    with in_process(ROWS) as kit, kit.client(Workfront) as wf:
        search = wf.task.search(fields=fields)
        assert list(search.flat()) == [row.flat() for row in search]
