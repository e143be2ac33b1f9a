"""The decision to repeat, as a table: no clock, no network."""

from __future__ import annotations

import pytest

from workfront_core.errors import (
    AuthenticationError,
    Conflict,
    DeadlineExceeded,
    NotFound,
    ProtocolError,
    QueryError,
    RateLimited,
    ServerError,
    TransportError,
    Truncated,
    Unreachable,
    WorkfrontError,
)
from workfront_core.transport.retry import Repeatability, Retry, backoff, fault_of, pause_before_retry, retry_after

POLICY = Retry(random=lambda: 0.5)


def not_sent() -> TransportError:
    error = TransportError("refused")
    error.sent = False
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (RateLimited("x", status=429), Repeatability.NOT_APPLIED),
        (not_sent(), Repeatability.NOT_APPLIED),
        (TransportError("reset"), Repeatability.UNCERTAIN),
        (ServerError("x", status=500), Repeatability.UNCERTAIN),
        (ServerError("x", status=503), Repeatability.UNCERTAIN),
        (Truncated("x", status=200), Repeatability.UNCERTAIN),
        (ServerError("x", status=501), Repeatability.FINAL),
        (ProtocolError("x"), Repeatability.FINAL),
        (Unreachable("x"), Repeatability.FINAL),
        (DeadlineExceeded("x"), Repeatability.FINAL),
        (AuthenticationError("x"), Repeatability.FINAL),
        (NotFound("x"), Repeatability.FINAL),
        (Conflict("x"), Repeatability.FINAL),
        (QueryError("x"), Repeatability.FINAL),
    ],
)
def test_what_an_error_says_about_the_call_decides(error: WorkfrontError, fault: Repeatability) -> None:
    def pause(repeatable: bool) -> float | None:
        return pause_before_retry(POLICY, error, retries=0, repeatable=repeatable, left=None)

    assert fault_of(error) is fault
    assert (pause(True) is not None) is (fault is not Repeatability.FINAL)
    assert (pause(False) is not None) is (fault is Repeatability.NOT_APPLIED)


def test_pauses_are_drawn_below_a_bound_that_doubles_up_to_the_longest() -> None:
    assert [backoff(POLICY, retries) for retries in range(7)] == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0]
    assert backoff(Retry(random=lambda: 0.0), 5) == 0.0
    assert backoff(Retry(random=lambda: 1.0), 10_000) == 30.0


def test_attempts_end_with_their_number_and_with_the_time_left() -> None:
    busy = RateLimited("x", status=429)
    assert pause_before_retry(POLICY, busy, retries=4, repeatable=True, left=None) is None
    assert pause_before_retry(POLICY, busy, retries=3, repeatable=True, left=4.0) is None
    assert pause_before_retry(POLICY, busy, retries=3, repeatable=True, left=4.1) == 4.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "Thu, 01 Jan 1970 00:16:50 GMT"}, 10.0),
        ({"Retry-After": "Thu, 01 Jan 1970 00:00:10 GMT"}, 0.0),
        ({"Retry-After": "Thu, 01 Jan 2026 00:00:30 GMT", "Date": "Thu, 01 Jan 2026 00:00:00 GMT"}, 30.0),
    ],
)
def test_the_wait_a_server_asks_for_is_read_by_its_own_clock(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, now=1000.0) == seconds


@pytest.mark.parametrize(
    "settings", [{"max_retries": -1}, {"total_timeout": 0}, {"initial_delay": 5, "max_delay": 1}, {"initial_delay": -1}]
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(QueryError):
        Retry(**settings)  # type: ignore[arg-type]
