"""Signing in: sessions, keys, cookies, codes, PKCE and web tokens."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode, urlsafe_b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sandbox.asking import LIV, MIA, NOAH, OVEN, Asker, bakery

_NONE = {"sessionid": ""}
_TOKEN = "/integrations/oauth2/api/v1/token"
_BACK = "https://app.test/back"


def strict() -> Asker:
    asker = bakery(strict=True)
    asker.sandbox.accounts.issue(LIV, "liv")
    return asker


@pytest.mark.parametrize(
    "headers",
    [
        {"sessionid": "anything"},
        {"apikey": "anything"},
        {"x-xsrf-token": "anything"},
        {"authorization": "Bearer e.y.j", "x-gw-ims-org-id": "1@AdobeOrg"},
        {"cookie": "attask=anything"},
        {"cookie": "theme=dark; wf-auth=anything"},
    ],
)
def test_any_credential_is_the_calling_user(ask: Asker, headers: dict[str, str]) -> None:
    assert ask("GET", "USER", {"id": "$$USER"}, headers=_NONE | headers)["name"] == "Mia Moll"


@pytest.mark.parametrize("query", [{"sessionID": "anything"}, {"apiKey": "anything"}])
def test_a_credential_may_be_a_parameter(ask: Asker, query: dict[str, str]) -> None:
    assert ask("GET", "PROJ/count", query, headers=_NONE) == {"count": 3}


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer "}, {"cookie": "theme=dark"}])
def test_without_a_credential_nothing_is_answered(ask: Asker, headers: dict[str, str]) -> None:
    assert ask.refused("GET", "PROJ/count", headers=_NONE | headers) == (401, "You are not currently logged in.")


def test_a_cookie_alone_may_read_and_not_write(ask: Asker) -> None:
    headers = _NONE | {"cookie": "attask=anything"}
    assert ask.refused("PUT", f"PROJ/{OVEN}", {"name": "x"}, headers=headers)[0] == 401


def test_a_strict_sandbox_knows_only_what_it_issued() -> None:
    asker = strict()
    assert asker.refused("GET", "PROJ/count")[0] == 401
    assert asker("GET", "USER", {"id": "$$USER"}, headers={"sessionid": "liv"})["name"] == "Liv Lund"
    assert asker("GET", "logout", headers={"sessionid": "liv"}) == {"success": True}
    assert asker.refused("GET", "PROJ/count", headers={"sessionid": "liv"})[0] == 401


def test_a_strict_sandbox_takes_no_key_in_the_body_of_a_write() -> None:
    asker = strict()
    asker.sandbox.accounts.set_api_key(LIV, "key")
    body = {"name": "x", "apiKey": "key"}
    assert asker.refused("PUT", f"PROJ/{OVEN}", form=body, headers=_NONE) == (401, "AuthenticationException: {0}")
    assert asker("PUT", f"PROJ/{OVEN}", {"apiKey": "key"}, form={"name": "x"}, headers=_NONE)["name"] == "x"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_login_gives_a_session_of_that_user(ask: Asker, method: str) -> None:
    data = ask(method, "login", {"username": "noah@bakery.test", "password": "guess"}, headers=_NONE)
    assert (data["userID"], data["isAdmin"]) == (NOAH, False)
    session = {"sessionid": data["sessionID"]}
    assert ask("GET", "session", headers=session)["userID"] == NOAH
    assert ask.names("TASK", assignedToID="$$USER.ID") == ["bread photos"]


def test_a_login_needs_a_user_and_the_password_it_was_given(ask: Asker) -> None:
    ask.sandbox.accounts.set_password("noah@bakery.test", "rye")
    for username, password in (("noah@bakery.test", "oat"), ("nobody", "rye"), ("mia@bakery.test", "")):
        body = {"username": username, "password": password}
        assert ask.refused("POST", "login", form=body, headers=_NONE)[0] == 401


def test_keys_are_made_shown_used_and_cleared() -> None:
    asker = strict()
    login = {"username": "noah@bakery.test", "password": "rye"}
    asker.sandbox.accounts.set_password("noah@bakery.test", "rye")

    def key(action: str) -> Any:
        return asker("PUT", "user", {"action": action, **login}, headers=_NONE)

    assert key("getApiKey") == {"result": ""}
    made = key("generateApiKey")["result"]
    assert key("getApiKey") == {"result": made}
    assert asker("GET", "USER", {"id": "$$USER"}, headers={"sessionid": "", "apikey": made})["ID"] == NOAH
    assert key("clearApiKey") == {"result": "true"}
    assert asker.refused("GET", "PROJ/count", headers={"sessionid": "", "apikey": made})[0] == 401


def authorize(asker: Asker, **more: str) -> dict[str, str]:
    query = {"client_id": "app", "redirect_uri": _BACK, "response_type": "code", **more}
    reply = asker.reply("GET", "/integrations/oauth2/authorize", query)
    assert reply.status == 302
    assert reply.headers["location"].startswith(_BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(reply.headers["location"]).query).items()}


def test_a_code_is_exchanged_once_for_a_session_that_can_be_renewed() -> None:
    asker = strict()
    back = authorize(asker, state="s-1")
    assert back["state"] == "s-1"
    body = {"grant_type": "authorization_code", "code": back["code"], "redirect_uri": _BACK}
    basic = {"authorization": "Basic " + b64encode(b"app:secret").decode()}
    first = json.loads(asker.reply("POST", _TOKEN, json_body=body, headers=basic).body)
    assert (first["token_type"], first["expires_in"]) == ("sessionID", 0)
    assert asker("GET", "USER", {"id": "$$USER"}, headers={"sessionid": first["access_token"]})["ID"] == MIA
    assert asker.reply("POST", _TOKEN, json_body=body, headers=basic).status == 400
    form = {
        "grant_type": "refresh_token",
        "refresh_token": first["refresh_token"],
        "client_id": "app",
        "client_secret": "secret",
    }
    renewed = json.loads(asker.reply("POST", _TOKEN, form=form).body)
    assert renewed["access_token"] != first["access_token"]
    assert asker.reply("POST", _TOKEN, form=form).status == 400


def test_a_code_lives_two_minutes_and_belongs_to_its_address(ask: Asker) -> None:
    code = authorize(ask)["code"]
    form = {"grant_type": "authorization_code", "code": code, "client_id": "app", "redirect_uri": _BACK}
    assert ask.reply("POST", _TOKEN, form=form | {"redirect_uri": "https://elsewhere.test"}).status == 400
    ask.sandbox.advance(timedelta(seconds=121))
    reply = ask.reply("POST", _TOKEN, form=form)
    assert (reply.status, json.loads(reply.body)["error"]) == (400, True)


def test_a_challenge_is_met_only_by_its_verifier(ask: Asker) -> None:
    verifier = "v" * 50
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    form = {"grant_type": "authorization_code", "client_id": "app", "redirect_uri": _BACK}
    code = authorize(ask, code_challenge=challenge, code_challenge_method="S256")["code"]
    assert ask.reply("POST", _TOKEN, form={**form, "code": code, "code_verifier": "w" * 50}).status == 400
    tokens = json.loads(ask.reply("POST", _TOKEN, form={**form, "code": code, "code_verifier": verifier}).body)
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3600)


def web_token(**claims: Any) -> str:
    parts = ({"alg": "RS256"}, claims)
    coded = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*coded, "signature"])


def test_a_web_token_is_exchanged_for_a_session_of_its_subject(ask: Asker) -> None:
    path = "/integrations/oauth2/api/v1/jwt/exchange"
    form = {"client_id": "app", "client_secret": "secret"}
    later = int(ask.sandbox.clock.now().timestamp()) + 60
    tokens = json.loads(ask.reply("POST", path, form={**form, "jwt_token": web_token(sub=LIV, exp=later)}).body)
    assert ask("GET", "session", headers={"sessionid": tokens["access_token"]})["userID"] == LIV
    for wrong in (web_token(sub=LIV, exp=later - 120), web_token(sub="nobody", exp=later), "no token"):
        assert ask.reply("POST", path, form={**form, "jwt_token": wrong}).status == 400


@pytest.mark.parametrize("form", [{}, {"grant_type": "password", "client_id": "a"}, {"client_id": "a"}])
def test_the_token_service_says_in_its_own_form_what_is_wrong(ask: Asker, form: dict[str, str]) -> None:
    reply = ask.reply("POST", _TOKEN, form=form)
    assert reply.status == 400
    assert set(json.loads(reply.body)) == {"statusCode", "error", "type", "message"}
