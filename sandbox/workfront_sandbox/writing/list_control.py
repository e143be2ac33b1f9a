"""What lists and reports are made of: saved filters and groupings."""

from __future__ import annotations

from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_object, text_of

NO_DEFINITION: Final = "definition cannot be null"
"""What the service says to a filter, a grouping or a view without a definition."""


def saved_filter(_: Call, row: Row) -> Row:
    """Returns the definition of a saved filter, whose values are texts, however they were written."""
    definition = row.get("definition")
    return {"definition": {name: _text(value) for name, value in definition.items()}} if is_object(definition) else {}


def _text(value: Any) -> Any:
    return text_of(value) if isinstance(value, bool | int | float) else value


def grouping(_: Call, row: Row) -> Row:
    """Returns nothing more for a grouping. Raises ApiError where it does not say by what it groups."""
    definition = row.get("definition")
    if definition is None:
        raise invalid(NO_DEFINITION)
    said = definition if is_object(definition) else {}
    if not any(str(name).startswith("group") and value != [] for name, value in said.items()):
        raise invalid("No groupings were defined")
    return {}
