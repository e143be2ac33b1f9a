"""What people look for first in the rows of an object: the columns of a table where none are asked for."""

from __future__ import annotations

from typing import Final

_COLUMNS: Final = {
    "TASK": "ID, name, status, percentComplete, assignedTo.name, plannedCompletionDate",
    "PROJ": "ID, name, status, owner.name, percentComplete, plannedCompletionDate",
    "OPTASK": "ID, name, status, priority, assignedTo.name",
    "USER": "ID, name, emailAddr, isActive, lastLoginDate",
    "HOUR": "ID, owner.name, hours, entryDate",
}


def default_columns(obj_code: str) -> str | None:
    """Returns the fields to show of an object; ``None`` where the server's own choice is shown."""
    return _COLUMNS.get(obj_code)
