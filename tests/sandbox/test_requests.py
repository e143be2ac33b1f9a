"""Requests: what topic and queue fill in, where a routing rule puts them, and whose status they follow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import LIV, MIA, NOAH, OVEN, SHOP, Asker, bakery

QUEUE, TOPIC, RULE, FORM, TEAM = (f"{0xAB0 + number:032x}" for number in range(5))
STATUSES = {
    "TASK": ({"NEW": "NEW", "INP": "INP", "CPL": "CLS"}, "resolveTaskID"),
    "PROJ": ({"PLN": "NEW", "CUR": "INP", "ONH": "ONH", "CPL": "CLS", "DED": "CLS"}, "resolveProjectID"),
    "OPTASK": ({"NEW": "NEW", "INP": "INP", "ONH": "ONH", "CLS": "CLS"}, "resolveOpTaskID"),
}


@pytest.fixture
def ask() -> Asker:
    asked = bakery()
    asked.sandbox.insert("TEAMOB", [{"ID": TEAM, "name": "Ovens"}])
    asked.sandbox.insert("CTGY", [{"ID": FORM, "name": "Fault", "objTypes": ["OPTASK"]}])
    asked.sandbox.insert(
        "QUED", [{"ID": QUEUE, "projectID": OVEN, "isPublic": 1, "allowedOpTaskTypes": ["BUG", "REQ"]}]
    )
    asked.sandbox.insert("RRUL", [{"ID": RULE, "name": "to Noah", "defaultAssignedToID": NOAH, "projectID": OVEN}])
    asked.sandbox.insert("QUET", [{"ID": TOPIC, "name": "Heat", "queueDefID": QUEUE}])
    asked("PUT", f"PROJ/{OVEN}", json_body={"queueDefID": QUEUE})
    return asked


def say(ask: Asker, code: str, **values: Any) -> None:
    """Writes fields of the topic or of its queue, which no call of its own edits."""
    ask.sandbox.tenant.change_quietly(code, {"QUET": TOPIC, "QUED": QUEUE}[code], values)


def request(ask: Asker, fields: str, **values: Any) -> dict[str, Any]:
    body = {"name": "too cold", "projectID": OVEN, "queueTopicID": TOPIC, **values}
    row: dict[str, Any] = ask("POST", "OPTASK", {"fields": fields}, json_body=body)
    return row


@pytest.mark.parametrize(("topic", "queue", "found"), [(120, 60, 120), (None, 60, 60), (None, None, 480), (0, 60, 0)])
def test_a_topic_goes_before_its_queue_and_a_request_lasts_a_day_else(
    ask: Asker, topic: int | None, queue: int | None, found: int
) -> None:
    say(ask, "QUET", defaultDurationMinutes=topic)
    say(ask, "QUED", defaultDurationMinutes=queue)
    names = "plannedStartDate,plannedCompletionDate,projectedCompletionDate,plannedDurationMinutes"
    row = request(ask, names, plannedStartDate="2027-05-12T09:00:00:000+0200")
    ends = {0: "12T09:00", 60: "12T10:00", 120: "12T11:00", 480: "12T17:00"}
    assert row["plannedDurationMinutes"] == found
    assert row["plannedCompletionDate"][8:16] == row["projectedCompletionDate"][8:16] == ends[found]


@pytest.mark.parametrize("says", ["QUET", "QUED"])
@pytest.mark.parametrize("asked_for", [True, False])
def test_the_form_comes_with_every_issue_of_the_project_and_that_of_a_topic_with_its_own(
    ask: Asker, says: str, asked_for: bool
) -> None:
    say(ask, says, defaultCategoryID=FORM)
    row = request(ask, "categoryID,objectCategories:categoryID", queueTopicID=TOPIC if asked_for else None)
    wanted = FORM if asked_for or says == "QUED" else None
    assert row["categoryID"] == wanted
    assert [one["categoryID"] for one in row["objectCategories"]] == [one for one in [wanted] if one]


@pytest.mark.parametrize("says", ["QUET", "QUED"])
def test_a_routing_rule_gives_a_request_to_whom_it_names_in_the_project_it_names(ask: Asker, says: str) -> None:
    say(ask, says, defaultRouteID=RULE)
    ask("PUT", f"RRUL/{RULE}", json_body={"defaultProjectID": SHOP, "defaultTeamID": TEAM})
    row = request(ask, "assignedToID,teamID,projectID,ownerID,assignments:assignedToID")
    assert (row["assignedToID"], row["teamID"], row["projectID"], row["ownerID"]) == (NOAH, TEAM, SHOP, MIA)
    assert len(row["assignments"]) == 2


def test_what_was_made_for_somebody_and_what_nobody_asked_for_is_not_routed(ask: Asker) -> None:
    say(ask, "QUED", defaultRouteID=RULE)
    assert request(ask, "assignedToID", assignedToID=LIV)["assignedToID"] == LIV
    assert request(ask, "assignedToID", queueTopicID=None)["assignedToID"] is None


@pytest.mark.parametrize(("types", "refused"), [(["BUG"], False), (["REQ", "BUG"], False), (["CHO"], True)])
def test_a_topic_takes_no_types_that_its_queue_does_not(ask: Asker, types: list[str], refused: bool) -> None:
    new = {"name": "more", "queueDefID": QUEUE, "allowedOpTaskTypes": types}
    for method, path in (("POST", "QUET"), ("PUT", f"QUET/{TOPIC}")):
        reply = ask.reply(method, path, json_body=new)
        assert (reply.status == 422) is refused
        assert not refused or b'Invalid Parameter: allowedOpTaskTypes value \\"CHO\\"' in reply.body


@pytest.mark.parametrize("strict", [False, True])
def test_a_queue_that_says_no_types_has_no_topics_where_the_sandbox_is_strict(strict: bool) -> None:
    ask = bakery(strict=strict)
    ask.sandbox.accounts.issue(MIA, "mia")
    ask("PUT", f"PROJ/{SHOP}", json_body={"queueDef": {"isPublic": 1}})
    queue = ask("GET", f"PROJ/{SHOP}", {"fields": "queueDefID"})["queueDefID"]
    new = {"name": "more", "queueDefID": queue, "allowedOpTaskTypes": ["REQ"]}
    reply = ask.reply("POST", "QUET", json_body=new)
    assert (reply.status, b'Invalid Parameter: allowedOpTaskTypes value \\"REQ\\"' in reply.body) == (
        (422, True) if strict else (200, False)
    )
    ask("PUT", f"PROJ/{SHOP}", json_body={"queueDef": {"isPublic": 1, "allowedOpTaskTypes": ["REQ"]}})
    queue = ask("GET", f"PROJ/{SHOP}", {"fields": "queueDefID"})["queueDefID"]
    assert ask("POST", "QUET", json_body={**new, "queueDefID": queue})["ID"]


@pytest.mark.parametrize(("types", "refused"), [(["PROJ"], True), (["OPTASK"], False), (["PROJ", "OPTASK"], False)])
def test_the_form_that_requests_begin_with_is_one_for_issues(ask: Asker, types: list[str], refused: bool) -> None:
    form = ask("POST", "CTGY", json_body={"name": "Brief", "objTypes": types})["ID"]
    topic = {"name": "more", "queueDefID": QUEUE, "allowedOpTaskTypes": ["BUG"], "defaultCategoryID": form}
    queue = {"queueDef": {"isPublic": 1, "allowedOpTaskTypes": ["BUG"], "defaultCategoryID": form}}
    writes = (("POST", "QUET", topic), ("PUT", f"QUET/{TOPIC}", topic), ("PUT", f"PROJ/{OVEN}", queue))
    for method, path, body in writes:
        reply = ask.reply(method, path, json_body=body)
        assert (reply.status == 422) is refused
        assert not refused or b"Category: Brief is not a Category of the type: OPTASK" in reply.body


@pytest.mark.parametrize("has", [True, False])
def test_that_a_queue_has_topics_is_taken_and_follows_from_them(ask: Asker, has: bool) -> None:
    def seen() -> bool:
        return bool(ask("GET", f"PROJ/{SHOP}", {"fields": "queueDef:hasQueueTopics"})["queueDef"]["hasQueueTopics"])

    queue = {"isPublic": 1, "hasQueueTopics": has, "allowedOpTaskTypes": ["REQ"]}
    ask("PUT", f"PROJ/{SHOP}", json_body={"queueDef": {**queue, "queueTopics": [{"name": "dropped"}]}})
    assert seen() is False
    named = ask("GET", f"PROJ/{SHOP}", {"fields": "queueDefID"})["queueDefID"]
    ask("POST", "QUET", json_body={"name": "more", "queueDefID": named, "allowedOpTaskTypes": ["REQ"]})
    assert seen() is True


@pytest.mark.parametrize(
    ("code", "status"), [(code, status) for code, (statuses, _) in STATUSES.items() for status in statuses]
)
def test_an_issue_follows_the_status_of_what_resolves_it(ask: Asker, code: str, status: str) -> None:
    statuses, key = STATUSES[code]
    home = {"projectID": SHOP} if code != "PROJ" else {}
    resolver = ask("POST", code, json_body={"name": "the cure", **home})["ID"]
    issue = request(ask, "status", status="AWF")["ID"]
    ask("PUT", f"OPTASK/{issue}", json_body={key: resolver})
    ask("PUT", f"{code}/{resolver}", json_body={"status": status})
    assert ask("GET", f"OPTASK/{issue}")["status"] == statuses[status]
    wrong = next(word for word in ("CLS", "NEW") if word != statuses[status])
    refusal = ask.refused("PUT", f"OPTASK/{issue}", json_body={"status": wrong})
    assert (refusal[0], "follows" in refusal[1], "the cure" in refusal[1]) == (422, True, True)
    ask("DELETE", f"{code}/{resolver}", {"force": "true"})
    ask("PUT", f"OPTASK/{issue}", json_body={"status": wrong})


def test_an_issue_that_was_closed_by_its_resolver_stays_closed(ask: Asker) -> None:
    task = ask("POST", "TASK", json_body={"name": "mend", "projectID": SHOP})["ID"]
    issue = request(ask, "status", resolveTaskID=task)["ID"]
    for status in ("CPL", "INP"):
        ask("PUT", f"TASK/{task}", json_body={"status": status})
    assert ask("GET", f"OPTASK/{issue}")["status"] == "CLS"


@pytest.mark.parametrize("by_note", [True, False])
@pytest.mark.parametrize("contact", [MIA, NOAH])
def test_feedback_of_the_contact_takes_an_issue_up_again(ask: Asker, by_note: bool, contact: str) -> None:
    issue = request(ask, "status", ownerID=contact, status="AWF")["ID"]
    if by_note:
        ask("POST", "NOTE", json_body={"noteObjCode": "OPTASK", "objID": issue, "noteText": "it is the door"})
    else:
        ask("PUT", f"OPTASK/{issue}", json_body={"description": "it is the door"})
    assert ask("GET", f"OPTASK/{issue}")["status"] == ("INP" if contact == MIA else "AWF")


def test_a_promised_day_moves_what_an_issue_plans(ask: Asker) -> None:
    issue = request(ask, "ID")["ID"]
    fields = {"fields": "plannedCompletionDate,projectedCompletionDate"}
    row = ask("PUT", f"OPTASK/{issue}", fields, json_body={"commitDate": "2027-06-01T12:00:00:000+0200"})
    assert {row["plannedCompletionDate"][:10], row["projectedCompletionDate"][:10]} == {"2027-06-01"}
