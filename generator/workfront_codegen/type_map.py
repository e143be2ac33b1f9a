"""How each kind of value is spelt in generated code: in rows, paths, writes, arguments and results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workfront_schema.wire_types import TypeKind, kind_of


@dataclass(frozen=True, slots=True)
class FieldType:
    """How one kind of field is spelt: ``row`` in models, ``path``/``call`` in paths, ``write`` in values to write."""

    row: str
    path: str
    call: str
    write: str


UNKNOWN_FIELD: Final = FieldType("_models.Json", "JsonPath", "json", "object")
FIELD_TYPES: Final[Mapping[TypeKind, FieldType]] = {
    TypeKind.TEXT: FieldType("str", "TextPath", "text", "str"),
    TypeKind.INTEGER: FieldType("int", "NumberPath", "number", "int"),
    TypeKind.FLOAT: FieldType("float", "NumberPath", "number", "_decimal.Decimal | float"),
    TypeKind.DECIMAL: FieldType("_models.Amount", "NumberPath", "number", "_decimal.Decimal | float"),
    TypeKind.BOOLEAN: FieldType("bool", "BooleanPath", "boolean", "bool"),
    TypeKind.DATE_TIME: FieldType("_models.DateTime", "DateTimePath", "date_time", "_dt.datetime"),
    TypeKind.DATE: FieldType("_models.Date", "DatePath", "date", "_models.Day"),
    TypeKind.TEXTS: FieldType("list[str]", "ListPath", "list", "_models.ListNotStr[str]"),
    TypeKind.VALUES: UNKNOWN_FIELD,
    TypeKind.BYTES: UNKNOWN_FIELD,
    TypeKind.MAP: FieldType("dict[str, _models.Json]", "JsonPath", "json", "_abc.Mapping[str, object]"),
}

TEXT_ENUM: Final = FieldType("_models.OpenText[{enum}]", "EnumPath", "enum", "{enum} | _models.OwnCode")
NUMBER_ENUM: Final = FieldType("_models.OpenInt[{enum}]", "IntEnumPath", "int_enum", "{enum} | _models.OwnNumber")
TEXT_ENUMS: Final = FieldType(
    "list[_models.OpenText[{enum}]]", "ListPath", "list", "_models.ListNotStr[{enum} | _models.OwnCode]"
)

UNKNOWN_ARGUMENT: Final = "object"
ARGUMENT_TYPES: Final[Mapping[TypeKind, str]] = {
    TypeKind.TEXT: "str",
    TypeKind.INTEGER: "int",
    TypeKind.FLOAT: "_decimal.Decimal | float",
    TypeKind.DECIMAL: "_decimal.Decimal | float",
    TypeKind.BOOLEAN: "bool",
    TypeKind.DATE_TIME: "_dt.datetime",
    TypeKind.DATE: "_models.Day",
    TypeKind.TEXTS: "_services.SequenceNotStr[str]",
    TypeKind.VALUES: "_services.SequenceNotStr[object]",
    TypeKind.BYTES: UNKNOWN_ARGUMENT,
    TypeKind.MAP: "_abc.Mapping[str, object]",
}

ARGUMENT_CHECKS: Final[Mapping[TypeKind, str | None]] = {
    TypeKind.TEXT: "text",
    TypeKind.INTEGER: "number",
    TypeKind.FLOAT: "number",
    TypeKind.DECIMAL: "number",
    TypeKind.BOOLEAN: "flag",
    TypeKind.DATE_TIME: "instant",
    TypeKind.DATE: "day",
    TypeKind.TEXTS: "texts",
    TypeKind.VALUES: "values",
    TypeKind.BYTES: None,
    TypeKind.MAP: "mapping",
}
"""The engine's function that checks an argument of a kind, where there is something to check."""


@dataclass(frozen=True, slots=True)
class ResultType:
    """What a call returns and the engine's function that decodes it."""

    annotation: str
    decoder: str


UNKNOWN_RESULT: Final = ResultType("_pydantic.JsonValue", "_services.decoders.json_value")
RESULT_TYPES: Final[Mapping[TypeKind, ResultType]] = {
    TypeKind.TEXT: ResultType("str | None", "_services.decoders.text"),
    TypeKind.INTEGER: ResultType("int | None", "_services.decoders.integer"),
    TypeKind.FLOAT: ResultType("float | None", "_services.decoders.number"),
    TypeKind.DECIMAL: ResultType("_decimal.Decimal | None", "_services.decoders.amount"),
    TypeKind.BOOLEAN: ResultType("bool | None", "_services.decoders.boolean"),
    TypeKind.DATE_TIME: ResultType("_dt.datetime | None", "_services.decoders.date_time"),
    TypeKind.DATE: ResultType("_dt.date | None", "_services.decoders.day"),
    TypeKind.TEXTS: ResultType("list[str]", "_services.decoders.texts"),
    TypeKind.VALUES: ResultType("list[_pydantic.JsonValue]", "_services.decoders.values"),
    TypeKind.BYTES: UNKNOWN_RESULT,
    TypeKind.MAP: ResultType("dict[str, _pydantic.JsonValue]", "_services.decoders.mapping"),
}


def field_type(word: str | None) -> FieldType:
    """Returns how a field of this type is spelt; any JSON value where the word is unknown."""
    kind = kind_of(word)
    return UNKNOWN_FIELD if kind is None else FIELD_TYPES[kind]


def row_argument(class_name: str, *, many: bool) -> str:
    """Returns the type of what stands for a row of an object, or for several."""
    row = f"{class_name} | _models.FreeRow"
    return f"_abc.Sequence[{row}]" if many else row


def argument_type(word: str | None) -> str:
    """Returns the annotation of an argument that is no row; any object where the word is unknown."""
    kind = kind_of(word)
    return UNKNOWN_ARGUMENT if kind is None else ARGUMENT_TYPES[kind]


def argument_check(word: str | None) -> str | None:
    """Returns the name of the engine's function that checks such an argument; ``None`` where anything may pass."""
    kind = kind_of(word)
    return None if kind is None else ARGUMENT_CHECKS[kind]


def result_type(word: str | None) -> ResultType:
    """Returns the annotation and decoder of a result that holds no row; any JSON value where the word is unknown."""
    kind = kind_of(word)
    return UNKNOWN_RESULT if kind is None else RESULT_TYPES[kind]
