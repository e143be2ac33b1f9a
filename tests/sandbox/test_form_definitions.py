"""Forms as they are defined: their types, the places of their fields, and rules of display."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker, bakery


@pytest.mark.parametrize("name", ["securityLevel", "viewSecurityLevel"])
def test_who_may_do_what_with_a_field_is_said_by_words(ask: Asker, name: str) -> None:
    told = f"Cannot invoke ParameterSecurityLevelEnum.getAction() because {name} is null"
    field = ask("POST", "PARAM", json_body={"name": "a"})["ID"]
    body = {"name": "f", "objTypes": ["PROJ"], "categoryParameters": [{"parameterID": field, name: "LE"}]}
    made = ask("POST", "CTGY", {"fields": f"categoryParameters:{name}"}, json_body=body)
    (place,) = made["categoryParameters"]
    assert place[name] == "LE"
    for number in (0, "1"):
        for there in ({}, {"ID": place["ID"]}):
            wrong = {"categoryParameters": [{"parameterID": field, name: number, **there}]}
            assert ask.refused("PUT", f"CTGY/{made['ID']}", json_body=wrong) == (422, told)


def test_a_form_names_its_first_type_and_the_places_of_its_fields_after_both() -> None:
    ask = bakery()
    field = ask("POST", "PARAM", json_body={"name": "a"})["ID"]
    body = {
        "name": "f",
        "objTypes": ["TASK", "PROJ"],
        "categoryParameters": [{"parameterID": field, "displayOrder": 7}],
    }
    places = ("ID", "displayOrder", "securityLevel", "viewSecurityLevel")
    fields = ",".join(f"categoryParameters:{name}" for name in places)
    made = ask("POST", "CTGY", {"fields": f"catObjCode,{fields}"}, json_body=body)
    assert made["catObjCode"] == "TASK"
    (place,) = made["categoryParameters"]
    assert [place[name] for name in places] == [f"{made['ID']}_{field}", 7, None, None]


def test_display_logic_takes_the_words_on_record() -> None:
    ask = bakery()
    rule = {"ruleType": "DISPLAY", "toEndOfForm": True, "categoryCascadeRuleMatches": [{"matchType": "NOTEXIST"}]}
    body = {"name": "g", "objTypes": ["PROJ"], "categoryCascadeRules": [rule]}
    fields = {"fields": "categoryCascadeRules:ruleType,categoryCascadeRules:categoryCascadeRuleMatches:matchType"}
    (kept,) = ask("POST", "CTGY", fields, json_body=body)["categoryCascadeRules"]
    assert kept["ruleType"] == "DISPLAY"
    assert [match["matchType"] for match in kept["categoryCascadeRuleMatches"]] == ["NOTEXIST"]
    for wrong in ({"ruleType": "HIDE"}, {"categoryCascadeRuleMatches": [{"matchType": "NOT_EXIST"}]}):
        assert ask.refused("POST", "CTGY", json_body={**body, "categoryCascadeRules": [{**rule, **wrong}]})[0] == 422


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("kind", ["SLCT", "RDIO", "MULT", "CHCK", "TEXT"])
def test_display_logic_looks_for_choices_of_its_field(kind: str, strict: bool) -> None:
    ask = bakery(strict=strict)
    ask.sandbox.accounts.issue(MIA, "mia")
    options = {"parameterOptions": [{"label": "Rye label", "value": "Rye"}]} if kind != "TEXT" else {}
    body = {"name": "Flour", "label": "Sort", "dataType": "TEXT", "displayType": kind, **options}
    field = ask("POST", "PARAM", json_body=body)["ID"]

    def rules(value: str, **more: Any) -> dict[str, Any]:
        match = {"matchType": "EXIST", "parameterID": field, "value": value, **more}
        rule = {"ruleType": "DISPLAY", "toEndOfForm": True, "categoryCascadeRuleMatches": [match]}
        return {"categoryCascadeRules": [rule]}

    form = {"name": "Bread", "objTypes": ["PROJ"]}
    told = 'Cascade Rule Match value, "Rye label" is invalid with associated Parameter, "Flour".'
    if kind == "TEXT" and not strict:
        assert ask("POST", "CTGY", json_body={**form, **rules("Rye label")})["ID"]
        return
    assert ask.refused("POST", "CTGY", json_body={**form, **rules("Rye label")}) == (422, told)
    assert ask.sandbox.rows("CTGY") == []
    if kind == "TEXT":
        return
    fields = {"fields": "categoryCascadeRules:categoryCascadeRuleMatches:value"}
    made = ask("POST", "CTGY", fields, json_body={**form, **rules("Rye")})
    there = made["categoryCascadeRules"][0]["categoryCascadeRuleMatches"][0]["ID"]
    edited = rules("Rye label", ID=there)
    edited["categoryCascadeRules"][0]["ID"] = made["categoryCascadeRules"][0]["ID"]
    for again in (rules("Rye label"), edited):
        assert ask.refused("PUT", f"CTGY/{made['ID']}", json_body=again) == (422, told)
