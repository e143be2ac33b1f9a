"""The client for threads: one of the two places that touch the network."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx
from pydantic import JsonValue

from workfront_core.auth import Auth
from workfront_core.auth.renewable import RenewalAbandoned
from workfront_core.auth.tokens import TokenResponse
from workfront_core.client.base import DEFAULT_TIMEOUT, C, Connection, no_cookies
from workfront_core.client.batching import Batching
from workfront_core.client.call import CallFlow, RenewStep, SendStep, SleepStep, Step, TokenStep
from workfront_core.client.token_renewal import map_token_error, renewal_flow, token_response
from workfront_core.errors.kinds import WorkfrontError
from workfront_core.operations.any_request import Parameters, free_request
from workfront_core.operations.document import file_download, file_upload
from workfront_core.request.address import Environment, base_url
from workfront_core.request.download import MAX_REDIRECTS, receive, redirection
from workfront_core.request.encoding import Method
from workfront_core.request.progress import TransferProgress
from workfront_core.request.request import Request
from workfront_core.request.upload import Source, Upload, opened
from workfront_core.request.write_guard import WritePolicy, dry_run_result
from workfront_core.services.base import Service
from workfront_core.transport.concurrency import DEFAULT_CONCURRENCY
from workfront_core.transport.deadline import Deadline, Timed, Timeout, keep_deadlines, until, within
from workfront_core.transport.failure import deadline_exceeded
from workfront_core.transport.hooks import Hooks
from workfront_core.transport.options import options_of
from workfront_core.transport.raw_response import RawResponse, raw_response
from workfront_core.transport.retry import Retry
from workfront_core.transport.verification import check_verification

if TYPE_CHECKING:
    from workfront_core.operations.metadata import ObjectSummary

T = TypeVar("T")


class SyncClient(Batching, Connection):
    """A connection to one customer's Workfront. Close it, or use it in ``with``.

    Args:
        url: scheme and host: ``https://acme.my.workfront.com``.
        domain: in place of ``url``, the customer's part of the host name: ``acme``.
        environment: what follows the domain: production unless given, ``Environment.PREVIEW``, a sandbox.
        auth: the credential, such as ``ApiKey("...")``; it travels in a header.
        timeout: seconds to wait for connecting, for each read and each write; ``None`` waits for ever.
        transport: replaces the network, for tests; one of httpx's must verify certificates.
        http_client: an HTTP client of your own (proxies, certificates); it is not closed here.
        retry: how often and how long failed calls are repeated; by default 4 times within 300 seconds.
        concurrency: requests in flight at this host, 1 to 10, counted over all clients of the process.
        allow_writes: ``True``, ``False`` for reading only, ``"sandbox"`` for writes outside production only.
        hooks: told what happens to each call.
        strict: whether a value of an unexpected type is an error rather than kept as it came.
        allow_insecure: whether plain http may go to another machine, and ``transport`` and ``http_client`` need not
            verify certificates.

    Raises:
        QueryError: the address is none, or plain http without ``allow_insecure``, or an option is out of range.
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
        transport: httpx.BaseTransport | None = None,
        http_client: httpx.Client | None = None,
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
        self._http = http_client or _own_client(transport)
        argument = "transport" if self._owns_http else "http_client"
        check_verification(self._http, argument=argument, allow_insecure=allow_insecure)

    def send(self, request: Request[T], /) -> T:
        """Sends a request and returns its result.

        Raises:
            WorkfrontError: of the kind that fits what happened.
        """
        request = self._prepared(request)
        if self._hold_back_write(request):
            return dry_run_result(request)
        return self._follow(self._call_flow(request))

    def with_raw_response(self, call: Callable[[Self], T], /) -> RawResponse[T]:
        """A call's result with status and headers: ``wf.with_raw_response(lambda wf: wf.task.get("..."))``.

        Raises:
            QueryError: the call sent nothing.
        """
        answers: list[httpx.Response] = []
        return raw_response(answers, call(self._copied(replace(self._options, answers=answers))))

    def _follow(self, steps: CallFlow[T]) -> T:
        """Carries out the steps of a call until it gives its result or its error."""
        advance: Callable[[], Step] = partial(next, steps)
        while True:
            try:
                step = advance()
            except StopIteration as end:
                result: T = end.value
                return result
            try:
                advance = partial(steps.send, self._perform(step))
            except BaseException as error:
                advance = partial(steps.throw, error)

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
                self._follow(renewal_flow(step.auth, flight, step.used, self._site, self._options.retry))
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

    def metadata(self) -> dict[str, ObjectSummary]:
        """The objects this API version knows, by objCode; ``wf.task.metadata()`` says all about one of them."""
        from workfront_core.operations.metadata import index

        return self.send(index())

    def upload(self, source: Source, /, *, name: str | None = None, progress: TransferProgress | None = None) -> str:
        """Sends a file in pieces; returns the handle a document or a version of it is then created with.

        Args:
            source: path or binary file object, sent from where it stands.
            name: file name with extension; by default the one of the path or file object.
            progress: called with the bytes sent and the bytes in all.

        Raises:
            OSError: the file cannot be read.
        """
        return self.send(file_upload(Upload(source, name=name, progress=progress)))

    def download(self, url: str, to: str | PathLike[str], /, *, progress: TransferProgress | None = None) -> Path:
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
        if self._owns_http and not self._is_copy:
            self._http.close()

    def __enter__(self: C) -> C:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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
