"""What a token service, and whoever stands before it, may answer: each is told as what it is, and none is hammered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.resilience_kit import Pauses, both
from tests.support.sign_in_kit import SECRET, app
from tests.support.token_host import IMS, TokenHost, token_host
from workfront_core.auth import Auth, ImsServer, Login, Pkce
from workfront_core.auth.oauth import refresh_token
from workfront_core.auth.renewable import RENEWAL_COOLDOWN
from workfront_core.errors import (
    AuthenticationError,
    ProtocolError,
    RateLimited,
    ServerError,
    WorkfrontError,
)

ONE = "1" * 32
PAGE = b"<html><body>x</body></html>"
WORDED: Any = {"error": "invalid_grant", "error_description": "expired"}
GATEWAY: Any = {"error": "Not Found", "message": "no route", "status": 404}
REFUSED, ELSEWHERE = AuthenticationError, ProtocolError
BY_STATUS: dict[int, tuple[type[WorkfrontError], type[WorkfrontError]]] = {
    301: (ELSEWHERE, REFUSED),
    **dict.fromkeys((400, 401, 403), (REFUSED, REFUSED)),
    **dict.fromkeys((404, 405, 407, 409, 410, 411, 413, 415, 418, 421, 451), (ELSEWHERE, REFUSED)),
    **dict.fromkeys((408, 425), (ServerError, ServerError)),
    429: (RateLimited, RateLimited),
    **dict.fromkeys((500, 501, 502, 503, 504, 511, 520, 599), (ServerError, ServerError)),
}
"""The error by what answered: a page or nothing, and the service in its own words."""


def error_of(run: Callable[..., Any], host: TokenHost, auth: Auth, retries: int = 0) -> WorkfrontError:
    with pytest.raises(WorkfrontError) as raised:
        run(host.url, lambda wf: wf.task.get(ONE), auth=auth, retry=Pauses().retry(max_retries=retries))
    return raised.value


@both
@pytest.mark.parametrize("status", BY_STATUS)
@pytest.mark.parametrize(
    "body", [PAGE, b"", b"\xff\xfe", b"[]", WORDED], ids=["page", "empty", "binary", "list", "own"]
)
def test_every_status_is_told_as_what_it_is(run: Any, status: int, body: object) -> None:
    kind = BY_STATUS[status][body is WORDED]
    with token_host(refuse=lambda _asked: fault.reply(body, status)) as host:
        error = error_of(run, host, app())
        assert type(error) is kind
        assert error.status == status
        assert len(host.asked_for_tokens) == 1


WAYS: dict[str, Callable[[str], Auth]] = {
    "code": lambda _url: app(),
    "pkce": lambda _url: Pkce("cid", token=refresh_token("refresh-token-at-start")),
    "ims": lambda url: ImsServer("cid", SECRET, url=f"{url}{IMS}"),
    "login": lambda _url: Login("ada", "pa55word-of-the-suite"),
}


@both
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_gateway_that_does_not_know_the_address_says_nothing_of_the_sign_in(
    run: Any, way: Callable[[str], Auth]
) -> None:
    with token_host(refuse=lambda _asked: fault.reply(GATEWAY, 404)) as host:
        auth = way(host.url)
        for _ in range(2):
            error = error_of(run, host, auth)
            assert isinstance(error, ProtocolError)
            assert "Is the address right" in str(error.hint)
        assert len(host.asked_for_tokens) == 2


@both
def test_a_page_in_place_of_a_refusal_holds_for_a_moment(run: Any) -> None:
    """A proxy's page must neither end a sign-in for ever nor make each call ask again."""
    now = [1000.0]
    auth, answers = app(clock=lambda: now[0]), [PAGE]
    with token_host(refuse=lambda _asked: fault.reply(answers[0], 403) if answers else None) as host:
        for _ in range(3):
            assert "a page, not a reason" in error_of(run, host, auth).message
        assert len(host.asked_for_tokens) == 1
        now[0] -= 5  # a clock that is set back does not make the moment longer
        error_of(run, host, auth)
        answers.clear()
        now[0] += 5 + RENEWAL_COOLDOWN
        assert run(host.url, lambda wf: wf.task.get(ONE), auth=auth).name == "x"


@both
def test_the_service_s_own_refusal_is_final(run: Any) -> None:
    now = [1000.0]
    auth = app(clock=lambda: now[0])
    with token_host(refuse=lambda _asked: fault.reply(WORDED, 400)) as host:
        for _ in range(3):
            assert "expired" in error_of(run, host, auth).message
            now[0] += 86_400
        assert len(host.asked_for_tokens) == 1
