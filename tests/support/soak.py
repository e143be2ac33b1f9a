"""How much of a long test is run: a bounded part of it in the suite, all of it by ``make soak``."""

from __future__ import annotations

import os


def rounds(bounded: int, soak: int) -> int:
    """Returns the number of rounds of a test: ``bounded`` in the suite, ``soak`` where WORKFRONT_SOAK is set."""
    return soak if os.environ.get("WORKFRONT_SOAK") else bounded
