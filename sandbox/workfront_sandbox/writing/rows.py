"""Rows written without further checks: stamped, journalled, and noted for whoever watches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import WORK
from workfront_sandbox.store.custom_field import DEFINED_BY
from workfront_sandbox.tenant.predecessor_text import follow_links
from workfront_sandbox.tenant.tenant import Change, ChangeType, new_id
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.dependants import going_with, naming
from workfront_sandbox.writing.journal import note_change
from workfront_sandbox.writing.parent_task import NESTED, with_children
from workfront_sandbox.writing.work_item import drop_item, follow_part, follow_reference

_QUEUE: Final = "queueDefID"
_ABOVE: Final = "parentID"
_NUMBER: Final = "referenceNumber"
_PLACED: Final = ("taskNumber", "projectID")
"""Fields of a task by which others name it as what they wait for."""


def add(call: Call, code: str, row: Row) -> Row:
    """Writes a new row that needs no more checks."""
    now = _stamp(call)
    known = _fields(call, code)
    stamps: Row = {
        "entryDate": now,
        "lastUpdateDate": now,
        "enteredByID": call.caller.user_id,
        "lastUpdatedByID": call.caller.user_id,
        "customerID": call.tenant.customer_id,
    }
    stamped = {name: value for name, value in stamps.items() if name in known}
    if code == "PROJ" and not row.get(_NUMBER):
        stamped[_NUMBER] = call.store.last_number(code, _NUMBER) + 1
    made = {"ID": new_id(), **stamped, **row}
    ready = call.tenant.written(code, call.tenant.keep_password(code, str(made["ID"]), made))
    call.store.insert(code, [ready])
    _notify(call, "CREATE", code, {}, ready)
    return ready


def change(call: Call, code: str, object_id: str, fields: Mapping[str, Any]) -> Row:
    """Changes fields of a row that need no more checks."""
    before = call.row(code, object_id)
    fields = call.tenant.written(code, call.tenant.keep_password(code, object_id, fields))
    if all(name in before and before[name] == value for name, value in fields.items()):
        return before
    known = _fields(call, code)
    stamps = {"lastUpdateDate": _stamp(call), "lastUpdatedByID": call.caller.user_id}
    after = {**before, **fields, **{name: value for name, value in stamps.items() if name in known}}
    call.store.update(code, after)
    _notify(call, "UPDATE", code, before, after)
    return after


def remove(call: Call, code: str, object_id: str) -> None:
    """Takes a row away, and what goes with it; what stays names it no more."""
    for kind, key in _taken(call, code, object_id):
        for other, name in naming(call.tenant.catalogue.types, kind, call.store.codes):
            if call.store.column(other, name):
                for row in call.store.where(other, **{name: key}):
                    _loosen(call, other, row, name)


def _taken(call: Call, code: str, object_id: str) -> list[tuple[str, str]]:
    """Takes a row away with what goes with it; returns types and IDs of all of that."""
    row = call.store.get(code, object_id)
    if row is None:
        return []
    call.store.delete(code, object_id)
    gone = [(code, object_id)]
    for other, key in going_with(code):
        for member in call.store.where(other, **{key: object_id}):
            gone += _taken(call, other, str(member["ID"]))
    _notify(call, "DELETE", code, row, {})
    return gone


def add_again(call: Call, code: str, row: Row) -> None:
    """Writes a row that was deleted, as it was."""
    call.store.insert(code, [row])
    _notify(call, "CREATE", code, {}, row)


def _loosen(call: Call, code: str, row: Row, key: str) -> None:
    """Takes the name of a deleted row out of another, whoever may see that one."""
    after = {**row, key: None}
    call.store.update(code, after)
    _notify(call, "UPDATE", code, row, after)


def _notify(call: Call, kind: ChangeType, code: str, old: Row, new: Row) -> None:
    change = Change(kind, code, old, new, call.tenant.clock.stamp(), call.caller.user_id)
    call.changes.append(change)
    if code in DEFINED_BY:
        call.tenant.custom.forget()
    if kind != "DELETE" or call.tenant.journals_deletion(code):
        entries = note_change(change, call.tenant.clock, call.tenant.kind, lambda user: _name_of(call, user))
        call.store.insert("JRNLE", entries)
        for entry in entries:
            call.tenant.sight.note("JRNLE", {}, entry)
    _follow(call, kind, code, old, new)


def _name_of(call: Call, user_id: str) -> str | None:
    return (call.store.get("USER", user_id) or {}).get("name")


def _follow(call: Call, kind: ChangeType, code: str, old: Row, new: Row) -> None:
    """Brings rows in line that exist only because of others, and know how many there are."""
    if code == "ASSGN" and kind == "DELETE":
        drop_item(call, old["ID"])
    elif code == "ASSGN":
        follow_part(call, new)
    elif code in WORK and kind == "UPDATE":
        follow_reference(call, code, old, new)
    if code == "QUET" and old.get(_QUEUE) != new.get(_QUEUE):
        tell_topics(call, old.get(_QUEUE))
        tell_topics(call, new.get(_QUEUE))
    if code == "PRED":
        follow_links(call.store, (old.get("successorID"), new.get("successorID")))
    elif code == "TASK" and kind == "UPDATE" and any(old.get(name) != new.get(name) for name in _PLACED):
        links = call.store.where("PRED", predecessorID=new["ID"])
        follow_links(call.store, (new["ID"], *(link.get("successorID") for link in links)))
    if code in NESTED and old.get(_ABOVE) != new.get(_ABOVE):
        _count_below(call, code, old.get(_ABOVE), new.get(_ABOVE))


def tell_topics(call: Call, queue_id: Any) -> None:
    """Gives a queue whether it has topics."""
    queue = call.store.get("QUED", str(queue_id)) if queue_id else None
    if queue is not None:
        has = call.store.number("QUET", queueDefID=queue["ID"]) > 0
        change(call, "QUED", str(queue["ID"]), {"hasQueueTopics": has})


def _count_below(call: Call, code: str, *parents: Any) -> None:
    """Gives rows the number of those right below them."""
    for one in parents:
        parent = call.store.get(code, str(one)) if one else None
        if parent is not None:
            number = call.store.number(code, parentID=parent["ID"])
            change(call, code, str(parent["ID"]), with_children(code, parent, number))


def _stamp(call: Call) -> str:
    """Returns the moment that a row written now bears."""
    return datetimes.wire(call.tenant.clock.stamp(), call.tenant.clock.zone)


def _fields(call: Call, code: str) -> Mapping[str, Any]:
    described = call.tenant.catalogue.types.get(code)
    return described.fields if described else {}
