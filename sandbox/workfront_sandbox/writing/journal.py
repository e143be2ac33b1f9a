"""Journal entries: what changed, from what to what, by whom. docs/protocol.md 14."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.tenant.clock import Clock
from workfront_sandbox.tenant.tenant import Change, new_id
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row, is_list, is_object, text_of

NameOf: TypeAlias = Callable[[str], str | None]
"""Finds the name of a user by the ID."""

JOURNALED: Final = (
    "PROJ", "TASK", "OPTASK", "PORT", "PRGM", "TMPL", "USER", "DOCU", "HOUR", "EXPNS", "TSHET", "ASSGN", "BILL",
)  # fmt: skip
"""Object types that have a journal. Entries name the row by the field of its type."""

_PARTS: Final = ("HOUR", "ASSGN")
"""Object types whose changes stand in the journal of the task, issue or project they belong to."""

_OWNERS: Final = ("TASK", "OPTASK", "PROJ")
UNSET_CONDITION: Final = -2147483648
"""The number that stands in the journal for the condition of a task or an issue that has none."""

_UNTOLD: Final = frozenset({"ID", "objCode", "lastUpdateDate", "lastUpdatedByID", "entryDate", "customerID"})


def note_change(change: Change, clock: Clock, kind_of: Callable[[str, str], Kind], who: NameOf) -> list[Row]:
    """Returns the entries of one change: one a field for an edit, one for a row that came or went.

    Args:
        change: the change.
        clock: of the tenant.
        kind_of: what sort of value a field of an object type holds.
        who: the name of a user, whose hours they are.
    """
    if change.code not in JOURNALED:
        return []
    base = _base(change, clock)
    if change.code == "HOUR":
        base["aux2"] = who(str((change.new or change.old).get("ownerID")))
    if change.type == "UPDATE":
        fields = [name for name in change.new if _differs(change, name)]
        return [base | _field(change, name, kind_of(change.code, name)) for name in fields]
    return [base | _field(change, "hours" if change.code == "HOUR" else "name", kind_of(change.code, "name"))]


def _base(change: Change, clock: Clock) -> Row:
    row = change.new or change.old
    owner_code, owner_id = _owner(change.code, row)
    part = change.code in _PARTS
    entry: Row = {
        "ID": "",
        "changeType": {"CREATE": "A", "UPDATE": "E", "DELETE": "D"}[change.type],
        "entryDate": datetimes.wire(change.at, clock.zone),
        "editedByID": change.user_id,
        "objObjCode": owner_code,
        "objID": owner_id,
        "subObjCode": change.code if part else None,
        "subObjID": row["ID"] if part else None,
        "aux2": row.get("name"),
        "topObjCode": "PROJ" if row.get("projectID") else owner_code,
        "topObjID": row.get("projectID") or owner_id,
        ROW_KEYS[change.code]: row["ID"],
    }
    return entry | {
        name: row[name] for name in map(ROW_KEYS.__getitem__, _OWNERS) if row.get(name) and name not in entry
    }


def _owner(code: str, row: Row) -> tuple[str, str]:
    owners = _OWNERS if code in _PARTS else ()
    found = next((owner for owner in owners if row.get(ROW_KEYS[owner])), None)
    return (found, str(row[ROW_KEYS[found]])) if found else (code, str(row["ID"]))


def _differs(change: Change, name: str) -> bool:
    return name not in _UNTOLD and change.old.get(name) != change.new.get(name)


def _field(change: Change, name: str, kind: Kind) -> Row:
    entry: Row = {"ID": new_id(), "fieldName": name}
    unset = UNSET_CONDITION if name == "condition" and change.code in WORK else None
    for word, row in (("old", change.old), ("new", change.new)):
        value = row.get(name)
        entry |= _value(word, unset if value is None else value, kind)
    return entry


def _value(word: str, value: Any, kind: Kind) -> Row:
    """Returns the columns of a value. Nothing on record tells how several values stand there: as JSON here."""
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    date = value if kind in {"instant", "date"} and isinstance(value, str) else None
    rest = value if number is None and date is None else None
    is_nested = is_list(rest) or is_object(rest)
    text = None if rest is None else json.dumps(rest, ensure_ascii=False) if is_nested else text_of(rest)
    return {f"{word}TextVal": text, f"{word}NumberVal": number, f"{word}DateVal": date}
