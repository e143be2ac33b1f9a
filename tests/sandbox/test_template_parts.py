"""What comes with a template besides its tasks: queue, people, rights and rates, and what options leave out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import BAKING, LIV, MIA, NOAH, Asker

WAYS = ("made", "attached")


@pytest.fixture
def template(ask: Asker) -> str:
    """A template with a queue of a topic and a rule, a manager, a pool, a rate, and a right for Noah."""
    made = str(ask("POST", "TMPL", json_body={"name": "Bake", "queueDef": {"isPublic": 1}})["ID"])
    queue = ask("GET", f"TMPL/{made}", {"fields": "queueDefID"})["queueDefID"]
    (rule,) = ask.sandbox.insert("RRUL", [{"name": "to Liv", "templateID": made, "defaultAssignedToID": LIV}])
    ask("POST", "QUET", json_body={"name": "Bread", "queueDefID": queue, "defaultRouteID": rule})
    ask.sandbox.insert("RESMGR", [{"templateID": made, "resourceManagerID": NOAH}])
    (pool,) = ask.sandbox.insert("RSPL", [{"name": "ovens"}])
    ask("PUT", f"TMPL/{made}", json_body={"resourcePools": [{"ID": pool}]})
    (rate,) = ask.sandbox.insert("RATE", [{"roleID": BAKING, "rateValue": 12.0}])
    ask("PUT", f"TMPL/{made}", json_body={"billingRates": [{"ID": rate}]})
    right = {"securityObjID": made, "securityObjCode": "TMPL", "accessorID": NOAH, "accessorObjCode": "USER"}
    ask.sandbox.insert("ACSRUL", [{**right, "coreAction": "VIEW"}])
    return made


def project(ask: Asker, way: str, template: str, **rest: Any) -> dict[str, Any]:
    """A project that has the template, in either way."""
    named = {"templateID": template} if way == "made" else {}
    made = ask("POST", "PROJ", json_body={"name": "Loaf", **rest, **named})["ID"]
    if way == "attached":
        ask("PUT", f"PROJ/{made}/attachTemplate", json_body={"templateID": template})
    return seen(ask, made)


def seen(ask: Asker, project_id: str) -> dict[str, Any]:
    fields = "queueDefID,queueDef:isPublic,resourceManagers:resourceManagerID,resourcePools:name,billingRates:rateValue"
    return dict(ask("GET", f"PROJ/{project_id}", {"fields": f"{fields},accessRules:accessorID,routingRules:name"}))


@pytest.mark.parametrize("way", WAYS)
def test_people_rights_rates_and_the_queue_come_along(ask: Asker, template: str, way: str) -> None:
    row = project(ask, way, template)
    assert [one["resourceManagerID"] for one in row["resourceManagers"]] == [NOAH]
    assert [one["name"] for one in row["resourcePools"]] == ["ovens"]
    assert [one["rateValue"] for one in row["billingRates"]] == [12.0]
    assert {one["accessorID"] for one in row["accessRules"]} == {MIA, NOAH}
    assert row["queueDef"]["isPublic"] == 1
    (rule,) = row["routingRules"]
    (topic,) = ask("GET", "QUET/search", {"queueDefID": row["queueDefID"], "fields": "name,defaultRouteID"})
    assert (rule["name"], topic["name"], topic["defaultRouteID"]) == ("to Liv", "Bread", rule["ID"])
    request = {"name": "One loaf", "projectID": row["ID"], "queueTopicID": topic["ID"]}
    assert ask("POST", "OPTASK", {"fields": "assignedToID"}, json_body=request)["assignedToID"] == LIV


def test_the_details_of_a_queue_are_replaced_and_topics_added(ask: Asker, template: str) -> None:
    there = ask("POST", "PROJ", json_body={"name": "Loaf", "queueDef": {"isPublic": 3}})["ID"]
    queue = seen(ask, there)["queueDefID"]
    ask("POST", "QUET", json_body={"name": "Cake", "queueDefID": queue})
    ask("PUT", f"PROJ/{there}/attachTemplate", json_body={"templateID": template})
    row = seen(ask, there)
    assert (row["queueDefID"], row["queueDef"]["isPublic"]) == (queue, 1)
    assert ask.names("QUET", queueDefID=queue) == ["Bread", "Cake"]
    (own,) = ask("GET", "QUED/search", {"templateID": template, "fields": "ID"})
    assert ask.names("QUET", queueDefID=own["ID"]) == ["Bread"]


@pytest.mark.parametrize(("options", "is_kept"), [([], False), (["clearIssueSetup"], True)])
def test_a_template_without_a_queue_takes_that_of_the_project_away(
    ask: Asker, options: list[str], is_kept: bool
) -> None:
    (bare,) = ask.sandbox.insert("TMPL", [{"name": "Bare", "isActive": True}])
    there = ask("POST", "PROJ", json_body={"name": "Loaf", "queueDef": {"isPublic": 3}})["ID"]
    ask("PUT", f"PROJ/{there}/attachTemplate", json_body={"templateID": bare, "options": options})
    assert (seen(ask, there)["queueDef"] is not None) is is_kept
    assert ask("GET", "QUED/count", {"projectID": there}) == {"count": int(is_kept)}


@pytest.mark.parametrize(
    ("option", "name"), [("clearBillingRates", "billingRates"), ("clearSharingOptions", "accessRules")]
)
def test_an_option_leaves_out_rates_or_rights(ask: Asker, template: str, option: str, name: str) -> None:
    there = ask("POST", "PROJ", json_body={"name": "Loaf"})["ID"]
    before = seen(ask, there)[name]
    ask("PUT", f"PROJ/{there}/attachTemplate", json_body={"templateID": template, "options": [option]})
    assert seen(ask, there)[name] == before


def test_what_a_project_has_of_its_own_stays(ask: Asker, template: str) -> None:
    there = ask("POST", "PROJ", json_body={"name": "Loaf"})["ID"]
    ask.sandbox.insert("RATE", [{"projectID": there, "roleID": BAKING, "rateValue": 99.0}])
    ask.sandbox.insert("RESMGR", [{"projectID": there, "resourceManagerID": NOAH}])
    for _ in range(2):
        ask("PUT", f"PROJ/{there}/attachTemplate", json_body={"templateID": template})
    row = seen(ask, there)
    assert [one["rateValue"] for one in row["billingRates"]] == [99.0]
    assert [one["resourceManagerID"] for one in row["resourceManagers"]] == [NOAH]


def test_a_queue_names_its_project_and_keeps_its_topics_when_its_settings_are_written_anew(ask: Asker) -> None:
    there = ask("POST", "PROJ", json_body={"name": "Loaf", "queueDef": {"isPublic": 3}})["ID"]
    ask("POST", "QUET", json_body={"name": "Cake", "queueDefID": seen(ask, there)["queueDefID"]})
    ask("PUT", f"PROJ/{there}", json_body={"queueDef": {"isPublic": 1}})
    (queue,) = ask("GET", "QUED/search", {"projectID": there, "fields": "isPublic,hasQueueTopics"})
    assert (queue["isPublic"], queue["hasQueueTopics"]) == (1, True)
    ask("DELETE", f"QUET/{ask('GET', 'QUET/search', {'queueDefID': queue['ID']})[0]['ID']}")
    assert ask("GET", f"QUED/{queue['ID']}", {"fields": "hasQueueTopics"})["hasQueueTopics"] is False


@pytest.mark.parametrize("code", ["QUED", "QUET"])
def test_a_queue_takes_requests_of_some_type(ask: Asker, code: str) -> None:
    there = ask("POST", "PROJ", json_body={"name": "Loaf", "queueDef": {"isPublic": 3}})["ID"]
    wrong: dict[str, Any] = {"allowedOpTaskTypes": []}
    key = seen(ask, there)["queueDefID"]
    refused = (
        ask.refused("PUT", f"PROJ/{there}", json_body={"queueDef": wrong})
        if code == "QUED"
        else ask.refused("POST", "QUET", json_body={"name": "Cake", "queueDefID": key, **wrong})
    )
    assert refused[0] == 422
    assert "allowedOpTaskTypes needs at least one of ISU, BUG, CHO, REQ" in refused[1]


def test_a_rewritten_queue_has_its_topics(ask: Asker) -> None:
    there = ask("POST", "PROJ", json_body={"name": "Loaf", "queueDef": {"isPublic": 3}})["ID"]
    ask("POST", "QUET", json_body={"name": "Cake", "queueDefID": seen(ask, there)["queueDefID"]})
    (queue,) = ask("GET", "QUED/search", {"projectID": there, "fields": "hasQueueTopics"})
    assert queue["hasQueueTopics"] is True
    assert ask.names("QUET", queueDefID=queue["ID"]) == ["Cake"]
