"""Custom forms: what each kind of field takes and shows, which forms an object may have, what a definition allows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.sandbox.asking import MIA, NOAH, OVEN, Asker, bakery

FIELDS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "Line": ("TEXT", "TEXT", ()),
    "Story": ("TEXT", "TXTA", ()),
    "Loaves": ("NMBR", "TEXT", ()),
    "Price": ("CURC", "TEXT", ()),
    "Opened": ("DATE", "TEXT", ()),
    "Noticed": ("DTTM", "TEXT", ()),
    "Flour": ("TEXT", "SLCT", ("Rye", "Wheat")),
    "Crust": ("TEXT", "RDIO", ("S", "H")),
    "Seeds": ("TEXT", "MULT", ("Poppy", "Sesame")),
    "Days": ("TEXT", "CHCK", ("Mon", "Tue")),
    "Baker": ("TEXT", "TYAH", ()),
    "Free": ("TEXT", "TYAH", ()),
    "Sum": ("NMBR", "CALC", ()),
    "Note": ("TEXT", "DTXT", ()),
    "Recipe": ("RICH", "RICH", ()),
    "Scans": ("TEXT", "DOCUMENT", ()),
    "Proving": ("DRTN", "TEXT", ()),
    "Word": ("TEXT", "PSWD", ()),
    "Mill": ("TEXT", "EXTRNL", ()),
    "Mills": ("TEXT", "MULTEXTRNL", ()),
    "Helper": ("TEXT", "INTRNL", ()),
    "Takings": ("CURC", "ROLLUP", ()),
    "Best day": ("NMBR", "SNGLROLLUP", ()),
    "By week": ("DATE", "TIMEPHASED", ()),
    "Picture": ("WIDGET", "IMAGE", ()),
    "Plan": ("WIDGET", "WFPLANNING", ()),
    "Budget": ("WIDGET", "WFNATIVE", ()),
}
"""Data type, display type and choices by name."""

OUTSIDE = {"link": "$$HOST/mills", "jsonPath": "$.data[*].name", "httpMethod": "GET"}
"""Where a field finds its choices that a service elsewhere offers."""

DRAFT = json.dumps({"blocks": [{"key": "a", "text": "Dough", "type": "unstyled"}], "entityMap": {}})


def kit(*, strict: bool = False) -> tuple[Asker, str]:
    """A bakery with one form for projects that has every field, and the form's ID."""
    ask = bakery(strict=strict)
    ask.sandbox.accounts.issue(MIA, "mia")
    places: list[dict[str, Any]] = []
    for name, (data_type, display, choices) in FIELDS.items():
        more: dict[str, Any] = {"refObjCode": "USER"} if name in {"Baker", "Helper"} else {}
        options = [{"label": f"{value} label", "value": value, "isHidden": value == "Wheat"} for value in choices]
        more |= {"parameterOptions": options} if options else {}
        more |= {"fieldDefinition": OUTSIDE} if name in {"Mill", "Mills"} else {}
        values = {"name": name, "label": name, "dataType": data_type, "displayType": display, **more}
        made = ask("POST", "PARAM", json_body=values)
        places.append({"parameterID": made["ID"], "displayOrder": len(places)})
    form = ask("POST", "CTGY", json_body={"name": "Bread", "objTypes": ["PROJ"], "categoryParameters": places})
    return ask, str(form["ID"])


@pytest.fixture(params=[False, True], ids=["lenient", "strict"])
def oven(request: pytest.FixtureRequest) -> Asker:
    """A bakery whose oven project has the form."""
    ask, form = kit(strict=request.param)
    ask("PUT", f"PROJ/{OVEN}", json_body={"categoryID": form})
    return ask


TAKEN: list[tuple[str, Any, Any]] = [
    ("Line", "Sour", "Sour"),
    ("Line", 7, "7"),
    ("Loaves", 12, 12),
    ("Loaves", "12.5", 12.5),
    ("Price", "3.20", 3.2),
    ("Opened", "2026-06-13", "2026-06-13"),
    ("Noticed", "2026-06-13T09:00:00", "2026-06-13T09:00:00:000+0200"),
    ("Flour", "Rye", "Rye"),
    ("Flour", "Wheat", "Wheat"),
    ("Crust", "H", "H"),
    ("Seeds", [], None),
    ("Seeds", "Poppy", "Poppy"),
    ("Seeds", ["Poppy"], "Poppy"),
    ("Days", ["Tue", "Mon", "Tue"], ["Tue", "Mon"]),
    ("Free", "anything", "anything"),
    ("Recipe", DRAFT, DRAFT),
    ("Scans", [{"ID": MIA}], [{"ID": MIA}]),
    ("Proving", 90, 90),
    ("Word", "sesame", "sesame"),
    ("Mill", "Upper mill", "Upper mill"),
    ("Mills", ["Upper mill"], "Upper mill"),
    ("Mills", ["Upper mill", "Lower mill"], ["Upper mill", "Lower mill"]),
]


