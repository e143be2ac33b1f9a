"""What generated models are made of: the base class, references between models, kinds of values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from workfront_core.models.custom_row import lazy_custom
from workfront_core.models.declarations import lazy_path, wire
from workfront_core.models.inferred import wire_names
from workfront_core.models.model import WorkfrontObject, reference
from workfront_core.values.datetimes import Amount, Date, DateTime, Json
from workfront_core.values.open_enums import OpenInt, OpenText
from workfront_core.values.plain_values import Day, NumberCode, OwnCode, OwnNumber, TextCode
from workfront_core.values.sequences import ListNotStr

if TYPE_CHECKING:
    from workfront_core.services.untyped_model import UntypedObject
else:
    UntypedObject = WorkfrontObject  # what a write looks at; the class itself is read where one is made

FreeRow: TypeAlias = Mapping[str, object] | UntypedObject
"""What stands for a row of any object: values by name, and a row that no schema describes."""

__all__ = [
    "Amount",
    "Date",
    "DateTime",
    "Day",
    "FreeRow",
    "Json",
    "ListNotStr",
    "NumberCode",
    "OpenInt",
    "OpenText",
    "OwnCode",
    "OwnNumber",
    "TextCode",
    "WorkfrontObject",
    "lazy_custom",
    "lazy_path",
    "reference",
    "wire",
    "wire_names",
]
