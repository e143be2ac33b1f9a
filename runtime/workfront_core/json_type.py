"""The type of any JSON value, pydantic's own at run time; spelled out, so that editors list a client without reading
pydantic for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["JsonValue"]

if TYPE_CHECKING:
    from typing import TypeAlias

    JsonValue: TypeAlias = "list[JsonValue] | dict[str, JsonValue] | str | bool | int | float | None"
else:
    from pydantic import JsonValue
