"""Waits on this machine for the browser to come back from a sign-in (RFC 8252, 7.3)."""

from __future__ import annotations

import errno
import queue
import secrets
import socket
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from workfront_core.auth.pkce import Redirect, read_redirect
from workfront_core.errors import AuthenticationError, QueryError
from workfront_core.http_library import httpx
from workfront_core.request.address import is_loopback, is_port

DEFAULT_URI: Final = "http://localhost:8765/callback"
_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Workfront sign-in</title>
<body style="font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:18vh auto;padding:0 1rem">
<h1 style="font-size:1.5rem">{title}</h1><p>{text}</p></body></html>"""


@dataclass(frozen=True, slots=True)
class Reception:
    """How a redirect was met: what the browser shows, and how the sign-in ends by it, if it does."""

    status: HTTPStatus
    page: str
    end: Redirect | AuthenticationError | None = None


@dataclass
class RedirectListener:
    """The listener.

    Attributes:
        state: of this sign-in; redirects of others are answered and not taken.
        strays: how many of those came.
    """

    state: str
    strays: int = 0
    ends: queue.SimpleQueue[Redirect | AuthenticationError] = field(
        default_factory=lambda: queue.SimpleQueue[Redirect | AuthenticationError]()
    )

    def wait(self, timeout: float) -> Redirect:
        """Waits for the redirect and returns what the browser brings.

        Raises:
            AuthenticationError: the sign-in was refused, or nobody came within ``timeout`` seconds.
        """
        try:
            end = self.ends.get(timeout=timeout)
        except queue.Empty:
            raise self._nobody(timeout) from None
        if isinstance(end, AuthenticationError):
            raise end
        return end

    def receive(self, target: str) -> Reception:
        """Judges a redirect, given as path and query.

        Any web page can send a browser here, so that a foreign state must not end the sign-in that is under way.
        """
        if not self._is_ours(target):
            self.strays += 1
            return Reception(HTTPStatus.BAD_REQUEST, _page("Not signed in", "This belongs to another sign-in."))
        try:
            redirect = read_redirect(target, state=self.state)
        except AuthenticationError as error:
            text = "The terminal says why; start the sign-in there again."
            return Reception(HTTPStatus.BAD_REQUEST, _page("Not signed in", text), error)
        text = "You may close this page and go back to the terminal."
        return Reception(HTTPStatus.OK, _page("Thank you", text), redirect)

    def _is_ours(self, target: str) -> bool:
        given = dict(parse_qsl(urlsplit(target).query))
        return secrets.compare_digest(given.get("state", "").encode(), self.state.encode())

    def _nobody(self, timeout: float) -> AuthenticationError:
        seen = f" Redirects of another sign-in came: {self.strays}." if self.strays else ""
        return AuthenticationError(
            f"The browser did not come back within {timeout:.0f} seconds.{seen}",
            hint="Does the page it ended on say why? The application must list exactly this redirect URI.",
        )


@contextmanager
def listening(redirect_uri: str, state: str) -> Generator[RedirectListener, None, None]:
    """Listens at a redirect URI until the block ends.

    Raises:
        QueryError: the URI is not one of this machine, or its port is taken.
    """
    address = _local(redirect_uri)
    listener = RedirectListener(state)
    with _server(address, _handler(listener, _path(address))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    """Browsers open connections ahead and leave them idle, so each has a thread."""

    allow_reuse_address = sys.platform != "win32"
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Does nothing: a browser that hangs up does not concern the user."""


class _ServerV6(_Server):
    address_family = socket.AF_INET6


def _server(address: httpx.URL, handler: type[BaseHTTPRequestHandler]) -> _Server:
    host = "127.0.0.1" if address.host.endswith("localhost") else address.host
    try:
        return (_ServerV6 if ":" in host else _Server)((host, address.port or 80), handler)
    except OSError as error:
        why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise QueryError(
            f"Port {address.port or 80} of this machine {why}.",
            hint="End the program that has it, or take another --redirect-uri that the application lists too.",
        ) from None


def _local(redirect_uri: str) -> httpx.URL:
    try:
        address = httpx.URL(redirect_uri)
    except httpx.InvalidURL:
        address = httpx.URL("")
    if address.scheme != "http" or not is_loopback(address.host) or not is_port(address):
        raise QueryError(
            f"The redirect URI {redirect_uri!r:.120} does not lead to this machine.",
            hint=f"Let the application list {DEFAULT_URI}, or another port, and use that.",
        )
    return address


def _path(address: httpx.URL) -> str:
    """Returns the path of an address as it stands in a request line."""
    return address.raw_path.decode("ascii").partition("?")[0]


def _handler(listener: RedirectListener, path: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            if self.path.partition("?")[0] != path:
                self._say(HTTPStatus.NOT_FOUND, _page("Nothing here", "This address only waits for a sign-in."))
                return
            reception = listener.receive(self.path)
            self._say(reception.status, reception.page)
            if reception.end is not None:
                listener.ends.put(reception.end)

        def _say(self, status: HTTPStatus, page: str) -> None:
            body = page.encode()
            self.send_response(status)
            for name, value in {**_HEADERS, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Does nothing: the line would show the code."""

    return Handler


_HEADERS: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Connection": "close",
}


def _page(title: str, text: str) -> str:
    return _PAGE.format(title=title, text=text)
