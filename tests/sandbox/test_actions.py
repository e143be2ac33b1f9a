"""Actions, sharing, replacing, documents and batches."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.sandbox.asking import BAKING, BRICKS, FIRE, LEAK, LIV, MIA, NOAH, OVEN, PAINT, PHOTOS, SHOP, WEBSITE, Asker
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES


def row(ask: Asker, code: str, object_id: str, fields: str) -> dict[str, Any]:
    found: dict[str, Any] = ask("GET", f"{code}/{object_id}", {"fields": fields})
    return found


@pytest.mark.parametrize(
    "how",
    [
        ("PUT", f"task/{FIRE}/move", {"query": {"projectID": SHOP}}),
        ("PUT", f"task/{FIRE}", {"query": {"action": "move", "projectID": SHOP}}),
        ("PUT", "task/move", {"query": {"ID": FIRE, "projectID": SHOP}}),
        ("POST", f"task/{FIRE}/move", {"form": {"method": "PUT", "projectID": SHOP}}),
        ("PUT", f"task/{FIRE}/move", {"json_body": {"projectID": SHOP}}),
        ("PUT", f"task/{FIRE}/move", {"form": {"updates": json.dumps({"projectID": SHOP})}}),
    ],
)
def test_an_action_may_be_addressed_in_many_ways(ask: Asker, how: tuple[str, str, dict[str, Any]]) -> None:
    method, path, rest = how
    assert ask(method, path, **rest) == {"result": None}
    assert row(ask, "TASK", FIRE, "projectID")["projectID"] == SHOP


def test_a_moved_task_takes_its_children_along_but_not_below_itself(ask: Asker) -> None:
    ask("PUT", f"TASK/{BRICKS}/move", {"projectID": SHOP})
    assert row(ask, "TASK", FIRE, "projectID,parentID")["projectID"] == SHOP
    assert ask.refused("PUT", f"TASK/{BRICKS}/move", {"projectID": SHOP, "parentID": FIRE})[0] == 422


def test_tasks_are_copied_in_bulk_with_their_children(ask: Asker) -> None:
    made = ask("PUT", "TASK/bulkCopy", json_body={"taskIDs": [BRICKS], "projectID": WEBSITE})["result"]
    children = ask("GET", "TASK/search", {"parentID": made[0], "fields": "projectID"})
    assert [(child["name"], child["projectID"]) for child in children] == [("First fire", WEBSITE)]


def test_an_issue_is_copied_without_what_the_options_add_up_to(ask: Asker) -> None:
    ask("PUT", f"OPTASK/{LEAK}", json_body={"percentComplete": 40, "DE:Floor": "roof", "assignedToID": NOAH})
    options = 2 + 4 + 1048576
    made = ask("PUT", "OPTASK/copyIssue", {"opTaskID": LEAK, "name": "Again", "projectID": SHOP, "options": options})
    found = row(ask, "OPTASK", made["result"], "percentComplete,DE:Floor,assignedToID,projectID")
    assert found["name"] == "Again"
    assert (found["percentComplete"], found["DE:Floor"], found["assignedToID"]) == (0.0, None, None)
    assert found["projectID"] == SHOP


def test_a_timeline_follows_durations_and_predecessors_over_weekends(ask: Asker) -> None:
    ask("PUT", f"TASK/{FIRE}", json_body={"parentID": None})
    ask.sandbox.insert("PRED", [{"predecessorID": BRICKS, "successorID": FIRE}])
    for task, days in ((BRICKS, 4), (FIRE, 2)):
        ask("PUT", f"TASK/{task}", json_body={"durationMinutes": WORKDAY_MINUTES * days})
    ask("PUT", f"PROJ/{OVEN}/calculateTimeline")
    dates = [row(ask, "TASK", task, "plannedStartDate,plannedCompletionDate") for task in (BRICKS, FIRE)]
    assert [date["plannedCompletionDate"][:16] for date in dates] == ["2027-05-06T17:00", "2027-05-10T17:00"]
    assert row(ask, "PROJ", OVEN, "plannedCompletionDate")["plannedCompletionDate"][:10] == "2027-05-10"
    assert row(ask, "PROJ", OVEN, "percentComplete")["percentComplete"] == 66.67


def test_pending_approvals_are_approved_rejected_or_recalled(ask: Asker) -> None:
    ask("PUT", f"TASK/{PHOTOS}/approveApproval")
    assert row(ask, "TASK", PHOTOS, "status")["status"] == "INP"
    assert ask.refused("PUT", f"TASK/{PHOTOS}/approveApproval")[0] == 422
    ask("PUT", f"TASK/{FIRE}", json_body={"status": "CPL:A"})
    ask("PUT", f"TASK/{FIRE}/rejectApproval")
    assert row(ask, "TASK", FIRE, "status")["status"] == "NEW"
    ask("PUT", f"OPTASK/{LEAK}", json_body={"status": "CLS:A"})
    ask("PUT", f"OPTASK/{LEAK}/recallApproval")
    assert row(ask, "OPTASK", LEAK, "status")["status"] == "NEW"


def test_work_is_assigned_accepted_answered_and_done(ask: Asker) -> None:
    ask("PUT", f"TASK/{PAINT}/assignMultiple", json_body={"userIDs": [MIA, LIV], "roleIDs": [BAKING]})
    fields = "assignments:assignedToID,assignments:roleID,assignments:status,assignedToID,status,percentComplete"
    found = row(ask, "TASK", PAINT, fields)
    assert [(item["assignedToID"], item["roleID"]) for item in found["assignments"]] == [
        (MIA, None),
        (LIV, BAKING),
        (None, BAKING),
    ]
    ask("PUT", f"TASK/{PAINT}/acceptWork")
    ask("PUT", f"TASK/{PAINT}/replyToAssignment", {"noteText": "On it", "commitDate": "2027-05-20"})
    assert row(ask, "TASK", PAINT, "commitDate")["commitDate"].startswith("2027-05-20")
    assert [note["noteText"] for note in ask.sandbox.rows("NOTE")] == ["On it"]
    ask("PUT", f"TASK/{PAINT}/markDone", {"status": "CPL"})
    found = row(ask, "TASK", PAINT, fields)
    assert (found["status"], found["percentComplete"]) == ("CPL", 100.0)
    assert found["assignments"][0]["status"] == "DN"
    ask("PUT", f"TASK/{PAINT}/markNotDone")
    assert {item["status"] for item in row(ask, "TASK", PAINT, fields)["assignments"]} == {"AD"}
    ask("PUT", f"TASK/{PAINT}/unassign", {"userID": MIA})
    assert row(ask, "TASK", PAINT, fields)["assignedToID"] == LIV
    ask("PUT", f"TASK/{PAINT}/assign", {"objID": NOAH, "objCode": "USER"})
    assert len(row(ask, "TASK", PAINT, fields)["assignments"]) == 3


def test_an_issue_becomes_a_task_and_goes_unless_it_is_preserved(ask: Asker) -> None:
    kept = ask("PUT", f"OPTASK/{LEAK}/convertToTask", json_body={"task": {"priority": 4}, "options": ["preserveIssue"]})
    assert row(ask, "TASK", kept["result"], "priority,projectID")["projectID"] == OVEN
    assert row(ask, "OPTASK", LEAK, "resolveTask")["resolveTask"]["ID"] == kept["result"]
    made = ask("PUT", f"OPTASK/{LEAK}/convertToProject", json_body={"project": {"name": "Chimney"}})
    assert row(ask, "PROJ", made["result"], "convertedOpTaskName")["convertedOpTaskName"] == "Chimney leaks"
    assert ask.refused("GET", f"OPTASK/{LEAK}")[0] == 404


def test_forms_are_attached_once(ask: Asker) -> None:
    first, second = ask.sandbox.insert("CTGY", [{"name": "A"}, {"name": "B"}])
    about = {"objCode": "PROJ", "objID": SHOP}
    ask("PUT", "CTGY/assignCategories", json_body={**about, "categoryIDs": [first, second]})
    found = row(ask, "PROJ", SHOP, "categoryID,objectCategories:category:name")
    assert [item["category"]["name"] for item in found["objectCategories"]] == ["A", "B"]
    assert found["categoryID"] == first
    assert ask.refused("PUT", "CTGY/assignCategory", {**about, "categoryID": second})[1] == (
        f"Categories with the following IDs are already attached: {second}"
    )
    ask("PUT", "CTGY/reorderCategories", json_body={**about, "categoryIDs": [second, first]})
    ask("PUT", "CTGY/unassignCategory", {**about, "categoryID": first})
    assert row(ask, "PROJ", SHOP, "categoryID")["categoryID"] == second


def test_working_time_leaves_out_the_weekend(ask: Asker) -> None:
    dates = {"fromDate": "2027-05-14T00:00:00", "toDate": "2027-05-17T23:59:59"}
    found = ask("PUT", "USER/getUsersAvailableTime", json_body={"userIDs": [LIV], **dates})["result"]
    assert found == {"PAVL": {LIV: [480.0, 0.0, 0.0, 480.0]}, "AVL": {LIV: [480.0, 0.0, 0.0, 480.0]}}


@pytest.mark.parametrize(
    ("method", "path", "rest", "message"),
    [
        ("PUT", f"TASK/{FIRE}/juggle", {}, "APIModel V22_0 does not support action juggle (TASK)"),
        ("PUT", f"TASK/{FIRE}/move", {"query": {"to": "x"}}, "action move does not support argument named to"),
        ("PUT", "TASK/bulkCopy", {"json_body": {"taskIDs": FIRE}}, "argument type mismatch"),
        (
            "PUT",
            f"OPTASK/{LEAK}/convertToTask",
            {"form": {"task": "{}"}},
            "class java.lang.String cannot be cast to class java.util.Map",
        ),
        ("PUT", f"TASK/{FIRE}", {"query": {"action": ""}}, "you must specify an action"),
        ("POST", f"TASK/{FIRE}/move", {}, "unrecognized URI format: too many parts"),
        ("GET", "TASK/bulkCopy", {}, "APIModel V22_0 does not support namedQuery bulkCopy (TASK)"),
    ],
)
def test_a_wrong_action_is_refused(ask: Asker, method: str, path: str, rest: dict[str, Any], message: str) -> None:
    assert ask.refused(method, path, **rest) == (422, message)


def test_an_action_that_fails_halfway_changes_nothing(ask: Asker) -> None:
    assert ask.refused("PUT", "TASK/bulkMove", json_body={"taskIDs": [FIRE, "f" * 32], "projectID": SHOP})[0] == 404
    assert row(ask, "TASK", FIRE, "projectID")["projectID"] == OVEN
    assert ask.sandbox.rows("JRNLE") == []


def test_an_action_may_be_given_a_handler(ask: Asker) -> None:
    ask.sandbox.on_action(
        "TASK", "calculateDataExtension", lambda _call, code, object_id, _arguments: [code, object_id]
    )
    assert ask("PUT", f"TASK/{FIRE}/calculateDataExtension") == {"result": ["TASK", FIRE]}


def test_what_is_shared_can_be_read_changed_and_withdrawn(ask: Asker) -> None:
    who = {"accessorID": LIV, "accessorObjCode": "USER"}
    for action in ("VIEW", "EDIT"):
        assert ask("PUT", f"PROJ/{SHOP}/share", {**who, "coreAction": action}) == {"success": True}
    rules = row(ask, "PROJ", SHOP, "accessRules:*")["accessRules"]
    assert [(rule["accessorID"], rule["coreAction"]) for rule in rules] == [(LIV, "EDIT")]
    assert ask.names("PROJ", accessRules__accessorID=LIV) == ["Shop front"]
    ask("PUT", "PROJ/share", {**who, "coreAction": "VIEW", "id": f"{OVEN},{WEBSITE}"})
    ask("PUT", f"PROJ/{SHOP}/unshare", who)
    assert ask.names("PROJ", accessRules__accessorID=LIV) == ["New oven", "website"]
    assert ask.refused("PUT", f"PROJ/{SHOP}/share", who) == (422, "coreAction is missing")


def test_a_replaced_row_is_replaced_wherever_it_was_named(ask: Asker) -> None:
    ask("PUT", "USER/replace", {"id": NOAH, "replacementID": LIV})
    assert row(ask, "PROJ", SHOP, "owner:name")["owner"]["name"] == "Liv Lund"
    assert ask.names("USER") == ["Liv Lund", "Mia Moll"]


def upload(ask: Asker, content: bytes, name: str = "uploadedFile") -> Any:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="menu.pdf"\r\n\r\n'.encode()
    body = head + content + b"\r\n--x--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=x"}
    return ask("POST", "upload", body=body, headers=headers)


def test_an_upload_becomes_a_document_whose_versions_can_be_fetched(ask: Asker) -> None:
    content = bytes(range(256)) * 3
    handle = upload(ask, content)["handle"]
    made = ask(
        "POST",
        "DOCU",
        {"fields": "downloadURL,currentVersion:*,project:name"},
        json_body={"name": "menu.pdf", "handle": handle, "docObjCode": "PROJ", "objID": SHOP},
    )
    assert made["project"]["name"] == "Shop front"
    assert (made["currentVersion"]["docSize"], made["currentVersion"]["ext"]) == (768, "pdf")
    path, _, query = made["downloadURL"].partition("?")
    assert ask.reply("GET", path, query).body == content
    second = upload(ask, b"new")["handle"]
    ask("POST", "DOCV", json_body={"documentID": made["ID"], "handle": second, "version": "2", "fileName": "menu.pdf"})
    assert ask.reply("GET", path, query).body == b"new"
    first = made["currentVersion"]["ID"]
    assert ask.reply("GET", path, f"{query}&versionID={first}").body == content


def test_uploads_without_their_part_and_documents_without_an_upload_are_refused(ask: Asker) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nb\r\n--x--\r\n'
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert ask.refused("POST", "upload", body=body, headers=headers)[0] == 422
    assert ask.refused("POST", "DOCU", json_body={"name": "a", "handle": "f" * 32})[0] == 422
    assert ask.sandbox.rows("DOCU") == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("GIZMO", "Unknown object type: GIZMO"),
        ("HOUR", 'Invalid Parameter: docObjCode value "HOUR"'),
        ("DOCU", 'Invalid Parameter: docObjCode value "DOCU"'),
    ],
)
def test_a_document_on_what_has_no_documents_is_refused(ask: Asker, code: str, message: str) -> None:
    handle = upload(ask, b"menu")["handle"]
    values = {"name": "menu.pdf", "handle": handle, "docObjCode": code, "objID": SHOP}
    assert ask.refused("POST", "DOCU", json_body=values)[1] == message
    made = ask("POST", "DOCU", json_body={**values, "docObjCode": "proj"}, query={"fields": "docObjCode"})
    assert made["docObjCode"] == "PROJ"
    assert ask.refused("PUT", f"DOCU/{made['ID']}", json_body={"docObjCode": code})[1] == message
    assert [row["docObjCode"] for row in ask.sandbox.rows("DOCU")] == ["PROJ"]


def test_a_batch_answers_each_request_in_its_place(ask: Asker) -> None:
    updates = quote(json.dumps({"name": "Batched"}))
    uris = ["proj/count", f"TASK/{FIRE}?fields=status", "gizmo/search", f"PROJ/{SHOP}?method=PUT&updates={updates}"]
    count, task, wrong, project = ask("POST", "batch", form={"uri": uris, "atomic": "false"})
    assert count == {"data": {"count": 3}}
    assert task["data"]["status"] == "NEW"
    assert wrong == {"error": {"message": "Unknown object type: gizmo"}}
    assert project["data"]["name"] == "Batched"


def test_an_atomic_batch_is_written_whole_or_not_at_all(ask: Asker) -> None:
    good = f"PROJ/{SHOP}?method=PUT&name=Batched"
    assert ask.refused("POST", "batch", form={"uri": [good, "PROJ?method=POST&colour=red"], "atomic": "true"})[0] == 422
    assert "Batched" not in ask.names("PROJ")
    assert ask("POST", "batch", form={"uri": [good], "atomic": "true"}) == {"success": True}
    assert "Batched" in ask.names("PROJ")
