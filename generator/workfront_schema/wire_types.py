"""The server's words for types: what kind of value each stands for, and which type of JSON carries it.

Metadata names a type in Java's words (docs/protocol.md 7.8). Whoever needs a type of its own maps the kinds, so that a
word that is new to us is added here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class TypeKind(StrEnum):
    """A kind of value, whatever the server calls it."""

    TEXT = "text"
    INTEGER = "integer"
    FLOAT = "float"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE_TIME = "date-time"
    DATE = "date"
    TEXTS = "list of texts"
    VALUES = "list of any values"
    BYTES = "bytes"
    MAP = "map"

    @property
    def json_type(self) -> str | None:
        """The JSON type that carries it; ``None`` where we have seen no value of the kind."""
        return _JSON_TYPES[self]


_JSON_TYPES: Final[Mapping[TypeKind, str | None]] = {
    TypeKind.TEXT: "string",
    TypeKind.INTEGER: "integer",
    TypeKind.FLOAT: "number",
    TypeKind.DECIMAL: "number",
    TypeKind.BOOLEAN: "boolean",
    TypeKind.DATE_TIME: "string",
    TypeKind.DATE: "string",
    TypeKind.TEXTS: "array",
    TypeKind.VALUES: "array",
    TypeKind.BYTES: None,
    TypeKind.MAP: "object",
}

KINDS: Final[Mapping[str, TypeKind]] = {
    "string": TypeKind.TEXT,
    "java.lang.String": TypeKind.TEXT,
    "int": TypeKind.INTEGER,
    "short": TypeKind.INTEGER,
    "long": TypeKind.INTEGER,
    "java.lang.Integer": TypeKind.INTEGER,
    "java.lang.Short": TypeKind.INTEGER,
    "java.lang.Long": TypeKind.INTEGER,
    "java.math.BigInteger": TypeKind.INTEGER,
    "double": TypeKind.FLOAT,
    "float": TypeKind.FLOAT,
    "java.lang.Double": TypeKind.FLOAT,
    "java.lang.Float": TypeKind.FLOAT,
    "java.math.BigDecimal": TypeKind.DECIMAL,
    "boolean": TypeKind.BOOLEAN,
    "java.lang.Boolean": TypeKind.BOOLEAN,
    "dateTime": TypeKind.DATE_TIME,
    "date": TypeKind.DATE,
    "string[]": TypeKind.TEXTS,
    "object[]": TypeKind.VALUES,
    "byte[]": TypeKind.BYTES,
    "map": TypeKind.MAP,
}
"""Every word we know. Other words are names of object types, or unknown."""

_LIST: Final = "[]"


def kind_of(word: str | None) -> TypeKind | None:
    """Returns the kind a word stands for, ``None`` for the name of an object type or an unknown word."""
    return KINDS.get(word or "")


def is_list_type(word: str | None) -> bool:
    """Returns whether a word stands for a list: ``string[]``, ``Task[]``."""
    return (word or "").endswith(_LIST)


def item_type(word: str | None) -> str:
    """Returns the word for one item of a list, any other word as it is: ``Task[]`` -> ``Task``."""
    return (word or "").removesuffix(_LIST)
