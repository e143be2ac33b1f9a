"""A write of which nobody can say whether it was applied."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from workfront_cli.wording import message_of
from workfront_core.errors import ServerError, TransportError, WorkfrontError


class StatusUnknown(WorkfrontError):
    """The call was sent, and no answer says what became of it."""


@contextmanager
def known_status() -> Generator[None]:
    """Runs one write in its block.

    Raises:
        StatusUnknown: it was sent, and its answer was lost, or is the server's own failure.
    """
    try:
        yield
    except (ServerError, TransportError) as error:
        if isinstance(error, TransportError) and not error.sent:
            raise
        raise StatusUnknown(
            f"No answer says whether it was done: {message_of(error)}",
            status=error.status,
            hint="Look before you send it again.",
            request=error.request,
        ) from error
