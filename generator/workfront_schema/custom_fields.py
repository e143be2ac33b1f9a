"""Custom fields and forms of a tenant, as a snapshot keeps them: no ID, and no description unless asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, TypeAlias

CUSTOM_PREFIX: Final = "DE:"
"""Stands before the name of a custom field wherever it is sent."""

Source: TypeAlias = Literal["param", "metadata"]


class FieldKind(StrEnum):
    """A kind of custom field. ``OPTIONS``: one or several of a list, and nobody knows which."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATE_TIME = "date_time"
    CHOICE = "choice"
    CHOICES = "choices"
    OPTIONS = "options"
    LINK = "link"
    RICH = "rich"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class FieldOption:
    """One of the values a field offers; ``hidden`` ones are no longer offered, and rows may still hold them."""

    value: str
    label: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field of the tenant's forms, by its name without ``DE:``.

    ``objects`` are the objCodes that have it, ``complete`` says that ``values`` are all there are, ``target`` is the
    objCode a reference leads to, ``read_only`` marks what the server computes, ``word`` is the server's own word for
    the type where nobody knows it.
    """

    name: str
    kind: FieldKind
    label: str = ""
    objects: tuple[str, ...] = ()
    values: tuple[FieldOption, ...] = ()
    complete: bool = False
    target: str | None = None
    read_only: bool = False
    source: Source = "metadata"
    description: str | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class CustomForm:
    """A custom form: the objCodes it is for, and its fields, each with whether it has to be filled in."""

    name: str
    objects: tuple[str, ...]
    fields: Mapping[str, bool] = field(default_factory=dict[str, bool], hash=False)
    description: str | None = None


@dataclass(frozen=True, slots=True)
class CustomCatalogue:
    """All custom fields and forms of a tenant, sorted by name.

    ``left_out`` names the fields that were there and are not kept, since no request could carry their names.
    """

    fields: tuple[CustomField, ...] = ()
    forms: tuple[CustomForm, ...] = ()
    left_out: tuple[str, ...] = field(default=(), compare=False)

    def of(self, obj_code: str) -> tuple[CustomField, ...]:
        """Returns the fields that an object type has."""
        return tuple(item for item in self.fields if obj_code in item.objects)

    def by_name(self) -> Mapping[str, CustomField]:
        """Returns the fields by name."""
        return {item.name: item for item in self.fields}
