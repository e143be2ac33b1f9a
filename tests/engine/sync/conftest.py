"""A file of DuckDB, as most tests of tables fill one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workfront_core.sync.duckdb_target import DuckDB


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acme.duckdb"


@pytest.fixture
def target(file: Path) -> Iterator[DuckDB]:
    with DuckDB(file) as made:
        yield made
