"""What the steps of a call do to the network, in tasks of asyncio; `networking` is the same in threads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeAlias
from weakref import ref

from workfront_core.auth.renewable import MOST_ABANDONED, Renewal, RenewalAbandoned, retold
from workfront_core.auth.static import Auth
from workfront_core.auth.tokens import TokenResponse
from workfront_core.client.base import Connection
from workfront_core.client.call import CallFlow, RenewStep, SendStep, SleepStep, Step, TokenStep
from workfront_core.client.cookies import no_cookies
from workfront_core.client.given_network import given_network
from workfront_core.client.token_renewal import map_token_error, renewal_flow, renewal_given_up, token_response
from workfront_core.errors.frames import bare
from workfront_core.errors.kinds import QueryError, WorkfrontError
from workfront_core.http_library import has_connections, httpx, library_of
from workfront_core.process_state import LOOK_AGAIN
from workfront_core.request._async.flow import async_follow
from workfront_core.request.address import Api
from workfront_core.request.download import MAX_REDIRECTS, receive_async, redirection
from workfront_core.request.encoding import Call
from workfront_core.request.request import Request
from workfront_core.request.upload import opened, threaded
from workfront_core.transport.deadline import Deadline, Limits, within
from workfront_core.transport.environment import read_environment
from workfront_core.transport.failure import deadline_exceeded, leaves_disorder, lost_call_errors
from workfront_core.transport.options import Options
from workfront_core.transport.response_body import MOST_OF_ERRORS, bound_body, read_response_async

AsyncHttpClient: TypeAlias = httpx.AsyncClient

_METHODS: Final = ("handle_async_request", "aclose")
"""By which a transport and an HTTP client for tasks are told from those for threads."""

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
        api: Api,
    ) -> None:
        super().__init__(url, auth, options, allow_insecure=allow_insecure, api=api)
        makers = partial(_makers, transport)
        network = given_network(transport, http_client, makers, _METHODS, allow_insecure=allow_insecure)
        self._http, self._is_plain, self._of_other_kind = network
        self._renewals: set[asyncio.Task[None]] = set()

    async def _perform(self, step: Step) -> object:
        _loop()
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
        """Gets a new token in a task of its own: who waits for it may be cancelled without harm to the others."""
        for _ in range(MOST_ABANDONED):
            renewal, lead = step.auth.begin_or_join(step.used, asyncio.current_task())
            if lead is not None:
                task = asyncio.create_task(self._lead(renewal_flow(lead, self._site, self._options.retry)))
                renewal.task = ref(task)
                self._renewals.add(task)
                task.add_done_callback(self._renewals.discard)
                del lead
            try:
                async with asyncio.timeout(step.deadline.left()):
                    await _outcome(renewal, step)
            except RenewalAbandoned:
                continue
            except TimeoutError:
                raise deadline_exceeded(None, sent=False, reads=True) from None
            except WorkfrontError as error:
                raise retold(error) from error.__cause__
            return
        raise renewal_given_up()

    async def _lead(self, steps: CallFlow[None]) -> None:
        """Carries a renewal out; whoever waits hears of its failure."""
        with suppress(WorkfrontError):
            await async_follow(steps, self._perform)

    async def _ask(self, step: TokenStep) -> TokenResponse:
        """Sends one request to a token service and returns its response."""
        try:
            self._check_ready()
            return await self._token_answer(step)
        except WorkfrontError as error:
            raise bare(error, step.request.secrets()) from error.__cause__

    async def _token_answer(self, step: TokenStep) -> TokenResponse:
        timeout = within(self._options.timeout, step.deadline.left())
        with self._http.lease(_loop()) as lease:
            try:
                sent = lease.http.build_request(
                    "POST",
                    step.request.url,
                    headers=step.request.headers(),
                    content=step.request.content(),
                    timeout=timeout,
                )
                async with asyncio.timeout(step.deadline.left()):
                    response = await lease.http.send(sent, stream=True, follow_redirects=False)
                    return token_response(await read_response_async(response, MOST_OF_ERRORS), time.time())
            except TimeoutError:
                raise deadline_exceeded(step.request.redact_secrets(), sent=True, reads=True) from None
            except lost_call_errors(with_files=False) as error:
                raise map_token_error(error, step.request, step.deadline, own_way=self._is_plain) from error

    async def _exchange(self, request: Request[Any], deadline: Deadline) -> httpx.Response:
        """Sends one attempt, in a slot of the host, and follows the redirections of a download."""
        self._check_ready()
        sent = False
        slot = self._limit.acquire_async(self._options.concurrency, lends=True)
        try:
            async with asyncio.timeout(deadline.left()), slot:
                sent = True
                response = await self._attempt(request, deadline)
                for _ in range(MAX_REDIRECTS):
                    if request.saves is None or (address := redirection(response)) is None:
                        break
                    response = await self._attempt(replace(request, path=address), deadline)
                return response
        except TimeoutError:
            raise deadline_exceeded(request.redact_secrets(), sent=sent, reads=request.reads) from None

    async def _attempt(self, request: Request[Any], deadline: Deadline) -> httpx.Response:
        try:
            return await self._answered(request, request.call(self.root), deadline)
        except WorkfrontError as error:
            raise bare(error, self._secrets(request)) from error.__cause__

    async def _answered(self, request: Request[Any], call: Call, deadline: Deadline) -> httpx.Response:
        """Returns the response, read."""
        with self._http.lease(_loop()) as lease:
            try:
                response = await self._sent(lease.http, request, call, within(self._options.timeout, deadline.left()))
                if request.saves is None:
                    return await read_response_async(response, self._options.max_answer_bytes)
                bound_body(response, None, None)
                return await receive_async(response, request.saves)
            except lost_call_errors(with_files=request.has_files) as error:
                lease.is_broken = leaves_disorder(error)
                raise self._transport_error(request, error, deadline) from error
            except Exception as error:
                if not self._is_ours(request, error):
                    raise
                lease.is_broken = True
                raise self._fallen_through(request, error) from error

    async def _sent(
        self, http: httpx.AsyncClient, request: Request[Any], call: Call, timeout: Limits
    ) -> httpx.Response:
        """Returns the response, as soon as its head is there."""
        with opened(request.upload) as files:
            sent = http.build_request(
                call.method,
                call.url,
                headers=self._headers(call),
                content=call.content,
                files=files,
                timeout=timeout,
            )
            if files is not None:
                sent.stream = threaded(sent)
            return await http.send(sent, stream=True, follow_redirects=False)

    async def _close_network(self) -> None:
        """Waits for renewals of this event loop, and closes connections of this client's own."""
        here = _loop()
        renewals = [task for task in self._renewals if task.get_loop() is here]
        if renewals:
            await asyncio.wait(renewals, timeout=_CLOSING)
        for loop, http in self._http.close():
            if loop is None or loop is here:
                await http.aclose()
            elif isinstance(loop, asyncio.AbstractEventLoop) and loop.is_running():
                asyncio.run_coroutine_threadsafe(http.aclose(), loop)


