"""Work items after an assignment, or what it is part of, was written. docs/protocol.md 19.5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.tenant.work_item import item_of, referenced
from workfront_sandbox.wire.json_value import Row


def follow_part(call: Call, part: Row) -> None:
    """Makes, changes or removes the work item of an assignment, which has its user."""
    there = call.store.get("WRKITM", str(part["ID"]))
    if there is not None and there.get("userID") != part.get("assignedToID"):
        drop_item(call, part["ID"])
        there = None
    if not part.get("assignedToID"):
        return
    about = next((row for code in WORK if (row := call.store.get(code, str(part.get(ROW_KEYS[code]))))), Row())
    item = item_of(part, about, call.tenant.clock.wire())
    if there is None:
        call.store.insert("WRKITM", [item])
    else:
        done = {"doneDate": there.get("doneDate")} if there.get("doneDate") and item["isDone"] else {}
        call.store.update("WRKITM", {**there, **item, **done})


def drop_item(call: Call, part_id: Any) -> None:
    """Removes the work item of an assignment that is no more, or not the user's any longer."""
    call.store.delete("WRKITM", str(part_id))


def follow_reference(call: Call, code: str, before: Mapping[str, Any], after: Row) -> None:
    """Gives work items the name and the commit date of their task or issue."""
    if referenced(before) != referenced(after):
        for row in call.store.where("WRKITM", **{ROW_KEYS[code]: after["ID"]}):
            call.store.update("WRKITM", {**row, **referenced(after)})
