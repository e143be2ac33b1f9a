"""Values that do not fit the schema. A lenient reading keeps them as they came and says so once.

It says so in the log rather than through ``warnings``: a row must stay readable where warnings are errors, and a
warning points at a line of the caller's code, while the cause is the server's data.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ["LENIENT", "STRICT", "note_mismatch", "top_level_errors"]

# Validation contexts that tell how a row is being read; compared by identity.
LENIENT: Final[Mapping[str, object]] = MappingProxyType({"workfront": "lenient"})
STRICT: Final[Mapping[str, object]] = MappingProxyType({"workfront": "strict"})

_log: Final = logging.getLogger("workfront")
_noted: Final[set[tuple[str, str]]] = set()


def note_mismatch(owner: str, field: str, value: object, reason: str) -> None:
    """Logs, once for each class and field, that a value was kept raw. The value is not logged: it may be private."""
    key = (owner, field)
    if key in _noted:
        return
    _noted.add(key)
    _log.warning(
        "%s.%s: a %s does not fit and is kept as it came (%s). Further ones are not reported.",
        owner, field, type(value).__name__, reason,
    )  # fmt: skip


def top_level_errors(error: ValidationError) -> dict[Any, str]:
    """Returns what is wrong with a row, by key; the key is None for an error of the row as a whole."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return {(item["loc"] or (None,))[0]: item["msg"] for item in details}
