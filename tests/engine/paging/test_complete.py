"""Reads are complete, or an error: whatever a server does to its pages, no row is silently left out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.loopback import Answer, Received, loopback
from tests.support.table import Row, Table, numbered, params_of
from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import ProtocolError
from workfront_core.transport.retry import Retry

SIZE = 35
PAGE = 10
AUTH = ApiKey("k")
ONCE = Retry(max_retries=0)
BY_NAME = [Task.f.name.asc()]
NO_ROOM = (Task.f.id.startswith("0") & (Task.f.name != "x")) | (Task.f.id.startswith("0") & (Task.f.name != "y"))
"""Leaves no room for one more test on the ID."""

Read = Callable[[str], list[Any]]


def sync_read(search: Callable[[Workfront], Any]) -> Read:
    def read(url: str) -> list[Any]:
        with Workfront(url, auth=AUTH, retry=ONCE) as wf:
            return list(search(wf))

    return read


def async_read(search: Callable[[AsyncWorkfront], Any]) -> Read:
    def read(url: str) -> list[Any]:
        async def run() -> list[Any]:
            async with AsyncWorkfront(url, auth=AUTH, retry=ONCE) as wf:
                return [row async for row in search(wf)]

        return asyncio.run(run())

    return read


MODES: dict[str, Read] = {
    "by ID": sync_read(lambda wf: wf.task.search(page_size=PAGE, prefetch=False)),
    "by ID ahead": sync_read(lambda wf: wf.task.search(page_size=PAGE, prefetch=True)),
    "by ID async": async_read(lambda wf: wf.task.search(page_size=PAGE)),
    "by row": sync_read(lambda wf: wf.task.search(order_by=BY_NAME, page_size=PAGE, prefetch=False)),
    "by row ahead": sync_read(lambda wf: wf.task.search(order_by=BY_NAME, page_size=PAGE, prefetch=True)),
    "by row async": async_read(lambda wf: wf.task.search(order_by=BY_NAME, page_size=PAGE)),
    "no room": sync_read(lambda wf: wf.task.search(NO_ROOM, page_size=PAGE)),
    "limit": sync_read(lambda wf: wf.task.search(page_size=PAGE, limit=SIZE)),
    "limit by row": sync_read(lambda wf: wf.task.search(order_by=BY_NAME, page_size=PAGE, limit=SIZE)),
    "beyond": sync_read(lambda wf: wf.task.search(page_size=PAGE, limit=SIZE + 1)),
    "map": sync_read(lambda wf: wf.task.search_map(page_size=PAGE).values()),
}
BY_ID = {"by ID", "by ID ahead", "by ID async", "limit", "beyond"}
all_modes = pytest.mark.parametrize("mode", MODES)


class Server:
    """A table over HTTP, and what a fault makes of each of its answers, given their number from 1 on."""

    def __init__(self, change: Callable[[object, int], object] = lambda data, _number: data, **table: Any) -> None:
        self.table = Table({row["ID"]: row for row in tasks()}, **table)
        self._change = change
        self.counts_less = 0
        self.mode = ""

    def answer(self, asked: Received) -> Answer:
        params = params_of(asked.query)
        self.table.asked.append(params)
        if asked.path.endswith("/count"):
            return Answer({"count": max(0, self.table.count(params) - self.counts_less)})
        return Answer(self._change(self.table.page(params), self._number(params)))

    def _number(self, params: dict[str, str]) -> int:
        """Returns the number of the page; by row number two may be under way and arrive in any order."""
        if self.mode in BY_ID or (self.mode == "no room" and len(self.table.asked) <= 2):
            return len(self.table.asked)
        first = int(params["$$FIRST"])
        is_again = [asked.get("$$FIRST") for asked in self.table.asked].count(str(first)) > 1
        return len(self.table.asked) if is_again or not first else first // PAGE + 1

    def read(self, mode: str) -> list[str]:
        self.mode = mode
        with loopback(self.answer) as server:
            return [row.id for row in MODES[mode](server.url)]


def tasks() -> list[Row]:
    return [{"ID": row_id, "name": row_id[::-1], "objCode": "TASK"} for row_id in numbered(SIZE)]


def each_row_once_or_an_error(server: Server, mode: str) -> bool:
    """Whether the read came to its end; then every row came, and none twice."""
    try:
        ids = server.read(mode)
    except ProtocolError:
        return False
    assert sorted(ids) == list(numbered(SIZE))
    return True


@all_modes
def test_an_orderly_server_is_asked_once_more_than_it_has_pages(mode: str) -> None:
    server = Server()
    assert each_row_once_or_an_error(server, mode)
    pages, ahead = -(-SIZE // PAGE), mode == "by row async"
    assert len(server.table.asked) <= pages + (0 if mode.startswith("limit") else 1) + ahead


@all_modes
@pytest.mark.parametrize("number", [2, 3, 4])
@pytest.mark.parametrize("lasts", [True, False])
def test_an_empty_page_after_a_full_one_is_not_taken_for_the_end(mode: str, number: int, lasts: bool) -> None:
    def fault(data: object, asked: int) -> object:
        return type(data)() if asked == number or (lasts and asked > number) else data

    is_done = each_row_once_or_an_error(Server(fault), mode)
    assert not (is_done and lasts and number < 4)


@all_modes
@pytest.mark.parametrize("cap", [1, 7, 9])
def test_a_server_that_gives_fewer_rows_at_once_is_read_to_the_end(mode: str, cap: int) -> None:
    assert each_row_once_or_an_error(Server(cap=cap), mode)


FEWER = [(mode, fewer) for mode in MODES for fewer in (1, 20, SIZE) if fewer < SIZE or mode not in BY_ID]
"""By ID, that there are no others is all that a server can say of them, and is believed."""


@pytest.mark.parametrize(("mode", "fewer"), FEWER)
def test_a_server_that_counts_too_few_rows_is_read_to_the_end(mode: str, fewer: int) -> None:
    server = Server(cap=7)
    server.counts_less = fewer
    assert each_row_once_or_an_error(server, mode)


def rows_of(data: object) -> list[Row]:
    return list(data.values()) if isinstance(data, dict) else list(data)  # type: ignore[call-overload]


def on_page(number: int, change: Callable[[list[Row]], object]) -> Callable[[object, int], object]:
    def fault(data: object, asked: int) -> object:
        return change(rows_of(data)) if asked == number else data

    return fault


SHORT_PAGES = {
    "one row less": lambda rows: rows[:-1],
    "one row of many": lambda rows: rows[:1],
    "one row twice": lambda rows: [*rows[:-1], rows[0]],
    "another order": lambda rows: rows[::-1],
}


@all_modes
@pytest.mark.parametrize("fault", SHORT_PAGES)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_that_lacks_rows_or_mixes_them_leaves_none_out(mode: str, fault: str, number: int) -> None:
    each_row_once_or_an_error(Server(on_page(number, SHORT_PAGES[fault])), mode)


LAST, SOONER = tasks()[-1], tasks()[25]
TOO_MANY: dict[str, Callable[[list[Row]], object]] = {
    "the last one": lambda rows: [*rows, LAST],
    "one of a later page": lambda rows: [*rows, SOONER],
    "both": lambda rows: [*rows, SOONER, LAST],
    "the last one in front": lambda rows: [LAST, *rows],
}


@all_modes
@pytest.mark.parametrize("fault", TOO_MANY)
@pytest.mark.parametrize("number", [1, 2])
def test_a_row_more_than_asked_for_is_not_taken_for_the_next_one(mode: str, fault: str, number: int) -> None:
    each_row_once_or_an_error(Server(on_page(number, TOO_MANY[fault])), mode)


@all_modes
@pytest.mark.parametrize("size", [PAGE + 1, 2 * PAGE - 1, 2 * PAGE, SIZE])
def test_a_server_that_gives_larger_pages_than_asked_for_is_read_to_the_end(mode: str, size: int) -> None:
    server = Server()
    page = server.table.page

    def larger(params: dict[str, str]) -> object:
        return page({**params, "$$LIMIT": str(size)})

    server.table.page = larger  # type: ignore[method-assign, assignment]
    assert each_row_once_or_an_error(server, mode)


@pytest.mark.parametrize("mode", sorted(BY_ID))
@pytest.mark.parametrize("at", [0, 3])
def test_by_id_a_row_left_out_of_a_page_that_is_not_the_last_is_read_late(mode: str, at: int) -> None:
    for number in (1, 2, 3):
        assert each_row_once_or_an_error(Server(on_page(number, lambda rows: [*rows[:at], *rows[at + 1 :]])), mode)

    def without(data: object, _asked: int) -> object:
        return [row for row in rows_of(data) if row["ID"] != "07"]

    server = Server(without)
    assert not each_row_once_or_an_error(server, mode)
    assert len(server.table.asked) < 30, "three looks that bring nothing are enough"


@pytest.mark.parametrize("mode", sorted(MODES.keys() - BY_ID - {"limit by row"}))
@pytest.mark.parametrize("at", [0, 3])
def test_by_row_number_a_row_left_out_of_a_page_is_noticed(mode: str, at: int) -> None:
    for number in (1, 2, 4):
        each_row_once_or_an_error(Server(on_page(number, lambda rows: [*rows[:at], *rows[at + 1 :]])), mode)

    def without(data: object, _asked: int) -> object:
        return [row for row in rows_of(data) if row["ID"] != "07"]

    assert not each_row_once_or_an_error(Server(without), mode)


@all_modes
def test_rows_in_no_order_are_all_read_or_refused(mode: str) -> None:
    each_row_once_or_an_error(Server(fault="unsorted", shuffled=True), mode)


@all_modes
def test_a_server_that_repeats_a_page_for_ever_is_refused(mode: str) -> None:
    first = tasks()[:PAGE]
    assert not each_row_once_or_an_error(Server(lambda _data, _number: first), mode)


@pytest.mark.parametrize("mode", ["by row", "by row ahead", "by row async", "limit by row"])
def test_a_server_that_repeats_a_page_of_rows_without_ids_is_refused(mode: str) -> None:
    """Also where it comes to an end, be it that of the search or a limit, with a part of that page."""
    first = [{"name": row["name"], "objCode": "TASK"} for row in tasks()[:PAGE]]
    server = Server(lambda data, _number: first[: len(rows_of(data))])
    with pytest.raises(ProtocolError):
        server.read(mode)
    assert len(server.table.asked) < 30


NO_PAGES: dict[str, object] = {
    "null": None,
    "an object": {"a": 1},
    "a row": tasks()[0],
    "a confirmation": {"success": True},
    "a text": "OK",
    "rows without anything": [{}],
    "texts": ["00"],
    "rows whose ID is null": [{"ID": None, "objCode": "TASK", "name": "x"}],
    "rows whose ID is a number": [*tasks()[:1], {"ID": 5, "objCode": "TASK"}],
    "rows of another type": [{"ID": "99", "objCode": "PROJ"}],
}


@all_modes
@pytest.mark.parametrize("data", NO_PAGES)
@pytest.mark.parametrize("number", [1, 2, 4])
def test_what_is_no_list_of_rows_ends_the_read_with_an_error(mode: str, data: str, number: int) -> None:
    answer = NO_PAGES[data]
    assert not each_row_once_or_an_error(Server(lambda found, asked: answer if asked == number else found), mode)


@all_modes
@pytest.mark.parametrize(("status", "raw"), [(204, b""), (200, b"null"), (200, b'{"data": null}'), (200, b'{"a": 1}')])
def test_an_answer_without_data_ends_the_read_with_an_error(mode: str, status: int, raw: bytes) -> None:
    for number in (1, 3):
        asked = [0]
        server = Server()

        def answer(request: Received) -> Answer:
            asked[0] += 1  # noqa: B023
            return Answer(status=status, raw=raw) if asked[0] == number else server.answer(request)  # noqa: B023

        with loopback(answer) as host, pytest.raises(ProtocolError):
            MODES[mode](host.url)


@all_modes
def test_no_rows_are_no_error_once_none_is_counted(mode: str) -> None:
    server = Server()
    server.table.rows.clear()
    assert server.read(mode) == []
    assert len(server.table.asked) == 2


@all_modes
def test_rows_that_are_counted_where_none_comes_are_read_again_and_an_error_in_the_end(mode: str) -> None:
    assert each_row_once_or_an_error(Server(on_page(1, lambda _rows: [])), mode)
    server = Server(lambda data, _asked: type(data)())
    with pytest.raises(ProtocolError, match="counts 35 rows and gave 0"):
        server.read(mode)
    assert len(server.table.asked) < 20


def test_none_as_the_first_row_or_the_only_one_is_counted_too() -> None:
    server = Server(lambda data, _asked: type(data)())
    with loopback(server.answer) as host, Workfront(host.url, auth=AUTH) as wf:
        for ask in (wf.task.search().first, wf.task.search().one, wf.task.search(order_by=BY_NAME).first):
            with pytest.raises(ProtocolError, match="counts 35"):
                ask()


def test_one_row_is_the_only_one_once_that_is_proven() -> None:
    server = Server(cap=1)
    with loopback(server.answer) as host, Workfront(host.url, auth=AUTH) as wf, pytest.raises(Exception, match="More"):
        wf.task.search().one()


def without_count(server: Server) -> Callable[[Received], Answer]:
    def answer(asked: Received) -> Answer:
        if asked.path.endswith("/count"):
            return Answer(status=422, raw=b'{"error": {"message": "count is not supported"}}')
        return server.answer(asked)

    return answer


def test_a_server_that_cannot_count_is_read_to_an_empty_page() -> None:
    with loopback(without_count(Server(cap=7))) as host:
        for mode in ("by row", "by row ahead", "by row async"):
            assert len(MODES[mode](host.url)) == SIZE


def first_answer_without(at: int) -> Callable[[object, int], object]:
    answers = [0]

    def fault(data: object, _number: int) -> object:
        answers[0] += 1
        if answers[0] > 1:
            return data
        kept = [row for row in rows_of(data) if row is not rows_of(data)[at]]
        return {row["ID"]: row for row in kept} if isinstance(data, dict) else kept

    return fault


@pytest.mark.parametrize("mode", sorted(MODES))
@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize(("number", "cap"), [(9, 7), (20, 7), (13, 7), (7, 7), (9, None), (10, None), (19, None)])
@pytest.mark.parametrize("at", [0, 3, -1])
def test_a_row_left_out_of_a_page_comes_late_whoever_counts(
    mode: str, counts: bool, number: int, cap: int | None, at: int
) -> None:
    """Pages that are as large as the largest may lack rows, too, be there one or two of them."""
    server = Server(first_answer_without(at), cap=cap)
    for row in tasks()[number:]:
        del server.table.rows[row["ID"]]
    server.mode = mode
    with loopback(server.answer if counts else without_count(server)) as host:
        assert sorted(row.id for row in MODES[mode](host.url)) == list(numbered(number))


@pytest.mark.parametrize("mode", sorted(BY_ID - {"limit"}))
def test_whether_all_came_is_said_to_be_open_where_a_server_neither_counts_nor_skips_rows(mode: str) -> None:
    server = Server(cap=7)
    page = server.table.page
    server.table.page = lambda params: page({**params, "$$FIRST": "0"})  # type: ignore[method-assign]
    with loopback(without_count(server)) as host, pytest.raises(ProtocolError, match=r"gave|open"):
        MODES[mode](host.url)
