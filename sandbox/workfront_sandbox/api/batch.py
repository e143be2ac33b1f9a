"""Several calls in one. docs/protocol.md 12."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.bulk import SUCCESS

Run = Callable[[Call, str], Any]
"""Answers one address of a batch with its data."""


def run_batch(call: Call, run: Run) -> Any:
    """The answers of all addresses in order; with ``atomic`` all succeed or nothing is written. Raises ApiError."""
    addresses = call.parameters.all("uri")
    if len(addresses) > call.tenant.limits.batch:
        raise invalid(f"A batch has at most {call.tenant.limits.batch} requests")
    if not call.parameters.flag("atomic"):
        return [_one(call, run, address) for address in addresses]
    with call.atomically():
        for address in addresses:
            run(call, address)
    return SUCCESS


def _one(call: Call, run: Run, address: str) -> Row:
    try:
        return {"data": run(call, address)}
    except ApiError as error:
        return error.body()
