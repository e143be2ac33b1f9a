"""Plays a case through the real clients, over a transport that answers and remembers."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.wire.case import ROOT, Answer, Case
from workfront_client.v22 import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.paging._sync.pager import Pager
from workfront_core.transport.retry import Retry

HOST = "https://tenant.example"
AUTH = ApiKey("k-for-tests")
RETRY = Retry(max_retries=1, initial_delay=0, max_delay=0)
"""A read that may be repeated is repeated once, at once."""


@dataclass(frozen=True)
class Sent:
    """A request as it left: verb, target (path and query), body and its type, with one name for every boundary."""

    method: str
    target: str
    content: bytes
    content_type: str

    @classmethod
    def of(cls, method: str, target: str, content: bytes, content_type: str) -> Sent:
        """The request with the random boundary of a multipart body replaced."""
        kind, drawn, boundary = content_type.partition("boundary=")
        if not drawn:
            return cls(method, target, content, content_type)
        return cls(method, target, content.replace(boundary.encode(), b"BOUNDARY"), f"{kind}boundary=BOUNDARY")


class Wire:
    """A server without sockets: gives the answer and keeps what it was sent.

    A search that goes on, to see whether that was all, finds nothing more; of that nothing is kept.
    """

    def __init__(self, answer: Answer) -> None:
        self.sent: list[Sent] = []
        self._answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Takes a request whose body is read already."""
        target = request.url.raw_path.decode("ascii")
        sent = Sent.of(request.method, target, request.content, request.headers.get("Content-Type", ""))
        status, content = self.reply(sent)
        return httpx.Response(status, content=content)

    def reply(self, sent: Sent) -> tuple[int, bytes]:
        """Status and body of the answer."""
        if self.sent and "/search" in self.sent[0].target and sent != self.sent[0]:
            return 200, self._end(sent.target)
        self.sent.append(sent)
        return self._answer.status, self._answer.content()

    def _end(self, target: str) -> bytes:
        content = self._answer.content()
        found = json.loads(gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content)
        rows = found.get("data", found) if isinstance(found, dict) else found
        return json.dumps({"data": {"count": len(rows)} if "/count" in target else []}).encode()


def play(case: Case) -> list[Sent]:
    """Makes the call on the sync client, checks what comes back, and returns what was sent."""
    wire = Wire(case.answer)
    with Workfront(HOST, auth=AUTH, retry=RETRY, transport=httpx.MockTransport(wire)) as client:
        check_result(case, client)
    return wire.sent


def check_result(case: Case, client: Workfront) -> None:
    """Makes the call and compares its result, or its error, with the case."""
    with _expectation(case):
        result = case.call(client)
        rows = result.to_list() if isinstance(result, Pager) else result
        assert case.reads(cast("Any", rows)) == case.gives


def play_async(case: Case) -> list[Sent]:
    """The same on the asynchronous client."""
    wire = Wire(case.answer)

    async def talk() -> None:
        async with AsyncWorkfront(HOST, auth=AUTH, retry=RETRY, transport=httpx.MockTransport(wire)) as client:
            result: Any = case.call(cast("Workfront", client))  # the same methods, to be awaited
            rows = await (result.to_list() if isinstance(result, AsyncPager) else result)
            assert case.reads(rows) == case.gives

    with _expectation(case):
        asyncio.run(talk())
    return wire.sent


def _expectation(case: Case) -> Any:
    return pytest.raises(case.raises[0], match=case.raises[1]) if case.raises else nullcontext()


def assert_sent(case: Case, sent: list[Sent]) -> None:
    """What left is the case's request, no less and no more."""
    if case.sends is None:
        assert sent == []
        return
    assert len(sent) == case.times
    assert set(sent) == {sent[0]}
    request, (verb, target) = sent[0], case.sends.split(" ", 1)
    assert f"{request.method} {urlsplit(request.target).path}" == f"{verb} {ROOT}{urlsplit(target).path}"
    assert _pairs(urlsplit(request.target).query) == _pairs(urlsplit(target).query)
    assert case.bytes_sent in request.target or case.bytes_sent in request.content.decode()
    _assert_body(case, request)


def _assert_body(case: Case, request: Sent) -> None:
    if case.form is not None:
        assert request.content_type == "application/x-www-form-urlencoded"
        assert _pairs(request.content.decode("ascii")) == _pairs(case.form)
    elif case.multipart is not None:
        assert (request.content_type, request.content) == (
            "multipart/form-data; boundary=BOUNDARY",
            _multipart(*case.multipart),
        )
    elif case.json is not None:
        assert request.content_type == "application/json"
        assert json.loads(request.content) == case.json
    else:
        assert (request.content, request.content_type) == (b"", "")


def _multipart(name: str, file_name: str, content: bytes) -> bytes:
    """A multipart body of one file."""
    head = (
        "--BOUNDARY",
        f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"',
        "Content-Type: application/octet-stream",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content + b"\r\n--BOUNDARY--\r\n"


def _pairs(query: str) -> Counter[tuple[str, str]]:
    pairs: Iterable[tuple[str, str]] = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    return Counter(pairs)
