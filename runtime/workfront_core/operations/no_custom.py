"""What ``custom=`` of a write is where nothing is given: apart from the checks of custom fields, which rows need."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

__all__ = ["NO_CUSTOM"]

NO_CUSTOM: Final[Any] = MappingProxyType[str, object]({})
"""No custom fields; to checkers it is whatever a service takes."""
