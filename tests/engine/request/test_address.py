"""Addresses: by URL, or by domain and environment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey, AuthorizationCode, Pkce
from workfront_core.auth.pkce import authorize_url
from workfront_core.errors import QueryError
from workfront_core.events.requests import wanted
from workfront_core.request.address import Environment, api_root, base_url, checked_url

KEY = ApiKey("key")
NOWHERE = ["http://[x", "https://a.example:99999", "https://a.example:0", "https://a example"]
DOORS: list[Callable[[str], object]] = [
    lambda text: Workfront(text, auth=KEY),
    checked_url,
    lambda text: Pkce("app", code="c", verifier="v" * 43, redirect_uri=text),
    lambda text: AuthorizationCode("app", "s", code="c", redirect_uri=text),
    lambda text: authorize_url("https://acme.example", "app", text, state="s"),
    lambda text: wanted(Task, "UPDATE", text, "t", None, None, False),
]


@pytest.mark.parametrize(
    ("environment", "host"),
    [
        (None, "acme.my.workfront.com"),
        (Environment.PRODUCTION, "acme.my.workfront.com"),
        (Environment.PREVIEW, "acme.preview.workfront.com"),
        (Environment.SANDBOX_1, "acme.sb01.workfront.com"),
        (Environment.SANDBOX_2, "acme.sb02.workfront.com"),
        (Environment.ADOBE_PRODUCTION, "acme.my.workfront.adobe.com"),
        (Environment.ADOBE_PREVIEW, "acme.preview.workfront.adobe.com"),
        (Environment.ADOBE_SANDBOX_1, "acme.sb01.workfront.adobe.com"),
        (Environment.ADOBE_SANDBOX_2, "acme.sb02.workfront.adobe.com"),
    ],
)
def test_a_domain_and_an_environment_name_the_host(environment: Environment | None, host: str) -> None:
    assert base_url(domain="acme", environment=environment) == f"https://{host}"


def test_every_environment_is_covered_and_two_are_production() -> None:
    assert len(Environment) == 8
    assert [one.name for one in Environment if one.is_production] == ["PRODUCTION", "ADOBE_PRODUCTION"]


def test_the_path_always_holds_the_version() -> None:
    assert Workfront(domain="Acme", auth=KEY).root == "https://acme.my.workfront.com/attask/api/v22.0/"
    preview = AsyncWorkfront(domain="acme", environment=Environment.PREVIEW, auth=KEY)
    assert preview.root == "https://acme.preview.workfront.com/attask/api/v22.0/"
    assert Workfront("https://acme.attask-ondemand.com/", auth=KEY).root.endswith("/attask/api/v22.0/")


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda: Workfront(auth=KEY), "No address is given"),
        (lambda: Workfront("https://a.example", domain="a", auth=KEY), "given twice"),
        (lambda: Workfront("https://a.example", environment=Environment.PREVIEW, auth=KEY), "given twice"),
        (
            lambda: base_url(domain="acme.my.workfront.com"),
            r"is not the domain of a customer.\n.*whole address goes into url=",
        ),
        (lambda: base_url(domain="https://acme"), "is not the domain of a customer"),
        (lambda: base_url(domain=""), "is not the domain of a customer"),
        (lambda: base_url(domain="acme", environment="staging"), "is not known.\n.*PREVIEW"),  # type: ignore[arg-type]
        (lambda: api_root("acme.my.workfront.com", "v22.0"), "lacks https://."),
        (lambda: api_root("https://acme.my.workfront.com/attask", "v22.0"), "goes beyond the host"),
        (lambda: api_root("https://user:pw@acme.my.workfront.com", "v22.0"), "credentials go into auth="),
        (lambda: api_root("http://acme.my.workfront.com", "v22.0"), "unencrypted"),
        (lambda: checked_url("http://ims.example/token"), "unencrypted"),
        *((partial(door, text), "address") for door in DOORS for text in NOWHERE),
    ],
)
def test_an_address_that_is_none_is_refused(misuse: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        misuse()


@pytest.mark.parametrize("given", ["url", "domain"])
@pytest.mark.parametrize(
    "text",
    [
        "https://acme.example/?apiKey=K3Y",
        "https://acme.example/K3Y",
        "https://acme.example/#K3Y",
        "https://acme.example:K3Y",
        "https://ada:K3Y@acme.example",
        "ftp://ada:K3Y@acme.example",
        "ada:K3Y@acme.example",
        "K3Y@acme.example",
        "acme.example?apiKey=K3Y",
        "acme.example/K3Y",
        "//K3Y@acme.example",
        "https://[K3Y]",
        "K3Y...",
        "K3Y/",
        "\x00K3Y",
    ],
)
def test_an_address_that_is_refused_is_not_quoted_beyond_its_host(given: str, text: str) -> None:
    address: Any = {given: text}
    with pytest.raises(QueryError) as refused:
        Workfront(**address, auth=KEY)
    assert "K3Y" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("acme.my.workfront.com", "The address acme.my.workfront.com lacks https://."),
        ("acme.my.workfront.com:443", "The address acme.my.workfront.com lacks https://."),
        ("localhost:8080", "The address localhost lacks https://."),
        ("ftp://acme.example", "The address acme.example lacks https://."),
        ("https://", "The address ... lacks a host."),
        ("", "The address ... lacks https:// and a host."),
    ],
)
def test_an_address_is_told_what_it_lacks(text: str, said: str) -> None:
    with pytest.raises(QueryError) as refused:
        api_root(text, "v22.0")
    assert refused.value.message == said


def test_plain_http_may_go_to_this_machine() -> None:
    assert api_root("http://127.0.0.1:8080", "v22.0") == "http://127.0.0.1:8080/attask/api/v22.0/"
    assert checked_url("http://localhost:8080/token") == "http://localhost:8080/token"
