"""A write of which nobody can say whether it was applied."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from workfront_core.errors import ServerError, TransportError, WorkfrontError


class FateUnknown(WorkfrontError):
    """The call was sent, and no answer says what became of it."""


@contextmanager
def known_fate() -> Generator[None]:
    """Runs one write in its block.

    Raises:
        FateUnknown: it was sent, and its answer was lost, or is the server's own failure.
    """
    try:
        yield
    except (ServerError, TransportError) as error:
        if isinstance(error, TransportError) and not error.sent:
            raise
        raise FateUnknown(
            f"No answer says whether it was done: {error.message}",
            status=error.status,
            hint="Look before you send it again.",
            request=error.request,
        ) from error
