"""Values no row can have: more than all of a task done, a duration below nothing, an end before its begin.

What the service says to them is on record nowhere; rows that have them would plan backwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.writing.working_time import read_moment

_MOST: Final[Mapping[str, float]] = {
    **dict.fromkeys(("percentComplete", "targetPercentComplete"), 100),
    **dict.fromkeys(("assignmentPercent", "plannedHours", "work", "workRequired"), inf),
    **dict.fromkeys(("defaultDuration", "duration", "plannedDuration"), inf),
    **dict.fromkeys(("defaultDurationMinutes", "durationMinutes", "plannedDurationMinutes"), inf),
}
"""The greatest number of fields that are never below nothing, whatever type they are of."""

_PLANNED: Final = ("plannedStartDate", "plannedCompletionDate")
_SPANS: Final = (_PLANNED, ("actualStartDate", "actualCompletionDate"), ("startDate", "endDate"))


def check_bounds(call: Call, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Raises ApiError for values as they are stored that no row can have, if the sandbox checks values.

    Args:
        call: the call that writes.
        values: what is written.
        before: the row as it was, empty for a new one.
    """
    if not call.tenant.checks_values:
        return
    for name, value in values.items():
        if isinstance(value, int | float) and name in _MOST and not 0 <= value <= _MOST[name]:
            raise invalid(f'Invalid Parameter: {name} value "{value}"')
    for start, end in _SPANS:
        row = {**before, **values} if start == _PLANNED[0] and _is_fixed(before, values) else values
        first, last = read_moment(call, row.get(start)), read_moment(call, row.get(end))
        if first and last and first > last:
            raise invalid(f"{end} {str(row[end])[:10]} lies before {start} {str(row[start])[:10]}")


def _is_fixed(before: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Returns whether dates are written that stay as they are, so that one alone can pass the other."""
    return {**before, **values}.get("taskConstraint") == "FIXT" and not set(_PLANNED).isdisjoint(values)
