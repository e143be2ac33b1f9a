"""What the API says of itself: objects, their fields, actions and named queries, the tenant's custom fields included.

A light, frozen view of the documents behind the API Explorer (docs/protocol.md 7.8); what it does not name is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from workfront_core.arguments import checked_texts
from workfront_core.errors.kinds import ProtocolError
from workfront_core.query.selection import field_parameters
from workfront_core.request.request import Decoder, Request
from workfront_core.values.sequences import SequenceNotStr

D = TypeVar("D", bound=BaseModel)


class _Document(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True
    )

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, document: object) -> object:
        if not isinstance(document, dict):
            return document
        return {name: value for name, value in cast("dict[str, object]", document).items() if value is not None}


class ObjectSummary(_Document):
    """One line of the index of objects."""

    name: str
    obj_code: str
    label: str | None = None
    url: str | None = None
    secondary_object: bool = False
    """Whether it is read and written through its parent only."""


class PossibleValue(_Document):
    """One code, a text or a number, of a field with a list of codes. A tenant's own statuses are not listed."""

    label: str | None = None
    value: int | str | None = None


class MemberMetadata(_Document):
    """A field, a reference or a collection.

    Attributes:
        field_type: ``string``, ``dateTime`` ... of a field; the target's name of a reference or collection.
        type_obj_code: objCode of the target.
        flags: such as ``READ_ONLY``.
    """

    label: str | None = None
    field_type: str | None = None
    type_obj_code: str | None = None
    target_type_obj_code: str | None = None
    enum_type: str | None = None
    flags: tuple[str, ...] = ()
    possible_values: tuple[PossibleValue, ...] = ()


class Argument(_Document):
    """An argument of an action or a named query."""

    name: str
    type: str | None = None


class ActionMetadata(_Document):
    """An action or a named query; without ``result_type`` an action returns nothing."""

    label: str | None = None
    flags: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    result_type: str | None = None


class CustomForm(_Document):
    """A custom form that holds a custom field."""

    id: str = Field(alias="ID")
    name: str | None = None


class CustomFieldMetadata(_Document):
    """A custom field of the tenant; it is addressed as ``DE:`` and its name."""

    type: str | None = None
    categories: tuple[CustomForm, ...] = ()


class ObjectMetadata(_Document):
    """Everything the API says of one object, keyed by wire name. Parts that were not asked for are empty.

    Attributes:
        search: names one can filter by beside the fields.
        custom: the tenant's custom fields, by parameter name.
        operations: such as ``add``, ``search``, ``report``.
    """

    name: str | None = None
    obj_code: str | None = None
    label: str | None = None
    url: str | None = None
    flags: tuple[str, ...] = ()
    fields: Mapping[str, MemberMetadata] = Field(default_factory=dict)
    references: Mapping[str, MemberMetadata] = Field(default_factory=dict)
    collections: Mapping[str, MemberMetadata] = Field(default_factory=dict)
    search: Mapping[str, MemberMetadata] = Field(default_factory=dict)
    custom: Mapping[str, CustomFieldMetadata] = Field(default_factory=dict)
    actions: Mapping[str, ActionMetadata] = Field(default_factory=dict)
    queries: Mapping[str, ActionMetadata] = Field(default_factory=dict)
    operations: tuple[str, ...] = ()


_PARTS: Final = frozenset(
    {"actions", "collections", "custom", "fields", "flags", "operations", "queries", "references", "search"}
)
"""What metadata of an object holds at least one of."""


class _Index(_Document):
    objects: Mapping[str, ObjectSummary]


def object_metadata(obj_code: str, fields: SequenceNotStr[str] | None = None) -> Request[ObjectMetadata]:
    """Returns the request for what the API says of one object; ``fields`` narrows it to some of its parts."""
    parts = None if fields is None else checked_texts(fields, "fields=", 'Write fields=["custom"].')
    read = _document(ObjectMetadata)

    def decode(data: object, /, *, strict: bool = False) -> ObjectMetadata:
        found = read(data, strict=strict)
        if found.obj_code not in (None, obj_code):
            raise ProtocolError(f"Metadata of {obj_code} was asked for, that of {found.obj_code!r:.40} came.")
        if _PARTS.isdisjoint(found.model_fields_set) and (parts is None or data):
            raise ProtocolError(f"The answer is not metadata of {obj_code}: {data!r:.120}.")
        return found

    return Request("GET", f"{obj_code}/metadata", decode, field_parameters(parts, {}), reads=True)


def index() -> Request[dict[str, ObjectSummary]]:
    """Returns the request for the objects there are, by objCode."""
    read = _document(_Index)

    def decode(data: object, /, *, strict: bool = False) -> dict[str, ObjectSummary]:  # noqa: ARG001
        return {entry.obj_code: entry for entry in read(data).objects.values()}

    return Request("GET", "metadata", decode, reads=True)


def _document(kind: type[D]) -> Decoder[D]:
    def decode(data: object, /, *, strict: bool = False) -> D:  # noqa: ARG001
        try:
            return kind.model_validate(data)
        except ValidationError as mismatch:
            raise ProtocolError(f"The answer is not metadata: {mismatch}") from None

    return decode
