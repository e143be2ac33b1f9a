"""The snapshots of the project, and what a sandbox makes of them: read once in a process."""

from __future__ import annotations

from functools import cache
from typing import Final

from workfront_sandbox.schema.catalogue import Catalogue
from workfront_schema.snapshot import Snapshot
from workfront_schema.store import load_snapshot, standard_schema, versions

VERSIONS: Final = versions(standard_schema())


@cache
def snapshot(version: str) -> Snapshot:
    """Returns what is known of a version: ``v22.0``."""
    return load_snapshot(standard_schema(), version)


@cache
def catalogue(*chosen: str) -> Catalogue:
    """Returns the object types of these versions, of all that are shipped where none is chosen."""
    return Catalogue([snapshot(version) for version in chosen or VERSIONS])
