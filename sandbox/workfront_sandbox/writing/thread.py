"""Notes that answer one another. docs/protocol.md 19.7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workfront_sandbox.call.call import Call
from workfront_sandbox.tenant.tenant import new_id
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change


def thread_of(call: Call, row: Mapping[str, Any]) -> Row:
    """Returns which thread a new note belongs to: its own, or that of the note it answers. Raises ApiError 404."""
    if not row.get("parentNoteID"):
        own = str(row.get("ID") or new_id())
        return {"ID": own, "threadID": own, "threadDate": call.tenant.clock.wire(), "isReply": False, "numReplies": 0}
    answered = call.row("NOTE", str(row["parentNoteID"]))
    thread = {"threadID": answered.get("threadID") or answered["ID"]}
    dated = {"threadDate": answered.get("threadDate") or answered.get("entryDate")}
    return {**thread, **dated, "isReply": True, "numReplies": 0}


def follow_thread(call: Call, note: Mapping[str, Any], more: int) -> None:
    """Counts a note for the one it answers, after it was made or deleted."""
    answered = call.store.get("NOTE", str(note["parentNoteID"])) if note.get("parentNoteID") else None
    if answered is not None:
        number = max(0, int(answered.get("numReplies") or 0) + more)
        change(call, "NOTE", str(answered["ID"]), {"numReplies": number, "hasReplies": number > 0})
