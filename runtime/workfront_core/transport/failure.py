"""Failures below HTTP: which error a lost call becomes, and whether anything of it may have arrived."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any, Final, cast

from workfront_core.errors.kinds import (
    DeadlineExceeded,
    ProtocolError,
    QueryError,
    TransportError,
    Unreachable,
    WorkfrontError,
)
from workfront_core.errors.redaction import RedactedRequest
from workfront_core.http_library import errors
from workfront_core.request.request import Request
from workfront_core.transport.deadline import Deadline
from workfront_core.transport.environment import Proxy, proxy_to

_NOT_SENT: Final = (
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "ProxyError",
    "UnsupportedProtocol",
    "LocalProtocolError",
)
_CONNECTING: Final = ("ConnectError", "ConnectTimeout", "ProxyError")
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
    error: Exception, request: RedactedRequest, *, where: str, reads: bool, deadline: Deadline, own_way: bool
) -> WorkfrontError:
    """Returns the error for a call without a complete answer.

    Args:
        error: what the HTTP client met: an error of its own, of TLS or of a socket.
        request: for the message.
        where: the address called.
        reads: whether the call changes nothing.
        deadline: the call's; once it is past, that is the reason.
        own_way: whether the client finds its way by what the environment says, and not by what was handed in.
    """
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, errors("DecodingError")):
        return ProtocolError(f"The answer is damaged: {said}", request=request)
    sent = not isinstance(error, (*errors(*_NOT_SENT), ssl.SSLCertVerificationError))
    if isinstance(error, errors("TimeoutException")) and deadline.is_past():
        return deadline_exceeded(request, sent=sent, reads=reads)
    try:
        proxy = proxy_to(where) if own_way and isinstance(error, errors(*_CONNECTING)) else None
    except QueryError as wrong:
        return wrong
    hint = _permanent(error, proxy, own_way)
    kind = Unreachable if hint else TransportError
    hint = hint or (None if reads else LOOK_FIRST if sent else _NOTHING_HAPPENED)
    way = f", by the {proxy} that {proxy.named_by} names" if proxy else ""
    found = kind(f"No complete answer from {where}{way}: {said}", hint=hint, request=request)
    found.sent = sent
    return found


def map_unnamed_error(
    error: Exception, request: Request[Any], *, where: str, closed: bool, own_way: bool
) -> WorkfrontError:
    """Returns the error for a call that ended in another error than those of connections; see `map_transport_error`."""
    try:
        if own_way:
            proxy_to(where)  # a port that is none ends here
    except QueryError as wrong:
        return wrong
    if isinstance(error, errors("HTTPStatusError")):
        return _raised_by_hook(error, request)
    how = "the client was closed meanwhile" if closed else f"{type(error).__name__}: {error}"
    failure = TransportError(f"No complete answer from {where}: {how}", request=request.redact_secrets())
    failure.hint = None if request.reads else LOOK_FIRST
    return failure


def _raised_by_hook(error: Exception, request: Request[Any]) -> WorkfrontError:
    """Returns the error for a call whose answer an event hook of the caller's refused, by its status."""
    shown = request.redact_secrets()
    failure = ProtocolError(f"An event hook of the http_client refused the answer: {error}", request=shown)
    hint = "Take raise_for_status() out of its event_hooks: each status has an error of this client."
    failure.hint = hint if request.reads else f"{hint} {LOOK_FIRST}"
    return failure


def deadline_exceeded(request: RedactedRequest | None, *, sent: bool, reads: bool) -> DeadlineExceeded:
    """Returns the error for a call whose time is used up."""
    hint = None if reads else LOOK_FIRST if sent else _NOTHING_HAPPENED
    error = DeadlineExceeded(
        "The time for the call is used up; with_options(total_timeout=...) allows more.", request=request
    )
    error.hint, error.sent = hint, sent
    return error


def _permanent(error: BaseException, proxy: Proxy | None, own_way: bool) -> str | None:
    """Returns what to do about a failure that waiting does not mend."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                "The certificate is not trusted here: is this the right host, and is a proxy's root certificate known?"
            )
        if isinstance(cause, ssl.SSLError) and getattr(cause, "reason", None) in _NO_TLS:
            return "What answers there does not speak TLS: is the port right, or is the address one of http://?"
        if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME:
            if proxy is not None:
                return f"There is no such proxy: mend {proxy.named_by}, or unset it."
            handed_in = "" if own_way else ", or the proxy of the http_client"
            return f"There is no such host: check the address{handed_in}."
    return None


def _causes(error: BaseException | None) -> Iterator[Any]:
    """Yields the error and what led to it, the branches of groups included."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for branch in cast("BaseExceptionGroup[BaseException]", error).exceptions:
                yield from _causes(branch)
        error = error.__cause__ or error.__context__
