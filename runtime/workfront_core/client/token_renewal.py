"""Getting a token, as the steps a client carries out. No network here."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from workfront_core.auth.given_store import kind_of, place_of, result_of
from workfront_core.auth.renewable import Lead, RenewableAuth, Renewal
from workfront_core.auth.store_lock import StoreLock
from workfront_core.auth.tokens import Token, TokenRequest, TokenResponse, TokenSite, explains
from workfront_core.client.call import CallFlow, SleepStep, TokenStep
from workfront_core.errors.kinds import (
    AuthenticationError,
    QueryError,
    TransportError,
    WorkfrontError,
    discard_error,
    redact_error,
)
from workfront_core.errors.redaction import redact_bytes, redact_causes, redact_path
from workfront_core.foreign_text import http_date
from workfront_core.http_library import httpx
from workfront_core.transport.deadline import Deadline
from workfront_core.transport.failure import map_transport_error
from workfront_core.transport.retry import Retry, pause_before_retry, retry_after

LOCK_WAIT: Final = 30.0
"""Seconds to wait for another program that renews the stored token; one question to a token service takes less."""

LOCK_POLL: Final = 0.05
"""Seconds between two looks at the lock."""


def renewal_flow(lead: Lead, site: TokenSite, policy: Retry) -> CallFlow[None]:
    """Gets the next token and lands it for everybody who waits.

    Raises:
        WorkfrontError: no token came; all who wait hear of it.
    """
    auth, renewal = lead.auth, lead.renewal
    try:
        deadline = Deadline.after(policy.total_timeout, policy.clock)
        steps = _next_token(auth, lead.used, site, policy, deadline)
        yield from _alone(auth, _completed(auth, renewal, steps), deadline)
    except WorkfrontError as error:
        auth.fail(renewal, error)
        raise
    except Exception as error:  # a store, a clock or a credential of the caller's own: told once, never tried at once
        failure = AuthenticationError(
            f"The token could not be renewed: {type(error).__name__} in {place_of(error)}.",
            hint="Its cause is the error of the store, the clock or the credential that was given.",
        )
        failure.__cause__ = error  # for those who wait, too
        auth.fail(renewal, failure)
        raise failure from error
    except BaseException as error:
        auth.fail(renewal, error)
        raise


def _completed(auth: RenewableAuth, renewal: Renewal, steps: CallFlow[tuple[Token, bool]]) -> CallFlow[None]:
    token, is_fresh = yield from steps
    auth.complete(renewal, token, fresh=is_fresh)


def _alone(auth: RenewableAuth, steps: CallFlow[None], deadline: Deadline) -> CallFlow[None]:
    """Takes the steps while no other program that shares the store renews.

    Raises:
        TransportError: another program has been renewing for too long.
    """
    lock = auth.store_lock()
    if lock is None:
        yield from steps
        return
    try:
        yield from _locked(lock, deadline)
        yield from steps
    finally:
        lock.release()


def _locked(lock: StoreLock, deadline: Deadline) -> CallFlow[None]:
    """Holds the lock; looks at it now and then, since nothing waits for a file in an event loop."""
    for _ in range(round(LOCK_WAIT / LOCK_POLL)):
        if lock.try_acquire():
            return
        if deadline.is_past():
            break
        yield SleepStep(LOCK_POLL)
    busy = TransportError(
        "Another program is renewing the stored sign-in and does not come to an end.", hint=f"It holds {lock!r}."
    )
    busy.sent = False
    raise busy


def _next_token(
    auth: RenewableAuth, used: Token | None, site: TokenSite, policy: Retry, deadline: Deadline
) -> CallFlow[tuple[Token, bool]]:
    """Gets the next token; returns it, and whether it is fresh from the service rather than another program's."""
    previous = auth.previous()
    if previous is not None and auth.serves(previous, used):
        return previous, False
    auth.check_refusal(previous)
    try:
        return (yield from _asked(auth, previous, site, policy, deadline)), True
    except AuthenticationError:
        other = auth.other_than(previous)
        if other is None:
            raise
    if auth.serves(other, used):
        return other, False
    return (yield from _asked(auth, other, site, policy, deadline)), True


def _asked(
    auth: RenewableAuth, previous: Token | None, site: TokenSite, policy: Retry, deadline: Deadline
) -> CallFlow[Token]:
    request = _question(auth, site, previous)
    retries, corrected = 0, False
    while True:
        response: TokenResponse | None = None
        try:
            response = came = yield TokenStep(request, deadline)
            return _read(auth, came, request, previous)
        except WorkfrontError as error:
            redact_error(error, request.secrets())
            if response and isinstance(error, AuthenticationError) and not corrected and auth.adjust_clock(response):
                corrected, request = True, _question(auth, site, previous)
                continue
            if response and isinstance(error, AuthenticationError):
                auth.note_refusal(error, is_explained=explains(response))
            pause = pause_before_retry(
                policy, error, retries=retries, repeatable=request.repeatable, left=deadline.left()
            )
            if pause is None:
                raise
        retries += 1
        yield SleepStep(pause)


def renewal_given_up() -> AuthenticationError:
    """Returns the error for a call that saw renewals abandoned by those who carried them out."""
    return AuthenticationError(
        "The token was not renewed: whoever asked for it gave up, more than once.", hint="Repeat the call."
    )


def _read(auth: RenewableAuth, response: TokenResponse, request: TokenRequest, previous: Token | None) -> Token:
    """Returns the token of an answer; what becomes an error is read without the secrets it echoes."""
    if response.status < 400 and b'"error"' not in response.body:
        try:
            return _token_read(auth, response, request, previous)
        except WorkfrontError as error:
            discard_error(error, request.secrets())
    shown = replace(response, body=redact_bytes(response.body, request.secrets()))
    return _token_read(auth, shown, request, previous)


def _question(auth: RenewableAuth, site: TokenSite, previous: Token | None) -> TokenRequest:
    request = result_of(lambda: auth.request(site, previous), f"request() of {type(auth).__name__}")
    if not isinstance(request, TokenRequest):
        raise QueryError(f"request() of {type(auth).__name__} gave {kind_of(request)}, not a TokenRequest.")
    return request


def _token_read(auth: RenewableAuth, response: TokenResponse, request: TokenRequest, previous: Token | None) -> Token:
    whose = f"read() of {type(auth).__name__}"
    token = result_of(partial(auth.read, response, request, previous), whose)
    if isinstance(token, Token) and token.access:
        return token
    given = "a Token without access" if isinstance(token, Token) else kind_of(token)
    del token, response  # a traceback may show local variables
    raise QueryError(f"{whose} gave {given}, not a Token to sign in with.")


def token_response(response: httpx.Response, now: float) -> TokenResponse:
    """Returns what a token service answered; a read one. ``now`` is in seconds since 1970."""
    return TokenResponse(
        response.status_code,
        response.content,
        http_date(response.headers.get("Date", "")),
        retry_after(response.headers, now=now),
    )


def map_token_error(error: Exception, request: TokenRequest, deadline: Deadline, *, own_way: bool) -> WorkfrontError:
    """Returns the error for a question to a token service without a complete answer; see `map_transport_error`."""
    redact_causes(error, request.secrets())
    where = redact_path(request.url)
    return redact_error(
        map_transport_error(
            error, request.redact_secrets(), where=where, reads=True, deadline=deadline, own_way=own_way
        ),
        request.secrets(),
    )
