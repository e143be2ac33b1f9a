"""Stores, locks and credentials of the caller's own: whatever they do is told in words, and nothing of it is shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, cast

import pytest

from tests.support.resilience_kit import Pauses, both
from tests.support.token_host import IMS, TokenHost, token_host
from workfront_core.auth import Auth, AuthorizationCode, FileStore, RenewableAuth, Token
from workfront_core.auth.oauth import refresh_token
from workfront_core.auth.tokens import TokenRequest, TokenResponse, TokenSite
from workfront_core.errors import AuthenticationError, QueryError, WorkfrontError

SECRET = "s3cret-of-the-suite-000"
ONE = "1" * 32


def fails(*_given: object) -> Any:
    raise RuntimeError("key ring locked")


async def later(*_given: object) -> Any:
    return Token(SECRET)


class Store:
    """A store of somebody's own, with methods that a test gives."""

    def __init__(self, **methods: object) -> None:
        self.saved: list[Token] = []
        vars(self).update(methods)

    def load(self) -> Token | None:
        return None

    def save(self, token: Token) -> None:
        self.saved.append(token)

    def delete(self) -> None:
        self.saved.clear()


class Lock:
    def __init__(self, take: Callable[[], Any] = lambda: True, give: Callable[[], Any] = lambda: None) -> None:
        self.try_acquire = take
        self.release = give


def application(store: object, *, token: Token | None) -> AuthorizationCode:
    return AuthorizationCode(
        "cid", SECRET, redirect_uri="https://a.example/cb", token=token, store=cast("FileStore", store)
    )


def told(run: Callable[..., Any], host: TokenHost, auth: Auth) -> str:
    """What a call says, and "" where it succeeds."""
    try:
        found = run(host.url, lambda wf: wf.task.get(ONE), auth=auth, retry=Pauses().retry(max_retries=0))
    except WorkfrontError as error:
        shown = f"{error}{error.__cause__!r}"
    else:
        return "" if found.name == "x" else repr(found)
    assert SECRET not in shown
    return shown


NO_TOKENS: Mapping[str, object] = {
    "a text": SECRET,
    "a map": {"access": SECRET},
    "a list": [Token(SECRET)],
    "true": True,
    "false": False,
    "a number": 5,
    "the class": Token,
}


@both
@pytest.mark.parametrize("given", NO_TOKENS.values(), ids=NO_TOKENS)
def test_a_store_gives_a_token_or_none(run: Any, given: object) -> None:
    with pytest.raises(QueryError, match=r"load\(\) of the store gave .*not a Token"):
        application(Store(load=lambda: given), token=None)
    with token_host() as host:
        auth = application(Store(load=lambda: given), token=refresh_token("refresh-token-at-start"))
        assert "load() of the store gave" in told(run, host, auth)
        assert host.asked_for_tokens == []


def test_a_store_that_fails_as_a_program_starts_is_told() -> None:
    with pytest.raises(QueryError, match="RuntimeError in fails"):
        application(Store(load=fails), token=None)


