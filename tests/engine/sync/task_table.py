"""The table that most tests keep, and what stands in it."""

from __future__ import annotations

from typing import Any

from workfront_client.v22 import Task
from workfront_core.sync.duckdb_target import DuckDB
from workfront_core.sync.table import Table

TASKS = Table(Task, fields=["name", "percentComplete"], look=["percentComplete"])


def names(target: DuckDB, where: str = "_wf_gone_at IS NULL") -> list[Any]:
    """Returns the names of the rows, those that are gone left out."""
    found = target.connection.execute(f"SELECT name FROM wf_task WHERE {where} ORDER BY ID")
    return [row[0] for row in found.fetchall()]
