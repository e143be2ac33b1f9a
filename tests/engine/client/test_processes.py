"""One client in several processes: each has connections, slots and locks of its own, and reads its own answers."""

from __future__ import annotations

import asyncio
import copy
import gc
import multiprocessing
import os
import pickle
import threading
from typing import Any

import pytest

from tests.support.children import in_children
from tests.support.fault_host import ROWS, Act, fault_host, page, reply
from tests.support.loopback import Answer, Received, loopback
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET
from tests.support.token_host import token_host
from tests.support.waiting import PATIENCE
from workfront_core.auth import ApiKey, Login
from workfront_core.errors import QueryError, WorkfrontError
from workfront_core.http_library import httpx
from workfront_core.transport.concurrency import concurrency_of

pytestmark = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here"
)


def echo(asked: Received) -> Answer:
    row_id = asked.path.rpartition("/")[2]
    return Answer({"ID": row_id, "name": row_id, "objCode": "TASK"})


def row_ids(number: int) -> list[str]:
    return [f"{number:016x}{count:016x}" for count in range(40)]


def ask(wf: Workfront, number: int) -> str:
    """What forty calls of one process came to."""
    try:
        wrong = sum(wf.task.get(row_id).name != row_id for row_id in row_ids(number))
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    return f"{wrong} wrong"


def test_four_children_and_their_parent_get_the_rows_they_asked_for() -> None:
    with loopback(echo) as host, Workfront(host.url, auth=ApiKey(SECRET)) as wf:
        wf.task.get("1" * 32)  # a connection is open now
        said: list[str] = []
        parent = threading.Thread(target=lambda: said.append(ask(wf, 9)))
        parent.start()
        said += in_children(lambda number: ask(wf, number))
        parent.join(PATIENCE)
        assert not parent.is_alive()
        assert said == ["0 wrong"] * 5
        assert ask(wf, 10) == "0 wrong", "no child closed the parent's connection"


def test_each_process_opens_connections_of_its_own() -> None:
    with fault_host(row_by_id) as host, Workfront(host.url, auth=ApiKey(SECRET)) as wf:
        wf.task.get("a" * 32)
        assert in_children(lambda number: str(wf.task.get(f"{number:032x}").id), 3) == row_ids_of(1, 2, 3)
        assert host.connections == 1 + 3
        wf.task.get("b" * 32)
        assert host.connections == 1 + 3, "the parent's one stayed open"


def row_ids_of(*numbers: int) -> list[str]:
    return [f"{number:032x}" for number in numbers]


def row_by_id(asked: Received, _number: int) -> Act:
    return reply({"data": echo(asked).data})


@pytest.mark.parametrize("order", [[], [Task.f.name.asc()]])
@pytest.mark.parametrize("read", [1, 2, 3])
def test_a_search_begun_before_the_fork_goes_on_in_parent_and_children(order: Any, read: int) -> None:
    """The page ahead is asked for by a thread that no child has."""
    with (
        fault_host(page_or_count) as host,
        Workfront(host.url, auth=ApiKey(SECRET)) as wf,
    ):
        rows = iter(wf.task.search(order_by=order, page_size=2))
        begun = [str(next(rows).id) for _ in range(read)]
        said = in_children(lambda _: " ".join([*begun, *(str(row.id) for row in rows)]), 2)
        assert said == [" ".join(row["ID"] for row in ROWS)] * 2
        assert [*begun, *(row.id for row in rows)] == [row["ID"] for row in ROWS]


def page_or_count(asked: Received, _number: int) -> Act:
    return reply({"data": {"count": len(ROWS)}}) if asked.path.endswith("/count") else page(asked)


def test_copies_and_clients_made_in_a_child_work_as_well() -> None:
    with loopback(echo) as host, Workfront(host.url, auth=ApiKey(SECRET)) as wf:
        copied = wf.with_options(timeout=5)
        copied.task.get("1" * 32)

        def work(number: int) -> str:
            with Workfront(host.url, auth=ApiKey(SECRET)) as new:
                return f"{ask(copied, number)}, {ask(new, number)}"

        assert in_children(work, 2) == ["0 wrong, 0 wrong"] * 2


