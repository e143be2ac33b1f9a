"""Rules that let somebody at a row: whom they may name, and what they may forbid. docs/protocol.md 11.7."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workfront_sandbox.access.ancestry import rules
from workfront_sandbox.access.rights import LEVELS, MANAGE, VIEW
from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid, not_computed, not_found
from workfront_sandbox.wire.json_value import Row, is_list
from workfront_sandbox.writing.permission import FORBIDDEN, check_share

ACCESSORS: Final = ("USER", "TEAMOB", "GROUP", "ROLE", "CMPY")
_MOST: Final = 100


def check_rule(call: Call, rule: Row) -> Row:
    """Returns nothing more for a new rule.

    Raises ApiError for those who are not active, for more of them than one row is shared with, and for what rights
    are not kept by.
    """
    owner, accessor, kind = (str(rule.get(name) or "") for name in ("securityObjID", "accessorID", "accessorObjCode"))
    action = str(rule.get("coreAction") or "")
    if call.tenant.checks_values and not (accessor and kind):
        raise invalid(f"{'accessorObjCode' if accessor else 'accessorID'} is missing")
    if action and action not in LEVELS:
        raise invalid(f'Invalid Parameter: coreAction value "{action[:50]}"')
    if kind and kind not in ACCESSORS:
        raise not_computed(f"Sharing with a {kind[:50]}")
    shared = str(rule.get("securityObjCode") or "")
    if shared and owner and owner not in call.making:
        check_share(call, shared, call.row(shared, owner), LEVELS.get(action, VIEW))
    known = call.store.get(kind, accessor) if kind and accessor else None
    if known is None and kind and accessor:
        raise not_found(call.object(kind).name, accessor)
    if known is not None and known.get("isActive") is False:
        raise invalid(f"{known.get('name')} is not active: share with somebody else")
    others = {one.get("accessorID") for one in call.store.where("ACSRUL", securityObjID=owner)} - {accessor}
    if owner and len(others) >= _MOST:
        raise invalid(f"A row is shared with at most {_MOST}")
    _check_forbidden(call, rule)
    return {}


def check_replaced(call: Call, code: str, object_id: str, members: Sequence[Row]) -> None:
    """Raises ApiError 403 where rules of others would be taken away by a user who may not do that."""
    staying = {str(item.get(name)) for item in members for name in ("ID", "accessorID")}
    there = call.store.where("ACSRUL", securityObjID=object_id)
    if object_id not in call.making and any(not staying & {one["ID"], one.get("accessorID")} for one in there):
        check_share(call, code, call.row(code, object_id), MANAGE)


def own_rules(call: Call, code: str, object_id: str, members: Sequence[Row]) -> list[Row]:
    """Returns the members of a written list of rules that are the row's own: those from above came with the reading.

    A member without ID is the rule that its accessor has already, if there is one.
    """
    shown = rules(call.store, code, call.row(code, object_id))
    inherited = {rule["ID"] for rule in shown if rule.get("isInherited")}
    there = {str(rule.get("accessorID")): rule["ID"] for rule in shown if not rule.get("isInherited")}
    own = [item for item in members if str(item.get("ID")) not in inherited]
    return [{"ID": there.get(str(item.get("accessorID"))), **item} for item in own]


def _check_forbidden(call: Call, rule: Row) -> None:
    words = rule.get("forbiddenActions")
    named = [str(word) for word in (words if is_list(words) else [words] if words else [])]
    unknown = [word for word in named if word not in FORBIDDEN]
    if unknown and call.rights is not None:
        call.tenant.without_effect(f"Forbidden action {unknown[0][:50]}")
