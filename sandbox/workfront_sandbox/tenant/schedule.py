"""The schedule of all who have none of their own: every tenant has one, and one alone."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.wire.json_value import Row

_ID: Final = "5ab30000000000000000000000000000"
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
DEFAULT: Final = "isDefault"
"""The field that is true in the default schedule."""


def default_schedule(customer_id: str) -> Row:
    """Returns the default schedule of a new tenant: office hours in the tenant's time zone."""
    hours = {day: ["09:00-17:00"] for day in _WEEKDAYS}
    return {"ID": _ID, "name": "Default Schedule", DEFAULT: True, **hours, "customerID": customer_id}
