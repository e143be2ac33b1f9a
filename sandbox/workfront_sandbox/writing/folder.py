"""Folders of documents: where they stand, and which of them can go. docs/protocol.md 11.8."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid, not_computed
from workfront_sandbox.wire.json_value import Row


def check_place(call: Call, folder: Row, written: Mapping[str, Any]) -> None:
    """Raises ApiError where a folder would stand in itself, or in one that stands in it."""
    above: str | None = written.get("parentID")
    while above:
        if above == folder["ID"]:
            raise invalid(f"Folder {folder.get('name')} cannot be moved into itself or into a folder inside of it")
        above = (call.store.get("DOCFDR", str(above)) or {}).get("parentID")


def check_empty(call: Call, folder: Row) -> None:
    """Raises ApiError where something is in a folder: what becomes of it is on record nowhere."""
    holds = any(folder["ID"] in (row.get("folderIDs") or ()) for row in call.store.every("DOCU"))
    if holds or call.store.newest("DOCFDR", parentID=folder["ID"]) is not None:
        raise not_computed("Deletion of a folder that holds documents or folders")
