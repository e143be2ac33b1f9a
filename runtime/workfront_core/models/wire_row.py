"""Rows as JSON values, by wire name."""

from __future__ import annotations

from typing import Any, cast

from pydantic import BaseModel

from workfront_core.foreign_text import json_value

__all__ = ["wire_row"]


def wire_row(row: BaseModel) -> dict[str, Any]:
    """Returns the members that a row holds, by wire name: dates as text, enumerations as codes."""
    try:
        return row.model_dump(mode="json", by_alias=True, warnings=False)
    except OverflowError:  # a whole number beyond all floats, where one of those is expected
        return cast("dict[str, Any]", json_value(row.model_dump_json(by_alias=True, warnings=False)))