@both
@pytest.mark.parametrize("place", ["load", "save", "lock", "try_acquire", "release"])
def test_nobody_waits_for_an_asynchronous_method(
    run: Any, place: str, caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    locks = {"try_acquire": Lock(take=later), "release": Lock(give=later)}
    store = Store(lock=lambda: locks[place]) if place in locks else Store(**{place: later})
    with token_host() as host:
        said = told(run, host, application(store, token=refresh_token("refresh-token-at-start")))
    assert "is asynchronous" in said + caplog.text
    assert (said == "") == (place in ("save", "release")), "what is done is done"
    assert not recwarn.list


NO_LOCKS: Mapping[str, tuple[object, str]] = {
    "a text": (lambda: "lock", "not a lock"),
    "a lock of threads": (threading.Lock, "not a lock"),
    "no answer whether it is held": (lambda: Lock(take=lambda: None), "not True or False"),
    "something for true": (lambda: Lock(take=lambda: "yes"), "not True or False"),
}


@both
@pytest.mark.parametrize(("make", "message"), NO_LOCKS.values(), ids=NO_LOCKS)
def test_a_lock_is_taken_at_its_word_alone(run: Any, make: object, message: str) -> None:
    with token_host() as host:
        said = told(run, host, application(Store(lock=make), token=refresh_token("refresh-token-at-start")))
        assert message in said
        assert host.asked_for_tokens == []


@pytest.mark.parametrize("member", [threading.Lock(), "a text", False])
def test_a_member_that_is_called_lock_and_is_no_method_is_told_at_once(member: object) -> None:
    with pytest.raises(QueryError, match="another name"):
        application(Store(lock=member), token=Token(SECRET))


@both
def test_a_lock_that_cannot_be_given_back_does_not_cost_the_call(run: Any, caplog: pytest.LogCaptureFixture) -> None:
    with token_host() as host:
        store = Store(lock=lambda: Lock(give=fails))
        assert told(run, host, application(store, token=refresh_token("refresh-token-at-start"))) == ""
    assert "could not be given back (RuntimeError)" in caplog.text


@pytest.mark.parametrize("store", [Store, FileStore, {}, "token.json", object()])
def test_what_is_no_store_is_refused(store: object) -> None:
    with pytest.raises(QueryError, match="store= takes a store"):
        application(store, token=Token(SECRET))


def test_a_sign_in_is_not_dropped_in_silence() -> None:
    auth = application(Store(delete=fails), token=Token(SECRET))
    with pytest.raises(QueryError, match="RuntimeError in fails"):
        auth.discard()


@both
@pytest.mark.parametrize("place", ["load", "lock", "request"])
def test_what_failed_for_a_moment_serves_again(run: Any, place: str) -> None:
    """Only what the token service refused is final, and not a key ring that was locked."""
    left = [1]

    def fails_once(otherwise: Callable[[], Any]) -> Any:
        return fails() if left and left.pop() else otherwise()

    class Application(AuthorizationCode):
        def request(self, site: TokenSite, previous: Token | None, /) -> TokenRequest:
            asked = super().request(site, previous)
            return fails_once(lambda: asked) if place == "request" else asked

    methods = {} if place == "request" else {place: lambda: fails_once(lambda: None)}
    start = refresh_token("refresh-token-at-start")
    store = cast("FileStore", Store(**methods))
    auth = Application("cid", SECRET, redirect_uri="https://a.example/cb", token=start, store=store)
    with token_host() as host:
        assert "RuntimeError" in told(run, host, auth)
        assert told(run, host, auth) == ""


class Own:
    """A credential of somebody's own."""

    def __init__(self, headers: Callable[[], Any]) -> None:
        self.headers = headers


HEADERS: Mapping[str, object] = {
    "nothing": None,
    "pairs": [("sessionID", SECRET)],
    "a text": f"sessionID: {SECRET}",
    "a number": {"sessionID": 5},
    "no value": {"sessionID": None},
    "bytes": {"sessionID": SECRET.encode()},
    "a line break": {"sessionID": f"{SECRET}\r\nX-Other: 1"},
    "blanks at its end": {"sessionID": f"{SECRET} "},
    "beyond ASCII": {"sessionID": f"{SECRET}\xe9"},
    "a name with a blank": {"session ID": SECRET},
    "a name with a line break": {"X\r\nY": SECRET},
    "a name that is no text": {5: SECRET},
    "no name": {"": SECRET},
    "the length of the body": {"Content-Length": "5"},
    "the kind of the body": {"content-type": "text/plain"},
    "the form of the body": {"Transfer-Encoding": "chunked"},
}


@both
@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_headers_that_no_request_can_carry_are_refused_before_it_is_sent(run: Any, headers: object) -> None:
    with token_host(any_token=True) as host:
        said = told(run, host, Own(lambda: headers))
        assert "headers() of Own" in said
        assert host.calls == []


@both
def test_headers_that_come_later_or_never_are_told(run: Any, recwarn: pytest.WarningsRecorder) -> None:
    with token_host(any_token=True) as host:
        assert "is asynchronous" in told(run, host, Own(later))
        with pytest.raises(AuthenticationError, match="RuntimeError in fails") as raised:
            run(host.url, lambda wf: wf.task.get(ONE), auth=Own(fails))
        assert str(raised.value.__cause__) == "key ring locked"
        assert host.calls == []
    assert not recwarn.list


@both
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic YTpi"}, {"X-Empty": ""}])
def test_other_headers_travel_as_they_are(run: Any, headers: dict[str, str]) -> None:
    with token_host(any_token=True) as host:
        assert told(run, host, Own(lambda: headers)) == ""
        assert all(host.calls[0].headers[name.lower()] == value for name, value in headers.items())


class Renewing(RenewableAuth):
    """A renewable credential of somebody's own."""

    def __init__(self, *, asks: object = None, reads: object = None, **settings: Any) -> None:
        super().__init__(**settings)
        self._asks, self._reads = asks, reads

    def request(self, site: TokenSite, _previous: Token | None, /) -> TokenRequest:
        right = TokenRequest(f"{site.origin}{IMS}", (("a", "b"),))
        return right if self._asks is None else cast("Any", self._asks)()

    def read(self, response: TokenResponse, request: TokenRequest, previous: Token | None, /) -> Token:
        return super().read(response, request, previous) if self._reads is None else cast("Any", self._reads)()


NO_ANSWERS: Mapping[str, object] = {"nothing": lambda: None, "a text": lambda: SECRET, "a coroutine": later}


@both
@pytest.mark.parametrize("given", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_a_question_is_a_question_and_a_token_a_token(run: Any, given: object) -> None:
    with token_host(any_token=True) as host:
        assert "request() of Renewing" in told(run, host, Renewing(asks=given))
        assert host.asked_for_tokens == []
        assert "read() of Renewing" in told(run, host, Renewing(reads=given))
        assert "a Token without access" in told(run, host, Renewing(reads=lambda: Token("")))
        assert host.calls == []


@pytest.mark.parametrize("header", ["", "a b", "a\r\nb", "\xe9", "session:ID", "Content-Length"])
def test_a_header_that_cannot_be_is_refused_where_it_is_given(header: str) -> None:
    with pytest.raises(QueryError, match="header="):
        Renewing(header=header)


@pytest.mark.parametrize("text", [f"{SECRET}\r\nX: y", f"{SECRET} b", f"{SECRET}\xe9"])
def test_a_token_that_no_header_can_carry_is_refused_where_it_is_made(text: str) -> None:
    makers: tuple[Callable[[], Token], ...] = (lambda: Token(text), lambda: Token("a", text))
    for make in makers:
        with pytest.raises(QueryError, match="no header can carry") as raised:
            make()
        assert SECRET not in str(raised.value)
