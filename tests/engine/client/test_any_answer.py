"""Whatever a server answers, a call ends in its result or in a WorkfrontError, sync and async alike."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.fault_host import Act, fault_host, reply
from tests.support.loopback import Received
from workfront_client.v22 import AsyncWorkfront, Hour, Task, Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import WorkfrontError
from workfront_core.operations import operation
from workfront_core.transport.retry import Retry

ID: Final = "5a02" + "0" * 28
ROW: Final = {"ID": ID, "name": "x", "objCode": "TASK", "percentComplete": 5, "entryDate": "2020-05-18"}
AUTH: Final = ApiKey("k")
ONCE: Final = Retry(max_retries=1, initial_delay=0, max_delay=0, total_timeout=30)

CALLS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "get": lambda wf: wf.task.get(ID),
    "get_many": lambda wf: wf.task.get_many([ID, ID[::-1]]),
    "search": lambda wf: wf.task.search(page_size=3).to_list(),
    "search by row": lambda wf: wf.task.search(order_by=[Task.f.name.asc()], page_size=3).to_list(),
    "map": lambda wf: wf.task.search_map(page_size=3),
    "first": lambda wf: wf.task.search().first(),
    "count": lambda wf: wf.task.count(),
    "report": lambda wf: wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours]),
    "update": lambda wf: wf.task.update(ID, name="x"),
    "create": lambda wf: wf.task.create(name="x"),
    "update_many": lambda wf: wf.task.update_many([(ID, {"name": "x"})]),
    "delete_many": lambda wf: wf.task.delete_many([ID]),
    "delete": lambda wf: wf.task.delete(ID),
    "action": lambda wf: wf.task.move(ID, project_id=ID),
    "query": lambda wf: wf.work.my_work(),
    "members": lambda wf: wf.task.members(Task.f.predecessors, ID).present(),
    "metadata": lambda wf: wf.task.metadata(),
    "batch": lambda wf: wf.send_batch([operation.get(Task, ID), operation.count(Task)]),
    "any": lambda wf: wf.request("GET", "TASK/search"),
}

ANSWERS: Final[list[object]] = [
    {"data": ROW},
    {"data": [ROW]},
    {"data": {ID: ROW}},
    {"data": [{"data": ROW}, {"data": {"count": 1}}]},
    {"data": {"count": 3}},
    {"data": {"success": True}},
    {"data": {"result": None}},
    {"data": {"Site": {"sum_hours": 4.0}}},
    {"data": {"name": "Task", "fields": {"name": {"label": "Name", "fieldType": "string"}}}},
    {"error": {"class": "java.lang.IllegalArgumentException", "message": "no such field"}},
    {"error": "no such field"},
    {"error": ["no such field", 5]},
    {"error": {"message": {"text": "no such field"}, "class": 5}},
    {"error": {"error": "no such field"}},
    {"error": {}},
    {"error": 5},
    {"message": "no such field"},
    {"data": [{"error": "no such field"}, {"data": {"error": "no such field"}}]},
    {"data": None},
    None,
]

HEADERS: Final[list[Mapping[str, str]]] = [
    {},
    {"Content-Type": "text/html"},
    {"Content-Encoding": "gzip"},
    {"Retry-After": "1e999"},
    {"Date": "nonsense"},
    {"Location": "http://["},
    {"X": "y" * 2000},
]

STATUSES: Final = st.sampled_from([200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503])


@dataclass(frozen=True)
class Reply:
    """An answer, and what was done to its bytes."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def act(self, connection: socket.socket) -> bool:
        lines = [f"HTTP/1.1 {self.status} X", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + self.body)
        return True


def mutated(answer: object, at: int, length: int, new: bytes) -> bytes:
    """The JSON of an answer with some bytes cut out and others put in."""
    body = json.dumps(answer).encode()
    at %= len(body) + 1
    return body[:at] + new + body[at + length :]


