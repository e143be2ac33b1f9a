"""Rules that let somebody at a row: whom they may name, and what they may forbid. docs/protocol.md 11.7."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid, not_computed
from workfront_sandbox.wire.json_value import Row, is_list
from workfront_sandbox.writing.permission import FORBIDDEN

ACCESSORS: Final = ("USER", "TEAMOB", "GROUP", "ROLE", "CMPY")
_MOST: Final = 100


def check_rule(call: Call, rule: Row) -> Row:
    """Returns nothing more for a new rule.

    Raises ApiError for those who are not active, for more of them than one row is shared with, and for what rights
    are not kept by.
    """
    owner, accessor, kind = (str(rule.get(name) or "") for name in ("securityObjID", "accessorID", "accessorObjCode"))
    if kind and kind not in ACCESSORS:
        raise not_computed(f"Sharing with a {kind[:50]}")
    known = call.store.get(kind, accessor) if kind and accessor else None
    if known is not None and known.get("isActive") is False:
        raise invalid(f"{known.get('name')} is not active: share with somebody else")
    others = {one.get("accessorID") for one in call.store.where("ACSRUL", securityObjID=owner)} - {accessor}
    if owner and len(others) >= _MOST:
        raise invalid(f"A row is shared with at most {_MOST}")
    _check_forbidden(call, rule)
    return {}


def _check_forbidden(call: Call, rule: Row) -> None:
    words = rule.get("forbiddenActions")
    unknown = [str(word) for word in (words if is_list(words) else [words] if words else []) if word not in FORBIDDEN]
    if unknown and call.rights is not None:
        call.tenant.without_effect(f"Forbidden action {unknown[0][:50]}")