@pytest.mark.parametrize(("name", "written", "read"), TAKEN)
def test_a_value_is_read_as_its_kind_shows_it(oven: Asker, name: str, written: Any, read: Any) -> None:
    field = f"DE:{name}"
    shown = oven("PUT", f"PROJ/{OVEN}", {"fields": f"{field},parameterValues"}, json_body={field: written})
    assert shown[field] == read
    assert shown["parameterValues"].get(field) == read


def test_the_journal_tells_several_choices_as_json(oven: Asker) -> None:
    for chosen in (["Poppy", "Sesame"], ["Poppy"], []):
        oven("PUT", f"PROJ/{OVEN}", json_body={"DE:Seeds": chosen})
    entries = [row for row in oven.sandbox.rows("JRNLE") if row["fieldName"] == "DE:Seeds"]
    told = [(row["oldTextVal"], row["newTextVal"]) for row in entries]
    assert told == [(None, '["Poppy", "Sesame"]'), ('["Poppy", "Sesame"]', '["Poppy"]'), ('["Poppy"]', None)]


REFUSED: list[tuple[str, Any]] = [
    ("Line", {"a": 1}),
    ("Line", ["a", "b"]),
    ("Loaves", "many"),
    ("Loaves", True),
    ("Price", "lots"),
    ("Opened", "some day"),
    ("Noticed", "at noon"),
    ("Flour", "Rye label"),
    ("Flour", ["Rye"]),
    ("Crust", "Soft"),
    ("Seeds", ["Poppy", "Nuts"]),
    ("Days", "Sun"),
    ("Baker", "nobody"),
    ("Baker", {"ID": MIA}),
    ("Sum", 3),
    ("Note", "text"),
    ("Recipe", json.dumps({"blocks": []})),
    ("Mill", {"a": 1}),
    ("Helper", "nobody"),
    ("Takings", 3),
    ("Best day", 3),
    ("By week", "2026-06-13"),
    ("Picture", "a.png"),
    ("Plan", "text"),
    ("Budget", 3),
]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_value_the_field_cannot_hold_is_refused_and_the_field_named(oven: Asker, name: str, value: Any) -> None:
    status, message = oven.refused("PUT", f"PROJ/{OVEN}", json_body={f"DE:{name}": value})
    assert (status, f"DE:{name}" in message) == (422, True)
    assert oven("GET", f"PROJ/{OVEN}", {"fields": f"DE:{name}"})[f"DE:{name}"] is None


def test_every_kind_of_field_is_written_and_refused() -> None:
    displays = {display for _, display, _ in FIELDS.values()}
    assert displays == {FIELDS[name][1] for name, *_ in (*TAKEN, *REFUSED)} | {"TXTA"}


def test_a_reference_is_written_by_id_found_by_id_and_read_as_the_text_of_an_object(oven: Asker) -> None:
    shown = oven("PUT", f"PROJ/{OVEN}", {"fields": "DE:Baker"}, json_body={"DE:Baker": NOAH})["DE:Baker"]
    assert json.loads(shown) == {"objCode": "USER", "name": "Noah Nord", "ID": NOAH}
    assert oven.names("PROJ", **{"DE:Baker": NOAH}) == ["New oven"]
    assert oven.names("PROJ", **{"DE:Baker": "Noah Nord"}) == []


def test_several_choices_are_found_one_by_one_and_together(oven: Asker) -> None:
    oven("PUT", f"PROJ/{OVEN}", json_body={"DE:Seeds": ["Poppy", "Sesame"]})
    assert oven.names("PROJ", **{"DE:Seeds": ["Sesame"]}) == ["New oven"]
    assert oven.names("PROJ", **{"DE:Seeds": ["Poppy", "Sesame"], "DE:Seeds_Mod": "allof"}) == ["New oven"]


