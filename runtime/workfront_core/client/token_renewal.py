"""Getting a token, as the steps a client carries out. No network here."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import httpx

from workfront_core.auth.renewable import RenewableAuth
from workfront_core.auth.tokens import Token, TokenRequest, TokenResponse, TokenSite
from workfront_core.client.call import CallFlow, SleepStep, TokenStep
from workfront_core.errors.kinds import AuthenticationError, WorkfrontError, redact_error
from workfront_core.errors.redaction import redact_bytes
from workfront_core.transport.deadline import Deadline
from workfront_core.transport.failure import map_transport_error
from workfront_core.transport.retry import Retry, http_date, pause_before_retry, retry_after


def renewal_flow(
    auth: RenewableAuth, flight: Future[Token], used: Token | None, site: TokenSite, policy: Retry
) -> CallFlow[None]:
    """Gets the next token and lands it for everybody who waits.

    Raises:
        WorkfrontError: no token came; all who wait hear of it.
    """
    deadline = Deadline.after(policy.total_timeout, policy.clock)
    try:
        stored = auth.stored(used)
        if stored is not None:
            auth.complete(flight, stored, fresh=False)
            return
        auth.check_refusal()
        auth.complete(flight, (yield from _asked(auth, site, policy, deadline)))
    except BaseException as error:
        auth.fail(flight, error)
        raise


def _asked(auth: RenewableAuth, site: TokenSite, policy: Retry, deadline: Deadline) -> CallFlow[Token]:
    previous = auth.token
    request = auth.request(site, previous)
    retries, corrected = 0, False
    while True:
        answer: TokenResponse | None = None
        try:
            answer = told = _unechoed((yield TokenStep(request, deadline)), request)
            return auth.read(told, request, previous)
        except WorkfrontError as error:
            redact_error(error, request.secrets())
            if answer and isinstance(error, AuthenticationError) and not corrected and auth.adjust_clock(answer):
                corrected, request = True, auth.request(site, previous)
                continue
            pause = pause_before_retry(
                policy, error, retries=retries, repeatable=request.repeatable, left=deadline.left()
            )
            if pause is None:
                raise
        retries += 1
        yield SleepStep(pause)


def _unechoed(answer: TokenResponse, request: TokenRequest) -> TokenResponse:
    """The answer; a refusal without secrets the service echoed, which a traceback would show."""
    if answer.status < 400:
        return answer
    return replace(answer, body=redact_bytes(answer.body, request.secrets()))


def token_response(response: httpx.Response, now: float) -> TokenResponse:
    """What a token service answered; a read one."""
    return TokenResponse(
        response.status_code,
        response.content,
        http_date(response.headers.get("Date", "")),
        retry_after(response.headers, now=now),
    )


def map_token_error(error: httpx.RequestError, request: TokenRequest, deadline: Deadline) -> WorkfrontError:
    """The error for a question to a token service without a complete answer."""
    where = request.url.partition("?")[0]
    return redact_error(
        map_transport_error(error, request.redacted(), where=where, reads=True, deadline=deadline), request.secrets()
    )
