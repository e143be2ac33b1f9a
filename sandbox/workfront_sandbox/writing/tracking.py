"""Tracking modes: tasks that complete by themselves, and those that are on time whatever happens.

docs/protocol.md 11.9
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.working_time import TimeRange
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.enforcement import is_held_back
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.status import is_done, progress
from workfront_sandbox.writing.working_time import read_moment, write_moment

ON_TIME: Final = "ONTM"
LENIENT: Final = frozenset({ON_TIME, "IGNR"})
"""Modes in which a task is on time until it is late."""

_COMPUTED: Final = frozenset({"USER", "AUTO", *LENIENT})


def check_mode(call: Call, written: Mapping[str, Any]) -> None:
    """Says so where the mode is not computed: that of tasks that follow their predecessors. Raises ApiError."""
    mode = written.get("trackingMode")
    if mode and mode not in _COMPUTED:
        call.tenant.without_effect(f"Tracking mode {mode} (Task)")


def complete_due(call: Call, tasks: Iterable[Row]) -> list[str]:
    """Completes tasks that complete by themselves, once the day of their planned completion is over; returns which.

    Those that wait for a predecessor that is enforced stay open, unless both of their dates are fixed.
    """
    midnight = call.tenant.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    done: list[str] = []
    for row in tasks:
        if row.get("trackingMode") == "AUTO" and _is_due(call, row, midnight):
            started = row.get("actualStartDate") or row.get("plannedStartDate")
            dates = {"actualStartDate": started, "actualCompletionDate": write_moment(call, midnight)}
            fields = {"status": "CPL", **dates}
            change(call, "TASK", str(row["ID"]), progress(call, "TASK", row, fields) | fields)
            done.append(str(row["ID"]))
    return done


def _is_due(call: Call, row: Row, midnight: datetime) -> bool:
    end = read_moment(call, row.get("plannedCompletionDate"))
    if end is None or end > midnight or is_done(call, "TASK", row.get("status")):
        return False
    return row.get("taskConstraint") == "FIXT" or not is_held_back(call, row)


def tracked_span(row: Mapping[str, Any], planned: TimeRange, projected: TimeRange) -> TimeRange:
    """Returns when a task is projected to be done: as it is planned, where it is on time whatever happens."""
    return planned if row.get("trackingMode") == ON_TIME else projected
