"""Signing in: each credential over a real connection, and tokens that renew themselves. docs/protocol.md 4."""

from __future__ import annotations

import asyncio
import email.utils
import json
import threading
import time
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Callable
from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.fault_host import ROWS, Act, fault_host
from tests.support.loopback import Received
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import Pauses, both, names
from tests.support.token_host import EXCHANGE, IMS, TOKEN, TokenHost, token_host
from tests.support.waiting import PATIENCE
from workfront_core.auth import (
    ApiKey,
    Auth,
    AuthorizationCode,
    ImsServer,
    ImsToken,
    JwtFlow,
    Login,
    Pkce,
    SessionId,
)
from workfront_core.auth.oauth import refresh_token
from workfront_core.errors import AuthenticationError, ProtocolError, QueryError, ServerError
from workfront_core.transport.hooks import AttemptInfo, CallInfo, Hook

Run = Callable[..., Any]
ALL = [row["name"] for row in ROWS]
CALLBACK = "https://app.example.com/cb"
SECRET = "application-secret-000"
KEY = "k" * 32


def app(refresh: str = "refresh-token-at-start", **settings: Any) -> AuthorizationCode:
    """An application that has signed in before."""
    return AuthorizationCode("cid", SECRET, redirect_uri=CALLBACK, token=refresh_token(refresh), **settings)


class TestCredentialsThatStay:
    @both
    @pytest.mark.parametrize(
        ("auth", "headers"),
        [
            (SessionId("abc1234-session"), {"sessionid": "abc1234-session"}),
            (ApiKey(KEY), {"apikey": KEY}),
            (
                ImsToken("eyJ.x.y", "0123@AdobeOrg"),
                {"authorization": "Bearer eyJ.x.y", "x-gw-ims-org-id": "0123@AdobeOrg"},
            ),
        ],
    )
    def test_each_travels_in_its_own_headers_and_in_no_other(self, run: Run, auth: Auth, headers: Any) -> None:
        with fault_host(lambda asked, _number: fault.page(asked)) as host:
            run(host.url, names, auth=auth)
        all_of_them = ("sessionid", "apikey", "authorization", "x-gw-ims-org-id", "x-xsrf-token", "cookie")
        for asked in host.asked:
            assert {name: value for name, value in asked.headers.items() if name in all_of_them} == headers
            assert asked.method == "GET"

    @both
    def test_a_key_goes_with_writes_in_its_header_and_never_in_the_body(self, run: Run) -> None:
        with fault_host(lambda _asked, _number: fault.reply({"data": {"ID": "1" * 32, "name": "x"}})) as host:
            run(
                host.url,
                lambda wf: wf.request("PUT", "PROJ/11111111111111111111111111111111", json={"name": "api test"}),
                auth=ApiKey(KEY),
            )
        (asked,) = host.asked
        assert asked.headers["apikey"] == KEY
        assert asked.json == {"name": "api test"}
        assert KEY not in asked.target

    @both
    def test_a_key_may_go_into_the_query_where_somebody_insists(self, run: Run) -> None:
        with fault_host(lambda _asked, _number: fault.reply({"data": {"ID": "1" * 32}})) as host:
            run(
                host.url,
                lambda wf: wf.with_options(extra_params={"apiKey": KEY}).task.get("1" * 32),
                auth=SessionId("s-0123456789"),
            )
        assert ("apiKey", KEY) in host.asked[0].query

    @both
    @pytest.mark.parametrize(
        ("status", "message"),
        [
            (401, "AuthenticationException: {0}"),
            (401, "You are not currently logged in."),
            (200, "Invalid session ID."),
            (500, "You are not currently logged in."),
        ],
    )
    def test_a_refused_credential_is_an_authentication_error_and_asked_once(
        self, run: Run, status: int, message: str
    ) -> None:
        with fault_host(lambda _asked, _number: fault.refusal(status, message)) as host:
            with pytest.raises(AuthenticationError) as raised:
                run(host.url, names, auth=ApiKey(KEY))
            assert raised.value.hint
            assert len(host.asked) == 1

    def test_an_empty_part_is_refused_before_anything_is_sent(self) -> None:
        for make in (
            lambda: ImsToken("", "org"),
            lambda: ImsToken("t", ""),
            lambda: Login("", "p"),
            lambda: ImsServer("c", "", org_id="o"),
            lambda: AuthorizationCode("", "s", token=refresh_token("r")),
            lambda: AuthorizationCode("c", "", token=refresh_token("r")),
            lambda: AuthorizationCode("c", "s"),
            lambda: AuthorizationCode("c", "s", code="x"),
            lambda: Pkce("c", code="x", redirect_uri=CALLBACK),
        ):
            with pytest.raises(QueryError):
                make()