BODIES = st.builds(
    mutated,
    st.sampled_from(ANSWERS),
    st.integers(0, 400),
    st.sampled_from([0, 0, 1, 3, 500]),
    st.sampled_from([b"", b"", b"null", b'"', b"[", b"{}", b"\xff", b"\x00", b"-1", b"1e400", b'"\\ud800"', b"9" * 500])
    | st.binary(max_size=5),
)
REPLIES = st.builds(Reply, STATUSES, st.sampled_from(HEADERS), BODIES)


def ends_sync(url: str, call: str, answers: Iterable[None]) -> None:
    with Workfront(url, auth=AUTH, retry=ONCE) as wf:
        for _ in answers:
            with suppress(WorkfrontError):
                CALLS[call](wf)


def ends_async(url: str, call: str, answers: Iterable[None]) -> None:
    async def run() -> None:
        async with AsyncWorkfront(url, auth=AUTH, retry=ONCE) as wf:
            for _ in answers:
                with suppress(WorkfrontError):
                    await CALLS[call](wf)

    asyncio.run(run())


@pytest.mark.parametrize("status", [200, 404, 500])
@pytest.mark.parametrize("call", CALLS)
def test_every_form_of_answer_ends_so_for_every_call(call: str, status: int) -> None:
    current: list[object] = []

    def each() -> Generator[None]:
        for answer in ANSWERS:
            current[:] = [answer]
            yield

    with fault_host(lambda *_: reply(current[0], status)) as host:
        ends_sync(host.url, call, each())
        ends_async(host.url, call, each())
        assert len(host.asked) >= 2 * len(ANSWERS)


@given(st.lists(REPLIES, min_size=1, max_size=3), st.sampled_from(sorted(CALLS)))
@settings(deadline=None, max_examples=120)
def test_every_answer_ends_in_a_result_or_a_workfront_error(replies: list[Reply], call: str) -> None:
    def answer(_asked: Received, number: int) -> Act:
        return replies[number % len(replies)].act

    with fault_host(answer) as host:
        ends_sync(host.url, call, [None])
        ends_async(host.url, call, [None])


NESTED: Final = [
    f'{{"data": {first}{before * levels}null{after * levels}{last}}}'.encode()
    for levels in (60, 120, 180, 250, 400, 950, 100_000)
    for first, before, after, last in [
        ("", '{"project": ', "}", ""),
        (f'[{{"ID": "{ID}", "project": ', '{"tasks": [', "]}", "}]"),
        (f'{{"ID": "{ID}", "name": ', "[", "]", "}"),
        ("", '{"Site": ', "}", ""),
    ]
]


@pytest.mark.parametrize("call", CALLS)
def test_an_answer_of_any_depth_ends_so_for_every_call(call: str) -> None:
    """Rows within rows ended in a RecursionError, which nobody catches."""
    current = NESTED[:1]

    def each() -> Generator[None]:
        for current[0] in NESTED:
            yield

    with fault_host(lambda *_: reply(current[0])) as host:
        ends_sync(host.url, call, each())
        ends_async(host.url, call, each())


PACKED: Final = gzip.compress(json.dumps({"data": ROW}).encode(), mtime=0)


def damaged() -> list[bytes]:
    """Returns what is packed, cut at many bytes and with many a byte turned; its first two say that it is packed."""
    places = range(2, len(PACKED), 3)
    turned = [PACKED[:at] + bytes([PACKED[at] ^ 0xFF]) + PACKED[at + 1 :] for at in places]
    return [*(PACKED[:at] for at in places), *turned]


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}], ids=["undeclared", "declared"])
def test_a_damaged_packed_answer_ends_so_wherever_it_is_damaged(headers: Mapping[str, str]) -> None:
    current = [PACKED]

    def each() -> Generator[None]:
        for current[0] in damaged():
            yield

    with fault_host(lambda *_: Reply(200, headers, current[0]).act) as host:
        ends_sync(host.url, "get", each())
        ends_async(host.url, "get", each())
