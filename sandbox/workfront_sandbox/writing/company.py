"""Companies: one of them is one's own; those that are not active any more get nobody and nothing new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.writing.rows import change

COMPANIES: Final = frozenset({"USER", "PROJ", "TMPL"})
"""Object types whose rows belong to a company."""


def check_company(call: Call, before: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """Raises ApiError where a row comes to a company that is not active any more."""
    key = changes.get(ROW_KEYS["CMPY"])
    company = call.store.get("CMPY", str(key)) if key and key != before.get(ROW_KEYS["CMPY"]) else None
    if company is not None and company.get("isActive") is False:
        raise invalid(f"Company {company.get('name')} is not active and cannot be attached")


def keep_one(call: Call, code: str, name: str, object_id: str) -> None:
    """Takes a place that one row has, such as that of one's own company, from all others."""
    for row in call.store.where(code, **{name: True}):
        if row["ID"] != object_id:
            change(call, code, str(row["ID"]), {name: False})
