"""Sharing, its revocation, and the replacement of one row by another. docs/protocol.md 11.7."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from workfront_sandbox.access.ancestry import rules
from workfront_sandbox.access.rights import LEVELS, MANAGE
from workfront_sandbox.call.call import Call
from workfront_sandbox.query.filter_groups import CONTROL, STEERING
from workfront_sandbox.reading.reads import ids_of
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_object
from workfront_sandbox.wire.parameters import Parameters
from workfront_sandbox.writing.access_rule import ACCESSORS, check_rule
from workfront_sandbox.writing.bulk import SUCCESS
from workfront_sandbox.writing.permission import check_share
from workfront_sandbox.writing.rows import add, change, remove
from workfront_sandbox.writing.schedule import pass_default_on

ACTIONS: Final = ("VIEW", "LIMITED_EDIT", "EDIT", "DELETE")
SHARED: Final = frozenset(
    {"CTGY", "DOCU", "DOCFDR", "GROUP", "OPTASK", "PARAM", "PTLSEC", "PTLTAB", "PORT", "PRGM", "PROJ", "RPFL", "TASK",
     "TMPL", "UIFT", "UIGB", "UIVW"}
)  # fmt: skip
"""Object types that are shared, besides those that the metadata calls sharable."""

_SHOWN_BY: Final = "publicToken"
"""The field that shows with what address everybody gets at a row."""

_ACCESSOR: Final = ("accessorID", "accessorObjCode")
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "share": (*_ACCESSOR, "coreAction", "forbiddenActions"),
    "unshare": (*_ACCESSOR, "coreAction"),
    "sharePublic": ("coreAction",),
    "unsharePublic": ("coreAction",),
    "replace": ("replacementID",),
}
REPLACEABLE: Final = frozenset(
    {"ACSLVL", "CMPY", "EXPTYP", "GROUP", "HOURT", "RSKTYP", "ROLE", "SCHED", "TSPRO", "USER"}
)


def share(call: Call, code: str, ids: list[str]) -> Row:
    """Lets an accessor at the rows; a rule it already has is changed. Raises ApiError."""
    accessor, kind = _accessor(call)
    action = _action(call)
    forbidden = call.parameters.listed("forbiddenActions")
    for one in ids:
        rule: Row = {"securityObjID": one, "securityObjCode": code, "accessorID": accessor, "accessorObjCode": kind}
        rule |= {"coreAction": action, "forbiddenActions": forbidden, "isInherited": False}
        check_rule(call, rule)
        _revoke(call, one, accessor)
        add(call, "ACSRUL", rule)
    return SUCCESS


def unshare(call: Call, code: str, ids: list[str]) -> Row:
    """Revokes what was shared with an accessor. Raises ApiError."""
    accessor, _ = _accessor(call)
    for one in ids:
        check_share(call, code, call.row(code, one), MANAGE)
        _check_own(call, code, one, accessor)
        _revoke(call, one, accessor)
    return SUCCESS


def _check_own(call: Call, code: str, object_id: str, accessor: str) -> None:
    """Says so where an accessor has a right on a row only because it comes down from above: that stays. Where the
    accessor has none, nothing is to be done, which the service answers with success.
    """
    if call.store.number("ACSRUL", securityObjID=object_id, accessorID=accessor):
        return
    if any(rule.get("accessorID") == accessor for rule in rules(call.store, code, call.row(code, object_id))):
        call.tenant.without_effect(f"Taking away a right that a {call.object(code).name} inherits")


def _revoke(call: Call, object_id: str, accessor: str) -> None:
    for rule in call.store.where("ACSRUL", securityObjID=object_id, accessorID=accessor):
        remove(call, "ACSRUL", str(rule["ID"]))


def share_public(call: Call, code: str, ids: list[str]) -> Row:
    """Lets everybody with the address at the rows. Raises ApiError."""
    action = _action(call)
    if not _is_shown(call, code, "sharePublic"):
        return SUCCESS
    for one in ids:
        check_share(call, code, call.row(code, one), LEVELS[action])
        change(call, code, one, {"isPublic": True, _SHOWN_BY: one[::-1], "publicCoreAction": action})
    return SUCCESS


def unshare_public(call: Call, code: str, ids: list[str]) -> Row:
    """Ends public access. Raises ApiError, also for a row that has none."""
    if not _is_shown(call, code, "unsharePublic"):
        return SUCCESS
    for one in ids:
        if not call.row(code, one).get(_SHOWN_BY):
            raise invalid(f"{call.object(code).name} {one} is not shared with everybody")
        change(call, code, one, {"isPublic": False, _SHOWN_BY: None, "publicCoreAction": None})
    return SUCCESS


def _is_shown(call: Call, code: str, verb: str) -> bool:
    """Returns whether rows of a type can be shared with everybody, by a token that they show; says so where not."""
    if _SHOWN_BY in call.object(code).fields:
        return True
    call.tenant.without_effect(f"{verb} of a {call.object(code).name}, which has no {_SHOWN_BY},")
    return False


def replace(call: Call, code: str, ids: list[str]) -> Row:
    """Puts one row in the place of others, wherever they are referred to, and deletes those. Raises ApiError."""
    if code not in REPLACEABLE:
        raise invalid(f"{call.object(code).name} cannot be replaced")
    other = _needed(call.parameters, "replacementID")
    call.row(code, other)
    for one in ids:
        call.row(code, one)
        if one == other:
            raise invalid("A row cannot be replaced by itself")
        if code == "SCHED":
            pass_default_on(call, one, other)
        _redirect(call, code, one, other)
        remove(call, code, one)
    return SUCCESS


VERBS: Final[Mapping[str, Callable[[Call, str, list[str]], Row]]] = {
    "share": share,
    "unshare": unshare,
    "sharePublic": share_public,
    "unsharePublic": unshare_public,
    "replace": replace,
}


def run(call: Call, code: str, verb: str, object_id: str | None) -> Row:
    """Runs one of these verbs on the rows a call names. Raises ApiError."""
    ids = ids_of(call, object_id)
    if not ids:
        raise invalid(f"Which {call.object(code).name}? The call names no ID")
    _check_words(call, verb)
    if verb != "replace" and code not in SHARED and "SHARABLE" not in call.object(code).source.flags:
        raise invalid(f"{call.object(code).name} cannot be shared")
    return VERBS[verb](call, code, ids)


def _check_words(call: Call, verb: str) -> None:
    """Raises ApiError for words of a call that the verb does not look at."""
    document = call.parameters.document
    written = [*(key for key, _ in call.parameters.pairs), *(document if is_object(document) else ())]
    for key in written:
        if key not in CONTROL | STEERING and key not in {"id", "ID", "ids", *_WORDS[verb]}:
            raise invalid(f"action {verb} does not support argument named {key[:100]}")


def _redirect(call: Call, code: str, old: str, new: str) -> None:
    for other in call.store.codes:
        described = call.tenant.catalogue.types.get(other)
        for join in described.references.values() if described else ():
            if join.target == code and join.near and join.near != "ID":
                for row in call.store.where(other, **{join.near: old}):
                    change(call, other, str(row["ID"]), {join.near: new})


def _accessor(call: Call) -> tuple[str, str]:
    kind = _needed(call.parameters, "accessorObjCode").upper()
    if kind not in ACCESSORS:
        raise invalid(f'Invalid Parameter: accessorObjCode value "{kind[:50]}"')
    accessor = _needed(call.parameters, "accessorID")
    call.row(kind, accessor)
    return accessor, kind


def _action(call: Call) -> str:
    action = _needed(call.parameters, "coreAction").upper()
    if action not in ACTIONS:
        raise invalid(f'Invalid Parameter: coreAction value "{action[:50]}"')
    return action


def _needed(parameters: Parameters, name: str) -> str:
    document = parameters.document
    written = document.get(name) if is_object(document) else None
    value = parameters.first(name) or (written if isinstance(written, str) else None)
    if not value:
        raise invalid(f"{name} is missing")
    return value
