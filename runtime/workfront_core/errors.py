"""The errors a caller can meet, one class a kind of remedy.

The kind is read from the body first and from the HTTP status second: the server reports one and the same failure under
several statuses, ``200`` included. Every error can be pickled and shows no secret.
"""

from __future__ import annotations

import re
from typing import Final

from workfront_core.redaction import RedactedRequest


class WorkfrontError(Exception):
    """Base of everything this package raises on purpose.

    Attributes:
        message: what went wrong, in the server's words where the server spoke.
        status: HTTP status, ``None`` where no answer came.
        workfront_class: the server's exception class, where it named one.
        hint: what to do about it, where we know.
        request: the request, without its secrets.
    """

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
        return "\n".join(lines)


class QueryError(WorkfrontError):
    """The call makes no sense to the API; noticed here, nothing was sent."""


class TransportError(WorkfrontError):
    """No complete answer came: name, connection, TLS, timeout, connection lost. A write may still have happened."""


class ProtocolError(WorkfrontError):
    """An answer came that is not the API speaking: HTML, cut-off JSON, a redirect, a body of another shape."""


class AuthenticationError(WorkfrontError):
    """The credential is missing, wrong or expired."""


class PermissionDenied(WorkfrontError):
    """Signed in, but not allowed to do this."""


class NotFound(WorkfrontError):
    """No such object, or none this user may see."""


class Gone(WorkfrontError):
    """The operation no longer exists in this API version."""


class InvalidRequest(WorkfrontError):
    """The server understood the request and refuses it: unknown field, wrong argument, business rule."""


class Conflict(InvalidRequest):
    """The object, name or attachment is there already."""


class RateLimited(WorkfrontError):
    """Too many requests at once for this customer; nothing was done."""


class ServerError(WorkfrontError):
    """The server failed. A write may or may not have happened."""


_BY_TEXT: Final[tuple[tuple[str, type[WorkfrontError]], ...]] = (
    (r"Too many concurrent API requests", RateLimited),
    (r"AuthenticationException|not currently logged in|Invalid session ?ID|Untrusted request", AuthenticationError),
    (r"AccessDenied|SecurityException|PermissionException|not have (permission|access|rights)", PermissionDenied),
    (r"with primary key value\(s\) .* not found|ObjectNotFound", NotFound),
    (r"already exists|are already attached", Conflict),
    (r"does not support|not a top level object|unrecognized URI format|Unknown object type", InvalidRequest),
)

_BY_STATUS: Final[dict[int, type[WorkfrontError]]] = {
    401: AuthenticationError,
    403: PermissionDenied,
    404: NotFound,
    409: Conflict,
    410: Gone,
    429: RateLimited,
}

_HINTS: Final[tuple[tuple[str, str], ...]] = (
    (r"not currently logged in|Invalid session ?ID", "Sign in again. API keys go into ApiKey(), not SessionId()."),
    (r"AuthenticationException", "Check the API key: is it of this environment, and has it expired?"),
    (r"does not support field", "This API version has no such field; take names from X.f or the field enum."),
    (r"does not support action", "Take actions from the object's service; its methods are what the metadata lists."),
    (r"does not support namedQuery", "Actions are sent with PUT; take named queries from the object's service."),
    (r"not a top level object", "Read and write this object through its parent."),
    (r"maximum allowed limit", "Ask for at most 2000 rows a page and let the pager fetch the rest."),
    (r"cannot be deleted since it is referenced", "Delete with force=True, which also removes what depends on it."),
    (r"Too many concurrent", "Send fewer requests at a time, or wait and repeat."),
    (r"argument type mismatch|cannot be cast to class java\.util\.Map", "Pass lists and maps as such, not as text."),
)


def failure(
    message: str,
    *,
    status: int,
    workfront_class: str | None = None,
    request: RedactedRequest | None = None,
) -> WorkfrontError:
    """The error for an answer that reports a failure, chosen by its text first and by its status second."""
    said = f"{workfront_class or ''} {message}"
    kind = next((kind for pattern, kind in _BY_TEXT if re.search(pattern, said, re.IGNORECASE)), None)
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, said, re.IGNORECASE)), None)
    return (kind or _by_status(status))(
        message, status=status, workfront_class=workfront_class, hint=hint, request=request
    )


def _by_status(status: int) -> type[WorkfrontError]:
    if status >= 500:
        return ServerError
    return _BY_STATUS.get(status, InvalidRequest)
