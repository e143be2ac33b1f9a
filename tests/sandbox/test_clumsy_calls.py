"""Calls that say two things, or something that no answer could follow: refused, and nothing is done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import FIRE, LEAK, NOAH, OVEN, PAINT, SHOP, Asker, bakery
from tests.sandbox.test_kinds import OTHER, OWN, VERSIONS, asker, plain_member, reachable, refusals
from workfront_sandbox import Sandbox
from workfront_sandbox.writing.defaults import IGNORED
from workfront_sandbox.writing.sharing import SHARED
from workfront_schema.wire_types import TypeKind, kind_of

NOWHERE = f"{0xF1:032x}"


@pytest.fixture(params=VERSIONS, ids="v{}".format)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize(
    "query",
    [
        {"ID": OWN, "extRefID": "x"},
        {"ids": OWN, "ID_Mod": "ne"},
        {"id": OWN, "forced": "1"},
        {"ID": OWN, "DE:Floor": "x"},
        {"ID": OWN, "ID_Sort": "asc"},
    ],
    ids=str,
)
def test_nothing_but_the_id_chooses_what_is_deleted_or_read_by_its_id(version: int, query: dict[str, str]) -> None:
    name = next(iter(query.keys() - {"ID", "id", "ids"}))
    for described in reachable(version, "delete", "get"):
        ask = asker(version, {described.code: [{"ID": OWN}]})
        for verb in ("DELETE", "GET"):
            text = refusals(ask.reply(verb, described.code, query))
            assert name in text, (described.code, verb, text)
        assert OWN in {row["ID"] for row in ask.sandbox.rows(described.code)}
        in_path = {key: value for key, value in query.items() if key == name}
        assert name in refusals(ask.reply("DELETE", f"{described.code}/{OWN}", in_path))


def test_an_edit_of_a_row_names_no_other_row_in_its_body(version: int) -> None:
    for described in reachable(version, "edit"):
        member = plain_member(described)
        ask = asker(version, {described.code: [{"ID": OWN}, {"ID": OTHER}]})
        before = ask.sandbox.rows(described.code)
        bodies: tuple[Any, ...] = ([{"ID": OTHER, **member}], [{"ID": OWN, **member}], {"ID": OTHER, **member}, [])
        for body in bodies:
            for path, query in ((f"{described.code}/{OWN}", {}), (described.code, {"ID": OWN})):
                assert refusals(ask.reply("PUT", path, query, json_body=body)), (described.code, body)
        assert ask.sandbox.rows(described.code) == before
        ask("PUT", f"{described.code}/{OWN}", json_body={"ID": OWN, "objCode": described.code})


def test_a_row_is_written_as_what_it_is(version: int) -> None:
    tried = 0
    for described in reachable(version, "edit"):
        ask = asker(version, {described.code: [{"ID": OWN}]})
        other = "HOUR" if described.code != "HOUR" else "TASK"
        tried += 1
        for word in (other, "GIZMO"):
            calls = (("PUT", f"{described.code}/{OWN}"), ("POST", described.code))
            for method, path in calls if "add" in described.source.verbs else calls[:1]:
                assert word in refusals(ask.reply(method, path, json_body={"objCode": word})), described.code
    assert tried > 60


@pytest.mark.parametrize("object_id", [PAINT, NOWHERE, "x"])
def test_a_new_row_does_not_choose_its_id(ask: Asker, object_id: str) -> None:
    before = ask.sandbox.rows("TASK")
    new = {"ID": object_id, "name": "new", "projectID": OVEN}
    bodies: tuple[Any, ...] = (new, [new], [{"name": "one", "projectID": OVEN}, new])
    for body in bodies[:2]:
        assert "leave ID out" in ask.refused("POST", "TASK", json_body=body)[1]
    assert "leave ID out" in ask.refused("POST", "TASK", {"atomic": "true"}, json_body=bodies[2])[1]
    assert ask.sandbox.rows("TASK") == before


@pytest.mark.parametrize("function", ["sum", "avg", "std", "var", "dsum"])
@pytest.mark.parametrize("field", ["name", "plannedStartDate", "isComplete", "project:name"])
def test_what_is_no_number_is_not_added_up(ask: Asker, function: str, field: str) -> None:
    assert field in ask.refused("GET", "TASK/report", {f"{field}_AggFunc": function, "status_GroupBy": "true"})[1]
    assert ask("GET", "TASK/report", {f"{field}_AggFunc": "count"})


def test_a_group_that_is_not_wanted_is_none(ask: Asker) -> None:
    assert ask("GET", "TASK/report", {"status_1_GroupBy": "false"}) == ask("GET", "TASK/report")


@pytest.mark.parametrize(
    ("code", "name"),
    [("TASK", "isComplete"), ("PROJ", "isProjectDead"), ("OPTASK", "isHelpDesk"), ("USER", "isActive")],
)
def test_a_filter_on_yes_and_no_takes_no_other_word(ask: Asker, code: str, name: str) -> None:
    for word in ("maybe", "2", "ture", "none"):
        assert ask.refused("GET", f"{code}/count", {name: word}) == (422, f'Unparseable boolean: "{word}"')
    for word in ("True", "FALSE", "1", "0", "yes", "no"):
        assert "count" in ask("GET", f"{code}/count", {name: word})


def test_rows_that_are_named_are_edited_and_deleted_as_before(ask: Asker) -> None:
    both = {"ID": f"{FIRE},{PAINT}"}
    assert [row["name"] for row in ask("PUT", "TASK", both, json_body={"name": "both"})] == ["both", "both"]
    ask("DELETE", "TASK", {"ID": f"{FIRE},{PAINT}", "force": "true", "atomic": "true", "method": "DELETE"})
    ask("DELETE", f"OPTASK/{LEAK}", {"method": "DELETE", "apiKey": "x"})
    ask("DELETE", f"PROJ/{SHOP}", {"force": "true"})
    assert {row["ID"] for row in ask.sandbox.rows("TASK")}.isdisjoint({FIRE, PAINT})


@pytest.mark.parametrize(("code", "done"), [("TASK", "CPL"), ("OPTASK", "CLS")])
def test_new_work_that_is_done_to_the_last_percent_is_done(version: int, code: str, done: str) -> None:
    ask = bakery_of(version)
    shown = {"fields": "status,percentComplete,actualStartDate,actualCompletionDate"}
    for given in ({"percentComplete": 100}, {"percentComplete": 100, "status": "NEW"}, {"status": done}):
        made = ask("POST", code, shown, json_body={"name": "new", "projectID": OVEN, **given})
        assert (made["status"], made["percentComplete"]) == (done, 100), given
        assert None not in (made["actualStartDate"], made["actualCompletionDate"])
    half = ask("POST", code, shown, json_body={"name": "new", "projectID": OVEN, "percentComplete": 50})
    assert (half["status"], half["percentComplete"], half["actualCompletionDate"]) == ("NEW", 50, None)


@pytest.mark.parametrize(("code", "done"), [("TASK", "CPL"), ("OPTASK", "CLS"), ("OPTASK", "RLV")])
def test_status_and_percentage_that_are_written_together_agree(version: int, code: str, done: str) -> None:
    ask = bakery_of(version)
    one = ask("POST", code, json_body={"name": "new", "projectID": OVEN})["ID"]
    before = next(row for row in ask.sandbox.rows(code) if row["ID"] == one)
    for pair in ({"status": done, "percentComplete": 10}, {"status": "INP", "percentComplete": 100}):
        assert refusals(ask.reply("PUT", f"{code}/{one}", json_body=pair)).endswith("write one of them")
        assert refusals(ask.reply("POST", code, json_body={"name": "new", "projectID": OVEN, **pair}))
    assert next(row for row in ask.sandbox.rows(code) if row["ID"] == one) == before
    ask("PUT", f"{code}/{one}", json_body={"status": done, "percentComplete": 100})
    ask("PUT", f"{code}/{one}", json_body={"status": "INP", "percentComplete": 40})


def test_a_copy_names_its_one_source_and_a_new_row_no_old_one(version: int) -> None:
    for described in reachable(version, "add"):
        ask = asker(version, {described.code: [{"ID": OWN}, {"ID": OTHER}]})
        new, before = {**plain_member(described)}, ask.sandbox.rows(described.code)
        queries = ({"ID": OWN}, {"id": OWN}, {"ids": f"{OWN},{OTHER}"}, {"copySourceID": ""})
        for query in queries:
            assert refusals(ask.reply("POST", described.code, query, json_body=new)), (described.code, query)
        both = f"copySourceID={OWN}&copySourceID={OTHER}"
        assert refusals(ask.reply("POST", described.code, both, json_body=new)), described.code
        copy = {"copySourceID": OWN}
        assert refusals(ask.reply("POST", described.code, copy, json_body={**new, "ID": OWN})), described.code
        assert ask.sandbox.rows(described.code) == before


@pytest.mark.parametrize(
    ("query", "body"),
    [("", None), ("", {"uri": ["TASK/count"]}), ("", ["TASK/count"]), ("atomc=true&uri=TASK/count", None),
     ("uri=TASK/count&name=x", None)],
)  # fmt: skip
def test_a_batch_says_what_it_holds_and_nothing_else(version: int, query: str, body: Any) -> None:
    ask = bakery_of(version)
    for method in ("GET", "POST"):
        reply = ask.reply(method, "batch", query) if body is None else ask.reply(method, "batch", query, json_body=body)
        assert refusals(reply).startswith("A batch ")


def test_a_batch_holds_no_address_of_another_host(version: int) -> None:
    ask = bakery_of(version)
    for uri in ("http://127.0.0.1/TASK/count", "//evil.example/TASK/count", "file:///TASK/count"):
        (answer,) = ask("GET", "batch", {"uri": uri})
        assert "A batch holds addresses below its own" in answer["error"]["message"]


def test_sharing_is_for_what_is_shared_and_looks_at_no_other_words(version: int) -> None:
    about = {"accessorID": NOAH, "accessorObjCode": "USER", "coreAction": "VIEW"}
    ask, shared = bakery_of(version), 0
    for described in reachable(version, "edit", "add"):
        ruled = "SHARABLE" in described.source.flags or described.code in SHARED
        row = {"ID": OWN, **plain_member(described)}
        there = Asker(Sandbox({"USER": [{"ID": NOAH, "name": "Noah"}], described.code: [row]}), ask.api)
        if described.code != "USER":
            text = refusals(there.reply("PUT", f"{described.code}/{OWN}/share", about))
            assert (text == "") is ruled, (described.code, text)
            shared += ruled
    assert shared > 10
    for verb in ("share", "unshare"):
        for more in ({"corAction": "EDIT"}, {"name": "x"}):
            text = ask.refused("PUT", f"PROJ/{OVEN}/{verb}", {**about, **more})[1]
            assert text == f"action {verb} does not support argument named {next(iter(more))}"


WRONG: dict[TypeKind, tuple[Any, ...]] = {
    TypeKind.INTEGER: (2**63, -(2**63), 1.5, True, "x", [1], {"a": 1}),
    TypeKind.TEXTS: ({"a": 1}, 5, True, [{"a": 1}], [["a"]]),
}


def test_a_value_that_no_field_of_a_kind_can_hold_is_refused(version: int) -> None:
    tried, taken = 0, []
    for described in reachable(version, "edit"):
        ask = asker(version, {described.code: [{"ID": OWN}]})
        for item in described.fields.values():
            kind = kind_of(item.type) if item.type else None
            for value in WRONG.get(kind, ()) if kind and (described.code, item.name) not in IGNORED else ():
                tried += 1
                if ask.reply("PUT", f"{described.code}/{OWN}", json_body={item.name: value}).status != 422:
                    taken.append(f"{described.code}.{item.name}: {value}")
    assert tried > 500
    assert taken == []


def test_a_list_of_ids_names_rows_that_are_there(version: int) -> None:
    ask = bakery_of(version)
    folder = ask("POST", "DOCFDR", json_body={"name": "Plans", "projectID": OVEN})["ID"]
    new = {"name": "a", "docObjCode": "PROJ", "objID": OVEN}
    for ids in ([NOWHERE], [folder, NOWHERE]):
        text = f'DocumentFolder with primary key value(s) "{NOWHERE}" not found'
        assert ask.refused("POST", "DOCU", json_body={**new, "folderIDs": ids}) == (422, text)
    made = ask("POST", "DOCU", {"fields": "folders:name"}, json_body={**new, "folderIDs": [folder]})
    assert [one["name"] for one in made["folders"]] == ["Plans"]


def bakery_of(version: int) -> Asker:
    """The bakery, asked in one version."""
    return Asker(bakery().sandbox, f"/attask/api/v{version}.0")
