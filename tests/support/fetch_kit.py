"""Snapshots to fetch, and what a folder holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workfront_codegen.fetch import RETRY
from workfront_schema.snapshot import ObjectType, Snapshot

QUICK = replace(RETRY, initial_delay=0.01)
OLD = Snapshot("v22.0", (ObjectType("OLD", "Old", "Old"),))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
