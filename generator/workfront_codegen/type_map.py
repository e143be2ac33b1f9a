"""The server's words for types, and what each becomes in rows, paths, writes, arguments and results."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldType:
    """How one kind of field is spelt: ``row`` in models, ``path``/``call`` in paths, ``write`` in values to write."""

    row: str
    path: str
    call: str
    write: str


_TEXT = FieldType("str", "TextPath", "text", "str")
_WHOLE = FieldType("int", "NumberPath", "number", "int")
_BOOLEAN = FieldType("bool", "BooleanPath", "boolean", "bool")

FIELD_TYPES = {
    "string": _TEXT,
    "int": _WHOLE,
    "long": _WHOLE,
    "java.lang.Long": _WHOLE,
    "java.lang.Integer": _WHOLE,
    "double": FieldType("float", "NumberPath", "number", "float"),
    "boolean": _BOOLEAN,
    "java.lang.Boolean": _BOOLEAN,
    "dateTime": FieldType("_models.DateTime", "DateTimePath", "date_time", "_dt.datetime"),
    "date": FieldType("_models.Date", "DatePath", "date", "_dt.date"),
    "string[]": FieldType("list[str]", "ListPath", "list", "_abc.Sequence[str]"),
    "map": FieldType("dict[str, _models.Json]", "JsonPath", "json", "_abc.Mapping[str, object]"),
    "java.math.BigDecimal": FieldType("_models.Amount", "NumberPath", "number", "_decimal.Decimal | float"),
}
UNKNOWN_FIELD = FieldType("_models.Json", "JsonPath", "json", "object")

TEXT_ENUM = FieldType("_models.OpenText[{enum}]", "EnumPath", "enum", "{enum} | str")
NUMBER_ENUM = FieldType("_models.OpenInt[{enum}]", "IntEnumPath", "int_enum", "{enum} | int")
TEXT_ENUMS = FieldType("list[_models.OpenText[{enum}]]", "ListPath", "list", "_abc.Sequence[{enum} | str]")

ARGUMENT_TYPES = {
    "string": "str",
    "int": "int",
    "long": "int",
    "java.lang.Long": "int",
    "java.lang.Integer": "int",
    "double": "float",
    "boolean": "bool",
    "java.lang.Boolean": "bool",
    "dateTime": "_dt.datetime",
    "date": "_dt.date",
    "string[]": "_abc.Sequence[str]",
    "map": "_abc.Mapping[str, object]",
    "java.math.BigDecimal": "_decimal.Decimal | float",
}
MODEL_ARGUMENT = "_abc.Mapping[str, object] | _models.WorkfrontObject"
UNKNOWN_ARGUMENT = "object"


@dataclass(frozen=True, slots=True)
class ResultType:
    """What a call returns and the engine's function that decodes it."""

    annotation: str
    decoder: str


RESULT_TYPES = {
    "string": ResultType("str | None", "_services.decoders.text"),
    "int": ResultType("int | None", "_services.decoders.integer"),
    "long": ResultType("int | None", "_services.decoders.integer"),
    "java.lang.Long": ResultType("int | None", "_services.decoders.integer"),
    "java.lang.Integer": ResultType("int | None", "_services.decoders.integer"),
    "double": ResultType("float | None", "_services.decoders.number"),
    "boolean": ResultType("bool | None", "_services.decoders.boolean"),
    "java.lang.Boolean": ResultType("bool | None", "_services.decoders.boolean"),
    "dateTime": ResultType("_dt.datetime | None", "_services.decoders.date_time"),
    "string[]": ResultType("list[str]", "_services.decoders.texts"),
    "date": ResultType("_dt.date | None", "_services.decoders.day"),
    "java.math.BigDecimal": ResultType("_decimal.Decimal | None", "_services.decoders.amount"),
    "object[]": ResultType("list[_pydantic.JsonValue]", "_services.decoders.values"),
    "map": ResultType("dict[str, _pydantic.JsonValue]", "_services.decoders.mapping"),
}
UNKNOWN_RESULT = ResultType("_pydantic.JsonValue", "_services.decoders.json_value")
