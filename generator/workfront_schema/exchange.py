"""Two paths exchanged in one step, where the operating system can do that.

Linux: ``renameat2`` with ``RENAME_EXCHANGE``, https://man7.org/linux/man-pages/man2/rename.2.html
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_CANNOT: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.ENOTSUP})
"""The kernel or the file system knows no exchange (EPERM: a sandbox forbids the call)."""


def exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders of one file system, and returns whether the system could; if not, nothing has changed.

    Raises OSError where it can and yet failed.
    """
    import ctypes

    call = _renameat2()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _renameat2() -> Callable[..., int] | None:
    """Returns the function of the C library; None on other systems, and where the library is too old to have it."""
    import ctypes

    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