@pytest.mark.parametrize("strict", [False, True], ids=["lenient", "strict"])
def test_a_label_is_no_name_and_a_name_may_be_the_label_of_another(strict: bool) -> None:
    ask, form = kit(strict=strict)
    for name, label in (("Trim", "Line"), ("Oven no", "Number")):
        ask("POST", "PARAM", json_body={"name": name, "label": label, "dataType": "TEXT", "displayType": "TEXT"})
    shown = ask("PUT", f"PROJ/{OVEN}", {"fields": "DE:Line"}, json_body={"categoryID": form, "DE:Line": "Sour"})
    assert shown["DE:Line"] == "Sour"
    refusal = (404, 'Parameter with primary key value(s) "Number" not found')
    assert ask.refused("PUT", f"PROJ/{OVEN}", json_body={"DE:Number": "5"}) == refusal
    assert ask.refused("POST", "PROJ", json_body={"name": "Van", "DE:Number": "5"}) == refusal


def test_a_label_within_parameter_values_is_no_name_either() -> None:
    ask, form = kit()
    ask("POST", "PARAM", json_body={"name": "Oven no", "label": "Number", "dataType": "TEXT", "displayType": "TEXT"})
    body = {"categoryID": form, "parameterValues": {"DE:Number": "5"}}
    assert ask.refused("PUT", f"PROJ/{OVEN}", json_body=body)[0] == 404


@pytest.mark.parametrize(
    ("strict", "within"),
    [(False, False), (False, True), (True, False)],  # a strict tenant stores nothing of parameterValues
)
def test_where_fields_are_defined_there_are_no_others(strict: bool, within: bool) -> None:
    ask, form = kit(strict=strict)
    values = {"parameterValues": {"DE:Nobody": "5"}} if within else {"DE:Nobody": "5"}
    refusal = (404, 'Parameter with primary key value(s) "Nobody" not found')
    assert ask.refused("PUT", f"PROJ/{OVEN}", json_body={"categoryID": form, **values}) == refusal
    assert ask.refused("POST", "PROJ", json_body={"name": "Van", **values}) == refusal
    assert ask.refused("GET", f"PROJ/{OVEN}", {"fields": "DE:Nobody"}) == refusal


def test_a_lenient_tenant_that_defines_none_takes_any_name() -> None:
    ask = bakery()
    assert ask("PUT", f"PROJ/{OVEN}", {"fields": "DE:Nobody"}, json_body={"DE:Nobody": "5"})["DE:Nobody"] == "5"


def test_null_clears_a_field(oven: Asker) -> None:
    oven("PUT", f"PROJ/{OVEN}", json_body={"DE:Line": "Sour"})
    shown = oven("PUT", f"PROJ/{OVEN}", {"fields": "parameterValues"}, json_body={"DE:Line": None})
    assert "DE:Line" not in shown["parameterValues"]


def test_a_field_is_written_only_where_a_form_has_it() -> None:
    ask, form = kit()
    status, message = ask.refused("PUT", f"PROJ/{OVEN}", json_body={"DE:Line": "Sour"})
    assert (status, "DE:Line is on no form of this Project" in message) == (422, True)
    ask("PUT", f"PROJ/{OVEN}", json_body={"DE:Line": None})
    same = {"categoryID": form, "DE:Line": "Sour"}
    assert ask("PUT", f"PROJ/{OVEN}", {"fields": "DE:Line"}, json_body=same)["DE:Line"] == "Sour"
    nested = {"name": "Van", "objectCategories": [{"categoryID": form}], "DE:Line": "Rye"}
    made = ask("POST", "PROJ", {"fields": "DE:Line,categoryID,objectCategories:categoryID"}, json_body=nested)
    assert (made["DE:Line"], made["categoryID"]) == ("Rye", form)
    assert [tie["categoryID"] for tie in made["objectCategories"]] == [form]
    fields = {"fields": "objectCategories:categoryID"}
    assert ask("GET", f"PROJ/{OVEN}", fields)["objectCategories"][0]["categoryID"] == form


def test_a_form_is_attached_to_the_types_it_is_for_only() -> None:
    ask, _ = kit()
    other = ask("POST", "CTGY", json_body={"name": "Fault", "objTypes": ["OPTASK"]})["ID"]
    refusal = (422, "Category: Fault is not a Category of the type: PROJ")
    assert ask.refused("PUT", f"PROJ/{OVEN}", json_body={"categoryID": other}) == refusal
    assert ask.refused("PUT", f"PROJ/{OVEN}", json_body={"objectCategories": [{"categoryID": other}]}) == refusal
    arguments = {"objID": OVEN, "objCode": "PROJ", "categoryID": other}
    assert ask.refused("PUT", "CTGY/assignCategory", json_body=arguments) == refusal


