"""How much of a long test is run: by ``make test``, by ``make test-long`` and by ``make soak``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet


def rounds(bounded: int, soak: int) -> int:
    """Returns the number of rounds of a test: ``bounded`` in the suite, ``soak`` where WORKFRONT_SOAK is set."""
    return soak if os.environ.get("WORKFRONT_SOAK") else bounded


def seeds(few: int, bounded: int, soak: int) -> list[ParameterSet]:
    """Returns the seeds of a search by chance: ``few`` of :func:`rounds` in the suite, the others marked as long."""
    return [pytest.param(seed, marks=[pytest.mark.long] * (seed >= few)) for seed in range(rounds(bounded, soak))]
