"""What a row hangs on is said once: two ways of saying it agree, and nobody has the same work twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import BAKING, FIRE, LEAK, LIV, MIA, NOAH, OVEN, PAINT, SHOP, Asker, bakery
from tests.sandbox.test_kinds import VERSIONS, refusals
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.writing.document import OWNERS

HOME = {"fields": "docObjCode,objID"}


@pytest.fixture(params=VERSIONS, ids="v{}".format)
def asking(request: pytest.FixtureRequest) -> Asker:
    return Asker(bakery().sandbox, f"/attask/api/v{request.param}.0")


def document(ask: Asker, object_id: str) -> dict[str, Any]:
    """A document as it is kept."""
    return next(dict(row) for row in ask.sandbox.rows("DOCU") if row["ID"] == object_id)


def home_of(ask: Asker, code: str) -> str:
    """The ID of a row that documents can hang on."""
    there = {"TASK": FIRE, "OPTASK": LEAK, "PROJ": SHOP, "USER": NOAH}
    if code == "TTSK":
        template = ask("POST", "TMPL", json_body={"name": "Plan"})["ID"]
        return str(ask("POST", "TTSK", json_body={"name": "Step", "templateID": template})["ID"])
    return there.get(code) or str(ask("POST", code, json_body={"name": "Home"})["ID"])


@pytest.mark.parametrize("code", OWNERS)
def test_a_document_hangs_on_one_row_whichever_way_it_is_said(asking: Asker, code: str) -> None:
    ask, home = asking, home_of(asking, code)
    by_field = ask("POST", "DOCU", HOME, json_body={"name": "a", ROW_KEYS[code]: home})
    by_type = ask("POST", "DOCU", HOME, json_body={"name": "b", "docObjCode": code, "objID": home})
    from_elsewhere = [
        ask("POST", "DOCU", json_body={"name": "c", "docObjCode": "TASK", "objID": PAINT})["ID"] for _ in range(3)
    ]
    ask("PUT", f"DOCU/{from_elsewhere[0]}", json_body={"docObjCode": code, "objID": home})
    ask("PUT", f"DOCU/{from_elsewhere[1]}", json_body={ROW_KEYS[code]: home})
    ask("PUT", f"DOCU/{from_elsewhere[2]}/move", json_body={"docObjCode": code, "objID": home})
    for one in (by_field["ID"], by_type["ID"], *from_elsewhere):
        row = document(ask, one)
        assert (row["docObjCode"], row["objID"], row[ROW_KEYS[code]]) == (code, home, home)
        assert [name for name in OWNERS if row.get(ROW_KEYS[name])] == [code]


@pytest.mark.parametrize("code", ["HOUR", "ASSGN", "ROLE", "DOCU"])
def test_a_document_hangs_on_nothing_that_has_no_documents(asking: Asker, code: str) -> None:
    made = asking("POST", "DOCU", json_body={"name": "a", "docObjCode": "TASK", "objID": FIRE})["ID"]
    asking("POST", "ASSGN", json_body={"taskID": FIRE, "assignedToID": MIA})
    other = str(asking.sandbox.rows(code)[0]["ID"])
    before = document(asking, made)
    home = {"docObjCode": code, "objID": other}
    for method, path in (("PUT", f"DOCU/{made}"), ("PUT", f"DOCU/{made}/move"), ("POST", "DOCU")):
        body = home if path.endswith("move") else {"name": "a", **home}
        assert f'docObjCode value "{code}"' in asking.refused(method, path, json_body=body)[1]
    assert document(asking, made) == before


def test_a_note_stays_with_what_it_is_about(asking: Asker) -> None:
    note = {"noteText": "x", "noteObjCode": "TASK", "objID": FIRE}
    made = asking("POST", "NOTE", json_body=note)["ID"]
    moves: tuple[dict[str, Any], ...] = ({"objID": OVEN, "noteObjCode": "PROJ"}, {"taskID": PAINT}, {"projectID": SHOP})
    for other in moves:
        assert "of a note that is there" in asking.refused("PUT", f"NOTE/{made}", json_body=other)[1]
    asking("PUT", f"NOTE/{made}", json_body={**note, "noteText": "y", "taskID": FIRE})


@pytest.mark.parametrize(("code", "values"), [("HOUR", {"hours": 1}), ("EXPNS", {}), ("ASSGN", {"assignedToID": MIA})])
@pytest.mark.parametrize(("key", "work"), [("taskID", FIRE), ("opTaskID", LEAK)])
def test_what_hangs_on_work_is_in_its_project(
    asking: Asker, code: str, values: dict[str, Any], key: str, work: str
) -> None:
    if code == "EXPNS" and key == "opTaskID":
        return
    other = {**values, key: work, "projectID": SHOP}
    assert "is not the project of its task or issue" in asking.refused("POST", code, json_body=other)[1]
    made = asking("POST", code, {"fields": "projectID"}, json_body={**values, key: work})
    assert made["projectID"] == OVEN
    assert "leave it out" in asking.refused("PUT", f"{code}/{made['ID']}", json_body={"projectID": SHOP})[1]


def test_who_has_the_work_does_not_get_it_twice(asking: Asker) -> None:
    ask = asking
    text = "Noah Nord is assigned to the Task already"
    twice = [{"assignedToID": NOAH}, {"assignedToID": NOAH}]
    assert ask.refused("PUT", f"TASK/{FIRE}", json_body={"assignments": twice})[1] == text
    ask("POST", "ASSGN", json_body={"taskID": FIRE, "assignedToID": NOAH})
    assert ask.refused("POST", "ASSGN", json_body={"taskID": FIRE, "assignedToID": NOAH})[1] == text
    second = ask("POST", "ASSGN", json_body={"taskID": FIRE, "assignedToID": LIV})["ID"]
    assert ask.refused("PUT", f"ASSGN/{second}", json_body={"assignedToID": NOAH})[1] == text
    swap = {"taskIDs": [FIRE], "swapFromUserID": LIV, "swapToUserID": NOAH}
    assert ask.refused("PUT", "ASSGN/swapUsersOnTasks", json_body=swap)[1] == text
    ask("PUT", f"TASK/{FIRE}/assign", json_body={"objID": BAKING, "objCode": "ROLE"})
    ask("PUT", f"TASK/{FIRE}/assign", json_body={"objID": LIV, "objCode": "USER"})
    rows = ask("GET", "ASSGN/search", {"taskID": FIRE, "fields": "assignedToID,roleID"})
    assert sorted(str(row["assignedToID"]) for row in rows) == sorted([NOAH, LIV, "None"])


def test_an_assignment_is_somebodys(asking: Asker) -> None:
    nobody: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("POST", "ASSGN", {"taskID": FIRE}), ("POST", "ASSGN", {"opTaskID": LEAK}),
        ("PUT", f"TASK/{FIRE}", {"assignments": [{}]}), ("PUT", f"OPTASK/{LEAK}", {"assignments": [{}]}),
        ("POST", "TASK", {"name": "x", "projectID": OVEN, "assignments": [{}]}),
    )  # fmt: skip
    for method, path, body in nobody:
        assert "names a user, a role or a team" in asking.refused(method, path, json_body=body)[1], path


def test_a_task_waits_for_each_other_once(asking: Asker) -> None:
    ask = asking
    link = {"predecessorID": PAINT}
    assert "waits for" in ask.refused("PUT", f"TASK/{FIRE}", json_body={"predecessors": [link, link]})[1]
    assert "predecessorID" in ask.refused("PUT", f"TASK/{FIRE}", json_body={"predecessors": [{}]})[1]
    itself = {"predecessors": [{"predecessorID": FIRE}]}
    assert "wait for itself" in ask.refused("PUT", f"TASK/{FIRE}", json_body=itself)[1]
    one = ask("PUT", f"TASK/{FIRE}", {"fields": "predecessors:ID"}, json_body={"predecessors": [link]})["predecessors"]
    again = ask.reply("PUT", f"TASK/{FIRE}", json_body={"predecessors": [{"ID": one[0]["ID"]}, link]})
    assert refusals(again) == "The task waits for Paint 50% of the sign_board already"
    new = {"name": "new", "projectID": OVEN, "predecessors": [link, link]}
    assert "already" in ask.refused("POST", "TASK", json_body=new)[1]


def test_of_a_row_that_is_named_the_id_alone_is_looked_at(asking: Asker) -> None:
    ask = asking
    shown = ask("GET", f"USER/{NOAH}", {"fields": "*,role:name"})
    ask("PUT", f"PROJ/{OVEN}", json_body={"owner": shown})
    assert ask("GET", f"PROJ/{OVEN}", {"fields": "ownerID"})["ownerID"] == NOAH
    for more in ({"name": "Renamed"}, {"nosuch": 1}, {"role": {"ID": BAKING}}):
        ask.refused("PUT", f"PROJ/{OVEN}", json_body={"owner": {"ID": NOAH, **more}})
        ask.refused("POST", "PROJ", json_body={"name": "x", "owner": {"ID": NOAH, **more}})
        ask.refused("PUT", f"TASK/{FIRE}", json_body={"assignedTo": {"ID": NOAH, **more}})
    group = ask("POST", "GROUP", json_body={"name": "Bakers"})
    port = ask("POST", "PORT", {"fields": "groups:name"}, json_body={"name": "All", "groups": [group]})
    assert [one["name"] for one in port["groups"]] == ["Bakers"]
    text = ask.refused("PUT", f"PORT/{port['ID']}", json_body={"groups": [{**group, "name": "Millers"}]})[1]
    assert text == f"name of Group {group['ID']} is another: edit that row by a call of its own"
    assert ask("GET", f"USER/{NOAH}")["name"] == "Noah Nord"


def test_a_reference_and_its_id_name_one_row(asking: Asker) -> None:
    both = {"ownerID": NOAH, "owner": {"ID": MIA}}
    for method, path in (("PUT", f"PROJ/{OVEN}"), ("POST", "PROJ")):
        assert "name two rows" in asking.refused(method, path, json_body={"name": "x", **both})[1]
        asking(method, path, json_body={"name": "x", "ownerID": NOAH, "owner": {"ID": NOAH}})
    elsewhere = {"tasks": [{"name": "x", "projectID": SHOP}]}
    assert "leave it out" in asking.refused("PUT", f"PROJ/{OVEN}", json_body=elsewhere)[1]


@pytest.mark.parametrize("wildcard", ["$$USER", "$$USER.ID"])
def test_a_wildcard_for_an_id_is_the_id_it_stands_for(asking: Asker, wildcard: str) -> None:
    shown = {"fields": "ownerID"}
    assert asking("PUT", f"PROJ/{SHOP}", shown, json_body={"ownerID": wildcard})["ownerID"] == MIA
    assert asking("POST", "PROJ", shown, json_body={"name": "x", "ownerID": wildcard})["ownerID"] == MIA
    assert asking.refused("PUT", f"PROJ/{SHOP}", json_body={"ownerID": "$$NOBODY"})[1] == "Unknown wildcard: $$NOBODY"


@pytest.mark.parametrize("value", [[], "x", 5, True])
def test_values_of_custom_fields_stand_in_an_object(asking: Asker, value: Any) -> None:
    text = "parameterValues takes an object of fields and values"
    assert asking.refused("PUT", f"PROJ/{OVEN}", json_body={"parameterValues": value})[1] == text


def test_a_collection_is_replaced_with_all_that_stands_below_what_goes(asking: Asker) -> None:
    kept = asking("PUT", f"PROJ/{OVEN}", {"fields": "tasks:name"}, json_body={"tasks": [{"name": "new"}]})
    assert [one["name"] for one in kept["tasks"]] == ["new"]
