"""The server's words for types have one home: whoever gives a type of its own to values knows every kind of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from workfront_codegen.type_map import (
    ARGUMENT_TYPES,
    FIELD_TYPES,
    RESULT_TYPES,
    UNKNOWN_ARGUMENT,
    UNKNOWN_FIELD,
    UNKNOWN_RESULT,
    argument_type,
    field_type,
    result_type,
)
from workfront_sandbox.call.argument import accept
from workfront_sandbox.schema.catalogue import COMPARED_AS, ObjectSchema
from workfront_schema import store
from workfront_schema.jsonschema import schema_of
from workfront_schema.snapshot import Argument, Field, ObjectType
from workfront_schema.wire_types import KINDS, TypeKind, is_list_type, item_type, kind_of

NUMBERS = ("int", "short", "long", "double", "float")
BOXED = (
    "java.lang.Integer", "java.lang.Short", "java.lang.Long", "java.lang.Double", "java.lang.Float",
    "java.lang.Boolean", "java.lang.String", "java.math.BigDecimal", "java.math.BigInteger",
)  # fmt: skip
EXAMPLES: Mapping[TypeKind, object] = {
    TypeKind.TEXT: "text",
    TypeKind.INTEGER: 5,
    TypeKind.FLOAT: 5.5,
    TypeKind.DECIMAL: 5.25,
    TypeKind.BOOLEAN: True,
    TypeKind.DATE_TIME: "2026-03-02T17:00:00:000+0000",
    TypeKind.DATE: "2026-03-02",
    TypeKind.TEXTS: ["text"],
    TypeKind.VALUES: [1, {"a": "b"}],
    TypeKind.BYTES: [1, 2],
    TypeKind.MAP: {"a": "b"},
}


@cache
def words_of_snapshots() -> frozenset[str]:
    """Every word of a field, an argument or a result in any shipped snapshot; names of object types left out."""
    schema = store.standard_schema()
    snapshots = [store.load_snapshot(schema, version) for version in store.versions(schema)]
    names = {item.name for snapshot in snapshots for item in snapshot.objects}
    words = {word for snapshot in snapshots for item in snapshot.objects for word in _words(item)}
    return frozenset(word for word in words if word and item_type(word) not in names)


def _words(item: ObjectType) -> Iterator[str | None]:
    yield from (field.type for field in item.fields)
    for operation in (*item.actions, *item.queries):
        yield operation.result
        yield from (argument.type for argument in operation.arguments)


def test_every_word_of_every_snapshot_is_known() -> None:
    assert words_of_snapshots() - set(KINDS) == set()
    assert len(words_of_snapshots()) > 10


@pytest.mark.parametrize("word", [*NUMBERS, *BOXED])
def test_numbers_and_boxed_words_of_java_are_known(word: str) -> None:
    assert kind_of(word) is not None


@pytest.mark.parametrize(
    "table", [ARGUMENT_TYPES, FIELD_TYPES, RESULT_TYPES, COMPARED_AS, EXAMPLES], ids=lambda table: str(len(table))
)
def test_every_table_over_types_has_every_kind(table: Mapping[TypeKind, object]) -> None:
    assert set(table) == set(TypeKind)


@pytest.mark.parametrize(("word", "kind"), KINDS.items())
def test_generated_code_spells_a_word_by_its_kind(word: str, kind: TypeKind) -> None:
    assert field_type(word) == FIELD_TYPES[kind]
    assert argument_type(word) == ARGUMENT_TYPES[kind]
    assert result_type(word) == RESULT_TYPES[kind]


@pytest.mark.parametrize(("word", "kind"), KINDS.items())
def test_the_json_schema_of_a_word_has_the_type_of_its_kind(word: str, kind: TypeKind) -> None:
    found = schema_of(word) or {}
    choices = found.get("anyOf", [found])
    assert isinstance(choices, list)
    types = [choice.get("type") for choice in choices if isinstance(choice, dict)]
    assert types == (["number", "string"] if kind is TypeKind.DECIMAL else [kind.json_type])


@pytest.mark.parametrize(("word", "kind"), KINDS.items())
def test_the_sandbox_compares_a_field_by_the_kind_of_its_type(word: str, kind: TypeKind) -> None:
    schema = ObjectSchema(ObjectType("OBJ", "Object", "Object", fields=(Field("x", "X", word),)))
    assert schema.kind("x") == COMPARED_AS[kind]


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(("word", "kind"), KINDS.items())
def test_the_sandbox_accepts_an_argument_of_its_type(word: str, kind: TypeKind, strict: bool) -> None:
    given = EXAMPLES[kind]
    assert accept(Argument("x", word), given, flat=False, strict=strict) == given


@pytest.mark.parametrize("word", [word for word, kind in KINDS.items() if EXAMPLES[kind] in (5, 5.5, 5.25)])
def test_the_sandbox_reads_a_number_out_of_a_plain_parameter(word: str) -> None:
    assert accept(Argument("x", word), "5", flat=True, strict=True) == 5


@pytest.mark.parametrize("word", [None, "com.example.Unheard", "Nowhere[]"])
def test_an_unknown_word_stands_for_any_value(word: str | None) -> None:
    assert kind_of(word) is None
    assert field_type(word) is UNKNOWN_FIELD
    assert argument_type(word) is UNKNOWN_ARGUMENT
    assert result_type(word) is UNKNOWN_RESULT
    assert schema_of(word) is None


def test_lists_of_rows_are_told_from_rows() -> None:
    assert [(is_list_type(word), item_type(word)) for word in ("Task[]", "Task", None)] == [
        (True, "Task"),
        (False, "Task"),
        (False, ""),
    ]
