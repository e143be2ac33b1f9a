"""Hours: where they are summed, and which timesheet they belong to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker
from workfront_sandbox import Sandbox

PLAN, PARENT, CHILD, ISSUE, SHEET = (f"{0xF00 + number:032x}" for number in range(5))
SEED: dict[str, Any] = {
    "now": "2027-05-12T09:00:00:000+0000",
    "me": MIA,
    "USER": [{"ID": MIA, "name": "Mia"}],
    "PROJ": [{"ID": PLAN, "name": "Plan"}],
    "TASK": [
        {"ID": PARENT, "name": "parent", "projectID": PLAN, "status": "NEW"},
        {"ID": CHILD, "name": "child", "projectID": PLAN, "parentID": PARENT, "status": "NEW"},
    ],
    "OPTASK": [{"ID": ISSUE, "name": "issue", "projectID": PLAN, "status": "NEW"}],
    "TSHET": [{"ID": SHEET, "userID": MIA, "startDate": "2027-05-10", "endDate": "2027-05-16"}],
}


@pytest.fixture
def ask() -> Asker:
    return Asker(Sandbox(SEED))


def sums(ask: Asker) -> list[float | None]:
    """Hours of child, parent, issue and project."""
    rows = (("TASK", CHILD), ("TASK", PARENT), ("OPTASK", ISSUE), ("PROJ", PLAN))
    field = "actualWorkRequiredDouble"
    found = [ask("GET", f"{code}/{one}", {"fields": "actualWorkRequired"})["actualWorkRequired"] for code, one in rows]
    precise = ask("GET", f"TASK/{CHILD}", {"fields": field})[field]
    assert not found[0] or precise == found[0] / 60
    return [None if minutes is None else minutes / 60 for minutes in found]


def test_hours_count_for_all_they_belong_to(ask: Asker) -> None:
    first = ask("POST", "HOUR", json_body={"hours": 2, "taskID": CHILD})["ID"]
    ask("POST", "HOUR", json_body={"hours": 1, "taskID": PARENT})
    ask("POST", "HOUR", json_body={"hours": 0.5, "opTaskID": ISSUE})
    ask("POST", "HOUR", json_body={"hours": 4, "projectID": PLAN})
    assert sums(ask) == [2, 3, 0.5, 7.5]
    ask("PUT", f"HOUR/{first}", json_body={"hours": 5})
    assert sums(ask) == [5, 6, 0.5, 10.5]
    ask("DELETE", f"HOUR/{first}")
    assert sums(ask) == [0, 1, 0.5, 5.5]


def test_an_hour_belongs_to_the_timesheet_of_its_day(ask: Asker) -> None:
    fields = {"fields": "timesheetID,status"}
    inside = ask("POST", "HOUR", fields, json_body={"hours": 2, "taskID": CHILD})
    outside = ask("POST", "HOUR", fields, json_body={"hours": 2, "taskID": CHILD, "entryDate": "2027-05-17"})
    assert (inside["timesheetID"], outside["timesheetID"], inside["status"]) == (SHEET, None, "SUB")
