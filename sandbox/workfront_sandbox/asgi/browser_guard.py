"""Keeps the pages of other sites out. A browser sends what they ask for, from inside, to any address of this machine.

- A page whose name was pointed at this machine shows itself by the name in ``Host``.
- A page of another site shows itself by ``Origin`` and ``Sec-Fetch-Site``, which browsers write and pages cannot.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.wire.json_output import dumps
from workfront_sandbox.wire.loopback import host_of, is_address, is_loopback
from workfront_sandbox.wire.messages import JSON

_OWN: Final = frozenset({"same-origin", "none"})
_PAGES: Final = frozenset({"/", "/integrations/oauth2/authorize"})
"""What a link on another page may lead to: it shows something, and asks the one who looks at it."""


class BrowserGuard:
    """An application that answers for another one, unless the page of another site asks: 421 and 403."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        """Guards an application; ``hosts`` are names it may be called by, besides this machine's and IP addresses."""
        self._app = app
        self._hosts = frozenset(host.lower().rstrip(".") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("x-content-type-options", "nosniff")
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif (refusal := self.refusal(scope["method"], scope["path"], Headers(scope=scope))) is not None:
            await _refuse(refusal, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> ApiError | None:
        """Returns why a request is not let through, None where it is."""
        called = headers.get("host", "")
        host = host_of(called)
        if not (is_loopback(host) or is_address(host) or host in self._hosts):
            return ApiError(421, f"This sandbox is not {host or 'nobody'}: call it by localhost, or allow the name")
        if _is_foreign(headers.get("origin"), called) or not self._is_own(method, path, headers):
            return ApiError(403, "Pages of other sites may not ask this sandbox")
        return None

    def _is_own(self, method: str, path: str, headers: Mapping[str, str]) -> bool:
        site = headers.get("sec-fetch-site")
        if site is None or site in _OWN:
            return True
        return path in _PAGES and method == "GET" and headers.get("sec-fetch-mode") == "navigate"


def _is_foreign(origin: str | None, called: str) -> bool:
    """Returns whether a page asks that did not come from the address that is called."""
    if origin is None:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return True
    return parts.scheme not in {"http", "https"} or parts.netloc.lower() != called.lower()


async def _refuse(refusal: ApiError, send: Send) -> None:
    body = dumps(refusal.body())
    headers = [(b"content-type", JSON.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
