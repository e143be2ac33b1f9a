"""A server on loopback that answers as a test tells it and keeps what it was asked."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.waiting import ended


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode(), keep_blank_values=True)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What the server says: a JSON value, or raw bytes where ``raw`` is set."""

    data: object = None
    status: int = 200
    raw: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False

    def body(self) -> bytes:
        return json.dumps({"data": self.data}).encode() if self.raw is None else self.raw


@dataclass
class Loopback:
    """The running server: its address, and every request so far."""

    url: str
    asked: list[Received] = field(default_factory=list)

    @property
    def last(self) -> Received:
        return self.asked[-1]


class HttpServer(ThreadingHTTPServer):
    """A threaded server on a free port; a caller that hangs up before its answer is no failure of the server."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints what went wrong, which a command under test would be taken to have said, unless the caller left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def loopback(answer: Callable[[Received], Answer]) -> Generator[Loopback]:
    """Serves on a free port until the block ends."""
    asked: list[Received] = []
    server = HttpServer(_handler(asked, answer))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Loopback(server.url, asked)
    finally:
        server.shutdown()
        server.server_close()
        ended(thread)


def _handler(noted: list[Received], answer: Callable[[Received], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body leave in two pieces, and the second must not wait

        def respond(self) -> None:
            body = b"".join(self.pieces())
            asked = Received(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            noted.append(asked)
            reply = answer(asked)
            content = reply.body()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content) + (10 if reply.cut else 0)))
            self.end_headers()
            self.wfile.write(content)
            self.close_connection = self.close_connection or reply.cut

        def pieces(self) -> Iterator[bytes]:
            """The body, of announced length or chunked."""
            if self.headers.get("Transfer-Encoding") != "chunked":
                yield self.rfile.read(int(self.headers.get("Content-Length", 0)))
                return
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()

        do_GET = do_POST = do_PUT = do_DELETE = respond

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
