"""What a snapshot tells of a tenant's custom fields, with parameters and forms or without."""

from __future__ import annotations

from workfront_schema.custom_catalogue import catalogue_of
from workfront_schema.custom_fields import FieldKind
from workfront_schema.snapshot import EnumValue, Field, ObjectType, Snapshot


def test_metadata_alone_tells_names_kinds_and_values() -> None:
    item = ObjectType(
        "PROJ", "Project", "", custom={"b": 5, "a": {"type": 7, "possibleValues": ["x", {"value": "y"}, {}, 3]}},
        fields=(Field("DE:c", "C", "int", values=(EnumValue("z", "Z"), EnumValue(1, "One"))), Field("d", "D")),
    )  # fmt: skip
    found = catalogue_of(Snapshot("v22.0", (item,))).fields
    assert [(field.name, field.kind, [option.value for option in field.values]) for field in found] == [
        ("a", FieldKind.OPTIONS, ["x", "y"]), ("b", FieldKind.JSON, []), ("c", FieldKind.NUMBER, ["z"]),
    ]  # fmt: skip
