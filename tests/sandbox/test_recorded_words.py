"""Answers on record in other clients and in notes about live tenants, each as it was seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.asking import BRICKS, FIRE, MIA, NOAH, OVEN, Asker, bakery

ORGANISATION = {"x-gw-ims-org-id": "1234@AdobeOrg"}


@pytest.mark.parametrize(
    ("strict", "organisation", "status"), [(False, {}, 200), (True, {}, 401), (True, ORGANISATION, 200)]
)
def test_a_bearer_token_is_enough_unless_the_sandbox_is_strict(
    strict: bool, organisation: dict[str, str], status: int
) -> None:
    ask = bakery(strict=strict)
    ask.sandbox.accounts.issue(MIA, "token")
    headers = {"sessionid": "", "authorization": "Bearer token", **organisation}
    assert ask.reply("GET", "PROJ/count", headers=headers).status == status


@pytest.mark.parametrize("path", ["login", "session"])
def test_a_session_has_a_cookie_and_the_token_that_goes_with_it(ask: Asker, path: str) -> None:
    form = {"username": "noah@bakery.test", "password": "x"} if path == "login" else None
    reply = ask.reply("POST" if form else "GET", path, form=form)
    session = json.loads(reply.body)["data"]["sessionID"]
    assert [cookie.partition("=")[0] for cookie in reply.cookies] == ["attask", "XSRF-TOKEN"]
    token = reply.cookies[1].partition("=")[2]
    headers = {"sessionid": "", "cookie": f"attask={session}; XSRF-TOKEN={token}", "x-xsrf-token": token}
    who = NOAH if form else MIA
    assert ask("GET", "USER", {"id": "$$USER"}, headers=headers)["ID"] == who
    ask("PUT", f"TASK/{FIRE}", json_body={"description": "by cookie"}, headers=headers)


def test_a_session_says_what_version_answers(ask: Asker) -> None:
    said = ask("POST", "login", form={"username": "noah@bakery.test", "password": "x"})["versionInformation"]
    assert {"version", "release", "buildNumber", "lastUpdated", "currentAPI", "apiVersions"} <= set(said)
    assert all(said.values())


@pytest.mark.parametrize("word", ["FIXEDDATES", "Fixed Dates", "nonsense"])
def test_other_texts_for_a_constraint_are_ignored(ask: Asker, word: str) -> None:
    fields = {"fields": "taskConstraint"}
    made = ask("POST", "TASK", fields, json_body={"name": "a", "projectID": OVEN, "taskConstraint": word})
    assert made["taskConstraint"] == "ASAP"
    ask("PUT", f"TASK/{FIRE}", json_body={"taskConstraint": "ALAP"})
    assert ask("PUT", f"TASK/{FIRE}", fields, json_body={"taskConstraint": word})["taskConstraint"] == "ALAP"


@pytest.mark.parametrize(
    ("code", "body", "words"),
    [
        (
            "NOTE",
            {"noteObjCode": "TASK", "objID": FIRE, "noteText": "x", "tags": [{"objID": MIA}]},
            "objCode cannot be null",
        ),
        ("UIGB", {"name": "g", "uiObjCode": "TASK", "definition": {}}, "No groupings were defined"),
        ("UIGB", {"name": "g", "uiObjCode": "TASK"}, "definition cannot be null"),
        ("UIGB", {"name": "g", "uiObjCode": "TASK", "definition": {"group": []}}, "No groupings were defined"),
    ],
)
def test_what_is_refused_is_refused_in_the_words_on_record(
    ask: Asker, code: str, body: dict[str, Any], words: str
) -> None:
    assert ask.refused("POST", code, json_body=body) == (422, words)


def test_a_tag_with_its_type_and_a_grouping_with_a_group_are_taken(ask: Asker) -> None:
    tag = {"objID": MIA, "objObjCode": "USER"}
    ask("POST", "NOTE", json_body={"noteObjCode": "TASK", "objID": FIRE, "noteText": "x", "tags": [tag]})
    ask("POST", "UIGB", json_body={"name": "g", "uiObjCode": "TASK", "definition": {"group.0.valuefield": "status"}})


def test_topics_nested_in_a_queue_are_dropped(ask: Asker) -> None:
    queue = {"isPublic": 1, "queueTopics": [{"name": "Heat"}]}
    row = ask(
        "POST",
        "PROJ",
        {"fields": "queueDef:isPublic,queueDef:queueTopics:name"},
        json_body={"name": "p", "queueDef": queue},
    )
    assert (row["queueDef"]["isPublic"], row["queueDef"]["queueTopics"], ask.sandbox.rows("QUET")) == (1, [], [])


@pytest.mark.parametrize(("atomic", "status"), [("true", 200), ("false", 404)])
def test_children_that_went_with_their_parent_are_no_error_of_an_atomic_deletion(
    ask: Asker, atomic: str, status: int
) -> None:
    assert ask.reply("DELETE", "TASK", {"ID": [BRICKS, FIRE], "atomic": atomic}).status == status
    assert len(ask.sandbox.rows("TASK")) == 2
    assert ask.refused("DELETE", "TASK", {"ID": ["f" * 32, BRICKS], "atomic": atomic})[0] == 404


@pytest.mark.parametrize("root", ["api-internal", "api-unsupported", "api/v21.0", "api/v22.0"])
@pytest.mark.parametrize("path", ["metadata", "role/metadata"])
def test_addresses_in_metadata_are_those_of_the_called_root(ask: Asker, root: str, path: str) -> None:
    text = ask.reply("GET", f"/attask/{root}/{path}").body.decode().replace("\\/", "/")
    assert f"/attask/{root}/role/metadata" in text
    assert text.count("/attask/") == text.count(f"/attask/{root}/")


@pytest.mark.parametrize("path", ["parameters:ID", "parameters:name:x", "nothing:at:all"])
def test_of_an_unknown_path_the_first_part_is_named(ask: Asker, path: str) -> None:
    words = f"APIModel V22_0 does not support field {path.partition(':')[0]} (Category)"
    assert ask.refused("GET", "CTGY/search", {"fields": path}) == (422, words)
    assert ask.refused("GET", "CTGY/search", {path: "x"}) == (422, words)


def test_a_row_that_is_gone_is_told_by_a_key(ask: Asker) -> None:
    ask("DELETE", f"TASK/{FIRE}")
    for method in ("GET", "PUT", "DELETE"):
        reply = ask.reply(method, f"TASK/{FIRE}", json_body={"name": "x"} if method == "PUT" else None)
        assert (reply.status, json.loads(reply.body)["error"]["msgKey"]) == (404, "exception.norecordfound")
    for code in ("TASK", "PARAM", "HOUR"):
        assert "msgKey" not in json.loads(ask.reply("GET", f"{code}/{'0' * 32}").body)["error"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_the_root_of_the_api_asks_for_an_action(ask: Asker, method: str) -> None:
    reply = ask.reply(method, "/attask/api/v22.0/")
    error = json.loads(reply.body)["error"]
    words = ("you must specify an action", "java.lang.UnsupportedOperationException")
    assert (error["message"], error["class"]) == words


def test_a_project_of_a_name_alone_is_current(ask: Asker) -> None:
    assert ask("POST", "PROJ", {"fields": "status"}, json_body={"name": "My Project"})["status"] == "CUR"


STRICT: list[tuple[str, dict[str, Any], str]] = [
    ("PROJ", {"name": "p"}, "name"),
    ("TASK", {"name": "t", "projectID": OVEN}, "name projectID"),
    ("OPTASK", {"name": "i", "projectID": OVEN}, "name projectID"),
    ("USER", {"firstName": "A", "lastName": "B", "emailAddr": "a@b.test"}, "firstName lastName emailAddr"),
    ("HOUR", {"hours": 1, "taskID": FIRE}, "hours taskID"),
    ("ASSGN", {"taskID": FIRE, "assignedToID": NOAH}, "taskID"),
]


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, _, names in STRICT for name in names.split()])
@pytest.mark.parametrize("strict", [True, False])
def test_a_strict_sandbox_asks_for_what_the_service_asks_for(code: str, name: str, strict: bool) -> None:
    ask, body = bakery(strict=strict), next(body for known, body, _ in STRICT if known == code)
    ask.sandbox.accounts.issue(MIA, "mia")
    ask("POST", code, json_body=body)
    less = {known: value for known, value in body.items() if known != name}
    reply = ask.reply(
        "POST", code, json_body={**less, **({"emailAddr": "c@d.test"} if name[:4] in {"firs", "last"} else {})}
    )
    assert (reply.status == 422 and name.encode() in reply.body) is strict


@pytest.mark.parametrize(
    ("code", "body", "told"),
    [
        ("PARAM", {"name": "a", "dataType": "TEXT", "displayType": "TEXT"}, "Label is required and cannot be empty"),
        (
            "NOTE",
            {"noteObjCode": "TASK", "objID": FIRE, "noteText": "x", "tags": [{"objID": MIA}]},
            "objCode cannot be null",
        ),
        *(
            ("CTGY", body, "Cannot invoke CategoryObjTypesEnum.getFeature() because objTypeEnum is null")
            for body in ({"name": "a"}, {"name": "a", "catObjCode": "PROJ"})
        ),
    ],
)
def test_a_strict_sandbox_asks_in_the_recorded_words(code: str, body: dict[str, Any], told: str) -> None:
    ask = bakery(strict=True)
    ask.sandbox.accounts.issue(MIA, "mia")
    assert ask.refused("POST", code, json_body=body) == (422, told)


@pytest.mark.parametrize("address", ["noah@bakery.test", "NOAH@Bakery.test", "no address"])
def test_a_strict_sandbox_takes_an_address_once(address: str) -> None:
    ask = bakery(strict=True)
    ask.sandbox.accounts.issue(MIA, "mia")
    body = {"firstName": "N", "lastName": "N", "emailAddr": address}
    assert ask.refused("POST", "USER", json_body=body)[0] == 422
    assert ask.refused("PUT", f"USER/{MIA}", json_body={"emailAddr": address})[0] == 422
    ask("PUT", f"USER/{NOAH}", json_body={"emailAddr": "noah@bakery.test"})


def test_who_is_not_active_does_not_sign_in(ask: Asker) -> None:
    ask("PUT", f"USER/{NOAH}", json_body={"isActive": False})
    assert ask.refused("POST", "login", form={"username": "noah@bakery.test", "password": "x"})[0] == 401


@pytest.mark.parametrize("is_filtered", [False, True])
def test_a_strict_sandbox_takes_a_list_without_a_grouping_and_reports_without_a_filter(is_filtered: bool) -> None:
    ask = bakery(strict=True)
    ask.sandbox.accounts.issue(MIA, "mia")
    condition = ask.sandbox.insert("UIFT", [{"name": "f", "uiObjCode": "TASK"}])[0] if is_filtered else None
    (view,) = ask.sandbox.insert("UIVW", [{"name": "v", "uiObjCode": "TASK"}])
    (grouping,) = ask.sandbox.insert("UIGB", [{"name": "g", "uiObjCode": "TASK"}])
    parts = {"uiObjCode": "TASK", "isReport": True, "filterID": condition, "viewID": view, "groupByID": None}
    body = {"name": "r", "reportType": "L", **parts}
    listed = ask("POST", "PTLSEC", json_body=body)["ID"]
    ask("PUT", f"PTLSEC/{listed}", json_body={"groupByID": None})
    told = "groupByID is needed for a new PortalSection"
    assert ask.refused("POST", "PTLSEC", json_body={**body, "reportType": "A"}) == (422, told)
    grouped = ask("POST", "PTLSEC", json_body={**body, "reportType": "A", "groupByID": grouping})["ID"]
    for name in ("groupByID", "viewID"):
        assert name in ask.refused("PUT", f"PTLSEC/{grouped}", json_body={name: None})[1]
    ask("PUT", f"PTLSEC/{grouped}", json_body={"groupByID": None, "reportType": "L"})


def test_a_strict_sandbox_takes_a_user_by_the_whole_name_alone() -> None:
    ask = bakery(strict=True)
    ask.sandbox.accounts.issue(MIA, "mia")
    names = {"name": "foo", "username": "foo@bakery.test", "emailAddr": "foo@bakery.test"}
    assert ask("POST", "USER", json_body=names)["name"] == "foo"
    half = {"emailAddr": "b@bakery.test", "firstName": "B"}
    assert ask.refused("POST", "USER", json_body=half)[1] == "lastName is needed for a new User"
    assert ask.refused("POST", "USER", json_body={"emailAddr": "c@bakery.test"})[1].startswith("firstName is needed")