def test_an_asynchronous_client_is_used_in_the_child_s_own_loop() -> None:
    async def names(wf: AsyncWorkfront, number: int) -> int:
        rows = await asyncio.gather(*(wf.task.get(row_id) for row_id in row_ids(number)))
        return sum(row.name != row_id for row, row_id in zip(rows, row_ids(number), strict=True))

    with loopback(echo) as host, asyncio.Runner() as runner:
        wf = AsyncWorkfront(host.url, auth=ApiKey(SECRET))
        assert runner.run(names(wf, 1)) == 0
        assert in_children(lambda number: str(asyncio.run(names(wf, number))), 2) == ["0", "0"]
        assert runner.run(names(wf, 1)) == 0
        runner.run(wf.aclose())


def test_slots_that_threads_of_the_parent_hold_are_free_in_the_child() -> None:
    with loopback(echo) as host, Workfront(host.url, auth=ApiKey(SECRET), concurrency=1) as wf:
        with concurrency_of(host.url).acquire(1):
            (said,) = in_children(lambda number: ask(wf.with_options(total_timeout=20), number), 1)
            assert concurrency_of(host.url).in_flight == 1
        assert said == "0 wrong"


def test_a_renewal_that_a_thread_of_the_parent_carries_out_is_not_waited_for() -> None:
    auth = Login("ana@example.com", "secret-password")
    with token_host() as host, Workfront(host.url, auth=auth) as wf:
        renewal, lead = auth.begin_or_join(None)
        assert lead is not None
        assert in_children(lambda _: str(wf.with_options(total_timeout=20).task.get("1" * 32).name), 1) == ["x"]
        auth.abandon(renewal)


def test_locks_of_counters_are_free_in_the_child() -> None:
    from workfront_core.transport.telemetry import CounterHook

    counter = CounterHook()
    with counter.lock:
        assert in_children(lambda _: str(counter.snapshot()["seconds"]), 1) == ["0.0"]


@pytest.mark.parametrize("handed_in", ["http_client", "transport"])
def test_connections_that_were_handed_in_stay_in_their_process(handed_in: str) -> None:
    def work(_: int) -> str:
        try:
            wf.task.get("1" * 32)
        except WorkfrontError as error:
            return f"{type(error).__name__}: {error.message}"
        return "answered"

    with loopback(echo) as host, httpx.HTTPTransport() as transport, httpx.Client() as http_client:
        given: Any = {"transport": transport, "http_client": http_client}
        wf = Workfront(host.url, auth=ApiKey(SECRET), **{handed_in: given[handed_in]})
        wf.task.get("1" * 32)
        (said,) = in_children(work, 1)
        assert said.startswith("QueryError: The http_client or transport that was handed in belongs to another process")
        assert wf.task.get("1" * 32).name == "1" * 32


def test_a_transport_without_connections_goes_along() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"data": {"ID": request.url.path.rpartition("/")[2], "name": str(os.getpid())}})

    with Workfront("https://acme.example", auth=ApiKey(SECRET), transport=httpx.MockTransport(answer)) as wf:
        here = wf.task.get("1" * 32).name
        (there,) = in_children(lambda _: str(wf.task.get("1" * 32).name), 1)
        assert here == str(os.getpid()) != there


@pytest.mark.parametrize("made", [Workfront, AsyncWorkfront])
@pytest.mark.parametrize("copied", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_says_that_it_cannot_be_sent_to_another_process(made: Any, copied: Any) -> None:
    wf = made("https://acme.example", auth=ApiKey(SECRET))
    with pytest.raises(QueryError, match="cannot be pickled"):
        copied(wf)


def test_what_starts_anew_in_children_is_let_go_with_its_owner() -> None:
    from workfront_core import process_state

    gc.collect()
    before = len(process_state.bound())
    for number in range(5):
        Workfront(f"https://host-{number}.example", auth=Login("ana@example.com", "secret-password")).close()
    gc.collect()
    assert len(process_state.bound()) == before
