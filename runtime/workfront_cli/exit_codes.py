"""What a command's exit code says."""

from __future__ import annotations

from typing import Final

from workfront_cli.unknown_status import StatusUnknown
from workfront_core.errors import (
    AuthenticationError,
    NotFound,
    PermissionDenied,
    QueryError,
    RateLimited,
    ServerError,
    TransportError,
    WorkfrontError,
    WriteRefused,
)
from workfront_core.sync.errors import TooManyGone

FAILED: Final = 1
WRONG_USE: Final = 2
TOO_MANY_GONE: Final = 3
NOT_SIGNED_IN: Final = 4
NOT_FOUND: Final = 5
NOT_ALLOWED: Final = 6
TRY_AGAIN: Final = 7
PARTLY_UNKNOWN: Final = 8
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141

MEANINGS: Final = {
    0: "done",
    FAILED: "failed; of many objects some",
    WRONG_USE: "wrong use: option, condition, field, file; nothing was sent",
    TOO_MANY_GONE: "stopped before too many rows were marked as gone",
    NOT_SIGNED_IN: "nobody is signed in, or the sign-in ended",
    NOT_FOUND: "not found",
    NOT_ALLOWED: "not allowed: permission, a profile that only reads, nobody agreed",
    TRY_AGAIN: "the service cannot be reached, answers 5xx, or limits calls; may be tried again",
    PARTLY_UNKNOWN: "partly unknown: rows were sent, and no answer says what became of them",
    INTERRUPTED: "interrupted",
    PIPE_CLOSED: "the reader of a pipe ended",
}

_BY_KIND: Final[tuple[tuple[type[WorkfrontError], int], ...]] = (
    (StatusUnknown, PARTLY_UNKNOWN),
    (TooManyGone, TOO_MANY_GONE),
    (WriteRefused, NOT_ALLOWED),
    (QueryError, WRONG_USE),
    (AuthenticationError, NOT_SIGNED_IN),
    (NotFound, NOT_FOUND),
    (PermissionDenied, NOT_ALLOWED),
    (TransportError, TRY_AGAIN),
    (RateLimited, TRY_AGAIN),
    (ServerError, TRY_AGAIN),
)


def exit_code(error: WorkfrontError) -> int:
    """Returns the exit code of a command that ends with this error."""
    return next((code for kind, code in _BY_KIND if isinstance(error, kind)), FAILED)
