"""Rows created, edited, copied and deleted: what is filled in, what follows, what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.asking import BAKING, BRICKS, FIRE, LEAK, LIV, MIA, NOAH, OVEN, PAINT, SHOP, Asker, bakery
from workfront_sandbox.writing.requirements import wanted
from workfront_schema import store
from workfront_schema.facts import layered

FACTS = layered(store.standard_schema())


def test_a_new_row_gets_an_id_its_defaults_and_its_dates(ask: Asker) -> None:
    made = ask(
        "POST",
        "TASK",
        {"fields": "status,entryDate,enteredByID,taskNumber,wbs,projectID"},
        json_body={"name": "Sweep", "projectID": OVEN},
    )
    assert len(made.pop("ID")) == 32
    assert made == {
        "name": "Sweep",
        "objCode": "TASK",
        "status": "NEW",
        "entryDate": "2027-05-12T10:00:00:000+0200",
        "enteredByID": MIA,
        "taskNumber": 3,
        "wbs": "2",
        "projectID": OVEN,
    }


@pytest.mark.parametrize(
    "how",
    [
        {"query": {"name": "Van", "status": "PLN"}},
        {"form": {"name": "Van", "status": "PLN"}},
        {"json_body": {"name": "Van", "status": "PLN"}},
        {"form": {"updates": json.dumps({"name": "Van", "status": "PLN"})}},
        {"query": {"status": "PLN"}, "form": {"name": "Van", "status": "CUR"}},
    ],
)
def test_values_may_be_given_in_every_way_and_the_query_wins(ask: Asker, how: dict[str, Any]) -> None:
    made = ask("POST", "project", **how)
    assert (made["name"], made["status"]) == ("Van", "PLN")


def test_methods_may_be_tunnelled_in_both_directions(ask: Asker) -> None:
    assert ask("GET", f"proj/{SHOP}", {"method": "put", "name": "Front"})["name"] == "Front"
    assert ask("POST", "proj/search", form={"method": "get", "name": "Front"})[0]["ID"] == SHOP
    assert ask("GET", f"proj/{SHOP}", {"method": "DELETE"}) == {"success": True}
    assert ask.refused("POST", "proj", {"method": "brew"}) == (422, "Unsupported HTTP method: BREW")


def test_an_edit_changes_only_what_it_names_and_stamps_the_row(ask: Asker) -> None:
    ask.sandbox.clock.advance(timedelta(hours=3))
    found = ask("PUT", f"PROJ/{OVEN}", {"fields": "budget,status,lastUpdateDate"}, json_body={"status": "ONH"})
    assert (found["budget"], found["status"]) == (900.5, "ONH")
    assert found["lastUpdateDate"] == "2027-05-12T13:00:00:000+0200"


def test_an_empty_text_or_null_clears(ask: Asker) -> None:
    assert ask("PUT", f"PROJ/{OVEN}", {"fields": "ownerID"}, form={"ownerID": ""})["ownerID"] is None
    assert ask("PUT", f"PROJ/{SHOP}", {"fields": "budget"}, json_body={"budget": None})["budget"] is None


def test_dates_are_kept_in_the_form_of_the_service(ask: Asker) -> None:
    found = ask("PUT", f"PROJ/{SHOP}", {"fields": "plannedStartDate"}, json_body={"plannedStartDate": "2027-06-01"})
    assert found["plannedStartDate"] == "2027-06-01T00:00:00:000+0200"
    found = ask(
        "PUT", f"PROJ/{SHOP}", {"fields": "plannedStartDate"}, json_body={"plannedStartDate": "2027-06-01T12:00:00.5Z"}
    )
    assert found["plannedStartDate"] == "2027-06-01T14:00:00:500+0200"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"colour": "red"}, "APIModel V22_0 does not support field colour (Task)"),
        ({"status": "ZAP"}, "Invalid custom enum value(s) for field 'Status': ['ZAP']"),
        ({"durationUnit": "Z"}, 'Invalid Parameter: durationUnit value "Z"'),
        ({"percentComplete": "half"}, 'For input string: "half"'),
        ({"percentComplete": [1]}, 'Invalid Parameter: percentComplete value "[1]"'),
        ({"assignedToID": "f" * 32}, f'User with primary key value(s) "{"f" * 32}" not found'),
        ({"plannedStartDate": "tomorrow"}, 'Unparseable date: "tomorrow"'),
        ({"assignments": {"a": 1}}, "assignments takes a list of objects"),
    ],
)
def test_values_a_field_does_not_take_are_refused(ask: Asker, values: dict[str, Any], message: str) -> None:
    assert ask.refused("PUT", f"TASK/{FIRE}", json_body=values) == (422, message)


def test_updates_do_not_mix_with_plain_fields(ask: Asker) -> None:
    assert ask.refused("PUT", f"TASK/{FIRE}", {"name": "x"}, form={"updates": '{"priority":1}'}) == (
        422,
        "Cannot mix 'updates' JSON parameter with non-JSON update parameter 'name'",
    )


def test_a_tenants_own_status_is_taken(ask: Asker) -> None:
    ask(
        "POST", "CSTEM", json_body={"enumClass": "STATUS_TASK", "value": "DRY", "label": "Drying", "equatesWith": "INP"}
    )
    assert ask("PUT", f"TASK/{PAINT}", json_body={"status": "DRY"})["status"] == "DRY"


def test_a_done_task_is_at_a_hundred_percent_and_the_other_way_round(ask: Asker) -> None:
    assert ask("PUT", f"TASK/{FIRE}", json_body={"status": "CPL"})["percentComplete"] == 100.0
    assert ask("PUT", f"TASK/{PAINT}", json_body={"percentComplete": 100})["status"] == "CPL"


def test_the_project_of_an_issue_does_not_change_by_an_edit(ask: Asker) -> None:
    assert ask("PUT", f"OPTASK/{LEAK}", {"fields": "projectID"}, json_body={"projectID": SHOP})["projectID"] == OVEN


def test_custom_fields_are_written_at_the_top_and_found_again(ask: Asker) -> None:
    ask("PUT", f"PROJ/{SHOP}", json_body={"DE:Floor": "roof", "DE:Rooms": 3})
    assert ask.names("PROJ", **{"DE:Rooms": "2", "DE:Rooms_Mod": "gt"}) == ["Shop front"]
    assert ask("PUT", f"PROJ/{SHOP}", {"fields": "DE:Floor"}, json_body={"parameterValues": {"DE:Floor": "attic"}})[
        "DE:Floor"
    ] == ("attic")


def test_a_nested_collection_takes_the_place_of_what_was_there(ask: Asker) -> None:
    fields = {"fields": "assignments:assignedToID,assignments:roleID,assignedToID"}
    first = [{"assignedToID": LIV}, {"assignedToID": NOAH}]
    found = ask("PUT", f"TASK/{PAINT}", fields, json_body={"assignments": first})
    assert [(row["assignedToID"], row["roleID"]) for row in found["assignments"]] == [(LIV, BAKING), (NOAH, None)]
    assert found["assignedToID"] == LIV
    found = ask("PUT", f"TASK/{PAINT}", fields, json_body={"assignments": [{"assignedToID": MIA}]})
    assert [row["assignedToID"] for row in found["assignments"]] == [MIA]
    assert len(ask.sandbox.rows("ASSGN")) == 1


def test_a_reference_says_the_same_as_an_object_with_an_id_and_as_an_id(ask: Asker) -> None:
    fields = {"fields": "projectID,parentID,taskNumber,wbs,plannedStartDate,assignedToID,assignments:assignedToID"}
    plain = {"projectID": OVEN, "parentID": FIRE, "assignedToID": MIA}
    nested = {name.removesuffix("ID"): {"ID": value} for name, value in plain.items()}
    made = [ask("POST", "TASK", fields, json_body={"name": "t", **values}) for values in (plain, nested)]
    for row in made:
        row["assignments"] = [part["assignedToID"] for part in row["assignments"]]
    shown = [{name: row[name] for name in row if name not in {"ID", "taskNumber", "wbs"}} for row in made]
    assert (shown[0], made[1]["taskNumber"]) == (shown[1], made[0]["taskNumber"] + 1)
    assert made[1]["wbs"].rpartition(".")[0] == made[0]["wbs"].rpartition(".")[0]
    assert ask.refused("POST", "TASK", json_body={"name": "t", "project": {"ID": "f" * 32}})[0] == 404


def test_a_member_that_is_named_takes_the_values_it_is_given(ask: Asker) -> None:
    ask("PUT", f"TASK/{FIRE}", json_body={"assignments": [{"assignedToID": MIA}, {"assignedToID": NOAH}]})
    fields = {"fields": "assignments:assignmentPercent,assignments:assignedToID"}
    first, second = ask("GET", f"TASK/{FIRE}", fields)["assignments"]
    body = {"assignments": [{"ID": first["ID"], "assignmentPercent": 40.0}, {"ID": second["ID"]}]}
    ask("PUT", f"TASK/{FIRE}", json_body=body)
    assert ask("GET", f"TASK/{FIRE}", fields)["assignments"] == [{**first, "assignmentPercent": 40.0}, second]
    ask("PUT", f"PROJ/{SHOP}", json_body={"tasks": [{"ID": PAINT, "status": "CPL"}]})
    assert ask("GET", f"TASK/{PAINT}", {"fields": "percentComplete"})["percentComplete"] == 100.0
    refused = ask.refused("PUT", f"PROJ/{SHOP}", json_body={"tasks": [{"ID": PAINT, "colour": "red"}]})
    assert refused[0] == 422


def test_a_nested_object_replaces_all_its_settings(ask: Asker) -> None:
    fields = {"fields": "queueDef:isPublic,queueDef:addOpTaskStyle"}
    ask("PUT", f"PROJ/{SHOP}", fields, json_body={"queueDef": {"isPublic": 1, "addOpTaskStyle": "GRID"}})
    found = ask("PUT", f"PROJ/{SHOP}", fields, json_body={"queueDef": {"isPublic": 1}})["queueDef"]
    assert (found["isPublic"], found["addOpTaskStyle"]) == (1, None)
    found = ask("PUT", f"PROJ/{SHOP}", {"fields": "owner"}, json_body={"owner": {"ID": LIV}})
    assert found["owner"]["name"] == "Liv Lund"


def test_many_rows_are_written_in_one_call(ask: Asker) -> None:
    made = ask("POST", "ROLE", json_body=[{"name": "Painter"}, {"name": "Mason"}])
    assert [row["name"] for row in made] == ["Painter", "Mason"]
    edits = [{"ID": row["ID"], "name": row["name"].upper()} for row in made]
    assert [row["name"] for row in ask("PUT", "ROLE", json_body=edits)] == ["PAINTER", "MASON"]
    assert ask.refused("PUT", "ROLE", json_body=[{"name": "nobody"}])[1] == "Each object of an edit needs its ID"


def test_a_bad_row_ends_a_bulk_call_and_earlier_rows_stay_unless_it_is_atomic(ask: Asker) -> None:
    rows = [{"name": "Porter"}, {"name": "Clerk", "height": 3}, {"name": "Cook"}]
    assert ask.refused("POST", "ROLE", json_body=rows)[0] == 422
    assert ask.names("ROLE") == ["Baker", "Porter"]
    assert ask.refused("POST", "ROLE", {"atomic": "true"}, json_body=[{"name": "Guard"}, *rows])[0] == 422
    assert ask.names("ROLE") == ["Baker", "Porter"]
    assert ask("POST", "ROLE", {"atomic": "true"}, json_body=[{"name": "Guard"}]) == {"success": True}
    assert ask.names("ROLE") == ["Baker", "Guard", "Porter"]


FIELDS_OF_WRITES: list[tuple[str, str, Any]] = [
    ("POST", "PROJ", {"name": "new"}),
    ("PUT", f"PROJ/{SHOP}", {"name": "new"}),
    ("POST", "PROJ", [{"name": "new"}, {"name": "newer"}]),
    ("PUT", "PROJ", [{"ID": SHOP, "name": "new"}, {"ID": OVEN, "name": "newer"}]),
    ("POST", f"PROJ?copySourceID={SHOP}", {"name": "new"}),
    ("POST", "PROJ?atomic=true", [{"name": "new"}]),
]


@pytest.mark.parametrize(("method", "path", "values"), FIELDS_OF_WRITES)
@pytest.mark.parametrize("fields", ["nope", "owner:nope", "DE:Nope", "password"])
def test_a_write_whose_answer_cannot_have_its_fields_writes_nothing(
    ask: Asker, method: str, path: str, values: Any, fields: str
) -> None:
    before = ask.sandbox.rows("PROJ")
    place, _, query = path.partition("?")
    status, _ = ask.refused(method, place, f"{query}&fields={fields}", json_body=values)
    assert (status in {404, 422}, ask.sandbox.rows("PROJ")) == (True, before)


def test_a_hundred_and_one_rows_are_too_many(ask: Asker) -> None:
    rows = [{"name": f"R{number}"} for number in range(101)]
    assert ask.refused("POST", "ROLE", json_body=rows) == (422, "Can not add more than 100 objects at once.")
    assert ask.names("ROLE") == ["Baker"]


def test_parameters_have_names_of_their_own(ask: Asker) -> None:
    made = ask("POST", "PARAM", {"fields": "dataType"}, json_body={"name": "Flour", "dataType": "POWDER"})
    assert made["dataType"] == "TEXT"
    assert ask.refused("POST", "PARAM", {"name": "Flour"}) == (422, 'Parameter with name "Flour" already exists.')
    assert ask.refused("POST", "PARAM", {"name": "Flour (kg)"})[1] == "Invalid character in 'name' : '('"


def test_a_deleted_project_takes_its_tasks_along(ask: Asker) -> None:
    assert ask("DELETE", "PROJ", {"id": f"{OVEN},{SHOP}"}) == {"success": True}
    assert ask.names("TASK") == ["bread photos"]
    assert ask.refused("DELETE", f"PROJ/{OVEN}")[0] == 404


@pytest.mark.parametrize("atomic", [True, False])
def test_deleting_several_rows_is_all_or_nothing_with_atomic(ask: Asker, atomic: bool) -> None:
    deleted = {"id": f"{FIRE},{'f' * 32}", **({"atomic": "true"} if atomic else {})}
    assert ask.refused("DELETE", "TASK", deleted)[0] == 404
    assert ("First fire" in ask.names("TASK")) is atomic


def test_tasks_of_templates_go_by_force_only(ask: Asker) -> None:
    (task,) = ask.sandbox.insert("TTSK", [{"name": "Order flour"}])
    assert ask.refused("DELETE", f"TTSK/{task}")[1].endswith("Please use force delete.")
    assert ask("DELETE", f"TTSK/{task}", {"force": "true"}) == {"success": True}


def test_a_copy_of_a_project_has_copies_of_its_tasks(ask: Asker) -> None:
    form = {"copySourceID": OVEN, "updates": json.dumps({"name": "Second oven"}), "options": '["clearProgress"]'}
    made = ask("POST", "PROJ", {"fields": "tasks:percentComplete,tasks:parent,DE:Floor"}, form=form)
    assert (made["name"], made["DE:Floor"]) == ("Second oven", "cellar")
    assert [task["percentComplete"] for task in made["tasks"]] == [0.0, 0.0]
    assert made["tasks"][1]["parent"]["ID"] == made["tasks"][0]["ID"] != BRICKS
    assert ask.refused("POST", "USER", {"copySourceID": MIA})[1].endswith("COPY")


def test_a_copy_with_values_is_as_one_that_was_edited(ask: Asker) -> None:
    values = {"name": "c", "status": "CPL", "assignments": [{"assignedToID": LIV}], "DE:Color": "red"}
    fields = "status,percentComplete,actualCompletionDate,assignedToID,assignments:assignedToID,DE:Color"
    made = ask("POST", "TASK", {"copySourceID": FIRE, "fields": fields}, json_body=values)
    assert (made["status"], made["percentComplete"], made["assignedToID"]) == ("CPL", 100.0, LIV)
    assert [part["assignedToID"] for part in made["assignments"]] == [LIV]
    assert (made["actualCompletionDate"] is not None, made["DE:Color"]) == (True, "red")
    before = ask.sandbox.rows("TASK")
    assert ask.refused("POST", "TASK", {"copySourceID": FIRE}, json_body={"name": "c", "colour": "red"})[0] == 422
    assert ask.sandbox.rows("TASK") == before


def test_a_project_of_a_template_has_its_tasks(ask: Asker) -> None:
    (template,) = ask.sandbox.insert("TMPL", [{"name": "Opening"}])
    ask.sandbox.insert("TTSK", [{"name": name, "templateID": template} for name in ("Invite", "Decorate")])
    made = ask("POST", "PROJ", {"fields": "tasks:name"}, json_body={"name": "May opening", "templateID": template})
    assert [task["name"] for task in made["tasks"]] == ["Invite", "Decorate"]


def test_notes_need_to_know_what_they_are_about(ask: Asker) -> None:
    made = ask(
        "POST", "NOTE", {"fields": "task:name"}, json_body={"noteObjCode": "TASK", "objID": FIRE, "noteText": "!"}
    )
    assert made["task"]["name"] == "First fire"
    assert ask.refused("POST", "NOTE", json_body={"noteText": "?"})[0] == 422


def test_every_change_leaves_an_entry_in_the_journal(ask: Asker) -> None:
    ask("PUT", f"TASK/{FIRE}", json_body={"name": "Test fire", "percentComplete": 20})
    ask("PUT", f"TASK/{FIRE}", json_body={"taskConstraint": "MSO", "constraintDate": "2027-05-13T09:00:00"})
    entries = {row["fieldName"]: row for row in ask.sandbox.rows("JRNLE") if row["objID"] == FIRE}
    assert (entries["name"]["oldTextVal"], entries["name"]["newTextVal"]) == ("First fire", "Test fire")
    assert (entries["percentComplete"]["oldNumberVal"], entries["percentComplete"]["newNumberVal"]) == (0.0, 20)
    assert entries["plannedStartDate"]["newDateVal"].startswith("2027-05-13")
    query = {"objObjCode": "TASK", "objID": FIRE, "fieldName": "name", "fields": "editedBy:name,changeType,projectID"}
    (found,) = ask("GET", "JRNLE/search", query)
    assert (found["editedBy"]["name"], found["changeType"], found["projectID"]) == ("Mia Moll", "E", OVEN)


def test_time_entries_are_journalled_as_parts_of_their_work(ask: Asker) -> None:
    made = ask("POST", "HOUR", json_body={"hours": 3, "taskID": PAINT})
    ask("DELETE", f"HOUR/{made['ID']}")
    rows = ask(
        "GET", "JRNLE/search", {"subObjCode": "HOUR", "fields": "changeType,objObjCode,newNumberVal,oldNumberVal"}
    )
    assert [(row["changeType"], row["objObjCode"], row["newNumberVal"], row["oldNumberVal"]) for row in rows] == [
        ("A", "TASK", 3, None),
        ("D", "TASK", None, 3),
    ]


def test_a_write_that_changes_nothing_leaves_no_trace(ask: Asker) -> None:
    ask("PUT", f"TASK/{FIRE}", json_body={"name": "First fire"})
    assert ask.sandbox.rows("JRNLE") == []


def test_a_strict_sandbox_takes_only_custom_fields_it_knows() -> None:
    asker = bakery(strict=True)
    asker.sandbox.accounts.issue(MIA, "mia")
    assert asker.refused("PUT", f"PROJ/{OVEN}", json_body={"DE:Unheard": 1})[0] == 404
    assert asker("PUT", f"PROJ/{OVEN}", {"fields": "DE:Floor"}, json_body={"DE:Floor": "1"})["DE:Floor"] == "1"


@pytest.mark.parametrize(
    ("code", "values", "told"),
    [
        ("PARAM", {"name": "Rise"}, "Label is required and cannot be empty"),
        ("PARAM", {"name": "Rise", "label": "Rise", "dataType": "TEXT"}, "displayType is needed"),
        ("PGRP", {"description": "Of the oven"}, "name is needed"),
        ("QUET", {"name": "Burnt bread", "allowedOpTaskTypes": ["ISU"]}, "queueDefID is needed"),
        ("UIFT", {"name": "Mine", "uiObjCode": "TASK", "isReport": False}, "filterType is needed"),
        ("CTGY", {"name": "Dough"}, "Cannot invoke CategoryObjTypesEnum.getFeature() because objTypeEnum is null"),
        ("TASK", {"name": "Knead"}, "projectID is needed"),
    ],
)
def test_a_strict_sandbox_wants_what_the_service_cannot_do_without(
    code: str, values: dict[str, str], told: str
) -> None:
    strict, lenient = bakery(strict=True), bakery()
    strict.sandbox.accounts.issue(MIA, "mia")
    status, message = strict.refused("POST", code, json_body=values)
    assert (status, message.partition(" for ")[0]) == (422, told)
    assert lenient("POST", code, json_body=values)["ID"]


def test_a_strict_sandbox_wants_all_that_was_seen_to_be_needed() -> None:
    seen = {fact.object: {*fact.needs} for fact in FACTS.create if fact.certainty == "seen"}
    assert len(seen) > 10
    assert [code for code, needs in seen.items() if not needs <= {*wanted(code, is_strict=True)}] == []


def test_the_journal_names_whose_time_it_is_and_what_had_no_condition(ask: Asker) -> None:
    ask("PUT", f"TASK/{FIRE}", json_body={"condition": 2})
    ask("PUT", f"TASK/{FIRE}", json_body={"condition": 0})
    ask("POST", "HOUR", json_body={"hours": 3, "taskID": PAINT, "ownerID": NOAH})
    rows = ask.sandbox.rows("JRNLE")
    told = [(row["oldNumberVal"], row["newNumberVal"]) for row in rows if row["fieldName"] == "condition"]
    assert told == [(-2147483648, 2), (2, 0)]
    assert [row["aux2"] for row in rows if row.get("subObjCode") == "HOUR"] == ["Noah Nord"]


STEERING = ("copySourceID", "fields", "method", "atomic", "options", "force", "action", "apiKey", "sessionID")


@pytest.mark.parametrize("name", STEERING)
@pytest.mark.parametrize(("method", "path"), [("POST", "PROJ"), ("PUT", f"PROJ/{OVEN}")])
def test_what_steers_a_call_is_read_in_the_query_alone(ask: Asker, name: str, method: str, path: str) -> None:
    before = ask.sandbox.rows("PROJ")
    status, said = ask.refused(method, path, json_body={"name": "x", name: OVEN})
    assert status == 422
    assert said.startswith(f"APIModel V22_0 does not support field {name} (Project): {name} steers a call;")
    assert ask.sandbox.rows("PROJ") == before
