"""The requests that the guide "API basics" prints, each against the sandbox, in the version it prints them for.

https://experienceleague.adobe.com/en/docs/workfront/using/adobe-workfront-api/api-general-information/api-basics
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.sandbox.asking import BAKING, BRICKS, FIRE, LEAK, LIV, MIA, NOAH, OVEN, SHOP, WEBSITE, Asker, bakery

KEY, PASSWORD = "noah@bakery.test", "crust"


@pytest.fixture
def ask() -> Asker:
    return Asker(bakery().sandbox, "/attask/api/v15.0")


@pytest.mark.parametrize("word", ["project", "proj", "PROJ", "Project"])
def test_a_type_goes_by_code_and_name_in_any_case(ask: Asker, word: str) -> None:
    assert ask("GET", f"{word}/{OVEN}")["name"] == "New oven"


@pytest.mark.parametrize(("word", "row", "name"), [("task", BRICKS, "Lay bricks"), ("issue", LEAK, "Chimney leaks")])
def test_tasks_and_issues_have_addresses_alike(ask: Asker, word: str, row: str, name: str) -> None:
    assert ask("GET", f"{word}/{row}")["name"] == name


@pytest.mark.parametrize("path", [f"project?id={OVEN}&method=get", f"project/{OVEN}?method=get"])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_method_is_overridden_by_a_parameter(ask: Asker, verb: str, path: str) -> None:
    place, _, query = path.partition("?")
    assert ask(verb, place, query)["ID"] == OVEN


def test_an_answer_has_data_or_an_error(ask: Asker) -> None:
    assert set(json.loads(ask.reply("GET", f"proj/{OVEN}").body)) == {"data"}
    assert set(json.loads(ask.reply("GET", f"proj/{'f' * 32}").body)) == {"error"}


@pytest.mark.parametrize(
    "path", ["project?id={}&method=delete&sessionID=abc123", "project/{}?method=delete&sessionID=abc123"]
)
def test_a_deletion_goes_by_get_with_a_session_in_the_address(ask: Asker, path: str) -> None:
    place, _, query = path.format(SHOP).partition("?")
    assert ask("GET", place, query, headers={"sessionid": ""}) == {"success": True}
    assert ask.refused("GET", f"project/{SHOP}")[0] == 404


@pytest.mark.parametrize("way", ["header", "parameter", "cookie"])
def test_a_session_is_shown_by_header_parameter_or_cookie(ask: Asker, way: str) -> None:
    headers = {"header": {"sessionid": "abc1234"}, "cookie": {"sessionid": "", "cookie": "attask=abc1234"}}
    query = "sessionID=abc1234" if way == "parameter" else ""
    assert ask("GET", f"project/{OVEN}", query, headers=headers.get(way, {"sessionid": ""}))["ID"] == OVEN


def test_a_cookie_alone_writes_nothing(ask: Asker) -> None:
    cookie = {"sessionid": "", "cookie": "attask=abc1234"}
    for verb, path in (("POST", "project?name=x"), ("PUT", f"project/{OVEN}?name=x"), ("DELETE", f"project/{OVEN}")):
        place, _, query = path.partition("?")
        assert ask.refused(verb, place, query, headers=cookie)[0] == 401


def test_login_gives_a_session_and_a_cookie_and_logout_ends_it(ask: Asker) -> None:
    ask.sandbox.accounts.set_password(KEY, PASSWORD)
    reply = ask.reply("POST", "login", f"username={KEY}&password={PASSWORD}")
    found = json.loads(reply.body)["data"]
    assert found["userID"] == NOAH
    assert any(found["sessionID"] in cookie for cookie in reply.cookies)
    said = f"sessionID={found['sessionID']}"
    assert ask("GET", f"project/{OVEN}", said, headers={"sessionid": ""})["ID"] == OVEN
    assert ask.reply("GET", "logout", said, headers={"sessionid": ""}).status == 200
    assert ask.refused("GET", f"project/{OVEN}", said, headers={"sessionid": ""})[0] == 401


def test_an_api_key_is_made_read_used_and_ended(ask: Asker) -> None:
    ask.sandbox.accounts.set_password(KEY, PASSWORD)
    said = f"username={KEY}&password={PASSWORD}&method=put"
    nobody = {"sessionid": ""}
    key = ask("PUT", "user", f"action=generateApiKey&{said}", headers=nobody)["result"]
    assert ask("PUT", "user", f"action=getApiKey&{said}", headers=nobody)["result"] == key
    assert ask("GET", f"project/{OVEN}", f"apiKey={key}", headers=nobody)["ID"] == OVEN
    ask("GET", "user", f"action=clearApiKey&{said}", headers=nobody)
    assert ask.refused("GET", f"project/{OVEN}", f"apiKey={key}", headers=nobody)[0] == 401


def test_several_rows_are_read_by_a_list_of_ids(ask: Asker) -> None:
    assert [row["ID"] for row in ask("GET", "project", f"id={OVEN},{SHOP}")] == [OVEN, SHOP]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"New oven", "Shop front", "website"}),
        ("status=CUR", {"New oven", "website"}),
        ("status=CUR&status_Mod=eq", {"New oven", "website"}),
        ("status=CUR&status_Mod=ne", {"Shop front"}),
        ("name=oven&name_Mod=contains", {"New oven"}),
        ("description_Mod=isnull", {"New oven", "Shop front", "website"}),
        ("ownerID_Mod=notnull", {"New oven", "Shop front"}),
        ("plannedStartDate=$$TODAY-10d&plannedStartDate_Range=$$TODAY&plannedStartDate_Mod=between", {"New oven"}),
    ],
)
def test_a_search_has_filters_and_modifiers(ask: Asker, query: str, names: set[str]) -> None:
    assert {row["name"] for row in ask("GET", "project/search", query.replace("$", "%24"))} == names


def test_open_tasks_of_a_person_are_found_over_a_relation(ask: Asker) -> None:
    query = "percentComplete=100&percentComplete_Mod=lt&assignedTo:firstName=Liv"
    assert [row["name"] for row in ask("GET", "task/search", query)] == ["First fire"]


@pytest.mark.parametrize(("operator", "names"), [("gte", {"Lay bricks", "bread photos"}), ("lte", {"First fire"})])
def test_percentages_are_compared(ask: Asker, operator: str, names: set[str]) -> None:
    query = {"percentComplete": 80 if operator == "gte" else 40, "percentComplete_Mod": operator}
    assert {row["name"] for row in ask("GET", "task/search", query)} == names


def test_groups_of_or_stand_for_themselves(ask: Asker) -> None:
    query = ("name=photos&name_Mod=contains&OR:1:project:name=New oven&OR:1:project:name_Mod=eq"
             "&OR:1:assignedTo:name=liv&OR:1:assignedTo:name_Mod=cicontains"
             "&OR:2:parent:name=Lay bricks&OR:2:parent:name_Mod=eq")  # fmt: skip
    assert {row["name"] for row in ask("GET", "task/search", query.replace(" ", "%20"))} == {
        "bread photos",
        "First fire",
    }


def test_words_of_the_login_are_filters_within_filters(ask: Asker) -> None:
    query = {"filters": json.dumps({"username": KEY})}
    assert [row["ID"] for row in ask("GET", "user/search", query)] == [NOAH]


def test_a_map_has_rows_by_their_ids(ask: Asker) -> None:
    found = ask("GET", "task/search", "map=true")
    assert {BRICKS, FIRE} <= set(found)
    assert found[FIRE]["ID"] == FIRE
    assert {"percentComplete", "status", "name", "ID", "taskNumber"} <= set(found[FIRE])


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("plannedStartDate,priority", {"ID", "name", "objCode", "plannedStartDate", "priority"}),
        ("assignments", {"ID", "name", "objCode", "assignments"}),
        ("assignments:*", {"ID", "name", "objCode", "assignments"}),
    ],
)
def test_fields_say_what_is_returned(ask: Asker, fields: str, wanted: set[str]) -> None:
    assert {frozenset(row) for row in ask("GET", "task/search", {"fields": fields})} == {frozenset(wanted)}


def test_related_rows_have_name_and_id_unless_more_is_asked_for(ask: Asker) -> None:
    (plain,) = ask("GET", "issue/search", "fields=owner")
    (more,) = ask("GET", "issue/search", "fields=owner:title,owner:phoneNumber")
    assert set(plain["owner"]) == {"ID", "name", "objCode"}
    assert set(more["owner"]) == {"ID", "name", "objCode", "title", "phoneNumber"}


def test_collections_come_with_their_owner(ask: Asker) -> None:
    rows = {row["ID"]: row for row in ask("GET", "project/search", "fields=tasks")}
    assert {task["ID"] for task in rows[OVEN]["tasks"]} == {BRICKS, FIRE}


def test_custom_data_comes_by_name_and_whole(ask: Asker) -> None:
    rows = {row["ID"]: row for row in ask("GET", "project/search", "fields=DE:Floor")}
    assert rows[OVEN]["DE:Floor"] == "cellar"
    rows = {row["ID"]: row for row in ask("GET", "project/search", "fields=parameterValues")}
    assert rows[OVEN]["parameterValues"] == {"DE:Floor": "cellar", "DE:Tags": ["hot", "heavy"]}


def test_a_named_query_gives_the_work_of_the_caller(ask: Asker) -> None:
    assert [row["name"] for row in ask("GET", "work/myWork")] == ["bread photos"]


def test_a_count_is_a_number_alone(ask: Asker) -> None:
    assert ask("GET", "project/count", "status=CUR") == {"count": 2}


@pytest.mark.parametrize("total", [False, True])
def test_a_report_sums_by_group_and_with_a_total(ask: Asker, total: bool) -> None:
    query = {"project:name_1_GroupBy": "true", "hours_AggFunc": "sum", **({"$$ROLLUP": "true"} if total else {})}
    sums = {name: group["sum_hours"] for name, group in ask("GET", "hour/report", query).items()}
    assert sums == {"New oven": 4.0, "Shop front": 4.0, **({"$$ROLLUP": 8.0} if total else {})}


def test_rows_are_sorted_and_paged(ask: Asker) -> None:
    every = [row["ID"] for row in ask("GET", "project/search", "ID_Sort=asc&%24%24LIMIT=200")]
    assert every == sorted(every)
    assert [row["ID"] for row in ask("GET", "project/search", "ID_Sort=asc&%24%24FIRST=1&%24%24LIMIT=1")] == every[1:2]
    reply = ask.reply("GET", "project/search", "%24%24LIMIT=2001")
    assert "IllegalArgumentException" in reply.body.decode()


def test_a_hundred_rows_come_without_a_limit_and_a_hundred_are_written_at_once(ask: Asker) -> None:
    ask.sandbox.insert("TASK", [{"name": f"crumb {at}", "projectID": SHOP} for at in range(150)])
    assert len(ask("GET", "task/search", f"projectID={SHOP}")) == 100
    many = [{"name": str(at)} for at in range(101)]
    assert ask.reply("POST", "project", json_body=many).status >= 400
    assert len(ask("POST", "project", json_body=many[:100])) == 100


UPDATES = "{ accessRules: [ {accessorID: '%s', accessorObjCode: 'USER', coreAction: 'VIEW'} ] }"


@pytest.mark.parametrize("verb", ["GET", "PUT"])
def test_access_rules_are_replaced_added_and_read(ask: Asker, verb: str) -> None:
    def rules() -> set[str]:
        found = ask("GET", f"project/{OVEN}", "fields=accessRules:*")["accessRules"]
        return {rule["accessorID"] for rule in found}

    ask(verb, f"project/{OVEN}", f"method=put&updates={quote(UPDATES % NOAH)}")
    assert rules() == {NOAH}
    ask(verb, f"project/{OVEN}/share", f"method=put&accessorID={LIV}&accessorObjCode=USER&coreAction=VIEW")
    assert rules() == {NOAH, LIV}
    team = ask("POST", "team", {"name": "Night shift"})["ID"]
    ask(verb, f"project/{OVEN}/share", f"method=put&accessorID={team}&accessorObjCode=TEAMOB&coreAction=VIEW")
    assert rules() == {NOAH, LIV, team}
    ask(verb, f"project/{OVEN}", f"method=PUT&updates={quote((UPDATES % team).replace('USER', 'TEAMOB'))}")
    assert rules() == {team}


def test_a_project_with_a_name_alone_is_current(ask: Asker) -> None:
    made = ask("POST", "project", "name=New%20Project")
    known = {name: made[name] for name in ("name", "objCode", "percentComplete", "status")}
    assert known == {"name": "New Project", "objCode": "PROJ", "percentComplete": 0.0, "status": "CUR"}
    assert len(made["ID"]) == 32


def test_a_copy_has_a_source_and_a_name(ask: Asker) -> None:
    made = ask("POST", "project", f"copySourceID={OVEN}&name=Copied%20Project")
    assert (made["name"], made["ID"] != OVEN) == ("Copied Project", True)
    assert ask("GET", "task/count", f"projectID={made['ID']}") == {"count": 2}


def test_a_file_becomes_a_document_by_its_handle(ask: Asker) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="uploadedFile"; filename="loaf.txt"\r\n\r\nflour\r\n--b--\r\n'
    found = ask("POST", "upload", body=part, headers={"content-type": "multipart/form-data; boundary=b"})
    updates = ("{name: 'loaf.txt', handle: '%s', docObjCode: 'PROJ', objID: '%s', "
               "currentVersion: {version: 'v1.0', fileName: 'loaf.txt'}}")  # fmt: skip
    query = f"updates={quote(updates % (found['handle'], OVEN))}&fields=currentVersion:fileName,currentVersion:version"
    made = ask("POST", "document", query)
    assert made["name"] == "loaf.txt"
    assert (made["currentVersion"]["fileName"], made["currentVersion"]["version"]) == ("loaf.txt", "v1.0")


@pytest.mark.parametrize("path", [f"project/{OVEN}?name=Renamed", f"project?id={OVEN}&name=Renamed"])
def test_an_edit_is_made_by_id(ask: Asker, path: str) -> None:
    place, _, query = path.partition("?")
    assert ask("PUT", place, query)["name"] == "Renamed"
    assert ask("GET", "project/count") == {"count": 3}


def test_an_edit_of_what_is_not_there_makes_nothing(ask: Asker) -> None:
    assert ask.refused("PUT", f"project/{'f' * 32}", "name=x")[0] == 404
    assert ask("GET", "project/count") == {"count": 3}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{ name: "New Project Name", status: "CUR" }', "New Project Name"),
        ("{'name': 'It\\'s a \"new\" oven: {a: 1}'}", 'It\'s a "new" oven: {a: 1}'),
        ('{"name": "plain: \'quoted\'"}', "plain: 'quoted'"),
        ('{name: "a\\"b: c"}', 'a"b: c'),
        ("{name: 'back\\\\slash'}", "back\\slash"),
    ],
)
def test_an_edit_is_json_with_bare_names_and_single_quotes(ask: Asker, text: str, name: str) -> None:
    assert ask("PUT", f"project/{SHOP}", f"updates={quote(text)}")["name"] == name


@pytest.mark.parametrize("text", ["{name: bare}", "{name: 'open}", "{name 'x'}", "{name: 'x'", "name: 'x'", "'x'", "{"])
def test_what_is_no_json_in_either_way_is_refused(ask: Asker, text: str) -> None:
    assert ask.refused("PUT", f"project/{SHOP}", f"updates={quote(text)}")[1].startswith("JSON parsing error")
    assert ask("GET", f"project/{SHOP}")["name"] == "Shop front"


def test_assignments_are_replaced_as_a_whole(ask: Asker) -> None:
    text = f"{{ assignments: [ {{ assignedToID: '{NOAH}', assignmentPercent: 50.0 }}, {{ roleID: '{BAKING}' }} ] }}"
    ask("PUT", f"task/{FIRE}", f"updates={quote(text)}")
    found = ask("GET", f"task/{FIRE}", "fields=assignments:assignedToID,assignments:roleID")["assignments"]
    assert {(row["assignedToID"], row["roleID"]) for row in found} == {(NOAH, None), (None, BAKING)}


def test_a_project_becomes_a_public_queue(ask: Asker) -> None:
    ask("PUT", f"project/{OVEN}", f"updates={quote('{ queueDef: { isPublic: 1 } }')}")
    assert ask("GET", f"project/{OVEN}", "fields=queueDef:isPublic")["queueDef"]["isPublic"] == 1


ACTIONS = ["approveApproval", "calculateFinance", "calculateTimeline", "recallApproval", "rejectApproval"]


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_a_parameter_or_the_end_of_the_path(ask: Asker, action: str) -> None:
    pending = {"status": "CUR:A"} if "Approval" in action else {}
    for place, query in ((f"project/{WEBSITE}", f"action={action}"), (f"project/{WEBSITE}/{action}", "")):
        if pending:
            ask.sandbox.tenant.store.update(
                "PROJ", {**(ask.sandbox.tenant.store.get("PROJ", WEBSITE) or {}), **pending}
            )
        assert "result" in ask("PUT", place, query)


def test_an_action_that_is_not_computed_is_refused_in_words(ask: Asker) -> None:
    path = f"project/{OVEN}/calculateDataExtension"
    assert ask.refused("PUT", path)[1].endswith("not computed by this sandbox")


def test_a_work_item_is_marked_as_viewed(ask: Asker) -> None:
    ask.sandbox.insert("WRKITM", [{"ID": "1" * 32}])
    ask("PUT", f"workitem/{'1' * 32}/markViewed")
    assert ask("GET", f"workitem/{'1' * 32}", "fields=lastViewedDate")["lastViewedDate"]


def test_a_task_moves_to_another_project(ask: Asker) -> None:
    ask("PUT", f"task/{FIRE}/move", f"projectID={SHOP}")
    assert ask("GET", f"task/{FIRE}", "fields=projectID")["projectID"] == SHOP


@pytest.mark.parametrize("path", ["task/{}", "task?id={}", "task/{}?force=true", "task?id={}&force=true"])
def test_a_task_is_deleted(ask: Asker, path: str) -> None:
    place, _, query = path.format(FIRE).partition("?")
    assert ask("DELETE", place, query) == {"success": True}


@pytest.mark.parametrize("atomic", [False, True])
def test_several_are_made_and_edited_at_once(ask: Asker, atomic: bool) -> None:
    more = "&atomic=true" if atomic else ""
    texts = json.dumps([{"name": "Test_Project_1"}, {"name": "Test_Project_2"}])
    made = ask("PUT", "proj", f"updates={quote(texts)}&method=POST&apiKey=123abc{more}", headers={"sessionid": ""})
    if atomic:
        assert made == {"success": True}
        return
    assert [(row["name"], row["objCode"], row["status"]) for row in made] == [
        ("Test_Project_1", "PROJ", "CUR"),
        ("Test_Project_2", "PROJ", "CUR"),
    ]
    assert {"percentComplete", "plannedStartDate", "plannedCompletionDate", "priority"} <= set(made[0])
    edits = json.dumps([{"ID": row["ID"], "name": f"{row['name']}_Edit"} for row in made])
    edited: list[dict[str, Any]] = ask("PUT", "proj", f"method=PUT&updates={quote(edits)}&apiKey=123abc")
    assert [row["name"] for row in edited] == ["Test_Project_1_Edit", "Test_Project_2_Edit"]


def test_one_bad_edit_of_an_atomic_call_undoes_all(ask: Asker) -> None:
    edits = json.dumps([{"ID": OVEN, "name": "changed"}, {"ID": "f" * 32, "name": "missing"}])
    assert ask.refused("PUT", "proj", f"updates={quote(edits)}&atomic=true")[0] == 404
    assert ask("GET", f"proj/{OVEN}")["name"] == "New oven"


def test_the_one_who_asks_is_mia(ask: Asker) -> None:
    assert ask("GET", "user", "id=%24%24USER")["ID"] == MIA
