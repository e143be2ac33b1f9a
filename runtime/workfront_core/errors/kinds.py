"""The errors a caller can meet, one class a kind of remedy.

The kind is read from the body first and from the HTTP status second: the server reports one and the same failure under
several statuses, ``200`` included. Every error can be pickled and shows no secret.
"""

from __future__ import annotations

from collections.abc import Iterable

from workfront_core.errors.redaction import RedactedRequest, redact_text


class WorkfrontError(Exception):
    """Base of everything this package raises on purpose.

    Attributes:
        message: what went wrong, in the server's words where the server spoke.
        status: HTTP status, ``None`` where no answer came.
        workfront_class: the server's exception class, where it named one.
        hint: what to do about it, where we know.
        request: the request, without its secrets.
        call_id: names this call in errors and in the log; made here, not sent.
        retry_after: seconds the server asked to wait, where it did.
    """

    call_id: str | None = None
    retry_after: float | None = None

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        workfront_class: str | None = None,
        hint: str | None = None,
        request: RedactedRequest | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.workfront_class = workfront_class
        self.hint = hint
        self.request = request

    def __str__(self) -> str:
        answer = " ".join(str(part) for part in (self.status, self.workfront_class) if part)
        lines = [f"{self.message} [{answer}]" if answer else self.message]
        lines += [f"Hint: {self.hint}"] if self.hint else []
        lines += [f"Request: {self.request}"] if self.request else []
        lines += [f"Call: {self.call_id}"] if self.call_id else []
        return "\n".join(lines)


class QueryError(WorkfrontError):
    """The call makes no sense to the API; noticed here, nothing was sent."""


class NotSupported(QueryError, TypeError):
    """A value was used with an operator of Python that it does not have, such as ``len()`` of a search.

    A TypeError as well, which is what Python itself looks for before it tries another way.
    """


class UnfitValue(QueryError, ValueError):
    """A value that cannot be read as what it should be.

    A ValueError as well, which is what Python's own readers raise.
    """


class WriteRefused(QueryError):
    """The client was told not to change anything here; nothing was sent."""


class TransportError(WorkfrontError):
    """No complete answer came: name, connection, TLS, timeout, connection lost.

    Attributes:
        sent: whether the request may have reached the server, and so a write may have happened.
    """

    sent: bool = True


class Unreachable(TransportError):
    """The address leads nowhere: an unknown host name, a certificate that is not trusted. Waiting does not help."""

    sent = False


class DeadlineExceeded(TransportError):
    """The time for the call is used up."""


class ProtocolError(WorkfrontError):
    """An answer came that is not the API speaking: HTML, cut-off JSON, a redirect, a body of another shape."""


class Truncated(ProtocolError):
    """An answer that stops before its end. A write may have happened."""


class AuthenticationError(WorkfrontError):
    """The credential is missing, wrong or expired."""


class PermissionDenied(WorkfrontError):
    """Signed in, but not allowed to do this."""


class NotFound(WorkfrontError):
    """No such object, or none this user may see."""


class Gone(WorkfrontError):
    """The operation no longer exists in this API version."""


class InvalidRequest(WorkfrontError):
    """The server understood the request and refuses it: unknown field, wrong argument, business rule.

    Attributes:
        field: the wire name the server complains about, where it names one.
        suggestions: names that exist and look like it.
    """

    field: str | None = None
    suggestions: tuple[str, ...] = ()


class Conflict(InvalidRequest):
    """The object, name or attachment is there already."""


class RateLimited(WorkfrontError):
    """Too many requests at once for this customer; nothing was done."""


class ServerError(WorkfrontError):
    """The server failed. A write may or may not have happened."""


def discard_error(error: WorkfrontError, secrets: Iterable[str]) -> None:
    """Empties an error that goes nowhere, since what watches a program for errors may keep it."""
    redact_error(error, secrets)
    error.__traceback__ = error.__cause__ = error.__context__ = None


def redact_error(error: WorkfrontError, secrets: Iterable[str]) -> WorkfrontError:
    """Returns the error itself, without secrets the other side may have echoed."""
    error.message = redact_text(error.message, secrets)
    error.args = (error.message,)
    return error
