"""Actions on custom forms of objects."""

from __future__ import annotations

from workfront_sandbox.actions.arguments import needed, needed_list
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.writing.attached_form import attach as attach_form
from workfront_sandbox.writing.attached_form import attached, follow_first
from workfront_sandbox.writing.rows import change, remove


@action("CTGY", "assignCategory", "assignCategories")
def attach(request: ActionRequest) -> None:
    """Attaches forms to an object besides those it has. Raises ApiError 422 where one is attached already."""
    owner, target = _owner(request)
    wanted = _forms(request)
    there = {str(row.get("categoryID")) for row in attached(request.call, target)}
    if twice := sorted(there & set(wanted)):
        raise invalid(f"Categories with the following IDs are already attached: {', '.join(twice)}")
    for order, one in enumerate(wanted, start=len(there)):
        attach_form(request.call, owner, target, one, order)
    _follow(request.call, owner, target)


@action("CTGY", "unassignCategory", "unassignCategories")
def detach(request: ActionRequest) -> None:
    """Takes forms from an object."""
    owner, target = _owner(request)
    wanted = _attached_forms(request, target)
    for row in attached(request.call, target):
        if row.get("categoryID") in wanted:
            remove(request.call, "OBJCAT", str(row["ID"]))
    _follow(request.call, owner, target)


@action("CTGY", "reorderCategories")
def reorder(request: ActionRequest) -> None:
    """Gives the forms of an object a new order; those that are not named come after the others as they were."""
    owner, target = _owner(request)
    rows = {str(row.get("categoryID")): row for row in attached(request.call, target)}
    for at, form in enumerate(dict.fromkeys([*_attached_forms(request, target), *rows])):
        change(request.call, "OBJCAT", str(rows[form]["ID"]), {"categoryOrder": at})
    _follow(request.call, owner, target)


@action("CTGY", "isObjectFrozenInPendingApprovalStatus")
def is_frozen(request: ActionRequest) -> bool:
    """Returns whether an object waits for an approval."""
    owner, target = _owner(request)
    return str(request.call.row(owner, target).get("status")).endswith(":A")


def _owner(request: ActionRequest) -> tuple[str, str]:
    """Returns objCode and ID of the object the forms are about. Raises ApiError 404 where it does not exist."""
    owner = request.call.schema.find(needed(request.arguments, "objCode")).code
    return owner, str(request.call.row(owner, needed(request.arguments, "objID"))["ID"])


def _forms(request: ActionRequest) -> list[str]:
    """Returns the IDs of the named forms, at least one. Raises ApiError, 404 where one does not exist."""
    is_one = request.name.endswith("Category")
    named = [needed(request.arguments, "categoryID")] if is_one else needed_list(request.arguments, "categoryIDs")
    forms = [str(request.call.row("CTGY", form)["ID"]) for form in named]
    if twice := sorted({one for one in forms if forms.count(one) > 1}):
        raise invalid(f"argument categoryIDs names {', '.join(twice)} twice")
    return forms


def _attached_forms(request: ActionRequest, target: str) -> list[str]:
    """Returns the IDs of the named forms. Raises ApiError where one is not attached to the object."""
    forms, there = _forms(request), {row.get("categoryID") for row in attached(request.call, target)}
    if missing := [one for one in forms if one not in there]:
        raise invalid(f"Categories with the following IDs are not attached: {', '.join(missing)}")
    return forms


def _follow(call: Call, owner: str, target: str) -> None:
    """Makes the first of its forms the object's own."""
    if "categoryID" in call.object(owner).fields:
        follow_first(call, owner, target)
