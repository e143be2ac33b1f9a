"""Custom enums: the statuses, conditions, priorities and severities every tenant begins with."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.schema.catalogue import VersionSchema
from workfront_sandbox.schema.overrides import ENUM_CLASSES
from workfront_sandbox.wire.json_value import Row

_COLORS: Final = {
    "CUR": "007100",
    "PLN": "4a8fdd",
    "CPL": "6b7785",
    "ONH": "e0a100",
    "DED": "3c3c3c",
    "NEW": "4a8fdd",
    "INP": "007100",
    "CLS": "6b7785",
}
_PLAIN: Final = "9aa5b1"


def enum_rows(schema: VersionSchema, customer_id: str) -> list[Row]:
    """Returns one row a base value of every field whose codes a tenant may add to."""
    rows: list[Row] = []
    for (code, name), enum_class in ENUM_CLASSES.items():
        described = schema.objects[code].fields.get(name) if code in schema.objects else None
        for item in described.values if described else ():
            value = str(item.value)
            rows.append(
                {
                    "ID": f"5ab1{len(rows):028x}",
                    "enumClass": enum_class,
                    "value": value,
                    "valueAsString": value,
                    "valueAsInt": item.value if isinstance(item.value, int) else None,
                    "label": item.label,
                    "equatesWith": value,
                    "color": _COLORS.get(value, _PLAIN),
                    "isPrimary": True,
                    "groupID": None,
                    "customerID": customer_id,
                }
            )
    return rows
