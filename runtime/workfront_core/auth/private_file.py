"""Files that hold secrets: only their owner may read them, whatever they are for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, Final

from workfront_core.errors.kinds import QueryError

_OTHERS: Final = 0o077


def check_private(file: BinaryIO, path: Path, what: str) -> None:
    """Refuses an open file that others may read; on Windows permissions are another matter.

    Args:
        file: as it is about to be read.
        path: of the file, for the message.
        what: it holds, for the message: ``the stored token``.

    Raises:
        QueryError: others may read it.
        OSError: it cannot be looked at.
    """
    if sys.platform != "win32" and os.fstat(file.fileno()).st_mode & _OTHERS:
        raise QueryError(f"Others may read {what} in {path}.", hint=f"Run: chmod 600 {path}")
