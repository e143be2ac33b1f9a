"""A custom form made step by step by a program, as the vendor's Python example makes one: by key, in JSON bodies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, OVEN, Asker, bakery

KEY = "5ab0c0ffee5ab0c0ffee5ab0c0ffee00"
FIELDS = ",".join((
    "name,catObjCode,objTypes,categoryParameters:parameter:name,categoryParameters:parameterGroup:name",
    "categoryParameters:ID,categoryParameters:displayOrder,categoryParameters:isRequired",
    "categoryCascadeRules:ruleType,categoryCascadeRules:toEndOfForm,categoryCascadeRules:nextParameterID",
    "categoryCascadeRules:categoryCascadeRuleMatches:matchType,categoryCascadeRules:categoryCascadeRuleMatches:value",
))  # fmt: skip


class Program:
    """What the program does, each step with the key alone."""

    def __init__(self, ask: Asker) -> None:
        ask.sandbox.accounts.set_api_key(MIA, KEY)
        self.ask = ask

    def post(self, code: str, body: Any, fields: str = "ID") -> Any:
        return self.ask("POST", code, {"fields": fields}, json_body=body, headers={"sessionid": "", "apikey": KEY})


@pytest.fixture(params=[False, "values", True])
def program(request: pytest.FixtureRequest) -> Program:
    return Program(bakery(strict=request.param))


def parameter(program: Program, name: str, display: str, options: tuple[str, ...] = ()) -> str:
    body: dict[str, Any] = {"name": name, "label": name, "dataType": "TEXT", "displayType": display}
    if options:
        body["parameterOptions"] = [{"label": one, "value": one, "displayOrder": at} for at, one in enumerate(options)]
    return str(program.post("PARAM", body)["ID"])


def test_a_form_with_sections_choices_and_a_rule_is_made_as_it_was_written(program: Program) -> None:
    section = program.post("PGRP", {"name": "Bread"})["ID"]
    kind = parameter(program, "Kind", "RDIO", ("Rye", "Wheat"))
    why = parameter(program, "Why", "TXTA")
    places = [
        {"parameterID": one, "parameterGroupID": section, "displayOrder": at, "isRequired": at == 0}
        for at, one in enumerate((kind, why))
    ]
    rule = {
        "ruleType": "DISPLAY",
        "nextParameterID": why,
        "toEndOfForm": False,
        "categoryCascadeRuleMatches": [{"parameterID": kind, "value": "Rye", "matchType": "EXIST"}],
    }
    body = {"name": "Loaf", "objTypes": ["PROJ"], "categoryParameters": places, "categoryCascadeRules": [rule]}
    form = program.post("CTGY", body, FIELDS)
    assert (form["catObjCode"], form["objTypes"]) == ("PROJ", ["PROJ"])
    shown = sorted(form["categoryParameters"], key=lambda row: int(row["displayOrder"]))
    assert [(one["parameter"]["name"], one["parameterGroup"]["name"], one["isRequired"]) for one in shown] == [
        ("Kind", "Bread", True),
        ("Why", "Bread", False),
    ]
    assert [one["ID"] for one in shown] == [f"{form['ID']}_{one}" for one in (kind, why)]
    (kept,) = form["categoryCascadeRules"]
    (match,) = kept["categoryCascadeRuleMatches"]
    assert (kept["ruleType"], kept["nextParameterID"], match["matchType"], match["value"]) == (
        "DISPLAY", why, "EXIST", "Rye",
    )  # fmt: skip
    header = {"headers": {"sessionid": "", "apikey": KEY}}
    values = {"categoryID": form["ID"], "DE:Kind": "Rye", "DE:Why": "It is dark."}
    row = program.ask("PUT", f"PROJ/{OVEN}", {"fields": "DE:Kind,DE:Why"}, json_body=values, **header)
    assert (row["DE:Kind"], row["DE:Why"]) == ("Rye", "It is dark.")
    custom = program.ask("GET", "PROJ/metadata", **header)["custom"]
    assert [one["value"] for one in custom["Kind"]["possibleValues"]] == ["Rye", "Wheat"]
    assert [one["name"] for one in custom["Why"]["categories"]] == ["Loaf"]


def test_rows_are_asked_for_by_ids_as_the_example_does(program: Program) -> None:
    made = [parameter(program, name, "TEXT") for name in ("One", "Two")]
    header = {"headers": {"sessionid": "", "apikey": KEY}}
    for word in ("id", "ID", "ids"):
        rows = program.ask("GET", "PARAM", {word: ",".join(made), "fields": "name"}, **header)
        assert [row["name"] for row in rows] == ["One", "Two"], word
