"""A tenant at its worst: hundreds of fields in ten scripts over eight object types, and names that try to break out."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.support.hostile import LABELS, NAMES
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption
from workfront_schema.snapshot import Snapshot

OBJECTS = ("DOCU", "GROUP", "OPTASK", "PORT", "PRGM", "PROJ", "TASK", "USER")
STEMS = ("Campaign", "Markt", "Бюджет", "地域", "ميزانية", "תקציב", "예산", "बजट", "งบประมาณ", "Προϋπολογισμός")
HOSTILE = (
    *NAMES, *(label for label in LABELS if label.strip()), "Region", "region", "Go-live date", "GoLiveDate", "Cost ($)",
    "Cost (€)", "__class__", "../../etc/passwd", "{{ 7*7 }}", "x\u200dy", "état", "e\u0301tat", "🚀", "???", "get",
    "2024 Budget", "Regiоn", "İstanbul", "Straße", "STRASSE", "ﬁnal", "model_dump_all", "values", "from_row",
)  # fmt: skip
_KINDS = (
    *[FieldKind.TEXT] * 9, *[FieldKind.CHOICE] * 6, *[FieldKind.NUMBER] * 4, *[FieldKind.MONEY] * 2,
    *[FieldKind.DATE] * 4, *[FieldKind.CHOICES] * 3, FieldKind.OPTIONS, FieldKind.LINK, FieldKind.RICH, FieldKind.JSON,
    FieldKind.DATE_TIME,
)  # fmt: skip
_CHOICES = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.OPTIONS})


def big_catalogue(fields: int = 500, forms: int = 50) -> CustomCatalogue:
    """Returns the tenant's fields and forms, the same in every run."""
    draw = random.Random(7)
    names = list(dict.fromkeys(HOSTILE))[:fields]
    names += [f"{draw.choice(STEMS)} {number}" for number in range(fields - len(names))]
    listed = tuple(sorted((_field(name, draw) for name in names), key=lambda item: item.name))
    return CustomCatalogue(listed, tuple(_form(number, listed, draw) for number in range(forms)))


def big_tenant(fields: int = 500, forms: int = 50) -> Snapshot:
    """Returns the shipped v22.0 with that tenant's fields, of the object types that have them alone."""
    shipped = store.load_snapshot(store.standard_schema(), "v22.0")
    kept = tuple(item for item in shipped.objects if item.obj_code in OBJECTS)
    return replace(shipped, objects=kept, custom=big_catalogue(fields, forms))


def _field(name: str, draw: random.Random) -> CustomField:
    kind = draw.choice(_KINDS)
    labels = list(dict.fromkeys(label for label in LABELS if label)) * 2
    count = draw.choice((2, 3, 5, 13))
    values = tuple(FieldOption(f"V{n}" if n % 3 else labels[n], labels[n], n == 4) for n in range(count))
    return CustomField(
        name, kind, draw.choice(labels), tuple(sorted(draw.sample(OBJECTS, draw.choice((1, 1, 2, 3))))),
        values=values if kind in _CHOICES else (), complete=kind in _CHOICES, source="param",
        target="USER" if kind is FieldKind.LINK else None,
        read_only=kind in (FieldKind.NUMBER, FieldKind.DATE) and draw.random() < 0.2,
        description=draw.choice((None, *labels)),
    )  # fmt: skip


def _form(number: int, fields: tuple[CustomField, ...], draw: random.Random) -> CustomForm:
    code = OBJECTS[number % len(OBJECTS)]
    own = [item.name for item in fields if code in item.objects]
    chosen = sorted(draw.sample(own, min(len(own), draw.randint(5, 40))))
    return CustomForm(f"{STEMS[number % 10]} form {number:02}", (code,), {name: draw.random() < 0.2 for name in chosen})
