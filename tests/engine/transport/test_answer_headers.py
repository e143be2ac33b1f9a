"""What of an answer beside its result reaches a caller: headers, the body as it came, where it redirects to."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.fault_host import fault_host
from tests.support.query_fixture.services import Workfront
from tests.support.resilience_kit import SECRET, both
from workfront_core.auth import Anonymous, ApiKey
from workfront_core.errors import ProtocolError, ServerError, TransportError
from workfront_core.transport.hooks import AttemptInfo, CallInfo, Hook
from workfront_core.transport.retry import Retry

HEADERS = {"X-Served-By": "node 1", "Set-Cookie": f"attask={SECRET}"}
ROW = {"data": {"ID": "1" * 32, "name": "x"}}


def read_once(url: str, *hooks: Hook) -> None:
    """Asks for a row with a client that tries each call once."""
    with Workfront(url, auth=ApiKey(SECRET), retry=Retry(max_retries=0), hooks=hooks) as wf:
        wf.task.get("1" * 32)


class Kept(Hook):
    def __init__(self) -> None:
        self.attempts: list[AttemptInfo] = []

    def on_response(self, _call: CallInfo, attempt: AttemptInfo, /) -> None:
        self.attempts.append(attempt)


@both
def test_a_raw_response_holds_the_body_as_it_came(run: Any) -> None:
    body = b'{"data": {"ID": "11111111111111111111111111111111", "name": "x", "name": "y"}}'
    with fault_host(lambda _asked, _number: fault.reply(body)) as host:
        raw = run(host.url, lambda wf: wf.with_raw_response(lambda same: same.task.get("1" * 32)))
    assert raw.content == body
    assert "name" not in repr(raw).partition("parsed=")[0]


@both
def test_the_body_is_inflated_where_no_header_says_that_it_is_packed(run: Any) -> None:
    body = json.dumps(ROW).encode()
    with fault_host(lambda _asked, _number: fault.reply(gzip.compress(body))) as host:
        raw = run(host.url, lambda wf: wf.with_raw_response(lambda same: same.task.get("1" * 32)))
    assert raw.content == body


@pytest.mark.parametrize("answer", [fault.reply(ROW, headers=HEADERS), fault.reply(ROW, 500, headers=HEADERS)])
def test_a_hook_is_told_the_headers_of_an_answer_but_no_cookie(answer: fault.Act) -> None:
    kept = Kept()
    with fault_host(lambda _asked, _number: answer) as host, suppress(ServerError):
        read_once(host.url, kept)
    (attempt,) = kept.attempts
    assert attempt.headers["x-served-by"] == "node 1"
    assert "set-cookie" not in attempt.headers
    assert SECRET not in repr(attempt)


def test_without_an_answer_there_are_no_headers() -> None:
    kept = Kept()
    with fault_host(lambda _asked, _number: fault.hang_up) as host, pytest.raises(TransportError, match="No complete"):
        read_once(host.url, kept)
    assert [dict(attempt.headers) for attempt in kept.attempts] == [{}]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_told_with_its_target_and_without_the_credential(status: int) -> None:
    to = {"Location": f"https://login.example/?next=1&key={SECRET}"}
    with (
        fault_host(lambda _asked, _number: fault.reply(b"", status, to)) as host,
        pytest.raises(ProtocolError) as raised,
    ):
        read_once(host.url)
    assert raised.value.hint == "It redirects to https://login.example/?next=1&key=***."


def test_of_a_long_target_the_beginning_is_told() -> None:
    to = {"Location": f"https://login.example/{'a' * 60_000}"}
    with (
        fault_host(lambda _asked, _number: fault.reply(b"", 302, to)) as host,
        pytest.raises(ProtocolError) as raised,
    ):
        read_once(host.url)
    assert len(str(raised.value)) < 5_000


def test_who_signs_in_as_nobody_sends_no_credential() -> None:
    with fault_host(lambda _asked, _number: fault.reply(ROW)) as host, Workfront(host.url, auth=Anonymous()) as wf:
        assert wf.task.get("1" * 32).name == "x"
    assert not {"apikey", "sessionid", "authorization"} & set(host.asked[0].headers)
    assert host.asked[0].headers["user-agent"] == "workfront-client"
    assert Anonymous() == Anonymous()
