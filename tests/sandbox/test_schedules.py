"""Schedules: every tenant has one default, whatever is written; who has none of their own works by it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker
from workfront_sandbox import Sandbox

OWN = f"{0xAB:032x}"
SHORT = {day: ["08:00-12:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
TUESDAY = "2027-05-11T08:00:00:000+0000"


def tenant(**rows: Any) -> Asker:
    return Asker(Sandbox({"now": "2027-05-03T10:00:00:000+0000", "me": MIA, "USER": [{"ID": MIA}], **rows}))


def defaults(ask: Asker) -> list[str]:
    return [row["name"] for row in ask("GET", "SCHED/search", {"isDefault": "true"})]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ({}, "Default Schedule"),
        ({"SCHED": [{"name": "Bakers"}]}, "Default Schedule"),
        ({"SCHED": [{"name": "Bakers", "isDefault": True}]}, "Bakers"),
    ],
)
def test_a_new_tenant_has_one_default_schedule(rows: dict[str, Any], name: str) -> None:
    ask = tenant(**rows)
    assert defaults(ask) == [name]
    assert [row["name"] for row in ask("GET", "SCHED/defaultSchedule")] == [name]


def test_a_default_takes_the_place_of_the_one_there_was() -> None:
    ask = tenant()
    made = ask("POST", "SCHED", json_body={"name": "Made", "isDefault": True})["ID"]
    assert defaults(ask) == ["Made"]
    ask.sandbox.insert("SCHED", [{"name": "Laid", "isDefault": True}])
    assert defaults(ask) == ["Laid"]
    ask("PUT", f"SCHED/{made}", json_body={"isDefault": True})
    assert defaults(ask) == ["Made"]


def test_the_default_is_passed_on_and_never_lost() -> None:
    ask = tenant(SCHED=[{"ID": OWN, "name": "Bakers", "isDefault": True}])
    refusal = (422, "Schedule Bakers is the default: make another one the default first")
    assert ask.refused("PUT", f"SCHED/{OWN}", json_body={"isDefault": False}) == refusal
    assert ask.refused("DELETE", f"SCHED/{OWN}") == refusal
    other = ask("POST", "SCHED", json_body={"name": "Millers"})["ID"]
    ask("PUT", "SCHED/replace", {"id": OWN, "replacementID": other})
    assert defaults(ask) == ["Millers"]
    ask("POST", "SCHED", json_body={"name": "All", "isDefault": True})
    ask("DELETE", f"SCHED/{other}")
    assert defaults(ask) == ["All"]


def test_who_has_no_schedule_works_by_the_default() -> None:
    ask = tenant(SCHED=[{"name": "Mornings", "isDefault": True, **SHORT}])
    plan = ask("POST", "PROJ", json_body={"name": "Plan", "plannedStartDate": TUESDAY})["ID"]
    made = ask("POST", "TASK", json_body={"name": "t", "projectID": plan, "duration": 2, "durationUnit": "D"})["ID"]
    found = ask("GET", f"TASK/{made}", {"fields": "plannedStartDate,plannedCompletionDate"})
    assert found["plannedCompletionDate"].startswith("2027-05-14T12:00")