def test_metadata_describes_custom_fields_in_the_words_of_the_service() -> None:
    ask, form = kit()
    custom = ask("GET", "proj/metadata")["custom"]
    words = {name: entry["type"] for name, entry in custom.items()}
    assert (words["Line"], words["Loaves"], words["Price"], words["Opened"]) == ("string", "double", "double", "date")
    assert custom["Flour"]["possibleValues"] == [
        {"label": "Rye label", "value": "Rye"},
        {"label": "Wheat label", "value": "Wheat"},
    ]
    assert {"possibleValues" in custom[name] for name in FIELDS if FIELDS[name][2]} == {True}
    assert {"possibleValues" in custom[name] for name in FIELDS if not FIELDS[name][2]} == {False}
    assert custom["Line"]["categories"] == [{"ID": form, "name": "Bread", "objCode": "CTGY"}]
    assert "custom" not in ask("GET", "task/metadata")
    ask("PUT", f"CTGY/{form}", json_body={"isActive": False})
    assert "custom" not in ask("GET", "proj/metadata")


@pytest.mark.parametrize("odd", list("\t\n\r\f[]():{}"))
@pytest.mark.parametrize("word", ["name", "label"])
def test_names_of_fields_have_no_signs_of_the_query_language(word: str, odd: str) -> None:
    body = {"name": "Plain", "label": "Plain", word: f"a{odd}b"}
    assert bakery().refused("POST", "PARAM", json_body=body) == (422, f"Invalid character in '{word}' : '{odd}'")


def test_unknown_types_of_a_field_become_text() -> None:
    fields = {"fields": "dataType,displayType"}
    made = bakery()("POST", "PARAM", fields, json_body={"name": "a", "dataType": "FUZZY", "displayType": "FUZZY"})
    assert (made["dataType"], made["displayType"]) == ("TEXT", "TEXT")


def test_every_data_type_on_record_is_kept() -> None:
    ask = bakery()
    for word in ("TEXT", "NMBR", "DATE", "DTTM", "CURC", "RICH", "WIDGET", "DRTN", "HTML"):
        made = ask("POST", "PARAM", {"fields": "dataType"}, json_body={"name": word, "dataType": word})
        assert made["dataType"] == word


@pytest.mark.parametrize(
    ("name", "value"), [("dataType", "NMBR"), ("displayType", "TXTA"), ("refObjCode", "PROJ")], ids=str
)
def test_the_type_of_a_field_stays(name: str, value: str) -> None:
    ask = bakery()
    body = {"name": "a", "dataType": "TEXT", "displayType": "TYAH", "refObjCode": "USER"}
    made = ask("POST", "PARAM", json_body=body)["ID"]
    assert ask.refused("PUT", f"PARAM/{made}", json_body={name: value})[0] == 422
    assert ask("PUT", f"PARAM/{made}", {"fields": "label"}, json_body={**body, "label": "B"})["label"] == "B"


@pytest.mark.parametrize("display", ["TEXT", "TXTA", "TYAH", "CALC"])
def test_only_choices_have_options(display: str) -> None:
    ask = bakery()
    made = ask("POST", "PARAM", json_body={"name": "a", "displayType": display})["ID"]
    refusal = (422, "Parameter with selected Display Type does not support Parameter Options")
    assert ask.refused("POST", "POPT", json_body={"parameterID": made, "label": "x", "value": "x"}) == refusal
    nested = {"parameterOptions": [{"label": "x", "value": "x"}]}
    assert ask.refused("PUT", f"PARAM/{made}", json_body=nested) == refusal


def test_whole_numbers_take_no_fractions() -> None:
    ask = bakery()
    body = {"name": "a", "displayType": "SLCT", "parameterOptions": [{"label": "x", "value": "x", "displayOrder": 1.5}]}
    assert ask.refused("POST", "PARAM", json_body=body) == (422, 'For input string: "1.5"')
    assert (
        ask("POST", "PARAM", {"fields": "displaySize"}, json_body={"name": "b", "displaySize": 2.0})["displaySize"] == 2
    )


@pytest.mark.parametrize("code", ["TMPL", "TTSK", "PROG", "ASSGN"])
def test_a_form_is_refused_for_types_that_have_none(code: str) -> None:
    refusal = (422, f"invalid value {code} for enum CategoryObjTypesEnum")
    assert bakery().refused("POST", "CTGY", json_body={"name": "f", "objTypes": [code]}) == refusal


