"""Groups: one that people, projects or groups belong to is replaced, not deleted."""

from __future__ import annotations

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.dependants import naming


def check_empty_group(call: Call, group: Row) -> None:
    """Raises ApiError where somebody or something belongs to a group that is to be deleted."""
    for code, key in naming(call.tenant.catalogue.types, "GROUP", call.store.codes):
        if call.store.column(code, key) and call.store.number(code, **{key: group["ID"]}):
            raise invalid(f"Group {group.get('name')} has members: replace it by another group")
