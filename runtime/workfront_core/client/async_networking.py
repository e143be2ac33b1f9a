"""What the steps of a call do to the network, in tasks of asyncio; `networking` is the same in threads."""

from __future__ import annotations

import asyncio
import copy
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, TypeAlias

import httpx

from workfront_core.auth.renewable import RenewalAbandoned
from workfront_core.auth.static import Auth
from workfront_core.auth.tokens import TokenResponse
from workfront_core.client.base import Connection, no_cookies
from workfront_core.client.call import CallFlow, RenewStep, SendStep, SleepStep, Step, TokenStep
from workfront_core.client.token_renewal import map_token_error, renewal_flow, token_response
from workfront_core.errors.kinds import WorkfrontError
from workfront_core.request._async.flow import async_follow
from workfront_core.request.download import MAX_REDIRECTS, receive_async, redirection
from workfront_core.request.request import Request
from workfront_core.request.upload import Threaded, opened
from workfront_core.transport.deadline import Deadline, within
from workfront_core.transport.failure import deadline_exceeded
from workfront_core.transport.options import Options
from workfront_core.transport.verification import check_verification

AsyncHttpClient: TypeAlias = httpx.AsyncClient

_CLOSING: Final = 10.0
"""Seconds `aclose` gives a renewal under way; a refresh token that is used up must not get lost."""


class AsyncNetworking(Connection):
    """Sends the requests of calls and of token renewals, each within its time and in a slot of its host."""

    def __init__(
        self,
        url: str,
        auth: Auth,
        options: Options,
        *,
        transport: httpx.AsyncBaseTransport | None,
        http_client: AsyncHttpClient | None,
        allow_insecure: bool,
    ) -> None:
        super().__init__(url, auth, options, allow_insecure=allow_insecure)
        self._owns_http = http_client is None
        self._http = http_client or _own_client(transport)
        argument = "transport" if self._owns_http else "http_client"
        check_verification(self._http, argument=argument, allow_insecure=allow_insecure)
        self._leads: set[asyncio.Task[None]] = set()

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
            await async_follow(steps, self._perform)

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

    async def _close_network(self) -> None:
        """Waits for renewals of this event loop, and closes connections of this client's own."""
        here = [task for task in self._leads if task.get_loop() is asyncio.get_running_loop()]
        if here:
            await asyncio.wait(here, timeout=_CLOSING)
        if self._owns_http:
            await self._http.aclose()


def _own_client(transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=transport, cookies=no_cookies())
