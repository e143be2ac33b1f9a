"""A page of rows is read at once, and gives what its rows give one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from workfront_client.v22 import Task
from workfront_core.models.model import FieldNotLoaded

WireRow = dict[str, Any]


def page() -> list[WireRow]:
    return [
        {
            "ID": f"{number:032x}",
            "objCode": "TASK",
            "percentComplete": number,
            "entryDate": "2020-05-18T17:00:00:000-0600",
        }
        for number in range(12)
    ]


ODD: dict[str, Callable[[list[WireRow]], object]] = {
    "all alike": lambda _rows: None,
    "few": lambda rows: rows.__delitem__(slice(2, None)),
    "none": lambda rows: rows.clear(),
    "another key": lambda rows: rows[5].update(name="x"),
    "a key less": lambda rows: rows[5].pop("entryDate"),
    "another key in place of one": lambda rows: rows[5].update(name=rows[5].pop("entryDate")),
    "a custom field in place of one": lambda rows: rows[5].update({"DE:Region": rows[5].pop("entryDate")}),
    "no objCode": lambda rows: rows[5].update(name=rows[5].pop("objCode")),
    "another objCode": lambda rows: rows[5].update(objCode="OPTASK"),
    "keys in another order": lambda rows: rows.__setitem__(5, dict(reversed(rows[5].items()))),
    "a value that does not fit": lambda rows: rows[5].update(percentComplete="much"),
    "null": lambda rows: rows[5].update(entryDate=None),
    "custom fields": lambda rows: [row.update({"DE:Region": "North"}) for row in rows],
    "a row inside": lambda rows: [row.update(project={"ID": "1", "name": "p"}) for row in rows],
    "a list": lambda rows: [row.update(accessorIDs=["1"]) for row in rows],
}


def shown(row: Task) -> object:
    return row.to_wire(), row.model_fields_set, dict(row.changes), row.model_extra


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("asked", [frozenset[str](), frozenset({"entryDate", "DE:Cost", "project:name"})])
def test_a_page_gives_what_its_rows_give_one_by_one(odd: str, asked: frozenset[str]) -> None:
    rows = page()
    ODD[odd](rows)
    together = Task.from_wire_rows(rows, asked=asked)
    alone = [Task.from_wire(row, asked=asked) for row in rows]
    assert together == alone
    assert [shown(row) for row in together] == [shown(row) for row in alone]
    for row in together:
        row.name = "new"
        assert row.changes["name"] == "new"


def test_a_strict_page_tells_the_value_that_does_not_fit() -> None:
    rows = page()
    assert Task.from_wire_rows(rows, strict=True) == Task.from_wire_rows(rows)
    rows[5]["percentComplete"] = "much"
    with pytest.raises(ValidationError, match="percentComplete"):
        Task.from_wire_rows(rows, strict=True)


def test_rows_of_a_page_know_what_was_asked_for() -> None:
    rows = Task.from_wire_rows(page(), asked=frozenset({"DE:Cost", "name"}))
    assert {row["DE:Cost"] for row in rows} == {None}
    with pytest.raises(FieldNotLoaded, match="asked for"):
        _ = rows[3].name


def test_a_page_may_come_out_of_any_iterable() -> None:
    assert len(Task.from_wire_rows(row for row in page())) == 12
