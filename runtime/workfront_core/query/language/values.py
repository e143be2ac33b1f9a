"""What a field is compared with, as the engine takes it: read by the kind of the field."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from workfront_core.models.codes import member_named
from workfront_core.nearest import did_you_mean
from workfront_core.query.custom_paths import CustomPaths
from workfront_core.query.field_kinds import (
    BooleanPath,
    CustomPath,
    DatePath,
    DateTimePath,
    EnumPath,
    IntEnumPath,
    JsonPath,
    ListPath,
    NumberPath,
)
from workfront_core.query.field_path import Path, origin
from workfront_core.query.language.moments import caller, moment, wildcard
from workfront_core.query.language.names import Scope, shown
from workfront_core.query.language.syntax import CallerNode, Literal, MomentNode, OuterNode, Value, WordNode
from workfront_core.query.language.tokens import Kind
from workfront_core.query.path import ObjectPath
from workfront_core.query.text_path import Length, TextPath
from workfront_core.values.datetimes import parse_datetime
from workfront_core.values.ids import is_id

_CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}
_ANY: Final = (CustomPath, JsonPath)
_WITHOUT_TEXTS: Final = (NumberPath, IntEnumPath, BooleanPath, DatePath, DateTimePath, Length)
_WITHOUT_NUMBERS: Final = (TextPath, BooleanPath, DatePath, DateTimePath, ObjectPath, ListPath)
_WITH_DATES: Final = (DatePath, DateTimePath, *_ANY)
_WITH_TRUTH: Final = (BooleanPath, *_ANY)
_WITH_TEXTS: Final = (TextPath, ListPath, ObjectPath, *_ANY)


class UnknownCodeWarning(UserWarning):
    """A code in a condition is not known here; it is sent, because a tenant has codes of its own.

    Examples:
        >>> import warnings
        >>> from workfront_client import UnknownCodeWarning, parse
        >>> from workfront_client.v22 import Task
        >>> with warnings.catch_warnings(record=True) as caught:
        ...     warnings.simplefilter("always", UnknownCodeWarning)
        ...     condition = parse("status = 'HLD'", Task)
        >>> print(caught[0].message)
        status has no value 'HLD' that is known here; it is sent as a code of your own.
    """


def operand(node: Value, path: Path[Any] | Length[Any], scope: Scope) -> Any:
    """Returns a value of a text as the methods of a path take it.

    Raises:
        ConditionSyntaxError: it does not fit the kind of the field.
    """
    match node:
        case Literal():
            return _literal(node, path, scope)
        case MomentNode():
            return moment(node, scope)
        case CallerNode():
            return caller(node, scope)
        case OuterNode():
            raise scope.fault(
                "outer names a field of the searched object, for one test of exists.",
                node.span,
                "Write it like exists hour (ownerID = outer.ID and hours > 2).",
            )
        case WordNode():
            return _word(node, path, scope)


def _literal(node: Literal, path: Path[Any] | Length[Any], scope: Scope) -> Any:
    match node.token.kind:
        case Kind.TEXT:
            return _text(node, path, scope)
        case Kind.NUMBER:
            return _number(node, path, scope)
        case Kind.DATE:
            return _date(node, path, scope)
        case _:
            return wildcard(node, scope)


def _text(node: Literal, path: Path[Any] | Length[Any], scope: Scope) -> Any:
    text = node.token.text
    kind = _kind(path)
    if kind is EnumPath:
        return _quoted_code(node, path)
    if kind in _WITHOUT_TEXTS:
        raise scope.fault(
            f"{shown(path)} is {described(path)}; {text!r:.80} is a text.", node.span, _WRITE[_kind(path)]
        )
    if kind is ObjectPath and not is_id(text):
        raise scope.fault(f"{shown(path)} is an object; {text!r:.80} is not its ID.", node.span, _WRITE[ObjectPath])
    return text


def _quoted_code(node: Literal, path: Path[Any] | Length[Any]) -> str | Enum:
    """Returns a code that is written in quotes: any code, label or name that is known, else the text itself."""
    text, known = node.token.text, codes(path)
    if known is None:
        return text
    found = _code(text, known)
    if found is None:
        warnings.warn(
            f"{shown(path)} has no value {text!r:.80} that is known here; it is sent as a code of your own.",
            UnknownCodeWarning,
            stacklevel=2,
        )
    return text if found is None else found


def _number(node: Literal, path: Path[Any] | Length[Any], scope: Scope) -> Any:
    written = node.token.text
    number = int(written) if written.isdigit() else Decimal(written)
    if _kind(path) in _WITHOUT_NUMBERS:
        raise scope.fault(f"{shown(path)} is {described(path)}; {written} is a number.", node.span, _WRITE[_kind(path)])
    if _kind(path) is EnumPath:
        known = codes(path)
        if known is not None and _code(written, known) is None:
            raise _no_code(node, written, path, known, scope)
        return written
    return -number if node.is_negative else number


def _date(node: Literal, path: Path[Any] | Length[Any], scope: Scope) -> date | datetime:
    written = node.token.text
    if _kind(path) not in _WITH_DATES:
        raise scope.fault(f"{shown(path)} is {described(path)}; {written} is a date.", node.span, _WRITE[_kind(path)])
    try:
        if "T" not in written:
            return date.fromisoformat(written)
        if _kind(path) is DatePath:
            raise scope.fault(f"{shown(path)} is a day, without a time.", node.span, f"Write {written[:10]}.")
        if written[-1] != "Z" and not any(sign in written[11:] for sign in "+-"):
            raise scope.fault("This time has no zone.", node.span, f"Write {written}Z, or {written}+02:00.")
        return parse_datetime(written)
    except ValueError:
        raise scope.fault(f"{written} is not in the calendar.", node.span, "Write 2026-03-18.") from None


def _word(node: WordNode, path: Path[Any] | Length[Any], scope: Scope) -> Any:
    word = node.word
    if word is not None and word.lower() in _CONSTANTS:
        return _constant(node, word.lower(), path, scope)
    known = codes(path) if word is not None else None
    if word is not None and known is not None and (found := _code(word, known)) is not None:
        return found
    if _is_raw(path) and word is not None and not node.path.is_raw:
        return word
    if node.path.is_raw or node.path.custom is not None or scope.is_field(node.path):
        return scope.path(node.path)
    if word is not None and known is not None:
        raise _no_code(node, word, path, known, scope)
    if word is not None and _kind(path) is EnumPath:
        return word
    raise _no_value(node, path, scope)


def _constant(node: WordNode, word: str, path: Path[Any] | Length[Any], scope: Scope) -> bool | None:
    value = _CONSTANTS[word]
    if value is not None and _kind(path) not in _WITH_TRUTH:
        raise scope.fault(f"{shown(path)} is {described(path)}, and never {word}.", node.span, _WRITE[_kind(path)])
    return value


def _no_value(node: WordNode, path: Path[Any] | Length[Any], scope: Scope) -> Exception:
    written = scope.text[node.span.start : node.span.end]
    if _kind(path) in _WITH_TEXTS and node.word is not None:
        return scope.fault(
            f"{scope.model.__name__} has no field {written}, and a text stands in quotes.",
            node.span,
            f"Write '{written}' if you mean the text.",
        )
    if node.word is None:
        scope.path(node.path)
    return scope.fault(f"{shown(path)} is {described(path)}, and {written} is not.", node.span, _WRITE[_kind(path)])


def _no_code(
    node: Literal | WordNode, written: str, path: Path[Any] | Length[Any], known: type[Enum], scope: Scope
) -> Exception:
    names = {str(member.value): member.name for member in known}
    near = did_you_mean(written, [*names, *names.values()])
    listed = ", ".join(f"{code} ({name.replace('_', ' ').lower()})" for code, name in list(names.items())[:_SHOWN])
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    hint = f"{near}{near and ' '}Known: {listed}{rest}. A code of your own stands in quotes."
    return scope.fault(f"{shown(path)} has no value {written}.", node.span, hint)


_SHOWN: Final = 12


def codes(path: Path[Any] | Length[Any]) -> type[Enum] | None:
    """Returns the enumeration of a field, where it has one that is known."""
    start = origin(path) if isinstance(path, Path) and _kind(path) in (EnumPath, IntEnumPath) else None
    return start.codes() if start is not None else None


def _code(text: str, known: type[Enum]) -> Enum | None:
    """Returns the code that a text is, or names by its name or label."""
    return next((member for member in known if str(member.value) == text), None) or member_named(text, known)


def _is_raw(path: Path[Any] | Length[Any]) -> bool:
    return isinstance(path, CustomPath) and origin(path) is None and not str(path).startswith("DE:")


def _kind(path: Path[Any] | Length[Any]) -> type:
    return next((kind for kind in _DESCRIBED if isinstance(path, kind)), object)


def field_or_none(value: object) -> Path[Any] | None:
    """Returns a value that is a field of the row; ``None`` for any other value."""
    return value if isinstance(value, Path) else None  # pyright: ignore[reportUnknownVariableType]


def may_equal(path: Path[Any] | Length[Any], other: Path[Any]) -> bool:
    """Returns whether two fields can have the same value: they are of one kind, or of kinds that share their texts."""
    one, two = _kind(path), _kind(other)
    return one is two or one in _ANY or two in _ANY or any({one, two} <= group for group in _LIKE)


_LIKE: Final = ({TextPath, EnumPath}, {DatePath, DateTimePath}, {NumberPath, IntEnumPath})


def described(path: Path[Any] | Length[Any]) -> str:
    """Returns what kind of field it is, for a message."""
    return _DESCRIBED.get(_kind(path), "of another kind")


_DESCRIBED: Final[dict[type, str]] = {
    TextPath: "a text",
    NumberPath: "a number",
    Length: "a number of characters",
    ListPath: "a list of texts",
    BooleanPath: "true or false",
    DatePath: "a day",
    DateTimePath: "a time",
    IntEnumPath: "a code",
    EnumPath: "a code",
    ObjectPath: "an object",
    CustomPath: "a custom field",
    CustomPaths: "all custom fields together",
    JsonPath: "of an unknown kind",
}
_WRITE: Final[dict[type, str]] = {
    TextPath: "Write the text in quotes, or the name of another field of the row.",
    NumberPath: "Write a number without quotes, or the name of another field of the row.",
    Length: "Write a whole number.",
    ListPath: "Write texts in quotes.",
    BooleanPath: "Write true or false.",
    DatePath: "Write a day such as 2026-03-18 or today - 7d, without quotes.",
    DateTimePath: "Write 2026-03-18, 2026-03-18T12:00Z, today - 7d or now - 2h, without quotes.",
    IntEnumPath: "Write the code or its name, without quotes.",
    EnumPath: "Write the code or its name.",
    ObjectPath: "Compare one of its fields, such as .name, or its ID.",
    CustomPath: "Write a text in quotes, a number or a date.",
    JsonPath: "Write a text in quotes, a number or a date.",
    object: "Write another value.",
}
