"""Rows written without further checks: stamped, journalled, and noted for whoever watches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.joins import owner_key
from workfront_sandbox.store.custom_field import DEFINED_BY
from workfront_sandbox.tenant.tenant import Change, ChangeType, new_id
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.journal import note_change

DEPENDANTS: Final = {
    "PROJ": ("TASK", "OPTASK", "HOUR", "ACSRUL"),
    "TASK": ("TASK", "ASSGN"),
    "OPTASK": ("ASSGN",),
    "TMPL": ("TTSK",),
    "TTSK": ("TTSK",),
    "CTGY": ("CTGYPA",),
    "DOCU": ("DOCV",),
    "PARAM": ("POPT", "CTGYPA"),
}
"""Members that go with a row that is deleted."""

_RULED: Final = ("TASK", "OPTASK", "PORT", "PRGM", "TMPL", "DOCU")
"""Further object types whose rules go with a row."""

LINKS: Final = {
    "TASK": (("PRED", "successorID"), ("PRED", "predecessorID")),
    "CTGY": (("OBJCAT", "categoryID"),),
}
"""Rows that tie a deleted row to another and go with it, and their field for it."""


def add(call: Call, code: str, row: Row) -> Row:
    """Writes a new row that needs no more checks."""
    now = _stamp(call)
    known = _fields(call, code)
    stamps = {
        "entryDate": now,
        "lastUpdateDate": now,
        "enteredByID": call.caller.user_id,
        "lastUpdatedByID": call.caller.user_id,
        "customerID": call.tenant.customer_id,
    }
    stamped = {name: value for name, value in stamps.items() if name in known}
    ready = call.tenant.written(code, {"ID": new_id(), **stamped, **call.tenant.keep_password(code, row)})
    call.store.insert(code, [ready])
    _notify(call, "CREATE", code, {}, ready)
    return ready


def change(call: Call, code: str, object_id: str, fields: Mapping[str, Any]) -> Row:
    """Changes fields of a row that need no more checks."""
    before = call.row(code, object_id)
    fields = call.tenant.written(code, call.tenant.keep_password(code, fields, before.get("username")))
    if all(name in before and before[name] == value for name, value in fields.items()):
        return before
    known = _fields(call, code)
    stamps = {"lastUpdateDate": _stamp(call), "lastUpdatedByID": call.caller.user_id}
    after = {**before, **fields, **{name: value for name, value in stamps.items() if name in known}}
    call.store.update(code, after)
    _notify(call, "UPDATE", code, before, after)
    return after


def remove(call: Call, code: str, object_id: str, *, bin_it: bool = False) -> None:
    """Takes a row and its dependants away; rows of the bin can still be looked at."""
    row = call.store.get(code, object_id)
    if row is None:
        return
    call.store.delete(code, object_id)
    for other, key in _dependants(code):
        for member in call.store.where(other, **{key: object_id}):
            remove(call, other, str(member["ID"]), bin_it=bin_it)
    if bin_it:
        call.store.put_value(f"bin:{code}:{object_id}", row)
    _notify(call, "DELETE", code, row, {})


def _dependants(code: str) -> list[tuple[str, str]]:
    """Returns what goes with a row of a type: object types, and their fields for its ID."""
    members = [(member, owner_key(code, member)) for member in DEPENDANTS.get(code, ())]
    rules = [("ACSRUL", "securityObjID")] if code in _RULED else []
    return [*members, *LINKS.get(code, ()), *rules]


def _notify(call: Call, kind: ChangeType, code: str, old: Row, new: Row) -> None:
    change = Change(kind, code, old, new, call.tenant.clock.stamp(), call.caller.user_id)
    call.changes.append(change)
    if code in DEFINED_BY:
        call.tenant.custom.forget()
    if kind == "DELETE" and not call.tenant.journals_deletion(code):
        return
    entries = note_change(change, call.tenant.clock, call.tenant.kind)
    call.store.insert("JRNLE", entries)
    for entry in entries:
        call.tenant.sight.note("JRNLE", {}, entry)


def _stamp(call: Call) -> str:
    """Returns the moment that a row written now bears."""
    return datetimes.wire(call.tenant.clock.stamp(), call.tenant.clock.zone)


def _fields(call: Call, code: str) -> Mapping[str, Any]:
    described = call.tenant.catalogue.types.get(code)
    return described.fields if described else {}
