"""What the environment names in error - a proxy that is none, certificates that are not there - is told by its name."""

from __future__ import annotations

import asyncio
from pathlib import Path
from traceback import walk_tb
from typing import Any, Final

import pytest

from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import QueryError, TransportError, Unreachable
from workfront_core.http_library import httpx
from workfront_core.transport.retry import Retry

URL: Final = "http://10.255.255.1"
PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
NO_PROXY_AT_ALL: Final = (
    "ftp://ana:geheim1@x",
    "http://[::1",
    "http://ana:geheim1@127.0.0.1:99999",
    "http://a b",
    "://",
)
NOBODY: Final = "http://ana:geheim1@proxy.invalid:3128"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def asked(side: str, url: str = URL, **options: Any) -> None:
    """Asks for one row, at once and once."""
    given: dict[str, Any] = {"auth": ApiKey("k"), "allow_insecure": True, "retry": Retry(max_retries=0), **options}

    async def run() -> None:
        async with AsyncWorkfront(url, **given) as wf:
            await wf.task.search().first()

    if side == "async":
        asyncio.run(run())
        return
    with Workfront(url, **given) as wf:
        wf.task.search().first()


def shown_below(error: BaseException | None) -> str:
    """What tracebacks with variables show of an error and its causes, but for the frames of tests."""
    shown = ""
    while error is not None:
        frames = [frame for frame, _ in walk_tb(error.__traceback__) if "/tests/" not in frame.f_code.co_filename]
        shown += f"{error!r} {[frame.f_locals for frame in frames]!r}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return shown


@pytest.mark.parametrize("side", ["sync", "async"])
@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY", "http_proxy"])
@pytest.mark.parametrize("value", NO_PROXY_AT_ALL)
def test_what_cannot_be_a_proxy_is_told_by_the_name_of_its_variable(
    side: str, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(QueryError, match=rf"What {name} names cannot be a proxy.*\n.*http://proxy") as caught:
        asked(side)
    assert "geheim1" not in shown_below(caught.value)


@pytest.mark.parametrize("side", ["sync", "async"])
@pytest.mark.parametrize("value", ["garbage.invalid", NOBODY])
def test_a_proxy_that_nobody_knows_is_not_called_an_unknown_host(
    side: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", value)
    with pytest.raises(Unreachable, match=r"by the proxy \w+\.invalid:\d+ that HTTP_PROXY names") as caught:
        asked(side)
    assert caught.value.hint == "There is no such proxy: mend HTTP_PROXY, or unset it."
    assert "geheim1" not in str(caught.value)


@pytest.mark.parametrize("side", ["sync", "async"])
def test_a_proxy_that_refuses_is_named(side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with pytest.raises(TransportError, match=r"by the proxy 127\.0\.0\.1:1 that ALL_PROXY names"):
        asked(side)


@pytest.mark.parametrize("side", ["sync", "async"])
def test_a_host_that_no_proxy_stands_before_is_the_unknown_one(side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", NOBODY)
    monkeypatch.setenv("NO_PROXY", "nobody.invalid")
    with pytest.raises(Unreachable, match="There is no such host: check the address") as caught:
        asked(side, "http://nobody.invalid")
    assert "proxy" not in str(caught.value)


def test_of_a_client_that_was_handed_in_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with httpx.Client(proxy=NOBODY) as http:
        monkeypatch.setenv("HTTP_PROXY", "http://other.invalid")
        with pytest.raises(Unreachable, match="or the proxy of the http_client") as caught:
            asked("sync", http_client=http)
    assert "other.invalid" not in str(caught.value)


@pytest.mark.parametrize("side", ["sync", "async"])
def test_a_socks_proxy_without_its_package_is_told_with_what_to_install(
    side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(QueryError, match=r"ALL_PROXY names a SOCKS proxy.*\n.*pip install 'httpx2?\[socks\]'"):
        asked(side)


@pytest.mark.parametrize("side", ["sync", "async"])
@pytest.mark.parametrize(
    ("name", "place"),
    [("SSL_CERT_FILE", "missing.pem"), ("SSL_CERT_FILE", "text.pem"), ("SSLKEYLOGFILE", "missing/keys.log")],
)
def test_files_of_tls_that_cannot_be_used_are_told_by_the_name_of_their_variable(
    side: str, name: str, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "text.pem").write_text("no certificate")
    monkeypatch.setenv(name, str(tmp_path / place))
    with pytest.raises(QueryError, match=f"What {name} names cannot be used"):
        asked(side)
