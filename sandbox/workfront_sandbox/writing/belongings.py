"""What belongs to a row and goes along when it is copied, or is left behind when it moves. docs/protocol.md 11.2."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import OWNER_KEYS, ROW_KEYS
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.recycle_bin import throw_away
from workfront_sandbox.writing.rows import add, change, remove

STAMPS: Final = frozenset({"ID", "entryDate", "lastUpdateDate", "enteredByID", "lastUpdatedByID", "referenceNumber"})
"""Fields that each row has of its own."""

_BY_OPTION: Final = {"ASSGN": "clearAssignments", "TASSGN": "clearAssignments", "EXPNS": "clearExpenses",
                     "DOCU": "clearDocuments", "ACSRUL": "clearPermissions", "OBJCAT": None, "RISK": None}  # fmt: skip
"""Rows that go along, and the option that leaves them out."""

_OF: Final = {
    "PROJ": ("EXPNS", "DOCU", "ACSRUL", "OBJCAT", "RISK"),
    "TASK": ("ASSGN", "EXPNS", "DOCU", "ACSRUL", "OBJCAT"),
    "OPTASK": ("ASSGN", "DOCU", "ACSRUL", "OBJCAT"),
    "TMPL": ("EXPNS", "DOCU", "ACSRUL", "OBJCAT", "RISK"),
    "TTSK": ("TASSGN", "EXPNS", "DOCU", "OBJCAT"),
}
"""What belongs to rows of a type."""

_FRESH: Final[Mapping[str, Row]] = {
    "ASSGN": {"status": "AA"},
    "DOCU": {"checkedOutByID": None, "checkOutTimestamp": None},
    "EXPNS": {"billingRecordID": None},
}


def copy_belongings(call: Call, code: str, old_id: str, new_id: str, options: Collection[str]) -> None:
    """Gives a copy what belongs to the row it was made of, but for what the options leave out."""
    target = call.row(code, new_id)
    for part in _OF.get(code, ()):
        if _BY_OPTION[part] in options:
            continue
        for row in held(call, code, part, old_id):
            _copy(call, code, part, row, target)


def leave_belongings(call: Call, code: str, object_id: str, options: Collection[str]) -> None:
    """Takes from a row that moves what the options leave behind; documents go to the bin."""
    for part in _OF.get(code, ()):
        if _BY_OPTION[part] in options:
            for row in held(call, code, part, object_id):
                throw_away(call, part, str(row["ID"]))
    if "clearPredecessors" in options:
        for key in ("successorID", "predecessorID"):
            for row in call.store.where(LINKS[code], **{key: object_id}) if code in LINKS else ():
                remove(call, LINKS[code], str(row["ID"]))


LINKS: Final = {"TASK": "PRED", "TTSK": "TPRED"}
"""What ties tasks to those they wait for."""


def copy_links(call: Call, code: str, made: Mapping[str, str]) -> None:
    """Ties copies as the rows they were made of are tied to each other; links to others are not taken along.

    Args:
        call: what the copies are made in.
        code: type of the rows.
        made: IDs of the copies, by those of the rows.
    """
    for old, new in made.items():
        for row in call.store.where(LINKS[code], successorID=old):
            if (before := made.get(str(row.get("predecessorID")))) is not None:
                add(call, LINKS[code], plain(row) | {"successorID": new, "predecessorID": before})


def held(call: Call, code: str, part: str, object_id: str) -> list[Row]:
    """Returns rows that belong to a row itself, not to what stands below it."""
    rows = call.store.where(part, **{OWNER_KEYS.get(part, ROW_KEYS[code]): object_id})
    if part in {"EXPNS", "DOCU"} and code in {"PROJ", "TMPL"}:
        below = ("taskID", "opTaskID", "templateTaskID")
        return [row for row in rows if not any(row.get(name) for name in below)]
    return [row for row in rows if not (part == "ACSRUL" and row.get("isInherited"))]


def _copy(call: Call, code: str, part: str, row: Row, target: Row) -> None:
    key = OWNER_KEYS.get(part, ROW_KEYS[code])
    ties: Row = {key: target["ID"]}
    ties |= {name: target.get(name) for name in ("projectID", "templateID") if row.get(name) and name != key}
    if row.get("objID"):
        ties["objID"] = target["ID"]
    copied = add(call, part, plain(row) | _FRESH.get(part, {}) | ties)
    if part == "DOCU" and row.get("currentVersionID"):
        copy_version(call, str(row["currentVersionID"]), str(copied["ID"]))


def copy_version(call: Call, version_id: str, document_id: str) -> None:
    """Gives a copied document the content of the version that the document has it of."""
    version = call.store.get("DOCV", version_id)
    if version is not None:
        made = add(call, "DOCV", plain(version) | {"documentID": document_id, "version": "1"})
        address = f"/attask/document/download?ID={document_id}"
        current = {"currentVersionID": made["ID"], "lastVersionNum": "1", "downloadURL": address}
        change(call, "DOCU", document_id, current)


def plain(row: Row) -> dict[str, Any]:
    """Returns a row without what each has of its own."""
    return {name: value for name, value in row.items() if name not in STAMPS}
