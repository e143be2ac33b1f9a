"""Custom forms of an object: attached by ``categoryID`` or ``objectCategories``; only their fields are written.

docs/protocol.md 11.1
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workfront_sandbox.call.call import Call
from workfront_sandbox.store.custom_field import CUSTOM
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import add, change


def follow_forms(call: Call, code: str, object_id: str, written: Mapping[str, Any]) -> None:
    """Brings the forms of an object in line after a write. Raises ApiError for fields of forms it does not have."""
    if written.get("categoryID") and code not in {"OBJCAT", "CTGYPA", "CTCSRL"}:
        _attach(call, code, object_id, str(written["categoryID"]))
    if "objectCategories" in written and "categoryID" in call.object(code).fields:
        follow_first(call, code, object_id)
    for name, value in written.items():
        if name.startswith(CUSTOM) and value is not None:
            _check_field(call, code, object_id, name)


def check_form(form: Row, code: str) -> None:
    """Raises ApiError where a form is for other object types."""
    types = types_of(form)
    if types and code not in types:
        raise invalid(f"Category: {form.get('name')} is not a Category of the type: {code}")


def types_of(form: Row) -> list[str]:
    """Returns the object types a form is for, none where it does not say."""
    return form.get("objTypes") or [code for code in [form.get("catObjCode")] if code]


def attached(call: Call, object_id: str) -> list[Row]:
    """Returns what ties an object to its forms, in their order."""
    rows = call.store.where("OBJCAT", objID=object_id)
    return sorted(rows, key=lambda row: row.get("categoryOrder") or 0)


def follow_first(call: Call, code: str, object_id: str) -> None:
    """Makes the first of its forms the object's own."""
    first = next((row.get("categoryID") for row in attached(call, object_id)), None)
    change(call, code, object_id, {"categoryID": first})


def attach(call: Call, code: str, object_id: str, form_id: str, order: int) -> None:
    """Attaches a form to an object. Raises ApiError where the form is for other object types."""
    check_form(call.row("CTGY", form_id), code)
    add(call, "OBJCAT", {"objID": object_id, "objObjCode": code, "categoryID": form_id, "categoryOrder": order})


def _attach(call: Call, code: str, object_id: str, form_id: str) -> None:
    there = attached(call, object_id)
    if code in call.schema.objects and all(row.get("categoryID") != form_id for row in there):
        attach(call, code, object_id, form_id, len(there))


def _check_field(call: Call, code: str, object_id: str, name: str) -> None:
    field = call.tenant.custom.find(name.removeprefix(CUSTOM))
    if field is None:
        return
    forms = {str(row.get("categoryID")) for row in call.store.where("CTGYPA", parameterID=field.parameter["ID"])}
    row = call.row(code, object_id)
    own = {str(row.get("categoryID")), *(str(tie.get("categoryID")) for tie in attached(call, object_id))}
    if own & forms or not (forms or call.tenant.strict):
        return
    kind = call.object(code).name
    raise invalid(f"{name} is on no form of this {kind}: attach one that has it, by categoryID or objectCategories")
