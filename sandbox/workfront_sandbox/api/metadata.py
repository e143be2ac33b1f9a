"""Metadata as the API Explorer reads it. docs/protocol.md 7.8."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.call.operation import INDEX, METADATA, check_closed
from workfront_sandbox.schema.overrides import WITHOUT_METADATA
from workfront_sandbox.store.custom_field import CustomField
from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_output import dumps
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.attached_form import types_of
from workfront_schema.custom_fields import FieldKind
from workfront_schema.explorer import explorer_document, explorer_index

_ROOTS: Final = {"INTERNAL": "api-internal", "UNSUPPORTED": "api-unsupported"}
"""Where the API is served without a version, by what error texts call that."""

_TYPES: Final[Mapping[FieldKind | None, str]] = {
    FieldKind.NUMBER: "double", FieldKind.MONEY: "double", FieldKind.DATE: "date", FieldKind.DATE_TIME: "date",
}  # fmt: skip
"""The word for a kind of value; every other one is a string."""


def index(call: Call, base_url: str) -> Row:
    """Returns all object types of a version. Raises ApiError for any parameter."""
    check_closed(call.parameters, INDEX)
    found: Row = dict(explorer_index(call.tenant.catalogue.snapshot(call.address.version), base_url))
    return _as_called(call, found)


def describe(call: Call, base_url: str) -> Row:
    """Returns one object type, whole or only the asked sections, with the tenant's own custom fields.

    Raises ApiError 404 or 410 where the version has no such type, 422 for sections that there are not.
    """
    check_closed(call.parameters, METADATA)
    if call.address.parts[0].lower() in WITHOUT_METADATA:
        return {}
    found = call.schema.find(call.address.parts[0])
    document = _as_called(call, dict(explorer_document(found.source, f"v{call.address.version}.0", base_url)))
    for action in document["actions"].values():
        action.setdefault("flags", [])
    document.pop("custom", None)
    if custom := custom_fields(call.tenant, found.code):
        document["custom"] = custom
    sections = call.fields()
    if unknown := [name for name in sections if name not in {*document, "custom"}]:
        raise invalid(f"Metadata has no section {unknown[0][:100]}: use some of {', '.join(document)}")
    return {name: document[name] for name in sections if name in document} if sections else document


def _as_called(call: Call, document: Row) -> Row:
    """Returns a document whose addresses name the root the call came by: that of no version has one of its own."""
    root = _ROOTS.get(call.address.model)
    if root is None:
        return document
    written = dumps(document).decode().replace(f"attask\\/api\\/v{call.address.version}.0", f"attask\\/{root}")
    found: Row = json.loads(written)
    return found


def custom_fields(tenant: Tenant, code: str) -> Row:
    """Returns the custom fields of an object type by name, each with the forms it is on."""
    active = (row for row in tenant.store.every("CTGY") if row.get("isActive") is not False)
    forms = {str(row["ID"]): row for row in active if code in types_of(row)}
    fields: dict[str, Any] = {}
    for row in tenant.store.every("CTGYPA"):
        form, field = forms.get(str(row.get("categoryID"))), tenant.store.get("PARAM", str(row.get("parameterID")))
        if form is not None and field is not None:
            entry = fields.setdefault(str(field.get("name")), _described(tenant, field))
            entry["categories"].append({"ID": form["ID"], "name": form.get("name"), "objCode": "CTGY"})
    return fields


def _described(tenant: Tenant, parameter: Row) -> Row:
    """Returns the type of a custom field in the words of metadata, and the values of its options."""
    field = CustomField(parameter)
    entry: Row = {"type": _TYPES.get(field.value_kind, "string"), "categories": []}
    if not field.is_choice:
        return entry
    options = sorted(
        tenant.store.where("POPT", parameterID=parameter["ID"]), key=lambda row: row.get("displayOrder") or 0
    )
    return {**entry, "possibleValues": [{"label": row.get("label"), "value": row.get("value")} for row in options]}
