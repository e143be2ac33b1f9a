"""What follows from a write, rule by rule: dates, numbers, parents, threads, people. docs/protocol.md 19."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import Asker
from workfront_sandbox import Sandbox

ME, MIA = f"{1:032x}", f"{2:032x}"
TEAM, GROUP = f"{3:032x}", f"{4:032x}"
NOW, START = "2027-05-05T10:00:00:000+0000", "2027-05-10T09:00:00"
SEED: dict[str, Any] = {
    "now": NOW,
    "me": ME,
    "USER": [{"ID": ME, "name": "Ana", "isActive": True}, {"ID": MIA, "name": "Mia", "isActive": True}],
    "TEAMOB": [{"ID": TEAM, "name": "Bakers"}],
    "GROUP": [{"ID": GROUP, "name": "All"}],
}
NAMELESS = {"HOUR", "NOTE", "TSHET"}
REFUSAL = "not computed by this sandbox"


@pytest.fixture
def ask() -> Asker:
    return Asker(Sandbox(SEED))


def project(ask: Asker, **values: Any) -> str:
    return make(ask, "PROJ", status="CUR", plannedStartDate=START, **values)


def make(ask: Asker, code: str, **values: Any) -> str:
    named = {} if code in NAMELESS else {"name": code}
    return str(ask("POST", code, json_body={**named, **values})["ID"])


def task(ask: Asker, where: str, **values: Any) -> str:
    return make(ask, "TASK", projectID=where, **values)


def edit(ask: Asker, code: str, object_id: str, **values: Any) -> None:
    ask("PUT", f"{code}/{object_id}", json_body=values)


def read(ask: Asker, code: str, object_id: str, *names: str) -> Any:
    row = ask("GET", f"{code}/{object_id}", {"fields": ",".join(names)})
    return row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)


def refusal(ask: Asker, code: str, object_id: str, **values: Any) -> str:
    return str(ask.refused("PUT", f"{code}/{object_id}", json_body=values)[1])


@pytest.mark.parametrize(
    ("values", "date"),
    [
        ({}, "2027-05-10T09:00"),
        ({"taskConstraint": "MSO", "constraintDate": "2027-05-18T09:00:00"}, "2027-05-18T09:00"),
        ({"taskConstraint": "SNET", "constraintDate": "2027-05-18T09:00:00"}, "2027-05-18T09:00"),
        ({"taskConstraint": "SNET", "constraintDate": "2027-05-03T09:00:00"}, "2027-05-05T10:00"),
        ({"taskConstraint": "MFO", "constraintDate": "2027-05-18T17:00:00"}, "2027-05-18T09:00"),
        ({"taskConstraint": "SNLT", "constraintDate": "2027-05-18T09:00:00"}, "2027-05-10T09:00"),
        ({"taskConstraint": "MSO", "constraintDate": "2027-05-18T09:00:00", "status": "INP"}, "2027-05-10T09:00"),
    ],
)
def test_a_task_is_handed_off_when_nothing_is_in_its_way(ask: Asker, values: dict[str, Any], date: str) -> None:
    where = project(ask)
    one = task(ask, where, **{name: value for name, value in values.items() if name != "status"})
    if "status" in values:
        edit(ask, "TASK", one, status=values["status"])
    assert read(ask, "TASK", one, "handoffDate").startswith(date)


def test_a_task_is_handed_off_when_the_last_of_its_predecessors_is_done_and_its_lag_over(ask: Asker) -> None:
    where = project(ask)
    first, second, last = task(ask, where), task(ask, where), task(ask, where, predecessorExpression="1fs,2fs+2d")
    edit(ask, "TASK", first, status="CPL")
    assert read(ask, "TASK", last, "handoffDate") is None
    edit(ask, "TASK", second, status="CPL")
    assert read(ask, "TASK", last, "handoffDate") == "2027-05-07T10:00:00:000+0000"
    edit(ask, "TASK", first, percentComplete=50)
    assert read(ask, "TASK", last, "handoffDate") is None


@pytest.mark.parametrize("status", ["PLN", "IDA"])
def test_tasks_of_projects_that_are_not_under_way_have_no_handoff(ask: Asker, status: str) -> None:
    where = project(ask)
    one = task(ask, where)
    edit(ask, "PROJ", where, status=status)
    assert read(ask, "TASK", one, "handoffDate") is None
    edit(ask, "PROJ", where, status="ONH")
    assert read(ask, "TASK", one, "handoffDate").startswith("2027-05-10")


def test_a_parent_knows_its_children_and_gets_back_what_it_had(ask: Asker) -> None:
    where = project(ask)
    above, other = task(ask, where, duration=3), task(ask, where)
    below = task(ask, where, parentID=above, duration=7)
    names = ("numberOfChildren", "originalDuration", "durationMinutes")
    assert read(ask, "TASK", above, *names) == (1, 1440, 3360)
    edit(ask, "TASK", below, parentID=other)
    assert read(ask, "TASK", above, *names) == (0, 1440, 1440)
    assert read(ask, "TASK", above, "plannedCompletionDate").startswith("2027-05-12T17:00")
    assert read(ask, "TASK", other, *names) == (1, 480, 3360)
    ask("PUT", f"TASK/{below}/move", json_body={"projectID": where, "parentID": above})
    assert (read(ask, "TASK", above, "numberOfChildren"), read(ask, "TASK", other, "numberOfChildren")) == (1, 0)


def test_copies_of_parents_know_their_children(ask: Asker) -> None:
    where = project(ask)
    above = task(ask, where, duration=3)
    for _ in range(2):
        task(ask, where, parentID=above)
    (copied,) = ask("PUT", "TASK/bulkCopy", json_body={"taskIDs": [above], "projectID": where})["result"]
    assert read(ask, "TASK", copied, "numberOfChildren", "originalDuration") == (2, 1440)


def test_a_template_task_knows_its_children(ask: Asker) -> None:
    template = make(ask, "TMPL")
    above = make(ask, "TTSK", templateID=template)
    below = make(ask, "TTSK", templateID=template, parentID=above)
    assert read(ask, "TTSK", above, "numberOfChildren") == 1
    ask("DELETE", f"TTSK/{below}", {"force": "true"})
    assert read(ask, "TTSK", above, "numberOfChildren") == 0


@pytest.mark.parametrize("late", ["ALAP", "LAT"])
def test_a_task_that_is_as_late_as_can_be_moves_with_the_end_of_its_project(ask: Asker, late: str) -> None:
    where = project(ask)
    long, last = task(ask, where, duration=5), task(ask, where, taskConstraint=late)
    assert read(ask, "TASK", last, "plannedCompletionDate").startswith("2027-05-14T17:00")
    edit(ask, "TASK", long, duration=8)
    assert read(ask, "TASK", last, "plannedCompletionDate").startswith("2027-05-19T17:00")
    task(ask, where, duration=10)
    assert read(ask, "TASK", last, "plannedCompletionDate").startswith("2027-05-21T17:00")


@pytest.mark.parametrize("code", ["EAT", "LAT"])
def test_a_task_that_yields_to_its_neighbours_has_none(ask: Asker, code: str) -> None:
    where = project(ask)
    task(ask, where)
    yielding, last = task(ask, where, taskConstraint=code), task(ask, where)
    assert REFUSAL in refusal(ask, "TASK", yielding, predecessorExpression="1fs")
    assert REFUSAL in refusal(ask, "TASK", last, predecessors=[{"predecessorID": yielding}])
    edit(ask, "TASK", last, predecessorExpression="1fs")
    assert REFUSAL in refusal(ask, "TASK", last, taskConstraint=code)


def test_projects_are_numbered_and_tasks_wait_for_those_of_others(ask: Asker) -> None:
    first, second = project(ask), project(ask)
    number = read(ask, "PROJ", first, "referenceNumber")
    assert read(ask, "PROJ", second, "referenceNumber") == number + 1
    task(ask, first, duration=3)
    waiting = task(ask, second, predecessorExpression=f"{number}:1fs")
    assert read(ask, "TASK", waiting, "plannedStartDate").startswith("2027-05-13T09:00")
    (copied,) = (ask("POST", "PROJ", {"copySourceID": first})["ID"],)
    assert read(ask, "PROJ", copied, "referenceNumber") == number + 2


def test_a_project_lasts_as_long_as_its_tasks_and_begins_with_the_first(ask: Asker) -> None:
    where = project(ask)
    one = task(ask, where, duration=6)
    assert read(ask, "PROJ", where, "durationMinutes", "actualStartDate") == (6 * 480, None)
    edit(ask, "TASK", one, status="INP", duration=2)
    assert read(ask, "PROJ", where, "durationMinutes", "actualStartDate") == (2 * 480, NOW)


def test_a_new_project_says_by_which_rules_it_is_planned(ask: Asker) -> None:
    names = ("scheduleMode", "updateType", "summaryCompletionType", "conditionType")
    assert read(ask, "PROJ", project(ask), *names) == ("S", "AUTO", "AUT", "PG")


def test_a_project_that_completes_by_itself_is_not_opened_while_everything_is_done(ask: Asker) -> None:
    where = project(ask, completionType="AUT")
    one = task(ask, where)
    edit(ask, "TASK", one, status="CPL")
    edit(ask, "PROJ", where, status="CUR")
    assert read(ask, "PROJ", where, "status") == "CPL"
    edit(ask, "TASK", one, percentComplete=50)
    edit(ask, "PROJ", where, status="CUR")
    assert read(ask, "PROJ", where, "status") == "CUR"


def test_who_works_on_something_takes_its_condition_back_by_another_status(ask: Asker) -> None:
    where = project(ask)
    mine, hers = task(ask, where, assignedToID=ME), task(ask, where, assignedToID=MIA)
    for one in (mine, hers):
        edit(ask, "TASK", one, condition=2)
        edit(ask, "TASK", one, status="INP")
    assert (read(ask, "TASK", mine, "condition"), read(ask, "TASK", hers, "condition")) == (0, 2)
    edit(ask, "TASK", mine, status="NEW", condition=1)
    assert read(ask, "TASK", mine, "condition") == 1


def test_done_with_my_part_leaves_the_parts_of_users_and_teams(ask: Asker) -> None:
    parts = [{"teamID": TEAM}, {"assignedToID": MIA}, {"assignedToID": ME}]
    one = task(ask, project(ask), assignments=parts)
    ask("PUT", f"TASK/{one}/markDone", json_body={})
    found = {row.get("assignedToID"): row["status"] for row in ask.sandbox.rows("ASSGN")}
    assert found == {None: "AA", MIA: "AA", ME: "DN"}
    assert [row["isPrimary"] for row in ask.sandbox.rows("ASSGN")] == [False, True, False]


def test_the_tasks_of_a_template_come_on_their_day(ask: Asker) -> None:
    template = make(ask, "TMPL")
    for day in (0, 2):
        make(ask, "TTSK", templateID=template, name=str(day), startDay=day, duration=1)
    where = make(ask, "PROJ", templateID=template, plannedStartDate="2027-06-01T09:00:00", status="CUR")
    rows = ask("GET", "TASK/search", {"projectID": where, "fields": "name,plannedStartDate"})
    found = {row["name"]: row["plannedStartDate"][:16] for row in rows}
    assert found == {"0": "2027-06-01T09:00", "2": "2027-06-03T09:00"}
    assert read(ask, "PROJ", where, "plannedCompletionDate").startswith("2027-06-03T17:00")


def test_a_task_that_is_moved_gets_number_dates_and_a_fitting_constraint(ask: Asker) -> None:
    first, second = project(ask), make(ask, "PROJ", status="CUR", plannedStartDate="2027-06-07T09:00:00")
    task(ask, second)
    one = task(ask, first, taskConstraint="MSO", constraintDate="2027-05-12T09:00:00")
    below = task(ask, first, parentID=task(ask, first))
    ask("PUT", f"TASK/{one}/move", json_body={"projectID": second})
    found = read(ask, "TASK", one, "taskNumber", "taskConstraint", "constraintDate")
    assert found == (2, "ASAP", None)
    assert read(ask, "TASK", one, "plannedStartDate").startswith("2027-06-07T09:00")
    ask("PUT", f"TASK/{below}/move", json_body={"projectID": second})
    assert read(ask, "TASK", below, "taskNumber", "parentID") == (3, None)


def test_replies_belong_to_the_thread_of_what_they_answer(ask: Asker) -> None:
    where = project(ask)
    about = {"noteText": "Hot", "noteObjCode": "TASK", "objID": task(ask, where)}
    note = make(ask, "NOTE", **about)
    reply = make(ask, "NOTE", **about, parentNoteID=note)
    again = make(ask, "NOTE", **about, parentNoteID=reply)
    assert read(ask, "NOTE", note, "threadID", "isReply", "numReplies", "projectID") == (note, False, 1, where)
    assert read(ask, "NOTE", again, "threadID", "isReply") == (note, True)
    ask("DELETE", f"NOTE/{reply}")
    assert read(ask, "NOTE", note, "numReplies") == 0
    assert ask.refused("POST", "NOTE", json_body={**about, "parentNoteID": ME})[0] == 422


@pytest.mark.parametrize("given", [{"sourceTaskID": "T"}, {"sourceObjID": "T", "sourceObjCode": "TASK"}])
def test_an_issue_says_in_both_ways_what_it_was_made_on(ask: Asker, given: dict[str, str]) -> None:
    where = project(ask)
    one = task(ask, where)
    values = {name: one if value == "T" else value for name, value in given.items()}
    issue = make(ask, "OPTASK", projectID=where, **values)
    assert read(ask, "OPTASK", issue, "sourceTaskID", "sourceObjID", "sourceObjCode") == (one, one, "TASK")
    edit(ask, "TASK", one, status="CPL")
    assert read(ask, "TASK", one, "status") == "CPI"


@pytest.mark.parametrize(("code", "name"), [("OPTASK", "isComplete"), ("TASK", "isStatusComplete")])
def test_whether_work_is_complete_is_shown_and_found(ask: Asker, code: str, name: str) -> None:
    where = project(ask)
    still, done = make(ask, code, projectID=where), make(ask, code, projectID=where)
    edit(ask, code, done, percentComplete=100)
    assert (read(ask, code, still, name), read(ask, code, done, name)) == (False, True)
    for truth, wanted in (("true", done), ("false", still)):
        assert [row["ID"] for row in ask("GET", f"{code}/search", {name: truth})] == [wanted]


def test_a_task_shows_and_is_found_by_the_status_that_its_own_stands_for(ask: Asker) -> None:
    own = {"enumClass": "STATUS_TASK", "value": "AOK", "label": "Fine", "equatesWith": "CPL"}
    ask("POST", "CSTEM", json_body=own)
    where = project(ask)
    done, new = task(ask, where), task(ask, where)
    edit(ask, "TASK", done, status="AOK")
    assert [read(ask, "TASK", one, "statusEquatesWith") for one in (done, new)] == ["CPL", "NEW"]
    assert [row["ID"] for row in ask("GET", "TASK/search", {"statusEquatesWith": "CPL"})] == [done]
    assert REFUSAL in refusal(ask, "TASK", new, statusEquatesWith="CPL")
    edit(ask, "TASK", new, statusEquatesWith="NEW")


def test_the_status_and_start_of_a_task_are_those_of_the_project_it_becomes(ask: Asker) -> None:
    where = project(ask)
    for status, becomes in (("NEW", "PLN"), ("INP", "CUR")):
        one = task(ask, where, status=status)
        made = ask("PUT", f"TASK/{one}/convertToProject", json_body={"project": {"name": "Big"}})["result"]
        assert read(ask, "PROJ", made, "status") == becomes
        assert read(ask, "PROJ", made, "plannedStartDate").startswith("2027-05-10T09:00")


def test_the_default_duration_of_a_queue_is_the_planned_work_of_its_issues(ask: Asker) -> None:
    queue = {"isPublic": 1, "allowedOpTaskTypes": ["ISU"], "defaultDurationMinutes": 960}
    issue = make(ask, "OPTASK", projectID=project(ask, queueDef=queue))
    assert read(ask, "OPTASK", issue, "durationMinutes", "workRequired", "work") == (960, 960, 16.0)


def test_the_general_hours_of_a_timesheet_go_with_it_and_those_of_work_stay(ask: Asker) -> None:
    where = project(ask)
    sheet = make(ask, "TSHET", userID=ME, startDate="2027-05-03", endDate="2027-05-09")
    work = make(ask, "HOUR", hours=2, projectID=where, entryDate="2027-05-05")
    general = make(ask, "HOUR", hours=1, entryDate="2027-05-05")
    assert {read(ask, "HOUR", one, "timesheetID") for one in (work, general)} == {sheet}
    ask("DELETE", f"TSHET/{sheet}")
    assert [(row["ID"], row["timesheetID"]) for row in ask.sandbox.rows("HOUR")] == [(work, None)]


def test_one_company_is_ones_own_and_those_out_of_use_get_nobody(ask: Asker) -> None:
    first, second = make(ask, "CMPY", isPrimary=True), make(ask, "CMPY", isPrimary=True)
    assert (read(ask, "CMPY", first, "isPrimary"), read(ask, "CMPY", second, "isPrimary")) == (False, True)
    edit(ask, "USER", MIA, companyID=first)
    edit(ask, "CMPY", first, isActive=False)
    edit(ask, "USER", MIA, title="Baker", companyID=first)
    assert "is not active and cannot be attached" in refusal(ask, "USER", ME, companyID=first)


@pytest.mark.parametrize("share", [0, -0.5, 1.01, 2])
def test_a_share_of_the_working_time_is_above_0_and_at_most_1(ask: Asker, share: float) -> None:
    assert refusal(ask, "USER", ME, workTime=share) == f'Invalid Parameter: workTime value "{share}"'
    edit(ask, "USER", ME, workTime=0.5)
    made = make(ask, "USER", firstName="Bo", lastName="Berg", emailAddr="bo@bakery.test")
    assert read(ask, "USER", made, "workTime", "fte") == (1.0, 1.0)


@pytest.mark.parametrize(("code", "key"), [("USER", "homeGroupID"), ("PROJ", "groupID"), ("GROUP", "parentID")])
def test_a_group_that_something_belongs_to_is_not_deleted(ask: Asker, code: str, key: str) -> None:
    member = make(ask, code, **({"firstName": "Bo"} if code == "USER" else {}), **{key: GROUP})
    assert "replace it by another group" in ask.refused("DELETE", f"GROUP/{GROUP}")[1]
    edit(ask, code, member, **{key: None})
    ask("DELETE", f"GROUP/{GROUP}")


@pytest.mark.parametrize(
    ("name", "value"),
    [("workEffort", 2), ("levelingStartDelayMinutes", 60), ("parentLag", 1.0), ("parentLagType", "d")],
)
def test_what_would_move_dates_or_work_in_a_way_that_is_not_computed_is_refused(
    ask: Asker, name: str, value: Any
) -> None:
    one = task(ask, project(ask))
    assert REFUSAL in refusal(ask, "TASK", one, **{name: value})
    assert REFUSAL in refusal(ask, "USER", ME, scheduledDeactivationDate="2027-06-01")


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [("PROJ", "actualCompletionDate", START), ("PROJ", "workRequired", 600), ("PROJ", "work", 10.0),
     ("OPTASK", "durationMinutes", 960)],
)  # fmt: skip
def test_what_follows_from_something_else_is_not_written(ask: Asker, code: str, name: str, value: Any) -> None:
    where = project(ask)
    one = where if code == "PROJ" else make(ask, code, projectID=where)
    before = read(ask, code, one, name)
    assert refusal(ask, code, one, **{name: value}).startswith(f"{name} (")
    assert read(ask, code, one, name) == before


def test_strict_sandboxes_take_dates_together_with_the_constraint_that_holds_them() -> None:
    sandbox = Sandbox(SEED, strict=True)
    sandbox.accounts.issue(ME, "mia")
    ask = Asker(sandbox)
    one = task(ask, project(ask))
    edit(ask, "TASK", one, taskConstraint="FIXT", plannedStartDate=START, plannedCompletionDate="2027-05-12T17:00:00")
    assert read(ask, "TASK", one, "plannedCompletionDate", "durationMinutes") == ("2027-05-12T17:00:00:000+0000", 1440)
    edit(ask, "TASK", one, taskConstraint="ASAP")
    edit(ask, "TASK", one, plannedStartDate="2027-06-01T09:00:00")
    assert read(ask, "TASK", one, "plannedStartDate").startswith("2027-05-10T09:00")