class TestSessions:
    @both
    def test_a_login_sends_a_form_and_uses_the_session_it_gets(self, run: Run) -> None:
        with token_host() as host:
            assert run(host.url, names, auth=Login("ana@example.com", "secret-password", subdomain="sub")) == ALL
            (asked,) = host.asked_for_tokens
        assert (asked.method, asked.path) == ("POST", "/attask/api/v22.0/login")
        assert asked.form == [("username", "ana@example.com"), ("password", "secret-password"), ("subdomain", "sub")]
        assert {call.headers["sessionid"] for call in host.calls} == {host.valid}
        assert not any("cookie" in call.headers for call in host.calls)

    @both
    def test_a_session_that_ends_is_opened_anew(self, run: Run) -> None:
        auth = Login("ana@example.com", "secret-password")
        with token_host() as host:
            run(host.url, names, auth=auth)
            host.expire()
            assert run(host.url, names, auth=auth) == ALL
            assert len(host.asked_for_tokens) == 2

    @both
    def test_a_wrong_password_is_told_and_not_tried_again(self, run: Run) -> None:
        answer = {"error": {"class": "com.attask.common.AuthenticationException", "message": "no such user"}}
        auth = Login("foo", "wrong-password")
        with token_host(refuse=lambda _asked: fault.reply(answer, 401)) as host:
            for _ in range(3):
                with pytest.raises(AuthenticationError, match="no such user") as raised:
                    run(host.url, names, auth=auth)
                assert raised.value.workfront_class == "com.attask.common.AuthenticationException"
            assert len(host.host.asked) == 1

    @both
    def test_logout_session_and_the_calling_user_are_plain_calls(self, run: Run) -> None:
        with fault_host(lambda _asked, _number: fault.reply({"data": {"userID": "5a01", "success": True}})) as host:
            for path in ("logout", "session"):
                assert run(host.url, lambda wf, path=path: wf.request("GET", path))["userID"] == "5a01"
            run(host.url, lambda wf: wf.request("GET", "USER", {"id": "$$USER"}))
        assert [asked.target for asked in host.asked] == [
            "/attask/api/v22.0/logout",
            "/attask/api/v22.0/session",
            "/attask/api/v22.0/USER?id=$$USER",
        ]

    @both
    @pytest.mark.parametrize("action", ["getApiKey", "generateApiKey", "clearApiKey"])
    def test_keys_are_managed_by_actions_whose_password_travels_in_the_body(self, run: Run, action: str) -> None:
        said = {"username": "ana@example.com", "password": "secret-password"}
        with fault_host(lambda _asked, _number: fault.reply({"data": {"result": KEY}})) as host:
            result = run(host.url, lambda wf: wf.request("PUT", f"USER/{action}", json=said))
        assert result == {"result": KEY}
        assert "secret-password" not in host.asked[0].target


class TestApplications:
    @both
    def test_a_code_becomes_a_token_by_a_form(self, run: Run) -> None:
        auth = AuthorizationCode("cid", SECRET, code="c0de-of-two-minutes", redirect_uri=CALLBACK)
        with token_host() as host:
            assert run(host.url, names, auth=auth) == ALL
            (asked,) = host.asked_for_tokens
        assert (asked.method, asked.path) == ("POST", TOKEN)
        assert dict(asked.form) == {
            "grant_type": "authorization_code",
            "redirect_uri": CALLBACK,
            "code": "c0de-of-two-minutes",
            "client_id": "cid",
            "client_secret": SECRET,
        }
        assert {call.headers["sessionid"] for call in host.calls} == {host.valid}

    @both
    def test_an_application_may_prove_itself_by_basic_authentication_with_json(self, run: Run) -> None:
        auth = AuthorizationCode("cid", SECRET, code="c0de-of-two-minutes", redirect_uri=CALLBACK, client_auth="basic")
        with token_host() as host:
            assert run(host.url, names, auth=auth) == ALL
            (asked,) = host.asked_for_tokens
        assert asked.headers["authorization"] == "Basic " + b64encode(f"cid:{SECRET}".encode()).decode()
        assert asked.json == {
            "code": "c0de-of-two-minutes",
            "grant_type": "authorization_code",
            "redirect_uri": CALLBACK,
        }

    @both
    def test_a_refused_call_gets_the_next_token_by_a_refresh_form(self, run: Run) -> None:
        auth = app()
        with token_host() as host:
            assert run(host.url, names, auth=auth) == ALL
            host.expire()
            assert run(host.url, lambda wf: wf.task.create(name="x"), auth=auth).id == "1" * 32
            first, second = host.asked_for_tokens
        assert dict(first.form) == {
            "grant_type": "refresh_token",
            "redirect_uri": CALLBACK,
            "refresh_token": "refresh-token-at-start",
            "client_id": "cid",
            "client_secret": SECRET,
        }
        assert dict(second.form)["refresh_token"] == f"refresh-token-{1:020}"
        assert [call.method for call in host.calls][-2:] == ["POST", "POST"]

    @both
    def test_pkce_sends_the_verifier_and_no_secret(self, run: Run) -> None:
        verifier = "v" * 43
        auth = Pkce("cid", code="c0de-of-two-minutes", verifier=verifier, redirect_uri=CALLBACK)
        with token_host() as host:
            run(host.url, names, auth=auth)
            host.expire()
            assert run(host.url, names, auth=auth) == ALL
            first, second = host.asked_for_tokens
        assert dict(first.form) == {
            "grant_type": "authorization_code",
            "redirect_uri": CALLBACK,
            "code": "c0de-of-two-minutes",
            "code_verifier": verifier,
            "client_id": "cid",
        }
        assert dict(second.form) == {
            "grant_type": "refresh_token",
            "client_id": "cid",
            "redirect_uri": CALLBACK,
            "refresh_token": f"refresh-token-{1:020}",
        }

    @both
    def test_another_header_may_be_asked_for(self, run: Run) -> None:
        auth = app(header="Authorization")
        with token_host() as host:
            assert run(host.url, names, auth=auth) == ALL
        assert {call.headers["authorization"] for call in host.calls} == {host.valid}

    @both
    def test_ims_asks_its_own_service_and_sends_both_headers(self, run: Run) -> None:
        with token_host() as host:
            auth = ImsServer("cid", SECRET, org_id="0123@AdobeOrg", url=host.url + IMS)
            assert run(host.url, names, auth=auth) == ALL
            (asked,) = host.asked_for_tokens
        assert dict(asked.form) == {
            "client_id": "cid",
            "client_secret": SECRET,
            "grant_type": "client_credentials",
            "scope": "openid,AdobeID,read_organizations,additional_info.projectedProductContext",
        }
        assert {call.headers["x-gw-ims-org-id"] for call in host.calls} == {"0123@AdobeOrg"}
        assert {call.headers["authorization"] for call in host.calls} == {f"Bearer {host.valid}"}

    def test_ims_is_not_asked_over_plain_http(self) -> None:
        with pytest.raises(QueryError, match="unencrypted"):
            ImsServer("cid", SECRET, org_id="o", url="http://ims.example/token")


