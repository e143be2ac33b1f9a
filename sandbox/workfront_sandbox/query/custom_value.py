"""Values of custom fields as they are read. docs/protocol.md 7.3."""

from __future__ import annotations

import json
from typing import Any

from workfront_sandbox.store.custom_field import CUSTOM, CustomField, CustomFields
from workfront_sandbox.store.store import Store
from workfront_sandbox.wire.json_value import Row, is_list


def shown(store: Store, fields: CustomFields, row: Row, name: str) -> Any:
    """Returns the value of ``DE:<name>`` as an answer writes it: one of several choices as a text, none as null; a
    reference as the text of an object.
    """
    value = row.get(name)
    field = fields.find(name.removeprefix(CUSTOM)) if value is not None else None
    if field is None:
        return value
    if field.holds_many and is_list(value) and len(value) < 2:
        return value[0] if value else None
    return _reference(store, field, value) if field.target else value


def all_shown(store: Store, fields: CustomFields, row: Row) -> Row:
    """Returns the custom fields of a row that hold a value."""
    found = {name: shown(store, fields, row, name) for name in sorted(row) if name.startswith(CUSTOM)}
    return {name: value for name, value in found.items() if value is not None}


def _reference(store: Store, field: CustomField, value: Any) -> Any:
    other = store.get(field.target or "", str(value))
    if other is None:
        return value
    return json.dumps({"objCode": field.target, "name": other.get("name"), "ID": other["ID"]})
