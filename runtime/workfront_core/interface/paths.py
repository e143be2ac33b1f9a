"""What generated paths are made of: one class and one function for each kind of member."""

from __future__ import annotations

from workfront_core.query.custom_field import custom
from workfront_core.query.custom_paths import ChoicePath, CustomPaths, custom_member
from workfront_core.query.field_kinds import (
    BooleanPath,
    ChoicesPath,
    CustomPath,
    DatePath,
    DateTimePath,
    EnumPath,
    IntEnumPath,
    JsonPath,
    ListPath,
    NumberPath,
    OptionsPath,
)
from workfront_core.query.field_path import FieldPath, Path
from workfront_core.query.path import (
    ObjectPath,
    SearchPath,
    boolean,
    collection,
    custom_paths,
    date,
    date_time,
    enum,
    int_enum,
    json,
    list,  # noqa: A004
    number,
    reference,
    search,
    text,
)
from workfront_core.query.text_path import TextPath

__all__ = [
    "BooleanPath",
    "ChoicePath",
    "ChoicesPath",
    "CustomPath",
    "CustomPaths",
    "DatePath",
    "DateTimePath",
    "EnumPath",
    "FieldPath",
    "IntEnumPath",
    "JsonPath",
    "ListPath",
    "NumberPath",
    "ObjectPath",
    "OptionsPath",
    "Path",
    "SearchPath",
    "TextPath",
    "boolean",
    "collection",
    "custom",
    "custom_member",
    "custom_paths",
    "date",
    "date_time",
    "enum",
    "int_enum",
    "json",
    "list",
    "number",
    "reference",
    "search",
    "text",
]
