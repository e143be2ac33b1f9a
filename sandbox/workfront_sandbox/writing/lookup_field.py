"""Custom fields whose values come from elsewhere: what their definition has to say, and what goes with what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_object
from workfront_schema.parameter_types import LISTS_FROM_OUTSIDE, LISTS_OF_LOOKUPS, LOOKUPS

_ONE_FROM_OUTSIDE: Final = "EXTRNL"
_FROM_OUTSIDE: Final = frozenset({_ONE_FROM_OUTSIDE, *LISTS_FROM_OUTSIDE})
_DEFINITION: Final = "fieldDefinition"
_NEEDED: Final = ("link", "jsonPath", "httpMethod")
"""What the definition of a field says whose choices a service elsewhere offers."""

_REFERRING: Final = (LOOKUPS - {"TYAH"}) | LISTS_OF_LOOKUPS
"""Fields that cannot do without the type of object they refer to; a typeahead without one holds text."""

_NUMBERS: Final = ("NMBR", "CURC", "DATE")
_DATA_OF: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("ADOBEXD", "IMAGE", "PDF", "VIDEO", "UIEXTNSION", "WFNATIVE", "WFPLANNING"), ("WIDGET",)),
    **dict.fromkeys(("ROLLUP", "SNGLROLLUP", "TIMEPHASED"), _NUMBERS),
}
"""The data types that go with a display type, where not every one does."""


def check_definition(call: Call, row: Row, data_type: str, display: str) -> None:
    """Raises ApiError where a strict sandbox misses what such a field cannot do without, or its types do not go
    together. An edit of a field that looks elsewhere has to repeat where.
    """
    if not call.tenant.strict:
        return
    if data_type not in _DATA_OF.get(display, (data_type,)):
        raise invalid(f"displayType {display} needs dataType {' or '.join(_DATA_OF[display])}, not {data_type}")
    missing: list[str] = []
    if display in _FROM_OUTSIDE:
        definition = row.get(_DEFINITION)
        said: Mapping[str, Any] = definition if is_object(definition) else {}
        missing = [name for name in _NEEDED if not said.get(name)]
    elif display in _REFERRING and not row.get("refObjCode"):
        missing = ["referenceObjectType"]
    if missing:
        words = ", ".join(f"required key [{name}] not found" for name in missing)
        raise invalid(f"Error in field schema validation: {words}")


def whole_definition(row: Row, display: str) -> Row:
    """Returns the definition of a field that looks elsewhere, with what the service adds to it."""
    definition = row.get(_DEFINITION)
    if display not in _FROM_OUTSIDE or not is_object(definition):
        return {}
    single = {"isMultiSelect": "false"} if display == _ONE_FROM_OUTSIDE else {}
    added: Row = {"fieldType": display.lower(), **single, "isQueryRequired": False, "dependencies": [], "headers": []}
    return {_DEFINITION: {**added, **definition}}
