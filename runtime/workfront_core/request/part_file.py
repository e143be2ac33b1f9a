"""Files that appear whole or not at all: written under a name of their own beside their place, then moved there.

The one way in which the engine writes files. A process that dies leaves a hidden file, and never half of a real one.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

_ANYBODY: Final = 0o666
"""Mode of new files before the umask takes its share."""
_OWNER: Final = 0o600


class PartFile:
    """A file while it grows.

    Attributes:
        path: where it is until it is complete.
        file: what its bytes are written to.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.file = file

    def complete(self) -> Path:
        """Ends the file; its bytes are on the disk. Returns its path, from where it can be moved."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        return self.path

    def replace(self, target: Path) -> None:
        """Ends the file and moves it to ``target``, in place of a file that may be there.

        Raises:
            OSError: something else is there, such as a device or a pipe, or it cannot be moved.
        """
        if target.exists() and not target.is_file():
            raise OSError(errno.EEXIST, "what is there is no ordinary file", str(target))
        self.complete().replace(target)


@contextmanager
def part_file(folder: Path, *, prefix: str, private: bool = False) -> Generator[PartFile]:
    """Makes a new hidden file in a folder. If the block ends before it was moved away, it is removed.

    Args:
        folder: that of the place it is for, so that moving it is one step.
        prefix: the start of its name; ``sweep`` knows leftovers by that.
        private: whether only its owner may read it, whatever the umask.

    Raises:
        OSError: it cannot be made.
    """
    path = folder / f"{prefix}{secrets.token_hex(8)}.part"
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags, _OWNER if private else _ANYBODY), "wb") as file:
            yield PartFile(path, file)
    finally:
        path.unlink(missing_ok=True)


def sweep(folder: Path, *, prefix: str, older_than: float) -> None:
    """Removes files that processes which died have left in a folder so many seconds ago."""
    oldest = time.time() - older_than
    for left in folder.glob(f"{prefix}*"):
        with suppress(OSError):
            if left.stat().st_mtime < oldest:
                left.unlink()
