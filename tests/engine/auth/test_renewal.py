"""Tokens that renew themselves: ahead of their end, once for all who wait. docs/protocol.md 4.5."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.fault_host import Act
from tests.support.loopback import Received
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import Pauses, both, names
from tests.support.sign_in_kit import ALL, SECRET, Run, app
from tests.support.token_host import TokenHost, token_host
from tests.support.waiting import PATIENCE, ended
from workfront_core.errors import AuthenticationError, ProtocolError, ServerError
from workfront_core.transport.hooks import AttemptInfo, CallInfo, Hook


class TestRenewal:
    @both
    def test_a_token_that_ends_between_two_pages_is_renewed_and_no_row_is_lost(self, run: Run) -> None:
        auth = app()
        with token_host() as host:

            def expire_after_one() -> None:
                if len(host.calls) == 1:
                    host.expire()

            assert run(host.url, names, auth=auth, hooks=[Tell(expire_after_one)]) == ALL
            assert len(host.asked_for_tokens) == 2

    @both
    def test_a_call_is_replayed_once_only(self, run: Run) -> None:
        with token_host() as host:
            host.refuse = lambda _asked: fault.reply({"access_token": "never-the-right-one", "refresh_token": "r-1"})
            with pytest.raises(AuthenticationError, match="not currently logged in"):
                run(host.url, lambda wf: wf.task.get("1" * 32), auth=app())
            assert len(host.calls) == 2

    @both
    def test_a_token_is_renewed_ahead_of_its_end(self, run: Run) -> None:
        now = [1000.0]
        auth = app(clock=lambda: now[0])
        with token_host(expires_in=3600) as host:
            run(host.url, names, auth=auth)
            now[0] += 3500
            run(host.url, names, auth=auth)
            assert len(host.asked_for_tokens) == 1
            now[0] += 50
            assert run(host.url, names, auth=auth) == ALL
            assert len(host.asked_for_tokens) == 2
            assert len({call.headers["sessionid"] for call in host.calls}) == 2

    @both
    def test_a_life_of_0_seconds_means_that_nobody_knows(self, run: Run) -> None:
        now = [1000.0]
        auth = app(clock=lambda: now[0])
        with token_host(expires_in=0) as host:
            run(host.url, names, auth=auth)
            now[0] += 10_000_000
            run(host.url, names, auth=auth)
            assert len(host.asked_for_tokens) == 1

    @both
    def test_a_renewal_ahead_of_time_that_fails_does_not_touch_the_call(self, run: Run) -> None:
        now = [1000.0]
        auth = app(clock=lambda: now[0])
        with token_host(expires_in=3600) as host:
            run(host.url, names, auth=auth)
            now[0] += 3550
            host.refuse = lambda _asked: fault.refusal(503)
            assert run(host.url, names, auth=auth) == ALL
            assert len(host.asked_for_tokens) == 2, "one failed renewal, then a rest"
            now[0] += 60
            with pytest.raises(ServerError):
                run(host.url, names, auth=auth)

    @both
    def test_a_refused_refresh_token_is_told_and_not_asked_for_again(self, run: Run) -> None:
        auth = app()
        answer = {"statusCode": 400, "error": True, "type": "invalid_grant", "message": "refresh token expired"}
        with token_host(refuse=lambda _asked: fault.reply(answer, 400)) as host:
            for _ in range(3):
                with pytest.raises(AuthenticationError, match="refresh token expired") as raised:
                    run(host.url, lambda wf: wf.task.create(name="x"), auth=auth)
                assert raised.value.status == 400
                assert "Sign in again" in str(raised.value.hint)
            assert len(host.host.asked) == 1

    @both
    @pytest.mark.parametrize("act", [fault.reset, fault.refusal(500), fault.hang_up])
    def test_a_refresh_that_may_have_been_applied_is_not_repeated(self, run: Run, act: Any) -> None:
        pauses = Pauses()
        with token_host(refuse=lambda _asked: act) as host:
            with pytest.raises(Exception, match=r"token|complete answer"):
                run(host.url, names, auth=app(), retry=pauses.retry())
            assert len(host.host.asked) == 1
            assert pauses.taken == []

    @both
    def test_a_token_service_that_is_busy_is_asked_again(self, run: Run) -> None:
        pauses = Pauses()
        acts = [fault.refusal(429), fault.refusal(429)]
        with token_host(refuse=lambda _asked: acts.pop() if acts else None) as host:
            assert run(host.url, names, auth=app(), retry=pauses.retry()) == ALL
        assert pauses.taken == [1.0, 2.0]

    @both
    @pytest.mark.parametrize(
        "body", [b"<html></html>", b"{}", b'{"access_token": "two words"}', b'{"access_token": 7}', b"[]"]
    )
    def test_an_answer_that_is_no_token_is_told_without_showing_it(self, run: Run, body: bytes) -> None:
        with (
            token_host(refuse=lambda _asked: fault.reply(body)) as host,
            pytest.raises(ProtocolError, match="token service") as raised,
        ):
            run(host.url, names, auth=app())
        assert "two words" not in str(raised.value)

    @both
    def test_what_a_token_service_echoes_is_masked(self, run: Run) -> None:
        def echo(asked: Any) -> Any:
            return fault.reply({"error": "invalid_request", "error_description": f"bad: {asked.body.decode()}"}, 400)

        with token_host(refuse=echo) as host, pytest.raises(AuthenticationError) as raised:
            run(host.url, names, auth=app())
        assert SECRET not in str(raised.value)
        assert "refresh-token-at-start" not in str(raised.value)

    def test_64_threads_and_1000_tasks_get_one_token(self) -> None:
        auth = app()
        done: list[object] = []

        def in_threads(url: str) -> None:
            with Workfront(url, auth=auth) as wf:
                threads = [threading.Thread(target=lambda: done.append(wf.task.get("1" * 32).id)) for _ in range(64)]
                for thread in threads:
                    thread.start()
                ended(*threads)

        async def in_tasks(url: str) -> None:
            async with AsyncWorkfront(url, auth=auth) as wf:
                done.extend(row.id for row in await asyncio.gather(*(wf.task.get("1" * 32) for _ in range(500))))

        with token_host() as host:
            host_page = [threading.Thread(target=lambda: asyncio.run(in_tasks(host.url))) for _ in range(2)]
            for round_ in (1, 2):
                workers = [*host_page, threading.Thread(target=in_threads, args=(host.url,))]
                for thread in workers:
                    thread.start()
                for thread in workers:
                    thread.join(PATIENCE)
                    assert not thread.is_alive()
                assert len(done) == 1064 * round_
                assert len(host.asked_for_tokens) == round_
                host.expire()
                host_page = [threading.Thread(target=lambda: asyncio.run(in_tasks(host.url))) for _ in range(2)]
            assert host.host.most_in_flight <= 9, "eight calls and one renewal"

    def test_a_cancelled_caller_does_not_take_the_token_from_the_others(self) -> None:
        auth, held = app(), HeldToken()

        async def run(host: TokenHost) -> list[object]:
            async with AsyncWorkfront(host.url, auth=auth) as wf:
                first = asyncio.create_task(wf.task.get("1" * 32))
                await held.wait_until_asked()
                others = [asyncio.create_task(wf.task.get("1" * 32)) for _ in range(5)]
                await asyncio.sleep(0)
                first.cancel()
                held.released.set()
                return [row.id for row in await asyncio.gather(*others)]

        with token_host(refuse=held.hold) as host:
            assert len(asyncio.run(run(host))) == 5
            assert len(host.asked_for_tokens) == 1
            assert auth.token is not None

    def test_a_loop_that_ends_in_the_middle_of_a_renewal_leaves_it_to_others(self) -> None:
        auth, held = app(), HeldToken(then=fault.hang_up)

        async def run(url: str) -> None:
            wf = AsyncWorkfront(url, auth=auth)
            call = asyncio.create_task(wf.task.get("1" * 32))
            await held.wait_until_asked()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:  # as a loop does when it ends
                task.cancel()
            await asyncio.wait((call,))
            assert call.cancelled()
            await wf.aclose()

        with token_host(refuse=held.hold) as host:
            asyncio.run(run(host.url))
            held.released.set()
            with Workfront(host.url, auth=auth) as wf:
                assert wf.task.get("1" * 32).id is not None
            assert len(host.asked_for_tokens) == 2


class HeldToken:
    """Keeps the first question for a token waiting until the test goes on.

    Args:
        then: what happens to that question in the end; by default it gets its token.
    """

    def __init__(self, then: Act | None = None) -> None:
        self.asked, self.released = threading.Event(), threading.Event()
        self._then = then

    def hold(self, _: Received) -> Act | None:
        """Answers the first question when the test says so, the others at once."""
        if self.asked.is_set():
            return None
        self.asked.set()
        assert self.released.wait(PATIENCE)
        return self._then

    async def wait_until_asked(self) -> None:
        """Waits for the first question."""
        assert await asyncio.to_thread(self.asked.wait, PATIENCE)


class Tell(Hook):
    """Tells a test that an attempt is over."""

    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told

    def on_response(self, _call: CallInfo, _attempt: AttemptInfo, /) -> None:
        self._told()
