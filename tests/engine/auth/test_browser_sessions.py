"""Ways to sign in that users bring from other clients: cookies with their token, no credential, an IMS token alone."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from tests.support.loopback import Answer, loopback
from workfront_client.v22 import Project, Workfront
from workfront_core.auth import Anonymous, ApiKey, CookieSession, ImsServer, ImsToken
from workfront_core.errors import AuthenticationError, InvalidRequest, QueryError
from workfront_testing import in_process

ID = "5a020000000000000000000000000001"
COOKIES = {"attask": "c00kie-of-a-session", "wf-auth": "eyJhbGciOi.J9"}
XSRF = "xsrf-t0ken-of-it"
SECRETS = (*COOKIES.values(), XSRF)


def test_cookies_and_their_token_travel_with_every_call_and_none_is_taken_over() -> None:
    answer = Answer({"ID": ID}, headers={"Set-Cookie": "attask=another; Path=/"})
    with loopback(lambda _: answer) as server:
        with Workfront(server.url, auth=CookieSession(COOKIES, xsrf_token=XSRF)) as wf:
            wf.project.update(ID, name="x")
            wf.project.get(ID)
        for asked in server.asked:
            assert asked.headers["cookie"] == "attask=c00kie-of-a-session; wf-auth=eyJhbGciOi.J9"
            assert asked.headers["x-xsrf-token"] == XSRF
            assert "sessionid" not in asked.headers


def test_nothing_of_a_session_is_shown() -> None:
    auth = CookieSession(COOKIES, xsrf_token=XSRF)
    assert repr(auth) == "CookieSession(attask, wf-auth=***, xsrf_token=***)"
    assert all(secret not in f"{auth} {auth.headers()}" for secret in SECRETS)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_part_of_a_session_that_the_server_echoes_is_masked(secret: str) -> None:
    body = f'{{"error":{{"message":"no session {secret} here"}}}}'.encode()
    with (
        loopback(lambda _: Answer(raw=body, status=422)) as server,
        Workfront(server.url, auth=CookieSession(COOKIES, xsrf_token=XSRF)) as wf,
        pytest.raises(InvalidRequest) as raised,
    ):
        wf.project.get(ID)
    assert "no session *** here" in str(raised.value)
    assert secret not in f"{raised.value!r} {pickle.dumps(raised.value)!r}"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: CookieSession({}), "needs its cookies"),
        (lambda: CookieSession("attask=x"), "needs its cookies"),  # type: ignore[arg-type]
        (lambda: CookieSession({"attask": ""}), "is empty"),
        (lambda: CookieSession({"attask": "s3cr3t; admin=1"}), "no header can carry"),
        (lambda: CookieSession({"attask": "s3cr3t;admin=1"}), "no cookie can have"),
        (lambda: CookieSession({"attask": "s3cr3t\r\nX: y"}), "no header can carry"),
        (lambda: CookieSession({"at task": "s3cr3t"}), "no cookie can have"),
        (lambda: CookieSession(COOKIES, xsrf_token=""), "XSRF token is empty"),
    ],
)
def test_what_is_no_cookie_is_refused_and_not_shown(make: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message) as raised:
        make()
    assert "s3cr3t" not in str(raised.value)


def test_with_cookies_alone_the_server_lets_read_and_with_their_token_write() -> None:
    with in_process() as kit:
        made = kit.client(Workfront).project.create(name="Launch")
        with kit.client(Workfront, auth=CookieSession({"attask": "any"})) as wf:
            assert wf.project.get(str(made.id)).name == "Launch"
            with pytest.raises(AuthenticationError):
                wf.project.update(str(made.id), name="x")
        with kit.client(Workfront, auth=CookieSession({"attask": "any"}, xsrf_token="any")) as wf:
            assert wf.project.update(str(made.id), name="x", fields=["name"]).name == "x"


def test_a_key_is_had_by_name_and_password_alone() -> None:
    with in_process() as kit:
        user = kit.client(Workfront).user.create(
            name="Ana Ash", username="ana@example.com", email_addr="ana@example.com"
        )
        said = {"username": "ana@example.com", "password": "secret-password"}
        with kit.client(Workfront, auth=Anonymous()) as nobody:
            assert nobody.user.get_api_key(**said) == ""
            key = nobody.user.generate_api_key(**said)
            assert nobody.user.get_api_key(**said) == key
        with kit.client(Workfront, auth=ApiKey(str(key))) as ana:
            assert ana.user.get("$$USER").id == user.id


@pytest.mark.parametrize("name", ["get_api_key", "generate_api_key", "clear_api_key"])
def test_name_and_password_travel_as_a_form_and_are_not_shown(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with loopback(lambda _: Answer({"result": "k3y"})) as server, Workfront(server.url, auth=Anonymous()) as wf:
        getattr(wf.user, name)(username="ana@example.com", password="secret-password")
        with wf.dry_run() as dry:
            getattr(dry.user, name)(username="ana@example.com", password="secret-password")
        assert "secret-password" not in f"{dry.planned} {dry.explain(dry.planned[0])} {caplog.text}"
    action = {"get_api_key": "getApiKey", "generate_api_key": "generateApiKey", "clear_api_key": "clearApiKey"}[name]
    assert (server.last.method, server.last.target) == ("POST", f"/attask/api/v22.0/USER/{action}")
    assert server.last.form == [
        ("username", "ana@example.com"),
        ("password", "secret-password"),
        ("method", "PUT"),
    ]
    assert not server.last.headers.keys() & {"apikey", "sessionid", "authorization", "cookie"}


def test_a_key_of_a_row_is_asked_for_by_its_id() -> None:
    with loopback(lambda _: Answer({"result": "k3y"})) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        assert wf.user.get_api_key(ID) == "k3y"
    assert server.last.path == f"/attask/api/v22.0/USER/{ID}/getApiKey"


def test_an_ims_token_may_travel_without_an_organisation() -> None:
    assert dict(ImsToken("t0ken").headers()) == {"Authorization": "Bearer t0ken"}
    assert dict(ImsToken("t0ken", "A@AdobeOrg").headers()) == {
        "Authorization": "Bearer t0ken",
        "x-gw-ims-org-id": "A@AdobeOrg",
    }
    assert "t0ken" not in repr(ImsToken("t0ken"))
    assert repr(ImsServer("id", "s3cret")) == "ImsServer('id', ***, org_id=None)"
    for empty in (lambda: ImsToken(""), lambda: ImsToken("t", ""), lambda: ImsServer("id", "s", org_id="")):
        with pytest.raises(QueryError, match="is empty"):
            empty()


def test_other_apis_stand_beside_the_public_one() -> None:
    with loopback(lambda _: Answer({"ID": ID})) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        wf.with_options(api="unsupported").project.get(ID, fields=["name"])
        wf.with_options(api="internal").with_options(api="public").project.get(ID)
        wf.project.get(ID)
        assert wf.with_options(api="internal").root == f"{server.url}/attask/api-internal/"
    assert [asked.path for asked in server.asked] == [
        f"/attask/api-unsupported/PROJ/{ID}",
        f"/attask/api/v22.0/PROJ/{ID}",
        f"/attask/api/v22.0/PROJ/{ID}",
    ]


@pytest.mark.parametrize("api", ["v22.0", "", 7, None.__class__, ["public"]])
def test_only_known_apis_are_asked(api: Any) -> None:
    with Workfront("https://acme.example", auth=ApiKey("k")) as wf, pytest.raises(QueryError, match="Use one of"):
        wf.with_options(api=api)


@pytest.mark.parametrize("api", ["internal", "unsupported"])
def test_a_server_answers_at_its_other_apis(api: Any) -> None:
    with in_process() as kit:
        wf = kit.client(Workfront).with_options(api=api)
        made = wf.project.create(name="Launch")
        assert wf.project.search(Project.f.name == "Launch").one().id == made.id
        with pytest.raises(InvalidRequest) as raised:
            wf.request("GET", "PROJ/search", {"fields": "nmae"})
        assert (raised.value.field, raised.value.suggestions[0]) == ("nmae", "name")
