"""A sandbox behind a real socket: one listener for a whole test run, another sandbox behind it whenever a test says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.support.waiting import ended, wait_until
from workfront_sandbox import Sandbox
from workfront_sandbox.asgi.app import configuration, create_app


class Switch:
    """An application that hands requests on to the one that is plugged in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


class Listener:
    """The running listener: its address, and which sandbox answers."""

    def __init__(self, url: str, switch: Switch, server: uvicorn.Server) -> None:
        self.url = url
        self._switch = switch
        self._server = server

    def connections(self) -> list[socket.socket]:
        """The open connections, as the server holds them."""
        found: list[Any] = list(self._server.server_state.connections)
        return [protocol.transport.get_extra_info("socket") for protocol in found]

    def serve(self, sandbox: Sandbox) -> str:
        """Puts a sandbox behind the address; answers with the address."""
        self._switch.app = create_app(sandbox, deliver=False)
        return self.url


@contextmanager
def listening() -> Generator[Listener]:
    """A listener on a free port of loopback, until the block ends."""
    config = configuration(Sandbox())
    config.load()
    switch = Switch(create_app(Sandbox(), deliver=False))
    config.loaded_app = switch
    config.lifespan = "off"
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    thread = threading.Thread(target=server.run, daemon=True)
    config.loaded = True
    thread.start()
    wait_until(lambda: server.started, "the listener is up")
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Listener(f"http://127.0.0.1:{port}", switch, server)
    finally:
        server.should_exit = True
        ended(thread)


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    """A listener for the whole run; a conftest that imports this offers it to its folder."""
    with listening() as found:
        yield found