async def _outcome(renewal: Renewal, step: RenewStep) -> None:
    """Waits for what another thread or task gets, and looks now and then whether it is still at work.

    Raises:
        RenewalAbandoned: whoever had begun it does not carry it on.
    """
    waiting = asyncio.wrap_future(renewal)
    try:
        while not (await asyncio.wait((waiting,), timeout=LOOK_AGAIN))[0]:
            if renewal.is_given_up:
                step.auth.abandon(renewal)
        waiting.result()
    finally:
        waiting.cancel()


def _loop() -> asyncio.AbstractEventLoop:
    """Returns the event loop that runs here.

    Raises:
        QueryError: there is none of asyncio.
    """
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise QueryError(
            "The asynchronous client runs in an event loop of asyncio, and none runs here.",
            hint="Call it within asyncio.run(...); elsewhere, and with trio, take the client without async.",
        ) from None


def _makers(
    transport: httpx.AsyncBaseTransport | None,
) -> tuple[httpx.AsyncClient, Callable[[], httpx.AsyncClient] | None]:
    """Returns a client of our own, and what makes another one: none where a transport with connections was
    handed in.
    """
    client = _own_client(transport)
    is_remade = transport is None or not has_connections(client)
    return client, partial(_own_client, transport) if is_remade else None


def _own_client(transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    with read_environment():
        made: httpx.AsyncClient = library_of(transport).httpx.AsyncClient(transport=transport, cookies=no_cookies())
    return made
