"""Messages as the service posts them, for tests of what receives them."""

from __future__ import annotations

import json
from typing import Any

START = 1_772_470_800
"""The second in which the event 0 happened."""


def body_of(number: int, *, second: int | None = None, code: str = "TASK", **more: Any) -> bytes:
    """An update of a task, or of another type, that happened some seconds after the start."""
    row = {"ID": f"{number:032x}", "objCode": code, "name": f"row {number}", "parameterValues": {"DE:Region": "North"}}
    event = {
        "eventType": "UPDATE",
        "subscriptionId": "750a636c",
        "eventTime": {"epochSecond": START + (number if second is None else second), "nano": 125_000_000},
        "eventVersion": "v2",
        "subscriptionVersion": "v2",
        "newState": row,
        "oldState": {**row, "name": "before"},
        **more,
    }
    return json.dumps(event).encode()
