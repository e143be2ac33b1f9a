"""Durations in their units: a working day is eight hours, a week five days, a month four weeks."""

from __future__ import annotations

import re
from typing import Final

from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.wire.errors import invalid, not_computed

_MINUTES: Final = {
    "M": 1,
    "H": 60,
    "D": WORKDAY_MINUTES,
    "W": 5 * WORKDAY_MINUTES,
    "T": 20 * WORKDAY_MINUTES,
}
_ELAPSED: Final = {"EM": 1, "EH": 60, "ED": 1440, "EW": 10_080}
_EXPRESSION = re.compile(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*([A-Za-z]{0,3})\s*", re.ASCII)


def minutes_of(amount: float, unit: str) -> int:
    """Returns the minutes of a duration. Raises ApiError for a unit whose length is not known."""
    if unit == "ET":
        raise not_computed("A duration in elapsed months (ET)")
    return round(amount * {**_MINUTES, **_ELAPSED}[unit])


def amount_of(minutes: float, unit: str) -> float:
    """Returns a duration in a unit. Raises ApiError for a unit whose length is not known."""
    return minutes / minutes_of(1, unit)


def is_elapsed(unit: str) -> bool:
    """Returns whether a duration runs through nights and days off."""
    return unit.startswith("E")


def read_expression(text: str) -> tuple[float, str]:
    """Returns amount and unit of a text such as ``3 ED``, days where it names none. Raises ApiError."""
    found = _EXPRESSION.fullmatch(text)
    unit = "T" if found and found[2].upper() == "MO" else (found[2].upper() or "D") if found else ""
    if found is None or unit not in {*_MINUTES, *_ELAPSED, "ET"}:
        raise invalid(f'Invalid Parameter: durationExpression value "{text[:50]}"')
    return float(found[1]), unit
