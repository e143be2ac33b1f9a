"""Values of arguments, of actions and of named queries, held against their types. docs/protocol.md 11.6."""

from __future__ import annotations

from datetime import UTC
from typing import Any, Final

from workfront_sandbox.store.sort_value import number
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import is_list, is_object, text_of
from workfront_schema.snapshot import Argument
from workfront_schema.wire_types import TypeKind, is_list_type, kind_of

_NUMBERS: Final = frozenset({TypeKind.INTEGER, TypeKind.FLOAT, TypeKind.DECIMAL})


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
