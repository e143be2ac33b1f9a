"""Credentials that stay, and sessions, over a real connection. docs/protocol.md 4."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.fault_host import fault_host
from tests.support.resilience_kit import both, names
from tests.support.sign_in_kit import ALL, CALLBACK, Run
from tests.support.token_host import token_host
from workfront_core.auth import (
    ApiKey,
    Auth,
    AuthorizationCode,
    ImsServer,
    ImsToken,
    Login,
    Pkce,
    SessionId,
)
from workfront_core.auth.oauth import refresh_token
from workfront_core.errors import AuthenticationError, QueryError, WorkfrontError

KEY = "k" * 32


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
                assert str(raised.value.hint).startswith("Check user name and password.")
            assert len(host.host.asked) == 1

    @both
    def test_of_a_refusal_of_a_megabyte_the_beginning_is_shown(self, run: Run) -> None:
        answer = {"error": {"class": "c" * 400_000, "message": "m" * 400_000}}
        with (
            token_host(refuse=lambda _asked: fault.reply(answer, 401)) as host,
            pytest.raises(WorkfrontError) as raised,
        ):
            run(host.url, names, auth=Login("foo", "wrong-password"))
        assert len(str(raised.value)) < 10_000

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
