"""The wire cases: every typed call becomes exactly its request, and every answer is read as it should be."""

from __future__ import annotations

import pytest

from tests.support.loopback import Answer as Reply
from tests.support.loopback import Received, loopback
from tests.wire.case import Case
from tests.wire.cases import CASES
from tests.wire.exchange import AUTH, RETRY, Sent, Wire, assert_sent, check_result, play, play_async
from workfront_client.v22 import Workfront


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_call_becomes_its_request_and_its_answer_is_read(case: Case) -> None:
    assert_sent(case, play(case))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_async_client_sends_the_same_bytes(case: Case) -> None:
    assert play_async(case) == play(case)


def test_real_sockets_carry_the_same_bytes() -> None:
    wire = Wire(CASES[0].answer)

    def reply(asked: Received) -> Reply:
        sent = Sent.of(asked.method, asked.target, asked.body, asked.headers.get("content-type", ""))
        status, content = wire.reply(sent)
        return Reply(status=status, raw=content)

    with loopback(reply) as server, Workfront(server.url, auth=AUTH, retry=RETRY) as client:
        for case in CASES:
            wire = Wire(case.answer)
            check_result(case, client)
            assert wire.sent == play(case)
