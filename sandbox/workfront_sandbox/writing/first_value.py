"""What a new row has where nothing is written for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.wire.json_value import Row

FIRST_VALUES: Final[Mapping[str, Row]] = {
    "PROJ": {
        "status": "CUR",
        "priority": 2,
        "percentComplete": 0.0,
        "condition": "ON",
        "conditionType": "PG",
        "currency": None,
        "scheduleMode": "S",
        "summaryCompletionType": "AUT",
        "updateType": "AUTO",
    },
    "TASK": {
        "status": "NEW",
        "priority": 2,
        "percentComplete": 0.0,
        "progressStatus": "ON",
        "canStart": True,
        "trackingMode": "USER",
        "durationType": "A",
        "durationUnit": "D",
        "duration": 1.0,
        "durationMinutes": WORKDAY_MINUTES,
        "workRequired": 0,
        "work": 0.0,
    },
    "OPTASK": {"status": "NEW", "priority": 2, "percentComplete": 0.0, "opTaskType": "ISU"},
    "TTSK": {
        "priority": 2,
        "durationUnit": "D",
        "duration": 1.0,
        "durationMinutes": WORKDAY_MINUTES,
        "workRequired": 0,
        "work": 0.0,
    },
    "USER": {"isActive": True, "workTime": 1.0, "fte": 1.0},
    "PORT": {"isActive": True},
    "PRGM": {"isActive": True},
    "CTGY": {"isActive": True},
    "QUED": {"isPublic": 0, "hasQueueTopics": False},
    "HOUR": {"status": "SUB"},
    "ASSGN": {"status": "AA"},
    "PRED": {"predecessorType": "fs", "lagDays": 0.0, "lagType": "d", "isEnforced": False},
    "DOCU": {"isPrivate": False, "isPublic": False},
    "ACSRUL": {"isInherited": False, "forbiddenActions": [], "secondaryActions": []},
}
"""The first values of the fields of a new row, by object type."""
