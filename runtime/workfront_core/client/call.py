"""One call from its first attempt to its result, as the steps a client carries out. No network here.

The sync and the async client run the same steps; only what a step does to the network differs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar

from workfront_core.auth.renewable import RenewableAuth
from workfront_core.auth.static import Auth
from workfront_core.auth.tokens import Token, TokenRequest
from workfront_core.errors.kinds import AuthenticationError, WorkfrontError
from workfront_core.http_library import httpx
from workfront_core.request.request import Request
from workfront_core.transport import hooks
from workfront_core.transport.deadline import Deadline
from workfront_core.transport.hooks import CallInfo, notify
from workfront_core.transport.options import Options
from workfront_core.transport.raw_response import headers_of
from workfront_core.transport.retry import pause_before_retry

T = TypeVar("T")
_log = logging.getLogger("workfront")


@dataclass(frozen=True, slots=True)
class SendStep:
    """Send the request once; answered by the response."""

    request: Request[Any]
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class RenewStep:
    """Get a token in place of one that no longer serves, or wait for whoever is getting it."""

    auth: RenewableAuth
    used: Token | None
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class TokenStep:
    """Send a question to a token service once; answered by a ``TokenResponse``."""

    request: TokenRequest
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class SleepStep:
    """Wait so many seconds."""

    seconds: float


Step: TypeAlias = SendStep | RenewStep | TokenStep | SleepStep
CallFlow: TypeAlias = Generator[Step, Any, T]


@dataclass(frozen=True, slots=True)
class CallContext:
    """The parts of a client that the flow of a call uses.

    Attributes:
        root: the API root.
        auth: the credential.
        options: how to repeat, and who is told.
        read: the result of an answer, or the error it reports.
    """

    root: str
    auth: Auth
    options: Options
    read: Callable[[Request[Any], httpx.Response], Any]


def call_flow(request: Request[T], client: CallContext) -> CallFlow[T]:
    """Makes a call from its first attempt to its result, as the steps of a flow.

    Raises:
        WorkfrontError: with the request and the call's id attached.
    """
    call = CallInfo(request.redact_secrets(), client.root)
    failed: BaseException | None = None
    notify(client.options.hooks, lambda hook: hook.on_call_start(call))
    try:
        return (yield from _Call(client, request, call).steps())
    except WorkfrontError as error:
        failed = error
        error.call_id = error.call_id or call.id
        error.request = error.request or call.request
        raise
    except BaseException as error:
        failed = error
        raise
    finally:
        notify(client.options.hooks, partial(_ended, call, failed))
        del failed  # with its traceback it would keep all that an interrupted call held


class _Call(Generic[T]):
    """The state of a call between its attempts."""

    def __init__(self, client: CallContext, request: Request[T], call: CallInfo) -> None:
        retry = client.options.retry
        self._client = client
        self._request = request
        self._info = call
        self._deadline = Deadline.after(retry.total_timeout, retry.clock)
        self._number = 0
        self._retries = 0
        self._renewed = False
        self._taken_over = False
        self._used: Token | None = None

    def steps(self) -> CallFlow[T]:
        while True:
            yield from self._sign_in()
            try:
                return (yield from self._attempt())
            except WorkfrontError as error:
                yield from self._recover(error)

    def _sign_in(self) -> CallFlow[None]:
        """Gets a token before the first call, and a new one ahead of the old one's end."""
        auth = self._client.auth
        if not isinstance(auth, RenewableAuth):
            return
        self._used = auth.token
        if not auth.is_due():
            return
        try:
            yield RenewStep(auth, self._used, self._deadline)
        except WorkfrontError:
            if not auth.is_usable():
                raise
        self._used = auth.token

    def _attempt(self) -> CallFlow[T]:
        self._number += 1
        begun = self._client.options.retry.clock()
        response: httpx.Response | None = None
        try:
            came: httpx.Response = yield SendStep(self._request, self._deadline)
            response = came
            result: T = self._client.read(self._request, came)
        except WorkfrontError as error:
            self._over(begun, response, error)
            raise
        self._over(begun, response, None)
        return result

    def _over(self, begun: float, response: httpx.Response | None, error: WorkfrontError | None) -> None:
        status = response.status_code if response is not None else None
        took = self._client.options.retry.clock() - begun
        headers: Mapping[str, str] = {}
        if response is not None and self._client.options.hooks:
            headers = headers_of(response)
        self._last = hooks.AttemptInfo(self._number, took, status, error, headers)
        self._log(status if status is not None else type(error).__name__)
        notify(self._client.options.hooks, lambda hook: hook.on_response(self._info, self._last))

    def _recover(self, error: WorkfrontError) -> CallFlow[None]:
        """Makes ready for another attempt, or raises the error."""
        if self._renews(error):
            yield from self._renew()
            return
        pause = self._pause_after(error)
        if pause is None:
            raise error
        self._announce(pause)
        self._retries += 1
        yield SleepStep(pause)

    def _renews(self, error: WorkfrontError) -> bool:
        """Returns whether a new token may help: once a call, or after one of another program; what was refused did
        nothing.
        """
        renewable = isinstance(self._client.auth, RenewableAuth) and self._request.repeatable
        return renewable and isinstance(error, AuthenticationError) and not self._renewed

    def _renew(self) -> CallFlow[None]:
        auth = self._client.auth
        assert isinstance(auth, RenewableAuth)  # noqa: S101
        yield RenewStep(auth, self._used, self._deadline)
        self._renewed, self._taken_over = not auth.is_taken_over or self._taken_over, auth.is_taken_over
        self._announce(0.0)

    def _pause_after(self, error: WorkfrontError) -> float | None:
        if not self._request.repeatable:
            return None
        policy = self._client.options.retry
        return pause_before_retry(
            policy, error, retries=self._retries, repeatable=self._is_safe(), left=self._deadline.left()
        )

    def _is_safe(self) -> bool:
        """Returns whether the call may be applied twice."""
        marked = self._client.options.retry.repeat_writes and self._request.method in ("PUT", "DELETE")
        return self._request.reads or marked

    def _announce(self, pause: float) -> None:
        _log.debug("%s again in %.2f s", self._info.request.method, pause, extra={"workfront_call_id": self._info.id})
        notify(self._client.options.hooks, partial(_retried, self._info, self._last, pause))

    def _log(self, outcome: object) -> None:
        shown = self._info.request
        extra = {
            "workfront_call_id": self._info.id,
            "workfront_method": shown.method,
            "workfront_path": shown.path,
            "workfront_status": self._last.status,
            "workfront_attempt": self._number,
            "workfront_seconds": self._last.seconds,
        }
        _log.debug("%s %s -> %s", shown.method, shown.path, outcome, extra=extra)


def _ended(call: CallInfo, error: BaseException | None, hook: hooks.Hook) -> None:
    hook.on_call_end(call, error)


def _retried(call: CallInfo, attempt: hooks.AttemptInfo, pause: float, hook: hooks.Hook) -> None:
    hook.on_retry(call, attempt, pause)
