"""Two ways to write an object type as JSON, told apart by their words: the API Explorer's and our snapshot files'.

A notation says which word of a document stands for which property of a dataclass; reading and writing are then the same
for both. Words that a notation does not know are kept in ``extra``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from dataclasses import Field as DataclassField
from typing import Any, Final, TypeAlias, TypeVar, cast

from pydantic import JsonValue, TypeAdapter, ValidationError

from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation
from workfront_schema.strict_json import Document, mapping, refuse_lone_surrogates

Member: TypeAlias = Field | Relation | Operation
Item: TypeAlias = EnumValue | Argument
Entry = TypeVar("Entry", bound=Member)
_Built = TypeVar("_Built")
Words = Mapping[str, str]

SECTIONS: Mapping[str, type[Member]] = {
    "fields": Field,
    "references": Relation,
    "collections": Relation,
    "actions": Operation,
    "queries": Operation,
}


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """Word of the document -> property, for each of the dataclasses. ``dropped`` words are ignored."""

    head: Words
    field: Words
    relation: Words
    operation: Words
    value: Words
    argument: Words
    dropped: frozenset[str] = frozenset()

    def words(self, kind: type[object]) -> Words:
        """Returns the words for objects of this dataclass."""
        found: Words = getattr(self, _KINDS[kind])
        return found


_KINDS: Final[Mapping[type[object], str]] = {
    ObjectType: "head", Field: "field", Relation: "relation", Operation: "operation", EnumValue: "value",
    Argument: "argument",
}  # fmt: skip
"""What a format calls its words for the objects of a dataclass."""

EXPLORER = DocumentFormat(
    head={"name": "name", "label": "label", "objCode": "obj_code", "secondaryObject": "secondary", "flags": "flags",
          "operations": "verbs", "search": "search", "custom": "custom"},
    field={"label": "label", "fieldType": "type", "flags": "flags", "enumType": "enum", "possibleValues": "values"},
    relation={"label": "label", "fieldType": "target", "typeObjCode": "target_code", "flags": "flags"},
    operation={"label": "label", "arguments": "arguments", "resultType": "result", "flags": "flags"},
    value={"value": "value", "label": "label"},
    argument={"name": "name", "type": "type"},
    dropped=frozenset({"url"}),
)  # fmt: skip
STORED = DocumentFormat(
    head={"name": "name", "label": "label", "objCode": "obj_code", "secondary": "secondary", "flags": "flags",
          "verbs": "verbs", "search": "search", "custom": "custom", "extra": "extra"},
    field={"label": "label", "type": "type", "flags": "flags", "enum": "enum", "values": "values", "extra": "extra"},
    relation={"label": "label", "target": "target", "targetCode": "target_code", "flags": "flags", "extra": "extra"},
    operation={"label": "label", "arguments": "arguments", "result": "result", "flags": "flags", "extra": "extra"},
    value={"value": "value", "label": "label", "extra": "extra"},
    argument={"name": "name", "type": "type", "extra": "extra"},
)  # fmt: skip


def read_object(document: Mapping[str, JsonValue], document_format: DocumentFormat, where: str) -> ObjectType:
    """Returns the object type a document describes: members sorted by name, flags and verbs sorted.

    Raises SchemaError naming ``where`` and the member when a known word holds something of the wrong shape,
    or a text cannot be written to a file.
    """
    refuse_lone_surrogates(document, where)
    head = {word: value for word, value in document.items() if word not in SECTIONS}
    sections = {
        name: _section(document.get(name), kind, document_format, f"{where} {name}") for name, kind in SECTIONS.items()
    }
    return _build(ObjectType, _properties(head, ObjectType, document_format, where) | sections, document_format, where)


def read_entry(name: str, document: object, kind: type[Entry], document_format: DocumentFormat, where: str) -> Entry:
    """Returns one member of an object type. Raises SchemaError as `read_object` does."""
    found = _properties(mapping(document, where), kind, document_format, where)
    return _build(kind, {"label": name} | found | {"name": name}, document_format, where)


def write_object(object_type: ObjectType, document_format: DocumentFormat) -> Document:
    """Returns the document of an object type; properties that hold their default are left out."""
    sections: Document = {
        name: {entry.name: write_entry(entry, document_format) for entry in getattr(object_type, name)}
        for name in SECTIONS
    }
    return _written(object_type, document_format) | {name: section for name, section in sections.items() if section}


def write_entry(entry: Member, document_format: DocumentFormat) -> Document:
    """Returns the document of one member, without its name."""
    return _written(entry, document_format)


def _section(section: object, kind: type[Member], document_format: DocumentFormat, where: str) -> tuple[Member, ...]:
    entries = {} if section is None else mapping(section, where)
    return tuple(read_entry(name, entries[name], kind, document_format, f"{where}.{name}") for name in sorted(entries))


def _properties(document: Document, kind: type[object], document_format: DocumentFormat, where: str) -> dict[str, Any]:
    """Returns known words as properties, the rest in ``extra``; null means absent."""
    words, dropped = document_format.words(kind), document_format.dropped
    known: dict[str, Any] = {}
    unknown: dict[str, JsonValue] = {}
    for word, value in document.items():
        if value is None or word in dropped:
            continue
        name = words.get(word)
        if name is None or not _fits(word, value):
            unknown[word] = value
        elif name in _ORDERED:
            known[name] = _in_order(value)
        else:
            known[name] = _items(value, _ITEMS[name], document_format, where) if name in _ITEMS else value
    if unknown:
        known["extra"] = mapping(known.get("extra", {}), f"{where} extra") | unknown
    return known


_ORDERED: Final = ("flags", "verbs")
_ITEMS: Mapping[str, type[Item]] = {"values": EnumValue, "arguments": Argument}


def _fits(word: str, value: JsonValue) -> bool:
    """Returns false for a list of base values of a kind we have no code for (true, null, fractions): it is kept as it
    came.
    """
    return word != "possibleValues" or not isinstance(value, list) or all(_is_coded(item) for item in value)


def _is_coded(item: JsonValue) -> bool:
    return isinstance(item, dict) and type(item.get("value")) in (str, int)


def _items(listed: object, kind: type[Item], document_format: DocumentFormat, where: str) -> list[Item]:
    if not isinstance(listed, list):
        raise SchemaError(f"{where}: {listed!r} should be a list")
    return [_item(mapping(item, where), kind, document_format, where) for item in cast("list[object]", listed)]


def _item(document: Document, kind: type[Item], document_format: DocumentFormat, where: str) -> Item:
    found = _properties(document, kind, document_format, where)
    unlabelled = {"label": str(found.get("value"))} if kind is EnumValue else {}
    return _build(kind, unlabelled | found, document_format, where)


def _in_order(words: JsonValue) -> JsonValue:
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return [*sorted({str(word) for word in words})]
    return words


_ADAPTERS: Mapping[type[object], TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (ObjectType, Field, Relation, Operation, EnumValue, Argument)
}


def _build(kind: type[_Built], properties: Mapping[str, Any], document_format: DocumentFormat, where: str) -> _Built:
    try:
        built: _Built = _ADAPTERS[kind].validate_python(properties)
    except ValidationError as error:
        first = error.errors()[0]
        word_of = {name: word for word, name in document_format.words(kind).items()}
        place = ".".join(word_of.get(str(step), str(step)) for step in first["loc"])
        raise SchemaError(f"{where}: {place}: {first['msg'].lower()}") from None
    return built


def _written(entry: ObjectType | Member | Item, document_format: DocumentFormat) -> Document:
    word_of = {name: word for word, name in document_format.words(type(entry)).items()}
    changed = {item.name: getattr(entry, item.name) for item in fields(entry) if _is_set(entry, item)}
    document = {word_of[name]: _value(value, document_format) for name, value in changed.items() if name in word_of}
    return document if "extra" in word_of else dict(entry.extra) | document


def _is_set(entry: object, item: DataclassField[Any]) -> bool:
    default = item.default_factory() if item.default_factory is not MISSING else item.default
    return bool(getattr(entry, item.name) != default)


def _value(value: Any, document_format: DocumentFormat) -> JsonValue:
    if not isinstance(value, tuple):
        return cast("JsonValue", value)
    items = cast("tuple[str | Item, ...]", value)
    return [item if isinstance(item, str) else _written(item, document_format) for item in items]
