"""What a tenant's own rows say of its custom fields: parameters (PARAM), their options, and forms (CTGY).

Kinds of fields by ``dataType`` and ``displayType``: docs/protocol.md 7.9.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, cast

from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption
from workfront_schema.custom_file import is_sendable, merged, put_right
from workfront_schema.parameter_types import (
    COMPUTED,
    KINDS_OF_DATA,
    LISTS_FROM_OUTSIDE,
    LISTS_OF_LOOKUPS,
    LOOKUPS,
    ONE_CHOICE,
    SEVERAL_CHOICES,
    WITHOUT_VALUE,
)

Row = Mapping[str, Any]

PARAMETER_FIELDS: Final = (
    "ID", "name", "label", "description", "dataType", "displayType", "refObjCode", "isActive",
)  # fmt: skip
"""What is asked of a parameter, as far as the API version knows it."""
OPTION_FIELDS: Final = ("label", "value", "isHidden", "displayOrder")
FORM_FIELDS: Final = ("ID", "name", "description", "objTypes", "catObjCode", "isActive")
FORM_PARTS: Final = ("parameterID", "isRequired")

_SEVERAL: Final = SEVERAL_CHOICES | LISTS_FROM_OUTSIDE
_OTHER: Final = LISTS_OF_LOOKUPS | {"DOCUMENT"}
_PLAIN: Final = frozenset({"", "TEXT", "TXTA", "PSWD", "EXTRNL", "RICH"})


def kind_of_parameter(data: str, display: str, target: str | None) -> tuple[FieldKind, bool] | None:
    """Returns the kind of field a parameter makes, and whether the server computes it; None where it holds no value.

    Any JSON value is expected of a pair of words that nobody knows.
    """
    if display in WITHOUT_VALUE or data == "WIDGET":
        return None
    plain = KINDS_OF_DATA.get(data, FieldKind.JSON)
    if display in COMPUTED:
        return plain, True
    if display in ONE_CHOICE:
        return FieldKind.CHOICE, False
    if display in _SEVERAL:
        return FieldKind.CHOICES, False
    if display in LOOKUPS:
        return (FieldKind.LINK if target or display == "INTRNL" else FieldKind.TEXT), False
    if display in _OTHER or display not in _PLAIN:
        return FieldKind.JSON, False
    return plain, False


def with_parameters(listed: CustomCatalogue, rows: Iterable[Row], *, describe: bool) -> CustomCatalogue:
    """Returns the fields that metadata lists, with what their parameters say of them; those without a value left out.

    ``describe`` keeps descriptions, which people write for themselves.
    """
    known = {name: row for row in rows if isinstance(name := row.get("name"), str)}
    fields = (_told(item, known[item.name], describe) if item.name in known else item for item in listed.fields)
    kept = tuple(item for item in fields if item is not None)
    names = {item.name for item in kept}
    forms = tuple(
        replace(form, fields={name: needed for name, needed in form.fields.items() if name in names})
        for form in listed.forms
    )
    return CustomCatalogue(kept, forms)


def with_forms(
    listed: CustomCatalogue, forms: Iterable[Row], parameters: Iterable[Row], *, describe: bool
) -> CustomCatalogue:
    """Returns the catalogue with forms as the tenant's categories describe them: fields in need, objects they are for.

    A form that shows no part of it to this user stays as metadata tells of it.
    """
    names = {_text(row.get("ID")): row.get("name") for row in parameters}
    known = listed.by_name()
    told = merged(form for row in forms if (form := _form(row, names, known, describe)) is not None)
    by_name = {form.name: form for form in told}
    kept = [form for form in listed.forms if form.name not in by_name]
    return replace(listed, forms=tuple(sorted((*kept, *told), key=lambda form: form.name)))


def _told(item: CustomField, row: Row, describe: bool) -> CustomField | None:
    target = _text(row.get("refObjCode")) or None
    data, display = _text(row.get("dataType")), _text(row.get("displayType"))
    found = kind_of_parameter(data, display, target)
    if found is None:
        return None
    kind, computed = found
    options = _options(row.get("parameterOptions"))
    return replace(
        item,
        kind=kind,
        label=put_right(_text(row.get("label"))) or item.name,
        values=options or item.values if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else (),
        complete=bool(options) and display != "MULTEXTRNL",
        target=target if kind is FieldKind.LINK else None,
        read_only=computed,
        source="param",
        description=(put_right(_text(row.get("description"))) or None) if describe else None,
        word=f"{data} {display}".strip() if kind is FieldKind.JSON else None,
    )


def _options(rows: Any) -> tuple[FieldOption, ...]:
    found = [row for row in _rows(rows) if _text(row.get("value"))]
    in_order = sorted(found, key=lambda row: (_number(row.get("displayOrder")), _text(row.get("value"))))
    options: dict[str, FieldOption] = {}
    for row in in_order:
        value = _text(row["value"])
        if is_sendable(value):
            label = put_right(_text(row.get("label"))) or value
            options.setdefault(value, FieldOption(value, label, row.get("isHidden") is True))
    return tuple(options.values())


def _form(row: Row, names: Mapping[Any, Any], known: Mapping[str, CustomField], describe: bool) -> CustomForm | None:
    name, parts = _text(row.get("name")), row.get("categoryParameters")
    if not name or not is_sendable(name) or row.get("isActive") is False or not isinstance(parts, list):
        return None
    held = {names.get(_text(part.get("parameterID"))): part.get("isRequired") is True for part in _rows(parts)}
    fields = {str(field): needed for field, needed in held.items() if field in known}
    listed = row.get("objTypes")
    types = cast("list[object]", listed) if isinstance(listed, list) else []
    objects = {code for code in types if isinstance(code, str)}
    codes = objects or {_text(row.get("catObjCode"))} - {""}
    about = (put_right(_text(row.get("description"))) or None) if describe else None
    return CustomForm(name, tuple(sorted(codes)), dict(sorted(fields.items())), about) if codes else None


def _rows(value: Any) -> list[Row]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("Row", row) for row in listed if isinstance(row, dict)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
