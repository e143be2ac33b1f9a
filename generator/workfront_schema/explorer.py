"""The API Explorer's documents, read into object types and written back out of them.

An index (``/metadata``) lists the objects, one document an object (``/<objCode>/metadata``) describes it. Hosts,
nulls and ``url`` keys do not survive reading; a document written here reads back as the object type it came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from workfront_schema.custom_fields import CUSTOM_PREFIX
from workfront_schema.custom_file import is_sendable, whole_options
from workfront_schema.document_format import EXPLORER, read_object, write_object
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import Field, ObjectType, Relation, Snapshot
from workfront_schema.strict_json import Document, mapping
from workfront_schema.wire_types import TypeKind, kind_of

OBJ_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_TYPED_NULLS = ("typeObjCode", "targetTypeObjCode", "fieldType", "enumTargetObjCode", "enumType", "url")


def index_entries(index: Mapping[str, JsonValue], where: str = "index") -> dict[str, Document]:
    """Returns the entries of an index by objCode, sorted.

    Raises SchemaError where an entry has no usable objCode (it becomes part of a path and of a file name), or two
    entries share one.
    """
    listed = mapping(mapping(index, where).get("objects"), f"{where} objects")
    entries: dict[str, Document] = {}
    for name in sorted(listed):
        entry = mapping(listed[name], f"{where} {name}")
        code = entry.get("objCode")
        if not isinstance(code, str) or not OBJ_CODE.fullmatch(code):
            raise SchemaError(f"{where} {name}: objCode {code!r} is not made of letters, digits and _")
        if (twin := next((known for known in entries if known.lower() == code.lower()), None)) is not None:
            raise SchemaError(f"{where}: {entries[twin].get('name')} and {name} have the same objCode {code}")
        entries[code] = {"name": name, **entry}
    return dict(sorted(entries.items()))


def normalise(document: Mapping[str, JsonValue], entry: Mapping[str, JsonValue], *, custom: bool = False) -> ObjectType:
    """Returns the object type of one document and its entry in the index.

    Tenant data (``custom``, fields named ``DE:...``) is kept only when ``custom`` is true.
    Raises SchemaError where the document is of another object, or holds a known word of the wrong shape.
    """
    code = str(entry["objCode"])
    if str(document.get("objCode", "")).lower() != code.lower():
        raise SchemaError(f"{code}: the document is that of {document.get('objCode')!r}")
    merged = {**entry, **document, "objCode": code, "search": _bare(document.get("search"))}
    merged["custom"] = _bare(_sendable(document.get("custom"))) if custom else None
    found = read_object(merged if custom else _without_custom_fields(merged), EXPLORER, code)
    return replace(found, fields=tuple(_with_whole_values(item) for item in found.fields))


def unsendable_fields(document: Mapping[str, JsonValue]) -> frozenset[str]:
    """Returns the names of custom fields in a document that no request could carry."""
    custom = document.get("custom")
    return frozenset(name for name in custom if not is_sendable(name)) if isinstance(custom, dict) else frozenset()


def explorer_document(object_type: ObjectType, version: str, base_url: str) -> Document:
    """Returns the document of an object type as ``GET /<objCode>/metadata`` answers it, without the ``data``
    envelope.
    """
    written = write_object(object_type, EXPLORER)
    written.pop("secondaryObject", None)
    found: Document = {"url": _url(base_url, version, object_type.obj_code), "operations": [], **written}
    found["fields"] = {item.name: _field(item, written) for item in object_type.fields}
    for section in ("references", "collections"):
        relations: tuple[Relation, ...] = getattr(object_type, section)
        found[section] = {item.name: _relation(item, written[section], version, base_url) for item in relations}
    for section in ("search", "actions", "queries"):
        found.setdefault(section, {})
    return found


def explorer_index(snapshot: Snapshot, base_url: str) -> Document:
    """Returns the index of a snapshot as ``GET /metadata`` answers it, without the ``data`` envelope."""
    objects = {item.name: _index_entry(item, snapshot.version, base_url) for item in snapshot.objects}
    return {"objects": dict(sorted(objects.items()))}


def _index_entry(item: ObjectType, version: str, base_url: str) -> Document:
    entry: Document = {"name": item.name, "label": item.label, "objCode": item.obj_code}
    secondary: Document = {"secondaryObject": "true"} if item.secondary else {}
    return entry | {"url": _url(base_url, version, item.obj_code)} | secondary


def _url(base_url: str, version: str, obj_code: str) -> str:
    return f"{base_url.rstrip('/')}/attask/api/{version}/{obj_code.lower()}/metadata"


def _field(item: Field, written: Document) -> Document:
    return {**_nulls(), **mapping(mapping(written["fields"], "fields")[item.name], item.name)}


def _relation(item: Relation, section: JsonValue, version: str, base_url: str) -> Document:
    written = mapping(mapping(section, item.name)[item.name], item.name)
    url: JsonValue = _url(base_url, version, item.target_code) if item.target_code else None
    found: Document = {**_nulls(), **written, "url": url}
    return found


def _nulls() -> Document:
    return dict.fromkeys(_TYPED_NULLS)


def _without_custom_fields(document: Document) -> Document:
    fields = document.get("fields")
    if not isinstance(fields, dict):
        return document
    kept: Document = {name: value for name, value in fields.items() if not name.startswith(CUSTOM_PREFIX)}
    return {**document, "fields": kept}


def _sendable(custom: JsonValue) -> JsonValue:
    """Returns the custom fields whose names can be sent, with the options that can: half a character cannot."""
    if not isinstance(custom, dict):
        return custom
    return {name: _whole(entry) for name, entry in custom.items() if is_sendable(name)}


def _whole(entry: JsonValue) -> JsonValue:
    """Returns what is said of a custom field without options and forms whose names hold half a character."""
    if not isinstance(entry, dict):
        return entry
    lists = {key: whole_options(value) for key, value in entry.items() if isinstance(value, list)}
    return {key: lists.get(key, value) for key, value in entry.items()}


def _with_whole_values(item: Field) -> Field:
    """Returns the base values of a field of whole numbers as numbers, which some documents write as text."""
    texts = [value.value for value in item.values if isinstance(value.value, str)]
    if kind_of(item.type) is not TypeKind.INTEGER or not texts or not all(_WHOLE.fullmatch(text) for text in texts):
        return item
    return replace(item, values=tuple(replace(value, value=int(value.value)) for value in item.values))


def _bare(value: JsonValue) -> JsonValue:
    """Returns ``value`` without nulls and without addresses."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if item is not None and not _is_address(key, item)}
    return value


def _is_address(key: str, value: JsonValue) -> bool:
    return key == "url" and isinstance(value, str)
