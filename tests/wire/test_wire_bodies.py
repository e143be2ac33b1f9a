"""Every call of the wire cases, answered as servers and proxies on the way answer too."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import Any, Final

import pytest

from tests.wire.case import Answer, Case
from tests.wire.cases import CASES
from tests.wire.exchange import RETRY, assert_sent, play
from workfront_core.bulk.results import BulkError
from workfront_core.errors import AuthenticationError, ProtocolError, ServerError, WorkfrontError

ANSWERED: Final = [case for case in CASES if case.sends and not case.raises]
WRAPPED: Final = [case for case in ANSWERED if case.answer.body is None]
MANY_ROWS: Final = {"bulk-01", "bulk-02", "delete-04"}
PAGE: Final = "<!DOCTYPE html><title>Service unavailable</title>"
SIGN_IN_PAGE: Final = "<!DOCTYPE html><title>Sign in</title>"


def attempts(case: Case) -> int:
    """Returns how often a call is sent that fails in a way that leaves open what happened."""
    return 1 + RETRY.max_retries if is_read(case) else 1


def is_read(case: Case) -> bool:
    return (case.sends or "").startswith("GET ") or "method=GET" in (case.form or "").split("&")[-1]


def failing(case: Case, answer: Answer, kind: type[WorkfrontError], text: str, **changes: Any) -> Case:
    """Returns the case with an answer that is an error; a call of many rows tells what became of each as well."""
    told = BulkError if case.restates in MANY_ROWS else kind
    return replace(case, answer=answer, raises=(told, text), **changes)


@pytest.mark.parametrize("case", WRAPPED, ids=str)
def test_an_answer_without_its_envelope_is_read_the_same(case: Case) -> None:
    assert_sent(case, play(replace(case, answer=Answer(body=json.dumps(case.answer.data)))))


@pytest.mark.parametrize("case", ANSWERED, ids=str)
def test_an_answer_compressed_unasked_is_read_the_same(case: Case) -> None:
    assert_sent(case, play(replace(case, answer=Answer(body=gzip.compress(case.answer.content())))))


@pytest.mark.parametrize("case", ANSWERED, ids=str)
def test_an_answer_cut_short_is_an_error_and_no_write_is_sent_twice(case: Case) -> None:
    whole = case.answer.content()
    for length in {0, 1, len(whole) // 2, len(whole) - 1}:
        cut = failing(case, Answer(body=whole[:length]), ProtocolError, "not complete JSON", times=attempts(case))
        assert_sent(cut, play(cut))


@pytest.mark.parametrize("case", ANSWERED, ids=str)
def test_a_page_of_a_proxy_is_an_error(case: Case) -> None:
    page = failing(case, Answer(body=PAGE), ProtocolError, "HTML")
    assert_sent(page, play(page))


@pytest.mark.parametrize("case", ANSWERED, ids=str)
def test_a_page_to_sign_in_is_an_ended_session(case: Case) -> None:
    page = failing(case, Answer(body=SIGN_IN_PAGE), AuthenticationError, "sign in")
    assert_sent(page, play(page))


@pytest.mark.parametrize("case", ANSWERED, ids=str)
def test_after_a_failure_of_the_server_only_reads_are_sent_again(case: Case) -> None:
    failed = failing(case, Answer(status=500, body=""), ServerError, "500", times=attempts(case))
    assert_sent(failed, play(failed))
