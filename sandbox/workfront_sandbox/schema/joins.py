"""How one row leads to others: the fields on both sides of a reference or a collection, derived from names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workfront_sandbox.schema.overrides import (
    COLLECTION_KEYS,
    DONE,
    ENUM_CLASSES,
    ENUM_COLLECTIONS,
    KEYS,
    MIRRORS,
    OPEN_COLLECTIONS,
    OWN_ROW,
    OWNER_KEYS,
    ROW_KEYS,
    THROUGH,
)


@dataclass(frozen=True, slots=True)
class Join:
    """One way from a row to rows of ``target``.

    ``near`` of the row equals ``far`` of the target, or one of the fields ``also``; where the join is ``listed``,
    ``far`` is a list that holds it. A ``through`` join leads over rows of a third type: its name, its field for the
    near side, its field for the target's ID. ``fixed`` members only have one of the given values, ``open_only`` ones
    are not done. A join without ``near`` and ``through`` is stored as a list of IDs in the row itself.
    """

    name: str
    target: str
    many: bool
    near: str | None = None
    far: str = "ID"
    through: tuple[str, str, str] | None = None
    fixed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    also: tuple[str, ...] = ()
    listed: bool = False
    open_only: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields of a member that may hold its owner's ID."""
        return (self.far, *self.also)

    @property
    def list_field(self) -> str:
        """Where a row stores the IDs of a collection that nothing else ties to it: ``resourcePoolIDs``."""
        return f"{self.name.removesuffix('s')}IDs"


def reference_join(owner: str, name: str, target: str) -> Join:
    """Returns the join of a reference: ``owner`` hangs on ``ownerID``."""
    if (owner, name) in OWN_ROW:
        return Join(name, target, many=False, near="ID")
    return Join(name, target, many=False, near=KEYS.get((owner, name), f"{name}ID"))


def collection_join(owner: str, name: str, target: str, fields: Collection[str]) -> Join:
    """Returns the join of a collection: from the hand-made tables, else own children, else the target's field for the
    owner.
    """
    if (third := THROUGH.get((owner, name))) is not None:
        return Join(name, target, many=True, near="ID", through=third)
    if name in ENUM_COLLECTIONS:
        return _enum_join(owner, name, target)
    if (mirror := MIRRORS.get((owner, name))) is not None:
        return Join(name, target, many=True, near="ID", far=mirror, listed=True)
    if (far := _far(owner, name, target, fields)) is not None:
        return Join(name, target, many=True, near="ID", far=far, open_only=name in OPEN_COLLECTIONS)
    return Join(name, target, many=True)


def view_join(joins: Sequence[Join]) -> Join:
    """Returns the join of a collection of a view: that of the types it shows, each by its own field."""
    far, *also = dict.fromkeys(key for join in joins for key in join.keys)
    return replace(joins[0], far=far, also=tuple(also))


def owner_key(owner: str, member: str) -> str:
    """Returns the field of a member that holds its owner's ID: ``projectID`` of a task, ``parentID`` within one type.

    Raises KeyError where no field is known to name rows of the owner's type.
    """
    return OWNER_KEYS.get(member) or ("parentID" if owner == member else ROW_KEYS[owner])


def _far(owner: str, name: str, target: str, fields: Collection[str]) -> str | None:
    if (key := COLLECTION_KEYS.get((owner, name)) or OWNER_KEYS.get(target)) is not None:
        return key
    if name == "children":
        return "parentID"
    key = owner_key(owner, target) if owner == target or owner in ROW_KEYS else None
    return key if owner == target or key in fields else None


def _enum_join(owner: str, name: str, target: str) -> Join:
    kind = {"allConditions": "condition", "allPriorities": "priority", "allSeverities": "severity"}.get(name, "status")
    base = "TASK" if owner in {"WORK", "APPROVAL", "TMPL"} else owner
    enum_class = ENUM_CLASSES.get((base, kind), f"{kind}_{base}".upper())
    done = (("equatesWith", DONE.get(base, ())),) if name == "doneStatuses" else ()
    return Join(name, target, many=True, near=None, fixed=(("enumClass", (enum_class,)), *done))
