"""A thread asks for the next page while this one is read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.loopback import Answer, loopback
from tests.support.pager_kit import by_name, ids, pager
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import Workfront
from tests.support.table import Table, numbered, threads
from tests.support.waiting import PATIENCE, wait_until
from workfront_core.auth import ApiKey
from workfront_core.errors import ProtocolError, TransportError
from workfront_core.operations.search import Query
from workfront_core.paging._sync.pager import Pager

# Prefetch


def test_a_thread_fetches_one_page_ahead_and_no_more() -> None:
    table = Table(numbered(90))
    rows = iter(Pager(table, Query(Task), page_size=10))
    next(rows)
    wait_until(lambda: len(table.asked) == 2, "the next page is asked for")
    assert len(threads()) == 1
    rows.close()  # type: ignore[attr-defined]
    assert threads() == set()
    assert len(table.asked) == 2


def test_a_search_of_one_page_needs_no_thread() -> None:
    seen: list[set[str]] = []
    table = Table(numbered(9), between=lambda _: seen.append(threads()))
    assert len(Pager(table, Query(Task), page_size=10, limit=9).to_list()) == 9
    assert Pager(table, Query(Task)).first() is not None
    assert seen == [set(), set()]


def test_a_request_that_takes_long_keeps_nobody_who_left() -> None:
    stuck, left = threading.Event(), threading.Event()

    def stall(number: int) -> None:
        if number == 1:
            stuck.set()
            left.wait(PATIENCE)

    for _ in Pager(Table(numbered(90), between=stall), Query(Task), page_size=10):
        stuck.wait(PATIENCE)
        break
    assert [thread.daemon for thread in threading.enumerate() if thread.name in threads()] == [True]
    left.set()
    wait_until(lambda: not threads(), "the thread ends with its request")


def test_ctrl_c_while_a_page_is_waited_for_leaves_no_thread() -> None:
    def interrupt(number: int) -> None:
        if number == 1:
            raise KeyboardInterrupt

    rows = iter(Pager(Table(numbered(90), between=interrupt), Query(Task), page_size=10))
    with pytest.raises(KeyboardInterrupt):
        list(rows)
    assert threads() == set()


def test_rows_are_read_where_the_reader_is_and_errors_too() -> None:
    rows = Pager(Table(numbered(30)), Query(Task), page_size=10)
    assert ids(rows) == ids(rows) == list(numbered(30))
    assert threads() == set()


@pytest.mark.parametrize("make", [pager, by_name])
def test_a_thread_changes_no_row_and_asks_for_the_same(make: Callable[..., Pager[Any]]) -> None:
    plain, ahead = Table(numbered(25)), Table(numbered(25))
    assert ids(make(plain, page_size=10)) == ids(make(ahead, page_size=10, prefetch=True))
    assert ahead.pages == plain.pages
    assert threads() == set()


def test_the_thread_ends_when_reading_stops_early() -> None:
    table = Table(numbered(50))
    for row in pager(table, page_size=5, prefetch=True):
        if row.id == "07":
            break
    assert threads() == set()
    assert len(table.asked) <= 3


def test_an_error_on_the_next_page_shows_after_the_rows_of_this_one() -> None:
    def fail(number: int) -> None:
        if number == 1:
            raise TransportError("cut off")

    seen: list[str] = []
    rows = pager(Table(numbered(9), between=fail), page_size=3, prefetch=True)
    with pytest.raises(TransportError):
        seen.extend(row.id for row in rows)
    assert seen == ["00", "01", "02"]
    assert threads() == set()


# Strict reading


def test_a_strict_client_refuses_a_row_that_does_not_fit() -> None:
    rows = [{"ID": "1", "percentComplete": "much"}]
    with loopback(lambda _asked: Answer(rows)) as server, Workfront(server.url, auth=ApiKey("k"), strict=True) as wf:
        with pytest.raises(ProtocolError, match="does not fit") as caught:
            wf.task.search().to_list()
        assert caught.value.request is not None
