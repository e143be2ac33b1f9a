"""docs/queries.md: every example runs and prints what it says, every line of its tables is what is sent."""

from __future__ import annotations

import contextlib
import io
import re
from functools import cache
from typing import Any

import pytest

from tests.support.evaluator import World, selects
from tests.support.places import DOCS
from workfront_core.errors import QueryError
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.operators import Operator
from workfront_core.query.text_path import TextPath

PAGE = DOCS / "queries.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", TEXT, re.DOTALL)
LINES = [re.split(r"(?<!\\)\|", line)[1:-1] for line in TEXT.splitlines() if line.startswith("| `")]
ROWS = [[cell.strip() for cell in line] for line in LINES]
SENT = [(row[0], row[1]) for row in ROWS if row[1].startswith("`")]
REFUSED = [(row[0], row[1]) for row in ROWS if len(row) == 2 and not row[1].startswith("`")]


def code(cell: str) -> str:
    return cell.strip("`").replace("\\|", "|")


@cache
def names() -> dict[str, Any]:
    """What the examples leave behind; the examples are checked on the way."""
    scope: dict[str, Any] = {}
    for source, expected in BLOCKS:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(source, "<example>", "exec"), scope)  # noqa: S102
        assert printed.getvalue() == expected
    return scope


def test_every_example_prints_what_the_page_says() -> None:
    assert len(BLOCKS) >= 5
    assert names()["wf"].root.endswith("/v22.0/")


@pytest.mark.parametrize(("python", "wire"), SENT, ids=[code(python) for python, _ in SENT])
def test_a_line_of_a_table_is_what_is_sent(python: str, wire: str) -> None:
    condition = eval(code(python), names())  # noqa: S307
    assert "&".join(f"{name}={value}" for name, value in parameters([condition])) == code(wire)


@pytest.mark.parametrize(("python", "says"), REFUSED, ids=[code(python) for python, _ in REFUSED])
def test_what_is_refused_says_what_the_page_says(python: str, says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says.replace("\\|", "|"))):
        eval(code(python), names())  # noqa: S307


def test_the_page_shows_every_operator() -> None:
    shown = {value for _, wire in SENT for value in re.findall(r"_Mod=(\w+)", wire)}
    assert set(Operator) - {Operator.EQ} <= shown


def test_the_page_names_every_test_of_a_text() -> None:
    offered = {name for name in dir(TextPath) if not name.startswith("_")} - {"asc", "desc"}
    assert offered <= set(re.findall(r"\.(\w+)", TEXT))


def test_the_table_of_nulls_is_true() -> None:
    header, _, *lines = re.findall(r"^\|.*\|$", TEXT.partition("## Null")[2].partition("## Operators")[0], re.MULTILINE)
    conditions = [eval(code(cell.strip()), {"x": names()["Task"].f.name}) for cell in header.split("|")[2:-1]]  # noqa: S307
    for line in lines:
        row, *cells = [cell.strip() for cell in line.split("|")[1:-1]]
        value = None if row == "null" else code(row).strip('"')
        found = [selects(parameters([condition]), {"name": value}, World({})) for condition in conditions]
        assert found == [cell == "yes" for cell in cells], row
