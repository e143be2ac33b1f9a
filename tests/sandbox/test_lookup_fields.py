"""Custom fields whose values come from elsewhere, in the words that were seen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker, bakery

OUTSIDE = {"link": "$$HOST/mills", "jsonPath": "$.data[*].name", "httpMethod": "GET"}
MISSING = "Error in field schema validation: "


@pytest.fixture
def strict() -> Asker:
    ask = bakery(strict=True)
    ask.sandbox.accounts.issue(MIA, "mia")
    return ask


def body(data_type: str, display: str, **more: Any) -> dict[str, Any]:
    return {"name": "Mill", "label": "Mill", "dataType": data_type, "displayType": display, **more}


@pytest.mark.parametrize("version", [21, 22])
@pytest.mark.parametrize("display", ["EXTRNL", "MULTEXTRNL"])
def test_a_field_that_looks_elsewhere_says_where(strict: Asker, display: str, version: int) -> None:
    path = f"/attask/api/v{version}.0/PARAM"
    every = ", ".join(f"required key [{name}] not found" for name in OUTSIDE)
    assert strict.refused("POST", path, json_body=body("TEXT", display)) == (422, MISSING + every)
    for left_out in OUTSIDE:
        rest = {name: value for name, value in OUTSIDE.items() if name != left_out}
        told = strict.refused("POST", path, json_body=body("TEXT", display, fieldDefinition=rest))
        assert told == (422, f"{MISSING}required key [{left_out}] not found")


@pytest.mark.parametrize(("display", "single"), [("EXTRNL", "false"), ("MULTEXTRNL", None)])
@pytest.mark.parametrize("is_strict", [False, True])
def test_the_service_adds_to_where_a_field_looks(display: str, single: str | None, is_strict: bool) -> None:
    ask = bakery(strict=is_strict)
    ask.sandbox.accounts.issue(MIA, "mia")
    written = body("TEXT", display, fieldDefinition={**OUTSIDE, "isQueryRequired": True})
    kept = ask("POST", "PARAM", {"fields": "fieldDefinition"}, json_body=written)["fieldDefinition"]
    assert OUTSIDE.items() <= kept.items()
    assert (kept["fieldType"], kept.get("isMultiSelect")) == (display.lower(), single)
    assert (kept["isQueryRequired"], kept["dependencies"], kept["headers"]) == (True, [], [])


def test_an_edit_of_a_field_that_looks_elsewhere_repeats_where(strict: Asker) -> None:
    made = strict("POST", "PARAM", json_body=body("TEXT", "EXTRNL", fieldDefinition=OUTSIDE))["ID"]
    assert strict.refused("PUT", f"PARAM/{made}", json_body={"label": "Other mill"})[1].startswith(MISSING)
    whole = {"label": "Other mill", "fieldDefinition": OUTSIDE}
    assert strict("PUT", f"PARAM/{made}", {"fields": "label"}, json_body=whole)["label"] == "Other mill"


@pytest.mark.parametrize("display", ["INTRNL", "MULTINTRNL"])
def test_a_lookup_says_what_it_refers_to(strict: Asker, display: str) -> None:
    refusal = (422, f"{MISSING}required key [referenceObjectType] not found")
    assert strict.refused("POST", "PARAM", json_body=body("TEXT", display)) == refusal
    assert strict("POST", "PARAM", json_body=body("TEXT", display, refObjCode="USER"))["ID"]


def test_what_a_typeahead_refers_to_is_not_written_later(ask: Asker) -> None:
    told = "You cannot change the referenced object value for an existing Typeahead field."
    made = ask("POST", "PARAM", json_body=body("TEXT", "TYAH", refObjCode="USER"))["ID"]
    plain = ask("POST", "PARAM", json_body={**body("TEXT", "TYAH"), "name": "Free"})["ID"]
    for field in (made, plain):
        assert ask.refused("PUT", f"PARAM/{field}", json_body={"refObjCode": "PROJ"}) == (422, told)


@pytest.mark.parametrize(
    ("display", "wrong", "right"),
    [
        *((one, "TEXT", "WIDGET") for one in ("ADOBEXD", "IMAGE", "PDF", "VIDEO", "UIEXTNSION", "WFPLANNING")),
        *((one, "TEXT", "NMBR") for one in ("ROLLUP", "SNGLROLLUP", "TIMEPHASED")),
    ],
)
def test_types_of_a_field_go_together(strict: Asker, display: str, wrong: str, right: str) -> None:
    status, told = strict.refused("POST", "PARAM", json_body=body(wrong, display))
    assert (status, told.startswith(f"displayType {display} needs dataType {right}")) == (422, True)
    assert strict("POST", "PARAM", json_body=body(right, display))["ID"]
    assert bakery()("POST", "PARAM", json_body=body(wrong, display))["ID"]
