"""A custom form as JSON Schema, for front ends and checks elsewhere: what a write of the form may carry.

Wire names as keys, choices as ``enum``, the forms of the wire as patterns; no keyword that a strict validator refuses.
https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from workfront_schema.custom_fields import CustomField, CustomForm, FieldKind
from workfront_schema.jsonschema import AMOUNT, DATE_TIME
from workfront_schema.strict_json import Document

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_MANY: Final = frozenset({FieldKind.CHOICES, FieldKind.OPTIONS})


def form_schema(form: CustomForm, fields: Mapping[str, CustomField]) -> Document:
    """Returns the schema of a form. What the server computes, and what no kind is known of, is left out."""
    own = writable_fields(form, fields)
    required: list[JsonValue] = [*sorted(name for name in own if form.fields[name])]
    properties: Document = {name: _property(item, form.fields[name]) for name, item in own.items()}
    return {
        "$schema": DIALECT,
        "title": form.name,
        "description": form.description or f"Custom form for {', '.join(form.objects)}",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": required} if required else {}),
    }


def writable_fields(form: CustomForm, fields: Mapping[str, CustomField]) -> Mapping[str, CustomField]:
    """Returns the fields of a form that a write may carry, sorted by name."""
    held = {name: fields[name] for name in sorted(form.fields) if name in fields}
    return {name: item for name, item in held.items() if not item.read_only and item.kind is not FieldKind.JSON}


def _property(item: CustomField, required: bool) -> Document:
    about: Document = {"title": item.label or item.name, "description": item.description or f"DE:{item.name}"}
    kind = _kind(item)
    if required:
        return {**about, **kind, **_something(item, kind)}
    choices = kind.get("anyOf")
    alternatives: list[JsonValue] = [*choices] if isinstance(choices, list) else [kind]
    return {**about, "anyOf": [*alternatives, {"type": "null"}]}


def _something(item: CustomField, kind: Document) -> Document:
    if item.kind in _MANY:
        return {"minItems": 1}
    return {"minLength": 1} if kind == {"type": "string"} else {}


def _kind(item: CustomField) -> Document:
    offered: list[JsonValue] = [option.value for option in item.values if not option.hidden]
    one: Document = {"type": "string", "enum": offered} if offered and item.complete else {"type": "string"}
    if item.kind in _MANY:
        return {"type": "array", "items": one, "uniqueItems": True}
    if item.kind is FieldKind.MONEY:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": AMOUNT}]}
    plain: Mapping[FieldKind, Document] = {
        FieldKind.NUMBER: {"type": "number"},
        FieldKind.DATE: {"type": "string", "pattern": _DAY},
        FieldKind.DATE_TIME: {"type": "string", "pattern": DATE_TIME},
        FieldKind.CHOICE: one,
    }
    return plain.get(item.kind, {"type": "string"})
