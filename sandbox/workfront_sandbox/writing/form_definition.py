"""Custom fields and forms as they are defined: names, types, choices, and the object types of a form."""

from __future__ import annotations

from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.store.custom_field import DATA_TYPES
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.attached_form import check_form
from workfront_sandbox.writing.lookup_field import check_definition, whole_definition
from workfront_schema.parameter_types import ONE_CHOICE, SEVERAL_CHOICES, is_data_type_of

_NOT_IN_NAMES: Final = "\t\n\r\f[]():{}"
_FORM_TYPES: Final = frozenset(
    {"PROJ", "TASK", "OPTASK", "USER", "PORT", "PRGM", "DOCU", "GROUP", "CMPY", "EXPNS", "ITRN", "TEAMOB", "HOUR"}
)
"""Object types that a form can be for."""
_SINCE: Final = {"TEAMOB": 21}
"""API versions that took a type first, where the oldest did not."""
_SECURITY: Final = ("securityLevel", "viewSecurityLevel")
_MOST_FIELDS: Final = 500
"""Fields that a form holds at most."""

_FIXED: Final = {"PARAM": ("dataType", "displayType", "refObjCode"), "CTGY": ("objTypes",)}
"""What stays as it was made."""


def parameter(call: Call, row: Row, own_id: Any = None) -> Row:
    """Returns what a custom field gets by itself. Raises ApiError for names and types it cannot have."""
    for word in ("name", "label"):
        for odd in _NOT_IN_NAMES:
            if odd in str(row.get(word) or ""):
                raise ApiError(422, f"Invalid character in '{word}' : '{odd}'", extra={"code": 1200})
    name = row.get("name")
    if name and any(other["ID"] != own_id for other in call.store.where("PARAM", name=str(name))):
        raise invalid(f'Parameter with name "{name}" already exists.', msgKey="exception.attask", code=0)
    known = {str(item.value) for item in call.object("PARAM").fields["displayType"].values}
    display = row["displayType"] if row.get("displayType") in known else "TEXT"
    if display == "WIDGET":
        raise invalid('Invalid Parameter: displayType value "WIDGET"')
    label = row.get("label") or row.get("name")
    data_type = _data_type(row.get("dataType"), call.address.version)
    check_definition(call, row, data_type, display)
    return {"dataType": data_type, "displayType": display, "label": label, **whole_definition(row, display)}


def changed_parameter(call: Call, before: Row, changes: Row) -> Row:
    """Returns what a custom field gets by itself from an edit. Raises ApiError, also where a definition of where it
    looks is not written again.
    """
    kept = {name: value for name, value in before.items() if name != "fieldDefinition"}
    return parameter(call, {**kept, **changes}, before.get("ID"))


def _data_type(value: Any, version: int) -> str:
    """Returns the data type of a custom field; one that the version does not know becomes TEXT without a word."""
    return str(value) if value in DATA_TYPES and is_data_type_of(version, value) else "TEXT"


def option(call: Call, row: Row) -> Row:
    """Returns what a choice gets by itself. Raises ApiError where its field has no choices."""
    field = call.store.get("PARAM", str(row.get("parameterID")))
    if field is not None and field.get("displayType") not in ONE_CHOICE | SEVERAL_CHOICES:
        raise invalid("Parameter with selected Display Type does not support Parameter Options")
    value = row.get("value") if row.get("value") is not None else row.get("label")
    return {"value": value, "label": row.get("label") or value}


def form(call: Call, row: Row) -> Row:
    """Returns the object types of a form. Raises ApiError for types that have no forms."""
    types = row.get("objTypes") or [code for code in [row.get("catObjCode")] if code]
    for code in types:
        if code not in _FORM_TYPES or call.address.version < _SINCE.get(code, 0):
            raise invalid(f"invalid value {str(code)[:50]} for enum CategoryObjTypesEnum")
    return {"objTypes": types, "catObjCode": types[0]} if types else {}


def place(call: Call, row: Row) -> Row:
    """Returns the ID of a field's place on a form, which is made of theirs. Raises ApiError where the form is full, or
    who may do what with the field is said by a number.
    """
    check_security(row)
    form_id, field_id = row.get("categoryID"), row.get("parameterID")
    if form_id and call.store.number("CTGYPA", categoryID=str(form_id)) >= _MOST_FIELDS:
        raise ApiError(422, f"A custom form holds {_MOST_FIELDS} fields at most")
    return {"ID": f"{form_id}_{field_id}"} if form_id and field_id else {}


def check_security(row: Row) -> None:
    """Raises ApiError where a place says by a number who may edit or view its field: words do, such as LE and V."""
    for name in _SECURITY:
        if str(row.get(name)).isdecimal():
            raise invalid(f"Cannot invoke ParameterSecurityLevelEnum.getAction() because {name} is null")


def tie(call: Call, row: Row) -> Row:
    """Adds nothing to what ties a form to an object. Raises ApiError where the form is for other object types."""
    made_for = call.store.get("CTGY", str(row.get("categoryID")))
    if made_for is not None and row.get("objObjCode"):
        check_form(made_for, str(row["objObjCode"]))
    return {}


def match(call: Call, row: Row) -> Row:
    """Adds nothing to what a rule of display looks for. Raises ApiError for what is no choice of its field; fields
    without choices are looked at where the sandbox is strict.
    """
    field, value = call.store.get("PARAM", str(row.get("parameterID"))), row.get("value")
    if field is None or value is None:
        return {}
    if field.get("displayType") not in ONE_CHOICE | SEVERAL_CHOICES and not call.tenant.strict:
        return {}
    if value not in {one.get("value") for one in call.store.where("POPT", parameterID=field["ID"])}:
        asked = f'value, "{str(value)[:100]}" is invalid with associated Parameter, "{field.get("name")}"'
        raise invalid(f"Cascade Rule Match {asked}.")
    return {}


def check_fixed(call: Call, code: str, before: Row, changes: Row) -> None:
    """Raises ApiError where an edit changes what stays as it was made."""
    for name in _FIXED.get(code, ()):
        if name not in changes or changes[name] == before.get(name):
            continue
        if name == "refObjCode" and before.get("displayType") == "TYAH":
            raise invalid("You cannot change the referenced object value for an existing Typeahead field.")
        if before.get(name) is not None:
            raise invalid(f"{name} of a {call.object(code).name} cannot be changed once it is made")
