"""Credentials of a fetch travel as headers, encrypted, and are never shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.fetch_kit import OLD, QUICK
from tests.support.metadata_host import (
    MetadataHost,
    serving,
    status,
)
from workfront_codegen.cli import app
from workfront_codegen.host import host
from workfront_schema import store
from workfront_schema.errors import SchemaError


@pytest.fixture
def metadata_host() -> Iterator[MetadataHost]:
    with serving(MetadataHost()) as running:
        yield running


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    store.save_snapshot(OLD, tmp_path / "schema")
    return tmp_path / "schema"


@pytest.fixture
def run(schema: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command with short pauses, writing to ``schema``."""
    monkeypatch.setattr("workfront_codegen.fetch.RETRY", QUICK)

    def fetch_from(url: str, *options: str) -> Result:
        arguments = ["fetch", "--url", url, "--api-version", "v22.0", "--out", str(schema), *options]
        return CliRunner().invoke(app, arguments)

    return fetch_from


@pytest.mark.parametrize(
    ("option", "variable", "header"),
    [("--api-key", "WORKFRONT_API_KEY", "apiKey"), ("--session-id", "WORKFRONT_SESSION_ID", "sessionID")],
)
def test_a_credential_from_the_environment_travels_as_a_header_and_is_never_shown(
    option: str, variable: str, header: str, run: Callable[..., Result], metadata_host: MetadataHost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(variable, "s3cret-value")
    assert run(metadata_host.url, option).exit_code == 0
    assert {headers[header] for _, headers in metadata_host.requests} == {"s3cret-value"}
    assert not any("s3cret" in path for path, _ in metadata_host.requests)
    metadata_host.faults["metadata"] = [status(401, "bad credential s3cret-value")]
    refused = run(metadata_host.url, option)
    assert "bad credential ***" in refused.stderr
    assert "s3cret-value" not in refused.output
    assert "s3cret-value" not in repr(host(metadata_host.url, api_key="s3cret-value"))


def test_without_the_option_no_credential_is_sent(
    run: Callable[..., Result], metadata_host: MetadataHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKFRONT_API_KEY", "s3cret-value")
    assert run(metadata_host.url).exit_code == 0
    assert not any("s3cret" in str(headers) for _, headers in metadata_host.requests)


def test_an_option_without_its_variable_is_an_error(
    run: Callable[..., Result], metadata_host: MetadataHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKFRONT_API_KEY", raising=False)
    assert "WORKFRONT_API_KEY is not set" in run(metadata_host.url, "--api-key").stderr


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("acme.my.workfront.com", "write it like https://"),
        ("https://", "is not an address"),
        ("ftp://acme.my.workfront.com", "write it like https://"),
        ("https://me:pw@acme.my.workfront.com", "holds more than an address"),
        ("https://acme.my.workfront.com/?apiKey=abc", "holds more than an address"),
    ],
)
def test_an_address_of_another_kind_is_refused_without_repeating_secrets(url: str, expected: str) -> None:
    with pytest.raises(SchemaError, match=expected) as caught:
        host(url)
    assert "pw" not in str(caught.value)
    assert "abc" not in str(caught.value)


def test_a_credential_does_not_travel_in_the_clear() -> None:
    with pytest.raises(SchemaError, match="use https"):
        host("http://acme.my.workfront.com", api_key="k")
    with pytest.raises(SchemaError, match="both an API key and a session id"):
        host("https://acme.my.workfront.com", api_key="k", session_id="s")
