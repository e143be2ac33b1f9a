"""What the steps of a call do to the network, in threads; `async_networking` is the same in tasks of asyncio."""

from __future__ import annotations

import copy
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeAlias

import httpx

from workfront_core.auth.renewable import RenewalAbandoned
from workfront_core.auth.static import Auth
from workfront_core.auth.tokens import TokenResponse
from workfront_core.client.base import Connection, no_cookies
from workfront_core.client.call import RenewStep, SendStep, SleepStep, Step, TokenStep
from workfront_core.client.token_renewal import map_token_error, renewal_flow, token_response
from workfront_core.errors.kinds import WorkfrontError
from workfront_core.request._sync.flow import follow
from workfront_core.request.download import MAX_REDIRECTS, receive, redirection
from workfront_core.request.request import Request
from workfront_core.request.upload import opened
from workfront_core.transport.deadline import Deadline, Timed, keep_deadlines, until, within
from workfront_core.transport.failure import deadline_exceeded
from workfront_core.transport.options import Options
from workfront_core.transport.verification import check_verification

HttpClient: TypeAlias = httpx.Client


class Networking(Connection):
    """Sends the requests of calls and of token renewals, each within its time and in a slot of its host."""

    def __init__(
        self,
        url: str,
        auth: Auth,
        options: Options,
        *,
        transport: httpx.BaseTransport | None,
        http_client: HttpClient | None,
        allow_insecure: bool,
    ) -> None:
        super().__init__(url, auth, options, allow_insecure=allow_insecure)
        self._owns_http = http_client is None
        self._http = http_client or _own_client(transport)
        argument = "transport" if self._owns_http else "http_client"
        check_verification(self._http, argument=argument, allow_insecure=allow_insecure)

    def _perform(self, step: Step) -> object:
        match step:
            case SendStep():
                return self._exchange(step.request, self._time_for(step.request, step.deadline))
            case TokenStep():
                return self._ask(step)
            case RenewStep():
                self._renew(step)
            case SleepStep():
                self._options.retry.sleep(step.seconds)
        return None

    def _renew(self, step: RenewStep) -> None:
        """A new token: got here, or waited for while another thread or task gets it."""
        while True:
            flight, is_leader = step.auth.begin_or_join(step.used)
            if is_leader:
                follow(renewal_flow(step.auth, flight, step.used, self._site, self._options.retry), self._perform)
                return
            try:
                flight.result(step.deadline.left())
            except RenewalAbandoned:
                continue
            except TimeoutError:
                raise deadline_exceeded(None, sent=False, reads=True) from None
            except WorkfrontError as error:
                raise copy.copy(error) from None
            return

    def _ask(self, step: TokenStep) -> TokenResponse:
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
            with until(step.deadline):
                return token_response(self._http.send(sent, follow_redirects=False), time.time())
        except httpx.RequestError as error:
            raise map_token_error(error, step.request, step.deadline) from error

    def _exchange(self, request: Request[Any], deadline: Deadline) -> httpx.Response:
        """One attempt, in a slot of the host, with the redirections of a download."""
        with self._slot(request, deadline), until(deadline):
            response = self._attempt(request, deadline)
            for _ in range(MAX_REDIRECTS):
                if request.saves is None or (address := redirection(response)) is None:
                    break
                response = self._attempt(replace(request, path=address), deadline)
            return response

    @contextmanager
    def _slot(self, request: Request[Any], deadline: Deadline) -> Generator[None, None, None]:
        slot = self._limit.acquire(self._options.concurrency, deadline.left())
        try:
            slot.__enter__()
        except TimeoutError:
            raise deadline_exceeded(request.redacted(), sent=False, reads=request.reads) from None
        try:
            yield
        finally:
            slot.__exit__(None, None, None)

    def _attempt(self, request: Request[Any], deadline: Deadline) -> httpx.Response:
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
                response = self._http.send(sent, stream=True, follow_redirects=False)
            return _read_in_time(response, deadline) if request.saves is None else receive(response, request.saves)
        except httpx.RequestError as error:
            raise self._lost(request, error, deadline) from error

    def _close_network(self) -> None:
        """Closes connections of this client's own."""
        if self._owns_http:
            self._http.close()


def _own_client(transport: httpx.BaseTransport | None) -> httpx.Client:
    client = httpx.Client(transport=transport, cookies=no_cookies())
    keep_deadlines(client)
    return client


def _read_in_time(response: httpx.Response, deadline: Deadline) -> httpx.Response:
    """The answer with its whole body, if it comes before the deadline."""
    try:
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = Timed(response.stream, deadline)
        response.read()
        return response
    finally:
        response.close()
