"""No secret anywhere: each way that one reaches a sandbox, by each of its names, against its pages and the log."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any, Final

import httpx

from workfront_testing import SandboxKit, live

ROOT: Final = "/attask/api/v22.0"
NAMES: Final = (
    "password", "newPassword", "passwordConfirm", "resetPasswordToken", "access_token", "refresh_token", "jwt_token",
    "privateKey", "client_secret", "apiKey", "api_key", "sessionID", "authToken", "code_verifier", "X-XSRF-TOKEN",
    "assertion", "id_token",
)  # fmt: skip


def mark(where: str) -> str:
    """Returns a secret that says which way it went."""
    return f"S3CR3T{where.replace(' ', '').replace('_', '').replace('-', '')}E"


def requests_with(name: str) -> Iterator[dict[str, Any]]:
    """Yields a request for each way in which a secret of this name may travel."""
    search, user, batch = f"{ROOT}/TASK/search", f"{ROOT}/USER", f"{ROOT}/batch"
    yield {"method": "GET", "url": search, "params": {name: mark(f"query {name}")}}
    yield {"method": "POST", "url": search, "data": {"method": "GET", name: mark(f"form {name}")}}
    yield {"method": "POST", "url": user, "json": {name: mark(f"body {name}")}}
    yield {"method": "POST", "url": user, "json": [{"a": [{"b": {name: mark(f"nested {name}")}}]}]}
    yield {"method": "PUT", "url": f"{user}/x", "params": {"updates": json.dumps({name: mark(f"updates {name}")})}}
    yield {"method": "GET", "url": batch, "params": {"uri": f"/TASK/search?{name}={mark(f'uri {name}')}"}}
    written = json.dumps({name: mark(f"written {name}")})
    yield {"method": "POST", "url": batch, "data": {"uri": f"/USER?method=POST&updates={written}"}}
    yield {"method": "GET", "url": search, "headers": {name: mark(f"header {name}")}}
    yield {"method": "GET", "url": f"{search};{name}={mark(f'path {name}')}"}
    yield {"method": "POST", "url": "/integrations/oauth2/api/v1/token", "data": {name: mark(f"sign in {name}")}}
    torn = f'{{"{name}": "{mark(f"torn {name}")}", '
    yield {"method": "POST", "url": user, "content": torn, "headers": {"Content-Type": "application/json"}}
    yield {"method": "GET", "url": search, "headers": {"Cookie": f"{name}={mark(f'cookie {name}')}"}}
    yield {"method": "GET", "url": search, "headers": {"Authorization": f"Bearer {mark(f'bearer {name}')}"}}
    basic = base64.b64encode(f"id:{mark(f'basic {name}')}".encode()).decode()
    yield {"method": "GET", "url": search, "headers": {"Authorization": f"Basic {basic}"}}


def pages(http: httpx.Client) -> Iterator[str]:
    """Yields the sandbox's page, and what it links to."""
    first = http.get("/").text
    yield first
    for link in sorted(set(re.findall(r'href="(/[^"]*)"', first))):
        yield http.get(link.replace("&amp;", "&")).text


def told(kit: SandboxKit) -> Iterator[str]:
    """Yields what the kit's log says of all requests."""
    yield repr(kit.log.sent)
    try:
        kit.log.assert_count(0)
    except AssertionError as error:
        yield str(error)


def test_pages_and_the_log_show_no_secret_however_it_was_sent() -> None:
    with live("demo") as kit, httpx.Client(base_url=kit.url, timeout=60) as http:
        for name in NAMES:
            for request in requests_with(name):
                http.request(**request)
        shown = [*pages(http), *told(kit)]
    assert len(shown) > 20
    assert "TASK/search" in shown[0]
    found = {text for page in shown for text in re.findall(r"S3CR3T\w*?E", page)}
    assert found == set()
    assert not [name for name in NAMES for page in shown if _basic(name) in page]


def _basic(name: str) -> str:
    return base64.b64encode(f"id:{mark(f'basic {name}')}".encode()).decode()
