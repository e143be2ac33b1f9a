"""Journal entries: what changed, from what to what, by whom. docs/protocol.md 14."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.store.custom_field import CUSTOM
from workfront_sandbox.tenant.clock import Clock
from workfront_sandbox.tenant.tenant import Change, new_id
from workfront_sandbox.wire import datetimes as moment
from workfront_sandbox.wire.json_value import Row, is_list, is_object, text_of

KEPT_FOR: Final = {
    "PROJ": "projectID",
    "TASK": "taskID",
    "OPTASK": "opTaskID",
    "PORT": "portfolioID",
    "PRGM": "programID",
    "TMPL": "templateID",
    "USER": "userID",
    "DOCU": "documentID",
    "HOUR": "hourID",
    "EXPNS": "expenseID",
    "TSHET": "timesheetID",
    "ASSGN": "assignmentID",
    "BILL": "billingRecordID",
}
"""Object types that have a journal, and the field of an entry that names their row."""

_PARTS: Final = {"HOUR": ("taskID", "opTaskID", "projectID"), "ASSGN": ("taskID", "opTaskID", "projectID")}
_OWNERS: Final = {"taskID": "TASK", "opTaskID": "OPTASK", "projectID": "PROJ"}
_UNTOLD: Final = frozenset({"ID", "objCode", "lastUpdateDate", "lastUpdatedByID", "entryDate", "customerID"})


def note_change(change: Change, clock: Clock, kind_of: Callable[[str, str], Kind]) -> list[Row]:
    """The entries of one change: one a field for an edit, one for a row that came or went."""
    if change.code not in KEPT_FOR:
        return []
    base = _base(change, clock)
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
        "entryDate": moment.wire(change.at, clock.zone),
        "editedByID": change.user_id,
        "objObjCode": owner_code,
        "objID": owner_id,
        "subObjCode": change.code if part else None,
        "subObjID": row["ID"] if part else None,
        "aux2": row.get("name"),
        "topObjCode": "PROJ" if row.get("projectID") else owner_code,
        "topObjID": row.get("projectID") or owner_id,
        KEPT_FOR[change.code]: row["ID"],
    }
    return entry | {name: row[name] for name in _OWNERS if row.get(name) and name not in entry}


def _owner(code: str, row: Row) -> tuple[str, str]:
    for name in _PARTS.get(code, ()):
        if row.get(name):
            return _OWNERS[name], str(row[name])
    return code, str(row["ID"])


def _differs(change: Change, name: str) -> bool:
    return name not in _UNTOLD and change.old.get(name) != change.new.get(name)


def _field(change: Change, name: str, kind: Kind) -> Row:
    entry: Row = {"ID": new_id(), "fieldName": name.removeprefix(CUSTOM)}
    for word, row in (("old", change.old), ("new", change.new)):
        entry |= _value(word, row.get(name), kind)
    return entry


def _value(word: str, value: Any, kind: Kind) -> Row:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    date = value if kind in {"instant", "date"} and isinstance(value, str) else None
    rest = value if number is None and date is None else None
    text = None if rest is None else text_of(rest) if not (is_list(rest) or is_object(rest)) else str(rest)
    return {f"{word}TextVal": text, f"{word}NumberVal": number, f"{word}DateVal": date}
