"""A disk without room, for a process of its own: no file of it grows beyond some bytes."""

from __future__ import annotations

import resource
import sys


def allow(size: int) -> None:
    """Lets files grow to ``size`` bytes. What Python compiles is not kept: half a file of it ends every later run."""
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def allow_all() -> None:
    """Lets files grow as they did."""
    allow(resource.RLIM_INFINITY)
