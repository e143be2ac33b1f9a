"""No page of another site reads, changes or signs in: whatever the address, whatever the method."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from tests.sandbox.asking import BAKERY, SHOP
from tests.sandbox.live import Listener
from workfront_sandbox import Sandbox
from workfront_sandbox.api.routes import CALL_ROUTES, METADATA_ROUTES, SESSION_ROUTES, WEB_ROUTES
from workfront_sandbox.asgi.browser_guard import BrowserGuard

PARTS = {"{api}": "attask/api/v22.0", "{id}": SHOP, "{object}": "PROJ", "{row}": SHOP, "{verb}": "calculateTimeline",
         "{subscription}": "one"}  # fmt: skip
ROUTES = ("/", *(route.path for table in (WEB_ROUTES, SESSION_ROUTES, METADATA_ROUTES, CALL_ROUTES) for route in table))
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS")
AUTHORIZE = "/integrations/oauth2/authorize"
FOREIGN = (
    ({"Host": "evil.example"}, 421),
    ({"Host": "localhost.evil.example:8484"}, 421),
    ({"Host": ""}, 421),
    ({"Host": "[::1"}, 421),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://localhost:1"}, 403),
    ({"Origin": "http://["}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
)


def addresses() -> Iterator[str]:
    for path in dict.fromkeys(ROUTES):
        yield "/" + "/".join(PARTS.get(part, part) for part in path.strip("/").split("/"))


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(BAKERY)


@pytest.fixture
def http(listener: Listener, sandbox: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=listener.serve(sandbox)) as client:
        yield client


@pytest.mark.parametrize(("headers", "status"), FOREIGN, ids=str)
def test_a_page_of_another_site_reaches_nothing(
    http: httpx.Client, sandbox: Sandbox, headers: dict[str, str], status: int
) -> None:
    before = {code: sandbox.rows(code) for code in sandbox.tenant.store.codes}
    for address in addresses():
        for method in METHODS:
            answer = http.request(method, address, params={"apiKey": "x", "name": "made"}, headers=headers)
            assert answer.status_code == status, (method, address)
            assert "data" not in answer.json()
            assert answer.headers["x-content-type-options"] == "nosniff"
    assert {code: sandbox.rows(code) for code in sandbox.tenant.store.codes} == before
    assert not sandbox.log


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost"},
        {"Host": "acme.localhost:8484"},
        {"Host": "[::1]:8484"},
        {"Host": "192.0.2.7:8484"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
    ],
    ids=str,
)
def test_programs_and_the_sandbox_own_page_are_let_through(http: httpx.Client, headers: dict[str, str]) -> None:
    answer = http.get("/attask/api/v22.0/PROJ/count", headers={"apiKey": "x", **headers})
    assert answer.json() == {"data": {"count": 3}}
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_own_origin_is_let_through(http: httpx.Client) -> None:
    own = str(http.base_url).rstrip("/")
    assert http.post("/attask/api/v22.0/PROJ", headers={"apiKey": "x", "Origin": own}, json={}).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/", 200), (AUTHORIZE, 302), ("/attask/api/v22.0/PROJ/search", 403)])
def test_a_link_on_another_page_leads_to_what_shows_and_asks_only(http: httpx.Client, path: str, status: int) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    query = {"response_type": "code", "redirect_uri": "http://localhost:9/back"}
    assert http.get(path, params=query, headers=headers).status_code == status
    assert http.post(path, params=query, headers=headers).status_code == 403


@pytest.mark.parametrize(("called", "status"), [("acme.test", None), ("ACME.test.", None), ("other.test", 421)])
def test_further_names_are_allowed_by_name(called: str, status: int | None) -> None:
    guard = BrowserGuard(lambda *_: None, ["acme.test"])  # type: ignore[arg-type]
    refusal = guard.refusal("GET", "/", {"host": f"{called}:8484"})
    assert (refusal.status if refusal else None) == status


class Shape(HTMLParser):
    """The elements and attribute names of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "' onload='x", "</td><iframe>", "{{7*7}}", "]]>"])
def test_texts_of_rows_and_requests_are_no_part_of_the_page(listener: Listener, hostile: str) -> None:
    pages: list[Shape] = []
    for text in ("plain", hostile):
        seed: dict[str, Any] = {"now": "2027-05-12T10:00:00:000+0000", "PROJ": [{"ID": SHOP, "name": text}]}
        with httpx.Client(base_url=listener.serve(Sandbox(seed))) as client:
            client.get("/attask/api/v22.0/PROJ/search", params={"apiKey": "x", "name": text})
            pages.append(Shape(client.get("/").text))
    plain, other = pages
    assert plain.elements == other.elements


@pytest.mark.parametrize("text", ["x'; DROP TABLE PROJ; --", 'x" OR 1=1 --', "%' OR '1'='1"])
def test_texts_of_requests_are_no_part_of_statements(
    sandbox: Sandbox, http: httpx.Client, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    statements: list[str] = []
    run = sandbox.tenant.store.run

    def noted(sql: str, values: Any = ()) -> Any:
        statements.append(sql)
        return run(sql, values)

    monkeypatch.setattr(sandbox.tenant.store, "run", noted)
    for name in ("name", "status", "DE:Floor", "owner:name", "budget", "plannedStartDate"):
        for operator in ("eq", "in", "like", "cicontains", "between", "soundex"):
            query = {name: text, f"{name}_Mod": operator, f"{name}_Range": text, "apiKey": "x", f"{text}_Sort": "asc"}
            http.get("/attask/api/v22.0/PROJ/search", params=query)
            http.post("/attask/api/v22.0/PROJ", json={text: text, "name": text}, headers={"apiKey": "x"})
    assert statements
    assert [sql for sql in statements if text in sql or json.dumps(text) in sql] == []
