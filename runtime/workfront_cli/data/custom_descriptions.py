"""What a package of the tenant knows of the custom fields of an object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workfront_core.models.model import WorkfrontObject
from workfront_core.values.custom_field import CustomField


def custom_fields(model: type[WorkfrontObject]) -> Iterator[dict[str, Any]]:
    """Yields a row for each custom field of an object; none where the package knows none."""
    for python_name, field in _members(model).items():
        yield {
            "field": field.wire,
            "python": f"custom.{python_name}",
            "type": f"custom {field.kind_name.replace('_', ' ')}",
            "target": "",
            "flags": "READ_ONLY" if field.read_only else "",
            "codes": " ".join(str(member.value) for member in field.options() or ()),
        }


def custom_codes(model: type[WorkfrontObject], name: str) -> list[dict[str, Any]]:
    """Returns the options of a custom field by any of its names, or the field where it has none; nothing where there is
    no such field.
    """
    found = [row for row in custom_fields(model) if name in (row["field"], row["python"])]
    members = [field for field in _members(model).values() if found and field.wire == found[0]["field"]]
    options = [
        {"code": option.value, "name": option.name, "field": field.wire}
        for field in members
        for option in field.options() or ()
    ]
    return options or found


def _members(model: type[WorkfrontObject]) -> dict[str, CustomField]:
    members: dict[str, object] = dict(vars(model.custom))
    return {name: member for name, member in members.items() if isinstance(member, CustomField)}
