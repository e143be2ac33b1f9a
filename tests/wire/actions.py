"""Actions, named queries and metadata."""

from __future__ import annotations

from typing import Final

from tests.wire.case import (
    GROUP,
    ISSUE,
    OTHER_PROJECT,
    OTHER_TASK,
    PERSON,
    PROJECT,
    TASK,
    Answer,
    Case,
    Covered,
    refusal,
)
from workfront_client.v22 import Category, CustomEnum, Work
from workfront_core.errors import InvalidRequest
from workfront_core.operations import operation

NEW: Final = "6b1d20c40000eeee0123456789abcdef"

CASES: Final = [
    Case(
        "action-01", "an action on one object stands behind its ID", lambda wf: wf.project.calculate_finance(PROJECT),
        f"PUT PROJ/{PROJECT}/calculateFinance", answer=Answer({"result": None}), gives=None,
    ),
    Case(
        "action-03", "what an action returns comes out of its envelope", lambda wf: wf.issue.get_request_path(ISSUE),
        f"PUT OPTASK/{ISSUE}/getRequestPath", answer=Answer({"result": "Docks > Repairs"}), gives="Docks > Repairs",
        differs="The verb is PUT itself, not a POST that says so.",
    ),
    Case(
        "action-04", "a single argument is a parameter", lambda wf: wf.task.mark_done(TASK, status="CPL"),
        f"PUT TASK/{TASK}/markDone?status=CPL", answer=Answer({"result": None}), gives=None,
        differs="The verb is PUT itself, and the argument stands in the query.",
    ),
    Case(
        "action-05", "an action on the type, named by a parameter",
        lambda wf: wf.task.action("teamTasks", None, {"teamID": GROUP}, form="parameter"),
        f"PUT TASK?action=teamTasks&teamID={GROUP}", answer=Answer({"result": []}), gives=[],
        differs="The verb is PUT itself, and the arguments stand in the query.",
    ),
    Case(
        "action-07", "an ID as the argument", lambda wf: wf.issue.move(ISSUE, project_id=OTHER_PROJECT),
        f"PUT OPTASK/{ISSUE}/move?projectID={OTHER_PROJECT}", answer=Answer({"result": None}), gives=None,
    ),
    Case(
        "action-09", "lists travel in a JSON body, and the other arguments with them",
        lambda wf: wf.task.bulk_copy(task_ids=[TASK, OTHER_TASK], project_id=OTHER_PROJECT),
        "PUT TASK/bulkCopy", json={"taskIDs": [TASK, OTHER_TASK], "projectID": OTHER_PROJECT},
        answer=Answer({"result": [NEW]}), gives=[NEW],
        differs="A JSON body says what updates= in a form says; the name may stand in the path.",
    ),
    Case(
        "action-11", "a list of one is a list on the wire; the server's complaint about texts is explained",
        lambda wf: wf.task.bulk_move(task_ids=[TASK], project_id=OTHER_PROJECT),
        "PUT TASK/bulkMove", json={"taskIDs": [TASK], "projectID": OTHER_PROJECT},
        answer=refusal("argument type mismatch"), raises=(InvalidRequest, "(?s)type mismatch.*lists and maps as such"),
        differs="The flat form is the mistake this answer is about.",
    ),
    Case(
        "action-14", "maps travel in a JSON body; the server's complaint about texts is explained",
        lambda wf: wf.issue.convert_to_task(ISSUE, task={"name": "Seal the crack"}),
        f"PUT OPTASK/{ISSUE}/convertToTask", json={"task": {"name": "Seal the crack"}},
        answer=refusal("class java.lang.String cannot be cast to class java.util.Map"),
        raises=(InvalidRequest, "(?s)cannot be cast.*lists and maps as such"),
        differs="Text in place of the map is the mistake this answer is about.",
    ),
    Case(
        "action-15", "an argument the action does not know",
        lambda wf: wf.issue.action("move", ISSUE, {"toProject": [PROJECT]}),
        f"PUT OPTASK/{ISSUE}/move", json={"toProject": [PROJECT]},
        answer=refusal("action move does not support argument named toProject"),
        raises=(InvalidRequest, "argument named toProject"),
        differs="A JSON body says what updates= in a form says.",
    ),
    Case(
        "action-16", "an action of another object",
        lambda wf: wf.task.action("reorderCategories", TASK),
        f"PUT TASK/{TASK}/reorderCategories",
        answer=refusal("APIModel V22_0 does not support action reorderCategories (TASK)"),
        raises=(InvalidRequest, "(?s)does not support action.*service"),
    ),
    Case(
        "action-17", "a POST to an action is refused by the server",
        lambda wf: wf.request("POST", "CTGY/reorderCategories", json={"objCode": "TASK"}),
        "POST CTGY/reorderCategories", json={"objCode": "TASK"},
        answer=refusal("unrecognized URI format: too many parts"), raises=(InvalidRequest, "too many parts"),
        differs="Typed calls send PUT; the free one sends JSON.",
    ),
    Case(
        "action-19", "an action that returns a map",
        lambda wf: wf.user.get_users_available_time(
            user_ids=[PERSON], from_date="2027-08-09T00:00:00", to_date="2027-08-10T23:59:59"
        ),
        "PUT USER/getUsersAvailableTime",
        json={"userIDs": [PERSON], "fromDate": "2027-08-09T00:00:00", "toDate": "2027-08-10T23:59:59"},
        answer=Answer({"result": {"PAVL": {PERSON: [450.0, 0.0]}, "AVL": {PERSON: [450.0, 0.0]}}}),
        gives={"PAVL": {PERSON: [450.0, 0.0]}, "AVL": {PERSON: [450.0, 0.0]}},
    ),
    Case(
        "named-01", "a query the server knows by name", lambda wf: wf.work.my_work(), "GET WORK/myWork",
        answer=Answer([{"ID": TASK, "name": "Dredge"}]),
        reads=lambda rows: [(type(row), row.id, row.name) for row in rows], gives=[(Work, TASK, "Dredge")],
    ),
    Case(
        "named-03", "arguments of a query are parameters",
        lambda wf: wf.custom_enum.project_group_statuses(group_id=GROUP, include_hidden=False),
        f"GET CSTEM/projectGroupStatuses?groupID={GROUP}&includeHidden=false",
        answer=Answer([{
            "color": "4477aa", "equatesWith": "PLN", "groupID": GROUP, "label": "Drafted", "objCode": "CSTEM",
            "value": "DRF",
        }]),
        reads=lambda rows: [(type(row), row.value, row.label, row.equates_with, row.color) for row in rows],
        gives=[(CustomEnum, "DRF", "Drafted", "PLN", "4477aa")],
    ),
    Case(
        "named-05", "an action is no query",
        lambda wf: wf.send(operation.named_query(Category, "reorderCategories", {}, lambda data, strict=False: data)),  # noqa: ARG005
        "GET CTGY/reorderCategories",
        answer=refusal("APIModel V22_0 does not support namedQuery reorderCategories (CTGY)"),
        raises=(InvalidRequest, "(?s)does not support namedQuery.*sent with PUT"),
    ),
    Case(
        "metadata-02", "what the API says of one object", lambda wf: wf.issue.metadata(),
        "GET OPTASK/metadata",
        answer=Answer({
            "objCode": "OPTASK", "name": "OpTask", "label": "Issue", "fields": {}, "references": {}, "collections": {},
            "search": {}, "custom": None, "queries": {}, "operations": ["count", "get", "search"],
            "actions": {"assign": {"label": "Assign", "flags": [], "arguments": [
                {"name": "objID", "type": "string"}, {"name": "objCode", "type": "string"}
            ]}},
        }),
        reads=lambda said: (
            said.obj_code, said.operations, [(one.name, one.type) for one in said.actions["assign"].arguments]
        ),
        gives=("OPTASK", ("count", "get", "search"), [("objID", "string"), ("objCode", "string")]),
    ),
    Case(
        "metadata-03", "only a part of it", lambda wf: wf.hour.metadata(fields=["references"]),
        "GET HOUR/metadata?fields=references",
        answer=Answer({"references": {"owner": {"label": "Owner", "fieldType": "User", "typeObjCode": "USER"}}}),
        reads=lambda said: [(name, member.type_obj_code) for name, member in said.references.items()],
        gives=[("owner", "USER")],
    ),
    Case(
        "tunnel-08", "a verb the server does not know", lambda wf: wf.request("POST", "PROJ", {"method": "clone"}),
        "POST PROJ?method=clone",
        answer=refusal("Unsupported HTTP method: CLONE"), raises=(InvalidRequest, "Unsupported HTTP method"),
        differs="Free calls carry their parameters in the query.",
    ),
]  # fmt: skip

TABLE: Final[list[Covered]] = []
