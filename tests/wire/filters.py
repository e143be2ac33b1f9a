"""Conditions: operators, null tests, lists, ranges, custom fields, related objects, groups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from tests.wire.case import (
    FIRST_PAGE,
    GROUP,
    OTHER_PERSON,
    OTHER_PROJECT,
    OTHER_TASK,
    PERSON,
    PROJECT,
    TASK,
    Answer,
    Case,
    Covered,
    found,
)
from workfront_client.v22 import (
    Issue,
    JournalEntry,
    Priority,
    Project,
    Role,
    Task,
    TaskStatus,
    User,
)
from workfront_core.query.custom_field import custom

CENTRE: Final = custom("Cost Centre", of=Project.f)

CASES: Final = [
    found(
        "filter-01", "one value is compared for equality without saying so",
        lambda wf: wf.task.search(Task.f.status == TaskStatus.IN_PROGRESS), "TASK/search?status=INP", TASK,
    ),
    found(
        "filter-04", "a status without :A leaves out those that wait for approval",
        lambda wf: wf.task.search(Task.f.status == TaskStatus.COMPLETE), "TASK/search?status=CPL", OTHER_TASK,
    ),
    found(
        "encoding-06", "a list repeats its name",
        lambda wf: wf.task.search(Task.f.status.in_([TaskStatus.NEW, TaskStatus.IN_PROGRESS])),
        "TASK/search?status=NEW&status=INP", TASK, OTHER_TASK, bytes_sent="status=NEW&status=INP",
    ),
    found(
        "filter-05", "the same list, joined from single tests",
        lambda wf: wf.project.search((Project.f.status == "DED") | (Project.f.status == "IDA")),
        "PROJ/search?status=DED&status=IDA", PROJECT,
    ),
    found(
        "filter-06", "a list of texts", lambda wf: wf.role.search(Role.f.name.in_(["Diver", "Crane driver"])),
        "ROLE/search?name=Diver&name=Crane driver",
        differs="Repeated values mean a list without saying so.",
    ),
    found(
        "filter-07", "a list of IDs", lambda wf: wf.project.search(Project.f.id.in_([PROJECT, OTHER_PROJECT])),
        f"PROJ/search?ID={PROJECT}&ID={OTHER_PROJECT}", PROJECT, OTHER_PROJECT,
        differs="Repeated values work for every kind of field, lists with commas for IDs only.",
    ),
    found(
        "filter-08", "a comma in a text is a comma, not a list",
        lambda wf: wf.role.search(Role.f.name.in_(["Diver,Crane driver"])), "ROLE/search?name=Diver,Crane driver",
        differs="A list of one is an equality.",
    ),
    found(
        "filter-11", "!= finds nulls as well", lambda wf: wf.task.search(Task.f.assigned_to_id != PERSON),
        f"TASK/search?assignedToID={PERSON}&assignedToID_Mod=ne", TASK,
    ),
    found(
        "filter-14", "less", lambda wf: wf.project.search(Project.f.percent_complete < 80),
        "PROJ/search?percentComplete=80&percentComplete_Mod=lt", PROJECT,
    ),
    found(
        "filter-15", "less or equal", lambda wf: wf.project.search(Project.f.percent_complete <= 99.5),
        "PROJ/search?percentComplete=99.5&percentComplete_Mod=lte", PROJECT,
    ),
    found(
        "filter-16", "greater", lambda wf: wf.issue.search(Issue.f.priority > Priority.HIGH),
        "OPTASK/search?priority=3&priority_Mod=gt",
    ),
    found(
        "filter-18", "a part of a text", lambda wf: wf.project.search(Project.f.name.contains("Quay")),
        "PROJ/search?name=Quay&name_Mod=contains", OTHER_PROJECT,
    ),
    found(
        "filter-19", "a part in any case", lambda wf: wf.project.search(Project.f.name.icontains("QUAY")),
        "PROJ/search?name=QUAY&name_Mod=cicontains", OTHER_PROJECT,
    ),
    found(
        "filter-21", "without a part, in any case",
        lambda wf: wf.project.search(Project.f.name.not_icontains("quay")),
        "PROJ/search?name=quay&name_Mod=cinotcontains", PROJECT,
    ),
    found(
        "filter-23", "all of some words",
        lambda wf: wf.issue.search(Issue.f.name.icontains_all(["pier", "crack"])),
        "OPTASK/search?name=pier crack&name_Mod=cicontainsall",
    ),
    found(
        "filter-25", "a pattern in any case", lambda wf: wf.role.search(Role.f.name.ilike("d_v%")),
        "ROLE/search?name=d_v%25&name_Mod=cilike",
    ),
    found(
        "filter-27", "a range holds both its ends", lambda wf: wf.task.search(Task.f.priority.between(1, 3)),
        "TASK/search?priority=1&priority_Range=3&priority_Mod=between", TASK,
    ),
    found(
        "filter-30", "null, with the empty value some servers insist on",
        lambda wf: wf.task.search(Task.f.description.is_null()), "TASK/search?description=&description_Mod=isnull",
    ),
    found(
        "filter-32", "not null", lambda wf: wf.task.search(Task.f.description.not_null()),
        "TASK/search?description=&description_Mod=notnull", TASK,
    ),
    found(
        "filter-34", "neither null nor empty", lambda wf: wf.issue.search(Issue.f.description.not_blank()),
        "OPTASK/search?description=&description_Mod=notblank",
    ),
    found(
        "filter-36", "all bits of a mask", lambda wf: wf.user.search(User.f.login_count.all_bits(6)),
        "USER/search?loginCount=6&loginCount_Mod=bitwiseand", PERSON,
    ),
    found(
        "filter-38", "longer than", lambda wf: wf.task.search(Task.f.name.length > 40),
        "TASK/search?name=40&name_Mod=length_gt",
    ),
    found(
        "filter-39", "of one length", lambda wf: wf.task.search(Task.f.wbs.length == 3),
        "TASK/search?wbs=3&wbs_Mod=length_eq", TASK,
    ),
    found(
        "filter-40", "shorter than", lambda wf: wf.task.search(Task.f.name.length < 5),
        "TASK/search?name=5&name_Mod=length_lt", OTHER_TASK,
    ),
    found(
        "filter-42", "sounding alike", lambda wf: wf.user.search(User.f.last_name.soundex("Meier")),
        "USER/search?lastName=Meier&lastName_Mod=soundex", PERSON,
    ),
    found(
        "filter-44", "an instant is met to the millisecond, and here it is not",
        lambda wf: wf.task.search(
            Task.f.actual_start_date == datetime(2027, 2, 3, 7, 59, 59, 999_000, timezone(timedelta(hours=2)))
        ),
        "TASK/search?actualStartDate=2027-02-03T07:59:59:999%2B0200&actualStartDate_Mod=exacttime",
    ),
    found(
        "filter-45", "an instant that is met",
        lambda wf: wf.task.search(Task.f.actual_start_date == datetime(2027, 2, 3, 6, tzinfo=UTC)),
        "TASK/search?actualStartDate=2027-02-03T06:00:00:000%2B0000&actualStartDate_Mod=exacttime", TASK,
    ),
    found(
        "filter-46", "a custom field", lambda wf: wf.project.search(CENTRE == "K-7"),
        "PROJ/search?DE:Cost Centre=K-7", PROJECT,
    ),
    found(
        "encoding-03", "blanks in its name are %20, the colon stays", lambda wf: wf.project.search(CENTRE == "K-8"),
        "PROJ/search?DE:Cost Centre=K-8", bytes_sent="DE:Cost%20Centre=K-8",
    ),
    found(
        "filter-47", "a custom field without a value", lambda wf: wf.project.search(CENTRE.is_blank()),
        "PROJ/search?DE:Cost Centre=&DE:Cost Centre_Mod=isblank", OTHER_PROJECT,
    ),
    found(
        "filter-48", "a field of a related object", lambda wf: wf.task.search(Task.f.assigned_to.last_name == "Falk"),
        "TASK/search?assignedTo:lastName=Falk", TASK,
    ),
    found(
        "filter-49", "conditions side by side hold together",
        lambda wf: wf.issue.search(Issue.f.percent_complete < 100, Issue.f.owner.title == "Diver"),
        "OPTASK/search?percentComplete=100&percentComplete_Mod=lt&owner:title=Diver",
    ),
    found(
        "filter-50", "two objects away", lambda wf: wf.task.search(Task.f.project.group.name == "Docks"),
        "TASK/search?project:group:name=Docks", TASK, OTHER_TASK,
    ),
    found(
        "filter-54", "through a collection: some member",
        lambda wf: wf.task.search(Task.f.assignments.status == "DN"), "TASK/search?assignments:status=DN", TASK,
    ),
    found(
        "filter-56", "a name the sign-in would take is a filter in JSON",
        lambda wf: wf.user.search(User.f.username == "mia@harbour.example"),
        'USER/search?filters={"username": "mia@harbour.example"}', PERSON,
    ),
    found(
        "filter-59", "truth values are words", lambda wf: wf.user.search(User.f.is_active == False),  # noqa: E712
        "USER/search?isActive=false",
    ),
    found(
        "or-03", "what stands in one alternative does not hold in the other",
        lambda wf: wf.task.search(
            ((Task.f.project_id == PROJECT) & (Task.f.priority == Priority.URGENT)) | (Task.f.status == "INP")
        ),
        f"TASK/search?projectID={PROJECT}&priority=4&OR:1:status=INP", TASK,
    ),
    found(
        "or-04", "what holds for both alternatives is repeated in both",
        lambda wf: wf.task.search(
            Task.f.project_id == PROJECT, (Task.f.priority == Priority.URGENT) | (Task.f.name == "Dredge")
        ),
        f"TASK/search?projectID={PROJECT}&priority=4"
        f"&OR:1:projectID={PROJECT}&OR:1:name=Dredge", TASK,
    ),
    found(
        "or-05", "two alternatives and nothing else",
        lambda wf: wf.task.search((Task.f.status == "NEW") | (Task.f.name == "Dredge")),
        "TASK/search?status=NEW&OR:1:name=Dredge", TASK, OTHER_TASK,
        differs="The plain parameters are a group like the others, so the first alternative stands there.",
    ),
    Case(
        "or-07", "order and page stay outside of the groups",
        lambda wf: wf.user.search(
            (User.f.title == "Diver") | (User.f.home_group_id == GROUP), order_by=[User.f.id.asc()], page_size=25
        ),
        f"GET USER/search?title=Diver&OR:1:homeGroupID={GROUP}&ID_Sort=asc&$$FIRST=0&$$LIMIT=25",
        answer=Answer([{"ID": PERSON}, {"ID": OTHER_PERSON}]),
        reads=lambda rows: [row.id for row in rows], gives=[PERSON, OTHER_PERSON],
    ),
    Case(
        "sync-01", "what changed since a moment",
        lambda wf: wf.task.search(
            Task.f.last_update_date >= datetime(2027, 4, 5, 6, 7, 8, 90_000, UTC),
            fields=["name", "lastUpdateDate"], page_size=500,
        ),
        "GET TASK/search?lastUpdateDate=2027-04-05T06:07:08:090%2B0000&lastUpdateDate_Mod=gte"
        "&fields=name,lastUpdateDate&ID_Sort=asc&$$FIRST=0&$$LIMIT=500",
        answer=Answer([
            {"ID": TASK, "name": "Dredge", "objCode": "TASK", "lastUpdateDate": "2027-04-05T09:00:00:000+0200"}
        ]),
        reads=lambda rows: [(row.id, row.name, row.last_update_date) for row in rows],
        gives=[(TASK, "Dredge", datetime(2027, 4, 5, 7, tzinfo=UTC))],
        differs="Moments are written in the server's own form; the ID comes unasked.",
    ),
    Case(
        "sync-02", "what happened to one field",
        lambda wf: wf.journal_entry.search(
            JournalEntry.f.field_name == "status", JournalEntry.f.obj_obj_code == "TASK",
            JournalEntry.f.entry_date >= datetime(2027, 4, 5, tzinfo=UTC),
            fields=[JournalEntry.f.old_text_val, JournalEntry.f.new_text_val, JournalEntry.f.obj_id],
        ),
        "GET JRNLE/search?fieldName=status&objObjCode=TASK&entryDate=2027-04-05T00:00:00:000%2B0000&entryDate_Mod=gte"
        f"&fields=oldTextVal,newTextVal,objID&{FIRST_PAGE}",
        answer=Answer([{"ID": OTHER_TASK, "objID": TASK, "oldTextVal": "NEW", "newTextVal": "INP"}]),
        reads=lambda rows: [(row.obj_id, row.old_text_val, row.new_text_val) for row in rows],
        gives=[(TASK, "NEW", "INP")],
        differs="Moments are written in the server's own form.",
    ),
]  # fmt: skip

TABLE: Final = [
    Covered("filter-02", "filter-01", "eq is what the server assumes, so the client does not write it."),
    Covered("filter-28", "filter-27", "A range alone means between; the client writes it out."),
    Covered("filter-31", "filter-30", "The client always sends the empty value, which both kinds of server accept."),
]
