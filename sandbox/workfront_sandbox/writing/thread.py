"""Notes that answer one another, and the last one of what they stand on. docs/protocol.md 19.7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.tenant.tenant import new_id
from workfront_sandbox.wire.errors import not_computed
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change

_SUBJECTS: Final = tuple(ROW_KEYS[code] for code in ("PROJ", "TASK", "OPTASK", "DOCU", "USER"))
_LAST: Final = "lastNoteID"
_LAST_OF_OWNER: Final = "lastConditionNoteID"
_OWNERS: Final = {"PROJ": "ownerID", "TASK": "assignedToID", "OPTASK": "assignedToID"}
"""Who answers for a row: what such a user writes last is kept as well."""


def check_subject(before: Row, changes: Row) -> None:
    """Raises ApiError where a note is to be about something else than it was written about."""
    for name in ("noteObjCode", "objID", *_SUBJECTS):
        if name in changes and changes[name] != before.get(name):
            raise not_computed(f"{name} of a note that is there")


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


def follow_last_note(call: Call, before: Mapping[str, Any], note: Mapping[str, Any]) -> None:
    """Gives what a note stands on its last note, after one was made, emptied or deleted; nothing takes its place."""
    code, key = str((note or before).get("noteObjCode")), str((note or before).get("objID"))
    about = call.store.get(code, key)
    known = call.tenant.catalogue.types[code].fields if about is not None else ()
    if about is None or _LAST not in known:
        return
    if note and not before:
        fields: Row = {_LAST: note["ID"], "hasNotes": True}
        if _OWNERS.get(code) and note.get("ownerID") == about.get(_OWNERS[code]):
            fields[_LAST_OF_OWNER] = note["ID"]
    elif note and note.get("noteText"):
        return
    else:
        gone = before["ID"]
        fields = {name: None for name in (_LAST, _LAST_OF_OWNER) if about.get(name) == gone}
        fields["hasNotes"] = bool(call.store.number("NOTE", noteObjCode=code, objID=key))
    call.tenant.change_quietly(code, key, {name: value for name, value in fields.items() if name in known})
