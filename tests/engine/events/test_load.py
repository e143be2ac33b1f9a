"""A bounded part of the load that ``make bench`` measures: what was acknowledged is handed over, through kill -9."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.events import OURS, TOKEN, Load, lost

from workfront_core.events import Inbox
from workfront_core.events.inbox_file import _PLACE


def test_through_kills_nothing_that_was_acknowledged_is_lost_and_each_object_is_in_order(tmp_path: Path) -> None:
    load = Load(OURS % TOKEN, tmp_path / "events.sqlite", 1500, kills=2)
    asyncio.run(load.run())
    assert (len(load.acknowledged), load.killed) == (1500, 2)
    assert lost(load) == 0


def test_many_messages_that_wait_get_their_places_without_a_look_at_all_of_them_for_each(tmp_path: Path) -> None:
    with Inbox(tmp_path / "events.sqlite"), closing(sqlite3.connect(tmp_path / "events.sqlite")) as db:
        found = db.execute(f"EXPLAIN QUERY PLAN {_PLACE}", {"last": 0, "limit": 2**62})
        plan = [str(row[-1]) for row in found]
    assert any("SEARCH o USING" in step for step in plan)
    assert not any(step.startswith(("SCAN o", "SCAN p")) for step in plan), plan
