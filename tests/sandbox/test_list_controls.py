"""Saved filters, groupings and views, as reports are made of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker, bakery

WRITTEN = {
    "percentComplete": 100,
    "budget": 1.5,
    "canStart": True,
    "isActive": False,
    "status": "CPL\tQUE",
    "status_Mod": "notin",
    "": "",
    "DE:Is it hot?": "🔥",
    "ownerID": None,
}
READ = {**WRITTEN, "percentComplete": "100", "budget": "1.5", "canStart": "true", "isActive": "false"}
NEW: dict[str, dict[str, Any]] = {
    "UIFT": {"filterType": "REPORT", "definition": {}},
    "UIGB": {"definition": {"group": [{"valuefield": "status"}]}},
    "UIVW": {"layoutType": "LIST", "uiviewType": "LIST", "isNewFormat": True, "definition": {"column": []}},
}


@pytest.mark.parametrize("strict", [False, True])
def test_what_a_saved_filter_compares_with_is_text(strict: bool) -> None:
    ask = bakery(strict=strict)
    ask.sandbox.accounts.issue(MIA, "mia")
    new = {"name": "f", "uiObjCode": "PROJ", "filterType": "REPORT", "isReport": True, "isText": False}
    made = ask("POST", "UIFT", {"fields": "definition"}, json_body={**new, "definition": WRITTEN})
    assert made["definition"] == READ
    other = ask("POST", "UIFT", json_body={**new, "definition": {}})["ID"]
    assert ask("GET", f"UIFT/{other}", {"fields": "definition"})["definition"] == {}
    assert (
        ask("PUT", f"UIFT/{other}", {"fields": "definition"}, json_body={"definition": WRITTEN})["definition"] == READ
    )


@pytest.mark.parametrize("code", NEW)
def test_nothing_is_saved_without_a_definition_where_the_sandbox_is_strict(code: str) -> None:
    new = {"name": "n", "uiObjCode": "PROJ", "isReport": True, "isText": False, **NEW[code]}
    for strict in (True, False):
        ask: Asker = bakery(strict=strict)
        ask.sandbox.accounts.issue(MIA, "mia")
        ask("POST", code, json_body=new)
        for less in ({**new, "definition": None}, {name: value for name, value in new.items() if name != "definition"}):
            if strict or code == "UIGB":
                assert ask.refused("POST", code, json_body=less) == (422, "definition cannot be null")
            else:
                ask("POST", code, json_body=less)
