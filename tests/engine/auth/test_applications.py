"""Applications get tokens: by codes, by IMS, by signed statements. docs/protocol.md 4.5 to 4.8."""

from __future__ import annotations

import email.utils
import json
import time
from base64 import b64encode, urlsafe_b64decode
from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.resilience_kit import both, names
from tests.support.sign_in_kit import ALL, CALLBACK, SECRET, Run, app
from tests.support.token_host import EXCHANGE, IMS, TOKEN, token_host
from workfront_core.auth import (
    AuthorizationCode,
    ImsServer,
    JwtFlow,
    Pkce,
)
from workfront_core.errors import AuthenticationError, QueryError


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
