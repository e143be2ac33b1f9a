"""What the engine reads of httpx beyond its public names: it is there; where it is not, nothing passes in silence."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest

import workfront_cli
import workfront_codegen
import workfront_core
import workfront_sandbox
import workfront_schema
import workfront_testing
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET
from workfront_core.auth import ApiKey
from workfront_core.errors import QueryError
from workfront_core.http_library import NEEDED, httpcore, httpx, tls_contexts, wrap_network_backends
from workfront_core.transport.deadline import keep_deadlines

URL: Final = "https://acme.example"
PROXY: Final = "http://proxy.example"
MADE: Final[dict[type, Any]] = {
    httpx.Client: httpx.Client,
    httpx.AsyncClient: httpx.AsyncClient,
    httpx.HTTPTransport: httpx.HTTPTransport,
    httpx.AsyncHTTPTransport: httpx.AsyncHTTPTransport,
    httpcore.ConnectionPool: httpcore.ConnectionPool,
    httpcore.AsyncConnectionPool: httpcore.AsyncConnectionPool,
    httpcore.HTTPProxy: lambda: httpcore.HTTPProxy(PROXY),
    httpcore.AsyncHTTPProxy: lambda: httpcore.AsyncHTTPProxy(PROXY),
}
PACKAGES: Final = (
    workfront_core, workfront_cli, workfront_schema, workfront_codegen, workfront_sandbox, workfront_testing,
)  # fmt: skip
LIBRARIES: Final = {"httpcore", "httpcore2", "httpx", "httpx2"}
ATTRIBUTES: Final = [(kind, name) for kind, names in NEEDED.items() for name in names]


@pytest.mark.parametrize(("kind", "name"), ATTRIBUTES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_the_installed_httpx_has_what_is_needed(kind: type, name: str) -> None:
    assert isinstance(getattr(MADE[kind](), name), NEEDED[kind][name])


def client_with(part: Any) -> Any:
    """A client that sends through the part."""
    if isinstance(part, httpx.Client | httpx.AsyncClient):
        return part
    is_async = isinstance(part, httpx.AsyncBaseTransport | httpcore.AsyncConnectionPool)
    if isinstance(part, httpx.BaseTransport | httpx.AsyncBaseTransport):
        return httpx.AsyncClient(transport=part) if is_async else httpx.Client(transport=part)  # type: ignore[arg-type]
    transport: Any = httpx.AsyncHTTPTransport() if is_async else httpx.HTTPTransport()
    transport._pool = part  # noqa: SLF001
    return client_with(transport)


@pytest.mark.parametrize(("kind", "name"), ATTRIBUTES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_an_httpx_without_one_of_them_is_refused(kind: type, name: str) -> None:
    part = MADE[kind]()
    http = client_with(part)
    delattr(part, name)
    made: Any = Workfront if isinstance(http, httpx.Client) else AsyncWorkfront
    with pytest.raises(QueryError, match=rf"httpx2? .*\.{name} is missing"):
        made(URL, auth=ApiKey(SECRET), http_client=http)
    setattr(part, name, "of another kind")
    if NEEDED[kind][name] != (object,):
        with pytest.raises(QueryError, match=rf"\.{name} is of the class str, so nobody"):
            tls_contexts(http)


def test_a_client_of_our_own_whose_sockets_cannot_keep_to_deadlines_is_refused() -> None:
    transport = httpx.HTTPTransport()
    del transport._pool._network_backend  # noqa: SLF001
    with pytest.raises(QueryError, match="_network_backend is missing"):
        Workfront(URL, auth=ApiKey(SECRET), transport=transport, allow_insecure=True)


def test_a_client_of_another_library_is_refused() -> None:
    other: Any = SimpleNamespace(timeout=5.0)
    with pytest.raises(QueryError, match="whether http_client verifies certificates: it is a SimpleName"):
        Workfront(URL, auth=ApiKey(SECRET), http_client=other)


def test_sockets_are_wrapped_once_however_many_clients_share_a_transport() -> None:
    transport, seen = httpx.HTTPTransport(), list[httpcore.NetworkBackend]()

    def look(backend: httpcore.NetworkBackend) -> httpcore.NetworkBackend:
        seen.append(backend)
        return backend

    with httpx.Client(transport=transport) as http:
        for _ in range(3):
            keep_deadlines(http)
            wrap_network_backends(http, look)
    assert len(set(map(id, seen))) == 1


def test_no_other_module_reads_private_attributes_of_httpx() -> None:
    private = {name for names in NEEDED.values() for name in names}
    files = [file for package in PACKAGES for file in Path(package.__path__[0]).rglob("*.py")]
    readers = {file.name for file in files if private & _names(ast.parse(file.read_text("utf-8")))}
    assert readers == {"http_library.py"}


def test_each_side_imports_the_http_library_by_one_door() -> None:
    """The sandbox, which does not know the engine, has a door of its own."""
    packages = (
        workfront_core,
        workfront_cli,
        workfront_schema,
        workfront_codegen,
        workfront_sandbox,
        workfront_testing,
    )
    files = [(package, file) for package in packages for file in Path(package.__path__[0]).rglob("*.py")]
    doors = {
        f"{package.__name__}/{file.relative_to(package.__path__[0])}"
        for package, file in files
        if LIBRARIES & _imported(ast.parse(file.read_text("utf-8")))
    }
    assert doors == {"workfront_core/http_library.py", "workfront_sandbox/events/http_library.py"}


def _imported(tree: ast.Module) -> set[str]:
    """Returns the packages that a module imports by name."""
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    parts = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in plain | parts}


def _names(tree: ast.Module) -> set[str]:
    """Attributes and texts of a module."""
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return attributes | {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
