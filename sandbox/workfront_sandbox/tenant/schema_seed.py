"""A tenant's own fields and forms as rows: parameters, options, forms and their places, made of a snapshot.

IDs are made of names, so that they are the same in every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

from workfront_sandbox.wire.json_value import Row
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind

_WORDS: Final[Mapping[FieldKind, tuple[str, str]]] = {
    FieldKind.TEXT: ("TEXT", "TEXT"), FieldKind.NUMBER: ("NMBR", "TEXT"), FieldKind.MONEY: ("CURC", "TEXT"),
    FieldKind.DATE: ("DATE", "TEXT"), FieldKind.DATE_TIME: ("DTTM", "TEXT"), FieldKind.CHOICE: ("TEXT", "SLCT"),
    FieldKind.CHOICES: ("TEXT", "MULT"), FieldKind.OPTIONS: ("TEXT", "MULT"), FieldKind.LINK: ("TEXT", "TYAH"),
    FieldKind.RICH: ("RICH", "RICH"), FieldKind.JSON: ("TEXT", "DOCUMENT"),
}  # fmt: skip
"""``dataType`` and ``displayType`` of each kind."""
_REST: Final = "All custom fields of"
"""Begins the name of a form for the fields of an object type that no form of the snapshot holds."""


class SchemaRefused(ValueError):
    """A folder of snapshots that cannot be served."""


def custom_rows(custom: CustomCatalogue) -> dict[str, list[Row]]:
    """Returns the rows that describe a tenant's fields and forms, by objCode; none where it has no fields."""
    if not custom.fields:
        return {}
    forms = [*custom.forms, *_missing_forms(custom)]
    known = custom.by_name()
    return {
        "PARAM": [_parameter(item) for item in custom.fields],
        "POPT": [row for item in custom.fields for row in _options(item)],
        "CTGY": [_form(form) for form in forms],
        "CTGYPA": [row for form in forms for row in _places(form, known)],
    }


def _parameter(item: CustomField) -> Row:
    data, display = _WORDS[item.kind]
    return {
        "ID": _id("PARAM", item.name), "name": item.name, "label": item.label, "dataType": data, "isActive": True,
        "displayType": "CALC" if item.read_only else display, "refObjCode": item.target, "isRequired": False,
        "description": item.description,
    }  # fmt: skip


def _options(item: CustomField) -> Iterable[Row]:
    for order, option in enumerate(item.values):
        yield {
            "ID": _id("POPT", item.name, option.value), "parameterID": _id("PARAM", item.name), "label": option.label,
            "value": option.value, "isHidden": option.hidden, "isDefault": False, "displayOrder": order,
        }  # fmt: skip


def _form(form: CustomForm) -> Row:
    return {
        "ID": _id("CTGY", form.name), "name": form.name, "objTypes": [*form.objects], "catObjCode": form.objects[0],
        "isActive": True, "hasCalculatedFields": False, "description": form.description,
    }  # fmt: skip


def _places(form: CustomForm, known: Mapping[str, CustomField]) -> Iterable[Row]:
    for order, (name, required) in enumerate(form.fields.items()):
        if name in known:
            yield {
                "ID": _id("CTGYPA", form.name, name), "categoryID": _id("CTGY", form.name), "isRequired": required,
                "parameterID": _id("PARAM", name), "displayOrder": order,
            }  # fmt: skip


def _missing_forms(custom: CustomCatalogue) -> Iterable[CustomForm]:
    """Yields a form an object type for the fields of it that no form of the snapshot holds."""
    held = {(code, name) for form in custom.forms for code in form.objects for name in form.fields}
    codes = sorted({code for item in custom.fields for code in item.objects})
    for code in codes:
        rest = {item.name: False for item in custom.of(code) if (code, item.name) not in held}
        if rest:
            yield CustomForm(f"{_REST} {code}", (code,), rest)


def _id(*parts: Any) -> str:
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
