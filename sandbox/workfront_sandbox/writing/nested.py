"""Relations in a write: a nested object or collection takes the place of what was there. docs/protocol.md 11.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.joins import Join
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_list, is_object
from workfront_sandbox.writing.access_rule import check_replaced, own_rules
from workfront_sandbox.writing.following import check_named
from workfront_sandbox.writing.person import check_member
from workfront_sandbox.writing.rows import add, change, remove

_QUEUE: Final = "QUED"
_RULE: Final = "ACSRUL"
_OWNER_TYPES: Final = {"ACSRUL": "securityObjCode", "OBJCAT": "objObjCode", "OBJINT": "objObjCode"}
"""Members that name the type of their owner, and the field they name it in."""


_FOLLOWED_AS_A_WHOLE: Final = frozenset({"ASSGN", "PRED", "TPRED", "TASSGN"})
"""Members whose owner is brought in line once, after all of them were written."""


class Create(Protocol):
    """Makes a row."""

    def __call__(self, call: Call, code: str, values: Row, /) -> Row: ...


class Edit(Protocol):
    """Changes a row."""

    def __call__(self, call: Call, code: str, object_id: str, values: Row, /) -> Row: ...


class Remove(Protocol):
    """Takes a row away."""

    def __call__(self, call: Call, code: str, object_id: str, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Writing:
    """How members are made, changed and taken away, with all that follows."""

    create: Create
    edit: Edit
    remove: Remove


def write_related(call: Call, code: str, object_id: str, related: Sequence[tuple[Join, Any]], how: Writing) -> None:
    """Writes the relations of one row. Raises ApiError where a nested object is not accepted."""
    for join, value in related:
        members: list[Row] = value if is_list(value) else []
        if not join.many:
            _write_reference(call, code, object_id, join, value if is_object(value) else None, how.create)
        elif join.fixed:
            raise invalid(f"{join.name} cannot be written: add or change custom enums (CSTEM) instead")
        elif join.through:
            _write_links(call, object_id, join, members, how.create)
        elif join.near is None:
            _set(call, code, object_id, join.list_field, [_member(call, join, item, how.create) for item in members])
        elif join.listed:
            _replace_mirrored(call, object_id, join, members, how.create)
        else:
            _replace_members(call, code, object_id, join, members, how)


def _write_reference(call: Call, code: str, object_id: str, join: Join, value: Row | None, create: Create) -> None:
    key = join.near or f"{join.name}ID"
    if key == "ID":
        raise invalid(f"{join.name} of a {call.object(code).name} is the row itself and cannot be another one")
    if value is None:
        _set(call, code, object_id, key, None)
    elif value.get("ID"):
        other = check_named(call, join.target, value)
        _set(call, code, object_id, key, other["ID"])
    elif join.target == _QUEUE and code in ROW_KEYS:
        _write_queue(call, code, object_id, key, create(call, join.target, {**value, ROW_KEYS[code]: object_id}))
    else:
        _set(call, code, object_id, key, create(call, join.target, value)["ID"])


def _write_queue(call: Call, code: str, object_id: str, key: str, made: Row) -> None:
    """Gives a project or a template another queue, with the topics of the one it takes the place of."""
    old = call.row(code, object_id).get(key)
    _set(call, code, object_id, key, made["ID"])
    for topic in call.store.where("QUET", queueDefID=old) if old else ():
        _set(call, "QUET", str(topic["ID"]), "queueDefID", made["ID"])
    if old and call.store.get(_QUEUE, str(old)) is not None:
        remove(call, _QUEUE, str(old))


def _write_links(call: Call, object_id: str, join: Join, members: Sequence[Row], create: Create) -> None:
    third, near, far = join.through or ("", "", "")
    there = {str(link.get(far)) for link in call.store.where(third, **{near: object_id})}
    for link in call.store.where(third, **{near: object_id}):
        remove(call, third, str(link["ID"]))
    for member in members:
        tie: Row = {near: object_id, far: _member(call, join, member, create)}
        if tie[far] not in there:
            check_member(call, third, tie)
        add(call, third, tie)


def _member(call: Call, join: Join, item: Row, create: Create) -> str:
    """Returns the ID of a member: of the row it names, or of the one it becomes. Raises ApiError."""
    named = check_named(call, join.target, item) if item.get("ID") else create(call, join.target, item)
    return str(named["ID"])


def _replace_mirrored(call: Call, object_id: str, join: Join, members: Sequence[Row], create: Create) -> None:
    """Writes the owner into the lists of its members, and takes it out of the lists of all others."""
    wanted = [_member(call, join, item, create) for item in members]
    there = call.store.listing(join.target, join.far, [object_id]).get(object_id, [])
    for row in there:
        if row["ID"] not in wanted:
            _set(call, join.target, str(row["ID"]), join.far, [one for one in row[join.far] if one != object_id])
    for one in wanted:
        owners: list[str] = call.row(join.target, one).get(join.far) or []
        _set(call, join.target, one, join.far, list(dict.fromkeys([*owners, object_id])))


def _replace_members(call: Call, code: str, object_id: str, join: Join, members: Sequence[Row], how: Writing) -> None:
    """Replaces the members of a collection: those named by ID stay or are moved here, with the values they are given,
    others come and go.
    """
    if join.target == _RULE:
        members = own_rules(call, code, object_id, members)
        check_replaced(call, code, object_id, members)
    staying = {str(item["ID"]) for item in members if item.get("ID")}
    drop = remove if join.target in _FOLLOWED_AS_A_WHOLE else how.remove
    for old in call.store.where(join.target, **{join.far: object_id}):
        if str(old["ID"]) not in staying and call.store.get(join.target, str(old["ID"])) is not None:
            drop(call, join.target, str(old["ID"]))
    for item in members:
        if item.get(join.far) not in {None, "", object_id}:
            raise invalid(f"{join.far} of a member of {join.name} is another row: leave it out")
        if item.get("ID"):
            _write_member(call, join, object_id, item, how)
            continue
        made = how.create(call, join.target, _tied(call, join, code, object_id, item))
        _set(call, join.target, str(made["ID"]), join.far, object_id)


def _write_member(call: Call, join: Join, object_id: str, item: Row, how: Writing) -> None:
    """Gives a member that is there its values, and its owner where that is another one."""
    there = call.row(join.target, str(item["ID"]))
    values = {name: value for name, value in item.items() if name not in {"ID", "objCode", join.far}}
    is_tied = join.far in call.object(join.target).fields
    if there.get(join.far) != object_id and is_tied and join.target not in _FOLLOWED_AS_A_WHOLE:
        values[join.far] = object_id
    if values:
        how.edit(call, join.target, str(item["ID"]), values)
    _set(call, join.target, str(item["ID"]), join.far, object_id)


def _tied(call: Call, join: Join, code: str, object_id: str, item: Row) -> Row:
    """Returns a new member with the ID of its owner, and the owner's type where members name it."""
    kind = {_OWNER_TYPES[join.target]: code} if join.target in _OWNER_TYPES else {}
    owner = {join.far: object_id} if join.far in call.object(join.target).fields else {}
    return {**kind, **item, **owner}


def _set(call: Call, code: str, object_id: str, name: str, value: Any) -> None:
    change(call, code, object_id, {name: value})
