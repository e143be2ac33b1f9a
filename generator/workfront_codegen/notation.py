"""Two ways to write an object type as JSON, told apart by their words: the API Explorer's and that of our snapshot files.

A notation says which word of a document stands for which property of a dataclass; reading and writing are then the same
for both. Words that a notation does not know are kept in ``extra``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, TypeVar

from pydantic import JsonValue, TypeAdapter, ValidationError

from workfront_codegen.document import Document, mapping
from workfront_codegen.errors import CodegenError
from workfront_codegen.snapshot import Field, ObjectType, Operation, Relation

Entry = TypeVar("Entry", Field, Relation, Operation)
Words = Mapping[str, str]

SECTIONS: Mapping[str, type[Field] | type[Relation] | type[Operation]] = {
    "fields": Field,
    "references": Relation,
    "collections": Relation,
    "actions": Operation,
    "queries": Operation,
}


@dataclass(frozen=True, slots=True)
class Notation:
    """Word of the document -> property, for an object type and for each kind of member. ``dropped`` words are ignored."""

    head: Words
    field: Words
    relation: Words
    operation: Words
    dropped: frozenset[str] = frozenset()

    def words(self, kind: type[Field] | type[Relation] | type[Operation]) -> Words:
        """The words of a member of this kind."""
        if kind is Field:
            return self.field
        return self.relation if kind is Relation else self.operation


EXPLORER = Notation(
    head={"name": "name", "label": "label", "objCode": "obj_code", "secondaryObject": "secondary", "flags": "flags",
          "operations": "verbs", "search": "search", "custom": "custom"},
    field={"label": "label", "fieldType": "type", "flags": "flags", "enumType": "enum", "possibleValues": "values"},
    relation={"label": "label", "fieldType": "target", "typeObjCode": "target_code", "flags": "flags"},
    operation={"label": "label", "arguments": "arguments", "resultType": "result", "flags": "flags"},
    dropped=frozenset({"url"}),
)  # fmt: skip
STORED = Notation(
    head={"name": "name", "label": "label", "objCode": "obj_code", "secondary": "secondary", "flags": "flags",
          "verbs": "verbs", "search": "search", "custom": "custom", "extra": "extra"},
    field={"label": "label", "type": "type", "flags": "flags", "enum": "enum", "values": "values", "extra": "extra"},
    relation={"label": "label", "target": "target", "targetCode": "target_code", "flags": "flags", "extra": "extra"},
    operation={"label": "label", "arguments": "arguments", "result": "result", "flags": "flags", "extra": "extra"},
)  # fmt: skip


def read_object(document: Mapping[str, JsonValue], notation: Notation, where: str) -> ObjectType:
    """The object type a document describes: members sorted by name, flags and verbs sorted.

    Raises CodegenError naming ``where`` and the member when a known word holds something of the wrong shape.
    """
    head = {word: value for word, value in document.items() if word not in SECTIONS}
    sections = {name: _section(document.get(name), kind, notation, f"{where} {name}") for name, kind in SECTIONS.items()}
    return _build(ObjectType, _properties(head, notation.head, notation.dropped) | sections, where)


def read_entry(name: str, document: object, kind: type[Entry], notation: Notation, where: str) -> Entry:
    """One member of an object type. Raises CodegenError as `read_object` does."""
    found = _properties(mapping(document, where), notation.words(kind), notation.dropped)
    return _build(kind, {"label": name} | found | {"name": name}, where)


def write_object(object_type: ObjectType, notation: Notation) -> Document:
    """The document of an object type; properties that hold their default are left out."""
    sections: Document = {
        name: {entry.name: write_entry(entry, notation) for entry in getattr(object_type, name)} for name in SECTIONS
    }
    return _written(object_type, notation.head) | {name: section for name, section in sections.items() if section}


def write_entry(entry: Field | Relation | Operation, notation: Notation) -> Document:
    """The document of one member, without its name."""
    return _written(entry, notation.words(type(entry)))


def _section(
    section: object, kind: type[Field] | type[Relation] | type[Operation], notation: Notation, where: str
) -> tuple[object, ...]:
    entries = {} if section is None else mapping(section, where)
    return tuple(read_entry(name, entries[name], kind, notation, f"{where}.{name}") for name in sorted(entries))


def _properties(document: Document, words: Words, dropped: Collection[str]) -> dict[str, Any]:
    """Known words as properties, the rest in ``extra``; null means absent."""
    given = {word: value for word, value in document.items() if value is not None and word not in dropped}
    known: dict[str, Any] = {words[word]: value for word, value in given.items() if word in words}
    unknown = {word: value for word, value in given.items() if word not in words}
    for listed in {"flags", "verbs"} & known.keys():
        known[listed] = _in_order(known[listed])
    if unknown:
        known["extra"] = known.get("extra", {}) | unknown
    return known


def _in_order(words: JsonValue) -> JsonValue:
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return [word for word in sorted({str(word) for word in words})]
    return words


_Built = TypeVar("_Built")


@cache
def _adapter(kind: type[_Built]) -> TypeAdapter[_Built]:
    return TypeAdapter(kind)


def _build(kind: type[_Built], properties: Mapping[str, Any], where: str) -> _Built:
    try:
        return _adapter(kind).validate_python(properties)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise CodegenError(f"{where}: {place}: {first['msg'].lower()}") from None


def _written(entry: Field | Relation | Operation | ObjectType, words: Words) -> Document:
    defaults = {item.name: _default(item.default, item.default_factory) for item in fields(entry)}
    dumped: dict[str, Any] = _adapter(type(entry)).dump_python(entry, mode="json", exclude=set(SECTIONS))
    word_of = {name: word for word, name in words.items()}
    document = {word_of[name]: dumped[name] for name in word_of if getattr(entry, name) != defaults[name]}
    return document if "extra" in word_of else dict(dumped.get("extra", {})) | document


def _default(value: Any, factory: Any) -> Any:
    return factory() if factory is not MISSING else value
