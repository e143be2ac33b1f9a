"""HTTP clients and transports that a program hands in, of either library: what goes wrong in them is told by ours."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from typing import Any

import pytest

from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET
from workfront_core import ProtocolError, QueryError, Retry, TransportError, WorkfrontError
from workfront_core.auth import ApiKey
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


OTHER = """
import httpx2
from workfront_core import http_library
from workfront_core.auth import ApiKey
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
