"""Waiting for what a test needs, however busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0
"""Seconds after which a test gives up on what ought to happen at once; no test measures how long that took."""


def wait_until(ready: Callable[[], object], what: str) -> None:
    """Returns as soon as ``ready`` gives something true.

    Raises:
        AssertionError: ``what`` did not happen.
    """
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, f"{what}: not within {PATIENCE:.0f} seconds"
        time.sleep(0.002)
