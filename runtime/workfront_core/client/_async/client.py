"""The client: one call from its arguments to its result. What differs between threads and tasks is `networking`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from workfront_core.arguments import checked_callable
from workfront_core.auth.static import Auth, as_credential
from workfront_core.client._async.batching import AsyncBatching
from workfront_core.client.async_networking import AsyncHttpClient, AsyncNetworking
from workfront_core.client.base import DEFAULT_TIMEOUT, C
from workfront_core.errors.frames import without_frames
from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import httpx
from workfront_core.json_type import JsonValue
from workfront_core.request._async.flow import async_follow
from workfront_core.request.address import Api, Environment, base_url
from workfront_core.request.encoding import Method, Tunnel
from workfront_core.request.progress import TransferProgress
from workfront_core.request.request import Request
from workfront_core.request.upload import Source, Upload
from workfront_core.request.write_guard import WritePolicy
from workfront_core.services._async.service import AsyncService
from workfront_core.sides import AsyncWithBlock
from workfront_core.transport.concurrency import DEFAULT_CONCURRENCY
from workfront_core.transport.deadline import Timeout
from workfront_core.transport.hooks import Hooks
from workfront_core.transport.options import options_of
from workfront_core.transport.raw_response import RawResponse, raw_response
from workfront_core.transport.response_body import MOST
from workfront_core.transport.retry import Retry
from workfront_core.transport.verification import check_network

if TYPE_CHECKING:
    from workfront_core.events._async.subscriptions import AsyncEvents
    from workfront_core.operations.any_request import Parameters
    from workfront_core.operations.metadata import ObjectSummary

T = TypeVar("T")


class AsyncClient(AsyncBatching, AsyncNetworking, AsyncWithBlock):
    """A connection to one customer's Workfront. Close it, or use it in ``async with``.

    Args:
        url: scheme and host: ``https://acme.my.workfront.com``.
        domain: in place of ``url``, the customer's part of the host name: ``acme``.
        environment: what follows the domain: production unless given, ``Environment.PREVIEW``, a sandbox.
        auth: the credential, such as ``ApiKey("...")``; it travels in a header.
        timeout: seconds to wait for connecting, for each read and each write; ``None`` waits for ever. 60, or what
            ``http_client`` has, unless given.
        transport: replaces the network, for tests; one of httpx's must verify certificates.
        http_client: an HTTP client of your own (proxies, certificates), in place of a transport; it is not closed here.
        retry: how often and how long failed calls are repeated; by default 4 times within 300 seconds.
        concurrency: requests in flight at this host, 1 to 10, counted over all clients of the process.
        allow_writes: ``True``, ``False`` for reading only, ``"sandbox"`` for writes outside production only.
        hooks: told what happens to each call.
        strict: whether a value of an unexpected type is an error rather than kept as it came.
        allow_insecure: whether plain http may go to another machine, and ``transport`` and ``http_client`` need not
            verify certificates.
        max_answer_bytes: bytes an answer may have, unpacked; 64 MB unless given. A larger one is an error; a download
            may be of any size.
        tunnel: the one verb that all calls travel by, ``"GET"`` or ``"POST"``, for proxies that drop the others.
        api: ``"public"``, ``"internal"`` or ``"unsupported"``: which of the APIs that stand side by side; the latter
            two have no versions and change without notice.

    Raises:
        QueryError: the address is none, or plain http without ``allow_insecure``, or an option is out of range.

    Examples:
        >>> import asyncio
        >>> from workfront_client import AsyncClient
        >>> from workfront_client.v22 import AsyncWorkfront
        >>> from workfront_testing import in_process
        >>> async def tasks(wf: AsyncClient) -> object:
        ...     return await wf.request("GET", "TASK/count")
        >>> async def main() -> None:
        ...     with in_process() as kit:
        ...         async with kit.client(AsyncWorkfront) as wf:
        ...             print(await tasks(wf))
        >>> asyncio.run(main())
        {'count': 0}
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        domain: str | None = None,
        environment: Environment | None = None,
        auth: Auth,
        timeout: Timeout = DEFAULT_TIMEOUT,
        retry: Retry | None = None,
        concurrency: int = DEFAULT_CONCURRENCY,
        allow_writes: WritePolicy = True,
        hooks: Hooks = (),
        transport: httpx.AsyncBaseTransport | None = None,
        http_client: AsyncHttpClient | None = None,
        strict: bool = False,
        allow_insecure: bool = False,
        max_answer_bytes: int = MOST,
        tunnel: Tunnel | None = None,
        api: Api = "public",
    ) -> None:
        auth = as_credential(auth)  # a traceback that shows local variables must not show a bare key
        check_network(transport, http_client)
        options = options_of(
            getattr(http_client, "timeout", timeout) if timeout == DEFAULT_TIMEOUT else timeout,
            retry,
            concurrency=concurrency,
            allow_writes=allow_writes,
            hooks=hooks,
            strict=strict,
            max_answer_bytes=max_answer_bytes,
            tunnel=tunnel,
        )
        try:
            url = base_url(url, domain=domain, environment=environment)
            super().__init__(
                url, auth, options, transport=transport, http_client=http_client, allow_insecure=allow_insecure, api=api
            )
        except QueryError as error:
            del url, domain  # a traceback that shows local variables must not show a key in an address
            raise without_frames(error) from None

    async def send(self, request: Request[T], /) -> T:
        """Sends a request and returns its result.

        Raises:
            WorkfrontError: of the kind that fits what happened.
        """
        request = self._prepared(request)
        if self._dry_run is not None and self._dry_run.answers(request):
            return self._dry_run.result(request)
        return await async_follow(self._call_flow(request), self._perform)

    async def with_raw_response(self, call: Callable[[Self], Awaitable[T]], /) -> RawResponse[T]:
        """Returns a call's result with status and headers: ``await wf.with_raw_response(lambda wf:
        wf.task.get("..."))``.

        Raises:
            QueryError: the call sent nothing.
        """
        checked_callable(
            call, "with_raw_response()", "Write with_raw_response(lambda wf: wf.task.get(task_id)).", awaits=True
        )
        responses: list[httpx.Response] = []
        return raw_response(responses, await call(self._copied(replace(self._options, responses=responses))))

    async def server_time(self) -> datetime:
        """Returns the service's own time in UTC, from the answer to a call of its own: for cursors over changes.

        Raises:
            ProtocolError: the answer tells no time.
        """
        from workfront_core.operations.server_time import TIME_CALL, server_time

        raw = await self.with_raw_response(lambda wf: wf.send(TIME_CALL))
        return server_time(raw.headers)

    @property
    def events(self) -> AsyncEvents:
        """The event subscriptions of the customer."""
        from workfront_core.events._async.subscriptions import AsyncEvents

        return AsyncEvents(self)

    def by_code(self, obj_code: str, /) -> AsyncService[Any]:
        """Returns the service of an objCode, in any case: ``by_code("PROJ")``.

        Raises:
            QueryError: no service has it; the message suggests near ones.
        """
        service: AsyncService[Any] = getattr(self, self._service_name(obj_code))
        return service

    async def request(
        self, method: Method, path: str, /, params: Parameters | None = None, *, json: JsonValue = None
    ) -> JsonValue:
        """Sends any call below the API root, for what has no method here; returns the unwrapped ``data``.

        Args:
            method: HTTP verb.
            path: below the versioned root: ``PROJ/search``.
            params: decoded values by name; a list repeats the name.
            json: body.

        Raises:
            QueryError: the path leaves the API's root, or a value cannot be sent; nothing was sent.
            WorkfrontError: of the kind that fits what happened.
        """
        from workfront_core.operations.any_request import free_request

        return await self.send(free_request(method, path, params, json))

    async def metadata(self) -> dict[str, ObjectSummary]:
        """Returns the objects this API version knows, by objCode; ``wf.task.metadata()`` says all about one of them.

        Raises:
            ProtocolError: the answer is no list of objects.
        """
        from workfront_core.operations.metadata import index

        return await self.send(index())

    async def upload(
        self, source: Source, /, *, name: str | None = None, progress: TransferProgress | None = None
    ) -> str:
        """Sends a file in pieces; returns the handle a document or a version of it is then created with.

        Args:
            source: path or binary file object, sent from where it stands.
            name: file name with extension; by default the one of the path or file object.
            progress: called with the bytes sent and the bytes in all.

        Raises:
            FileError: the file cannot be read.
        """
        from workfront_core.operations.document import file_upload

        return await self.send(file_upload(Upload(source, name=name, progress=progress)))

    async def download(self, url: str, to: str | PathLike[str], /, *, progress: TransferProgress | None = None) -> Path:
        """Writes the file at an address, such as a document's ``download_url``, to ``to``; returns its path.

        The file appears whole or not at all. Only the API's own host is shown the credential.

        Args:
            url: absolute, or relative to the host.
            to: the file to write.
            progress: called with the bytes written and the bytes in all, ``None`` if the server does not tell.

        Raises:
            QueryError: the address or ``to`` is none; nothing was sent.
            ProtocolError: the address has no possible host or port, or is not to be trusted; nothing was sent there.
            NotFound: there is no such file.
            FileError: the file cannot be written.
        """
        from workfront_core.operations.document import file_download

        return await self.send(file_download(url, to, progress=progress))

    async def aclose(self) -> None:
        """Closes the connections. A client given as ``http_client`` stays open.

        In an event loop, a token renewal runs in a task of its own: it comes to its end first, and gets ten seconds.
        """
        if not self._is_copy:
            await self._close_network()

    async def __aenter__(self: C) -> C:
        self._http.check_open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
