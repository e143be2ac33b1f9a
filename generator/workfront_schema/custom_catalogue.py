"""Custom fields and forms as metadata tells of them (docs/protocol.md 7.8).

The ``custom`` part of a document says which object types have a field; of its kind it says little: neither whether one
or several options may be chosen, nor what a text refers to. The tenant's parameters say that
(`workfront_schema.parameters`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from pydantic import JsonValue

from workfront_schema.custom_fields import (
    CUSTOM_PREFIX,
    CustomCatalogue,
    CustomField,
    CustomForm,
    FieldKind,
    FieldOption,
)
from workfront_schema.parameter_types import KINDS_OF_DATA
from workfront_schema.snapshot import Field, ObjectType, Snapshot
from workfront_schema.strict_json import Document
from workfront_schema.wire_types import TypeKind, kind_of


def catalogue_of(snapshot: Snapshot) -> CustomCatalogue:
    """Returns the custom fields and forms of a snapshot: those it keeps, those that metadata lists, and the members
    called ``DE:...`` that an override added. A field that is kept stays as it is, on the added objects, too; one
    without a name is left out: nothing can address it.
    """
    kept = snapshot.custom
    listed = from_metadata(snapshot.objects)
    known = {item.name for item in kept.fields}
    added = {item.name: item.objects for item in listed.fields}
    own = (replace(f, objects=tuple(sorted({*f.objects, *added.get(f.name, ())}))) for f in kept.fields)
    forms = {item.name for item in kept.forms}
    fields = (*own, *(item for item in listed.fields if item.name not in known))
    return CustomCatalogue(
        tuple(sorted((item for item in fields if item.name.strip()), key=lambda item: item.name)),
        tuple(sorted((*kept.forms, *(f for f in listed.forms if f.name not in forms)), key=lambda f: f.name)),
        (*kept.left_out, *sorted(item.name for item in fields if not item.name.strip())),
    )


def from_metadata(objects: Iterable[ObjectType]) -> CustomCatalogue:
    """Returns what the ``custom`` part of metadata says: types and options, and on which forms a field is."""
    fields: dict[str, CustomField] = {}
    forms: dict[str, tuple[set[str], set[str]]] = {}
    for item in objects:
        entries = {name: _entry(name, entry) for name, entry in item.custom.items()}
        added = (entry for entry in item.fields if entry.name.startswith(CUSTOM_PREFIX))
        entries |= {found.name: found for found in map(_added, added)}
        for name, entry in entries.items():
            before = fields.get(name)
            fields[name] = _with_object(before or entry, item.obj_code)
        for name, described in item.custom.items():
            for form in _forms_of(described):
                codes, names = forms.setdefault(form, (set(), set()))
                codes.add(item.obj_code)
                names.add(name)
    return CustomCatalogue(
        tuple(fields[name] for name in sorted(fields)),
        tuple(
            CustomForm(name, tuple(sorted(codes)), dict.fromkeys(sorted(names), False))
            for name, (codes, names) in sorted(forms.items())
        ),
    )


def options_of(entry: Document) -> tuple[FieldOption, ...]:
    """Returns the options of a custom field, as far as metadata lists them."""
    values = entry.get("possibleValues")
    return tuple(option for item in (values if isinstance(values, list) else []) if (option := _option(item)))


def kind_of_word(word: str | None, *, has_options: bool) -> FieldKind:
    """Returns the kind that metadata's word for a type stands for: of choices it does not say how many are meant."""
    kind = KINDS_OF_DATA.get(word or "") or _KINDS.get(kind_of(word) or TypeKind.VALUES, FieldKind.JSON)
    return FieldKind.OPTIONS if has_options and kind in (FieldKind.TEXT, FieldKind.JSON) else kind


_KINDS: Final[Mapping[TypeKind, FieldKind]] = {
    TypeKind.TEXT: FieldKind.TEXT, TypeKind.INTEGER: FieldKind.NUMBER, TypeKind.FLOAT: FieldKind.NUMBER,
    TypeKind.DECIMAL: FieldKind.MONEY, TypeKind.DATE: FieldKind.DATE, TypeKind.DATE_TIME: FieldKind.DATE_TIME,
    TypeKind.TEXTS: FieldKind.CHOICES,
}  # fmt: skip


def _entry(name: str, entry: JsonValue) -> CustomField:
    known = entry if isinstance(entry, dict) else {}
    word = known.get("type")
    values = options_of(known)
    kind = kind_of_word(word if isinstance(word, str) else None, has_options=bool(values))
    unknown = word if isinstance(word, str) and kind is FieldKind.JSON else None
    return CustomField(name, kind, name, values=values, word=unknown)


def _added(item: Field) -> CustomField:
    bare = item.name.removeprefix(CUSTOM_PREFIX)
    values = tuple(FieldOption(v.value, v.label) for v in item.values if isinstance(v.value, str))
    kind = kind_of_word(item.type, has_options=bool(values))
    return CustomField(bare, kind, item.label, values=values, read_only="READ_ONLY" in item.flags)


def _with_object(item: CustomField, obj_code: str) -> CustomField:
    return replace(item, objects=tuple(sorted({*item.objects, obj_code})))


def _option(item: JsonValue) -> FieldOption | None:
    if isinstance(item, dict):
        value, label = item.get("value"), item.get("label")
        return FieldOption(value, label if isinstance(label, str) else value) if isinstance(value, str) else None
    return FieldOption(item, item) if isinstance(item, str) else None


def _forms_of(entry: JsonValue) -> list[str]:
    listed = entry.get("categories") if isinstance(entry, dict) else None
    forms = listed if isinstance(listed, list) else []
    return [name for form in forms if isinstance(form, dict) and isinstance(name := form.get("name"), str)]
