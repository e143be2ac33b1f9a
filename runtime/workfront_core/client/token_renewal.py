"""Getting a token, as the steps a client carries out. No network here."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import httpx

from workfront_core.auth.renewable import RenewableAuth
from workfront_core.auth.tokens import Site, Token, TokenAnswer, TokenRequest
from workfront_core.client.call import Ask, Pause, Steps
from workfront_core.errors.kinds import AuthenticationError, WorkfrontError, scrubbed
from workfront_core.errors.redaction import masked_bytes
from workfront_core.transport.deadline import Deadline
from workfront_core.transport.failure import lost
from workfront_core.transport.retry import Retry, http_date, pause_before_retry, retry_after


def renewal(auth: RenewableAuth, flight: Future[Token], used: Token | None, site: Site, policy: Retry) -> Steps[None]:
    """Gets the next token and lands it for everybody who waits.

    Raises:
        WorkfrontError: no token came; all who wait hear of it.
    """
    deadline = Deadline.after(policy.budget, policy.clock)
    try:
        stored = auth.stored(used)
        if stored is not None:
            auth.land(flight, stored, fresh=False)
            return
        auth.check_refusal()
        auth.land(flight, (yield from _asked(auth, site, policy, deadline)))
    except BaseException as error:
        auth.fail(flight, error)
        raise


def _asked(auth: RenewableAuth, site: Site, policy: Retry, deadline: Deadline) -> Steps[Token]:
    previous = auth.token
    request = auth.request(site, previous)
    retries, corrected = 0, False
    while True:
        answer: TokenAnswer | None = None
        try:
            answer = told = _unechoed((yield Ask(request, deadline)), request)
            return auth.read(told, request, previous)
        except WorkfrontError as error:
            scrubbed(error, request.secrets())
            if answer and isinstance(error, AuthenticationError) and not corrected and auth.corrects(answer):
                corrected, request = True, auth.request(site, previous)
                continue
            pause = pause_before_retry(
                policy, error, retries=retries, repeatable=request.repeatable, left=deadline.left()
            )
            if pause is None:
                raise
        retries += 1
        yield Pause(pause)


def _unechoed(answer: TokenAnswer, request: TokenRequest) -> TokenAnswer:
    """The answer; a refusal without secrets the service echoed, which a traceback would show."""
    if answer.status < 400:
        return answer
    return replace(answer, body=masked_bytes(answer.body, request.secrets()))


def token_answer(response: httpx.Response, now: float) -> TokenAnswer:
    """What a token service answered; a read one."""
    return TokenAnswer(
        response.status_code,
        response.content,
        http_date(response.headers.get("Date", "")),
        retry_after(response.headers, now=now),
    )


def lost_token(error: httpx.RequestError, request: TokenRequest, deadline: Deadline) -> WorkfrontError:
    """The error for a question to a token service without a complete answer."""
    where = request.url.partition("?")[0]
    return scrubbed(lost(error, request.redacted(), where=where, reads=True, deadline=deadline), request.secrets())
