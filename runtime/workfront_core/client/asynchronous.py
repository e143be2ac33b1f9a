"""The client for asyncio: one of the two places that touch the network."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import httpx
from pydantic import JsonValue

from workfront_core.auth import Auth
from workfront_core.auth.renewable import RenewalAbandoned
from workfront_core.auth.tokens import TokenResponse
from workfront_core.client.base import DEFAULT_TIMEOUT, C, Connection, no_cookies
from workfront_core.client.batching import AsyncBatching
from workfront_core.client.call import CallFlow, RenewStep, SendStep, SleepStep, Step, TokenStep
from workfront_core.client.token_renewal import map_token_error, renewal_flow, token_response
from workfront_core.errors.kinds import WorkfrontError
from workfront_core.operations.any_request import Parameters, free_request
from workfront_core.operations.document import file_download, file_upload
from workfront_core.request.address import Environment, base_url
from workfront_core.request.download import MAX_REDIRECTS, receive_async, redirection
from workfront_core.request.encoding import Method
from workfront_core.request.progress import TransferProgress
from workfront_core.request.request import Request
from workfront_core.request.upload import Source, Threaded, Upload, opened
from workfront_core.request.write_guard import WritePolicy, dry_run_result
from workfront_core.services.base import AsyncService
from workfront_core.transport.concurrency import DEFAULT_CONCURRENCY
from workfront_core.transport.deadline import Deadline, Timeout, within
from workfront_core.transport.failure import deadline_exceeded
from workfront_core.transport.hooks import Hooks
from workfront_core.transport.options import options_of
from workfront_core.transport.raw_response import RawResponse, raw_response
from workfront_core.transport.retry import Retry
from workfront_core.transport.verification import check_verification

if TYPE_CHECKING:
    from workfront_core.operations.metadata import ObjectSummary

T = TypeVar("T")

_CLOSING: Final = 10.0
"""Seconds `aclose` gives a renewal under way; a refresh token that is used up must not get lost."""


class AsyncClient(AsyncBatching, Connection):
    """A connection to one customer's Workfront, for asyncio. Arguments as for ``SyncClient``."""

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
        http_client: httpx.AsyncClient | None = None,
        strict: bool = False,
        allow_insecure: bool = False,
    ) -> None:
        url = base_url(url, domain=domain, environment=environment)
        options = options_of(
            http_client.timeout if http_client is not None else timeout,
            retry,
            concurrency=concurrency,
            allow_writes=allow_writes,
            hooks=hooks,
            strict=strict,
        )
        super().__init__(url, auth, options, allow_insecure=allow_insecure)
        self._owns_http = http_client is None
        self._http = http_client or _own_async_client(transport)
        argument = "transport" if self._owns_http else "http_client"
        check_verification(self._http, argument=argument, allow_insecure=allow_insecure)
        self._leads: set[asyncio.Task[None]] = set()

    async def send(self, request: Request[T], /) -> T:
        """Sends a request and returns its result.

        Raises:
            WorkfrontError: of the kind that fits what happened.
        """
        request = self._prepared(request)
        if self._hold_back_write(request):
            return dry_run_result(request)
        return await self._follow(self._call_flow(request))

    async def with_raw_response(self, call: Callable[[Self], Awaitable[T]], /) -> RawResponse[T]:
        """A call's result with status and headers; as for ``SyncClient``."""
        answers: list[httpx.Response] = []
        return raw_response(answers, await call(self._copied(replace(self._options, answers=answers))))

    async def _follow(self, steps: CallFlow[T]) -> T:
        """Carries out the steps of a call until it gives its result or its error, or is cancelled."""
        advance: Callable[[], Step] = partial(next, steps)
        while True:
            try:
                step = advance()
            except StopIteration as end:
                result: T = end.value
                return result
            try:
                advance = partial(steps.send, await self._perform(step))
            except BaseException as error:
                advance = partial(steps.throw, error)

    async def _perform(self, step: Step) -> object:
        match step:
            case SendStep():
                return await self._exchange(step.request, self._time_for(step.request, step.deadline))
            case TokenStep():
                return await self._ask(step)
            case RenewStep():
                await self._renew(step)
            case SleepStep():
                await self._options.retry.async_sleep(step.seconds)
        return None

    async def _renew(self, step: RenewStep) -> None:
        """A new token, got by a task of its own: who waits for it may be cancelled without harm to the others."""
        while True:
            flight, is_leader = step.auth.begin_or_join(step.used)
            if is_leader:
                task = asyncio.create_task(
                    self._lead(renewal_flow(step.auth, flight, step.used, self._site, self._options.retry))
                )
                self._leads.add(task)
                task.add_done_callback(self._leads.discard)
            try:
                async with asyncio.timeout(step.deadline.left()):
                    await asyncio.wrap_future(flight)
            except RenewalAbandoned:
                continue
            except TimeoutError:
                raise deadline_exceeded(None, sent=False, reads=True) from None
            except WorkfrontError as error:
                raise copy.copy(error) from None
            return

    async def _lead(self, steps: CallFlow[None]) -> None:
        """Carries a renewal out; whoever waits hears of its failure."""
        with suppress(WorkfrontError):
            await self._follow(steps)

    async def _ask(self, step: TokenStep) -> TokenResponse:
        """One question to a token service."""
        timeout = within(self._options.timeout, step.deadline.left())
        try:
            sent = self._http.build_request(
                "POST",
                step.request.url,
                headers=step.request.headers(),
                content=step.request.content(),
                timeout=timeout,
            )
            async with asyncio.timeout(step.deadline.left()):
                return token_response(await self._http.send(sent, follow_redirects=False), time.time())
        except TimeoutError:
            raise deadline_exceeded(step.request.redacted(), sent=True, reads=True) from None
        except httpx.RequestError as error:
            raise map_token_error(error, step.request, step.deadline) from error

    async def _exchange(self, request: Request[Any], deadline: Deadline) -> httpx.Response:
        """One attempt, in a slot of the host, with the redirections of a download."""
        sent = False
        try:
            async with asyncio.timeout(deadline.left()), self._limit.acquire_async(self._options.concurrency):
                sent = True
                response = await self._attempt(request, deadline)
                for _ in range(MAX_REDIRECTS):
                    if request.saves is None or (address := redirection(response)) is None:
                        break
                    response = await self._attempt(replace(request, path=address), deadline)
                return response
        except TimeoutError:
            raise deadline_exceeded(request.redacted(), sent=sent, reads=request.reads) from None

    async def _attempt(self, request: Request[Any], deadline: Deadline) -> httpx.Response:
        call = request.call(self.root)
        timeout = within(self._options.timeout, deadline.left())
        try:
            with opened(request.upload) as files:
                sent = self._http.build_request(
                    call.method,
                    call.url,
                    headers=self._headers(call),
                    content=call.content,
                    files=files,
                    timeout=timeout,
                )
                if files is not None:
                    sent.stream = Threaded(sent.stream)
                response = await self._http.send(sent, stream=request.saves is not None, follow_redirects=False)
            return response if request.saves is None else await receive_async(response, request.saves)
        except httpx.RequestError as error:
            raise self._lost(request, error, deadline) from error

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

    async def metadata(self) -> dict[str, ObjectSummary]:
        """The objects this API version knows, by objCode; ``wf.task.metadata()`` says all about one of them."""
        from workfront_core.operations.metadata import index

        return await self.send(index())

    async def upload(
        self, source: Source, /, *, name: str | None = None, progress: TransferProgress | None = None
    ) -> str:
        """Sends a file in pieces; returns its handle. As for ``SyncClient``; the file is read in threads."""
        return await self.send(file_upload(Upload(source, name=name, progress=progress)))

    async def download(self, url: str, to: str | PathLike[str], /, *, progress: TransferProgress | None = None) -> Path:
        """Writes the file at an address to ``to``; returns its path. As for ``SyncClient``."""
        return await self.send(file_download(url, to, progress=progress))

    async def aclose(self) -> None:
        """Closes the connections, once renewals under way are over. An ``http_client`` stays open."""
        if self._is_copy:
            return
        here = [task for task in self._leads if task.get_loop() is asyncio.get_running_loop()]
        if here:
            await asyncio.wait(here, timeout=_CLOSING)
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self: C) -> C:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _own_async_client(transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=transport, cookies=no_cookies())
