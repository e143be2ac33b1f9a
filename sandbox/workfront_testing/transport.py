"""Requests of httpx answered by a sandbox in the same process: no socket, no port, no thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import anyio
import anyio.to_thread
import httpx

from workfront_sandbox import HttpRequest, HttpResponse, Sandbox


class SandboxTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport for both clients of httpx. More calls at a time than the sandbox's limits allow get a 429."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._busy = 0
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request; a latency is slept."""
        incoming = _incoming(request, request.read())
        with self._place() as free:
            reply = self._sandbox.answer(incoming) if free else self._sandbox.refuse(incoming)
            time.sleep(reply.delay)
        return _response(reply, request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request, in a worker thread, so that the event loop goes on."""
        incoming = _incoming(request, await request.aread())
        with self._place() as free:
            answer = self._sandbox.answer if free else self._sandbox.refuse
            reply = await anyio.to_thread.run_sync(answer, incoming)
            await anyio.sleep(reply.delay)
        return _response(reply, request)

    @contextmanager
    def _place(self) -> Generator[bool]:
        """Whether there is a place for one more call."""
        with self._lock:
            self._busy += 1
            free = self._busy <= self._sandbox.tenant.limits.threads
        try:
            yield free
        finally:
            with self._lock:
                self._busy -= 1


def _incoming(request: httpx.Request, body: bytes) -> HttpRequest:
    path, _, query = request.url.raw_path.decode("latin-1").partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    return HttpRequest(request.method, path, query, headers, body)


def _response(reply: HttpResponse, request: httpx.Request) -> httpx.Response:
    content = b"" if request.method == "HEAD" else reply.body
    return httpx.Response(reply.status, headers=dict(reply.headers), content=content, request=request)
