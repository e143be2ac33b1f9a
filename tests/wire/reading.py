"""Addresses, rows by ID, fields, envelopes, order and pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from tests.wire.case import (
    FIRST_PAGE,
    ISSUE,
    OTHER_PERSON,
    OTHER_PROJECT,
    OTHER_TASK,
    PERSON,
    PROJECT,
    ROLE,
    TASK,
    Answer,
    Case,
    Covered,
    found,
    refusal,
)
from workfront_client.v22 import Issue, OpTaskStatus, Project, ProjectField, ProjectStatus, Role, Task, TaskStatus
from workfront_core.errors import Gone, InvalidRequest, NotFound, ProtocolError
from workfront_core.operations import operation
from workfront_core.query.raw import raw_field

MISSING: Final = "0123456789abcdef0123456789abcdef"

CASES: Final = [
    Case(
        "url-01", "an object is addressed by its objCode below the version", lambda wf: wf.project.get(PROJECT),
        f"GET PROJ/{PROJECT}",
        answer=Answer({"ID": PROJECT, "name": "Harbour crane", "objCode": "PROJ"}),
        reads=lambda row: (type(row), row.id, row.name), gives=(Project, PROJECT, "Harbour crane"),
    ),
    Case(
        "url-06", "issues are OPTASK on the wire", lambda wf: wf.issue.get(ISSUE),
        f"GET OPTASK/{ISSUE}",
        answer=Answer({"ID": ISSUE, "objCode": "OPTASK"}),
        reads=lambda row: (type(row), row.id), gives=(Issue, ISSUE),
    ),
    Case(
        "url-11", "a field the schema does not know is kept",
        lambda wf: wf.project.search(Project.f.status == ProjectStatus.PLANNING, fields=["name", raw_field("shade")]),
        "GET PROJ/search?status=PLN&fields=name,shade&ID_Sort=asc&$$FIRST=0&$$LIMIT=200",
        answer=Answer([{"ID": PROJECT, "name": "Harbour crane", "objCode": "PROJ", "shade": "Green"}]),
        reads=lambda rows: [(row.name, row.shade) for row in rows], gives=[("Harbour crane", "Green")],
        differs="The client addresses a version, never the unsupported sibling path.",
    ),
    Case(
        "url-14", "a secondary object has no service; asked for freely, the server's refusal is an error",
        lambda wf: wf.request("POST", "NONWKD", json={"nonWorkDate": "2027-05-06"}),
        "POST NONWKD", json={"nonWorkDate": "2027-05-06"},
        answer=refusal("NONWKD is not a top level object and can't be requested directly in internal"),
        raises=(InvalidRequest, "not a top level object.*\n.*through its parent"),
        differs="Values travel as a JSON body, not as updates= in a form.",
    ),
    Case(
        "url-15", "an operation that was removed is gone", lambda wf: wf.request("GET", "OLDOBJ/search"),
        "GET OLDOBJ/search",
        answer=Answer(status=410, body=""), raises=(Gone, "410"),
    ),
    Case(
        "envelope-01", "numbers, codes and times of a row come typed", lambda wf: wf.project.get(OTHER_PROJECT),
        f"GET PROJ/{OTHER_PROJECT}",
        answer=Answer({
            "ID": OTHER_PROJECT, "objCode": "PROJ", "name": "New quay", "percentComplete": 12.5, "priority": 3,
            "plannedStartDate": "2027-01-11T08:30:00:000+0100", "status": "ONH",
        }),
        reads=lambda row: (row.name, row.percent_complete, row.priority, row.planned_start_date, row.status),
        gives=("New quay", 12.5, 3, datetime(2027, 1, 11, 7, 30, tzinfo=UTC), ProjectStatus.ON_HOLD),
    ),
    Case(
        "envelope-03", "one row by id= comes bare and is a list of one", lambda wf: wf.project.get_many([PROJECT]),
        f"GET PROJ?id={PROJECT}",
        answer=Answer({"ID": PROJECT}), reads=lambda rows: [row.id for row in rows], gives=[PROJECT],
    ),
    Case(
        "envelope-04", "several IDs are joined with commas", lambda wf: wf.project.get_many([OTHER_PROJECT, PROJECT]),
        f"GET PROJ?id={OTHER_PROJECT},{PROJECT}",
        answer=Answer([{"ID": OTHER_PROJECT}, {"ID": PROJECT}]),
        reads=lambda rows: [row.id for row in rows], gives=[OTHER_PROJECT, PROJECT],
    ),
    found(
        "envelope-07", "a code nobody has finds nothing", lambda wf: wf.task.search(Task.f.status == "QQQ"),
        "TASK/search?status=QQQ",
    ),
    Case(
        "envelope-10", "an error may be a bare text", lambda wf: wf.request("GET", f"PROJ/{PROJECT}/one/two"),
        f"GET PROJ/{PROJECT}/one/two",
        answer=Answer(status=422, body='{"error":"unrecognized URI format: too many parts"}'),
        raises=(InvalidRequest, "too many parts"),
    ),
    Case(
        "envelope-12", "an error under status 200 is an error", lambda wf: wf.role.search(),
        "GET ROLE/search?ID_Sort=asc&$$FIRST=0&$$LIMIT=200",
        answer=refusal("it went wrong", 200), raises=(InvalidRequest, "it went wrong"),
    ),
    Case(
        "envelope-13", "a body cut short is an error that tells a read may be repeated", lambda wf: wf.group.search(),
        "GET GROUP/search?ID_Sort=asc&$$FIRST=0&$$LIMIT=200",
        answer=Answer(body='{"data":[{"ID"'), raises=(ProtocolError, "(?s)not complete JSON.*read can be repeated"),
        times=2,
    ),
    Case(
        "envelope-15", "an ID nobody has", lambda wf: wf.parameter.get(MISSING),
        f"GET PARAM/{MISSING}",
        answer=refusal(f'Parameter with primary key value(s) "{MISSING}" not found', 404),
        raises=(NotFound, "primary key"),
    ),
    Case(
        "encoding-12", "the server's escapes are plain characters again",
        lambda wf: wf.project.get(PROJECT, fields=[Project.f.description]),
        f"GET PROJ/{PROJECT}?fields=description",
        answer=Answer(body=r'{"data":{"description":"km\/h \u003c 5 \\ \u00fc"}}'),
        reads=lambda row: row.description, gives="km/h < 5 \\ ü",
    ),
    Case(
        "fields-02", "a name with a comma turns the list of fields into JSON",
        lambda wf: wf.task.get(TASK, fields=["wbs", "DE:Net, gross"]),
        f'GET TASK/{TASK}?fields=["wbs", "DE:Net, gross"]',
        answer=Answer({"ID": TASK, "name": "Dredge", "objCode": "TASK", "wbs": "1.2", "DE:Net, gross": 7}),
        reads=lambda row: (row.name, row.wbs, row.model_extra["DE:Net, gross"]), gives=("Dredge", "1.2", 7),
    ),
    Case(
        "fields-03", "a reference comes as an object of its own",
        lambda wf: wf.issue.get(ISSUE, fields=[Issue.f.owner]),
        f"GET OPTASK/{ISSUE}?fields=owner",
        answer=Answer({
            "ID": ISSUE, "name": "Crack in pier 3", "objCode": "OPTASK",
            "owner": {"ID": PERSON, "name": "Mia Falk", "objCode": "USER"},
        }),
        reads=lambda row: (row.name, type(row.owner).__name__, row.owner.id, row.owner.name),
        gives=("Crack in pier 3", "User", PERSON, "Mia Falk"),
    ),
    Case(
        "fields-06", "a path through a collection fills every member",
        lambda wf: wf.project.get(PROJECT, fields=[Project.f.tasks.status]),
        f"GET PROJ/{PROJECT}?fields=tasks:status",
        answer=Answer({"tasks": [
            {"ID": TASK, "name": "Dredge", "objCode": "TASK", "status": "INP:A"},
            {"ID": OTHER_TASK, "name": "Pile", "objCode": "TASK", "status": "CPL"},
        ]}),
        reads=lambda row: [(task.id, task.name, task.status) for task in row.tasks],
        gives=[(TASK, "Dredge", "INP:A"), (OTHER_TASK, "Pile", TaskStatus.COMPLETE)],
    ),
    Case(
        "fields-08", "a star stands for every plain field", lambda wf: wf.role.get(ROLE, fields=["*"]),
        f"GET ROLE/{ROLE}?fields=*",
        answer=Answer({"ID": ROLE, "objCode": "ROLE", "name": "Diver", "maxUsers": 2}),
        reads=lambda row: (type(row), row.name, row.max_users), gives=(Role, "Diver", 2),
    ),
    Case(
        "fields-09", "a custom field by its parameter name",
        lambda wf: wf.project.get(PROJECT, fields=["DE:Cost Centre"]),
        f"GET PROJ/{PROJECT}?fields=DE:Cost Centre",
        answer=Answer({"ID": PROJECT, "name": "Harbour crane", "objCode": "PROJ", "DE:Cost Centre": "K-7"}),
        reads=lambda row: (row.id, row.name, row.model_extra),
        gives=(PROJECT, "Harbour crane", {"DE:Cost Centre": "K-7"}),
    ),
    Case(
        "fields-10", "all custom values at once", lambda wf: wf.project.get(PROJECT, fields=["parameterValues"]),
        f"GET PROJ/{PROJECT}?fields=parameterValues",
        answer=Answer({
            "ID": PROJECT, "name": "Harbour crane", "objCode": "PROJ",
            "parameterValues": {"DE:Cost Centre": "K-7", "DE:Berths": ["3", "4"]},
        }),
        reads=lambda row: row.model_extra["parameterValues"], gives={"DE:Cost Centre": "K-7", "DE:Berths": ["3", "4"]},
    ),
    Case(
        "fields-12", "one unknown field refuses the whole call",
        lambda wf: wf.request("GET", f"TASK/{TASK}", {"fields": "name,hoursPlanned"}),
        f"GET TASK/{TASK}?fields=name,hoursPlanned",
        answer=refusal("APIModel V22_0 does not support field hoursPlanned (Task)"),
        raises=(InvalidRequest, "hoursPlanned.*\n.*no such field"),
    ),
    Case(
        "fields-14", "a field without a value is null, not missing",
        lambda wf: wf.project.get(PROJECT, fields=[ProjectField.CURRENCY]),
        f"GET PROJ/{PROJECT}?fields=currency",
        answer=Answer({"ID": PROJECT, "name": "Harbour crane", "objCode": "PROJ", "currency": None}),
        reads=lambda row: (row.name, row.currency), gives=("Harbour crane", None),
    ),
    Case(
        "limit-02", "a page of 2000 rows may be asked for", lambda wf: wf.task.search(page_size=2000),
        "GET TASK/search?ID_Sort=asc&$$FIRST=0&$$LIMIT=2000",
        answer=Answer([]), gives=[],
    ),
    Case(
        "limit-03", "more than that the server refuses, if it is asked freely",
        lambda wf: wf.request("GET", "TASK/search", {"$$LIMIT": 2001}),
        "GET TASK/search?$$LIMIT=2001",
        answer=refusal(
            "The requested limit 2001 is greater than the maximum allowed limit of 2000",
            server_class="java.lang.IllegalArgumentException",
        ),
        raises=(InvalidRequest, r"(?s)maximum allowed limit.*IllegalArgumentException.*pager"),
    ),
    Case(
        "limit-04", "rows are skipped by number",
        lambda wf: wf.send(operation.search(Role, first=40, limit=20)),
        "GET ROLE/search?ID_Sort=asc&$$FIRST=40&$$LIMIT=20",
        answer=Answer([{"ID": ROLE}]), reads=lambda rows: [row.id for row in rows], gives=[ROLE],
        differs="The ID is always the last sort key: pages without an order repeat and lose rows.",
    ),
    Case(
        "paging-01", "a later page in the order of the IDs",
        lambda wf: wf.send(operation.search(Task, order_by=[Task.f.id.asc()], first=3, limit=3)),
        "GET TASK/search?ID_Sort=asc&$$FIRST=3&$$LIMIT=3",
        answer=Answer([{"ID": TASK}, {"ID": OTHER_TASK}]),
        reads=lambda rows: [row.id for row in rows], gives=[TASK, OTHER_TASK],
    ),
    Case(
        "sort-01", "by one field, equal ones by ID",
        lambda wf: wf.project.search(order_by=[Project.f.last_update_date.asc()]),
        "GET PROJ/search?lastUpdateDate_1_Sort=asc&ID_2_Sort=asc&$$FIRST=0&$$LIMIT=200",
        answer=Answer([{"ID": OTHER_PROJECT}, {"ID": PROJECT}]),
        reads=lambda rows: [row.id for row in rows], gives=[OTHER_PROJECT, PROJECT],
        differs="The ID follows as the last key.",
    ),
    Case(
        "sort-02", "the highest first", lambda wf: wf.task.search(order_by=[Task.f.priority.desc()]),
        "GET TASK/search?priority_1_Sort=desc&ID_2_Sort=asc&$$FIRST=0&$$LIMIT=200",
        answer=Answer([{"ID": OTHER_TASK}, {"ID": TASK}]),
        reads=lambda rows: [row.id for row in rows], gives=[OTHER_TASK, TASK],
        differs="The ID follows as the last key.",
    ),
    Case(
        "sort-03", "several keys are numbered",
        lambda wf: wf.project.search(order_by=[Project.f.status.asc(), Project.f.id.desc()]),
        "GET PROJ/search?status_1_Sort=asc&ID_2_Sort=desc&$$FIRST=0&$$LIMIT=200",
        answer=Answer([{"ID": PROJECT}]), reads=lambda rows: [row.id for row in rows], gives=[PROJECT],
    ),
    Case(
        "map-01", "rows by their IDs", lambda wf: wf.issue.search_map(Issue.f.project_id == PROJECT),
        f"GET OPTASK/search?projectID={PROJECT}&map=true&{FIRST_PAGE}",
        answer=Answer({
            ISSUE: {"ID": ISSUE, "name": "Crack in pier 3", "objCode": "OPTASK", "status": "AWF"},
            TASK: {"ID": TASK, "name": "Loose rail", "objCode": "OPTASK", "status": "NEW:A"},
        }),
        reads=lambda rows: {row_id: (type(row), row.name, row.status) for row_id, row in rows.items()},
        gives={
            ISSUE: (Issue, "Crack in pier 3", OpTaskStatus.AWAITING_FEEDBACK),
            TASK: (Issue, "Loose rail", "NEW:A"),
        },
    ),
    Case(
        "count-02", "a number of rows", lambda wf: wf.project.count(Project.f.owner_id == OTHER_PERSON),
        f"GET PROJ/count?ownerID={OTHER_PERSON}", answer=Answer({"count": 31}), gives=31,
    ),
    Case(
        "count-03", "a number without the usual envelope", lambda wf: wf.user.count(),
        "GET USER/count", answer=Answer(body='{"count":5}'), gives=5,
    ),
]  # fmt: skip

TABLE: Final = [
    Covered("url-04", "url-01", "The server takes any case; the client writes objCodes in capitals and nothing else."),
    Covered("url-07", "url-06", "Another spelling of the same object; the client has one."),
    Covered("url-09", "url-01", "A path without a version moves with each release, so the client always names one."),
    Covered("url-10", "fields-14", "The same call and answer; the internal path is no API a client may stand on."),
    Covered("envelope-05", "envelope-04", "The same call with id repeated; the client joins IDs with commas."),
    Covered("encoding-08", "create-01", "Values as updates= in a form say what a JSON body says."),
    Covered("paging-02", "paging-01", "The same call; that a short page ends the iteration is proved in test_pager."),
    Covered("sort-04", "sort-03", "The server takes the direction in any case; the client writes it small."),
]
