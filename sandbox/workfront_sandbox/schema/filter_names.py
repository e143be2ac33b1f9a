"""Names that only filters know: what the ``search`` part of metadata lists beside fields and relations.

Most stand for a path: ``projectOwnerID`` for ``project:ownerID``, ``assignmentsUsersMM`` for
``assignments:assignedTo``. Where neither the metadata nor the name says which, calls that use it are refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from workfront_sandbox.wire.json_value import is_object
from workfront_schema.snapshot import ObjectType

_PROJECT: Final = {
    "projectUsersOM": "project:projectUsers",
    "projectUserIDs": "project:projectUsers:userID",
    "projectUserRolesOM": "project:projectUserRoles",
}
_PATHS: Final[Mapping[str, Mapping[str, str]]] = {
    "DOCU": _PROJECT | {"issueID": "opTaskID"},
    "HOUR": _PROJECT
    | {
        "portfolioMM": "project:portfolio",
        "programMM": "project:program",
        "ownerOtherGroupsMM": "owner:userGroups:group",
        "ownerOtherGroupIDs": "owner:userGroups:groupID",
    },
    "OPTASK": _PROJECT | {"groupMM": "project:group", "queueDefOO": "project:queueDef"},
    "PROJ": {
        "projectID": "ID",
        "projectUserIDs": "projectUsers:userID",
        "projectUsersMM": "projectUsers:user",
        "projectUserRolesRolesMM": "projectUserRoles:role",
        "projectUserRolesUsersMM": "projectUserRoles:user",
        "resourceManagerIDs": "resourceManagers:resourceManagerID",
    },
    "PTLSEC": {
        "linkedPortalTabsMM": "portalTabSections:portalTab",
        "portalTabsMM": "portalTabSections:portalTab",
    },
    "TASK": _PROJECT,
    "USER": {
        "otherGroups": "userGroups:group",
        "otherGroupIDs": "userGroups:groupID",
        "roles": "userRoles:role",
        "roleIDs": "userRoles:roleID",
    },
}
"""What names stand for where no rule tells."""

_RELATIONS: Final = ("MM", "OM", "OO")
"""What the name of a relation ends in that only filters know."""


def path_of(objects: Mapping[str, ObjectType], code: str, name: str) -> str | None:
    """Returns the path a name stands for, or None where it stands for none.

    Args:
        objects: all types of a version, by objCode.
        code: the type whose filters know the name.
        name: one that is neither a field nor a relation of the type.
    """
    entry = objects[code].search.get(name)
    if is_object(entry) and isinstance(selector := entry.get("collectionSelector"), str):
        return selector
    known = _PATHS.get(code, {}).get(name)
    return known or next(_by_rule(objects, code, name), None)


def relation_of(entry: object, name: str) -> tuple[str, str] | None:
    """Returns name and objCode of the relation that a name means by itself: ``notes`` and NOTE for ``allNotesOM``."""
    target = entry.get("typeObjCode") if is_object(entry) else None
    base = _base(name)
    plain = base[3].lower() + base[4:] if base.startswith("all") and base[3:4].isupper() else base
    return (plain, target) if isinstance(target, str) else None


def _by_rule(objects: Mapping[str, ObjectType], code: str, name: str) -> Iterator[str]:
    members = _members(objects[code])
    base = _base(name)
    if base != name and base in members:
        yield base
    if name.endswith("IDs") and (many := f"{name.removesuffix('IDs')}s") in members:
        yield f"{many}:ID"
    for reference in objects[code].references:
        target = objects.get(reference.target_code or "")
        rest = base.removeprefix(reference.name)
        if target is not None and rest != base and rest[:1].isupper():
            first = rest[0].lower() + rest[1:]
            if first in _members(target):
                yield f"{reference.name}:{first}"


def _members(described: ObjectType) -> Collection[str]:
    relations = (*described.references, *described.collections)
    return {item.name for item in described.fields} | {item.name for item in relations}


def _base(name: str) -> str:
    return next((name.removesuffix(ending) for ending in _RELATIONS if name.endswith(ending)), name)
