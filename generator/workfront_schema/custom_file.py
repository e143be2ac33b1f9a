"""``custom.json``: the custom fields and forms of a tenant, beside the object types of a snapshot.

Sorted and ASCII, so that equal content is equal bytes. Names that hold half a character are left out: no request could
carry them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption, Source
from workfront_schema.errors import SchemaError, first_fault
from workfront_schema.strict_json import Document

FILE: Final = "custom.json"
_AS_IT_IS: Final = TypeAdapter(dict[str, Any])


class _Value(BaseModel, extra="forbid", defer_build=True):
    value: str
    label: str | None = None
    hidden: bool = False


class _Field(BaseModel, extra="forbid", defer_build=True):
    kind: FieldKind
    label: str | None = None
    objects: tuple[str, ...] = ()
    values: tuple[_Value, ...] = ()
    complete: bool | None = None
    target: str | None = None
    read_only: bool = False
    source: Source = "param"
    description: str | None = None
    word: str | None = None

    def as_field(self, name: str) -> CustomField:
        values = tuple(FieldOption(v.value, v.label if v.label is not None else v.value, v.hidden) for v in self.values)
        complete = self.source == "param" and bool(values) if self.complete is None else self.complete
        label = name if self.label is None else self.label
        return CustomField(
            name, self.kind, label, tuple(sorted(set(self.objects))), values, complete, self.target, self.read_only,
            self.source, self.description, self.word,
        )  # fmt: skip


class _Form(BaseModel, extra="forbid", defer_build=True):
    objects: tuple[str, ...]
    fields: dict[str, bool]
    description: str | None = None


class _File(BaseModel, extra="forbid", defer_build=True):
    fields: dict[str, _Field] = Field(default_factory=dict[str, _Field])
    forms: dict[str, _Form] = Field(default_factory=dict[str, _Form])


def read_custom(document: Document, where: str) -> CustomCatalogue:
    """Returns the fields and forms of a document. Raises SchemaError naming ``where`` and the place that is wrong."""
    try:
        whole = without_halves(document)
        found = _File.model_validate(whole)
    except ValidationError as error:
        raise SchemaError(f"{where}: {first_fault(error)}", "fetch it again, or correct it") from None
    forms = (
        CustomForm(name, tuple(sorted(set(form.objects))), dict(sorted(form.fields.items())), form.description)
        for name, form in sorted(found.forms.items())
    )
    known = found.fields.keys()
    for name, form in found.forms.items():
        if odd := sorted(form.fields.keys() - known):
            raise SchemaError(f"{where}: form {name!r} holds {odd[0]!r}, which is not among the fields")
    listed = document.get("fields")
    left_out = sorted(set(listed) - known) if isinstance(listed, dict) else []
    return CustomCatalogue(
        tuple(found.fields[name].as_field(name) for name in sorted(known)), tuple(forms), tuple(left_out)
    )


def custom_text(catalogue: CustomCatalogue) -> str:
    """Returns the file's text."""
    document = {
        "fields": {item.name: _written_field(item) for item in catalogue.fields},
        "forms": {item.name: _written_form(item) for item in merged(catalogue.forms)},
    }
    return json.dumps(document, ensure_ascii=True, indent=1, sort_keys=True) + "\n"


def is_sendable(text: str) -> bool:
    """Returns whether a text can be written as UTF-8: half a character cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def without_halves(document: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a document of fields and forms without the names, in both, that no request could carry."""
    fields: dict[str, Any] = _sendable(document.get("fields", {}))
    forms: dict[str, Any] = _sendable(document.get("forms", {}))
    kept: dict[str, Any] = {name: _whole_form(form) for name, form in forms.items()}
    return {**document, "fields": {name: _whole(entry) for name, entry in fields.items()}, "forms": kept}


def _sendable(entries: Any) -> Any:
    if not isinstance(entries, dict):
        return entries
    read: dict[str, Any] = _AS_IT_IS.validate_python(entries)
    return {name: entry for name, entry in read.items() if is_sendable(name)}


def _whole_form(form: Any) -> Any:
    if not isinstance(form, dict):
        return form
    read = {key: _readable(key, value) for key, value in _AS_IT_IS.validate_python(form).items()}
    return {key: _sendable(value) if key == "fields" else value for key, value in read.items()}


def _whole(entry: Any) -> Any:
    """Returns an entry whose options can be sent, what people read of it put right."""
    if not isinstance(entry, dict):
        return entry
    found = {key: _readable(key, value) for key, value in cast("dict[str, Any]", entry).items()}
    if isinstance(found.get("values"), list):
        found["values"] = whole_options(found["values"])
    return found


def whole_options(values: Iterable[Any]) -> list[Any]:
    """Returns options without those whose values hold half a character; labels are put right."""
    read = [_AS_IT_IS.validate_python(item) if isinstance(item, dict) else item for item in values]
    whole = [_option(item) for item in read]
    return [item for item in whole if is_sendable(json.dumps(item, ensure_ascii=False))]


def _option(item: object) -> object:
    if not isinstance(item, dict):
        return item
    return {key: _readable(key, value) for key, value in cast("dict[str, Any]", item).items()}


def _readable(key: str, value: Any) -> Any:
    return put_right(value) if key in ("label", "description") and isinstance(value, str) else value


def put_right(text: str) -> str:
    """Returns a text whose halves of characters are replaced."""
    return text.encode("utf-8", "replace").decode()


def _written_field(item: CustomField) -> Document:
    found: Document = {"kind": item.kind.value, "label": item.label, "objects": [*item.objects], "source": item.source}
    if item.values:
        found["values"] = [_written_option(option) for option in item.values]
        found["complete"] = item.complete
    optional: Document = {"target": item.target, "description": item.description, "word": item.word}
    found |= {name: value for name, value in optional.items() if value is not None}
    return found | ({"read_only": True} if item.read_only else {})


def _written_option(option: FieldOption) -> Document:
    return {"label": option.label, "value": option.value, **({"hidden": True} if option.hidden else {})}


def _written_form(item: CustomForm) -> Document:
    about: Document = {"description": item.description} if item.description is not None else {}
    fields: Document = dict(item.fields)
    return {"objects": [*item.objects], "fields": fields, **about}


def merged(parts: Iterable[CustomForm]) -> tuple[CustomForm, ...]:
    """Returns the forms, those of one name as one: a form is known by its name here, since no ID is kept.

    A field is required where each of them requires it.
    """
    found: dict[str, CustomForm] = {}
    for form in parts:
        before = found.get(form.name)
        if before is None:
            found[form.name] = form
            continue
        names = {*before.fields, *form.fields}
        fields = {name: before.fields.get(name, False) and form.fields.get(name, False) for name in names}
        objects = tuple(sorted({*before.objects, *form.objects}))
        found[form.name] = CustomForm(form.name, objects, dict(sorted(fields.items())), before.description)
    return tuple(found[name] for name in sorted(found))
