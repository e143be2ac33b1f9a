"""The wire cases: every typed call becomes exactly its request, and every answer is read as it should be."""

from __future__ import annotations

import pytest

from tests.support.loopback import Answer as Reply
from tests.support.loopback import Asked, loopback
from tests.wire.case import Case
from tests.wire.cases import CASES
from tests.wire.exchange import AUTH, RETRY, Sent, assert_sent, check_result, play, play_async
from workfront_client.v22 import Workfront


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_call_becomes_its_request_and_its_answer_is_read(case: Case) -> None:
    assert_sent(case, play(case))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_async_client_sends_the_same_bytes(case: Case) -> None:
    assert play_async(case) == play(case)


def test_real_sockets_carry_the_same_bytes() -> None:
    current = CASES[0]

    def reply(_asked: Asked) -> Reply:
        return Reply(status=current.answer.status, raw=current.answer.content())

    with loopback(reply) as server, Workfront(server.url, auth=AUTH, retry=RETRY) as client:
        for current in CASES:
            server.asked.clear()
            check_result(current, client)
            arrived = [
                Sent.of(asked.method, asked.target, asked.body, asked.headers.get("content-type", ""))
                for asked in server.asked
            ]
            assert arrived == play(current)
