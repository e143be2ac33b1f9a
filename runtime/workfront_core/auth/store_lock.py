"""One renewal of a stored token at a time, over all programs that share the store.

A refresh token may be good once: two programs that use the same one refuse each other. So who renews holds a lock file
beside the token, and looks into the store again before it asks.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from workfront_core.auth.private_folder import make_private_folder

_log = logging.getLogger("workfront")


class StoreLock(Protocol):
    """A lock over all programs that share a store."""

    def try_acquire(self) -> bool:
        """Returns whether it is held now. Does not wait."""
        ...

    def release(self) -> None:
        """Gives it back; nothing happens where it is not held."""
        ...


class FileLock:
    """A lock file (package ``filelock``, extra ``auth``). Without the package, and on disks that know no locks, it is
    always free: two programs that renew in the same moment may then refuse each other.

    Args:
        path: the lock file; it stays when the lock is given back.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: Any = None

    def try_acquire(self) -> bool:
        library = lock_library()
        if library is None:
            return True
        try:
            make_private_folder(self.path.parent)
            lock = library.FileLock(self.path, mode=0o600, thread_local=False)
            lock.acquire(blocking=False)
        except library.Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            _log.warning("The stored token cannot be locked (%s: %s).", type(error).__name__, self.path)
            return True
        self._lock = lock
        return True

    def release(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()

    def __repr__(self) -> str:
        return f"FileLock({str(self.path)!r})"


@cache
def lock_library() -> Any:
    """Returns the package filelock; ``None`` where it is not installed, which is logged as a warning."""
    try:
        import filelock
    except ImportError:
        _log.warning(
            "filelock is not installed: programs that share a stored sign-in and renew it at the same moment may "
            "refuse each other. pip install 'workfront-client[auth]'"
        )
        return None
    return filelock
