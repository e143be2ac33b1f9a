"""A lower and an upper bound on one field, joined by hand: as one range on the wire, unless nothing lies between."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from workfront_core.errors.kinds import QueryError
from workfront_core.query.condition import Comparison
from workfront_core.query.operators import Operator

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d(T[\d:]+\+0000)?")


def one_range(lower: Comparison[Any], upper: Comparison[Any]) -> Comparison[Any]:
    """Returns ``>=`` and ``<=`` on one field as one test; both include their ends.

    Raises:
        QueryError: the lower bound is above the upper one.
    """
    low, high = lower.values[0], upper.values[0]
    if _is_above(low, high, is_text=lower.origin is None or lower.origin.is_text()):
        where = lower.origin or lower.key
        raise QueryError(
            f"{where}: nothing is at least {low} and at most {high}.",
            hint=f"Exchange the bounds: {where}.between(...) takes the lower one first.",
        )
    return Comparison[Any](lower.key, Operator.BETWEEN, (low, high))


def _is_above(low: str, high: str, *, is_text: bool) -> bool:
    """Returns whether a bound is above another one; numbers in texts have the order of texts, times one order."""
    if _TIME.fullmatch(low) and _TIME.fullmatch(high):
        return len(low) == len(high) and low > high
    is_number = not is_text and _NUMBER.fullmatch(low) and _NUMBER.fullmatch(high)
    return bool(is_number) and Decimal(low) > Decimal(high)
