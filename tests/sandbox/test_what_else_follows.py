"""What follows from a write for queues, programs, conversions and people. docs/protocol.md 19."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.test_what_follows import ME, MIA, SEED, edit, make, project, read, refusal, task
from workfront_sandbox import Sandbox


@pytest.fixture
def ask() -> Asker:
    return Asker(Sandbox(SEED))


def test_work_that_its_assignee_takes_up_is_in_order(ask: Asker) -> None:
    where = project(ask)
    for code in ("TASK", "OPTASK"):
        mine, hers = (make(ask, code, projectID=where, assignedToID=one) for one in (ME, MIA))
        for one in (mine, hers):
            edit(ask, code, one, status="INP")
        assert (read(ask, code, mine, "condition"), read(ask, code, hers, "condition")) == (0, None)


def test_requests_are_taken_by_queues_that_run(ask: Asker) -> None:
    queue = {"isPublic": 1, "allowedOpTaskTypes": ["ISU"]}
    runs, waits = (make(ask, "PROJ", name=name, status=name, queueDef=queue) for name in ("CUR", "PLN"))
    make(ask, "PROJ", name="closed", status="CUR", queueDef={**queue, "isPublic": 0})
    for name in ("helpDeskQueues", "recentHelpDeskQueues"):
        assert [row["ID"] for row in ask("GET", f"PROJ/{name}")] == [runs]
    edit(ask, "PROJ", waits, status="CUR")
    assert {row["ID"] for row in ask("GET", "PROJ/helpDeskQueues")} == {runs, waits}


def test_projects_of_a_program_that_goes_move_up_to_its_portfolio(ask: Asker) -> None:
    above, elsewhere = make(ask, "PORT"), make(ask, "PORT")
    program = make(ask, "PRGM", portfolioID=above)
    bare, placed = project(ask, programID=program), project(ask, programID=program, portfolioID=elsewhere)
    ask("DELETE", f"PRGM/{program}")
    assert read(ask, "PROJ", bare, "programID", "portfolioID") == (None, above)
    assert read(ask, "PROJ", placed, "programID", "portfolioID") == (None, elsewhere)


def test_a_project_made_of_a_task_has_the_dates_of_what_came_along_and_is_shared_with_who_works_on_it(
    ask: Asker,
) -> None:
    where = project(ask)
    parent = task(ask, where, assignedToID=MIA)
    task(ask, where, parentID=parent, duration=3, durationUnit="D", workRequired=120, assignedToID=MIA)
    made = ask("PUT", f"TASK/{parent}/convertToProject", json_body={"project": {"name": "Big"}})["result"]
    names = ("plannedStartDate", "plannedCompletionDate", "durationMinutes", "workRequired")
    dates = ("2027-05-10T09:00:00:000+0000", "2027-05-12T17:00:00:000+0000")
    assert read(ask, "PROJ", made, *names) == (*dates, 1440, 120)
    rules = [row for row in ask.sandbox.rows("ACSRUL") if row["securityObjID"] == made]
    shared = {row["accessorID"]: row["coreAction"] for row in rules}
    assert shared == {ME: "DELETE", MIA: "LIMITED_EDIT"}


def test_a_manager_is_of_the_same_company(ask: Asker) -> None:
    one, two = make(ask, "CMPY", name="one"), make(ask, "CMPY", name="two")
    boss, mine = make(ask, "USER", companyID=one), make(ask, "USER", companyID=two)
    assert "another company" in refusal(ask, "USER", mine, managerID=boss)
    edit(ask, "USER", mine, managerID=boss, companyID=one)
    assert "another company" in refusal(ask, "USER", mine, companyID=two)


def test_the_primary_role_is_one_of_those_a_user_has(ask: Asker) -> None:
    first, second = make(ask, "ROLE", name="first"), make(ask, "ROLE", name="second")
    one = make(ask, "USER", roleID=first)
    edit(ask, "USER", one, userRoles=[{"roleID": second}])
    rows = ask("GET", f"USER/{one}", {"fields": "userRoles:roleID"})["userRoles"]
    assert {row["roleID"] for row in rows} == {first, second}


def test_the_day_of_a_deactivation_is_not_computed(ask: Asker) -> None:
    said = refusal(ask, "USER", MIA, scheduledDeactivationDate="2027-06-01T00:00:00")
    assert said == "Field scheduledDeactivationDate (User): not computed by this sandbox"


def test_estimates_take_no_notice_of_pins_and_promises(ask: Asker) -> None:
    where = make(ask, "PROJ", status="CUR", plannedStartDate="2027-05-03T09:00:00")
    pinned = {"taskConstraint": "MFO", "constraintDate": "2027-05-06T17:00:00", "duration": 4, "durationUnit": "D"}
    one, two = task(ask, where, **pinned), task(ask, where, assignedToID=ME)
    edit(ask, "TASK", two, commitDate="2027-05-20T17:00:00")
    names = ("projectedCompletionDate", "estCompletionDate", "progressStatus")
    assert read(ask, "TASK", one, *names) == ("2027-05-06T17:00:00:000+0000", "2027-05-11T10:00:00:000+0000", "RK")
    assert read(ask, "TASK", two, *names) == ("2027-05-20T17:00:00:000+0000", "2027-05-06T10:00:00:000+0000", "LT")


def test_what_is_not_computed_of_a_plan_reads_null_and_is_not_written(ask: Asker) -> None:
    one = task(ask, project(ask))
    assert read(ask, "TASK", one, "isCritical") is None
    assert refusal(ask, "TASK", one, isCritical=True).startswith("isCritical (Task) ")
    make(ask, "NOTE", noteText="!", noteObjCode="TASK", objID=one)
    found = ask("GET", f"TASK/{one}", {"fields": "updates:message"})["updates"]
    assert {row["message"] for row in found} == {None}
