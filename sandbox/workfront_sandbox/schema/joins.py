"""How one row leads to others: the fields on both sides of a reference or a collection, derived from names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from workfront_sandbox.schema.overrides import (
    COLLECTION_KEYS,
    ENUM_CLASSES,
    ENUM_COLLECTIONS,
    KEYS,
    OWN_ROW,
    OWNER_KEYS,
    THROUGH,
)

_OWN_KEYS: Final = {
    "PROJ": "projectID",
    "TASK": "taskID",
    "OPTASK": "opTaskID",
    "USER": "userID",
    "TMPL": "templateID",
    "TTSK": "templateTaskID",
    "DOCU": "documentID",
    "PORT": "portfolioID",
    "PRGM": "programID",
    "CUST": "customerID",
    "CTGY": "categoryID",
    "GROUP": "groupID",
    "ROLE": "roleID",
    "TEAMOB": "teamID",
    "CMPY": "companyID",
    "PARAM": "parameterID",
    "TSHET": "timesheetID",
    "ITRN": "iterationID",
    "NOTE": "noteID",
    "SCHED": "scheduleID",
    "BLIN": "baselineID",
    "BILL": "billingRecordID",
    "ARVPRC": "approvalProcessID",
    "ARVPTH": "approvalPathID",
    "ARVSTP": "approvalStepID",
    "MPATH": "milestonePathID",
    "QUED": "queueDefID",
    "SCORE": "scoreCardID",
    "SCOREQ": "scoreCardQuestionID",
    "RSPOOL": "resourcePoolID",
    "PTLSEC": "portalSectionID",
    "PTLTAB": "portalTabID",
    "DOCFDR": "folderID",
    "ACSLVL": "accessLevelID",
    "CALSEC": "calendarSectionID",
    "ASSGN": "assignmentID",
    "HOUR": "hourID",
}
"""The field in which other rows hold the ID of a row of this type."""


@dataclass(frozen=True, slots=True)
class Join:
    """One way from a row to rows of ``target``.

    ``near`` of the row equals ``far`` of the target. A ``through`` join leads over rows of a third type: its name, its
    field for the near side, its field for the target's ID. ``fixed`` members only have the given value. A join without
    ``near`` and ``through`` is kept as a list of IDs in the row itself.
    """

    name: str
    target: str
    many: bool
    near: str | None = None
    far: str = "ID"
    through: tuple[str, str, str] | None = None
    fixed: tuple[tuple[str, str], ...] = ()

    @property
    def list_field(self) -> str:
        """Where a row keeps the IDs of a collection that nothing else ties to it: ``resourcePoolIDs``."""
        return f"{self.name.removesuffix('s')}IDs"


def reference_join(owner: str, name: str, target: str) -> Join:
    """The join of a reference: ``owner`` hangs on ``ownerID``."""
    if (owner, name) in OWN_ROW:
        return Join(name, target, many=False, near="ID")
    return Join(name, target, many=False, near=KEYS.get((owner, name), f"{name}ID"))


def collection_join(owner: str, name: str, target: str, fields: Collection[str]) -> Join:
    """The join of a collection: from the hand-made tables, else own children, else the target's field for the owner."""
    if (third := THROUGH.get((owner, name))) is not None:
        return Join(name, target, many=True, near="ID", through=third)
    if name in ENUM_COLLECTIONS:
        return _enum_join(owner, name, target)
    if (far := _far(owner, name, target, fields)) is not None:
        return Join(name, target, many=True, near="ID", far=far)
    return Join(name, target, many=True)


def _far(owner: str, name: str, target: str, fields: Collection[str]) -> str | None:
    key = COLLECTION_KEYS.get((owner, name)) or OWNER_KEYS.get(target)
    if key is not None:
        return key
    if owner == target or name == "children":
        return "parentID"
    own = _OWN_KEYS.get(owner)
    return own if own in fields else None


def _enum_join(owner: str, name: str, target: str) -> Join:
    kind = {"allConditions": "condition", "allPriorities": "priority", "allSeverities": "severity"}.get(name, "status")
    base = "TASK" if owner in {"WORK", "APPROVAL", "TMPL"} else owner
    fixed = (("enumClass", ENUM_CLASSES.get((base, kind), f"{kind}_{base}".upper())),)
    return Join(name, target, many=True, near=None, fixed=fixed)
