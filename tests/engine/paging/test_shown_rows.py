"""What a notebook shows of a search: its first rows, by one request."""

from __future__ import annotations

from tests.engine.models.test_html_table import cells
from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core.paging.shown_rows import MOST_ROWS
from workfront_testing import in_process


def test_the_first_rows_are_shown_by_one_request() -> None:
    rows = [{"name": f"Task {number:03}"} for number in range(300)]
    with in_process({"TASK": rows}) as kit, kit.client(Workfront) as wf:
        search = wf.task.search(fields=[Task.f.name, Task.f.project.name], order_by=[Task.f.name.asc()])
        kit.log.clear()
        html = search._repr_html_()
        assert len(kit.log) == 1
        assert sum(1 for _ in search) == 300, "showing a search reads nothing of it"
    lines = cells(html)
    assert len(lines) == 1 + MOST_ROWS
    assert lines[0] == ["name", "project:name"]
    assert lines[1] == ["Task 000", ""]
    assert html.endswith(f"<p>the first {MOST_ROWS} rows; there are more</p>")


def test_a_search_of_few_rows_shows_all_and_one_of_none_says_so() -> None:
    with in_process({"TASK": [{"name": "One"}, {"name": "Two"}]}) as kit, kit.client(Workfront) as wf:
        both = cells(wf.task.search(fields=[Task.f.name], limit=5)._repr_html_())
        none = wf.task.search(Task.f.name == "Three", fields=[Task.f.name])._repr_html_()
        bounded = cells(wf.task.search(fields=[Task.f.name], limit=1)._repr_html_())
    assert sorted(both) == [["One"], ["Two"], ["name"]]
    assert len(bounded) == 2
    assert none.endswith("<p>no rows</p>")


async def _shown() -> bool:
    with in_process() as kit:
        async with kit.client(AsyncWorkfront) as wf:
            return hasattr(wf.task.search(), "_repr_html_")


def test_an_asynchronous_search_shows_what_is_searched_for() -> None:
    import asyncio

    assert asyncio.run(_shown()) is False
