"""A page to sign in, in place of an answer, is an ended session: told as one, and mended by a new token."""

from __future__ import annotations

import gzip
from typing import Any, Final

import pytest

from tests.support.fault_host import ROWS, Act, fault_host, page, reply
from tests.support.loopback import Received
from tests.support.query_fixture.services import Workfront
from tests.support.resilience_kit import names, run_async, run_sync
from workfront_core.auth import ApiKey, Login
from workfront_core.errors import AuthenticationError, ProtocolError
from workfront_core.transport.retry import Retry

PAGES: Final = {
    "title": b"<!DOCTYPE html><html><head><title>Log in</title></head></html>",
    "title with a name": b"<html><title lang=en>Acme | Sign In</title></html>",
    "form": b"<html><body><form><input name=u><input type=password name=p></form></body></html>",
    "SAML": b'<html><body><form method=post><input type="hidden" name="SAMLRequest"/></form></body></html>',
    "refresh": b'<html><meta http-equiv="refresh" content="0; url=https://id.acme.com/sso/start"></html>',
    "script": b"<html><script>window.location = '/login?next=x'</script></html>",
    "late": b"\n" * 500 + b"<html>" + b"<!-- -->" * 2000 + b"<title>Sign in</title></html>",
    "packed": gzip.compress(b"<html><title>Sign in</title></html>"),
}
OTHER_PAGES: Final = {
    "proxy": b"<html><title>Service unavailable</title></html>",
    "footer": b"<html><title>Blocked by policy</title><p>Call the help desk; design in progress.</html>",
    "not a page": b'{"data": "<title>Log in',
    "a tag without end": b"<html><input " + b"x " * 400 + b"type=password",
    "a title without end": b"<html><title>" + b"x " * 400 + b"log in",
    "an address without end": b"<html>url=" + b"x" * 400 + b"/login",
}
RUNS: Final = {"sync": run_sync, "async": run_async}


@pytest.mark.parametrize("status", [200, 403, 404])
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_to_sign_in_is_an_authentication_error(page: bytes, status: int) -> None:
    with fault_host(lambda *_: reply(page, status)) as host, pytest.raises(AuthenticationError) as raised:
        run_sync(host.url, names, auth=ApiKey("key-of-ana"))
    assert "sign in" in str(raised.value.hint)
    assert len(host.asked) == 1


@pytest.mark.parametrize("page", OTHER_PAGES.values(), ids=OTHER_PAGES)
def test_any_other_page_is_an_answer_that_is_not_the_api_speaking(page: bytes) -> None:
    with fault_host(lambda *_: reply(page)) as host, pytest.raises(ProtocolError):
        run_sync(host.url, names, retry=Retry(max_retries=0))


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("/login?returnTo=x", AuthenticationError),
        ("https://ims-na1.adobelogin.com/ims/authorize?client_id=x", AuthenticationError),
        ("https://id.acme.com/saml2/start", AuthenticationError),
        ("https://other.my.workfront.com/attask/api/v22.0/TASK/search", ProtocolError),
        ("https://login.example/?next=1", ProtocolError),
        ("", ProtocolError),
    ],
)
def test_a_redirect_to_where_one_signs_in_is_an_ended_session(where: str, kind: type[Exception]) -> None:
    answer = reply(b"", 302, {"Location": where})
    with fault_host(lambda *_: answer) as host, pytest.raises(kind) as raised:
        run_sync(host.url, names)
    assert "client_id" not in str(raised.value)


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_a_page_to_sign_in_renews_the_token_once_and_the_call_goes_on(run: Any) -> None:
    def answer(asked: Received, number: int) -> Act:
        if asked.path.endswith("/login"):
            return reply({"data": {"sessionID": f"session-number-{number}"}})
        return page(asked) if asked.headers["sessionid"] == "session-number-2" else reply(PAGES["title"])

    with fault_host(answer) as host:
        assert len(run(host.url, names, auth=Login("ana@example.com", "password-of-ana"))) == len(ROWS)
    assert len(host.to("/login")) == 2


def test_every_call_says_that_a_program_asks() -> None:
    answer = reply({"data": []})
    with fault_host(lambda *_: answer) as host, Workfront(host.url, auth=ApiKey("key-of-ana")) as wf:
        wf.task.search().to_list()
        wf.request("PUT", "TASK/x", json={})
        assert {asked.headers["x-requested-with"] for asked in host.asked} == {"XMLHttpRequest"}
