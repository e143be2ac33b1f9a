"""What a sync with events did in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workfront_core.sync.tables import TableResult


@dataclass(frozen=True, slots=True)
class EventStep:
    """What one step did.

    Attributes:
        gaps: why a run was due, by the name of the table; empty where none was.
        events: events that were taken.
        tables: what became of the tables that were touched, by name: of their run, or of the rows read again.
    """

    gaps: Mapping[str, str]
    events: int
    tables: Mapping[str, TableResult]
