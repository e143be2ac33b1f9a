"""The types of hours that every tenant has: one for each kind of work that time is logged on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workfront_sandbox.wire.json_value import Row

_NAMES: Final[Mapping[str, str]] = {"PROJ": "Project Time", "TASK": "Task Time", "OPTASK": "Issue Time"}
WORK_OF_TYPE: Final = "displayObjObjCode"
"""The field of a type that says what hours of it are logged on."""


def hour_types(customer_id: str) -> list[Row]:
    """Returns the types of hours that a new tenant has."""
    return [
        {
            "ID": f"5ab2{number:028x}",
            "name": name,
            WORK_OF_TYPE: code,
            "isActive": True,
            "countAsRevenue": True,
            "customerID": customer_id,
        }
        for number, (code, name) in enumerate(_NAMES.items())
    ]
