"""Whatever goes wrong in a renewal is told once, as an error of this package; the token service is left in peace."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import fault_host as fault
from tests.support.fault_host import ROWS
from tests.support.query_fixture.services import AsyncWorkfront
from tests.support.resilience_kit import Pauses, both, names, run_async, run_sync
from tests.support.token_host import token_host
from workfront_core.auth import AuthorizationCode, Token
from workfront_core.auth.oauth import refresh_token
from workfront_core.auth.tokens import TokenRequest, TokenResponse, TokenSite
from workfront_core.errors import AuthenticationError, WorkfrontError

ERRORS = st.sampled_from(
    [
        RuntimeError("key ring locked"),
        ValueError("x"),
        OverflowError(),
        KeyError("k"),
        OSError("disk"),
        RecursionError(),
    ]
)
PLACES = st.sampled_from(["load", "save", "clock", "request", "read", "lock"])


class FailingStore:
    """A store whose methods raise what a test says."""

    def __init__(self, place: str, error: Exception) -> None:
        self._place = place
        self._error = error
        self.loads = 0

    def load(self) -> Token | None:
        self.loads += 1
        self._done("load")
        return None

    def save(self, token: Token) -> None:
        del token
        self._done("save")

    def delete(self) -> None:
        self._done("delete")

    def lock(self) -> Any:
        self._done("lock")

    def _done(self, place: str) -> None:
        if place == self._place:
            raise self._error


class FailingApplication(AuthorizationCode):
    """A credential of somebody's own, with a fault in it."""

    def __init__(self, place: str, error: Exception) -> None:
        self.store = FailingStore(place, error)
        self.place, self.error = place, error
        clock = self._failing if place == "clock" else (lambda: 1000.0)
        super().__init__(
            "cid",
            "application-secret-000",
            redirect_uri="https://app.example.com/cb",
            token=refresh_token("refresh-token-at-start"),
            store=self.store,
            clock=clock,
        )

    def request(self, site: TokenSite, previous: Token | None, /) -> TokenRequest:
        return self._failing() if self.place == "request" else super().request(site, previous)

    def read(self, response: TokenResponse, request: TokenRequest, previous: Token | None) -> Token:
        return self._failing() if self.place == "read" else super().read(response, request, previous)

    def _failing(self) -> Any:
        raise self.error


@settings(max_examples=30)
@given(PLACES, ERRORS)
def test_an_error_in_a_renewal_is_one_error_after_at_most_two_questions(place: str, error: Exception) -> None:
    told: list[tuple[type, str]] = []
    for run in (run_sync, run_async):
        auth = FailingApplication(place, error)
        with token_host() as host:
            if place == "save":  # costs the next sign-in, not this call
                assert run(host.url, names, auth=auth) == [row["name"] for row in ROWS]
                told.append((str, ""))
            else:
                with pytest.raises(WorkfrontError) as raised:
                    run(host.url, names, auth=auth)
                told.append((type(raised.value), raised.value.message))
            assert len(host.asked_for_tokens) <= 2
        assert auth.store.loads <= 3
    assert told[0] == told[1], "in threads as in tasks"


HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Retry-After": st.sampled_from(["\xb2", "9" * 5000, "soon", "-1"]),
        "Date": st.sampled_from(["Thu, 01 Jan 100000000000 00:00:00 GMT", "\xb2", ""]),
    },
)
BODIES = st.sampled_from(
    [
        b'{"access_token": "a-usable-token", "expires_in": 1' + b"0" * 400 + b"}",
        b'{"access_token": "a-usable-token", "expires_in": "\\u00b2"}',
        b'{"access_token": "a-usable-token", "refresh_token": "\\ud800"}',
        b'{"error": {"message": {"a": 1}, "class": ["x"]}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ]
)


@settings(max_examples=25)
@given(st.sampled_from([200, 302, 400, 429, 503]), HEADERS, BODIES)
def test_odd_answers_of_a_token_service_are_no_reason_to_hammer_it(
    status: int, headers: dict[str, str], body: bytes
) -> None:
    asked: list[int] = []
    for run in (run_sync, run_async):
        with token_host(refuse=lambda _asked: fault.reply(body, status, headers)) as host:
            auth = FailingApplication("", RuntimeError())
            with suppress(WorkfrontError):
                run(host.url, lambda wf: wf.task.get("1" * 32), auth=auth, retry=Pauses().retry(max_retries=1))
            asked.append(len(host.asked_for_tokens))
    assert asked[0] == asked[1] <= 3


@both
def test_the_cause_of_a_failed_renewal_stays_at_hand(run: Callable[..., Any]) -> None:
    auth = FailingApplication("load", RuntimeError("key ring locked"))
    with (
        token_host() as host,
        pytest.raises(AuthenticationError, match=r"RuntimeError in FailingStore\._done") as raised,
    ):
        run(host.url, names, auth=auth)
    assert "key ring locked" in str(raised.value.__cause__ or raised.value.__context__)


def test_a_failure_nobody_waits_for_leaves_no_word_about_lost_exceptions(caplog: pytest.LogCaptureFixture) -> None:
    async def cancelled(url: str) -> None:
        async with AsyncWorkfront(url, auth=FailingApplication("read", RuntimeError("odd"))) as wf:
            calls = [asyncio.ensure_future(wf.task.get("1" * 32)) for _ in range(3)]
            await asyncio.sleep(0)
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

    with token_host() as host:
        asyncio.run(cancelled(host.url))
    gc.collect()
    assert "never retrieved" not in caplog.text
