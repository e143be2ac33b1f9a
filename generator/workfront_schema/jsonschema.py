"""A snapshot as JSON Schema, for other tools: one definition an object type, properties by wire name.

It describes what travels: dates in Workfront's own form, which the formats of RFC 3339 refuse, and amounts as a number
or a text. Definitions carry the server's object names. Every property may be null or absent, because a row holds what
was asked for. The root admits any of the definitions, so that tools which follow references find them all.
https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import JsonValue

from workfront_schema.custom_catalogue import catalogue_of
from workfront_schema.custom_fields import CUSTOM_PREFIX, CustomField, FieldKind
from workfront_schema.snapshot import Field, ObjectType, Relation, Snapshot
from workfront_schema.strict_json import Document, mapping
from workfront_schema.wire_types import TypeKind, kind_of

DATE = r"^\d{4}-\d{2}-\d{2}"
DATE_TIME = rf"{DATE}(T\d{{2}}:\d{{2}}(:\d{{2}}([:.]\d{{1,9}})?)?(Z|[+-]\d{{2}}:?\d{{2}})?)?$"
"""``2017-03-24T17:00:00:000+0400``, docs/protocol.md 10."""
AMOUNT = r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$"
_DETAILS: Mapping[TypeKind, Document] = {
    TypeKind.TEXT: {},
    TypeKind.INTEGER: {},
    TypeKind.FLOAT: {},
    TypeKind.BOOLEAN: {},
    TypeKind.DATE_TIME: {"pattern": DATE_TIME},
    TypeKind.DATE: {"pattern": DATE},
    TypeKind.TEXTS: {"items": {"type": "string"}},
    TypeKind.VALUES: {},
    TypeKind.BYTES: {},
    TypeKind.MAP: {"additionalProperties": True},
}
"""What a schema says of a kind beside its JSON type; amounts have two of those."""
_WORDS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "string", FieldKind.NUMBER: "double", FieldKind.MONEY: "java.math.BigDecimal",
    FieldKind.DATE: "date", FieldKind.DATE_TIME: "dateTime", FieldKind.CHOICE: "string", FieldKind.CHOICES: "string",
    FieldKind.OPTIONS: "string", FieldKind.LINK: "string", FieldKind.RICH: "string",
}  # fmt: skip
"""The server's word for a value of each kind of custom field."""


def json_schema(snapshot: Snapshot) -> Document:
    """Returns the JSON Schema of all object types of a snapshot, in ``$defs``; unknown types and targets admit any
    value.
    """
    names = {item.obj_code: item.name for item in snapshot.objects}
    custom = catalogue_of(snapshot)
    definitions: Document = {item.name: _object(item, names, custom.of(item.obj_code)) for item in snapshot.objects}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Workfront API {snapshot.version}",
        **({"anyOf": [_reference_to(item.name) for item in snapshot.objects]} if snapshot.objects else {}),
        "$defs": definitions,
    }


def schema_of(word: str | None) -> Document | None:
    """Returns the schema for the server's word for a type, ``None`` where any value may come."""
    kind = kind_of(word)
    if kind is None or kind.json_type is None:
        return None
    if kind is TypeKind.DECIMAL:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": AMOUNT}]}
    return {"type": kind.json_type, **_DETAILS[kind]}


def _object(item: ObjectType, names: Mapping[str, str], custom: Iterable[CustomField]) -> Document:
    properties: Document = dict(_properties(item, names))
    properties |= {f"{CUSTOM_PREFIX}{field.name}": custom_property(field) for field in custom}
    return {
        "title": item.label,
        "description": f"objCode {item.obj_code}",
        "type": "object",
        "properties": dict(sorted(properties.items())),
    }


def _properties(item: ObjectType, names: Mapping[str, str]) -> Iterator[tuple[str, Document]]:
    for field in item.fields:
        if not field.name.startswith(CUSTOM_PREFIX):
            yield field.name, _field(field)
    for relation in item.references:
        yield relation.name, _reference(relation, names)
    for relation in item.collections:
        yield relation.name, _collection(relation, names)


def _field(item: Field) -> Document:
    kind = schema_of(item.type)
    about: Document = {"title": item.label, "description": item.type or "type unknown"}
    if kind is None:
        return about
    return {**about, **_nullable(_with_values(kind, item))}


def _with_values(kind: Document, item: Field) -> Document:
    """Returns the base values of a field beside its type: the server may know more of them."""
    codes: list[JsonValue] = [value.value for value in item.values]
    if not codes or "type" not in kind:
        return kind
    if isinstance(items := kind.get("items"), dict):
        return {"type": "array", "items": _open(items, codes)}
    return _open(kind, codes)


def _open(kind: Document, codes: list[JsonValue]) -> Document:
    return {"anyOf": [{**kind, "enum": codes}, kind]}


def _nullable(kind: Document) -> Document:
    if "anyOf" in kind:
        choices = kind["anyOf"]
        return {"anyOf": [*(choices if isinstance(choices, list) else []), {"type": "null"}]}
    return {**kind, "type": [kind["type"], "null"]}


def _reference(item: Relation, names: Mapping[str, str]) -> Document:
    target = _target(item, names)
    return {"title": item.label, **({"anyOf": [target, {"type": "null"}]} if target else {})}


def _collection(item: Relation, names: Mapping[str, str]) -> Document:
    target = _target(item, names)
    return {"title": item.label, **({"type": ["array", "null"], "items": target} if target else {})}


def _target(item: Relation, names: Mapping[str, str]) -> Document | None:
    name = names.get(item.target_code or "")
    return _reference_to(name) if name else None


def _reference_to(name: str) -> Document:
    return {"$ref": f"#/$defs/{name.replace('~', '~0').replace('/', '~1')}"}


def custom_property(item: CustomField) -> Document:
    """Returns a field of a custom form: any value where no kind is known. Where metadata alone tells of it several
    answers may come as a list; of a choice of several one comes alone.
    """
    about: Document = {"title": item.label or item.name, "description": "custom field"}
    if item.kind is FieldKind.JSON:
        return about
    codes: list[JsonValue] = [option.value for option in item.values]
    kind = _open({"type": "string"}, codes) if codes else schema_of(_WORDS[item.kind])
    if kind is None:
        return about
    one = _alternatives(kind)
    several = item.source == "metadata" or item.kind in (FieldKind.CHOICES, FieldKind.OPTIONS)
    lists: list[Document] = [{"type": "array", "items": kind}] if several else []
    return {**about, "anyOf": [*one, *_also(item.kind, item.source), *lists, {"type": "null"}]}


def _also(kind: FieldKind, source: str) -> list[Document]:
    """Returns other forms of one value: numbers as texts, what a field refers to as an object."""
    if kind is FieldKind.NUMBER and source == "param":
        return [{"type": "string", "pattern": AMOUNT}]
    return [{"type": "object"}] if kind is FieldKind.LINK else []


def _alternatives(kind: Document) -> list[Document]:
    choices = kind.get("anyOf")
    return [mapping(item, "anyOf") for item in choices] if isinstance(choices, list) else [kind]
