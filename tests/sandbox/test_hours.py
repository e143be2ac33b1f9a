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


def test_an_hour_that_is_edited_goes_to_the_project_and_the_timesheet_it_then_belongs_to(ask: Asker) -> None:
    other = ask("POST", "PROJ", json_body={"name": "other"})["ID"]
    task = ask("POST", "TASK", json_body={"name": "there", "projectID": other})["ID"]
    hour = ask("POST", "HOUR", json_body={"hours": 2, "taskID": CHILD})["ID"]
    fields = {"fields": "projectID,timesheetID"}
    moved = ask("PUT", f"HOUR/{hour}", fields, json_body={"taskID": task, "entryDate": "2027-05-20"})
    assert (moved["projectID"], moved["timesheetID"]) == (other, None)
    assert sums(ask) == [0, 0, None, 0]
    assert ask("GET", f"PROJ/{other}", {"fields": "actualWorkRequired"})["actualWorkRequired"] == 120
    assert ask("PUT", f"HOUR/{hour}", fields, json_body={"entryDate": "2027-05-16"})["timesheetID"] == SHEET
    assert ask("GET", f"TSHET/{SHEET}", {"fields": "totalHours"})["totalHours"] == 2


def test_a_new_timesheet_has_the_hours_of_its_days_and_lets_go_of_those_of_others(ask: Asker) -> None:
    hours = [
        ask("POST", "HOUR", json_body={"hours": 2, "taskID": CHILD, "entryDate": day})["ID"]
        for day in ("2027-05-18", "2027-05-24")
    ]
    span = {"userID": MIA, "startDate": "2027-05-17", "endDate": "2027-05-23"}
    sheet = ask("POST", "TSHET", json_body=span)["ID"]

    def held() -> tuple[list[str], float]:
        row = ask("GET", f"TSHET/{sheet}", {"fields": "totalHours,hours:ID"})
        return [hour["ID"] for hour in row["hours"]], row["totalHours"]

    assert held() == (hours[:1], 2)
    ask("PUT", f"TSHET/{sheet}", json_body={"startDate": "2027-05-19", "endDate": "2027-05-30"})
    assert held() == (hours[1:], 2)


@pytest.mark.parametrize("code", ["ASSGN", "EXPNS"])
def test_what_is_moved_to_other_work_is_part_of_its_project(ask: Asker, code: str) -> None:
    other = ask("POST", "PROJ", json_body={"name": "other"})["ID"]
    task = ask("POST", "TASK", json_body={"name": "there", "projectID": other})["ID"]
    values: dict[str, Any] = {"assignedToID": MIA} if code == "ASSGN" else {"actualAmount": 3}
    made = ask("POST", code, json_body={**values, "taskID": CHILD})["ID"]
    ask("PUT", f"{code}/{made}", json_body={"taskID": task})
    assert ask("GET", f"{code}/{made}", {"fields": "projectID"})["projectID"] == other
    users = [ask("GET", f"TASK/{one}", {"fields": "assignedToID"})["assignedToID"] for one in (CHILD, task)]
    assert users == ([None, MIA] if code == "ASSGN" else [None, None])


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ({"taskID": CHILD}, "Task Time"),
        ({"opTaskID": ISSUE}, "Issue Time"),
        ({"projectID": PLAN}, "Project Time"),
    ],
)
def test_an_hour_has_the_type_of_what_it_is_logged_on(ask: Asker, where: dict[str, str], name: str) -> None:
    made = ask("POST", "HOUR", {"fields": "hourType:name"}, json_body={"hours": 1, **where})
    assert made["hourType"]["name"] == name
    (own,) = ask.sandbox.insert("HOURT", [{"name": "Travel"}])
    assert (
        ask("POST", "HOUR", {"fields": "hourTypeID"}, json_body={"hours": 1, "hourTypeID": own, **where})["hourTypeID"]
        == own
    )
    status, text = ask.refused("POST", "HOUR", json_body={"hours": 1, "hourTypeID": "f" * 32, **where})
    assert (status, text) == (422, f'HourType with primary key value(s) "{"f" * 32}" not found')


def test_hours_that_are_written_with_their_task_count_as_those_written_alone(ask: Asker) -> None:
    first, second = (ask("POST", "HOUR", json_body={"hours": 2, "taskID": CHILD})["ID"] for _ in range(2))
    ask("PUT", f"TASK/{CHILD}", json_body={"hours": [{"ID": first, "hours": 5}]})
    assert (sums(ask)[:2], {row["ID"] for row in ask.sandbox.rows("HOUR")}) == ([5, 5], {first})
    ask("PUT", f"TASK/{PARENT}", json_body={"hours": [{"ID": first}, {"hours": 1}]})
    assert sums(ask)[:2] == [0, 6]
    ask("PUT", f"TASK/{PARENT}", json_body={"hours": []})
    assert (sums(ask), second in {row["ID"] for row in ask.sandbox.rows("HOUR")}) == ([0, 0, None, 0], False)
