"""What can stop a sync."""

from __future__ import annotations

from workfront_core.errors.kinds import WorkfrontError


class SyncError(WorkfrontError):
    """A sync cannot go on as asked; the tables are as they were, and the next run goes on from there.

    Attributes:
        locked_by: the process that has the file open, where that is why.
    """

    locked_by: str | None = None


class TooManyGone(SyncError):
    """More rows are missing on the server than a sync marks as gone unasked; nothing was marked.

    Attributes:
        table: the table's name.
        missing: rows that the server did not send.
        allowed: rows that it would mark.
    """

    def __init__(self, table: str, missing: int, allowed: int) -> None:
        super().__init__(
            f"{missing} rows of {table} are not on the server any more. At most {allowed} are marked as gone unasked, "
            "so none was.",
            hint="Has the user's access changed? If they are gone indeed, allow it: sync.allow_gone(...), or on the "
            "command line: workfront sync allow-gone.",
        )
        self.table = table
        self.missing = missing
        self.allowed = allowed

    def __reduce__(self) -> tuple[type[TooManyGone], tuple[str, int, int]]:
        return type(self), (self.table, self.missing, self.allowed)
