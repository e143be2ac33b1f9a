"""Custom fields of the tenant: which there are, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.store.store import Store
from workfront_schema.custom_fields import FieldKind
from workfront_schema.parameter_types import (
    COMPUTED,
    KINDS_OF_DATA,
    LISTS_FROM_OUTSIDE,
    LISTS_OF_LOOKUPS,
    LOOKUPS,
    ONE_CHOICE,
    SEVERAL_CHOICES,
    WITHOUT_VALUE,
)
from workfront_schema.parameters import kind_of_parameter

CUSTOM: Final = "DE:"
"""What the name of a custom field begins with, in calls and in rows."""

DEFINED_BY: Final = frozenset({"PARAM", "POPT"})
"""Object types whose rows say which custom fields there are, and their choices."""

_KINDS: Final[dict[FieldKind | None, Kind]] = {
    FieldKind.NUMBER: "number",
    FieldKind.MONEY: "number",
    FieldKind.DATE: "date",
    FieldKind.DATE_TIME: "instant",
}
DATA_TYPES: Final = frozenset(KINDS_OF_DATA) | {"WIDGET", "DRTN"}
_LISTS: Final = SEVERAL_CHOICES | LISTS_FROM_OUTSIDE | LISTS_OF_LOOKUPS


@dataclass(frozen=True)
class CustomField:
    """One custom field: its parameter, and the values of its options, hidden ones too."""

    parameter: Mapping[str, Any]
    choices: tuple[str, ...] = ()

    @property
    def data_type(self) -> str:
        """``TEXT``, ``NMBR``, ``CURC``, ``DATE``, ``DTTM``, ``RICH`` ..."""
        return str(self.parameter.get("dataType") or "TEXT")

    @property
    def display_type(self) -> str:
        """``TEXT``, ``SLCT``, ``MULT``, ``TYAH``, ``CALC`` ..."""
        return str(self.parameter.get("displayType") or "TEXT")

    @property
    def value_kind(self) -> FieldKind | None:
        """What one value is, or None where its type says nothing of that."""
        return KINDS_OF_DATA.get(self.data_type)

    @cached_property
    def kind(self) -> Kind:
        """How values are compared."""
        return "any" if self.holds_many else _KINDS.get(self.value_kind, "any")

    @property
    def is_choice(self) -> bool:
        """Whether values are those of options."""
        return self.display_type in ONE_CHOICE | SEVERAL_CHOICES

    @property
    def holds_many(self) -> bool:
        """Whether there may be several values."""
        return self.display_type in _LISTS

    @property
    def is_computed(self) -> bool:
        """Whether the service computes the value."""
        return self.display_type in COMPUTED

    @property
    def is_without_value(self) -> bool:
        """Whether it stands on a form and holds nothing itself."""
        return self.display_type in WITHOUT_VALUE or self.data_type == "WIDGET"

    @property
    def holds_any(self) -> bool:
        """Whether nobody knows what a value of it looks like: documents, durations."""
        found = kind_of_parameter(self.data_type, self.display_type, self.target)
        return found is not None and found[0] is FieldKind.JSON

    @property
    def target(self) -> str | None:
        """The object type of the row it points at, or None where it points at none."""
        code = self.parameter.get("refObjCode")
        return str(code) if code and self.display_type in LOOKUPS else None


class CustomFields:
    """Knows a custom field by the tenant's parameters, or by any row that has a value of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fields: dict[str, CustomField] | None = None
        self._labels: frozenset[str] = frozenset()

    def forget(self) -> None:
        """Looks the parameters up anew; called when one of them changes."""
        self._fields = None

    def known(self, name: str) -> bool:
        """Returns whether there is a custom field of this name (without ``DE:``)."""
        field = CUSTOM + name
        return name in self._defined() or any(self._store.column(code, field) for code in self._store.codes)

    def find(self, name: str) -> CustomField | None:
        """Returns the custom field of this name, or None where no parameter defines it."""
        return self._defined().get(name)

    @property
    def are_defined(self) -> bool:
        """Whether the tenant says which custom fields there are: then there are no others."""
        return bool(self._defined())

    def is_label(self, text: str) -> bool:
        """Returns whether a text is what forms show for a field of another name; no call takes it for the name."""
        defined = self._defined()
        return text not in defined and text in self._labels

    def kind(self, name: str) -> Kind:
        """Returns what a custom field holds: what its parameter says, else any value."""
        found = self.find(name)
        return "any" if found is None else found.kind

    def _defined(self) -> dict[str, CustomField]:
        if self._fields is None:
            choices: dict[str, list[str]] = {}
            for option in self._store.every("POPT"):
                choices.setdefault(str(option.get("parameterID")), []).append(str(option.get("value")))
            rows = list(self._store.every("PARAM"))
            self._fields = {
                str(row.get("name")): CustomField(row, tuple(choices.get(str(row["ID"]), ()))) for row in rows
            }
            self._labels = frozenset(str(row["label"]) for row in rows if row.get("label"))
        return self._fields
