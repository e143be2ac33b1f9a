"""A small tenant's package for type checkers and editors: a field of every kind, a form, English and Japanese names."""

from __future__ import annotations

from pathlib import Path

from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption
from workfront_schema.snapshot import Snapshot

_OBJECTS = ("PROJ", "TASK", "USER")
_REGIONS = (FieldOption("EMEA", "EMEA"), FieldOption("APAC", "APAC"), FieldOption("Y", "Yes, now"))
_SIZES = (FieldOption("S", "S"), FieldOption("M", "M"))
FIELDS = (
    CustomField("Go-live", FieldKind.DATE, "Go-live", ("PROJ",), source="param"),
    CustomField("Lead", FieldKind.LINK, "Lead", ("PROJ",), source="param", target="USER"),
    CustomField("Margin", FieldKind.NUMBER, "Margin", ("PROJ",), source="param", read_only=True),
    CustomField("Media budget", FieldKind.MONEY, "Media budget", ("PROJ",), source="param"),
    CustomField("Region", FieldKind.CHOICE, "Region", ("PROJ", "TASK"), _REGIONS, complete=True, source="param"),
    CustomField("Sizes", FieldKind.CHOICES, "Sizes", ("PROJ",), _SIZES, complete=True, source="param"),
    CustomField("get", FieldKind.TEXT, "get", ("PROJ",), source="param"),
    CustomField("地域", FieldKind.TEXT, "地域", ("PROJ",), source="param"),
)
INTAKE = CustomForm(
    "Intake", ("PROJ",),
    {"Region": True, "Media budget": False, "Sizes": False, "Lead": False, "Go-live": False, "Margin": False},
)  # fmt: skip


def write_tenant_package(folder: Path) -> None:
    """Writes the package ``acme`` into the folder: the shipped v22.0, three object types of it, with these fields."""
    shipped = store.load_snapshot(store.standard_schema(), "v22.0")
    kept = tuple(item for item in shipped.objects if item.obj_code in _OBJECTS)
    custom = CustomCatalogue(tuple(sorted(FIELDS, key=lambda item: item.name)), (INTAKE,))
    store.save_snapshot(Snapshot("v22.0", kept, custom=custom), folder / "schema")
    generate(folder / "schema", ("v22.0",), "acme", folder, check=False)
