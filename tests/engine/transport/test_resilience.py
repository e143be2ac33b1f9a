"""What the clients do when the network or the server fails: the table of docs/resilience.md, row by row."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.fault_host import ROWS, Act, fault_host, script
from tests.support.places import DOCS, TESTS
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET, Pauses, both, names, plain_front, tls_front
from tests.support.waiting import PATIENCE, ended
from workfront_core.auth import ApiKey
from workfront_core.errors import (
    DeadlineExceeded,
    ProtocolError,
    QueryError,
    RateLimited,
    ServerError,
    TransportError,
    Truncated,
    Unreachable,
    WorkfrontError,
)
from workfront_core.http_library import httpx
from workfront_core.operations import operation
from workfront_core.transport.concurrency import DEFAULT_CONCURRENCY, concurrency_of
from workfront_core.transport.retry import Retry

ALL = [row["name"] for row in ROWS]

REPEATED_READS: dict[str, Act] = {
    "reset before the answer": fault.reset,
    "closed without an answer": fault.hang_up,
    "cut within the body": fault.reset_in_body,
    "cut-off JSON under 200": fault.cut_json(),
    "429": fault.refusal(429, "429 Too many concurrent API requests"),
    "429 told under 500": fault.refusal(500, "429 Too many concurrent API requests"),
    "500": fault.refusal(500),
    "502 with a page": fault.html(502),
    "503": fault.refusal(503),
}
"""Failures after which a read is sent again."""

UNCERTAIN: dict[str, type[WorkfrontError]] = {
    "reset before the answer": TransportError,
    "closed without an answer": TransportError,
    "cut within the body": TransportError,
    "cut-off JSON under 200": Truncated,
    "500": ServerError,
    "502 with a page": ServerError,
    "503": ServerError,
}
"""Failures after which nobody knows whether a write was applied."""

Run = Callable[..., Any]


@both
@pytest.mark.parametrize("name", REPEATED_READS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_paged_read_goes_on_after_a_failure_with_every_row_exactly_once(run: Run, name: str, place: int) -> None:
    pauses = Pauses()
    acts = {place: REPEATED_READS[name], place + 1: REPEATED_READS[name]}
    with fault_host(lambda asked, number: acts.get(number) or fault.page(asked)) as host:
        assert run(host.url, names, retry=pauses.retry()) == ALL
        assert len(pauses.taken) == 2
        host.wait_until_unused()


@both
@pytest.mark.parametrize("name", UNCERTAIN)
@pytest.mark.parametrize(
    "request_",
    [operation.create(Task, {"name": "x"}), operation.update(Task, "1" * 32, {"name": "x"})],
    ids=["post", "put"],
)
def test_a_write_that_could_have_been_applied_is_never_sent_again(run: Run, name: str, request_: Any) -> None:
    pauses = Pauses()
    with fault_host(script(REPEATED_READS[name])) as host:
        with pytest.raises(UNCERTAIN[name]) as raised:
            run(host.url, lambda wf: wf.send(request_), retry=pauses.retry())
        assert len(host.asked) == 1
        assert pauses.taken == []
        if isinstance(raised.value, TransportError):
            assert raised.value.sent
            assert raised.value.hint == "Check whether the change was made before you repeat it."


@both
@pytest.mark.parametrize("name", UNCERTAIN)
def test_a_write_marked_as_safe_is_sent_again_unless_it_creates(run: Run, name: str) -> None:
    pauses = Pauses()
    answer = {"data": {"ID": "1" * 32, "name": "x"}}
    with fault_host(script(REPEATED_READS[name], then=lambda _asked: fault.reply(answer))) as host:
        retry = pauses.retry(repeat_writes=True)
        changed = run(
            host.url,
            lambda wf: wf.send(operation.update(Task, "1" * 32, {"name": "x"})),
            retry=retry,
        )
        assert (changed.name, len(host.asked)) == ("x", 2)
    with fault_host(script(REPEATED_READS[name])) as host:
        with pytest.raises(WorkfrontError):
            run(host.url, lambda wf: wf.task.create(name="x"), retry=retry)
        assert len(host.asked) == 1


@both
@pytest.mark.parametrize("name", ["429", "429 told under 500"])
def test_a_write_refused_for_too_many_requests_is_sent_again(run: Run, name: str) -> None:
    pauses = Pauses()
    answer = {"data": {"ID": "1" * 32, "name": "x"}}
    acts = [REPEATED_READS[name]] * 3
    with fault_host(script(*acts, then=lambda _asked: fault.reply(answer))) as host:
        assert run(host.url, lambda wf: wf.task.create(name="x"), retry=pauses.retry()).id == "1" * 32
        assert len(host.asked) == 4
    assert pauses.taken == [1.0, 2.0, 4.0]


@both
def test_a_burst_of_429_that_does_not_end_is_told_after_the_last_attempt(run: Run) -> None:
    pauses = Pauses()
    with fault_host(lambda _asked, _number: REPEATED_READS["429"]) as host:
        with pytest.raises(RateLimited):
            run(host.url, names, retry=pauses.retry(max_retries=6))
        assert len(host.asked) == 7
    assert pauses.taken == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0]


@both
def test_the_server_may_ask_for_a_longer_pause(run: Run) -> None:
    pauses = Pauses()
    busy = fault.refusal(429, headers={"Retry-After": "17"})
    with fault_host(script(busy)) as host:
        assert run(host.url, names, retry=pauses.retry()) == ALL
    assert pauses.taken == [17.0]


@both
def test_a_pause_longer_than_the_time_left_is_not_begun(run: Run) -> None:
    pauses = Pauses()
    with fault_host(lambda _asked, _number: fault.refusal(429, headers={"Retry-After": "301"})) as host:
        with pytest.raises(RateLimited) as raised:
            run(host.url, names, retry=pauses.retry())
        assert raised.value.retry_after == 301
        assert len(host.asked) == 1


@both
@pytest.mark.parametrize("write", [False, True])
def test_a_refused_connection_is_tried_again_and_nothing_was_sent(run: Run, write: bool) -> None:
    pauses = Pauses()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(TransportError) as raised:
            run(url, (lambda wf: wf.task.create(name="x")) if write else names, retry=pauses.retry())
    assert not raised.value.sent
    assert raised.value.hint == ("Nothing was sent; no change was made." if write else None)
    assert len(pauses.taken) == 4


@both
@pytest.mark.parametrize("act", [fault.html(), fault.refusal(400), fault.refusal(404), fault.refusal(422, "wrong")])
def test_what_does_not_get_better_is_not_repeated(run: Run, act: Act) -> None:
    pauses = Pauses()
    with fault_host(script(act)) as host:
        with pytest.raises(WorkfrontError):
            run(host.url, names, retry=pauses.retry())
        assert len(host.asked) == 1


@both
def test_a_page_under_200_is_told_as_such(run: Run) -> None:
    with fault_host(script(fault.html())) as host, pytest.raises(ProtocolError, match="HTML") as raised:
        run(host.url, names)
    assert "proxy" in str(raised.value.hint)


@both
@pytest.mark.parametrize("act", [fault.slow_headers, fault.slow_body, fault.silence])
@pytest.mark.parametrize("write", [False, True])
def test_no_call_outlives_its_budget(run: Run, act: Act, write: bool) -> None:
    job = (lambda wf: wf.task.create(name="x")) if write else (lambda wf: wf.task.get("1" * 32))
    with fault_host(lambda _asked, _number: act) as host:
        with pytest.raises(DeadlineExceeded) as raised:
            run(host.url, job, retry=Retry(total_timeout=0.5))
        assert raised.value.sent
        host.wait_until_unused()  # the host would go on; it is the caller who hangs up
        assert len(host.asked) == 1


@both
def test_a_silent_answer_ends_with_the_timeout_and_a_read_goes_on(run: Run) -> None:
    pauses = Pauses()
    with fault_host(script(fault.silence)) as host:
        assert run(host.url, names, timeout=httpx.Timeout(PATIENCE, read=0.5), retry=pauses.retry()) == ALL
    assert pauses.taken


@both
def test_the_budget_covers_waiting_for_a_free_slot(run: Run) -> None:
    with fault_host(script()) as host:
        limit = concurrency_of(host.url)
        with limit.acquire(1), pytest.raises(DeadlineExceeded) as raised:
            run(host.url, lambda wf: wf.task.create(name="x"), concurrency=1, retry=Retry(total_timeout=0.05))
        assert not raised.value.sent
        assert host.asked == []
        assert (limit.in_flight, limit.waiting) == (0, 0)


@both
def test_an_unknown_host_is_told_at_once(run: Run, monkeypatch: Any) -> None:
    def nowhere(*_args: object, **_more: object) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    pauses = Pauses()
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(Unreachable, match="no such host"):
        run("https://acme.my.workfront.example", names, retry=pauses.retry())
    assert pauses.taken == []


@both
def test_an_untrusted_certificate_is_told_at_once(run: Run, tmp_path: Path) -> None:
    pauses = Pauses()
    with tls_front(tmp_path) as url, pytest.raises(Unreachable, match="certificate is not trusted"):
        run(url, names, retry=pauses.retry())
    assert pauses.taken == []


@both
def test_a_port_without_tls_is_told_at_once(run: Run) -> None:
    pauses = Pauses()
    with plain_front() as url, pytest.raises(Unreachable, match="SSL") as raised:
        run(url, names, retry=pauses.retry())
    assert "does not speak TLS" in str(raised.value.hint)
    assert pauses.taken == []


def test_a_cancelled_task_gives_back_its_slot_and_its_connection() -> None:
    async def run(host: fault.FaultHost) -> None:
        async with AsyncWorkfront(host.url, auth=ApiKey(SECRET), concurrency=2) as wf:
            tasks = [asyncio.create_task(wf.task.get(f"{number:032x}")) for number in range(8)]
            async with asyncio.timeout(PATIENCE):
                while host.connections < 2:
                    await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            assert all(
                isinstance(end, asyncio.CancelledError) for end in await asyncio.gather(*tasks, return_exceptions=True)
            )
            limit = concurrency_of(host.url)
            assert (limit.in_flight, limit.waiting) == (0, 0)

    with fault_host(lambda _asked, _number: fault.silence) as host:
        asyncio.run(run(host))
        host.wait_until_unused()


def test_64_threads_and_1000_tasks_use_the_limit_of_a_host_and_never_exceed_it() -> None:
    done: list[str] = []
    all_slots = threading.Barrier(DEFAULT_CONCURRENCY)

    def answer_together(*_: object) -> Act:
        all_slots.wait(PATIENCE)
        return fault.reply({"data": {"ID": "1" * 32, "name": "x"}})

    def in_threads(url: str) -> None:
        with Workfront(url, auth=ApiKey(SECRET)) as wf:
            threads = [
                threading.Thread(target=lambda: done.append(wf.task.get("1" * 32).name or "")) for _ in range(64)
            ]
            for thread in threads:
                thread.start()
            ended(*threads)

    async def in_tasks(url: str, number: int) -> None:
        async with AsyncWorkfront(url, auth=ApiKey(SECRET)) as wf:
            done.extend(
                task.name or "" for task in await asyncio.gather(*(wf.task.get("1" * 32) for _ in range(number)))
            )

    with fault_host(answer_together) as host:
        loops = [threading.Thread(target=lambda: asyncio.run(in_tasks(host.url, 500))) for _ in range(2)]
        for thread in [*loops, worker := threading.Thread(target=in_threads, args=(host.url,))]:
            thread.start()
        for thread in [*loops, worker]:
            thread.join(PATIENCE)
            assert not thread.is_alive()
        assert done == ["x"] * 1064
        assert host.most_in_flight == DEFAULT_CONCURRENCY
        limit = concurrency_of(host.url)
        assert (limit.in_flight, limit.waiting) == (0, 0)


@both
def test_the_limit_of_a_client_may_be_smaller_or_larger_but_not_above_ten(run: Run) -> None:
    for size in (0, 11):
        with pytest.raises(QueryError, match="1 to 10"):
            run("https://acme.example", names, concurrency=size)


@both
def test_options_of_one_call_leave_the_client_as_it_was(run: Run) -> None:
    with fault_host(lambda _asked, _number: fault.reply({"data": {"ID": "1" * 32, "name": "x"}})) as host:
        run(
            host.url,
            lambda wf: wf.with_options(extra_params={"$$X": "1", "y": ["a", "b"]}).task.get("1" * 32),
        )
        assert host.asked[0].query == [("$$X", "1"), ("y", "a"), ("y", "b")]
        with Workfront(host.url, auth=ApiKey(SECRET)) as wf:
            assert wf.with_options(max_retries=0).task is not wf.task
            wf.with_options(timeout=1).close()
            assert wf.task.get("1" * 32).name == "x"
            assert host.asked[-1].query == []


@both
def test_a_call_can_show_status_and_headers_beside_its_result(run: Run) -> None:
    headers = {"X-Served-By": "node 1", "Set-Cookie": "attask=s3cret-cookie"}
    with fault_host(
        lambda _asked, _number: fault.reply({"data": {"ID": "1" * 32, "name": "x"}}, headers=headers)
    ) as host:
        raw = run(host.url, lambda wf: wf.with_raw_response(lambda same: same.task.get("1" * 32)))
    assert (raw.status, raw.headers["x-served-by"], raw.parsed.name) == (200, "node 1", "x")
    assert "s3cret" not in repr(raw)


def test_a_call_that_sends_nothing_has_no_raw_response() -> None:
    with Workfront("https://acme.example", auth=ApiKey(SECRET)) as wf, pytest.raises(QueryError, match="sent nothing"):
        wf.with_raw_response(lambda same: same.task.search())


def test_every_row_of_the_table_in_the_docs_is_tested_here() -> None:
    text = (DOCS / "resilience.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+?) +\|[^|]*\|[^|]*\| `(test_\w+)`", text, re.MULTILINE)
    known = {
        name for file in TESTS.rglob("test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert len(rows) >= 15
    assert {test for _, test in rows} <= known
