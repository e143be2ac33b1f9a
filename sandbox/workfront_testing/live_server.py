"""A sandbox behind a real socket, served by a thread."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import uvicorn

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_sandbox import Sandbox
from workfront_sandbox.asgi.app import configuration

_PATIENCE: Final = 10.0
_PAUSE: Final = 0.002


@contextmanager
def listening(sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0) -> Generator[str]:
    """Serves a sandbox until the block ends; gives its address.

    Raises:
        OSError: the port is taken.
        RuntimeError: the server did not start.
    """
    if not isinstance(sandbox, Sandbox):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"A sandbox is listened with, not {described(sandbox)}.", hint="Write kit.sandbox.")
    with socket.create_server((host, port)) as listener:
        server = uvicorn.Server(configuration(sandbox))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True, name="sandbox")
        thread.start()
        try:
            _wait(server, thread)
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    last = time.monotonic() + _PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > last:
            raise RuntimeError("the sandbox's server did not start; its log says why")
        time.sleep(_PAUSE)
