"""The attributes of a client that are services."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from workfront_core.services.lazy_service import lazy_service


class Service:
    def __init__(self, client: object, /) -> None:
        self.client = client


class Client:
    task: Any = lazy_service(__name__, "Service")
    issue: Any = lazy_service("a_module_that_is_not_there", "Service")


def test_the_service_is_bound_to_the_client_that_was_asked() -> None:
    first, second = Client(), Client()
    assert first.task.client is first
    assert second.task.client is second


def test_a_client_keeps_its_service() -> None:
    client = Client()
    assert client.task is client.task is vars(client)["task"]


def test_a_service_is_imported_when_it_is_first_used() -> None:
    client = Client()
    with pytest.raises(ModuleNotFoundError, match="a_module_that_is_not_there"):
        _ = client.issue


def test_the_class_shows_the_attribute_and_imports_nothing() -> None:
    assert Client.issue is vars(Client)["issue"]
    assert "a_module_that_is_not_there" not in sys.modules
