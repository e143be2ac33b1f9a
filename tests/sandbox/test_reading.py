"""What is answered: fields, order, pages, maps, counts, reports, named queries, metadata."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.asking import BRICKS, FIRE, LEAK, LIV, MIA, NOAH, OVEN, PHOTOS, SHOP, WEBSITE, Asker, bakery
from workfront_sandbox import Limits


def test_asked_fields_come_with_id_name_and_code(ask: Asker) -> None:
    assert ask("GET", f"TASK/{FIRE}", {"fields": "status,priority"}) == {
        "ID": FIRE,
        "name": "First fire",
        "objCode": "TASK",
        "status": "NEW",
        "priority": 4,
    }
    assert set(ask("GET", f"TASK/{FIRE}", {"fields": json.dumps(["wbs"])})) == {"ID", "name", "objCode", "wbs"}


def test_without_fields_a_row_shows_the_usual_ones(ask: Asker) -> None:
    assert set(ask("GET", f"PROJ/{OVEN}")) == {
        "ID",
        "name",
        "objCode",
        "percentComplete",
        "plannedCompletionDate",
        "plannedStartDate",
        "priority",
        "projectedCompletionDate",
        "status",
    }


def test_fields_reach_through_references_and_collections(ask: Asker) -> None:
    found = ask("GET", f"PROJ/{OVEN}", {"fields": "owner:firstName,tasks:assignedTo:role:name,tasks:parent"})
    assert found["owner"] == {"ID": MIA, "name": "Mia Moll", "objCode": "USER", "firstName": "Mia"}
    bricks, fire = found["tasks"]
    assert bricks["parent"] is None
    assert fire["parent"]["name"] == "Lay bricks"
    assert fire["assignedTo"]["role"]["name"] == "Baker"
    assert bricks["assignedTo"]["role"] is None


def test_a_star_shows_every_plain_field_and_no_custom_one(ask: Asker) -> None:
    found = ask("GET", f"PROJ/{OVEN}", {"fields": "*,owner:*"})
    assert found["budget"] == 900.5
    assert found["sponsorID"] is None
    assert found["owner"]["username"] == "mia@bakery.test"
    assert not [name for name in found if name.startswith("DE:")]


def test_custom_fields_come_by_name_or_all_together(ask: Asker) -> None:
    assert ask("GET", f"PROJ/{SHOP}", {"fields": "DE:Floor"})["DE:Floor"] == "ground"
    together = ask("GET", f"TASK/{BRICKS}", {"fields": "project:parameterValues"})["project"]["parameterValues"]
    assert together == {"DE:Floor": "cellar", "DE:Tags": ["hot", "heavy"]}
    assert ask("GET", f"TASK/{BRICKS}", {"fields": "DE:project:Floor"})["project"]["DE:Floor"] == "cellar"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("name,plannedHours", "APIModel V18_0 does not support field plannedHours (Task)"),
        ("project:zzz", "APIModel V18_0 does not support field zzz (Project)"),
        ("DE:*", "no such field: '*'"),
        (
            "project:tasks:project:tasks:project:name",
            "project:tasks:project:tasks:project:name goes deeper than 4 levels",
        ),
        ("auditNote", "APIModel V18_0 does not support field auditNote (Task)"),
    ],
)
def test_one_bad_field_refuses_the_call(ask: Asker, fields: str, message: str) -> None:
    assert ask.refused("GET", f"/attask/api/v18.0/task/{FIRE}", {"fields": fields}) == (422, message)


def test_one_id_is_answered_with_an_object_and_several_with_a_list_in_their_order(ask: Asker) -> None:
    assert ask("GET", "proj", {"ID": SHOP})["name"] == "Shop front"
    assert [row["name"] for row in ask("GET", "proj", {"ids": f"{SHOP},{OVEN}"})] == ["Shop front", "New oven"]
    nobody = "f" * 32
    assert len(ask("GET", "proj", [("id", SHOP), ("id", nobody)])) == 1
    missing = (404, f'Project with primary key value(s) "{nobody}" not found')
    assert ask.refused("GET", f"proj/{nobody}") == missing
    assert ask("GET", "user", {"id": "$$USER"})["name"] == "Mia Moll"


def test_rows_come_in_the_order_of_their_sort_keys(ask: Asker) -> None:
    assert ask.found("TASK", "project:name_1_Sort=desc&taskNumber_2_Sort=DESC")[0] == "bread photos"
    assert ask.found("PROJ", {"name_Sort": "asc"}) == ["New oven", "Shop front", "website"]
    assert ask.found("PROJ", {"name_Sort": "cidesc"}) == ["website", "Shop front", "New oven"]
    assert ask.found("PROJ", {"DE:Floor_Sort": "desc"})[0] == "Shop front"
    assert ask.refused("GET", "PROJ/search", {"name_Sort": "upwards"}) == (422, "Unknown sort order: upwards")


def test_pages_are_cut_by_first_and_limit(ask: Asker) -> None:
    assert ask.found("TASK", "name_Sort=ciasc&$$FIRST=1&$$LIMIT=2") == ["First fire", "Lay bricks"]
    assert ask.found("TASK", "$$FIRST=10") == []
    assert ask.refused("GET", "TASK/search", "$$LIMIT=ten")[0] == 422


def test_a_search_without_a_limit_answers_a_hundred_rows(ask: Asker) -> None:
    ask.sandbox.insert("ROLE", [{"name": f"Role {number}"} for number in range(150)])
    assert len(ask.found("ROLE", {})) == 100


def test_unsorted_rows_change_their_order_only_where_the_sandbox_is_told_to() -> None:
    orders = {tuple(asker.found("TASK", {})) for asker in [bakery()] for _ in range(8)}
    assert len(orders) == 1
    asker = bakery(unstable=7)
    assert len({tuple(asker.found("TASK", {})) for _ in range(8)}) > 1
    assert len({tuple(asker.found("TASK", {"ID_Sort": "asc"})) for _ in range(8)}) == 1
    first, second = (bakery(unstable=7) for _ in range(2))
    assert [first.found("TASK", {}) for _ in range(4)] == [second.found("TASK", {}) for _ in range(4)]


def test_a_map_has_rows_by_id(ask: Asker) -> None:
    found = ask("GET", "PROJ/search", {"map": "true", "status": "CUR", "name_Sort": "asc"})
    assert list(found) == [OVEN, WEBSITE]
    assert found[OVEN]["name"] == "New oven"


def test_rows_are_counted(ask: Asker) -> None:
    assert ask("GET", "TASK/count", {"status": "NEW"}) == {"count": 1}
    assert ask("POST", "TASK/count", form={"method": "GET"}) == {"count": 4}


def test_a_report_sums_by_group_and_in_all(ask: Asker) -> None:
    query = "project:name_1_GroupBy=true&owner:name_2_GroupBy=true&hours_AggFunc=sum&$$ROLLUP=true"
    assert ask("GET", "hour/report", query) == {
        "New oven": {"Noah Nord": {"sum_hours": 2.5}, "Liv Lund": {"sum_hours": 1.5}, "$$ROLLUP": {"sum_hours": 4.0}},
        "Shop front": {"Noah Nord": {"sum_hours": 4.0}, "$$ROLLUP": {"sum_hours": 4.0}},
        "$$ROLLUP": {"sum_hours": 8.0},
    }


@pytest.mark.parametrize(
    ("function", "value"),
    [("max", 4.0), ("min", 1.5), ("avg", 8 / 3), ("count", 3), ("sum", 8.0), ("dsum", 8.0), ("dcount", 3)],
)
def test_aggregates_without_a_group_stand_alone(ask: Asker, function: str, value: float) -> None:
    found = ask("GET", "hour/report", {"hours_AggFunc": function})
    assert found == {f"{function}_hours": pytest.approx(value)}


def test_a_report_without_a_function_counts_rows_and_names_the_group(ask: Asker) -> None:
    found = ask("GET", "PROJ/report", {"status_GroupBy": "true"})
    assert found == {"CUR": {"dcount_ID": 2, "status": "CUR"}, "PLN": {"dcount_ID": 1, "status": "PLN"}}
    dates = ask("GET", "HOUR/report", {"entryDate_AggFunc": "max"})
    assert dates == {"max_entryDate": "2027-05-11"}


def test_an_answer_has_a_largest_number_of_objects() -> None:
    asker = bakery(limits=Limits(objects=5))
    assert len(asker.found("TASK", {})) == 4
    assert asker.refused("GET", "TASK/search", {"fields": "project"})[0] == 422
    asker = bakery(limits=Limits(fields=30))
    assert len(asker("GET", "TASK/search", {"fields": "status,project"})) == 4
    assert asker.refused("GET", "TASK/search", {"fields": "*"})[0] == 422


def test_named_queries_know_my_work_and_the_statuses(ask: Asker) -> None:
    assert [row["ID"] for row in ask("GET", "work/myWork")] == [PHOTOS]
    (customer,) = ask("GET", "CUST/currentCustomer", {"fields": "currency"})
    assert customer["currency"] == "USD"
    labels = [row["label"] for row in ask("GET", "CSTEM/taskStatuses")]
    assert {"New", "In Progress", "Complete"} <= set(labels)
    assert "ID" not in ask("GET", "CSTEM/opTaskSeverities")[0]
    assert ask.refused("GET", "proj/everything") == (
        422,
        "APIModel V22_0 does not support namedQuery everything (PROJ)",
    )


def test_work_is_tasks_and_issues_seen_as_one(ask: Asker) -> None:
    query = {"projectID": OVEN, "name_Sort": "asc", "fields": "opTaskType,taskNumber,project:name"}
    assert [row["name"] for row in ask("GET", "WORK/search", query)] == ["Chimney leaks", "First fire", "Lay bricks"]
    assert ask("GET", "WORK/count") == {"count": 5}
    ask("POST", "OPTASK", json_body={"name": "Mice", "opTaskType": "BUG", "assignedToID": MIA, "DE:Heat": "low"})
    assert ask.names("WORK", opTaskType="BUG") == ask.names("WORK", **{"DE:Heat": "low"}) == ["Mice"]
    assert sorted(row["name"] for row in ask("GET", "WORK/myWork", {"fields": "severity,wbs"})) == [
        "Mice",
        "bread photos",
    ]
    assert ask("GET", f"WORK/{FIRE}", {"fields": "assignedTo:name"})["assignedTo"]["name"] == "Liv Lund"


def test_metadata_needs_no_credential_and_may_be_narrowed(ask: Asker) -> None:
    nobody = {"sessionid": ""}
    listed = ask("GET", "metadata", headers=nobody)["objects"]
    assert len(listed) == 174
    assert listed["OpTask"]["objCode"] == "OPTASK"
    assert ask("GET", "opTask/metadata", headers=nobody)["fields"]["severity"]["possibleValues"]
    assert set(ask("GET", "task/metadata", {"fields": "collections"}, headers=nobody)) == {"collections"}


def test_metadata_shows_custom_fields_of_the_forms_of_an_object(ask: Asker) -> None:
    (form,) = ask.sandbox.insert("CTGY", [{"name": "Building", "objTypes": ["PROJ"]}])
    (field,) = ask.sandbox.insert("PARAM", [{"name": "Floor", "dataType": "TEXT"}])
    ask.sandbox.insert("CTGYPA", [{"categoryID": form, "parameterID": field}])
    shown = {"Floor": {"type": "string", "categories": [{"ID": form, "name": "Building", "objCode": "CTGY"}]}}
    assert ask("GET", "proj/metadata")["custom"] == shown
    assert "custom" not in ask("GET", "task/metadata")


def test_derived_labels_are_shown_on_the_unsupported_path_only(ask: Asker) -> None:
    path = f"/attask/api-unsupported/task/{PHOTOS}"
    assert ask("GET", path, {"fields": "statusLabel"})["statusLabel"] == "In Progress"
    assert ask.refused("GET", f"task/{PHOTOS}", {"fields": "statusLabel"})[0] == 422


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/attask/api/v19.0/gizmo/search", 404, "Unknown object type: gizmo"),
        ("/attask/api/v14.0/task/search", 410, "API version v14.0 is no longer available"),
        ("/attask/api/v31.0/task/search", 404, "API version v31.0 is not available yet"),
        ("/attask/api/v19.0/ACSRUL/search", 422, "ACSRUL is not a top level object"),
        ("/attask/api/v19.0/WORK/" + "0" * 32 + "/a/b", 422, "unrecognized URI format: too many parts"),
        ("/elsewhere", 404, "Nothing is served at /elsewhere"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(ask: Asker, path: str, status: int, message: str) -> None:
    found = ask.refused("GET", path)
    assert found[0] == status
    assert found[1].startswith(message)


@pytest.mark.parametrize(
    "path",
    [
        "/attask/api/v15.0/optask",
        "/attask/api/Issue",
        "/attask/api-internal/OPTASK",
        "/attask/api/v20.0/OpTask",
        "/attask/api/unsupported/issue",
        "/attask/api-asp/opTask",
    ],
)
def test_an_object_type_has_many_names_and_addresses(ask: Asker, path: str) -> None:
    assert ask("GET", f"{path}/{LEAK}", {"fields": "owner:name"})["owner"]["ID"] == NOAH


def test_verbs_the_metadata_does_not_list_are_refused(ask: Asker) -> None:
    assert ask.refused("POST", "QUED", {"name": "x"}) == (
        400,
        "unable to find method for service endpoint type: ADD",
    )
    assert ask.refused("PUT", "JRNLE", {"id": LIV, "name": "x"})[1].endswith("EDIT")
