"""No client sends a credential over TLS that verifies nothing, unless that is asked for by name."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any, Final

import httpcore
import httpx
import pytest

from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET
from workfront_core.auth import ApiKey
from workfront_core.errors import QueryError
from workfront_core.transport.verification import verifies
from workfront_sandbox.asgi.app import AsgiApp
from workfront_sandbox.server import Sandbox
from workfront_testing.transport import SandboxTransport

URL: Final = "https://acme.example"


def context(*, certificate: bool = True, host: bool = True) -> ssl.SSLContext:
    made = ssl.create_default_context()
    made.check_hostname = host
    made.verify_mode = ssl.CERT_REQUIRED if certificate else ssl.CERT_NONE
    return made


NOTHING: Final = context(certificate=False, host=False)


class Wrapping(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport of a user's that adds something to another one."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner


class Slotted(httpx.BaseTransport, httpx.AsyncBaseTransport):
    __slots__ = ("__inner",)

    def __init__(self, inner: Any) -> None:
        self.__inner = inner


class Derived(httpx.HTTPTransport):
    """One of httpx's with another one for some addresses."""

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self.by_host = {"files.example": [inner]}


class Pooled(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport on a pool of httpcore's own."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool


TRANSPORTS: Final[dict[str, Callable[[ssl.SSLContext], Any]]] = {
    "plain": lambda tls: httpx.HTTPTransport(verify=tls),
    "async": lambda tls: httpx.AsyncHTTPTransport(verify=tls),
    "http proxy": lambda tls: httpx.HTTPTransport(verify=tls, proxy="http://proxy.example"),
    "async http proxy": lambda tls: httpx.AsyncHTTPTransport(verify=tls, proxy="http://proxy.example"),
    "https proxy": lambda tls: httpx.HTTPTransport(proxy=httpx.Proxy("https://proxy.example", ssl_context=tls)),
    "async https proxy": lambda tls: httpx.AsyncHTTPTransport(
        proxy=httpx.Proxy("https://proxy.example", ssl_context=tls)
    ),
    "wrapped": lambda tls: Wrapping(httpx.HTTPTransport(verify=tls)),
    "wrapped twice": lambda tls: Wrapping(Slotted(httpx.AsyncHTTPTransport(verify=tls))),
    "a client in a transport": lambda tls: Wrapping(httpx.Client(verify=tls)),
    "among others": lambda tls: Derived(httpx.HTTPTransport(verify=tls)),
    "a pool": lambda tls: Pooled(httpcore.ConnectionPool(ssl_context=tls)),
    "an async pool": lambda tls: Pooled(httpcore.AsyncConnectionPool(ssl_context=tls)),
    "a context": lambda tls: Pooled(tls),
}
"""Ways to send over a TLS context."""

GIVEN: Final[dict[str, Callable[[Any], dict[str, Any]]]] = {
    "transport": lambda transport: {"transport": transport},
    "http_client": lambda transport: {"http_client": httpx.Client(transport=transport)},
    "a mount of the http_client": lambda transport: {
        "http_client": httpx.Client(mounts={"https://": transport, "all://local.example": None})
    },
    "async http_client": lambda transport: {"http_client": httpx.AsyncClient(transport=transport)},
    "a mount of the async http_client": lambda transport: {
        "http_client": httpx.AsyncClient(mounts={"https://": transport})
    },
}
"""Ways to give a transport to a client."""

clients = pytest.mark.parametrize("kind", [Workfront, AsyncWorkfront])
ways = pytest.mark.parametrize("way", GIVEN)
every_transport = pytest.mark.parametrize("transport", TRANSPORTS)


@clients
@ways
@every_transport
def test_a_client_that_accepts_any_certificate_is_refused(kind: Any, way: str, transport: str) -> None:
    argument = "transport" if way == "transport" else "http_client"
    with pytest.raises(QueryError, match=f"The {argument} does not verify certificates"):
        kind(URL, auth=ApiKey(SECRET), **GIVEN[way](TRANSPORTS[transport](NOTHING)))


@clients
@ways
@every_transport
def test_it_passes_with_allow_insecure_and_where_it_verifies(kind: Any, way: str, transport: str) -> None:
    kind(URL, auth=ApiKey(SECRET), allow_insecure=True, **GIVEN[way](TRANSPORTS[transport](NOTHING)))
    kind(URL, auth=ApiKey(SECRET), **GIVEN[way](TRANSPORTS[transport](context())))


def test_verify_false_is_refused_and_is_no_argument_of_the_client() -> None:
    with pytest.raises(QueryError, match="does not verify"):
        Workfront(URL, auth=ApiKey(SECRET), transport=httpx.HTTPTransport(verify=False))
    with pytest.raises(QueryError, match="does not verify"):
        Workfront(URL, auth=ApiKey(SECRET), http_client=httpx.Client(verify=False))  # noqa: S501
    with pytest.raises(TypeError):
        Workfront(URL, auth=ApiKey(SECRET), verify=False)  # type: ignore[call-arg]


def test_only_a_trusted_certificate_for_the_right_host_counts_as_verified() -> None:
    optional = context()
    optional.verify_mode = ssl.CERT_OPTIONAL
    assert verifies(context())
    assert verifies(optional), "to a client both mean the same"
    assert not verifies(context(host=False)), "everybody can get a certificate for a host of their own"
    assert not verifies(context(certificate=False, host=False))


@clients
@pytest.mark.parametrize(
    "transport",
    [
        httpx.MockTransport(lambda _asked: httpx.Response(200)),
        httpx.ASGITransport(AsgiApp(Sandbox())),
        SandboxTransport(Sandbox()),
        Wrapping(None),
    ],
    ids=lambda transport: type(transport).__name__,
)
def test_a_transport_without_tls_of_httpx_passes(kind: Any, transport: Any) -> None:
    kind(URL, auth=ApiKey(SECRET), transport=transport)
