"""The sync and the async client: the only two places that touch the network."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from http.cookiejar import CookieJar, DefaultCookiePolicy
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Final, Self, TypeAlias, TypeVar, cast

import httpx
from pydantic import JsonValue, ValidationError

from workfront_core import result
from workfront_core.address import api_root
from workfront_core.auth import Auth
from workfront_core.document import file_download, file_upload
from workfront_core.download import MAX_REDIRECTS, receive, receive_async, redirection
from workfront_core.encoding import Call, call_of
from workfront_core.errors import ProtocolError, QueryError, TransportError, WorkfrontError
from workfront_core.literal import literal
from workfront_core.progress import Progress
from workfront_core.redaction import scrub
from workfront_core.request import Method, Request
from workfront_core.response import unwrap
from workfront_core.service import AsyncService, Service
from workfront_core.upload import Source, Threaded, Upload, opened

T = TypeVar("T")
Timeout: TypeAlias = float | httpx.Timeout | None

DEFAULT_TIMEOUT: Final = 60.0
_log = logging.getLogger("workfront")


class _Connection:
    """What both clients share: address, credential, and the steps before and after the network."""

    api_version: ClassVar[str]
    services: ClassVar[Mapping[str, str]] = {}
    """Attribute of each service by objCode."""

    def __init__(self, url: str, auth: Auth, *, strict: bool, allow_insecure: bool) -> None:
        self.root: str = api_root(url, self.api_version, allow_insecure=allow_insecure)
        self.strict = strict
        self._auth = auth

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.root}>"

    def _headers(self, call: Call) -> dict[str, str]:
        body = {"Content-Type": call.content_type} if call.content_type else {}
        plain = {"Accept-Encoding": "identity"} if call.accept == "*/*" else {}  # so that a file's length is its own
        credential = self._auth.headers() if call.trusted else {}
        return {"Accept": call.accept, "User-Agent": "workfront-client", **body, **plain, **credential}

    def _read(self, request: Request[T], response: httpx.Response) -> T:
        """The result of an answer, or its error with the request attached and secrets the server echoed removed."""
        redacted = request.redacted()
        _log.debug("%s %s -> %s", redacted.method, redacted.path, response.status_code)
        try:
            data = unwrap(response.status_code, response.content, redacted)
            return request.parse(data, strict=self.strict)
        except ValidationError as misfit:
            raise ProtocolError(
                f"The answer does not fit the schema: {misfit}", status=response.status_code, request=redacted
            ) from misfit
        except WorkfrontError as error:
            error.request = error.request or redacted
            error.status = error.status or response.status_code
            raise self._scrubbed(error) from None

    def _lost(self, request: Request[Any], error: httpx.RequestError) -> WorkfrontError:
        """The error for a call without a complete answer."""
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        if isinstance(error, httpx.DecodingError):
            return self._scrubbed(ProtocolError(f"The answer is damaged: {said}", request=request.redacted()))
        hint = None if request.reads else "Check whether the change was made before you repeat it."
        message = f"No complete answer from {self.root}: {said}"
        return self._scrubbed(TransportError(message, hint=hint, request=request.redacted()))

    def _scrubbed(self, error: WorkfrontError) -> WorkfrontError:
        error.message = scrub(error.message, self._auth.headers().values())
        error.args = (error.message,)
        return error

    def _service_name(self, obj_code: str) -> str:
        name = self.services.get(obj_code.upper())
        if name is None:
            near = get_close_matches(obj_code.upper(), self.services)
            hint = f"Did you mean {' or '.join(near)}?" if near else "Objects without a service have no operations."
            raise QueryError(f"No service for objCode {obj_code!r} in {self.api_version}.", hint=hint)
        return name


class SyncClient(_Connection):
    """A connection to one customer's Workfront. Close it, or use it in ``with``.

    Args:
        url: scheme and host: ``https://acme.my.workfront.com``.
        auth: the credential, such as ``ApiKey("...")``; it travels in a header.
        timeout: seconds to wait for connecting, for each read and each write; ``None`` waits for ever.
        transport: replaces the network, for tests.
        http_client: an HTTP client of your own (proxies, certificates); it is not closed here.
        strict: whether a value of an unexpected type is an error rather than kept as it came.
        allow_insecure: whether plain http may go to another machine.

    Raises:
        QueryError: the address is none, or plain http without ``allow_insecure``.
    """

    def __init__(
        self,
        url: str,
        *,
        auth: Auth,
        timeout: Timeout = DEFAULT_TIMEOUT,
        transport: httpx.BaseTransport | None = None,
        http_client: httpx.Client | None = None,
        strict: bool = False,
        allow_insecure: bool = False,
    ) -> None:
        super().__init__(url, auth, strict=strict, allow_insecure=allow_insecure)
        self._owns_http = http_client is None
        self._http = http_client or httpx.Client(timeout=timeout, transport=transport, cookies=_no_cookies())

    def send(self, request: Request[T], /) -> T:
        """Sends a request and returns its result.

        Raises:
            WorkfrontError: of the kind that fits what happened.
        """
        return self._read(request, self._exchange(request))

    def _exchange(self, request: Request[Any]) -> httpx.Response:
        """One attempt; whatever decides on further ones stands around this call."""
        response = self._attempt(request)
        for _ in range(MAX_REDIRECTS):
            if request.saves is None or (address := redirection(response)) is None:
                break
            response = self._attempt(replace(request, path=address))
        return response

    def _attempt(self, request: Request[Any]) -> httpx.Response:
        call = call_of(request, self.root)
        headers = self._headers(call)
        try:
            with opened(request.upload) as files:
                sent = self._http.build_request(
                    call.method, call.url, headers=headers, content=call.content, files=files
                )
                response = self._http.send(sent, stream=request.saves is not None, follow_redirects=False)
            return response if request.saves is None else receive(response, request.saves)
        except httpx.RequestError as error:
            raise self._lost(request, error) from error

    def by_code(self, obj_code: str, /) -> Service[Any]:
        """The service of an objCode, in any case: ``by_code("PROJ")``.

        Raises:
            QueryError: no service has it; the message suggests near ones.
        """
        service: Service[Any] = getattr(self, self._service_name(obj_code))
        return service

    def request(
        self, method: Method, path: str, /, params: Parameters | None = None, *, json: JsonValue = None
    ) -> JsonValue:
        """Any call below the API root, for what has no method here; returns the unwrapped ``data``.

        Args:
            method: HTTP verb.
            path: below the versioned root: ``PROJ/search``.
            params: decoded values by name; a list repeats the name.
            json: body.
        """
        return self.send(free_request(method, path, params, json))

    def upload(self, source: Source, /, *, name: str | None = None, progress: Progress | None = None) -> str:
        """Sends a file in pieces; returns the handle a document or a version of it is then created with.

        Args:
            source: path or binary file object, sent from where it stands.
            name: file name with extension; by default the one of the path or file object.
            progress: called with the bytes sent and the bytes in all.

        Raises:
            OSError: the file cannot be read.
        """
        return self.send(file_upload(Upload(source, name=name, progress=progress)))

    def download(self, url: str, to: str | PathLike[str], /, *, progress: Progress | None = None) -> Path:
        """Writes the file at an address, such as a document's ``download_url``, to ``to``; returns its path.

        The file appears whole or not at all. Only the API's own host is shown the credential.

        Args:
            url: absolute, or relative to the host.
            to: the file to write.
            progress: called with the bytes written and the bytes in all, ``None`` if the server does not tell.
        """
        return self.send(file_download(url, to, progress=progress))

    def close(self) -> None:
        """Closes the connections. A client given as ``http_client`` stays open."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient(_Connection):
    """A connection to one customer's Workfront, for asyncio. Arguments as for ``SyncClient``."""

    def __init__(
        self,
        url: str,
        *,
        auth: Auth,
        timeout: Timeout = DEFAULT_TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
        http_client: httpx.AsyncClient | None = None,
        strict: bool = False,
        allow_insecure: bool = False,
    ) -> None:
        super().__init__(url, auth, strict=strict, allow_insecure=allow_insecure)
        self._owns_http = http_client is None
        self._http = http_client or httpx.AsyncClient(timeout=timeout, transport=transport, cookies=_no_cookies())

    async def send(self, request: Request[T], /) -> T:
        """Sends a request and returns its result.

        Raises:
            WorkfrontError: of the kind that fits what happened.
        """
        return self._read(request, await self._exchange(request))

    async def _exchange(self, request: Request[Any]) -> httpx.Response:
        """One attempt; whatever decides on further ones stands around this call."""
        response = await self._attempt(request)
        for _ in range(MAX_REDIRECTS):
            if request.saves is None or (address := redirection(response)) is None:
                break
            response = await self._attempt(replace(request, path=address))
        return response

    async def _attempt(self, request: Request[Any]) -> httpx.Response:
        call = call_of(request, self.root)
        headers = self._headers(call)
        try:
            with opened(request.upload) as files:
                sent = self._http.build_request(
                    call.method, call.url, headers=headers, content=call.content, files=files
                )
                if files is not None:
                    sent.stream = Threaded(sent.stream)
                response = await self._http.send(sent, stream=request.saves is not None, follow_redirects=False)
            return response if request.saves is None else await receive_async(response, request.saves)
        except httpx.RequestError as error:
            raise self._lost(request, error) from error

    def by_code(self, obj_code: str, /) -> AsyncService[Any]:
        """The service of an objCode, in any case: ``by_code("PROJ")``.

        Raises:
            QueryError: no service has it; the message suggests near ones.
        """
        service: AsyncService[Any] = getattr(self, self._service_name(obj_code))
        return service

    async def request(
        self, method: Method, path: str, /, params: Parameters | None = None, *, json: JsonValue = None
    ) -> JsonValue:
        """Any call below the API root; as for ``SyncClient``."""
        return await self.send(free_request(method, path, params, json))

    async def upload(self, source: Source, /, *, name: str | None = None, progress: Progress | None = None) -> str:
        """Sends a file in pieces; returns its handle. As for ``SyncClient``; the file is read in threads."""
        return await self.send(file_upload(Upload(source, name=name, progress=progress)))

    async def download(self, url: str, to: str | PathLike[str], /, *, progress: Progress | None = None) -> Path:
        """Writes the file at an address to ``to``; returns its path. As for ``SyncClient``."""
        return await self.send(file_download(url, to, progress=progress))

    async def aclose(self) -> None:
        """Closes the connections. A client given as ``http_client`` stays open."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


Parameters: TypeAlias = Mapping[str, object]
"""Values by name; a list or tuple stands for a name repeated."""


def free_request(
    method: Method, path: str, params: Parameters | None = None, json: JsonValue = None
) -> Request[JsonValue]:
    """A request to any path below the API root.

    Raises:
        QueryError: the path leaves the root, or holds a query.
    """
    segments = path.removeprefix("/").split("/")
    if any(segment in ("", ".", "..") for segment in segments) or set("?#\\") & set(path):
        raise QueryError(f"{path!r} is no path below the API root.", hint="Write PROJ/search, and use params=.")
    return Request(method, "/".join(segments), result.json_value, _pairs(params or {}), json, reads=method == "GET")


def _pairs(params: Parameters) -> tuple[tuple[str, str], ...]:
    def entries(value: object) -> Sequence[object]:
        return cast("Sequence[object]", value) if isinstance(value, list | tuple) else (value,)

    return tuple((name, literal(entry, name)) for name, value in params.items() for entry in entries(value))


def _no_cookies() -> CookieJar:
    """A jar that stays empty: a session cookie would be a second credential beside the header."""
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=()))
