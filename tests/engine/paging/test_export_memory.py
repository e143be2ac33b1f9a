"""An export holds a few pages, however many there are: rows of the wire, buffers of Arrow, cells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pyarrow as pa
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from workfront_client.v22 import Task
from workfront_core.frames.files import FORMATS, ExcelFile
from workfront_core.operations.search import Query
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.paging._sync.pager import Pager
from workfront_core.request.request import Request

PAGE = 50
PAGES = 10
TEXT = "x" * 1_000
FEW = 6
"""Pages that may be held: asked for ahead, on their way to the file, or just let go of by a thread that waits."""
SETTLED = 4
"""Pages after which every buffer has been made once."""


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


Export = Callable[[Path, Callable[[int], None]], tuple[int, "Source"]]


def export(path: Path, progress: Callable[[int], None]) -> tuple[int, Source]:
    source = Source()
    return Pager(source, Query(Task, fields=["name"]), page_size=PAGE).export(path, progress=progress), source


def async_export(path: Path, progress: Callable[[int], None]) -> tuple[int, Source]:
    source = AsyncSource()
    pager = AsyncPager(source, Query(Task, fields=["name"]), page_size=PAGE)
    return asyncio.run(pager.export(path, progress=progress)), source


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("run", [export, async_export], ids=["sync", "async"])
def test_a_few_pages_are_held_at_a_time(run: Export, ending: str, tmp_path: Path) -> None:
    buffers: list[int] = []
    rows, source = run(tmp_path / f"t{ending}", lambda _rows: buffers.append(pa.total_allocated_bytes()))
    assert (rows, len(buffers)) == (PAGE * PAGES, PAGES)
    assert source.peak <= FEW * PAGE
    assert max(buffers[SETTLED:]) - min(buffers[SETTLED:]) < 3 * PAGE * len(TEXT)


def test_a_workbook_keeps_one_row_of_its_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    books: list[Any] = []
    make = xlsxwriter.Workbook

    def made(*given: Any) -> Any:
        books.append(make(*given))
        return books[0]

    monkeypatch.setattr(xlsxwriter, "Workbook", made)
    batch = pa.RecordBatch.from_pydict({"name": [f"{at} {TEXT}" for at in range(PAGE)]})
    with ExcelFile(tmp_path / "t.xlsx", batch.schema) as file:
        file.write(batch)
        (sheet,) = books[0].worksheets()
        assert len(sheet.table) <= 2
        assert not books[0].str_table.string_table
