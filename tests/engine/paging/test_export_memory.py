"""An export holds a few pages, however many there are: rows of the wire, buffers of Arrow and what the format keeps."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pyarrow as pa
import pytest

from workfront_client.v22 import Task
from workfront_core.frames.files import FORMATS
from workfront_core.operations.search import Query
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.paging._sync.pager import Pager
from workfront_core.request.request import Request

PAGE = 100
PAGES = 16
TEXT = "x" * 1_000
SETTLED = 4
"""Pages after which nothing more is imported and every buffer has been made once."""


class Row(dict[str, str]):
    """A row that can be counted while it is held."""

    __hash__ = object.__hash__  # type: ignore[assignment]


@dataclass
class Source:
    """A client that makes rows by a formula, and counts those that somebody holds."""

    held: WeakSet[Row] = field(default_factory=WeakSet["Row"])
    peak: int = 0

    def page(self, request: Request[Any]) -> Any:
        params = dict(request.params)
        tested = next((key.removesuffix("_Mod") for key, word in params.items() if word == "gt"), "")
        first = int(params.get(tested, "0"), 16) + 1
        if "$$LIMIT" not in params:
            return request.parse({"count": PAGE * PAGES + 1 - first})
        rows = [Row(ID=f"{at:032x}", name=f"{at} {TEXT}") for at in range(first, min(first + PAGE, PAGE * PAGES + 1))]
        self.held.update(rows)
        self.peak = max(self.peak, len(self.held))
        return request.parse(rows)

    def send(self, request: Request[Any], /) -> Any:
        return self.page(request)


class AsyncSource(Source):
    async def send(self, request: Request[Any], /) -> Any:
        return self.page(request)


def export(path: Path, progress: Callable[[int], None]) -> tuple[int, Source]:
    source = Source()
    return Pager(source, Query(Task, fields=["name"]), page_size=PAGE).export(path, progress=progress), source


def async_export(path: Path, progress: Callable[[int], None]) -> tuple[int, Source]:
    source = AsyncSource()
    pager = AsyncPager(source, Query(Task, fields=["name"]), page_size=PAGE)
    return asyncio.run(pager.export(path, progress=progress)), source


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("run", [export, async_export], ids=["sync", "async"])
def test_a_few_pages_are_held_at_a_time(
    run: Callable[[Path, Callable[[int], None]], tuple[int, Source]], ending: str, tmp_path: Path
) -> None:
    buffers: list[int] = []
    objects: list[int] = []

    def note(_rows: int) -> None:
        gc.collect()
        buffers.append(pa.total_allocated_bytes())
        objects.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    try:
        rows, source = run(tmp_path / f"t{ending}", note)
    finally:
        tracemalloc.stop()
    assert (rows, len(objects)) == (PAGE * PAGES, PAGES)
    assert source.peak <= 4 * PAGE
    for held in (buffers, objects):
        assert max(held[SETTLED:]) - min(held[SETTLED:]) < 3 * PAGE * len(TEXT)
