"""The sandbox as an ASGI application, and as a process that listens."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Collection, Iterator
from typing import Final

import anyio
import anyio.to_thread
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workfront_sandbox.asgi.browser_guard import BrowserGuard
from workfront_sandbox.asgi.index_page import index_route
from workfront_sandbox.asgi.protocol import prompt_protocol
from workfront_sandbox.server import Sandbox
from workfront_sandbox.wire.messages import HttpRequest, HttpResponse
from workfront_sandbox.wire.multipart import Multipart, is_multipart

_LONGEST_HEAD: Final = 16 * 1024 * 1024
_PAUSE: Final = 0.05
_PIECE: Final = 256 * 1024
"""Larger answers are sent piece by piece, as fast as they are read."""


class AsgiApp:
    """Hands HTTP requests to a sandbox, as many at a time as its limits allow."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, whatever its method; one that was cut off is neither carried out nor answered."""
        try:
            request = await _read(Request(scope, receive), self._sandbox.tenant.limits.body)
        except ClientDisconnect:
            return
        try:
            response = await self._answer(request)
        finally:
            if request.upload is not None:
                request.upload.close()
        await _to_starlette(response)(scope, receive, send)

    async def _answer(self, request: HttpRequest) -> HttpResponse:
        if self._busy >= self._sandbox.tenant.limits.threads:
            return self._sandbox.refuse(request)
        self._busy += 1
        try:
            response = await anyio.to_thread.run_sync(self._sandbox.answer, request)
            await anyio.sleep(response.delay)
        finally:
            self._busy -= 1
        return response


def create_app(sandbox: Sandbox, *, deliver: bool = True, hosts: Collection[str] = ()) -> BrowserGuard:
    """Returns an application that answers with ``sandbox``; it sends events by itself unless told otherwise.

    Args:
        sandbox: what answers.
        deliver: whether events are sent.
        hosts: names it may be called by, besides those of this machine and IP addresses.
    """

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with anyio.create_task_group() as tasks:
            if deliver:
                tasks.start_soon(_deliver, sandbox)
            yield
            tasks.cancel_scope.cancel()

    routes = [index_route(sandbox), Route("/{path:path}", AsgiApp(sandbox))]
    return BrowserGuard(Starlette(routes=routes, lifespan=lifespan), hosts)


def configuration(
    sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0, hosts: Collection[str] = ()
) -> uvicorn.Config:
    """Returns the configuration with which uvicorn serves a sandbox: on loopback, unless told otherwise, with heads as
    long as the limits allow.
    """
    return uvicorn.Config(
        create_app(sandbox, hosts=(host, *hosts)),
        host=host,
        port=port,
        http=prompt_protocol(),
        ws="none",
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        log_level="warning",
        access_log=False,
        date_header=False,
    )


async def _deliver(sandbox: Sandbox) -> None:
    while True:
        if sandbox.deliveries.due():
            await anyio.to_thread.run_sync(sandbox.deliver)
        await anyio.sleep(_PAUSE)


async def _read(request: Request, most: int) -> HttpRequest:
    """Reads a request; of a body that is too large no more than shows that it is.

    Raises:
        ClientDisconnect: the body was cut off.
    """
    kind, body = request.headers.get("content-type", ""), bytearray()
    upload = Multipart(kind, most) if is_multipart(kind) else None
    try:
        async for part in request.stream():
            if upload is not None:
                upload.write(part)
            else:
                body += part[: most + 1 - len(body)]
    except BaseException:
        if upload is not None:
            upload.close()
        raise
    headers = {"x-forwarded-proto": request.url.scheme}
    headers |= {name.lower(): value for name, value in request.headers.items()}
    path = request.scope.get("raw_path", b"").decode("latin-1") or request.url.path
    query = request.scope["query_string"].decode("latin-1")
    return HttpRequest(request.method, path, query, headers, bytes(body), upload)


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))


def _to_starlette(response: HttpResponse) -> Response:
    headers = dict(response.headers)
    if len(response.body) > _PIECE:
        headers["content-length"] = str(len(response.body))
        answer: Response = StreamingResponse(_pieces(response.body), response.status, headers)
    else:
        answer = Response(response.body, response.status, headers)
    for cookie in response.cookies:
        answer.headers.append("set-cookie", cookie)
    return answer
