"""Arguments of actions and named queries, checked against the metadata. docs/protocol.md 11.6."""

from __future__ import annotations

from datetime import UTC
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.store.sort_value import number
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row, is_list, is_object, text_of
from workfront_sandbox.writing.bulk import plain_values
from workfront_schema.snapshot import Argument, Operation
from workfront_schema.wire_types import TypeKind, is_list_type, kind_of

_NUMBERS: Final = frozenset({TypeKind.INTEGER, TypeKind.FLOAT, TypeKind.DECIMAL})
LOGIN: Final = frozenset({"username", "password", "subdomain"})
"""Words that the login layer reads, whatever the action."""
_TAKEN_BEFORE_LISTED: Final = {("OPTASK", "convertToTask"): ("copyNativeFields", "copyCategories")}
"""Arguments that versions take, as tenants show, whose metadata does not list them."""


def read_arguments(call: Call, code: str, action: Operation) -> Row:
    """Returns the arguments of an action. Raises ApiError for unknown ones and for those of the wrong type."""
    known = {item.name: item for item in (*_unlisted(call, code, action), *action.arguments)}
    flat = {name: value for name, value in plain_values(call).items() if name not in {"action", "subdomain"}}
    document = call.parameters.document
    if document is not None and not is_object(document):
        raise invalid("argument type mismatch")
    written = {**flat, **(document or {})}
    values: Row = {}
    for name, value in written.items():
        if name not in known:
            if name in LOGIN or (name in {"id", "ids", "ID"} and name in (document or {})):
                continue
            raise invalid(f"action {action.name} does not support argument named {name[:100]}")
        values[name] = accept(known[name], value, flat=name in flat, strict=call.tenant.strict)
    return values | _login(call, known)


def _unlisted(call: Call, code: str, action: Operation) -> list[Argument]:
    names = _TAKEN_BEFORE_LISTED.get((code, action.name), ())
    newest = call.tenant.catalogue.newest.objects[code].actions.get(action.name) if names else None
    return [item for item in newest.arguments if item.name in names] if newest else []


def _login(call: Call, known: dict[str, Argument]) -> Row:
    """Returns the words the login layer reads, which are arguments too where an action has them."""
    return {name: call.parameters.first(name) for name in LOGIN & set(known) if call.parameters.first(name)}


def accept(argument: Argument, value: Any, *, flat: bool, strict: bool) -> Any:
    """Returns a value as an action takes it.

    Args:
        argument: name and type, as the metadata has them; a type that is not known is taken for a row.
        value: as JSON or a plain parameter carried it.
        flat: whether it came as a plain parameter.
        strict: whether plain lists must be repeated keys.

    Raises:
        ApiError: 422, the value is of another type.
    """
    if value is None:
        return None
    if argument.type is None:
        return value
    if is_list_type(argument.type):
        return _list(value, flat=flat, strict=strict)
    kind = kind_of(argument.type)
    if kind is not None and kind is not TypeKind.MAP:
        return _scalar(argument.name, kind, value)
    if not is_object(value):
        raise invalid("class java.lang.String cannot be cast to class java.util.Map")
    return value


def _list(value: Any, *, flat: bool, strict: bool) -> list[Any]:
    if is_list(value):
        return value
    if not flat or strict or is_object(value):
        raise invalid("argument type mismatch")
    return [part for part in text_of(value).split(",") if part]


def _scalar(name: str, kind: TypeKind, value: Any) -> Any:
    if is_list(value) or is_object(value):
        raise invalid("argument type mismatch")
    if value == "" and kind is not TypeKind.TEXT:
        return None
    if kind in _NUMBERS:
        return _number(kind, value)
    if kind is TypeKind.BOOLEAN:
        return _truth(name, value)
    text = text_of(value)
    if kind in {TypeKind.DATE, TypeKind.DATE_TIME}:
        _check_moment(text)
    return text


def _number(kind: TypeKind, value: Any) -> int | float:
    if isinstance(value, bool):
        raise invalid("argument type mismatch")
    found = number(text_of(value))
    if kind is TypeKind.INTEGER and found != int(found):
        raise invalid(f'For input string: "{text_of(value)[:100]}"', "java.lang.NumberFormatException")
    return found


def _truth(name: str, value: Any) -> bool:
    word = text_of(value).strip().lower()
    if word not in {"true", "false", "1", "0"}:
        raise invalid(f'Invalid Parameter: {name} value "{text_of(value)[:100]}"')
    return word in {"true", "1"}


def _check_moment(text: str) -> None:
    try:
        datetimes.parse(text, UTC)
    except ValueError as error:
        raise invalid(str(error)[:200]) from None


def needed(arguments: Row, name: str) -> str:
    """Returns a text argument an action cannot do without. Raises ApiError."""
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(422, f"argument {name} is missing")
    return value


def listed(arguments: Row, name: str) -> list[str]:
    """Returns a list argument as texts, empty where it is missing."""
    value = arguments.get(name)
    return [text_of(item) for item in value] if is_list(value) else []


def needed_list(arguments: Row, *names: str) -> list[str]:
    """Returns what list arguments name. Raises ApiError, which tells of the first, where they name nothing."""
    found = [one for name in names for one in listed(arguments, name)]
    if not found:
        raise invalid(f"argument {names[0]} is missing")
    return found


def mapped(arguments: Row, name: str) -> Row:
    """Returns a map argument, empty where it is missing."""
    value = arguments.get(name)
    return value if is_object(value) else {}
