"""Where rights come down from: portfolio, program, project, task, subtask, issue and document; never upwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from workfront_sandbox.schema.overrides import ROW_KEYS, VIEWS
from workfront_sandbox.store.sql_function import mixed
from workfront_sandbox.store.store import Store
from workfront_sandbox.wire.json_value import Row

_OWNERS: Final[Mapping[str, tuple[str, ...]]] = {
    "PRGM": ("PORT",),
    "PROJ": ("PRGM", "PORT"),
    "TASK": ("TASK", "PROJ"),
    "OPTASK": ("TASK", "PROJ"),
    "DOCU": ("TASK", "OPTASK", "PROJ", "PORT", "PRGM"),
}
"""The types of rows that a row may belong to, the nearest first."""

_OTHER_KEYS: Final = {("TASK", "TASK"): "parentID", ("OPTASK", "TASK"): "sourceTaskID"}
"""The field of a row that names what it belongs to, where that is not named as anywhere else."""

GUARDED: Final = frozenset({"PORT", "PRGM", "PROJ", "TASK", "OPTASK", "DOCU", "TMPL"})
"""Object types whose rows are shared one by one."""

HELD: Final[Mapping[str, str]] = {
    "NOTE": "ownerID", "HOUR": "ownerID", "EXPNS": "enteredByID", "ASSGN": "assignedToID", "WRKITM": "userID",
    "DOCV": "enteredByID", "JRNLE": "", "UPDATE": "",
}  # fmt: skip
"""Object types whose rows are seen by who sees what they hang on, and the field of whom each belongs to."""

_HELD_BY: Final = tuple((code, ROW_KEYS[code]) for code in ("DOCU", "OPTASK", "TASK", "PROJ", "PRGM", "PORT", "TMPL"))
_NAMED_BY: Final = (("noteObjCode", "objID"), ("objObjCode", "objID"), ("refObjCode", "refObjID"))

MADE_BY: Final = frozenset({"PORT", "PRGM", "PROJ", "TMPL"})
"""Object types whose rows have a rule for their maker."""


def ties() -> Iterator[tuple[str, str]]:
    """Yields the types of rows that belong to others, each with a field that names what it belongs to."""
    for code, owners in _OWNERS.items():
        for owner in owners:
            yield code, _OTHER_KEYS.get((code, owner), ROW_KEYS[owner])


def own_type(store: Store, code: str, row: Mapping[str, Any]) -> str:
    """Returns the object type that a row is kept as: for a row of WORK that of its task or issue."""
    kinds = VIEWS.get(code, ())
    return next((kind for kind in kinds if store.get(kind, str(row["ID"])) is not None), code)


def above(store: Store, code: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """Yields everything a row belongs to, the nearest first, each once."""
    seen, waiting = set[str](), [(code, dict(row))]
    while waiting:
        kind, one = waiting.pop(0)
        for other in _OWNERS.get(kind, ()):
            key = str(one.get(_OTHER_KEYS.get((kind, other), ROW_KEYS[other])) or "")
            owner = store.get(other, key) if key and key not in seen else None
            if owner is not None:
                seen.add(key)
                yield other, owner
                waiting.append((other, owner))


def holder(store: Store, row: Mapping[str, Any]) -> tuple[str, Row] | None:
    """Returns what a row of `HELD` hangs on, the nearest that is there."""
    named = [(str(row.get(kind)), row.get(key)) for kind, key in _NAMED_BY if row.get(kind) in GUARDED]
    for code, key in (*named, *((code, row.get(name)) for code, name in _HELD_BY)):
        found = store.get(code, str(key)) if key else None
        if found is not None:
            return code, found
    return None


def rules(store: Store, code: str, row: Mapping[str, Any]) -> list[Row]:
    """Returns the rules of a row: its own, then those it inherits, as they stand in the row's ``accessRules``."""
    own, code = store.where("ACSRUL", securityObjID=row["ID"]), own_type(store, code, row)
    return [
        *own,
        *(rule for kind, owner in above(store, code, row) for rule in _inherited(store, code, row, kind, owner)),
    ]


def _inherited(store: Store, code: str, row: Mapping[str, Any], kind: str, owner: Row) -> list[Row]:
    ties = {"securityObjID": row["ID"], "securityObjCode": code, "isInherited": True}
    origin = {"ancestorID": owner["ID"], "ancestorObjCode": kind}
    found = store.where("ACSRUL", securityObjID=owner["ID"])
    return [{**rule, **ties, **origin, "ID": mixed(str(rule["ID"]), str(row["ID"]))} for rule in found]
