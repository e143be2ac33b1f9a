"""What can go wrong with an inbox."""

from __future__ import annotations

from workfront_core.errors.kinds import WorkfrontError


class InboxError(WorkfrontError):
    """The file of an inbox cannot be used: no such folder, another format, a disk that fails."""


class InboxFull(InboxError):
    """There is no room for another message, on the disk or in the line; what was stored before stays."""


class NotAnEvent(WorkfrontError):
    """A message is not an event of Workfront."""
