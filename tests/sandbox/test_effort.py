"""Duration types: how work, duration and the shares of assignees follow from each other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import LIV, MIA, NOAH, PAINT, SHOP, Asker

USERS = [MIA, NOAH, LIV]
FIELDS = "workRequired,work,durationMinutes,plannedDurationMinutes,plannedStartDate,plannedCompletionDate,assignments:*"


def make(ask: Asker, kind: str, assigned: int, **values: Any) -> str:
    rows = [{"assignedToID": one} for one in USERS[:assigned]]
    body = {
        "name": "knead",
        "projectID": SHOP,
        "durationType": kind,
        **({"assignments": rows} if rows else {}),
        **values,
    }
    return str(ask("POST", "TASK", json_body=body)["ID"])


def read(ask: Asker, task: str) -> tuple[dict[str, Any], list[float], list[int]]:
    """The task, and percent and minutes of each assignment."""
    row = ask("GET", f"TASK/{task}", {"fields": FIELDS})
    parts = row["assignments"]
    return row, [part["assignmentPercent"] for part in parts], [part["workRequired"] for part in parts]


def assign(ask: Asker, task: str, *users: str) -> None:
    ask("PUT", f"TASK/{task}/assignMultiple", json_body={"userIDs": list(users), "roleIDs": [], "teamID": None})


def test_calculated_assignment_gives_shares(ask: Asker) -> None:
    task = make(ask, "A", 2, duration=3, workRequired=720)
    assert read(ask, task)[1:] == ([25, 25], [360, 360])
    assign(ask, task, *USERS)
    assert read(ask, task)[1:] == ([16.6667] * 3, [240] * 3)
    assert read(ask, task)[0]["workRequired"] == 720


def test_calculated_work_grows_with_those_who_work(ask: Asker) -> None:
    task = make(ask, "W", 3, duration=1)
    assert (read(ask, task)[0]["workRequired"], read(ask, task)[0]["work"]) == (1440, 24)
    assign(ask, task, MIA, NOAH)
    assert read(ask, task)[0]["workRequired"] == 960
    (part, *_) = read(ask, task)[0]["assignments"]
    ask("PUT", f"ASSGN/{part['ID']}", json_body={"assignmentPercent": 50})
    assert read(ask, task)[0]["workRequired"] == 720
    ask("PUT", f"TASK/{task}", json_body={"duration": 2})
    assert read(ask, task)[0]["workRequired"] == 1440


def test_effort_driven_work_is_done_sooner_by_more(ask: Asker) -> None:
    task = make(ask, "D", 1, duration=3)
    one = read(ask, task)[0]
    assign(ask, task, *USERS)
    three = read(ask, task)[0]
    assert (three["workRequired"], three["durationMinutes"], three["plannedDurationMinutes"]) == (1440, 1440, 480)
    assert one["plannedDurationMinutes"] == 1440
    assert (one["plannedCompletionDate"][:10], three["plannedCompletionDate"][:10]) == ("2027-05-17", "2027-05-13")
    assert read(ask, task)[2] == [480] * 3


def test_simple_work_lasts_as_long_as_it_is_until_somebody_says_how_long(ask: Asker) -> None:
    task = make(ask, "S", 2, work=10)
    row, shares, parts = read(ask, task)
    assert (row["workRequired"], row["durationMinutes"], shares, parts) == (600, 600, [50, 50], [300, 300])
    ask("PUT", f"TASK/{task}", json_body={"duration": 5})
    ask("PUT", f"TASK/{task}", json_body={"work": 20})
    row, shares, parts = read(ask, task)
    assert (row["workRequired"], row["durationMinutes"], shares, parts) == (1200, 2400, [25, 25], [600, 600])


def test_simple_work_loses_the_hours_of_who_goes(ask: Asker) -> None:
    task = make(ask, "S", 3, work=9)
    assign(ask, task, MIA, LIV)
    row, _, parts = read(ask, task)
    assert (row["workRequired"], parts) == (360, [180, 180])


@pytest.mark.parametrize("kind", ["D", "W"])
def test_who_goes_leaves_the_shares_of_others(ask: Asker, kind: str) -> None:
    task = make(ask, kind, 2, duration=1)
    assign(ask, task, NOAH)
    assert read(ask, task)[1] == [100]


@pytest.mark.parametrize("kind", ["A", "S"])
@pytest.mark.parametrize(("name", "value", "other"), [("work", 5, 300), ("workRequired", 90, 1.5)])
def test_work_is_told_in_minutes_and_in_hours(ask: Asker, kind: str, name: str, value: float, other: float) -> None:
    task = make(ask, kind, 1, **{name: value})
    row = read(ask, task)[0]
    assert (row[name], row["workRequired" if name == "work" else "work"]) == (value, other)


@pytest.mark.parametrize("kind", ["A", "S"])
def test_work_of_nobody_is_nothing_and_that_of_who_goes_is_gone(ask: Asker, kind: str) -> None:
    assert read(ask, make(ask, kind, 0, workRequired=480))[0]["workRequired"] == 0
    task = make(ask, kind, 1, workRequired=480)
    ask("PUT", f"TASK/{task}", json_body={"assignments": []})
    assert read(ask, task)[0]["workRequired"] == 0
    ask("PUT", f"TASK/{task}", json_body={"workRequired": 60})
    assert read(ask, task)[0]["workRequired"] == 0
    assert ask("GET", f"PROJ/{SHOP}", {"fields": "workRequired"})["workRequired"] in {None, 0}


def test_work_that_its_shares_make_is_not_written(ask: Asker) -> None:
    for assigned in (0, 1):
        body = {"name": "knead", "projectID": SHOP, "durationType": "W", "workRequired": 99}
        parts = [{"assignedToID": one} for one in USERS[:assigned]]
        assert "workRequired" in ask.refused("POST", "TASK", json_body={**body, "assignments": parts})[1]


@pytest.mark.parametrize(
    ("values", "planned"),
    [
        ({}, (1.0, 480, 480, 1.0, 0)),
        ({"duration": 3}, (3.0, 1440, 1440, 3.0, 0)),
        ({"durationType": "S", "duration": 3}, (0.0, 0, 0, 0.0, 0)),
        ({"durationType": "S"}, (1.0, 480, 480, 1.0, 0)),
    ],
)
def test_a_new_task_has_its_duration_in_every_field_and_no_work(
    ask: Asker, values: dict[str, Any], planned: tuple[float, ...]
) -> None:
    fields = ("duration", "durationMinutes", "plannedDurationMinutes", "plannedDuration", "workRequired")
    row = ask("POST", "TASK", {"fields": ",".join(fields)}, json_body={"name": "rest", "projectID": SHOP, **values})
    assert tuple(row[name] for name in fields) == planned


def test_a_duration_by_hand_stays_where_work_comes_with_it(ask: Asker) -> None:
    row = ask("GET", f"TASK/{make(ask, 'S', 2, duration=2, workRequired=60)}", {"fields": "duration,workRequired"})
    assert (row["duration"], row["workRequired"]) == (2.0, 60)


@pytest.mark.parametrize(
    ("constraint", "kind"),
    [
        *(("MSO", "plannedStartDate"), ("SNET", "plannedStartDate"), ("SNLT", "plannedStartDate")),
        *(("MFO", "plannedCompletionDate"), ("FNET", "plannedCompletionDate"), ("FNLT", "plannedCompletionDate")),
        *(("FIXT", None), ("ASAP", None), ("ALAP", None)),
    ],
)
def test_a_new_constraint_without_a_date_has_that_of_its_kind(ask: Asker, constraint: str, kind: str | None) -> None:
    body = {"name": "T", "projectID": SHOP, "taskConstraint": constraint}
    row = ask("POST", "TASK", {"fields": "constraintDate,plannedStartDate,plannedCompletionDate"}, json_body=body)
    assert row["constraintDate"] == (row[kind] if kind else None)


def test_parents_and_projects_have_the_work_of_what_stands_below(ask: Asker) -> None:
    parent = make(ask, "A", 0)
    child = make(ask, "D", 0, parentID=parent, workRequired=60)
    other = make(ask, "D", 0, parentID=parent, workRequired=30)
    top = make(ask, "D", 0, workRequired=5)
    assert ask("GET", f"PROJ/{SHOP}", {"fields": "workRequired"})["workRequired"] == 95
    ask("PUT", f"TASK/{child}", json_body={"work": 2})
    assert read(ask, parent)[0]["workRequired"] == 150
    for gone, left in ((other, 125), (top, 120)):
        ask("DELETE", f"TASK/{gone}")
        assert ask("GET", f"PROJ/{SHOP}", {"fields": "workRequired"})["workRequired"] == left


def test_a_new_assignment_of_its_own_is_the_task_s_as_well(ask: Asker) -> None:
    task = make(ask, "W", 0, duration=1)
    part = ask("POST", "ASSGN", json_body={"taskID": task, "assignedToID": NOAH})["ID"]
    assert ask("GET", f"TASK/{task}", {"fields": "assignedToID"})["assignedToID"] == NOAH
    assert read(ask, task)[0]["workRequired"] == 480
    ask("DELETE", f"ASSGN/{part}")
    assert ask("GET", f"TASK/{task}", {"fields": "assignedToID"})["assignedToID"] is None


@pytest.mark.parametrize("later", [{"duration": 1}, {"durationMinutes": 60}, {"durationUnit": "D"}])
def test_a_duration_that_is_written_later_takes_the_place_of_an_expression(ask: Asker, later: dict[str, Any]) -> None:
    ask("PUT", f"TASK/{PAINT}", json_body={"durationExpression": "3 ED"})
    row = ask("PUT", f"TASK/{PAINT}", {"fields": "durationExpression,duration"}, json_body=later)
    assert row["durationExpression"] is None