def test_a_form_is_for_teams_since_the_version_that_brought_them() -> None:
    ask, body = bakery(), {"name": "f", "objTypes": ["TEAMOB"]}
    assert ask.refused("POST", "/attask/api/v20.0/CTGY", json_body=body)[0] == 422
    assert ask("POST", "CTGY", json_body=body)["name"] == "f"


def test_a_form_holds_so_many_fields_and_no_more() -> None:
    ask = bakery()
    batches = [[{"name": f"{first + number}"} for number in range(100)] for first in range(0, 600, 100)]
    fields = [row["ID"] for batch in batches for row in ask("POST", "PARAM", json_body=batch)]
    places = [{"parameterID": key} for key in fields[:501]]
    body = {"name": "f", "objTypes": ["PROJ"], "categoryParameters": places}
    assert ask.refused("POST", "CTGY", json_body=body) == (422, "A custom form holds 500 fields at most")
    assert ask("POST", "CTGY", json_body={**body, "categoryParameters": places[:500]})["ID"]


def test_the_formula_of_a_field_comes_where_it_is_named_alone() -> None:
    ask = bakery()
    field = ask("POST", "PARAM", json_body={"name": "a", "dataType": "NMBR", "displayType": "CALC"})["ID"]
    places = [{"parameterID": field, "customExpression": "1 + 1"}]
    form = ask("POST", "CTGY", json_body={"name": "f", "objTypes": ["PROJ"], "categoryParameters": places})["ID"]
    (all_of_it,) = ask("GET", f"CTGY/{form}", {"fields": "categoryParameters:*"})["categoryParameters"]
    (named,) = ask("GET", f"CTGY/{form}", {"fields": "categoryParameters:customExpression"})["categoryParameters"]
    assert "customExpression" not in all_of_it
    assert named["customExpression"] == "1 + 1"


DISPLAY_TYPES: Mapping[int, int] = {15: 12, 17: 12, 19: 12, 20: 26, 21: 26, 22: 27}
"""How many words of a display type a version knows."""


@pytest.mark.parametrize("version", DISPLAY_TYPES)
def test_a_version_knows_its_own_types_of_fields(version: int) -> None:
    ask, root = bakery(), f"/attask/api/v{version}.0"
    listed = ask("GET", f"{root}/param/metadata")["fields"]
    words = {name: [code["value"] for code in listed[name]["possibleValues"]] for name in ("displayType", "dataType")}
    assert len(words["displayType"]) == DISPLAY_TYPES[version]
    newest = ask("GET", "/attask/api/v22.0/param/metadata")["fields"]
    for name, known in words.items():
        for number, code in enumerate(newest[name]["possibleValues"]):
            word = code["value"]
            body = {"name": f"{name} {number}", name: word}
            if word == "WIDGET" and name == "displayType":
                continue
            made = ask("POST", f"{root}/PARAM", {"fields": name}, json_body=body)
            assert made[name] == (word if word in known else "TEXT")


LIMITS: list[tuple[str, Any, bool]] = [
    ("Loaves", "1234567890123456", True), ("Loaves", "12345678901234567", False),
    ("Loaves", 1234567890123456, True), ("Loaves", 12345678901234567, False),
    ("Loaves", "00000001234567890123456", True), ("Loaves", "-123456789012345", True),
    ("Loaves", "-1234567890123456", False), ("Loaves", 0.1234567890123, True), ("Loaves", 1e-20, False),
    ("Price", 123456789012.345, True), ("Price", 1e16, False), ("Price", 0, True),
    ("Recipe", "x" * 15_001, False),
    ("Recipe", json.dumps({"blocks": [{"text": "x" * 15_000}], "entityMap": {}}), True),
    ("Recipe", json.dumps({"blocks": [{"text": "x" * 9_000}] * 2, "entityMap": {}}), False),
    ("Recipe", json.dumps({"blocks": [{"text": "x"}], "entityMap": None}), False),
    ("Opened", "2026-06-13T00:00:00:000-0600", True), ("Opened", "2026-06-13T23:30:00:000-0600", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "taken"), LIMITS, ids=[f"{number}" for number in range(len(LIMITS))])
def test_fields_hold_so_much_and_no_more(oven: Asker, name: str, value: Any, taken: bool) -> None:
    if taken:
        shown = oven("PUT", f"PROJ/{OVEN}", {"fields": f"DE:{name}"}, json_body={f"DE:{name}": value})
        assert shown[f"DE:{name}"] is not None
    else:
        status, told = oven.refused("PUT", f"PROJ/{OVEN}", json_body={f"DE:{name}": value})
        assert (status, f"DE:{name}" in told) == (422, True)
