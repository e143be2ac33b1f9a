"""A variable that looks like an option of the client, and sets nothing, is spoken of once. docs/authentication.md."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from workfront_client.v22 import AsyncWorkfront, Workfront
from workfront_core.client import passed_over
from workfront_core.client._sync.client import SyncClient
from workfront_core.profiles.settings import Settings
from workfront_core.transport.retry import Retry

NO_TEXTS = {
    "self", "url", "domain", "environment", "auth", "allow_writes", "hooks", "transport", "http_client", "clock",
    "sleep", "async_sleep", "random",
}  # fmt: skip
"""Arguments that a variable sets, and those that no text can give."""
ARGUMENTS = {*inspect.signature(SyncClient.__init__).parameters, *(each.name for each in fields(Retry))} - NO_TEXTS
EXPECTED = sorted({*ARGUMENTS, "version", "api_version", "retries", "dry_run", "read_only", "proxy", "verify"})


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(passed_over, "_spoken_of", set())
    monkeypatch.setenv("WORKFRONT_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("WORKFRONT_URL", "https://acme.my.workfront.com")
    monkeypatch.setenv("WORKFRONT_API_KEY", "key-of-ana-1234")


@pytest.fixture
def said() -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield found


@pytest.mark.parametrize("kind", [Workfront, AsyncWorkfront])
@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_user_would_expect_to_set_an_option_is_spoken_of_once(
    kind: Any, name: str, said: list[warnings.WarningMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"WORKFRONT_{name.upper()}", "5")
    for _ in range(2):
        assert kind.from_env().root
    (found,) = said
    assert f"WORKFRONT_{name.upper()} is not read by this client. " in str(found.message)
    assert found.filename == __file__


def test_a_program_that_reads_such_a_variable_itself_hears_nothing(
    said: list[warnings.WarningMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TIMEOUT", "MAX_RETRIES", "STRICT"):
        monkeypatch.setenv(f"WORKFRONT_{name}", "5")
    Workfront.from_env(timeout=5.0, retry=Retry(max_retries=5), strict=True).close()
    assert said == []


@pytest.mark.parametrize("name", ["PROJECT_ID", "WEBHOOK_SECRET", "CUSTOMER_ID", "NO_SUPPORT_WARNING", "EVENT_TOKEN"])
def test_a_variable_of_ones_own_is_left_alone(
    name: str, said: list[warnings.WarningMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"WORKFRONT_{name}", "mine")
    monkeypatch.setenv("WORKFRONT_TIMEOUT", "")
    monkeypatch.setenv("TIMEOUT", "5")
    Workfront.from_env().close()
    assert said == []


def test_nothing_that_is_read_is_told_as_unread() -> None:
    assert not Settings.model_fields.keys() & passed_over._OPTIONS.keys()  # noqa: SLF001
