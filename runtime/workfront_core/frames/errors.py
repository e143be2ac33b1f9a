"""What can go wrong with a file of rows."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from workfront_core.errors.kinds import WorkfrontError


class ExportError(WorkfrontError):
    """A file could not be written, such as on a full disk; what was there before is still there."""


@contextmanager
def told_as_export_errors(path: Path) -> Generator[None]:
    """Raises what the disk says of a file as an ``ExportError``."""
    try:
        yield
    except OSError as error:
        raise ExportError(
            f"{path} could not be written: {error.strerror or error}.", hint="What was there before is still there."
        ) from None
