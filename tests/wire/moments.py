"""Values the server works out, rows of other objects, and the forms of dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from tests.wire.case import (
    FIRST_PAGE,
    OTHER_PERSON,
    OTHER_PROJECT,
    PERSON,
    PROJECT,
    TASK,
    Answer,
    Call,
    Case,
    Covered,
    found,
)
from workfront_client.v22 import Assignment, Expense, Hour, Project, Task, User
from workfront_core.query.exists import exists, not_exists, outer
from workfront_core.query.raw import raw
from workfront_core.query.wildcard import NOW, TODAY, USER, Moment, days, months, weeks

WEST: Final = timezone(timedelta(hours=-4))
EAST: Final = timezone(timedelta(hours=5.5))


def from_then_on(restates: str, says: str, moment: Moment, text: str) -> Case:
    """Expenses that are planned for a moment or later."""
    return found(
        restates, says, lambda wf: wf.expense.search(Expense.f.planned_date >= moment),
        f"EXPNS/search?plannedDate={text.replace('+', '%2B')}&plannedDate_Mod=gte",
    )  # fmt: skip


def dated(restates: str, says: str, call: Call, value: str, answered: str, gives: datetime, differs: str = "") -> Case:
    """Projects entered at a time or later, and how the time of entry in the answer is read."""
    return Case(
        restates, says, call,
        f"GET PROJ/search?entryDate={value.replace('+', '%2B')}&entryDate_Mod=gte&{FIRST_PAGE}",
        answer=Answer([{"ID": PROJECT, "entryDate": answered}]), reads=lambda rows: rows[0].entry_date, gives=gives,
        differs=differs,
    )  # fmt: skip


CASES: Final = [
    found(
        "wildcard-02", "the caller", lambda wf: wf.project.search(Project.f.owner_id == USER.id),
        "PROJ/search?ownerID=$$USER.ID", PROJECT,
    ),
    found(
        "wildcard-03", "something of the caller's",
        lambda wf: wf.user.search(User.f.home_team_id == USER.home_team_id),
        "USER/search?homeTeamID=$$USER.homeTeamID", PERSON, OTHER_PERSON,
    ),
    from_then_on("wildcard-05", "the beginning of this month", TODAY.begin_of("month"), "$$TODAYbm"),
    found(
        "wildcard-06", "the time at which the server reads", lambda wf: wf.task.search(Task.f.planned_start_date < NOW),
        "TASK/search?plannedStartDate=$$NOW&plannedStartDate_Mod=lt", TASK,
    ),
    from_then_on("wildcard-08", "midnight of today", TODAY, "$$TODAY"),
    from_then_on("wildcard-12", "months later", TODAY + months(3), "$$TODAY+3m"),
    from_then_on(
        "wildcard-17", "the beginning of an earlier week", TODAY.begin_of("week") - weeks(2), "$$TODAYb-2w"
    ),
    from_then_on("wildcard-18", "the beginning of this quarter", TODAY.begin_of("quarter"), "$$TODAYbq"),
    from_then_on("wildcard-19", "the beginning of this year", TODAY.begin_of("year"), "$$TODAYby"),
    from_then_on("wildcard-21", "days from now", NOW + days(2), "$$NOW+2d"),
    found(
        "encoding-05", "a plus is escaped, or it would be read as a blank",
        lambda wf: wf.task.search(Task.f.planned_completion_date <= TODAY + days(14)),
        "TASK/search?plannedCompletionDate=$$TODAY%2B14d&plannedCompletionDate_Mod=lte", TASK,
        bytes_sent="=$$TODAY%2B14d",
    ),
    found(
        "exists-02", "an object with a row of another kind that lacks something",
        lambda wf: wf.task.search(
            exists(Assignment, Assignment.f.task_id == outer(Task.f.id), Assignment.f.role_id.is_null())
        ),
        "TASK/search?EXISTS:A:$$OBJCODE=ASSGN&EXISTS:A:taskID=FIELD:ID"
        "&EXISTS:A:roleID=&EXISTS:A:roleID_Mod=isnull", TASK,
    ),
    found(
        "exists-03", "an object without a row in some weeks",
        lambda wf: wf.project.search(not_exists(
            Hour, Hour.f.project_id == outer(Project.f.id),
            Hour.f.entry_date.between(TODAY.begin_of("week") - weeks(2), TODAY.end_of("week") - weeks(2)),
        )),
        "PROJ/search?EXISTS:A:$$OBJCODE=HOUR&EXISTS:A:projectID=FIELD:ID&EXISTS:A:$$EXISTSMOD=NOTEXISTS"
        "&EXISTS:A:entryDate=$$TODAYb-2w&EXISTS:A:entryDate_Range=$$TODAYe-2w&EXISTS:A:entryDate_Mod=between",
        OTHER_PROJECT,
    ),
    found(
        "exists-05", "an object whose parent passes a test",
        lambda wf: wf.hour.search(
            exists(Task, Task.f.id == outer(Hour.f.task_id), Task.f.status == "CPL")
        ),
        "HOUR/search?EXISTS:A:$$OBJCODE=TASK&EXISTS:A:ID=FIELD:taskID&EXISTS:A:status=CPL",
        differs="The field is called by its name, and a block says only that nothing may exist.",
    ),
    dated(
        "date-01", "the server's own form, with an offset",
        lambda wf: wf.project.search(Project.f.entry_date >= datetime(2027, 6, 7, 18, 15, tzinfo=WEST)),
        "2027-06-07T18:15:00:000-0400", "2027-06-07T18:15:00:000-0400", datetime(2027, 6, 7, 22, 15, tzinfo=UTC),
    ),
    dated(
        "date-03", "ISO 8601 in UTC is read; the server's form is written",
        lambda wf: wf.project.search(Project.f.entry_date >= datetime(2027, 6, 7, 8, 9, 10, 11_000, UTC)),
        "2027-06-07T08:09:10:011+0000", "2027-06-07T08:09:10.011Z", datetime(2027, 6, 7, 8, 9, 10, 11_000, UTC),
        differs="Both forms name the same instant.",
    ),
    dated(
        "date-04", "a time without a zone travels as raw text only; in a row it counts as UTC",
        lambda wf: wf.project.search(raw("entryDate", "gte", "2027-06-07T00:00:00")),
        "2027-06-07T00:00:00", "2027-06-07T00:00:00", datetime(2027, 6, 7, tzinfo=UTC),
    ),
    dated(
        "date-05", "a day alone", lambda wf: wf.project.search(Project.f.entry_date >= date(2027, 6, 7)),
        "2027-06-07", "2027-06-07", datetime(2027, 6, 7, tzinfo=UTC),
    ),
    Case(
        "date-08", "a time is written with a colon before the milliseconds",
        lambda wf: wf.task.update(TASK, planned_start_date=datetime(2027, 6, 7, 8, tzinfo=EAST)),
        f"PUT TASK/{TASK}", json={"plannedStartDate": "2027-06-07T08:00:00:000+0530"},
        answer=Answer({"ID": TASK}), reads=lambda row: row.id, gives=TASK,
    ),
]  # fmt: skip

TABLE: Final = [
    Covered("wildcard-01", "wildcard-02", "Both name the caller's ID; the client has one spelling."),
    Covered("wildcard-13", "wildcard-08", "The beginning of today is TODAY; some sources read a bare b as a week."),
    Covered("wildcard-15", "wildcard-05", "The same wildcard."),
    Covered("exists-04", "exists-03", "Sources write the negation in two ways; the client takes the documented one."),
]
