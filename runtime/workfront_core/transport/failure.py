"""Failures below HTTP: which error a lost call becomes, and whether anything of it may have arrived."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any, Final, cast

import httpx

from workfront_core.errors.kinds import (
    DeadlineExceeded,
    ProtocolError,
    TransportError,
    Unreachable,
    WorkfrontError,
)
from workfront_core.errors.redaction import RedactedRequest
from workfront_core.transport.deadline import Deadline

_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
_LOOK_FIRST: Final = "Check whether the change was made before you repeat it."
_NOTHING_HAPPENED: Final = "Nothing was sent; no change was made."


def map_transport_error(
    error: httpx.RequestError, request: RedactedRequest, *, where: str, reads: bool, deadline: Deadline
) -> WorkfrontError:
    """The error for a call without a complete answer.

    Args:
        error: what the HTTP client met.
        request: for the message.
        where: the address called.
        reads: whether the call changes nothing.
        deadline: the call's; once it is past, that is the reason.
    """
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, httpx.DecodingError):
        return ProtocolError(f"The answer is damaged: {said}", request=request)
    if isinstance(error, httpx.TimeoutException) and deadline.is_past():
        return deadline_exceeded(request, sent=not isinstance(error, _NOT_SENT), reads=reads)
    sent = not isinstance(error, _NOT_SENT)
    hint = _permanent(error)
    kind = Unreachable if hint else TransportError
    hint = hint or (None if reads else _LOOK_FIRST if sent else _NOTHING_HAPPENED)
    found = kind(f"No complete answer from {where}: {said}", hint=hint, request=request)
    found.sent = sent
    return found


def deadline_exceeded(request: RedactedRequest | None, *, sent: bool, reads: bool) -> DeadlineExceeded:
    """The error for a call whose time is used up."""
    hint = None if reads else _LOOK_FIRST if sent else _NOTHING_HAPPENED
    error = DeadlineExceeded(
        "The time for the call is used up; with_options(total_timeout=...) allows more.", request=request
    )
    error.hint, error.sent = hint, sent
    return error


def _permanent(error: BaseException) -> str | None:
    """What to do about a failure that waiting does not mend."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                "The certificate is not trusted here: is this the right host, and is a proxy's root certificate known?"
            )
        if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME:
            return "There is no such host: check the address."
    return None


def _causes(error: BaseException | None) -> Iterator[Any]:
    """The error and what led to it, the branches of groups included."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for branch in cast("BaseExceptionGroup[BaseException]", error).exceptions:
                yield from _causes(branch)
        error = error.__cause__ or error.__context__
