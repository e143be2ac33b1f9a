"""Creating, changing, copying, removing, replacing."""

from __future__ import annotations

from typing import Final

from tests.wire.case import (
    ISSUE,
    OTHER_PERSON,
    OTHER_ROLE,
    PERSON,
    PROJECT,
    ROLE,
    TASK,
    Answer,
    Case,
    Covered,
    confirmed,
    refusal,
)
from workfront_client.v22 import Document, Issue, Note, Project, ProjectStatus, Task
from workfront_core.errors import InvalidRequest, NotFound
from workfront_core.operations.access_rules import AccessGrant, AccessorKind, CoreAction

NEW: Final = "6b1d20c40000ffff0123456789abcdef"
HANDLE: Final = "fedcba9876543210fedcba9876543210"
TEMPLATE: Final = "6b1d20c40000abab1357924680bdface"

CASES: Final = [
    Case(
        "create-01", "a new object with a name; the answer is the object", lambda wf: wf.project.create(name="Slipway"),
        "POST PROJ", json={"name": "Slipway"}, bytes_sent='{"name":"Slipway"}',
        answer=Answer({"ID": NEW, "name": "Slipway", "objCode": "PROJ"}),
        reads=lambda row: (type(row), row.id, row.name), gives=(Project, NEW, "Slipway"),
        differs="Values travel as a JSON body.",
    ),
    Case(
        "create-02", "enums travel as their codes",
        lambda wf: wf.project.create(name="Slipway 2", status=ProjectStatus.REQUESTED),
        "POST PROJ", json={"name": "Slipway 2", "status": "REQ"},
        answer=Answer({"name": "Slipway 2", "status": "REQ"}),
        reads=lambda row: (row.name, row.status), gives=("Slipway 2", ProjectStatus.REQUESTED),
        differs="Values travel as a JSON body.",
    ),
    Case(
        "encoding-07", "what to load of the new object stands beside the body",
        lambda wf: wf.task.create(fields=["*", "assignedTo:*"], name="Survey"),
        "POST TASK?fields=*,assignedTo:*", json={"name": "Survey"}, bytes_sent='{"name":"Survey"}',
        answer=Answer({"ID": NEW, "assignedTo": {"ID": PERSON, "title": "Diver"}}),
        reads=lambda row: (row.id, row.assigned_to.title), gives=(NEW, "Diver"),
    ),
    Case(
        "create-04", "a nested object is written with its wire names",
        lambda wf: wf.document.create(
            name="tides.csv", handle=HANDLE, doc_obj_code="TASK", obj_id=TASK,
            current_version={"version": "v1.0", "fileName": "tides.csv"},
        ),
        "POST DOCU",
        json={
            "name": "tides.csv", "handle": HANDLE, "docObjCode": "TASK", "objID": TASK,
            "currentVersion": {"version": "v1.0", "fileName": "tides.csv"},
        },
        answer=Answer({"ID": NEW, "name": "tides.csv", "objCode": "DOCU"}),
        reads=lambda row: (type(row), row.id, row.name), gives=(Document, NEW, "tides.csv"),
        differs="Values travel as a JSON body.",
    ),
    Case(
        "create-05", "a project out of a template",
        lambda wf: wf.project.create(name="Slipway 3", template_id=TEMPLATE),
        "POST PROJ", json={"name": "Slipway 3", "templateID": TEMPLATE},
        answer=Answer({"name": "Slipway 3", "objCode": "PROJ"}), reads=lambda row: row.name, gives="Slipway 3",
        differs="Values travel as a JSON body.",
    ),
    Case(
        "create-06", "a note on an object",
        lambda wf: wf.note.create(note_obj_code="TASK", obj_id=TASK, note_text="Low tide at noon"),
        "POST NOTE", json={"noteObjCode": "TASK", "objID": TASK, "noteText": "Low tide at noon"},
        answer=Answer({"ID": NEW, "objCode": "NOTE"}), reads=lambda row: (type(row), row.id), gives=(Note, NEW),
    ),
    Case(
        "copy-02", "a copy with values of its own", lambda wf: wf.task.copy(TASK, values={"name": "Dredge again"}),
        f"POST TASK?copySourceID={TASK}", json={"name": "Dredge again"},
        answer=Answer({"ID": NEW, "name": "Dredge again"}), reads=lambda row: (type(row), row.name),
        gives=(Task, "Dredge again"),
        differs="The source stays beside a JSON body.",
    ),
    Case(
        "copy-03", "a copy that leaves something out",
        lambda wf: wf.project.copy(PROJECT, options=["clearAssignments", "clearDates"]),
        f'POST PROJ?copySourceID={PROJECT}&options=["clearAssignments", "clearDates"]',
        answer=Answer({"ID": NEW}), reads=lambda row: row.id, gives=NEW,
        differs="Without values of its own the call has no body.",
    ),
    Case(
        "copy-05", "issues are copied by an action, what to leave out is a sum",
        lambda wf: wf.issue.copy_issue(op_task_id=ISSUE, name="Crack, again", project_id=PROJECT, options=2 + 128),
        f"PUT OPTASK/copyIssue?opTaskID={ISSUE}&name=Crack, again&projectID={PROJECT}&options=130",
        answer=Answer({"result": NEW}), gives=NEW,
    ),
    Case(
        "edit-04", "new values as a JSON body", lambda wf: wf.project.update(PROJECT, name="Harbour crane 2"),
        f"PUT PROJ/{PROJECT}", json={"name": "Harbour crane 2"}, bytes_sent='{"name":"Harbour crane 2"}',
        answer=Answer({"ID": PROJECT, "name": "Harbour crane 2"}),
        reads=lambda row: (row.id, row.name), gives=(PROJECT, "Harbour crane 2"),
    ),
    Case(
        "edit-05", "fields that are not named stay as they are",
        lambda wf: wf.task.update(TASK, priority=1, fields=[Task.f.priority, Task.f.wbs]),
        f"PUT TASK/{TASK}?fields=priority,wbs", json={"priority": 1},
        answer=Answer({"ID": TASK, "name": "Dredge", "objCode": "TASK", "priority": 1, "wbs": "1.2"}),
        reads=lambda row: (row.name, row.priority, row.wbs), gives=("Dredge", 1, "1.2"),
    ),
    Case(
        "edit-06", "what is not there is not created", lambda wf: wf.issue.update("f" * 32, name="Nothing"),
        f"PUT OPTASK/{'f' * 32}", json={"name": "Nothing"},
        answer=Answer(status=404, body=""), raises=(NotFound, "404"),
    ),
    Case(
        "edit-08", "a change the server ignores shows in the row it answers with",
        lambda wf: wf.issue.update(ISSUE, project_id=PROJECT, fields=[Issue.f.project_id]),
        f"PUT OPTASK/{ISSUE}?fields=projectID", json={"projectID": PROJECT},
        answer=Answer({"ID": ISSUE, "projectID": TEMPLATE}), reads=lambda row: row.project_id, gives=TEMPLATE,
        differs="The field is asked for, so that one can see what became of it.",
    ),
    Case(
        "edit-09", "custom values are written at the top level",
        lambda wf: wf.project.update(PROJECT, custom={"Cost Centre": "K-9"}, fields=["DE:Cost Centre"]),
        f"PUT PROJ/{PROJECT}?fields=DE:Cost Centre", json={"DE:Cost Centre": "K-9"},
        answer=Answer({"ID": PROJECT, "DE:Cost Centre": "K-9"}),
        reads=lambda row: row.model_extra, gives={"DE:Cost Centre": "K-9"},
    ),
    Case(
        "fields-15", "what to load of a changed object",
        lambda wf: wf.issue.update(ISSUE, name="Crack", fields=[Issue.f.owner.name]),
        f"PUT OPTASK/{ISSUE}?fields=owner:name", json={"name": "Crack"},
        answer=Answer({
            "ID": ISSUE, "name": "Crack", "objCode": "OPTASK",
            "owner": {"ID": OTHER_PERSON, "name": "Jan Vos", "objCode": "USER"},
        }),
        reads=lambda row: (row.name, row.owner.name), gives=("Crack", "Jan Vos"),
    ),
    Case(
        "encoding-11", "None clears a reference",
        lambda wf: wf.project.update(PROJECT, owner_id=None, fields=[Project.f.owner_id]),
        f"PUT PROJ/{PROJECT}?fields=ownerID", json={"ownerID": None},
        answer=Answer({"ID": PROJECT, "ownerID": None}), reads=lambda row: (row.id, row.owner_id),
        gives=(PROJECT, None),
        differs="In JSON null says what an empty value says in a form.",
    ),
    Case(
        "nested-03", "a list of rules takes the place of the one there was",
        lambda wf: wf.project.update(
            PROJECT, access_rules=[AccessGrant(OTHER_PERSON, AccessorKind.USER, CoreAction.EDIT).to_wire()]
        ),
        f"PUT PROJ/{PROJECT}",
        json={"accessRules": [{"accessorID": OTHER_PERSON, "accessorObjCode": "USER", "coreAction": "EDIT"}]},
        answer=Answer({"ID": PROJECT}), reads=lambda row: row.id, gives=PROJECT,
        differs="Values travel as a JSON body.",
    ),
    Case(
        "nested-04", "an empty list clears a collection",
        lambda wf: wf.task.update(TASK, assignments=[], fields=[Task.f.assignments]),
        f"PUT TASK/{TASK}?fields=assignments", json={"assignments": []},
        answer=Answer({"ID": TASK, "assignments": []}), reads=lambda row: (row.id, row.assignments), gives=(TASK, []),
    ),
    confirmed(Case("delete-01", "one object", lambda wf: wf.issue.delete(ISSUE), f"DELETE OPTASK/{ISSUE}")),
    Case(
        "delete-05", "a template task that is used needs force, and the error says so",
        lambda wf: wf.template_task.delete(TASK),
        f"DELETE TTSK/{TASK}",
        answer=refusal(
            "This Template Task cannot be deleted since it is referenced by other objects. Please use force delete."
        ),
        raises=(InvalidRequest, "(?s)cannot be deleted.*force=True"),
    ),
    confirmed(Case(
        "replace-01", "one object in the place of another",
        lambda wf: wf.role.replace([ROLE], replacement_id=OTHER_ROLE),
        f"PUT ROLE/replace?id={ROLE}&replacementID={OTHER_ROLE}",
    )),
]  # fmt: skip

TABLE: Final = [
    Covered("tunnel-04", "delete-01", "The client sends the verb itself, and its credential in a header."),
    Covered("tunnel-05", "delete-01", "As before; a removal is never sent as a GET, which caches and logs may repeat."),
    Covered("tunnel-06", "edit-04", "The client sends the verb itself; a change is never sent as a GET."),
]
