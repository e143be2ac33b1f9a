"""Dates and progress of tasks and projects as calls make them: worked examples, and what follows from what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker
from workfront_sandbox import Sandbox

MONDAY = "2027-05-10T09:00:00:000+0000"
SEED = {"now": "2027-05-03T10:00:00:000+0000", "me": MIA, "USER": [{"ID": MIA, "name": "Mia Moll"}]}
DATES = "plannedStartDate,plannedCompletionDate"


@pytest.fixture
def ask() -> Asker:
    """A tenant without tasks, a week before the plan begins."""
    return Asker(Sandbox(SEED))


def project(ask: Asker, **values: Any) -> str:
    body = {"name": "Plan", "plannedStartDate": MONDAY, **values}
    return str(ask("POST", "PROJ", json_body=body)["ID"])


def task(ask: Asker, project_id: str, name: str, days: float = 1, **values: Any) -> str:
    body = {"name": name, "projectID": project_id, "duration": days, "durationUnit": "D", **values}
    return str(ask("POST", "TASK", json_body=body)["ID"])


def dates(ask: Asker, code: str, one: str) -> tuple[str, str]:
    """Day and hour of begin and end: ``10 09``."""
    row = ask("GET", f"{code}/{one}", {"fields": DATES})
    start, end = row["plannedStartDate"], row["plannedCompletionDate"]
    return f"{start[8:10]} {start[11:13]}", f"{end[8:10]} {end[11:13]}"


def shown(ask: Asker, code: str, one: str, *fields: str) -> list[Any]:
    row = ask("GET", f"{code}/{one}", {"fields": ",".join(fields)})
    return [row[name] for name in fields]


def test_the_worked_example_comes_out_as_it_is_written(ask: Asker) -> None:
    plan = project(ask)
    parent = task(ask, plan, "9")
    ids = {"1": task(ask, plan, "1", 3)}
    number = shown(ask, "TASK", ids["1"], "taskNumber")[0]
    for name, days, after, more in [
        ("2", 2, f"{number}fs", {"parentID": parent}),
        ("4", 1, f"{number}fs+2c", {}),
        ("5", 2, f"{number}ff", {}),
        ("6", 1, f"{number}ss+1d", {}),
        ("7", 1, f"{number}fs+50p", {}),
        ("8", 2, f"{number}fs", {"taskConstraint": "MSO", "constraintDate": "2027-05-11T09:00:00"}),
    ]:
        ids[name] = task(ask, plan, name, days, predecessorExpression=after, **more)
    second = shown(ask, "TASK", ids["2"], "taskNumber")[0]
    ids["3"] = task(ask, plan, "3", 1, parentID=parent, predecessorExpression=f"{second}fs+2d")
    expected = {
        "1": ("10 09", "12 17"), "2": ("13 09", "14 17"), "3": ("19 09", "19 17"), "4": ("17 09", "17 17"),
        "5": ("11 09", "12 17"), "6": ("11 09", "11 17"), "7": ("14 13", "17 13"), "8": ("11 09", "12 17"),
    }  # fmt: skip
    for recalculated in (False, True):
        assert {name: dates(ask, "TASK", one) for name, one in ids.items()} == expected, recalculated
        assert dates(ask, "TASK", parent) == ("13 09", "19 17")
        assert shown(ask, "TASK", parent, "durationMinutes") == [2400]
        assert dates(ask, "PROJ", plan) == ("10 09", "19 17")
        ask("PUT", f"PROJ/{plan}/calculateTimeline")


def test_what_waits_follows_what_it_waits_for(ask: Asker) -> None:
    plan = project(ask)
    first = task(ask, plan, "first", 1)
    second = task(ask, plan, "second", 1, predecessors=[{"predecessorID": first}])
    assert dates(ask, "TASK", second) == ("11 09", "11 17")
    ask("PUT", f"TASK/{first}", json_body={"duration": 3})
    assert dates(ask, "TASK", second) == ("13 09", "13 17")
    assert dates(ask, "PROJ", plan)[1] == "13 17"
    ask("PUT", f"TASK/{second}", json_body={"predecessors": []})
    assert dates(ask, "TASK", second) == ("10 09", "10 17")
    ask("DELETE", f"TASK/{first}")
    assert dates(ask, "PROJ", plan)[1] == "10 17"


def test_an_expression_takes_the_place_of_the_predecessors_there_are(ask: Asker) -> None:
    plan, other = project(ask), project(ask, name="Other", referenceNumber=77)
    one, two = task(ask, plan, "one"), task(ask, plan, "two")
    far = task(ask, other, "far", 5)
    last = task(ask, plan, "last", predecessors=[{"predecessorID": one}])
    ask("PUT", f"TASK/{last}", json_body={"predecessorExpression": "2ss+1de, 77:1"})
    fields = "predecessors:predecessorID,predecessors:predecessorType,predecessors:lagDays,predecessors:isEnforced"
    found = ask("GET", f"TASK/{last}", {"fields": f"{fields},predecessors:isCP"})["predecessors"]
    names = ("predecessorID", "predecessorType", "lagDays", "isEnforced", "isCP")
    links = [tuple(row[name] for name in names) for row in found]
    assert links == [(two, "ss", 1.0, True, False), (far, "fs", 0.0, False, True)]
    for wrong in ("9", "99:1", "2xx"):
        assert ask.refused("PUT", f"TASK/{last}", json_body={"predecessorExpression": wrong})[0] == 422


def test_circles_are_refused_and_nothing_is_kept(ask: Asker) -> None:
    plan = project(ask)
    parent = task(ask, plan, "parent")
    one = task(ask, plan, "one", parentID=parent)
    two = task(ask, plan, "two", predecessors=[{"predecessorID": one}])
    for task_id, before in ((one, two), (one, parent), (parent, one), (one, one), (parent, two)):
        status, message = ask.refused("PUT", f"TASK/{task_id}", json_body={"predecessors": [{"predecessorID": before}]})
        assert (status, "wait for itself" in message) == (422, True)
    assert [(row["predecessorID"], row["successorID"]) for row in ask.sandbox.rows("PRED")] == [(one, two)]


@pytest.mark.parametrize(("update_type", "follows"), [("AUTO", True), ("EVNT", True), ("ATYO", False), ("MANU", False)])
def test_projects_follow_changes_as_they_are_told_to(ask: Asker, update_type: str, follows: bool) -> None:
    plan = project(ask, updateType=update_type)
    first = task(ask, plan, "first")
    second = task(ask, plan, "second", predecessors=[{"predecessorID": first}])
    assert (dates(ask, "TASK", second) == ("11 09", "11 17")) is follows
    ask("PUT", f"PROJ/{plan}/calculateTimeline")
    assert dates(ask, "TASK", second) == ("11 09", "11 17")


def test_a_project_from_its_completion_is_planned_backwards(ask: Asker) -> None:
    plan = project(ask, scheduleMode="C", plannedStartDate=None, plannedCompletionDate="2027-05-21T17:00:00")
    first = task(ask, plan, "first", 2)
    second = task(ask, plan, "second", 3, predecessors=[{"predecessorID": first}])
    assert shown(ask, "TASK", first, "taskConstraint") == ["ALAP"]
    assert (dates(ask, "TASK", first), dates(ask, "TASK", second)) == (("17 09", "18 17"), ("19 09", "21 17"))
    assert dates(ask, "PROJ", plan) == ("17 09", "21 17")


def test_schedules_days_off_and_time_off_move_dates(ask: Asker) -> None:
    days = {day: ["09:00-13:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    half = ask("POST", "SCHED", json_body={"name": "Mornings", "nonWorkDays": [{"nonWorkDate": "2027-05-11"}], **days})
    plan = project(ask, scheduleID=half["ID"])
    assert dates(ask, "TASK", task(ask, plan, "a", 1)) == ("10 09", "12 13")
    ask.sandbox.insert("RESVT", [{"userID": MIA, "startDate": "2027-05-10", "endDate": "2027-05-15"}])
    assert dates(ask, "TASK", task(ask, plan, "b", 1, assignedToID=MIA)) == ("17 09", "18 13")


def test_schedules_tell_when_work_is_done(ask: Asker) -> None:
    office = ask("POST", "SCHED", json_body={"name": "Office"})["ID"]
    late = {"date": "2027-05-14T18:00:00"}

    def run(name: str, **arguments: Any) -> str:
        return str(ask("PUT", f"SCHED/{office}/{name}", json_body={**late, **arguments})["result"])[:16]

    assert run("getNextStartDate") == "2027-05-17T09:00"
    assert run("getNextCompletionDate", costInMinutes=600) == "2027-05-18T11:00"
    assert (run("getEarliestWorkTimeOfDay"), run("getLatestWorkTimeOfDay")) == ("2027-05-14T09:00", "2027-05-14T17:00")


def test_hours_in_words_are_refused_as_not_computed(ask: Asker) -> None:
    odd = ask("POST", "SCHED", json_body={"name": "Odd", "monday": ["all day"]})["ID"]
    status, message = ask.refused("POST", "PROJ", json_body={"name": "P", "scheduleID": odd, "tasks": [{"name": "T"}]})
    assert (status, "not computed by this sandbox" in message) == (422, True)


DURATIONS = [
    ({"duration": 2, "durationUnit": "W"}, [2.0, "W", 4800]),
    ({"durationMinutes": 90, "durationUnit": "H"}, [1.5, "H", 90]),
    ({"durationExpression": "3 ED"}, [3.0, "ED", 4320]),
    ({"duration": 1, "durationUnit": "T"}, [1.0, "T", 9600]),
]


@pytest.mark.parametrize(("written", "read"), DURATIONS)
def test_a_duration_is_kept_in_every_form(ask: Asker, written: dict[str, Any], read: list[Any]) -> None:
    made = ask("POST", "TASK", json_body={"name": "T", "projectID": project(ask), **written})["ID"]
    assert shown(ask, "TASK", made, "duration", "durationUnit", "durationMinutes") == read


def test_elapsed_months_are_refused_since_their_length_is_not_known(ask: Asker) -> None:
    body = {"name": "T", "projectID": project(ask), "durationUnit": "ET"}
    assert "not computed" in ask.refused("POST", "TASK", json_body=body)[1]


def test_constraints_get_the_date_of_their_kind(ask: Asker) -> None:
    one = task(ask, project(ask), "one", 2)
    for constraint, day in (("SNET", "10"), ("MSO", "10"), ("FNLT", "11"), ("MFO", "11")):
        ask("PUT", f"TASK/{one}", json_body={"taskConstraint": "ASAP"})
        ask("PUT", f"TASK/{one}", json_body={"taskConstraint": constraint})
        assert shown(ask, "TASK", one, "constraintDate")[0][8:10] == day
    ask("PUT", f"TASK/{one}", json_body={"taskConstraint": "FIXT", "plannedStartDate": "2027-05-12T09:00:00",
                                         "plannedCompletionDate": "2027-05-14T17:00:00"})  # fmt: skip
    assert shown(ask, "TASK", one, "constraintDate", "durationMinutes") == [None, 1440]


def test_a_pinned_start_moves_the_completion(ask: Asker) -> None:
    pinned = {"taskConstraint": "MSO", "constraintDate": "2027-05-12T09:00:00"}
    one = task(ask, project(ask), "one", 3, **pinned)
    assert dates(ask, "TASK", one) == ("12 09", "14 17")
    ask("PUT", f"TASK/{one}", json_body={"plannedStartDate": "2027-05-13T09:00:00"})
    assert dates(ask, "TASK", one) == ("13 09", "17 17")


def test_percentages_roll_up_by_duration_through_parents(ask: Asker) -> None:
    plan = project(ask)
    parent = task(ask, plan, "parent")
    task(ask, plan, "a", 1, parentID=parent, percentComplete=50)
    task(ask, plan, "b", 2, parentID=parent)
    task(ask, plan, "c", 4, percentComplete=50)
    assert shown(ask, "TASK", parent, "percentComplete") == [16.67]
    (percent,) = shown(ask, "PROJ", plan, "percentComplete")
    weights = [shown(ask, "TASK", parent, "durationMinutes")[0], 4 * 480]
    assert percent == round((weights[0] * 16.67 + weights[1] * 50) / sum(weights), 2)


@pytest.mark.parametrize("above", [1, 3])
def test_percentages_are_rounded_where_they_are_shown_and_not_before(ask: Asker, above: int) -> None:
    plan = project(ask)
    parent = ""
    for _ in range(above):
        parent = task(ask, plan, "parent", parentID=parent or None)
    first = task(ask, plan, "a", 1, parentID=parent, percentComplete=50)
    number = shown(ask, "TASK", first, "taskNumber")[0]
    task(ask, plan, "b", 2, parentID=parent, predecessorExpression=f"{number}fs")
    task(ask, plan, "c", 4, percentComplete=50)
    assert shown(ask, "TASK", parent, "percentComplete", "durationMinutes") == [16.67, 1440]
    assert shown(ask, "PROJ", plan, "percentComplete") == [35.71]


@pytest.mark.parametrize("constraint", [None, "ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT"])
def test_dates_by_hand_do_not_stick_unless_the_constraint_pins_them(ask: Asker, constraint: str | None) -> None:
    plan = project(ask)
    given: dict[str, Any] = {"taskConstraint": constraint} if constraint else {}
    before = dates(ask, "TASK", one := task(ask, plan, "one", 3, **given))
    for name in ("plannedStartDate", "plannedCompletionDate"):
        ask("PUT", f"TASK/{one}", json_body={name: "2027-06-10T09:00:00"})
    assert dates(ask, "TASK", one) == before
    if constraint in {None, "ASAP", "ALAP"}:
        given["plannedStartDate"] = "2027-06-10T09:00:00"
        assert dates(ask, "TASK", task(ask, plan, "other", 3, **given)) == before


def family(ask: Asker, **project_fields: Any) -> tuple[str, str, str, str]:
    """Makes a parent with two subtasks; returns the IDs of the project and of the three."""
    plan = project(ask, **project_fields)
    parent = task(ask, plan, "parent")
    return plan, parent, task(ask, plan, "a", 1, parentID=parent), task(ask, plan, "b", 3, parentID=parent)


@pytest.mark.parametrize("written", [55, 0])
def test_a_parent_that_follows_its_subtasks_takes_no_percentage_of_its_own(ask: Asker, written: int) -> None:
    _, parent, one, other = family(ask)
    state = ("status", "percentComplete")
    ask("PUT", f"TASK/{one}", json_body={"percentComplete": 100})
    status, text = ask.refused("PUT", f"TASK/{parent}", json_body={"percentComplete": written})
    assert (status, text.partition(":")[0]) == (422, "percentComplete (Task) comes from its subtasks")
    ask("PUT", f"TASK/{parent}", json_body={"status": "INP"})
    assert shown(ask, "TASK", parent, "percentComplete") == [25.0]
    ask("PUT", f"TASK/{other}", json_body={"status": "CPL"})
    assert shown(ask, "TASK", parent, *state) == ["CPL", 100.0]
    ask.refused("PUT", f"TASK/{parent}", json_body={"percentComplete": 55})
    assert shown(ask, "TASK", parent, *state) == ["CPL", 100.0]
    ask("PUT", f"TASK/{one}", json_body={"percentComplete": 50})
    assert shown(ask, "TASK", parent, *state, "actualCompletionDate") == ["INP", 87.5, None]


@pytest.mark.parametrize("written", [{"percentComplete": 100}, {"status": "CPL"}])
def test_a_parent_is_not_completed_before_its_subtasks_are(ask: Asker, written: dict[str, Any]) -> None:
    _, parent, one, other = family(ask)
    ask("PUT", f"TASK/{one}", json_body={"status": "CPL"})
    status, text = ask.refused("PUT", f"TASK/{parent}", json_body=written)
    assert (status, "parent cannot be completed before b is" in text) == (422, True)
    ask("PUT", f"TASK/{other}", json_body={"status": "CPL"})
    ask("PUT", f"TASK/{parent}", json_body=written)
    assert shown(ask, "TASK", parent, "status") == ["CPL"]


def test_parents_of_a_project_that_is_rolled_up_by_hand_stay_as_they_are_written(ask: Asker) -> None:
    _, parent, one, _ = family(ask, summaryCompletionType="MAN")
    ask("PUT", f"TASK/{one}", json_body={"status": "CPL"})
    assert shown(ask, "TASK", parent, "status", "percentComplete") == ["NEW", 0.0]
    ask("PUT", f"TASK/{parent}", json_body={"percentComplete": 55})
    assert shown(ask, "TASK", parent, "percentComplete") == [55]
    ask("PUT", f"TASK/{parent}", json_body={"status": "CPL"})
    assert shown(ask, "TASK", parent, "status", "percentComplete") == ["CPL", 100.0]


def test_two_tasks_make_the_percentage_of_the_documentation(ask: Asker) -> None:
    plan = project(ask)
    task(ask, plan, "a", 5, percentComplete=20)
    task(ask, plan, "b", 2, percentComplete=25)
    assert shown(ask, "PROJ", plan, "percentComplete") == [21.43]


STATUSES = [
    ("TASK", {"percentComplete": 100}, ["CPL", 100.0, True]),
    ("TASK", {"status": "CPL"}, ["CPL", 100.0, True]),
    ("TASK", {"status": "INP"}, ["INP", 0.0, False]),
    ("OPTASK", {"percentComplete": 100}, ["CLS", 100.0, True]),
    ("OPTASK", {"status": "CLS"}, ["CLS", 100.0, True]),
    ("OPTASK", {"status": "RLV"}, ["RLV", 100.0, True]),
    ("OPTASK", {"status": "WTR"}, ["WTR", 100.0, True]),
    ("OPTASK", {"status": "INP"}, ["INP", 0.0, False]),
]


@pytest.mark.parametrize(("code", "written", "read"), STATUSES)
def test_status_and_percentage_follow_each_other(ask: Asker, code: str, written: Any, read: list[Any]) -> None:
    one = ask("POST", code, json_body={"name": "W", "projectID": project(ask)})["ID"]
    ask("PUT", f"{code}/{one}", json_body=written)
    *state, ended, started, former = shown(
        ask, code, one, "status", "percentComplete", "actualCompletionDate", "actualStartDate", "previousStatus"
    )
    assert [*state, ended is not None] == read
    assert started is not None
    assert former == "NEW"
    ask("PUT", f"{code}/{one}", json_body={"percentComplete": 40} if read[2] else {"status": "NEW"})
    assert shown(ask, code, one, "status", "actualCompletionDate") == ["INP" if read[2] else "NEW", None]


def test_a_task_with_open_issues_is_complete_and_pending(ask: Asker) -> None:
    one = task(ask, project(ask), "one")
    ask.sandbox.insert("OPTASK", [{"name": "Crack", "status": "NEW", "sourceTaskID": one}])
    ask("PUT", f"TASK/{one}", json_body={"status": "CPL"})
    assert shown(ask, "TASK", one, "status") == ["CPI"]


def test_a_status_of_the_tenant_acts_as_what_it_equates_with(ask: Asker) -> None:
    ask.sandbox.insert("CSTEM", [{"enumClass": "STATUS_TASK", "value": "BKD", "equatesWith": "CPL", "label": "Baked"}])
    one = task(ask, project(ask), "one")
    ask("PUT", f"TASK/{one}", json_body={"status": "BKD"})
    assert shown(ask, "TASK", one, "status", "percentComplete") == ["BKD", 100.0]


def test_a_project_completes_by_itself_with_its_last_task(ask: Asker) -> None:
    plan = project(ask, status="CUR", completionType="AUT")
    one, two = task(ask, plan, "one"), task(ask, plan, "two")
    ask("PUT", f"TASK/{one}", json_body={"status": "CPL"})
    assert shown(ask, "PROJ", plan, "status") == ["CUR"]
    ask("PUT", f"TASK/{two}", json_body={"percentComplete": 100})
    status, former, ended = shown(ask, "PROJ", plan, "status", "previousStatus", "actualCompletionDate")
    assert (status, former, ended is not None) == ("CPL", "CUR", True)


def test_a_project_is_not_completed_before_its_tasks_and_issues_are(ask: Asker) -> None:
    plan = project(ask, status="CUR", completionType="MAN")
    one = task(ask, plan, "one")
    status, message = ask.refused("PUT", f"PROJ/{plan}", json_body={"status": "CPL"})
    assert (status, "cannot be completed before one is" in message) == (422, True)
    ask("PUT", f"TASK/{one}", json_body={"status": "CPL"})
    ask("PUT", f"PROJ/{plan}", json_body={"status": "CPL"})
    assert shown(ask, "PROJ", plan, "status") == ["CPL"]


@pytest.mark.parametrize(("mode", "own", "other"), [
    ("S", "plannedStartDate", "plannedCompletionDate"), ("C", "plannedCompletionDate", "plannedStartDate")
])  # fmt: skip
def test_a_project_takes_the_date_it_is_planned_from_and_not_the_one_that_its_first_task_would_take_away(
    ask: Asker, mode: str, own: str, other: str
) -> None:
    body = {"name": "p", "scheduleMode": mode, own: MONDAY}
    assert (
        f"{other} (Project) comes from the tasks" in ask.refused("POST", "PROJ", json_body={**body, other: MONDAY})[1]
    )
    plan = ask("POST", "PROJ", json_body=body)["ID"]
    assert ask.refused("PUT", f"PROJ/{plan}", json_body={other: "2027-07-01T09:00:00"})[0] == 422


@pytest.mark.parametrize("status", ["PLN", "CUR"])
def test_a_project_that_completes_by_itself_is_not_completed_by_hand(ask: Asker, status: str) -> None:
    plan = project(ask, status=status, completionType="AUT")
    refused, message = ask.refused("PUT", f"PROJ/{plan}", json_body={"status": "CPL"})
    assert (refused, "completionType MAN" in message) == (422, True)
    ask("PUT", f"PROJ/{plan}", json_body={"status": "CPL", "completionType": "MAN"})
    assert shown(ask, "PROJ", plan, "status") == ["CPL"]


def test_a_condition_follows_the_work_again_once_it_may(ask: Asker) -> None:
    plan = project(ask, status="CUR")
    task(ask, plan, "one")
    ask("PUT", f"PROJ/{plan}", json_body={"conditionType": "MN", "condition": "IT"})
    assert shown(ask, "PROJ", plan, "condition") == ["IT"]
    ask("PUT", f"PROJ/{plan}", json_body={"conditionType": "PG"})
    assert shown(ask, "PROJ", plan, "condition") == ["ON"]


@pytest.mark.parametrize(("code", "name"), [("SCHED", "isDefault"), ("CMPY", "isPrimary")])
def test_a_place_that_one_row_has_goes_to_the_last_that_takes_it(ask: Asker, code: str, name: str) -> None:
    one, two = (ask("POST", code, json_body={"name": which, name: True})["ID"] for which in ("one", "two"))
    assert [ask("GET", f"{code}/{row}", {"fields": name})[name] for row in (one, two)] == [False, True]
    ask("PUT", f"{code}/{one}", json_body={name: True})
    assert [ask("GET", f"{code}/{row}", {"fields": name})[name] for row in (one, two)] == [True, False]


def test_what_is_late_shows_when_the_timeline_is_computed(ask: Asker) -> None:
    plan = project(ask, status="CUR")
    one = task(ask, plan, "one", 2)
    assert shown(ask, "TASK", one, "progressStatus") == ["ON"]
    ask.sandbox.clock.advance(timedelta(days=8))
    ask("PUT", f"PROJ/{plan}/calculateTimeline")
    state, start, end = shown(ask, "TASK", one, "progressStatus", "projectedStartDate", "projectedCompletionDate")
    assert (state, start[:10], end[:10]) == ("BH", "2027-05-11", "2027-05-13")
    ask.sandbox.clock.advance(timedelta(days=8))
    ask("PUT", f"PROJ/{plan}/calculateTimeline")
    assert shown(ask, "TASK", one, "progressStatus") == ["LT"]
    assert shown(ask, "PROJ", plan, "progressStatus", "condition") == ["LT", "IT"]
