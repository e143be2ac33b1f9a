"""A host on loopback that answers over real sockets and misbehaves as a test tells it."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.support.loopback import Received
from tests.support.waiting import PATIENCE, ended, wait_until

Act: TypeAlias = Callable[[socket.socket], bool]
"""Answers on a connection; returns whether the connection stays open."""

ROWS = [{"ID": f"{number:032x}", "objCode": "TASK", "name": f"row {number}"} for number in range(1, 8)]
TICK = 0.01
"""Seconds between the bytes of a slow answer."""


def page(asked: Received) -> Act:
    """The rows a paged search asks for, by offset or by the last ID, or their number."""
    query = dict(asked.query)
    rows = [row for row in ROWS if row["ID"] > query.get("ID", "")] if query.get("ID_Mod") == "gt" else ROWS
    if asked.path.endswith("/count"):
        return reply({"data": {"count": len(rows)}})
    first = int(query.get("$$FIRST", 0))
    return reply({"data": rows[first : first + int(query.get("$$LIMIT", 100))]})


def reply(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Act:
    """A whole answer: JSON, or bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def act(connection: socket.socket) -> bool:
        connection.sendall(_head(status, len(content), headers or {}) + content)
        return True

    return act


def refusal(status: int, message: str = "refused", headers: Mapping[str, str] | None = None) -> Act:
    """An error in the API's own words."""
    return reply({"error": {"message": message}}, status, headers)


def html(status: int = 200) -> Act:
    """A page of a proxy."""
    return reply(b"<html><body>Service page</body></html>", status)


def cut_json() -> Act:
    """Complete as HTTP, cut off as JSON: the server failed while it wrote."""
    return reply(b'{"data":[{"ID":')


def reset(connection: socket.socket) -> bool:
    """The connection is reset before any answer."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def reset_in_body(connection: socket.socket) -> bool:
    """The connection ends within the body."""
    connection.sendall(_head(200, 1000, {}) + b'{"data":[')
    return False


def hang_up(_connection: socket.socket) -> bool:
    """The connection is closed in good order, without an answer."""
    return False


def slow_headers(connection: socket.socket) -> bool:
    """One byte of a header now and then, for ever."""
    return _trickle(connection, b"HTTP/1.1 200 OK\r\nX-Padding: ")


def slow_body(connection: socket.socket) -> bool:
    """One byte of the body now and then, for ever."""
    return _trickle(connection, _head(200, 1_000_000, {}) + b'{"data":"')


def silence(connection: socket.socket) -> bool:
    """Nothing at all, until the caller goes away."""
    connection.settimeout(PATIENCE)
    try:
        connection.recv(1)
    except TimeoutError:
        raise AssertionError("the caller waits for ever") from None
    except OSError:
        pass
    return False


def _trickle(connection: socket.socket, start: bytes) -> bool:
    end = time.monotonic() + PATIENCE
    try:
        connection.sendall(start)
        while time.monotonic() < end:
            connection.sendall(b"x")
            time.sleep(TICK)
    except OSError:
        return False
    raise AssertionError("the caller reads for ever")


def _head(status: int, length: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} X", "Content-Type: application/json", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass
class FaultHost:
    """The running host: what it was asked, and how it was used."""

    url: str
    asked: list[Received] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    connections: int = 0
    open_connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def to(self, path: str) -> list[Received]:
        """The requests to a path."""
        return [asked for asked in self.asked if asked.path.endswith(path)]

    def wait_until_unused(self) -> None:
        """Waits until every connection is closed."""
        wait_until(lambda: self.open_connections == 0, "every connection is closed")


@contextmanager
def fault_host(answer: Callable[[Received, int], Act]) -> Generator[FaultHost]:
    """Serves until the block ends. ``answer`` is given a request and its number, from 0, and says what happens."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    host = FaultHost(f"http://127.0.0.1:{listener.getsockname()[1]}")
    thread = threading.Thread(target=_accept, args=(listener, host, answer), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        ended(thread)


def script(*acts: Act, then: Callable[[Received], Act] = page) -> Callable[[Received, int], Act]:
    """The given acts one after the other, then an orderly answer to everything."""
    return lambda asked, number: acts[number] if number < len(acts) else then(asked)


def _accept(listener: socket.socket, host: FaultHost, answer: Callable[[Received, int], Act]) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with host.lock:
                host.connections += 1
                host.open_connections += 1
            threading.Thread(target=_serve, args=(connection, host, answer), daemon=True).start()


def _serve(connection: socket.socket, host: FaultHost, answer: Callable[[Received, int], Act]) -> None:
    try:
        with connection, connection.makefile("rb") as reader, suppress(OSError):
            while (asked := _request(reader)) is not None:
                with host.lock:
                    number = len(host.asked)
                    host.asked.append(asked)
                    host.in_flight += 1
                    host.most_in_flight = max(host.most_in_flight, host.in_flight)
                act = answer(asked, number)
                with host.lock:
                    host.in_flight -= 1
                if not act(connection):
                    return
    finally:
        with host.lock:
            host.open_connections -= 1


def _request(reader: Any) -> Received | None:
    line = reader.readline().decode("ascii").split()
    if not line:
        return None
    headers: dict[str, str] = {}
    while (header := reader.readline().decode("latin-1").strip()) != "":
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    return Received(line[0], line[1], headers, reader.read(int(headers.get("content-length", 0))))
