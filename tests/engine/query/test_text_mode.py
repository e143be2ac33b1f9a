"""A report's filter in text mode becomes a condition that selects the same rows, or an error that names its line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.query.meanings import Drawn, blocks, encoded, task_rows, trees, worlds
from tests.support.evaluator import Row, World, selects
from tests.support.query_fixture.models.task import Task
from workfront_core.errors import QueryError
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.operators import Operator
from workfront_core.query.text_mode import text_mode
from workfront_core.request.encoding import Params


def text_of(params: Params) -> str:
    """The lines of text mode, in which filters need no other form where names clash."""
    members = json.loads(params[0][1]) if params[0][0] == "filters" else None
    return "\n".join(f"{name}={value}" for name, value in (members.items() if members else params))


@settings(max_examples=300, deadline=None)
@given(st.one_of(trees, blocks()), st.lists(task_rows, min_size=1, max_size=8), worlds)
def test_what_a_condition_sends_reads_back_as_a_condition_of_the_same_rows(
    drawn: Drawn, table: list[Row], world: World
) -> None:
    params = encoded(drawn[0])
    if params and "[" not in params[0][1]:
        again = parameters([text_mode(text_of(params))])
        assert [selects(again, row, world) for row in table] == [selects(params, row, world) for row in table], again


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("status=CUR\tPLN\nstatus_Mod=in", (("status", "CUR"), ("status", "PLN"))),
        ("status=CUR\nstatus=PLN", (("status", "CUR"), ("status", "PLN"))),
        ("status=CUR\tPLN\t\nstatus_Mod=notin", (("status", "CUR"), ("status", "PLN"), ("status_Mod", "notin"))),
        ("status=CUR\tPLN\nstatus_Mod=ne", (("status", "CUR"), ("status", "PLN"), ("status_Mod", "notin"))),
        ("DE:Budget code=A\nDE:Budget code_Mod=cieq", (("DE:Budget code", "A"), ("DE:Budget code_Mod", "cieq"))),
        ("DE:project:Region=North", (("DE:project:Region", "North"),)),
        ("hours=1\nhours_Range=5", (("hours", "1"), ("hours_Range", "5"), ("hours_Mod", "between"))),
        ("name_Mod=notblank\nname=", (("name", ""), ("name_Mod", "notblank"))),
        ("name_Mod=blank", (("name", ""), ("name_Mod", "isblank"))),
        ("name=a%\nname_Mod=clike", (("name", "a%"), ("name_Mod", "clike"))),
        ("a=field:b\na_Mod=gt", (("a", "FIELD:b"), ("a_Mod", "gt"))),
        ("ownerID=$$USER.ID", (("ownerID", "$$USER.ID"),)),
        (
            "OR:1:a=1\nOR:2:b=2\nOR:1:c=3",
            (("a", "1"), ("c", "3"), ("OR:1:b", "2")),
        ),
        (
            "name=x\nname_Mod=cicontains\nAND:1:name=y\nAND:1:name_Mod=cinotcontains",
            (("name", "x"), ("name_Mod", "cicontains"), ("AND:1:name", "y"), ("AND:1:name_Mod", "cinotcontains")),
        ),
        (
            "NOTEXISTS:1:$$OBJCODE=CTGYPA\nNOTEXISTS:1:parameterID=FIELD:ID",
            (
                ("EXISTS:A:$$OBJCODE", "CTGYPA"),
                ("EXISTS:A:parameterID", "FIELD:ID"),
                ("EXISTS:A:$$EXISTSMOD", "NOTEXISTS"),
            ),
        ),
        (
            "EXISTS:x:$$OBJCODE=PROJ\nEXISTS:x:$$ID=FIELD:projectID\nEXISTS:x:portfolio:ownerID=$$USER.ID",
            (
                ("EXISTS:A:$$OBJCODE", "PROJ"),
                ("EXISTS:A:ID", "FIELD:projectID"),
                ("EXISTS:A:portfolio:ownerID", "$$USER.ID"),
            ),
        ),
    ],
)
def test_what_text_mode_writes_in_its_own_way_is_understood(text: str, params: Params) -> None:
    assert parameters([text_mode(text)]) == params


def test_lines_that_say_nothing_are_passed_over() -> None:
    assert parameters([text_mode("\ufeff textmode=true\r\n\r\n# mine\r\n  status = CUR \r\n")]) == (("status", "CUR"),)


def test_text_mode_joins_with_other_conditions() -> None:
    either = text_mode("status=CUR\nOR:1:name=x")
    assert parameters([either, Task.f.percent_complete < 50]) == (
        ("status", "CUR"),
        ("percentComplete", "50"),
        ("percentComplete_Mod", "lt"),
        ("OR:1:name", "x"),
        ("OR:1:percentComplete", "50"),
        ("OR:1:percentComplete_Mod", "lt"),
    )
    assert parameters([~text_mode("status=CUR")]) == (("status", "CUR"), ("status_Mod", "ne"))
    assert parameters([~text_mode("day=2026-03-18")])[:4] == (
        ("day", "2026-03-18"),
        ("day_Mod", "lt"),
        ("OR:1:day", "2026-03-19"),
        ("OR:1:day_Mod", "gte"),
    )


def test_a_name_that_means_something_else_outside_of_filters_stays_a_filter() -> None:
    assert parameters([text_mode("method=DELETE")]) == (("filters", '{"method": "DELETE"}'),)


@pytest.mark.parametrize("operator", Operator)
def test_every_operator_is_known(operator: Operator) -> None:
    ranged = operator.is_range
    lines = f"a=1\na_Mod={operator}" + ("\na_Range=2" if ranged else "")
    assert text_mode(lines).operator == operator  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("status=CUR\nstatus", r"Line 2 .* lacks '='"),
        ("=CUR", r"Line 1 .* not a test"),
        ("\n\nproject:=x", r"Line 3 .* not a test"),
        ("DE:=x", r"Line 1 .* not a test"),
        ("name_1_Sort=asc", r"Line 1 .* not a test of a field\.\n.*go into the call"),
        ("a=1\nstatus_GroupBy=true", r"Line 2 .* not a test"),
        ("$$LIMIT=5", r"Line 1 .* not a test"),
        ("a=1\na_Mod=contians", r"Line 2 .*'contians' is not an operator\.\n.*Did you mean contains"),
        ("a=1\na_Mod=dedirty", r"Line 2 .*\n.*raw\("),
        ("a=1\na_Mod=gte\na=2\na_Mod=lte", r"Line 4 .* stands in line 2 already\.\n.*AND:1:a="),
        ("a=1\na_Range=2\na_Range=3", r"Line 3 .* stands in line 2"),
        ("a=1\t2\na_Mod=lt", r"Line 2 .* lt takes one value, and a has 2\.\n.*_Mod=in"),
        ("a_Mod=lt", r"Line 1 .* a has no value"),
        ("a=1\na_Mod=between", r"Line 2 .* needs the upper end"),
        ("a=1\na_Range=2\na_Mod=lt", r"Line 2 .* does not go with lt"),
        ("EXISTS:A:ownerID=FIELD:ID", r"Line 1 .* names no object"),
        ("EXISTS:A:$$OBJCODE=HOUR\nEXISTS:A:hours=1", r"Line 1 .* lacks the line that ties"),
        ("EXISTS:A:$$LIMIT=5", r"Line 1 .* not a test"),
        ("column.0.valuefield=name", r"Line 1 .* describes a view"),
        ("textmode=true\ngroup.0.valuefield=name", r"Line 2 .* describes a view or a grouping"),
        ("# nothing\ntextmode=true", r"no line of a filter"),
        ("", r"no line of a filter"),
    ],
)
def test_a_line_that_makes_no_filter_is_named(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=rf"(?s){message}"):
        parameters([text_mode(text)])


@pytest.mark.parametrize("text", [None, 7, b"a=1", ["a=1"]])
def test_only_text_is_read(text: Any) -> None:
    with pytest.raises(QueryError, match="text of lines"):
        text_mode(text)


PIECES = [
    "a", "=", "1", "\t", "\n", "OR:1:", "AND:1:", "EXISTS:A:", "NOT", "DE:", "b:", "_Mod", "_Range", "FIELD:", "in",
    "between", "$$OBJCODE", "$$ID", "$$EXISTSMOD", "_Sort", ":", "#", " ", "\r", "\u2028", "null", "2026-02-31",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_is_a_condition_or_a_query_error(text: str) -> None:
    try:
        condition = text_mode(text)
        parameters([condition])
        parameters([~condition])
    except QueryError:
        pass
