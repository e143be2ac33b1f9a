"""Groups: one that people, projects or groups belong to is replaced, not deleted."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row

_MEMBERS: Final = (("USRGPS", ROW_KEYS["GROUP"]), ("USER", "homeGroupID"), ("PROJ", ROW_KEYS["GROUP"]),
                   ("GROUP", "parentID"))  # fmt: skip


def check_empty_group(call: Call, group: Row) -> None:
    """Raises ApiError where somebody or something belongs to a group that is to be deleted."""
    for code, key in _MEMBERS:
        if call.store.number(code, **{key: group["ID"]}):
            raise invalid(f"Group {group.get('name')} has members: replace it by another group")
