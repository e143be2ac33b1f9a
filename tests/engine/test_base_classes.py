"""A program's own class that leaves out the ``__init__`` of its base is told so, by whichever door it comes."""

from __future__ import annotations

import asyncio
import copy
import importlib
import inspect
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core import ApiKey, AuthorizationCode, Hook, Retry, WorkfrontError
from workfront_core.auth import RenewableAuth
from workfront_core.base_class import BaseClass
from workfront_core.errors.kinds import QueryError, Uninitialised
from workfront_core.sync.duckdb_target import DuckDB

PACKAGES = ("workfront_core", "workfront_core.auth", "workfront_core.events", "workfront_core.sync")
URL = "http://127.0.0.1:9"
FORGOTTEN = r"^Own\.__init__ does not call the one of its base, \w+\."


def bases() -> dict[str, Any]:
    """The exported classes that programs derive from, and the clients of a version."""
    found: dict[str, Any] = {"Workfront": Workfront, "AsyncWorkfront": AsyncWorkfront, "DuckDB": DuckDB}
    for package in map(importlib.import_module, PACKAGES):
        kinds = {name: getattr(package, name) for name in package.__all__}
        found |= {name: kind for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, BaseClass)}
    return {name: kind for name, kind in sorted(found.items()) if kind is not Hook}


BASES = bases()


def forgetful(base: type[Any]) -> Any:
    """An object whose class sets nothing that its base sets."""
    members: dict[str, Any] = {name: lambda *_: None for name in getattr(base, "__abstractmethods__", ())}
    return type("Own", (base,), {"__init__": lambda _self: None, **members})()


def test_all_that_is_meant_to_be_derived_from_is_among_them() -> None:
    assert BASES.keys() >= {
        "ApiKey", "SessionId", "ImsToken", "CookieSession", "Login", "AuthorizationCode", "Pkce", "JwtFlow",
        "ImsServer", "RenewableAuth", "FileStore", "KeyringStore", "CounterHook", "OpenTelemetryHook", "Inbox",
        "Receiver", "DuckDB", "SyncClient", "AsyncClient",
    }  # fmt: skip


def outcomes(base: type[Any]) -> Iterator[tuple[str, BaseException]]:
    """What each public attribute and method raises, if it is the first that is asked for."""
    for name in dir(base):
        subject = forgetful(base)
        try:
            if name == "__repr__":
                repr(subject)
            if not name.startswith("_"):
                called(getattr(subject, name))
        except Exception as error:
            yield name, error


def called(method: Any) -> None:
    if not callable(method) or isinstance(method, type):
        return
    needed = [item for item in inspect.signature(method).parameters.values() if item.default is item.empty]
    given = [None for item in needed if item.kind in (item.POSITIONAL_ONLY, item.POSITIONAL_OR_KEYWORD)]
    named = {item.name: None for item in needed if item.kind is item.KEYWORD_ONLY}
    found = method(*given, **named)
    if inspect.iscoroutine(found):
        asyncio.run(found)


@pytest.mark.parametrize("base", BASES.values(), ids=BASES)
def test_no_attribute_is_missed(base: type[Any]) -> None:
    """Whatever is called first says what is wrong; what works without the base's own attributes may work."""
    found = dict(outcomes(base))
    assert any(isinstance(error, Uninitialised) for error in found.values())
    wrong = {name: error for name, error in found.items() if isinstance(error, AttributeError) and is_foreign(error)}
    assert not wrong


def is_foreign(error: AttributeError) -> bool:
    return not isinstance(error, WorkfrontError) and "'Own' object" in str(error)


@pytest.mark.parametrize("kind", [Workfront, AsyncWorkfront])
@pytest.mark.parametrize("name", [name for name, base in BASES.items() if hasattr(base, "headers")])
def test_a_client_does_not_take_such_a_credential(name: str, kind: Any) -> None:
    with pytest.raises(QueryError, match=FORGOTTEN):
        kind(URL, auth=forgetful(BASES[name]))


@pytest.mark.parametrize("name", ["FileStore", "KeyringStore"])
def test_a_credential_does_not_take_such_a_store(name: str) -> None:
    with pytest.raises(QueryError, match=FORGOTTEN):
        AuthorizationCode("id", "secret", store=forgetful(BASES[name]))


@pytest.mark.parametrize("name", ["CounterHook", "OpenTelemetryHook"])
def test_a_client_does_not_take_such_a_hook(name: str) -> None:
    with pytest.raises(QueryError, match=FORGOTTEN):
        Workfront(URL, auth=ApiKey("k3y"), hooks=[forgetful(BASES[name])])


def test_a_client_that_forgets_says_so_in_its_first_call() -> None:
    with pytest.raises(QueryError, match=FORGOTTEN):
        forgetful(Workfront).task.count(Task.f.name == "x")
    with pytest.raises(QueryError, match=FORGOTTEN):
        asyncio.run(forgetful(AsyncWorkfront).task.count(Task.f.name == "x"))


class Late(RenewableAuth):
    """A credential that uses what its base sets before it is set."""

    def __init__(self) -> None:
        self.headers()
        super().__init__()

    def request(self, *_: Any) -> Any:
        return None


def test_what_is_used_before_it_is_set_is_told_too() -> None:
    with pytest.raises(QueryError, match=r"^Late\.__init__ does not call"):
        Late()


class Careful(Hook):
    """A hook with state of its own; that of the engine has none."""

    def __init__(self) -> None:
        self.calls = 0


def test_what_is_made_whole_is_as_before() -> None:
    key = ApiKey("k3y")
    assert copy.copy(key) == copy.deepcopy(key) == pickle.loads(pickle.dumps(key)) == key  # noqa: S301 - its own
    assert not hasattr(key, "nonsense")
    assert not hasattr(forgetful(ApiKey), "key")
    with pytest.raises(AttributeError, match="'ApiKey' object has no attribute 'nonsense'"):
        key.nonsense  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnusedExpression]
    Workfront(URL, auth=key, hooks=[Careful()], retry=Retry(max_retries=0)).close()
