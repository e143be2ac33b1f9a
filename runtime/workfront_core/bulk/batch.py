"""Several calls in one: the batch endpoint, docs/protocol.md 12."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias, TypeVar, cast
from urllib.parse import quote

from workfront_core.arguments import is_several
from workfront_core.errors.kinds import ProtocolError, QueryError, WorkfrontError
from workfront_core.operations import decoders as result
from workfront_core.request.addressee import attributed
from workfront_core.request.flow import RequestFlow
from workfront_core.request.request import Decoder, Request
from workfront_core.request.response import unwrap
from workfront_core.request.whole_texts import dumped, refuse_halves

T = TypeVar("T")

BatchResult: TypeAlias = T | WorkfrontError
"""The result of one call, or its error."""

MAX_CALLS: Final = 100
"""Calls we put into one request; how many the server takes is not known."""

_BARE: Final = "!'()*~"  # what encodeURIComponent leaves alone, which is what the server has always been sent
_ALONE: Final = frozenset({"batch", "upload", "login", "logout", "session"})


def uri_of(request: Request[Any]) -> str:
    """Returns a request as the batch endpoint takes it: path, true verb, parameters, and the body as ``updates``.

    Raises:
        QueryError: the request carries a file, or is a batch itself.
    """
    first = request.path.partition("/")[0]
    if first in _ALONE or getattr(request, "upload", None) or getattr(request, "saves", None):
        raise QueryError(f"{request.method} {request.path} cannot be part of a batch.", hint="Send it by itself.")
    pairs = [("method", request.method), *request.params]
    if request.json is not None:
        pairs.append(("updates", dumped(request.json)))
    for name, value in pairs:
        refuse_halves(f"{name}={value}")
    query = "&".join(f"{quote(name, safe=':$*')}={quote(value, safe=_BARE)}" for name, value in pairs)
    return f"{'/' if first == 'metadata' else ''}{request.path}?{query}"


def checked_requests(requests: Iterable[Request[T]]) -> list[Request[T]]:
    """Returns the requests, each of which can be part of a batch.

    Raises:
        QueryError: something is not a request, or not a list of them, or cannot be part of a batch.
    """
    if isinstance(requests, Request) or not is_several(requests):
        raise QueryError(f"A batch takes a list of requests, not {requests!r:.80}.", hint="Write [request].")
    given = list(requests)
    for request in given:
        if not isinstance(request, Request):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(
                f"A batch takes requests, not {request!r:.80}.", hint="Write request_of(wf.task.get, task_id)."
            )
        uri_of(request)
    return given


def batch_request(requests: Sequence[Request[T]], /, *, concurrent: bool = False) -> Request[list[BatchResult[T]]]:
    """Returns one call for at most 100 requests. Its result holds for each what it gives, or its error.

    Raises:
        QueryError: too many requests, or one that cannot be part of a batch.
    """
    calls = _checked(requests)
    return Request("POST", "batch", _outcomes(calls), _form(calls, False, concurrent), reads=_read(calls), form=True)


def atomic_request(requests: Sequence[Request[Any]], /, *, concurrent: bool = False) -> Request[None]:
    """Returns one call that does all of at most 100 requests or none. It gives no results."""
    calls = _checked(requests)
    return Request("POST", "batch", result.success, _form(calls, True, concurrent), reads=_read(calls), form=True)


def _checked(requests: Sequence[Request[T]]) -> tuple[Request[T], ...]:
    if not 1 <= len(requests) <= MAX_CALLS:
        raise QueryError(f"A batch holds 1 to {MAX_CALLS} requests, not {len(requests)}.")
    return tuple(requests)


def _form(requests: Sequence[Request[Any]], atomic: bool, concurrent: bool) -> tuple[tuple[str, str], ...]:
    uris = (("uri", uri_of(request)) for request in requests)
    return (("atomic", _flag(atomic)), *uris, ("concurrent", _flag(concurrent)))


def _read(requests: Sequence[Request[Any]]) -> bool:
    return all(request.reads for request in requests)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _outcomes(requests: Sequence[Request[T]]) -> Decoder[list[BatchResult[T]]]:
    def decode(data: object, /, *, strict: bool = False) -> list[BatchResult[T]]:
        envelopes = cast("list[object]", data) if isinstance(data, list) else None
        if envelopes is None or len(envelopes) != len(requests):
            raise ProtocolError(f"A batch of {len(requests)} calls was answered with {data!r:.120}.")
        found: list[BatchResult[T]] = []
        for request, envelope in zip(requests, envelopes, strict=True):
            outcome = _outcome(request, envelope, strict=strict)
            found.append(outcome)
        return found

    return decode


def _outcome(request: Request[T], envelope: object, *, strict: bool) -> BatchResult[T]:
    redact_secrets = request.redact_secrets()
    try:
        data = unwrap(200, json.dumps(envelope).encode("ascii"), redact_secrets)
        return request.parse(data, strict=strict)
    except WorkfrontError as error:
        error.request = error.request or redact_secrets
        return attributed(error, request)
    except (ValueError, RecursionError) as mismatch:  # strict reading
        return ProtocolError(f"The answer does not fit the schema: {mismatch}", request=redact_secrets)


def one_by_one(requests: Iterable[Request[T]]) -> RequestFlow[list[BatchResult[T]]]:
    """Sends requests each by itself, for a dry run: it reads what is read, and keeps back what is written."""
    outcomes: list[BatchResult[T]] = []
    for request in requests:
        try:
            outcomes.append((yield request))
        except WorkfrontError as error:
            outcomes.append(error)
    return outcomes


class NotSent(WorkfrontError):
    """A request that was not sent, because a call before it failed."""


def batch_steps(requests: Iterable[Request[T]], *, concurrent: bool = False) -> RequestFlow[list[BatchResult[T]]]:
    """Sends any number of requests, 100 a call. None means no call.

    Where the first call fails its error is raised. Where a later one does, its requests have that error for an outcome
    and those behind it `NotSent`, so that the outcomes before it are not lost.
    """
    given = list(requests)
    groups = [given[start : start + MAX_CALLS] for start in range(0, len(given), MAX_CALLS)]
    outcomes: list[BatchResult[T]] = []
    for call in [batch_request(group, concurrent=concurrent) for group in groups]:
        try:
            outcomes += yield call
        except WorkfrontError as error:
            if not outcomes:
                raise
            outcomes += [error] * len(groups[len(outcomes) // MAX_CALLS])
            rest = len(given) - len(outcomes)
            return outcomes + [
                NotSent(f"Not sent, since a call before it failed: {error.message}") for _ in range(rest)
            ]
    return outcomes
