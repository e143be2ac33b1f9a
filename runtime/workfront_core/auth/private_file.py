"""Files that hold secrets: only their owner may read them, whatever they are for."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO, Final

from workfront_core.errors.kinds import QueryError

_OTHERS: Final = 0o077


def open_ordinary(path: Path) -> BinaryIO:
    """Opens a file for reading. A pipe is not waited for, and nothing else that is no file is read.

    Raises:
        OSError: it cannot be opened, or is something else.
    """
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if stat.S_ISREG(os.fstat(opened).st_mode):
        return os.fdopen(opened, "rb")
    os.close(opened)
    raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))


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
