"""What a notebook shows of rows: every value as text, never as HTML, and never too much of it."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from workfront_client.v22 import Project, Task, User
from workfront_core.models.html_table import LONGEST_TEXT, MOST_COLUMNS, MOST_MEMBERS, row_table, rows_table
from workfront_core.models.model import WorkfrontObject

HOSTILE = (
    '<script>alert("x")</script>',
    "<img src=x onerror=alert(1)>",
    "a & b",
    "'\"><b>",
    "</td></table>",
    "\u202e<i>",
)


def cells(html: str) -> list[list[str]]:
    """The texts of a table, read as XML: a value that broke out of its cell would not be in one."""
    table = ET.fromstring(f"<x>{html}</x>").find("table")  # noqa: S314 - our own
    assert table is not None
    return [["".join(cell.itertext()) for cell in line] for line in table.iter("tr")]


def test_a_row_shows_what_it_holds_with_what_it_leads_to() -> None:
    row = Task.from_wire({"ID": "1" * 32, "name": "Brief", "project": {"name": "Site"}, "DE:Region": "North"})
    assert cells(row._repr_html_()) == [
        ["Task", ""], ["ID", "1" * 32], ["name", "Brief"], ["project:name", "Site"], ["DE:Region", "North"],
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_the_server_stay_texts(text: str) -> None:
    row = Task.from_wire({"name": text, f"DE:{text}": text, "project": {"name": text}})
    for html in (row._repr_html_(), rows_table([row]), rows_table([row], ["name"], note=text)):
        assert re.sub(r"</?(table|thead|tbody|tr|th|td|p)>", "", html).count("<") == 0
        assert text in unescape(html)
        assert text in [cell for line in cells(html) for cell in line]


def test_nothing_and_collections_are_short() -> None:
    row = Project.from_wire({"name": None, "tasks": [{"name": "a"}, {"name": "b"}], "roles": [], "updates": [{}]})
    assert dict(cells(row_table(row))[1:]) == {"name": "", "tasks": "2 rows", "roles": "[]", "updates": "1 row"}


def test_long_texts_many_members_and_many_columns_are_cut() -> None:
    row = WorkfrontObject.from_wire({f"DE:{number}": "x" * 10_000 for number in range(500)})
    alone, together = row_table(row), rows_table([row])
    assert len(cells(alone)) == 1 + MOST_MEMBERS
    assert alone.endswith("<p>and 400 more members</p>")
    assert together.endswith(f"<p>and {500 - MOST_COLUMNS} more columns</p>")
    assert {len(line) for line in cells(together)} == {MOST_COLUMNS}
    assert {len(text) for _, text in cells(alone)[1:]} == {LONGEST_TEXT}


def test_rows_share_the_columns_that_any_of_them_has() -> None:
    rows = [User.from_wire({"name": "Ana"}), User.from_wire({"name": "Ben", "title": "PM"})]
    assert cells(rows_table(rows)) == [["name", "title"], ["Ana", ""], ["Ben", "PM"]]
    assert cells(rows_table(rows, ["title", "name"])) == [["title", "name"], ["", "Ana"], ["PM", "Ben"]]
