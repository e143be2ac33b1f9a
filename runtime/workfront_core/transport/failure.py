"""Failures below HTTP: which error a lost call becomes, and whether anything of it may have arrived."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any, Final, cast

from workfront_core.errors.kinds import (
    DeadlineExceeded,
    ProtocolError,
    TransportError,
    Unreachable,
    WorkfrontError,
)
from workfront_core.errors.redaction import RedactedRequest
from workfront_core.http_library import errors
from workfront_core.transport.deadline import Deadline

_NOT_SENT: Final = (
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "ProxyError",
    "UnsupportedProtocol",
    "LocalProtocolError",
)
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE"})
LOOK_FIRST: Final = "Check whether the change was made before you repeat it."
_NOTHING_HAPPENED: Final = "Nothing was sent; no change was made."


def lost_call_errors(*, with_files: bool) -> tuple[type[Exception], ...]:
    """Returns the errors of a call that came to no answer, for ``except``.

    Args:
        with_files: whether a file is read meanwhile; an ``OSError`` is the file's own, then.
    """
    return (*errors("RequestError"), ssl.SSLError, *(() if with_files else (OSError,)))


def leaves_disorder(error: Exception) -> bool:
    """Returns whether an error shows that a connection is not where the library believes it to be, as after an
    interrupt.
    """
    return isinstance(error, errors("LocalProtocolError"))


def map_transport_error(
    error: Exception, request: RedactedRequest, *, where: str, reads: bool, deadline: Deadline
) -> WorkfrontError:
    """Returns the error for a call without a complete answer.

    Args:
        error: what the HTTP client met: an error of its own, of TLS or of a socket.
        request: for the message.
        where: the address called.
        reads: whether the call changes nothing.
        deadline: the call's; once it is past, that is the reason.
    """
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, errors("DecodingError")):
        return ProtocolError(f"The answer is damaged: {said}", request=request)
    sent = not isinstance(error, (*errors(*_NOT_SENT), ssl.SSLCertVerificationError))
    if isinstance(error, errors("TimeoutException")) and deadline.is_past():
        return deadline_exceeded(request, sent=sent, reads=reads)
    hint = _permanent(error)
    kind = Unreachable if hint else TransportError
    hint = hint or (None if reads else LOOK_FIRST if sent else _NOTHING_HAPPENED)
    found = kind(f"No complete answer from {where}: {said}", hint=hint, request=request)
    found.sent = sent
    return found


def deadline_exceeded(request: RedactedRequest | None, *, sent: bool, reads: bool) -> DeadlineExceeded:
    """Returns the error for a call whose time is used up."""
    hint = None if reads else LOOK_FIRST if sent else _NOTHING_HAPPENED
    error = DeadlineExceeded(
        "The time for the call is used up; with_options(total_timeout=...) allows more.", request=request
    )
    error.hint, error.sent = hint, sent
    return error


def _permanent(error: BaseException) -> str | None:
    """Returns what to do about a failure that waiting does not mend."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                "The certificate is not trusted here: is this the right host, and is a proxy's root certificate known?"
            )
        if isinstance(cause, ssl.SSLError) and cause.reason in _NO_TLS:
            return "What answers there does not speak TLS: is the port right, or is the address one of http://?"
        if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME:
            return "There is no such host: check the address."
    return None


def _causes(error: BaseException | None) -> Iterator[Any]:
    """Yields the error and what led to it, the branches of groups included."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for branch in cast("BaseExceptionGroup[BaseException]", error).exceptions:
                yield from _causes(branch)
        error = error.__cause__ or error.__context__
