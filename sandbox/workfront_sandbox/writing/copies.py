"""Copies of rows with what belongs to them. docs/protocol.md 11.2."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.joins import owner_key
from workfront_sandbox.wire.errors import no_such_verb
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import add
from workfront_sandbox.writing.values import read_entry

COPYABLE: Final = frozenset(
    {
        "ACSLVL", "ARVPRC", "CALPTL", "CTGY", "EXTSEC", "GROUP", "OPTASK", "PARAM", "PTLSEC", "PTLTAB", "PROJ",
        "SCHED", "SCHREP", "SCORE", "TASK", "TMPL", "TTSK", "TSPRO", "UIFT", "UIGB", "UIVW",
    }
)  # fmt: skip
"""Object types that copy by ``copySourceID``."""

_PARTS: Final = {"PROJ": "TASK", "TMPL": "TTSK", "TASK": "TASK", "CTGY": "CTGYPA", "PARAM": "POPT"}
_NOT_COPIED: Final = frozenset(
    {"ID", "entryDate", "lastUpdateDate", "enteredByID", "lastUpdatedByID", "referenceNumber"}
)
_CLEARED: Final[Mapping[str, Row]] = {
    "clearProgress": {"percentComplete": 0.0, "actualStartDate": None, "actualCompletionDate": None, "status": None},
    "clearAssignments": {"assignedToID": None, "roleID": None, "teamID": None},
}


def copy(call: Call, code: str, source_id: str, values: Mapping[str, Any], options: Collection[str] = ()) -> Row:
    """Returns a new row like another, with the given fields changed. Raises ApiError where there is nothing to copy."""
    if code not in COPYABLE:
        raise no_such_verb("COPY")
    source = call.row(code, source_id)
    entry = read_entry(call, code, values)
    with call.atomically():
        made = copy_row(call, code, source, entry.plain, options)
        copy_parts(call, code, source_id, str(made["ID"]), {}, options)
    return call.row(code, str(made["ID"]))


def copy_row(call: Call, code: str, source: Row, changes: Mapping[str, Any], options: Collection[str] = ()) -> Row:
    """Returns one row like another, without what belongs to it."""
    copied_fields = {name: value for name, value in source.items() if name not in _NOT_COPIED}
    for option in options:
        copied_fields |= {name: value for name, value in _CLEARED.get(option, {}).items() if name in copied_fields}
    if copied_fields.get("status", "") is None:
        copied_fields["status"] = {"PROJ": "PLN"}.get(code, "NEW")
    return add(call, code, {**copied_fields, **changes})


def copy_parts(
    call: Call, code: str, old_id: str, new_id: str, ties: Mapping[str, Any], options: Collection[str] = ()
) -> None:
    """Copies what belongs to one row, to belong to another; parents among the parts stay parents."""
    part = _PARTS.get(code)
    if part is None:
        return
    made, key = {old_id: new_id}, owner_key(code, part)
    for row in call.store.where(part, **{key: old_id}):
        parent = made.get(str(row.get("parentID")), row.get("parentID"))
        moved = {key: new_id, "parentID": parent} if key != "parentID" else {key: new_id}
        copied = copy_row(call, part, row, {**moved, **ties}, options)
        made[str(row["ID"])] = str(copied["ID"])
        if part == code:
            copy_parts(call, part, str(row["ID"]), str(copied["ID"]), ties, options)
