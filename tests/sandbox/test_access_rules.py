"""Rules written as a list with their row, and the right of those who make a request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker
from tests.sandbox.test_rights import ANA, AS_ANA, BO, PROJ, ROWS, SEED, TASK, share, tenant
from workfront_sandbox import Sandbox
from workfront_sandbox.wire.json_value import text_of


@pytest.fixture
def ask() -> Asker:
    return tenant()


def rule(accessor: str, action: str) -> dict[str, str]:
    return {"accessorID": accessor, "accessorObjCode": "USER", "coreAction": action}


@pytest.mark.parametrize("code", ["PORT", "PRGM", "PROJ", "TASK", "OPTASK", "DOCU"])
def test_a_list_of_rules_gives_no_more_than_sharing_does(ask: Asker, code: str) -> None:
    path = f"{code}/{ROWS[code]}"
    share(ask, code, "LIMITED_EDIT")
    share(ask, code, "VIEW", BO)
    both = [rule(ANA, "LIMITED_EDIT"), rule(BO, "VIEW")]
    for rules in ([rule(ANA, "DELETE"), rule(BO, "VIEW")], [*both, rule(MIA, "EDIT")], [rule(ANA, "VIEW")], []):
        status, said = ask.refused("PUT", path, json_body={"accessRules": rules}, **AS_ANA)
        assert (status, "sufficient access to share" in said) == (403, True)
    ask("PUT", path, json_body={"accessRules": [*both, rule(MIA, "VIEW")]}, **AS_ANA)
    ask("PUT", path, json_body={"accessRules": [rule(ANA, "VIEW")]})
    shown = ask("GET", path, {"fields": "accessRules:accessorID,accessRules:coreAction"})["accessRules"]
    assert [(one["accessorID"], one["coreAction"]) for one in shown] == [(ANA, "VIEW")]


def test_a_list_of_rules_that_was_read_can_be_written_with_one_more(ask: Asker) -> None:
    share(ask, "PORT", "EDIT")
    path, fields = f"TASK/{TASK}", {"fields": "accessRules:*"}
    read = ask("GET", path, fields)["accessRules"]
    assert [one["isInherited"] for one in read] == [True]
    ask("PUT", path, json_body={"accessRules": [*({"ID": one["ID"]} for one in read), rule(BO, "VIEW")]})
    after = ask("GET", path, fields)["accessRules"]
    assert sorted((one["accessorID"], one["isInherited"]) for one in after) == [(ANA, True), (BO, False)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"coreAction": "OWN"}, 'Invalid Parameter: coreAction value "OWN"'),
        ({"accessorID": f"{0xBAD:032x}"}, f'User with primary key value(s) "{0xBAD:032x}" not found'),
    ],
)
def test_a_rule_names_somebody_and_a_known_right(wrong: dict[str, str], said: str) -> None:
    for asks in (tenant(), Asker(Sandbox(SEED))):
        body = {"accessRules": [rule(ANA, "VIEW") | wrong]}
        assert asks.refused("PUT", f"PROJ/{PROJ}", json_body=body)[1] == said
        assert asks.sandbox.rows("ACSRUL") == []


@pytest.mark.parametrize(
    ("queue", "refused"),
    [
        ({"isPublic": 0}, ""),
        ({"isPublic": 1}, "edit delete"),
        ({"isPublic": 2, "requestorCoreAction": "VIEW"}, "status edit delete"),
        ({"isPublic": 1, "requestorCoreAction": "EDIT"}, "delete"),
    ],
)
def test_who_asks_a_queue_may_do_with_the_request_what_the_queue_says(
    ask: Asker, queue: dict[str, Any], refused: str
) -> None:
    ask("PUT", f"PROJ/{PROJ}", json_body={"queueDef": queue})
    share(ask, "PROJ", "VIEW")
    made = ask("POST", "OPTASK", json_body={"name": "please", "projectID": PROJ}, **AS_ANA)["ID"]
    calls = {"status": ("PUT", {"status": "INP"}), "edit": ("PUT", {"name": "now"}), "delete": ("DELETE", None)}
    found: list[str] = []
    for name, (method, body) in calls.items():
        reply = ask.reply(method, f"OPTASK/{made}", json_body=body, headers=AS_ANA["headers"])
        found += [name] if reply.status == 403 else []
    assert found == refused.split()


@pytest.mark.parametrize("wrong", [5, 1.5, True, [1], ["a"], {"a": 1}, [[]], {}, "", "x" * 5000], ids=repr)
@pytest.mark.parametrize(
    "name", ["ID", "accessorID", "accessorObjCode", "coreAction", "forbiddenActions", "isInherited"]
)
def test_a_rule_of_anything_is_never_an_error_of_the_server(name: str, wrong: Any) -> None:
    for ask in (tenant(), Asker(Sandbox(SEED)), Asker(Sandbox(SEED, strict="values"))):
        share(ask, "PROJ", "VIEW")
        for body in ({name: wrong}, rule(BO, "VIEW") | {name: wrong}):
            reply = ask.reply("PUT", f"PROJ/{PROJ}", json_body={"accessRules": [body]})
            assert reply.status < 500, (body, reply.body)


@pytest.mark.parametrize("missing", ["accessorID", "accessorObjCode"])
def test_a_rule_says_whom_it_lets_in_where_values_are_checked(missing: str) -> None:
    ask = Asker(Sandbox(SEED, strict="values"))
    half = {name: value for name, value in rule(ANA, "VIEW").items() if name != missing}
    assert ask.refused("PUT", f"PROJ/{PROJ}", json_body={"accessRules": [half]}) == (422, f"{missing} is missing")


SHOWN = (
    "ID", "accessorID", "accessorObjCode", "coreAction", "forbiddenActions", "isInherited", "ancestorID",
    "ancestorObjCode", "securityObjID", "securityObjCode",
)  # fmt: skip
SEARCHED = ("PORT", "PRGM", "PROJ", "TASK", "OPTASK", "DOCU", "WORK")


@pytest.mark.parametrize("above", ["PORT", "PRGM", "PROJ", "TASK"])
def test_a_filter_on_rules_sees_what_a_row_shows_of_them(ask: Asker, above: str) -> None:
    share(ask, above, "EDIT")
    ask(
        "PUT",
        f"{above}/{ROWS[above]}",
        json_body={"accessRules": [{**rule(ANA, "VIEW"), "forbiddenActions": ["SHARE"]}]},
    )
    share(ask, "DOCU", "VIEW", BO)
    found = 0
    for code in SEARCHED:
        fields = ",".join(f"accessRules:{name}" for name in SHOWN)
        rows = {row["ID"]: row["accessRules"] for row in ask("GET", f"{code}/search", {"fields": fields})}
        for name in SHOWN:
            values = {text_of(one) for rules in rows.values() for one in values_of(rules, name)}
            for value in values - {""}:
                wanted = {key for key, rules in rows.items() if value in map(text_of, values_of(rules, name))}
                read = ask("GET", f"{code}/search", {f"accessRules:{name}": value})
                assert {row["ID"] for row in read} == wanted, (code, name, value)
                found += len(wanted)
        assert ask("GET", f"{code}/count", {"accessRules:accessorID": f"{0xBAD:032x}"})["count"] == 0
    assert found > 40


def values_of(rules: list[dict[str, Any]], name: str) -> list[Any]:
    """The values that rules have in a field, those of a list one by one."""
    found = [one[name] for one in rules]
    return [value for one in found for value in (one if isinstance(one, list) else [one])]


def test_a_filter_on_rules_follows_relations_and_counts(ask: Asker) -> None:
    share(ask, "PORT", "EDIT")
    assert [row["ID"] for row in ask("GET", "TASK/search", {"project:accessRules:accessorID": ANA})] != []
    assert ask("GET", "TASK/count", {"project:accessRules:isInherited": "true"})["count"] > 0
    assert ask("GET", "PORT/count", {"accessRules:isInherited": "true"})["count"] == 0
    assert ask("GET", "TASK/count", {"accessRules:accessorID": BO})["count"] == 0
