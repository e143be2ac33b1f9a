"""The words of parameters: what ``dataType`` and ``displayType`` of a custom field stand for. docs/protocol.md 7.9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workfront_schema.custom_fields import FieldKind

KINDS_OF_DATA: Final[Mapping[str, FieldKind]] = {
    "TEXT": FieldKind.TEXT, "NMBR": FieldKind.NUMBER, "CURC": FieldKind.MONEY, "DATE": FieldKind.DATE,
    "DTTM": FieldKind.DATE_TIME, "RICH": FieldKind.RICH, "HTML": FieldKind.TEXT,
}  # fmt: skip
"""The kind of one value, by ``dataType``; some hosts put these words into metadata too."""

ONE_CHOICE: Final = frozenset({"SLCT", "RDIO"})
SEVERAL_CHOICES: Final = frozenset({"MULT", "CHCK"})
LOOKUPS: Final = frozenset({"TYAH", "INTRNL"})
"""Fields that refer to a row of another object."""
LISTS_OF_LOOKUPS: Final = frozenset({"MULTINTRNL"})
LISTS_FROM_OUTSIDE: Final = frozenset({"MULTEXTRNL"})
"""Several choices that a service elsewhere offers."""
COMPUTED: Final = frozenset({"CALC", "ROLLUP", "SNGLROLLUP", "TIMEPHASED"})
WITHOUT_VALUE: Final = frozenset(
    {"DTXT", "WIDGET", "WFNATIVE", "WFPLANNING", "ADOBEXD", "IMAGE", "PDF", "VIDEO", "UIEXTNSION"}
)
"""Descriptive texts, widgets and references to native fields, which hold no value of their own."""
