"""The default schedule: one of a tenant's has that place, whatever is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workfront_sandbox.call.call import Call
from workfront_sandbox.tenant.schedule import DEFAULT
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.writing.rows import change


def check_default(before: Mapping[str, Any], changes: Mapping[str, Any] | None) -> None:
    """Raises ApiError where the default schedule would be none any more, by an edit or as it is deleted."""
    is_lost = changes is None or not changes.get(DEFAULT, True)
    if before.get(DEFAULT) and is_lost:
        raise invalid(f"Schedule {before.get('name')} is the default: make another one the default first")


def pass_default_on(call: Call, old_id: str, new_id: str) -> None:
    """Gives a schedule the place of the default from the one that it replaces."""
    if call.row("SCHED", old_id).get(DEFAULT):
        change(call, "SCHED", new_id, {DEFAULT: True})
