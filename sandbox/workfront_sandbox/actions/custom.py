"""Actions on custom forms of objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from workfront_sandbox.actions.arguments import listed, needed
from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import add, change, remove


def attach(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """Forms are attached to an object besides those it has. Raises ApiError where one is attached already."""
    owner, target = _owner(call, arguments)
    wanted = _forms(call, arguments)
    there = {str(row.get("categoryID")) for row in _attached(call, target)}
    if twice := sorted(there & set(wanted)):
        raise invalid(f"Categories with the following IDs are already attached: {', '.join(twice)}")
    for order, one in enumerate(wanted, start=len(there)):
        add(call, "OBJCAT", {"objID": target, "objObjCode": owner, "categoryID": one, "categoryOrder": order})
    _follow(call, owner, target)


def detach(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """Forms are attached to an object no more."""
    owner, target = _owner(call, arguments)
    wanted = set(_forms(call, arguments))
    for row in _attached(call, target):
        if row.get("categoryID") in wanted:
            remove(call, "OBJCAT", str(row["ID"]))
    _follow(call, owner, target)


def reorder(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The forms of an object take a new order."""
    owner, target = _owner(call, arguments)
    order = {one: at for at, one in enumerate(_forms(call, arguments))}
    for row in _attached(call, target):
        if row.get("categoryID") in order:
            change(call, "OBJCAT", str(row["ID"]), {"categoryOrder": order[str(row["categoryID"])]})
    _follow(call, owner, target)


def frozen(call: Call, code: str, object_id: str | None, arguments: Row) -> bool:
    """Whether an object waits for an approval."""
    owner, target = _owner(call, arguments)
    return str(call.row(owner, target).get("status")).endswith(":A")


def _owner(call: Call, arguments: Row) -> tuple[str, str]:
    owner = call.schema.find(needed(arguments, "objCode")).code
    return owner, str(call.row(owner, needed(arguments, "objID"))["ID"])


def _forms(call: Call, arguments: Row) -> list[str]:
    one = [arguments["categoryID"]] if arguments.get("categoryID") else []
    return [str(call.row("CTGY", str(form))["ID"]) for form in [*listed(arguments, "categoryIDs"), *one]]


def _attached(call: Call, target: str) -> list[Row]:
    rows = call.store.where("OBJCAT", objID=target)
    return sorted(rows, key=lambda row: row.get("categoryOrder") or 0)


def _follow(call: Call, owner: str, target: str) -> None:
    """An object's own form is the first of its forms."""
    if "categoryID" in call.object(owner).fields:
        first = next((row.get("categoryID") for row in _attached(call, target)), None)
        change(call, owner, target, {"categoryID": first})


HANDLERS: Final[Mapping[tuple[str, str], Callable[[Call, str, str | None, Row], Any]]] = {
    ("CTGY", "assignCategory"): attach,
    ("CTGY", "assignCategories"): attach,
    ("CTGY", "unassignCategory"): detach,
    ("CTGY", "unassignCategories"): detach,
    ("CTGY", "reorderCategories"): reorder,
    ("CTGY", "isObjectFrozenInPendingApprovalStatus"): frozen,
}
