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

_DISPLAY_SINCE: Final[Mapping[str, int]] = dict.fromkeys(
    (
        "EXTRNL", "MULTEXTRNL", "INTRNL", "MULTINTRNL", "WFNATIVE", "WFPLANNING", "ROLLUP", "TIMEPHASED", "DOCUMENT",
        "ADOBEXD", "IMAGE", "PDF", "VIDEO", "UIEXTNSION",
    ),
    20,
) | {"SNGLROLLUP": 22}  # fmt: skip
_DATA_SINCE: Final[Mapping[str, int]] = {"DRTN": 19, "HTML": 21}


def is_display_type_of(version: int, word: str) -> bool:
    """Returns whether an API version knows a word of ``displayType``, of those that some version knows."""
    return _DISPLAY_SINCE.get(word, 0) <= version


def is_data_type_of(version: int, word: str) -> bool:
    """Returns whether an API version knows a word of ``dataType``, of those that some version knows."""
    return _DATA_SINCE.get(word, 0) <= version
