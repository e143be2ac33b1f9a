"""Requests of httpx answered by a sandbox in the same process: no socket, no port, no thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import httpx, library_of
from workfront_sandbox import HttpRequest, HttpResponse, Sandbox


class SandboxTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport for both clients of httpx. More calls at a time than the sandbox's limits allow get a 429."""

    def __init__(self, sandbox: Sandbox) -> None:
        if not isinstance(sandbox, Sandbox):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"A transport takes a sandbox, not {described(sandbox)}.", hint="Write kit.transport.")
        self._sandbox = sandbox
        self._busy = 0
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"SandboxTransport({self._sandbox!r})"

    @property
    def is_idle(self) -> bool:
        """Whether no call is under way: a page that was asked for ahead may be, after the reader left."""
        return self._busy == 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request; a latency is slept."""
        asked = _to_sandbox(request, request.read())
        with self._place() as free:
            response = self._sandbox.answer(asked) if free else self._sandbox.refuse(asked)
            time.sleep(response.delay)
        return _to_httpx(response, request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request, in a worker thread, so that the event loop goes on."""
        import anyio.to_thread  # a suite of threads does without

        asked = _to_sandbox(request, await request.aread())
        with self._place() as free:
            answer = self._sandbox.answer if free else self._sandbox.refuse
            response = await anyio.to_thread.run_sync(answer, asked)
            await anyio.sleep(response.delay)
        return _to_httpx(response, request)

    @contextmanager
    def _place(self) -> Generator[bool]:
        """Takes a place for one more call; gives whether there is one."""
        with self._lock:
            self._busy += 1
            free = self._busy <= self._sandbox.tenant.limits.threads
        try:
            yield free
        finally:
            with self._lock:
                self._busy -= 1


def _to_sandbox(request: httpx.Request, body: bytes) -> HttpRequest:
    path, _, query = request.url.raw_path.decode("latin-1").partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    return HttpRequest(request.method, path, query, headers, body)


def _to_httpx(response: HttpResponse, request: httpx.Request) -> httpx.Response:
    content = b"" if request.method == "HEAD" else response.body
    made: httpx.Response = library_of(request).httpx.Response(
        response.status, headers=response.header_pairs, content=content, request=request
    )
    return made