class TestSignedStatements:
    @both
    def test_a_statement_names_issuer_user_and_end_and_can_be_verified(self, run: Run) -> None:
        private, public = rsa_pair()
        auth = JwtFlow("cid", SECRET, issuer="customer-1", user_id="user-1", private_key=private, clock=lambda: 1000.0)
        with token_host() as host:
            assert run(host.url, names, auth=auth) == ALL
            (asked,) = host.asked_for_tokens
        form = dict(asked.form)
        assert asked.path == EXCHANGE
        assert set(form) == {"client_id", "client_secret", "jwt_token"}
        from joserfc import jwt

        statement = jwt.decode(form["jwt_token"], public, algorithms=["RS256"])
        assert statement.header["alg"] == "RS256"
        assert statement.claims == {"iss": "customer-1", "sub": "user-1", "exp": 1180}

    @both
    def test_a_wrong_clock_is_made_up_for_by_the_date_of_the_refusal(self, run: Run) -> None:
        private, _ = rsa_pair()
        wrong = time.time() - 3600

        def refuse(asked: Any) -> Any:
            end = claims_of(dict(asked.form)["jwt_token"])["exp"]
            date = {"Date": email.utils.formatdate(time.time(), usegmt=True)}
            return fault.refusal(400, "expired", date) if end < time.time() else None

        auth = JwtFlow("cid", SECRET, issuer="c", user_id="u", private_key=private, clock=lambda: wrong)
        with token_host(refuse=refuse) as host:
            assert run(host.url, names, auth=auth) == ALL
            assert len(host.asked_for_tokens) == 2

    @both
    def test_a_refusal_in_good_time_is_not_answered_by_another_statement(self, run: Run) -> None:
        private, _ = rsa_pair()
        date = {"Date": email.utils.formatdate(time.time(), usegmt=True)}
        auth = JwtFlow("cid", SECRET, issuer="c", user_id="u", private_key=private)
        with token_host(refuse=lambda _asked: fault.refusal(400, "unknown key", date)) as host:
            with pytest.raises(AuthenticationError, match="unknown key"):
                run(host.url, names, auth=auth)
            assert len(host.host.asked) == 1

    def test_a_key_that_is_none_is_refused_without_being_shown(self) -> None:
        with pytest.raises(QueryError, match="RSA key in PEM form") as raised:
            JwtFlow("cid", SECRET, issuer="c", user_id="u", private_key="not-a-key-at-all")
        assert "not-a-key-at-all" not in str(raised.value)


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
                for thread in threads:
                    thread.join()

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


def rsa_pair() -> tuple[str, Any]:
    """A private key in PEM form, and its public half."""
    from joserfc.jwk import RSAKey

    key = RSAKey.generate_key(2048)
    return key.as_pem(private=True).decode(), key


def claims_of(statement: str) -> dict[str, Any]:
    """The claims of a signed statement, unverified."""
    part = statement.split(".")[1]
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims
