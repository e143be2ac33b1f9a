"""What the steps of a call do to the network, in threads; `async_networking` is the same in tasks of asyncio."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeAlias

from workfront_core.auth.renewable import MOST_ABANDONED, Renewal, RenewalAbandoned, retold
from workfront_core.auth.static import Auth
from workfront_core.auth.tokens import TokenResponse
from workfront_core.client.base import Connection
from workfront_core.client.call import RenewStep, SendStep, SleepStep, Step, TokenStep
from workfront_core.client.cookies import no_cookies
from workfront_core.client.given_network import given_network
from workfront_core.client.token_renewal import map_token_error, renewal_flow, renewal_given_up, token_response
from workfront_core.errors.frames import bare
from workfront_core.errors.kinds import WorkfrontError
from workfront_core.http_library import has_connections, httpx, library_of
from workfront_core.process_state import LOOK_AGAIN
from workfront_core.request._sync.flow import follow
from workfront_core.request.address import Api
from workfront_core.request.download import MAX_REDIRECTS, receive, redirection
from workfront_core.request.encoding import Call
from workfront_core.request.request import Request
from workfront_core.request.upload import opened
from workfront_core.transport.concurrency import NoFreeSlot
from workfront_core.transport.deadline import Deadline, Limits, keep_deadlines, until, within
from workfront_core.transport.environment import read_environment
from workfront_core.transport.failure import deadline_exceeded, leaves_disorder, lost_call_errors
from workfront_core.transport.options import Options
from workfront_core.transport.response_body import MOST_OF_ERRORS, bound_body, read_response

HttpClient: TypeAlias = httpx.Client

_METHODS: Final = ("handle_request", "close")
"""By which a transport and an HTTP client for threads are told from those for tasks."""


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
        api: Api,
    ) -> None:
        super().__init__(url, auth, options, allow_insecure=allow_insecure, api=api)
        makers = partial(_makers, transport)
        network = given_network(transport, http_client, makers, _METHODS, allow_insecure=allow_insecure)
        self._http, self._is_plain, self._of_other_kind = network

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
        """Gets a new token: here, or waited for while another thread or task gets it."""
        for _ in range(MOST_ABANDONED):
            renewal, lead = step.auth.begin_or_join(step.used)
            if lead is not None:
                follow(renewal_flow(lead, self._site, self._options.retry), self._perform)
                return
            try:
                _wait_for(renewal, step)
            except RenewalAbandoned:
                continue
            except TimeoutError:
                raise deadline_exceeded(None, sent=False, reads=True) from None
            except WorkfrontError as error:
                raise retold(error) from error.__cause__
            return
        raise renewal_given_up()

    def _ask(self, step: TokenStep) -> TokenResponse:
        """Sends one request to a token service and returns its response."""
        try:
            self._check_ready()
            return self._token_answer(step)
        except WorkfrontError as error:
            raise bare(error, step.request.secrets()) from error.__cause__

    def _token_answer(self, step: TokenStep) -> TokenResponse:
        timeout = within(self._options.timeout, step.deadline.left())
        with self._http.lease(_THREADS) as lease:
            try:
                sent = lease.http.build_request(
                    "POST",
                    step.request.url,
                    headers=step.request.headers(),
                    content=step.request.content(),
                    timeout=timeout,
                )
                with until(step.deadline):
                    response = lease.http.send(sent, stream=True, follow_redirects=False)
                    return token_response(read_response(response, MOST_OF_ERRORS, step.deadline), time.time())
            except lost_call_errors(with_files=False) as error:
                raise map_token_error(error, step.request, step.deadline, own_way=self._is_plain) from error

    def _exchange(self, request: Request[Any], deadline: Deadline) -> httpx.Response:
        """Sends one attempt, in a slot of the host, and follows the redirections of a download."""
        self._check_ready()
        try:
            with self._limit.acquire(self._options.concurrency, deadline.left(), lends=True), until(deadline):
                response = self._attempt(request, deadline)
                for _ in range(MAX_REDIRECTS):
                    if request.saves is None or (address := redirection(response)) is None:
                        break
                    response = self._attempt(replace(request, path=address), deadline)
                return response
        except NoFreeSlot:
            raise deadline_exceeded(request.redact_secrets(), sent=False, reads=request.reads) from None

    def _attempt(self, request: Request[Any], deadline: Deadline) -> httpx.Response:
        try:
            return self._answered(request, request.call(self.root), deadline)
        except WorkfrontError as error:
            raise bare(error, self._secrets(request)) from error.__cause__

    def _answered(self, request: Request[Any], call: Call, deadline: Deadline) -> httpx.Response:
        """Returns the response, read."""
        with self._http.lease(_THREADS) as lease:
            try:
                response = self._sent(lease.http, request, call, within(self._options.timeout, deadline.left()))
                if request.saves is None:
                    return read_response(response, self._options.max_answer_bytes, deadline)
                bound_body(response, None, deadline)
                return receive(response, request.saves)
            except lost_call_errors(with_files=request.has_files) as error:
                lease.is_broken = leaves_disorder(error)
                raise self._transport_error(request, error, deadline) from error
            except Exception as error:
                if not self._is_ours(request, error):
                    raise
                lease.is_broken = True
                raise self._fallen_through(request, error) from error

    def _sent(self, http: httpx.Client, request: Request[Any], call: Call, timeout: Limits) -> httpx.Response:
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
            return http.send(sent, stream=True, follow_redirects=False)

    def _close_network(self) -> None:
        """Closes connections of this client's own."""
        for _, http in self._http.close():
            http.close()


def _wait_for(renewal: Renewal, step: RenewStep) -> None:
    """Waits for what another thread or task gets, and looks now and then whether it is still at work.

    Raises:
        TimeoutError: the time of the call is used up.
        RenewalAbandoned: whoever had begun it does not carry it on.
    """
    while True:
        left = step.deadline.left()
        try:
            renewal.result(LOOK_AGAIN if left is None else min(left, LOOK_AGAIN))
        except TimeoutError:
            if step.deadline.is_past():
                raise
            if renewal.is_given_up:
                step.auth.abandon(renewal)
        else:
            return


class _Threads:
    """What stands for all threads, where tasks have an event loop each."""


_THREADS: Final = _Threads()


def _makers(transport: httpx.BaseTransport | None) -> tuple[httpx.Client, Callable[[], httpx.Client] | None]:
    """Returns a client of our own, and what makes another one: none where a transport with connections was
    handed in.
    """
    client = _own_client(transport)
    is_remade = transport is None or not has_connections(client)
    return client, partial(_own_client, transport) if is_remade else None


def _own_client(transport: httpx.BaseTransport | None) -> httpx.Client:
    with read_environment():
        made: httpx.Client = library_of(transport).httpx.Client(transport=transport, cookies=no_cookies())
    keep_deadlines(made)
    return made
