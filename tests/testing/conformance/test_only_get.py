"""What asks a server sends nothing but GET, and no write in the clothes of one. docs/protocol.md 2, 12."""

from __future__ import annotations

import pytest

from tests.support.loopback import Answer, loopback
from tests.testing.conformance.tenant import ROOT
from workfront_core.errors import WriteRefused
from workfront_core.http_library import httpx
from workfront_testing.conformance import Server
from workfront_testing.conformance.server import encoded, refuse_writes

WRITES = [
    "task/1?method=PUT",
    "task/1?method=delete",
    "task?method=POST&name=x",
    "task/1?method=GET&method=PUT",
    'task/1?updates={"name":"x"}',
    "task/1?action=move",
    "task?copySourceID=1",
    "login?username=ana&password=x",
    "logout",
    "upload",
    "task/search?sessionID=x",
    "batch?uri=task/1?method=DELETE",
    "batch?uri=task/search?method=GET&uri=task/1?method=PUT",
    "task/1?Method=DELETE",
    "TASK/1?Updates={}",
    "lo%67in?username=ana",
    "batch?URI=task/1?method=DELETE",
    "ba%74ch?uri=task/1?method=DELETE",
    "batch?uri=ba%74ch?method=GET^uri=task/1%3Fmethod%3DDELETE",
    "batch?uri=task/1?method=GET;METHOD=DELETE",
    "batch?uri=task/1",
    "batch?uri=logout?method=GET",
    "batch?uri=task/1?method=GET^updates=x",
]


@pytest.mark.parametrize("text", WRITES)
def test_what_would_write_is_not_sent(text: str) -> None:
    path, _, query = text.partition("?")
    pairs = [
        (name, value.replace("^", "&")) for name, _, value in (one.partition("=") for one in query.split("&") if one)
    ]
    with loopback(lambda _: Answer()) as host, Server(host.url + ROOT, {}) as server:
        with pytest.raises(WriteRefused, match="nothing was sent"):
            server.get(path, encoded(pairs))
        assert host.asked == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_another_verb_is_refused(method: str) -> None:
    with pytest.raises(WriteRefused):
        refuse_writes(httpx.Request(method, "https://acme.my.workfront.com/attask/api/v22.0/task/search"))


@pytest.mark.parametrize("query", ["", "method=GET", "method=get", "uri=task%2Fcount%3Fmethod%3DGET", "$$LIMIT=5"])
def test_a_read_goes_out_as_get(query: str) -> None:
    with loopback(lambda _: Answer([])) as host, Server(host.url + ROOT, {}) as server:
        assert server.get("task/search", query).data == []
        assert [asked.method for asked in host.asked] == ["GET"]


def test_a_redirect_is_not_followed() -> None:
    with loopback(lambda _: Answer(status=302, headers={"Location": "/elsewhere"})) as host:
        with Server(host.url + ROOT, {"apiKey": "k"}) as server:
            assert server.get("task/search").status == 302
        assert len(host.asked) == 1
