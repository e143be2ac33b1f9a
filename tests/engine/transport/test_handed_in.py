"""HTTP clients and transports that a program hands in, of either library: what goes wrong in them is told by ours."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from typing import Any

import pytest

from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET
from workfront_core import ProtocolError, QueryError, Retry, TransportError, WorkfrontError
from workfront_core.auth import ApiKey, Login
from workfront_core.http_library import HttpLibrary, libraries

URL = "https://acme.example"
ONE = "1" * 32
ONCE = Retry(max_retries=0)
CALLS: dict[str, Callable[[Any], Any]] = {
    "a read": lambda wf: wf.task.get(ONE),
    "a write": lambda wf: wf.task.create(name="x"),
}
for_each_library = pytest.mark.parametrize("library", libraries(), ids=lambda library: library.httpx.__name__)
calls = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


def kinds(library: HttpLibrary) -> list[type[Exception]]:
    """All errors that a library names."""
    named = (getattr(library.httpx, name) for name in library.httpx.__all__)
    return [kind for kind in named if isinstance(kind, type) and issubclass(kind, Exception)]


def made(kind: type[Exception], library: HttpLibrary, request: Any) -> Exception:
    """An error of a class, with whatever that class is made of."""
    given = {"message": "said", "request": request, "response": library.httpx.Response(503, request=request)}
    names = [name for name in signature(kind).parameters if name in given]
    return kind(**{name: given[name] for name in names})


EVERY = [(library, kind) for library in libraries() for kind in kinds(library)]


@calls
@pytest.mark.parametrize(("library", "kind"), EVERY, ids=lambda value: getattr(value, "__name__", "of"))
def test_every_error_of_the_library_becomes_one_of_ours(
    library: HttpLibrary, kind: type[Exception], call: Callable[[Any], Any]
) -> None:
    def fail(request: Any) -> Any:
        raise made(kind, library, request)

    wf = Workfront(URL, auth=ApiKey(SECRET), retry=ONCE, transport=library.httpx.MockTransport(fail))
    with pytest.raises(WorkfrontError) as caught:
        call(wf)
    assert isinstance(caught.value, ProtocolError | TransportError)
    assert not isinstance(caught.value, QueryError)


@for_each_library
def test_a_refusal_by_a_hook_says_what_to_take_out(library: HttpLibrary) -> None:
    client = library.httpx.Client(
        event_hooks={"response": [lambda response: response.raise_for_status()]},
        transport=library.httpx.MockTransport(lambda _asked: library.httpx.Response(404)),
    )
    wf = Workfront(URL, auth=ApiKey(SECRET), retry=ONCE, http_client=client)
    with pytest.raises(ProtocolError, match=r"404[^\0]*Take raise_for_status\(\) out") as caught:
        wf.task.get(ONE)
    assert "before you repeat it" not in str(caught.value)
    with pytest.raises(ProtocolError, match="before you repeat it"):
        wf.task.create(name="x")


@for_each_library
def test_what_a_hook_of_the_caller_raises_stays_as_it_is(library: HttpLibrary) -> None:
    def hook(_request: Any) -> None:
        raise ZeroDivisionError

    client = library.httpx.Client(event_hooks={"request": [hook]})
    with pytest.raises(ZeroDivisionError):
        Workfront(URL, auth=ApiKey(SECRET), retry=ONCE, http_client=client).task.get(ONE)


@calls
@for_each_library
def test_a_client_that_was_handed_in_and_closed_says_so(library: HttpLibrary, call: Callable[[Any], Any]) -> None:
    client = library.httpx.Client()
    wf = Workfront(URL, auth=ApiKey(SECRET), http_client=client)
    client.close()
    with pytest.raises(QueryError, match="The http_client that was handed in is closed"):
        call(wf)


@for_each_library
def test_an_asynchronous_one_says_so_too(library: HttpLibrary) -> None:
    async def use() -> None:
        client = library.httpx.AsyncClient()
        wf = AsyncWorkfront(URL, auth=ApiKey(SECRET), http_client=client)
        await client.aclose()
        with pytest.raises(QueryError, match="The http_client that was handed in is closed"):
            await wf.task.get(ONE)

    asyncio.run(use())


CREDENTIALS = [ApiKey(SECRET), Login("ana@example.com", "secret-password")]
"""One that is sent, and one that asks for a token first."""


def refused(kind: type[Any], given: dict[str, Any], auth: Any) -> str:
    """What a client over parts of the caller's own says to a call."""

    async def run() -> None:
        await kind(URL, auth=auth, retry=ONCE, **given).task.get(ONE)

    def call() -> None:
        asyncio.run(run()) if kind is AsyncWorkfront else kind(URL, auth=auth, retry=ONCE, **given).task.get(ONE)

    with pytest.raises(QueryError) as caught:
        call()
    return str(caught.value)


