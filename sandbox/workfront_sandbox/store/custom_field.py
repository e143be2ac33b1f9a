"""Custom fields of the tenant: which there are, and what sort of value each holds."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.store.store import Store

CUSTOM: Final = "DE:"
"""What the name of a custom field begins with, in calls and in rows."""

_KINDS: Final[dict[str, Kind]] = {
    "NMBR": "number",
    "CURC": "number",
    "DATE": "date",
    "DTTM": "instant",
}
DATA_TYPES: Final = frozenset(_KINDS) | {"TEXT", "RICH", "WIDGET", "DRTN", "HTML"}


class CustomFields:
    """Knows a custom field by the tenant's parameters, or by any row that has a value of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kinds: dict[str, Kind] | None = None

    def forget(self) -> None:
        """Looks the parameters up anew; called when one of them changes."""
        self._kinds = None

    def known(self, name: str) -> bool:
        """Returns whether there is a custom field of this name (without ``DE:``)."""
        field = CUSTOM + name
        return name in self._parameters() or any(self._store.column(code, field) for code in self._store.codes)

    def kind(self, name: str) -> Kind:
        """Returns what a custom field holds: what its parameter says, else any value."""
        return self._parameters().get(name, "any")

    def _parameters(self) -> dict[str, Kind]:
        if self._kinds is None:
            rows = list(self._store.every("PARAM"))
            self._kinds = {str(row.get("name")): _KINDS.get(str(row.get("dataType")), "any") for row in rows}
        return self._kinds
