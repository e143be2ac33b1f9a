"""Pagers over tables in memory."""

from __future__ import annotations

from typing import Any

from tests.support.query_fixture.models.task import Task
from tests.support.table import Table
from workfront_core.operations.search import Query
from workfront_core.paging._sync.pager import Pager

BY_NAME = [Task.f.name.asc()]


def pager(table: Table, query: Query[Any] | None = None, **bounds: Any) -> Pager[Any]:
    bounds.setdefault("prefetch", False)
    return Pager(table, query or Query(Task), **bounds)


def by_name(table: Table, **bounds: Any) -> Pager[Any]:
    return pager(table, Query(Task, order_by=BY_NAME), **bounds)


def ids(rows: Any) -> list[str]:
    return [row.id for row in rows]
