"""When a client can be used: after it was closed not at all, and in every event loop by connections of that loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.fault_host import ROWS, fault_host
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET, both, names
from tests.support.token_host import token_host
from tests.support.waiting import PATIENCE, wait_until
from workfront_core.auth import ApiKey, Login
from workfront_core.errors import QueryError, WorkfrontError
from workfront_core.http_library import httpx

Use = Callable[[Workfront], Any]
ALL = [row["name"] for row in ROWS]
USES: dict[str, Use] = {
    "a call": lambda wf: wf.task.get("1" * 32),
    "a copy": lambda wf: wf.with_options(timeout=1).task.get("1" * 32),
    "a pager": lambda wf: wf.task.search().to_list(),
    "a loop": lambda wf: list(wf.task.search()),
    "the first row": lambda wf: wf.task.search().first(),
    "a count": lambda wf: wf.task.count(),
    "a request": lambda wf: wf.request("GET", "TASK/" + "1" * 32),
    "a batch": lambda wf: wf.send_batch([]) or wf.task.get("1" * 32),
    "entering again": lambda wf: wf.__enter__(),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_closed_client_says_so(use: Use) -> None:
    with fault_host(lambda asked, _: fault.page(asked)) as host:
        with Workfront(host.url, auth=ApiKey(SECRET)) as wf:
            assert names(wf) == ALL
        asked = len(host.asked)
        with pytest.raises(QueryError, match="The client is closed") as raised:
            use(wf)
        assert "inside the with block" in str(raised.value.hint)
        assert len(host.asked) == asked


@pytest.mark.parametrize("handed_in", [False, True])
def test_a_closed_client_that_would_have_to_sign_in_first_says_so(handed_in: bool) -> None:
    with token_host() as host, httpx.Client() as http_client:
        given: Any = {"http_client": http_client} if handed_in else {}
        wf = Workfront(host.url, auth=Login("ana@example.com", "secret-password"), **given)
        wf.close()
        wf.close()
        with pytest.raises(QueryError, match="The client is closed"):
            wf.task.get("1" * 32)
        assert host.host.asked == []


def test_a_pager_that_outlives_its_block_says_so() -> None:
    with fault_host(lambda asked, _: fault.page(asked)) as host:
        with Workfront(host.url, auth=ApiKey(SECRET)) as wf:
            rows = iter(wf.task.search(page_size=3, prefetch=False))
            next(rows)
        with pytest.raises(QueryError, match="The client is closed"):
            list(rows)


def test_an_asynchronous_client_says_so_too() -> None:
    async def run(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey(SECRET)) as wf:
            pager = wf.task.search()
        for use in (wf.task.get("1" * 32), pager.to_list(), wf.__aenter__()):
            with pytest.raises(QueryError, match="The client is closed"):
                await use

    with fault_host(lambda asked, _: fault.page(asked)) as host:
        asyncio.run(run(host.url))
        assert host.asked == []


def test_calls_under_way_while_the_client_is_closed_end_in_our_errors() -> None:
    async def run(url: str) -> list[BaseException | object]:
        wf = AsyncWorkfront(url, auth=ApiKey(SECRET))
        calls = [asyncio.ensure_future(wf.task.get("1" * 32)) for _ in range(20)]
        while host.in_flight == 0 and not host.asked:
            await asyncio.sleep(0)
        await wf.aclose()
        return await asyncio.gather(*calls, return_exceptions=True)

    with fault_host(lambda _, number: fault.reset if number % 2 else fault.slow_body) as host:
        ended = asyncio.run(asyncio.wait_for(run(host.url), PATIENCE))
    assert [type(error) for error in ended if not isinstance(error, WorkfrontError)] == []


def test_threads_whose_client_is_closed_meanwhile_end_in_our_errors() -> None:
    ended: list[BaseException] = []

    def work() -> None:
        try:
            wf.task.get("1" * 32)
        except BaseException as error:
            ended.append(error)

    with fault_host(lambda *_: fault.silence) as host:
        wf = Workfront(host.url, auth=ApiKey(SECRET), timeout=1)
        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(host.asked) == 6, "every call is under way")
        wf.close()
        for thread in threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()
    assert len(ended) == 6
    assert [error for error in ended if not isinstance(error, WorkfrontError)] == []


def in_loops(work: Callable[[], Any], count: int = 4) -> list[Any]:
    """What coroutines give, each in an event loop and a thread of its own, at once."""
    given: list[Any] = []
    threads = [threading.Thread(target=lambda: given.append(asyncio.run(work()))) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    return given


def test_one_client_in_four_event_loops_at_once_and_one_after_the_other() -> None:
    async def work() -> Any:
        found = await names(wf)
        await closed_here(wf)
        return found

    with fault_host(lambda asked, _: fault.page(asked)) as host:
        wf = AsyncWorkfront(host.url, auth=ApiKey(SECRET))
        assert in_loops(work) == [ALL] * 4
        for _ in range(3):
            assert asyncio.run(work()) == ALL
        asyncio.run(wf.aclose())


async def closed_here(wf: AsyncWorkfront) -> None:
    """Closes the connections of this loop, as its end does not."""
    http = wf._http.lease(asyncio.get_running_loop()).http  # noqa: SLF001
    await http.aclose()


@pytest.mark.parametrize("handed_in", ["http_client", "transport"])
def test_connections_that_were_handed_in_belong_to_one_event_loop(handed_in: str) -> None:
    async def first(url: str) -> AsyncWorkfront:
        given: Any = {"http_client": httpx.AsyncClient(), "transport": httpx.AsyncHTTPTransport()}
        wf = AsyncWorkfront(url, auth=ApiKey(SECRET), **{handed_in: given[handed_in]})
        assert await names(wf) == ALL
        await given[handed_in].aclose()
        return wf

    with fault_host(lambda asked, _: fault.page(asked)) as host:
        wf = asyncio.run(first(host.url))
        with pytest.raises(QueryError, match="belongs to another event loop") as raised:
            asyncio.run(names(wf))
        assert "in the event loop that uses them" in str(raised.value.hint)


def test_without_an_event_loop_of_asyncio_the_client_says_so() -> None:
    with fault_host(lambda asked, _: fault.page(asked)) as host:
        coroutine: Any = AsyncWorkfront(host.url, auth=ApiKey(SECRET)).task.get("1" * 32)
        with pytest.raises(QueryError, match="event loop of asyncio"):
            coroutine.send(None)


@both
def test_progress_may_call_the_client_whose_only_slot_it_runs_in(run: Any, tmp_path: Any) -> None:
    asked: list[str] = []

    def progress(_done: int, _total: int | None) -> None:
        if not asked:
            with Workfront(host.url, auth=ApiKey(SECRET), concurrency=1, retry=None) as other:
                asked.append(str(other.with_options(total_timeout=30).task.get("1" * 32).name))

    def answer(asked: Any, _: int) -> Any:
        if asked.path.endswith("file"):
            return fault.reply(b"x" * 100_000, headers={"Content-Disposition": "attachment"})
        return fault.reply({"data": {"ID": "1" * 32, "name": "x"}})

    with fault_host(answer) as host:
        run(host.url, lambda wf: wf.download("/file", tmp_path / "file", progress=progress), concurrency=1)
    assert asked == ["x"]
    assert (tmp_path / "file").stat().st_size == 100_000
