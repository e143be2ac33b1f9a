"""Custom fields of a tenant, as metadata describes them: in the ``custom`` part, by bare name (docs/protocol.md 7.8).

It names a type and the options, not whether one or several may be chosen: one choice reads as a text, several as a
list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from workfront_schema.snapshot import ObjectType
from workfront_schema.strict_json import Document

CUSTOM_PREFIX: Final = "DE:"
"""Stands before the name of a custom field wherever it is sent."""


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field of the tenant's forms: its name without ``DE:``, the server's word for its type, its options."""

    name: str
    type: str | None
    options: tuple[str, ...] = ()


def custom_fields(item: ObjectType) -> tuple[CustomField, ...]:
    """Returns the custom fields of an object type, sorted by name; those that an override added as ``DE:...`` members
    too.
    """
    found = {name: _custom_field(name, entry) for name, entry in item.custom.items()}
    for field in item.fields:
        if field.name.startswith(CUSTOM_PREFIX):
            bare = field.name.removeprefix(CUSTOM_PREFIX)
            texts = (value.value for value in field.values)
            found[bare] = CustomField(bare, field.type, tuple(text for text in texts if isinstance(text, str)))
    return tuple(found[name] for name in sorted(found))


def options_of(entry: Document) -> tuple[str, ...]:
    """Returns the options of a custom field, as far as the metadata lists them."""
    values = entry.get("possibleValues")
    listed = values if isinstance(values, list) else []
    found = [item.get("value") if isinstance(item, dict) else item for item in listed]
    return tuple(item for item in found if isinstance(item, str))


def _custom_field(name: str, entry: JsonValue) -> CustomField:
    known = entry if isinstance(entry, dict) else {}
    word = known.get("type")
    return CustomField(name, word if isinstance(word, str) else None, options_of(known))
