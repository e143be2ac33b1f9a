"""Parameters that steer calls, given to each operation of every type: it looks at them, or refuses them by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.test_kinds import (
    OTHER,
    OWN,
    SCHEMA,
    VERSIONS,
    asker,
    one_row_each,
    plain_member,
    reachable,
    refusals,
)
from workfront_sandbox.call import operation
from workfront_sandbox.call.operation import Operation
from workfront_sandbox.query.filter_groups import CONTROL, STEERING
from workfront_sandbox.reading import named_query
from workfront_sandbox.schema.overrides import VIEWS
from workfront_sandbox.writing.sharing import SHARED, VERBS

WHO = {"method", "sessionID", "sessionid", "apiKey", "apikey", "username", "password", "subdomain"}
STEERS = sorted((CONTROL | STEERING | {"$$ORDER"}) - WHO)
ENDINGS = ("objCode_Sort", "objCode_1_GroupBy", "ID_AggFunc", "OR:1:ID_AggFunc", "OR:1:ID_GroupBy")
READS = (("search", operation.SEARCH), ("count", operation.COUNT), ("report", operation.REPORT))
OWN_WORDS = {"action", "updates", "options", "copySourceID"}
"""Words that a write refuses in words of its own, or takes for something else."""


@pytest.fixture(params=VERSIONS, ids="v{}".format)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def everything(version: int) -> Asker:
    return asker(version, one_row_each(version))


def foreign(wanted: Operation, *more: str) -> Iterator[str]:
    """The words that an operation does not look at."""
    return (word for word in (*STEERS, *more) if not wanted.takes(word))


def rows_of(ask: Asker) -> Any:
    return {code: ask.sandbox.rows(code) for code in SCHEMA.newest.objects if code != "WORK"}


def refused_by_name(ask: Asker, method: str, path: str, word: str, **rest: Any) -> None:
    text = refusals(ask.reply(method, path, {word: "1"}, **rest))
    assert word in text or word in {"action", "copySourceID"}, (method, path, word, text)


@pytest.mark.parametrize(("verb", "wanted"), READS, ids=[verb for verb, _ in READS])
def test_a_read_refuses_what_steers_another_operation(everything: Asker, version: int, verb: str,
                                                      wanted: Operation) -> None:  # fmt: skip
    tried = 0
    for described in reachable(version, verb):
        for word in foreign(wanted, *ENDINGS):
            if word != "updates":
                refused_by_name(everything, "GET", f"{described.code}/{verb}", word)
                tried += 1
    assert tried > 1500


def test_reading_by_id_and_deleting_refuse_what_steers_another_operation(everything: Asker, version: int) -> None:
    before = rows_of(everything)
    for verb, method, wanted in (("get", "GET", operation.GET), ("delete", "DELETE", operation.DELETE)):
        for described in reachable(version, verb):
            for word in foreign(wanted, *ENDINGS):
                if word != "updates":
                    refused_by_name(everything, method, f"{described.code}/{OWN}", word)
    assert rows_of(everything) == before


def test_writes_refuse_what_steers_another_operation(everything: Asker, version: int) -> None:
    before = rows_of(everything)
    for described in reachable(version, "edit"):
        member = plain_member(described)
        for word in foreign(operation.EDIT):
            refused_by_name(everything, "PUT", f"{described.code}/{OWN}", word, json_body=member)
    for described in reachable(version, "add"):
        for word in foreign(operation.CREATE):
            if word not in OWN_WORDS:
                refused_by_name(everything, "POST", described.code, word, json_body={})
    assert rows_of(everything) == before


def test_actions_named_queries_and_sharing_refuse_what_steers_another_operation(everything: Asker,
                                                                                version: int) -> None:  # fmt: skip
    before = rows_of(everything)
    for described in reachable(version):
        for name, action in described.actions.items():
            for word in set(foreign(operation.ACTION)) - {item.name for item in action.arguments}:
                refused_by_name(everything, "PUT", f"{described.code}/{OWN}/{name}", word)
        for name in described.queries:
            if named_query.is_computed(described.code, name):
                for word in foreign(operation.NAMED_QUERY, *ENDINGS):
                    if word != "updates":
                        refused_by_name(everything, "GET", f"{described.code}/{name}", word)
        for verb in VERBS if described.code in SHARED else ():
            for word in foreign(operation.SHARING):
                refused_by_name(everything, "PUT", f"{described.code}/{OWN}/{verb}", word)
    assert rows_of(everything) == before


def test_an_argument_of_a_named_query_is_of_the_type_that_the_metadata_tells(everything: Asker, version: int) -> None:
    wrong = {"boolean": "banana", "dateTime": "soon"}
    tried = 0
    for described in reachable(version):
        for name, query in described.queries.items():
            if named_query.is_computed(described.code, name):
                for item in query.arguments:
                    if item.type in wrong:
                        value, path = wrong[item.type], f"{described.code}/{name}"
                        assert value in refusals(everything.reply("GET", path, {item.name: value}))
                        body = {item.name: value}
                        assert value in refusals(everything.reply("POST", path, {"method": "GET"}, json_body=body))
                        tried += 1
    assert tried > 15


@pytest.mark.parametrize(
    ("method", "path", "wanted"),
    [
        ("GET", "metadata", operation.INDEX),
        ("GET", "TASK/metadata", operation.METADATA),
        ("POST", "upload", operation.UPLOAD),
        ("POST", "login", operation.SESSION),
        ("GET", "session", operation.SESSION),
        ("GET", "info", operation.SESSION),
        ("POST", "logout", operation.SESSION),
        ("POST", "batch", operation.BATCH),
        ("GET", "/attask/document/download", operation.DOWNLOAD),
    ],
)
def test_what_has_no_filters_and_no_values_takes_its_own_words_alone(ask: Asker, method: str, path: str,
                                                                     wanted: Operation) -> None:  # fmt: skip
    more = {"uri": "info"} if path == "batch" else {}
    for word in (*foreign(wanted, *ENDINGS), "name", "timeToLive"):
        assert word == "updates" or word in ask.refused(method, path, {**more, word: "1"})[1]
        if path != "batch" and not path.startswith("/") and word != "updates":
            (answer,) = ask("POST", "batch", form={"uri": f"{path}?{word}=1&method={method}"})
            assert "error" in answer


def test_sections_of_metadata_are_those_there_are(version: int) -> None:
    ask = asker(version, {})
    for described in reachable(version):
        assert "colections" in ask.refused("GET", f"{described.code}/metadata", {"fields": "fields,colections"})[1]
    assert {*ask("GET", "HOUR/metadata", {"fields": "fields,custom"})} == {"fields"}


def test_a_search_takes_its_words_in_a_body_and_in_list_options_as_plain_ones(ask: Asker) -> None:
    plain = {"status_Sort": "desc", "name_Sort": "desc", "$$LIMIT": "2", "$$FIRST": "1", "fields": "name,status"}
    expected = ask("GET", "TASK/search", plain)
    assert len(expected) == 2
    assert ask("POST", "TASK/search", json_body=plain) == expected
    assert ask("POST", "TASK/search", json_body={**plain, "fields": ["name", "status"]}) == expected
    assert ask("GET", "TASK/search", {"listOptions": json.dumps(plain)}) == expected
    assert ask("POST", "TASK/search", json_body={"listOptions": plain}) == expected
    keyed = ask("POST", "TASK/search", json_body={**plain, "map": True})
    assert keyed == {row["ID"]: row for row in expected}
    group = {"status_1_GroupBy": "true", "$$ROLLUP": "true"}
    assert ask("POST", "TASK/report", json_body=group) == ask("GET", "TASK/report", group)
    assert "list" in ask.refused("POST", "TASK/search", json_body=[{}])[1]


@pytest.mark.parametrize("word", ["name_Sort", "status_GroupBy", "ID_AggFunc", "$$LIMIT", "$$ROLLUP"])
def test_filters_hold_conditions_alone(ask: Asker, word: str) -> None:
    for verb in ("search", "count", "report"):
        assert word in ask.refused("GET", f"TASK/{verb}", {"filters": json.dumps({word: "asc"})})[1]


@pytest.mark.parametrize(
    ("method", "path", "word"),
    [
        ("GET", "TASK/search", "map"),
        ("GET", "TASK/report", "$$ROLLUP"),
        ("GET", "TASK/report", "status_GroupBy"),
        ("DELETE", f"TASK/{OWN}", "force"),
        ("DELETE", f"TASK/{OWN}", "atomic"),
        ("POST", "TASK", "atomic"),
        ("POST", "batch", "atomic"),
        ("POST", "batch", "concurrent"),
    ],
)
def test_what_is_switched_on_or_off_takes_words_that_mean_one_of_them(ask: Asker, method: str, path: str,
                                                                      word: str) -> None:  # fmt: skip
    more = {"uri": "info"} if path == "batch" else {"name": "new"} if method == "POST" else {}
    assert 'Unparseable boolean: "maybe"' in ask.refused(method, path, {**more, word: "maybe"})[1]


def test_a_deletion_looks_at_no_body(ask: Asker) -> None:
    before = rows_of(ask)
    assert "JSON" in ask.refused("DELETE", "TASK", {"ID": before["TASK"][0]["ID"]}, json_body={"force": True})[1]
    assert rows_of(ask) == before


def test_a_path_and_a_parameter_do_not_name_two_actions(ask: Asker) -> None:
    project = ask.sandbox.rows("PROJ")[0]["ID"]
    assert "action" in ask.refused("PUT", f"PROJ/{project}/calculateTimeline", {"action": "calculateFinance"})[1]


@pytest.mark.parametrize(
    ("method", "path", "query"),
    [
        ("GET", "TASK/search", [("$$LIMIT", "1"), ("$$LIMIT", "2")]),
        ("GET", "TASK/search", [("map", "true"), ("map", "false")]),
        ("GET", "TASK/search", [("name_Sort", "asc"), ("name_Sort", "desc")]),
        ("GET", "TASK/search", [("method", "GET"), ("method", "DELETE")]),
        ("GET", "TASK/report", [("$$ROLLUP", "true"), ("$$ROLLUP", "false")]),
        ("PUT", "TASK", [("action", "move"), ("action", "markDone")]),
        ("POST", "batch", [("uri", "info"), ("atomic", "true"), ("atomic", "false")]),
    ],
)
def test_what_has_one_value_is_given_once(ask: Asker, method: str, path: str, query: list[tuple[str, str]]) -> None:
    before = rows_of(ask)
    assert "several values" in ask.refused(method, path, query)[1]
    assert rows_of(ask) == before


@pytest.mark.parametrize("word", ["_Sort", "_GroupBy", "_AggFunc", "_Mod", "_Range"])
def test_an_ending_stands_behind_a_field(ask: Asker, word: str) -> None:
    for verb in ("search", "count", "report"):
        assert word in ask.refused("GET", f"TASK/{verb}", {word: "asc"})[1]


def test_an_address_and_its_parameters_name_one_row(version: int) -> None:
    for described in reachable(version):
        ask = asker(version, {described.code: [{"ID": OWN}, {"ID": OTHER}]} if described.code not in VIEWS else {})
        before = rows_of(ask)
        path, verbs = f"{described.code}/{OWN}", set(described.source.verbs)
        calls = [("GET", "get", path), ("DELETE", "delete", path), ("PUT", "edit", path)]
        tried = [(method, where) for method, verb, where in calls if verb in verbs]
        tried += [("PUT", f"{path}/share")] if described.code in SHARED else []
        for method, where in tried:
            for key in ("id", "ID", "ids"):
                text = refusals(ask.reply(method, where, {key: OTHER}))
                assert "name the row once" in text, (described.code, method, text)
        assert rows_of(ask) == before


@pytest.mark.parametrize("key", ["id", "ID"])
def test_an_action_of_an_address_names_no_other_row(ask: Asker, key: str) -> None:
    first, second = (row["ID"] for row in ask.sandbox.rows("PROJ")[:2])
    assert "name the row once" in ask.refused("PUT", f"PROJ/{first}/calculateTimeline", {key: second})[1]
    ask("PUT", f"PROJ/{first}/calculateTimeline", {key: first})


def test_arguments_of_named_queries_name_what_there_is(version: int) -> None:
    ask = asker(version, {})
    tried = set[str]()
    for described in reachable(version):
        for name, query in described.queries.items():
            names = {item.name for item in query.arguments}
            for argument in names & {"objCode", "objectType", "timesheetID", "taskID", "projectID", "opTaskID"}:
                if named_query.is_computed(described.code, name):
                    given = {"objID": OWN, argument: "GIZMO"} if "objID" in names else {argument: "GIZMO"}
                    assert "GIZMO" in refusals(ask.reply("GET", f"{described.code}/{name}", given)), (name, argument)
                    tried.add(argument)
            for argument in names & {"objID", "timesheetID"}:
                if named_query.is_computed(described.code, name):
                    assert argument in refusals(ask.reply("GET", f"{described.code}/{name}")), (name, argument)
    assert len(tried) == 6
    there = {"objID": OWN, "objCode": "TASK"}
    assert OWN in refusals(ask.reply("GET", "OBJCAT/getForObject", there))
