"""A project of a tenant whose package knows its custom fields, one of each kind, and a row that holds them."""

from __future__ import annotations

from typing import Any, ClassVar

from workfront_client.v22 import Project
from workfront_core.models.custom_row import CustomRow
from workfront_core.values.custom_field import KINDS, custom_field

CUSTOM_KINDS = tuple(KINDS)


class BreadCustom(CustomRow):
    """The custom fields of a project, each called by its kind."""


for _kind in CUSTOM_KINDS:
    setattr(BreadCustom, _kind, custom_field(_kind, _kind))


class Bread(Project):
    """A project of a package that knows them."""

    custom: ClassVar[Any] = BreadCustom


UntypedBread: Any = type("Bread", (Project,), {})
"""The same of a package that does not."""

FIELDS = [f"DE:{kind}" for kind in CUSTOM_KINDS]
VALUES: dict[str, Any] = {
    "DE:text": "Sour",
    "DE:number": "12.5",
    "DE:money": 3.2,
    "DE:date": "2026-06-13",
    "DE:date_time": "2026-06-13T09:00:00:000-0600",
    "DE:choice": "Y",
    "DE:choices": "Y",
    "DE:options": ["N", "Y"],
    "DE:link": '{"objCode":"USER","name":"Ann","ID":"2"}',
    "DE:rich": '{"blocks":[]}',
    "DE:json": {"a": 1},
}
