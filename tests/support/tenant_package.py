"""A package of a tenant's own, generated from a snapshot into a folder and imported from there."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.snapshot import Snapshot


@contextmanager
def tenant_package(snapshot: Snapshot, name: str, place: Path) -> Generator[Any]:
    """Yields the module of the snapshot's version; its folder stands on the path of imports meanwhile."""
    store.save_snapshot(snapshot, place / "schema")
    generate(place / "schema", (snapshot.version,), name, place, check=False)
    sys.path.insert(0, str(place))
    try:
        yield importlib.import_module(f"{name}.{snapshot.version.partition('.')[0]}")
    finally:
        sys.path.remove(str(place))
