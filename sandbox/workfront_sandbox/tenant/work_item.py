"""Work items: what each user has to do, one for each assignment of a user. docs/protocol.md 19.5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.wire.json_value import Row

FINISHED: Final = "DN"
"""The status of an assignment whose user is done."""


def item_of(part: Row, about: Mapping[str, Any], now: str) -> Row:
    """Returns the work item of a user's assignment, which has its ID: done since ``now``, if it is done.

    Args:
        part: the assignment.
        about: the task or the issue.
        now: when it was done.
    """
    code = "OPTASK" if part.get(ROW_KEYS["OPTASK"]) else "TASK"
    is_done = part.get("status") == FINISHED
    tied = {ROW_KEYS[one]: part.get(ROW_KEYS[one]) for one in (*WORK, "PROJ")}
    return {
        "ID": part["ID"],
        "assignmentID": part["ID"],
        "userID": part["assignedToID"],
        "objID": part.get(ROW_KEYS[code]),
        "objObjCode": code,
        **tied,
        "isDone": is_done,
        "doneDate": now if is_done else None,
        "isDead": False,
        "customerID": part.get("customerID"),
        **referenced(about),
    }


def referenced(about: Mapping[str, Any]) -> Row:
    """Returns what a work item says of its task or issue."""
    return {"referenceObjectName": about.get("name"), "referenceObjectCommitDate": about.get("commitDate")}
