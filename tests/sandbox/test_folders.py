"""Folders of documents. docs/protocol.md 11.8."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import SHOP, Asker


def folder(ask: Asker, name: str, **values: Any) -> str:
    made: str = ask("POST", "DOCFDR", json_body={"name": name, "projectID": SHOP, **values})["ID"]
    return made


@pytest.fixture
def nested(ask: Asker) -> list[str]:
    """Three folders, each in the one before it."""
    first = folder(ask, "A")
    second = folder(ask, "B", parentID=first)
    return [first, second, folder(ask, "C", parentID=second)]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_folder_is_not_moved_into_itself(ask: Asker, nested: list[str], place: int) -> None:
    status, text = ask.refused("PUT", f"DOCFDR/{nested[0]}", {"parentID": nested[place]})
    assert (status, text) == (422, "Folder A cannot be moved into itself or into a folder inside of it")
    assert ask("GET", f"DOCFDR/{nested[0]}", "fields=parentID")["parentID"] is None


def test_a_folder_is_moved_anywhere_else(ask: Asker, nested: list[str]) -> None:
    assert ask("PUT", f"DOCFDR/{nested[2]}", {"parentID": nested[0], "fields": "parent:name"})["parent"]["name"] == "A"
    assert {row["name"] for row in ask("GET", f"DOCFDR/{nested[0]}", "fields=children:name")["children"]} == {"B", "C"}


def test_an_empty_folder_goes_and_one_that_holds_something_is_refused(ask: Asker, nested: list[str]) -> None:
    document = ask("POST", "DOCU", json_body={"name": "plan", "docObjCode": "PROJ", "objID": SHOP,
                                              "folders": [{"ID": nested[2]}]})["ID"]  # fmt: skip
    for one in nested:
        assert ask.refused("DELETE", f"DOCFDR/{one}") == (
            422,
            "Deletion of a folder that holds documents or folders: not computed by this sandbox",
        )
    ask("PUT", f"DOCU/{document}", json_body={"folders": []})
    for one in reversed(nested):
        ask("DELETE", f"DOCFDR/{one}")
    assert ask("GET", "DOCFDR/count")["count"] == 0
