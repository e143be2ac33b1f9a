"""The bin: what was deleted with a row, kept for thirty days to be brought back with its IDs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import not_found
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.dependants import RESTORABLE
from workfront_sandbox.writing.rows import add_again, change, remove

_KEPT: Final = timedelta(days=30)


def throw_away(call: Call, code: str, object_id: str) -> None:
    """Deletes a row with all that goes along; where its type is kept for a while, all of that goes into the bin."""
    done = len(call.changes)
    remove(call, code, object_id)
    if code in RESTORABLE:
        gone = [(one.code, one.old) for one in reversed(call.changes[done:]) if one.type == "DELETE"]
        call.store.put_value(_key(code, object_id), {"at": call.tenant.clock.wire(), "rows": gone})


def restore(call: Call, code: str, object_id: str) -> None:
    """Brings a deleted row back, with all that went along. Raises ApiError 404 where the bin does not hold it."""
    kept: dict[str, Any] = call.store.get_value(_key(code, object_id)) or {}
    rows: Sequence[tuple[str, Row]] = kept.get("rows") or ()
    if not rows or datetimes.parse(kept["at"], call.tenant.clock.zone) + _KEPT < call.tenant.clock.now():
        raise not_found(call.object(code).name, object_id)
    for kind, row in rows:
        if call.store.get(kind, str(row["ID"])) is None:
            add_again(call, kind, row)
    if code == "TASK" and (parent := call.row(code, object_id).get("parentID")):
        above = call.store.get("TASK", str(parent))
        if above is None or above.get("projectID") != call.row(code, object_id).get("projectID"):
            change(call, code, object_id, {"parentID": None})
    call.store.put_value(_key(code, object_id), None)


def _key(code: str, object_id: str) -> str:
    return f"bin:{code}:{object_id}"
