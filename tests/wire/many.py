"""Many objects in one call, and many calls in one."""

from __future__ import annotations

from typing import Final

from pydantic import JsonValue

from tests.wire.case import GROUP, OTHER_PROJECT, OTHER_TASK, PROJECT, TASK, Answer, Case, Covered, refusal
from workfront_client.v22 import Task
from workfront_core.errors import InvalidRequest
from workfront_core.operations import operation

NEW: Final = "6b1d20c40000bbbb0123456789abcdef"
OTHER_NEW: Final = "6b1d20c40000bbbb0123456789abcde0"
TOO_MANY: Final[list[JsonValue]] = [{"name": f"Buoy {number}", "dataType": "NMBR"} for number in range(101)]
TEAM_TASKS: Final = f"atomic=false&uri=TASK%3Fmethod%3DPUT%26action%3DteamTasks%26teamID%3D{GROUP}&concurrent=false"

CASES: Final = [
    Case(
        "bulk-01", "new objects as a list; the answers come in its order",
        lambda wf: wf.task.create_many([{"name": "Mark"}, {"name": "Sweep"}]),
        "POST TASK", json=[{"name": "Mark"}, {"name": "Sweep"}],
        answer=Answer([{"ID": NEW, "name": "Mark"}, {"ID": OTHER_NEW, "name": "Sweep"}]),
        reads=lambda result: result.ids, gives=[NEW, OTHER_NEW],
    ),
    Case(
        "bulk-02", "changes of several objects, each with its ID",
        lambda wf: wf.project.update_many([(PROJECT, {"priority": 1}), (OTHER_PROJECT, {"priority": 4})]),
        "PUT PROJ?atomic=true", json=[{"ID": PROJECT, "priority": 1}, {"ID": OTHER_PROJECT, "priority": 4}],
        answer=Answer([{"ID": PROJECT, "priority": 1}, {"ID": OTHER_PROJECT, "priority": 4}]),
        reads=lambda result: result.ids, gives=[PROJECT, OTHER_PROJECT],
        differs="Changes are one transaction a call, so that a refusal is certain to have changed nothing.",
    ),
    Case(
        "delete-04", "several objects and what depends on them",
        lambda wf: wf.task.delete_many([TASK, OTHER_TASK], force=True),
        f"DELETE TASK?id={TASK},{OTHER_TASK}&force=true",
        answer=Answer({"success": True}), reads=lambda result: result.done_count, gives=2,
    ),
    Case(
        "limit-06", "more than a hundred at once the server refuses, if it is asked freely",
        lambda wf: wf.request("POST", "PARAM", json=TOO_MANY),
        "POST PARAM", json=TOO_MANY,
        answer=refusal("Can not add more than 100 objects at once."), raises=(InvalidRequest, "more than 100 objects"),
    ),
    Case(
        "batch-01", "the fields of the form stand in their order, a call inside is escaped twice",
        lambda wf: wf.send_batch([operation.action(Task, "teamTasks", None, {"teamID": GROUP}, form="parameter")]),
        "POST batch", form=TEAM_TASKS, bytes_sent=TEAM_TASKS,
        answer=Answer([{"data": {"result": ["x"]}}]), gives=(["x"],),
    ),
    Case(
        "batch-04", "all or nothing is confirmed and not shown",
        lambda wf: wf.send_batch([operation.update(Task, TASK, {"name": "Sweep"})], atomic=True),
        "POST batch",
        form=f"atomic=true&uri=TASK/{TASK}%3Fmethod%3DPUT%26updates%3D%257B%2522name%2522%253A%2522Sweep%2522%257D"
        "&concurrent=false",
        answer=Answer({"success": True}), gives=None,
    ),
    Case(
        "batch-05", "a write inside says its own verb",
        lambda wf: wf.send_batch([operation.create(Task, {"name": "Mark", "project_id": PROJECT})]),
        "POST batch",
        form="atomic=false&uri=TASK%3Fmethod%3DPOST%26updates%3D"
        f"%257B%2522name%2522%253A%2522Mark%2522%252C%2522projectID%2522%253A%2522{PROJECT}%2522%257D&concurrent=false",
        answer=Answer([{"data": {"ID": NEW, "name": "Mark", "objCode": "TASK"}}]),
        reads=lambda outcomes: [(type(row), row.id, row.name) for row in outcomes], gives=[(Task, NEW, "Mark")],
    ),
    Case("batch-06", "no calls are no call", lambda wf: wf.send_batch([]), None, gives=()),
]  # fmt: skip

TABLE: Final = [
    Covered("bulk-03", "bulk-02", "The same list as a JSON body instead of updates= in the URL, which is short."),
]