@for_each_library
@pytest.mark.parametrize("auth", CREDENTIALS, ids=["key", "login"])
def test_what_is_made_for_the_other_kind_of_client_is_refused_by_both(library: HttpLibrary, auth: Any) -> None:
    """The asynchronous one ended in an AttributeError, or took the sockets of threads."""
    http = library.httpx
    for_threads, for_tasks = (http.Client(), http.HTTPTransport()), (http.AsyncClient(), http.AsyncHTTPTransport())
    for kind, parts in ((Workfront, for_tasks), (AsyncWorkfront, for_threads)):
        for argument, part in zip(("http_client", "transport"), parts, strict=True):
            assert "made for the other kind of client" in refused(kind, {argument: part}, auth)


@for_each_library
@pytest.mark.parametrize("kind", [Workfront, AsyncWorkfront])
def test_a_transport_beside_a_client_is_not_passed_over(library: HttpLibrary, kind: type[Any]) -> None:
    mock = library.httpx.MockTransport(lambda _asked: library.httpx.Response(200))
    made = library.httpx.Client if kind is Workfront else library.httpx.AsyncClient
    given = {"transport": mock, "http_client": made()}
    assert "transport= and http_client= are both given" in refused(kind, given, CREDENTIALS[0])


@for_each_library
@calls
def test_an_error_of_tls_without_a_reason_is_one_of_ours(library: HttpLibrary, call: Callable[[Any], Any]) -> None:
    def fail(_asked: Any) -> Any:
        raise ssl.SSLError("made by a library of TLS")

    wf = Workfront(URL, auth=ApiKey(SECRET), retry=ONCE, transport=library.httpx.MockTransport(fail))
    with pytest.raises(TransportError, match="made by a library of TLS"):
        call(wf)


@for_each_library
def test_a_timeout_that_is_given_counts_before_that_of_the_client(library: HttpLibrary) -> None:
    seen: list[dict[str, float]] = []

    def answer(asked: Any) -> Any:
        seen.append(asked.extensions["timeout"])
        return library.httpx.Response(200, json={"data": {"ID": ONE}})

    own = library.httpx.Client(transport=library.httpx.MockTransport(answer), timeout=7)
    explicit: list[dict[str, Any]] = [{}, {"timeout": 3}]
    for given in explicit:
        Workfront(URL, auth=ApiKey(SECRET), http_client=own, **given).task.get(ONE)
    assert [found["read"] for found in seen] == [7, 3]


def test_the_timeout_of_one_library_fits_a_client_of_the_other() -> None:
    for library in libraries():
        for other in libraries():
            mock = library.httpx.MockTransport(
                lambda _asked, of=library: of.httpx.Response(200, json={"data": {"ID": ONE}})
            )
            own = library.httpx.Client(transport=mock, timeout=other.httpx.Timeout(7, read=3))
            assert Workfront(URL, auth=ApiKey(SECRET), http_client=own).task.get(ONE).id == ONE


OTHER = """
import httpx2
from workfront_core import http_library
from workfront_core.auth import ApiKey, Login
from workfront_core import QueryError
from tests.support.query_fixture.services import Workfront
assert http_library.httpx is httpx2
import httpx  # which loads httpcore when it opens a connection
def answer(_asked):
    return httpx.Response(200, json={"data": {"ID": "1" * 32, "name": "x"}})
mock = httpx.MockTransport(answer)
for given in ({"transport": mock}, {"http_client": httpx.Client(transport=mock)}):
    assert Workfront("https://acme.example", auth=ApiKey("k"), **given).task.get("1" * 32).name == "x"
for client, transport in ((httpx2.Client, mock), (httpx.Client, httpx2.MockTransport(answer))):
    for held in ({"transport": transport}, {"mounts": {"https://": transport}}):
        try:
            Workfront("https://acme.example", auth=ApiKey("k"), http_client=client(**held))
        except QueryError as error:
            assert "neither takes the responses of the other" in str(error), error
        else:
            raise AssertionError(held)
"""


def test_parts_of_the_other_library_are_understood_from_the_first_and_not_mixed() -> None:
    pytest.importorskip("httpx2")
    done = subprocess.run([sys.executable, "-c", OTHER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
