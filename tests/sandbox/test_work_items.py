"""Work items, work lists, last notes, updates, places of tasks, and what only assignees may say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.asking import Asker
from workfront_sandbox import Sandbox
from workfront_sandbox.schema.overrides import DONE, WORK

ANA, BO = (f"{number:032x}" for number in (0xA1, 0xA2))
GOING, PLANNED = (f"{number:032x}" for number in (0xB1, 0xB2))
ME = "5ab00000000000000000000000000001"
SEED: dict[str, Any] = {
    "now": "2027-05-10T08:00:00:000+0000",
    "USER": [{"ID": ANA, "name": "Ana"}, {"ID": BO, "name": "Bo"}],
    "PROJ": [{"ID": GOING, "name": "Going", "status": "CUR", "ownerID": ME},
             {"ID": PLANNED, "name": "Planned", "status": "PLN"}],
}  # fmt: skip


def asker(**options: Any) -> Asker:
    return Asker(Sandbox(SEED, **options), "/attask/api/v22.0")


@pytest.fixture
def ask() -> Asker:
    return asker()


def task(ask: Asker, name: str, project: str = GOING, **values: Any) -> str:
    body = {"name": name, "projectID": project, **values}
    return str(ask("POST", "TASK", json_body=body)["ID"])


def names(rows: Any) -> set[str]:
    return {row["name"] for row in rows}


def test_a_work_item_follows_its_assignment(ask: Asker) -> None:
    one = task(ask, "Bake", assignments=[{"assignedToID": ANA}, {"assignedToID": BO}])
    items = ask("GET", "WRKITM/search", {"fields": "userID,taskID,projectID,isDone,doneDate,referenceObjectName"})
    assert {item["userID"]: item["isDone"] for item in items} == {ANA: False, BO: False}
    assert {(item["taskID"], item["projectID"], item["referenceObjectName"]) for item in items} == {
        (one, GOING, "Bake")
    }
    ask("PUT", f"TASK/{one}", json_body={"status": "CPL", "name": "Baked"})
    done = ask("GET", "WRKITM/search", {"fields": "isDone,doneDate,referenceObjectName"})
    assert {(item["isDone"], item["doneDate"], item["referenceObjectName"]) for item in done} == {
        (True, SEED["now"], "Baked")
    }
    ask("PUT", f"TASK/{one}", json_body={"assignments": [{"assignedToID": BO}]})
    assert [item["userID"] for item in ask("GET", "WRKITM/search", {"fields": "userID"})] == [BO]
    assert ask("GET", f"USER/{ANA}", {"fields": "workItems:ID"})["workItems"] == []


def test_a_seed_of_assignments_comes_with_its_work_items() -> None:
    part = {"ID": "1" * 32, "taskID": "2" * 32, "assignedToID": ANA, "status": "DN"}
    seed = {**SEED, "TASK": [{"ID": "2" * 32, "name": "Bake"}], "ASSGN": [part]}
    found = Asker(Sandbox(seed), "/attask/api/v22.0")("GET", "WRKITM/search", {"fields": "userID,isDone,task:name"})
    assert [(item["userID"], item["isDone"], item["task"]["name"]) for item in found] == [(ANA, True, "Bake")]


def test_what_a_work_item_says_is_not_written(ask: Asker) -> None:
    task(ask, "Bake", assignments=[{"assignedToID": ANA}])
    item = ask("GET", "WRKITM/search")[0]["ID"]
    for values in ({"isDone": True}, {"priority": 1}, {"user": {"ID": BO}}):
        assert "not computed" in ask.refused("PUT", f"WRKITM/{item}", json_body=values)[1]
    assert "not computed" in ask.refused("DELETE", f"WRKITM/{item}")[1]
    ask("PUT", f"WRKITM/{item}/markViewed")
    assert ask("GET", f"WRKITM/{item}", {"fields": "lastViewedDate"})["lastViewedDate"] == SEED["now"]


def test_work_lists_go_by_assignment_and_project(ask: Asker) -> None:
    both = [{"assignedToID": ANA}, {"assignedToID": ME}]
    planned, going = task(ask, "later", PLANNED, assignments=both), task(ask, "now", assignments=both)
    task(ask, "of others", assignments=[{"assignedToID": ANA}])
    assert names(ask("GET", "WORK/myWork")) == {"now"}
    assert names(ask("GET", "WORK/workRequests")) == {"now", "later"}
    ask("PUT", f"TASK/{planned}/acceptWork")
    ask("PUT", f"TASK/{going}/markDone")
    assert names(ask("GET", "WORK/myWork")) == {"later"}
    assert names(ask("GET", "WORK/workRequests")) == set()
    assert names(ask("GET", "WORK/myAccomplishments")) == {"now"}


def test_what_only_a_team_has_is_its_request() -> None:
    team = "3" * 32
    ask = asker()
    ask.sandbox.insert("TEAMOB", [{"ID": team, "name": "Bakers"}])
    ask.sandbox.insert("TEAMMB", [{"teamID": team, "userID": ME}])
    task(ask, "team", assignments=[{"teamID": team}])
    task(ask, "mine", assignments=[{"teamID": team}, {"assignedToID": ME}])
    assert names(ask("GET", "WORK/teamRequests")) == {"team"}


@pytest.mark.parametrize("code", ["PROJ", "TASK"])
def test_the_last_note_is_known_until_its_text_is_gone(ask: Asker, code: str) -> None:
    about = GOING if code == "PROJ" else task(ask, "Bake", assignments=[{"assignedToID": ME}])

    def last() -> tuple[Any, ...]:
        row = ask("GET", f"{code}/{about}", {"fields": "lastNoteID,lastConditionNoteID,hasNotes"})
        return row["lastNoteID"], row["lastConditionNoteID"], row["hasNotes"]

    values = {"noteText": "fine", "noteObjCode": code, "objID": about}
    mine = ask("POST", "NOTE", json_body=values)["ID"]
    assert last() == (mine, mine, True)
    other = ask("POST", "NOTE", json_body={**values, "ownerID": BO})["ID"]
    assert last() == (other, mine, True)
    ask("PUT", f"NOTE/{other}", json_body={"noteText": ""})
    assert last() == (None, mine, True)
    for one in (mine, other):
        ask("DELETE", f"NOTE/{one}")
    assert last() == (None, None, False)


def test_updates_are_notes_and_journal_entries_the_newest_first(ask: Asker) -> None:
    one = task(ask, "Bake")
    ask.sandbox.clock.advance(timedelta(minutes=1))
    note = ask("POST", "NOTE", json_body={"noteText": "fine", "noteObjCode": "TASK", "objID": one})["ID"]
    fields = (
        "updates:updateObjCode,updates:enteredByID,updates:updateNote:noteText,updates:updateJournalEntry:changeType"
    )
    updates = ask("GET", f"TASK/{one}", {"fields": fields})["updates"]
    assert [row["updateObjCode"] for row in updates] == ["NOTE", "JRNLE"]
    assert updates[0]["updateNote"]["noteText"] == "fine"
    assert updates[1]["updateJournalEntry"]["changeType"] == "A"
    assert {row["enteredByID"] for row in updates} == {ME}
    since = {"objCode": "TASK", "objID": one, "sinceDate": "2027-05-10T08:00:30"}
    assert [row["ID"] for row in ask("GET", "UPDATE/objectUpdates", since)] == [note]
    assert [row["ID"] for row in ask("GET", "TASK/search", {"updates:updateObjCode": "NOTE"})] == [one]


@pytest.mark.parametrize("name", ["combinedUpdates", "nestedUpdates"])
def test_which_updates_are_shown_as_one_is_not_computed(ask: Asker, name: str) -> None:
    one = task(ask, "Bake")
    refused = (
        ask.refused("GET", f"TASK/{one}", {"fields": f"updates:{name}:ID"}),
        ask.refused("GET", "UPDATE/objectUpdates", {"objCode": "TASK", "objID": one, "fields": name}),
        ask.refused("GET", "TASK/search", {f"updates:{name}:updateObjCode": "NOTE"}),
    )
    assert {(status, text.endswith(f"{name} (Update): not computed by this sandbox")) for status, text in refused} == {
        (422, True)
    }


def places(ask: Asker) -> dict[str, tuple[int, str]]:
    return {row["name"]: (row["taskNumber"], row["wbs"]) for row in ask("GET", "TASK/search")}


def test_numbers_and_places_close_up_behind_a_task_that_goes(ask: Asker) -> None:
    ids = [task(ask, name) for name in "abcd"]
    task(ask, "kid", parentID=ids[2])
    stamp = ask("GET", f"TASK/{ids[3]}", {"fields": "lastUpdateDate"})["lastUpdateDate"]
    ask.sandbox.clock.advance(timedelta(hours=1))
    ask("DELETE", f"TASK/{ids[1]}")
    assert places(ask) == {"a": (1, "1"), "c": (2, "2"), "d": (3, "3"), "kid": (4, "2.1")}
    assert ask("GET", f"TASK/{ids[3]}", {"fields": "lastUpdateDate"})["lastUpdateDate"] == stamp
    ask.sandbox.restore("TASK", ids[1])
    assert places(ask)["b"] == (5, "4")
    ask("PUT", f"TASK/{ids[0]}", json_body={"parentID": ids[3]})
    assert places(ask) == {"a": (1, "2.1"), "c": (2, "1"), "d": (3, "2"), "kid": (4, "1.1"), "b": (5, "3")}


def test_a_task_stands_below_one_of_its_own_project(ask: Asker) -> None:
    above, other = task(ask, "above"), task(ask, "other", PLANNED)
    assert "two places" in ask.refused("PUT", f"TASK/{other}", json_body={"parentID": above})[1]
    body = {"name": "new", "projectID": PLANNED, "parentID": above}
    assert "two places" in ask.refused("POST", "TASK", json_body=body)[1]


@pytest.mark.parametrize("values", [{"commitDate": "2027-05-12T09:00:00"}, {"condition": 1}], ids=str)
def test_only_assignees_say_when_work_will_be_done_and_how_it_goes(values: dict[str, Any]) -> None:
    ask = asker(strict=True)
    ask.sandbox.accounts.set_api_key(ME, "mine")
    key = {"sessionid": "", "apikey": "mine"}
    body = {"name": "Bake", "projectID": GOING, "assignments": [{"assignedToID": ANA}]}
    one = ask("POST", "TASK", json_body=body, headers=key)["ID"]
    reply = ask.reply("PUT", f"TASK/{one}", json_body=values, headers=key)
    assert reply.status == 403
    ask("PUT", f"TASK/{one}", json_body={"assignments": [{"assignedToID": ME}]}, headers=key)
    assert ask("PUT", f"TASK/{one}", {"fields": ",".join(values)}, json_body=values, headers=key)
    assert ask.reply("PUT", f"TASK/{one}", json_body={"name": "Baked"}, headers=key).status == 200


@pytest.mark.parametrize("code", WORK)
@pytest.mark.parametrize("status", ["INP", "CPL", "CLS", "OWN", "OWN:A", None])
def test_work_shows_of_its_status_what_its_own_type_shows(code: str, status: str | None) -> None:
    own = [{"ID": one, "enumClass": f"STATUS_{one}", "value": "OWN", "equatesWith": DONE[one][0]} for one in WORK]
    ask = Asker(Sandbox({"CSTEM": own}))
    ask.sandbox.insert(code, [{"ID": GOING, "status": status}])
    (row,) = ask("GET", "WORK/search", {"fields": "statusEquatesWith,isComplete"})
    plain = (status or "").removesuffix(":A")
    assert row["statusEquatesWith"] == (DONE[code][0] if plain == "OWN" else status)
    assert row["isComplete"] is (plain in {*DONE[code], "OWN"})
    filters = [{"isComplete": "true"}, *([{"statusEquatesWith": row["statusEquatesWith"]}] if status else [])]
    for query in filters:
        assert ask("GET", "WORK/count", query) == ask("GET", f"{code}/count", query)
    assert not status or ask("GET", "WORK/count", filters[1]) == {"count": 1}
