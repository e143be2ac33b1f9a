"""Filters, fields and parameters that are sent as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.query_fixture.models.task import Task
from workfront_core.errors import QueryError
from workfront_core.operations import operation
from workfront_core.operations.payload import wire_names
from workfront_core.operations.search import Query
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.raw import raw, raw_field, raw_parameters
from workfront_core.query.selection import field_parameters
from workfront_core.query.wildcard import TODAY


def test_a_raw_test_sends_any_field_and_operator() -> None:
    assert parameters([raw("statusEquatesWith", "in", "CUR", "PLN")]) == (
        ("statusEquatesWith", "CUR"),
        ("statusEquatesWith", "PLN"),
    )
    assert parameters([raw("name", "clike", "a%")]) == (("name", "a%"), ("name_Mod", "clike"))
    assert parameters([raw("a", "between", 1, 5)]) == (("a", "1"), ("a_Range", "5"), ("a_Mod", "between"))
    assert parameters([raw("a", "isnull")]) == (("a", ""), ("a_Mod", "isnull"))
    assert parameters([raw("a", "lt", datetime(2026, 1, 1, tzinfo=UTC))])[0] == ("a", "2026-01-01T00:00:00:000+0000")
    assert parameters([raw("a", "gt", TODAY)])[0] == ("a", "$$TODAY")


def test_a_raw_test_takes_part_in_alternatives_and_negation() -> None:
    assert parameters([(Task.f.name == "x") | raw("a", "odd", "1")])[1:] == (("OR:1:a", "1"), ("OR:1:a_Mod", "odd"))
    assert parameters([~raw("a", "eq", "1")]) == (("a", "1"), ("a_Mod", "ne"))
    with pytest.raises(QueryError, match="no opposite of 'odd'"):
        parameters([~raw("a", "odd", "1")])


def test_raw_parameters_stand_behind_the_filters_as_they_are() -> None:
    pairs = raw_parameters(("OR:1:status", "CUR"), ("$$_ForceGroupBy", "true"))
    either = (Task.f.name == "x") | (Task.f.percent_complete == 5)
    assert parameters([pairs, either]) == (
        ("name", "x"),
        ("OR:1:percentComplete", "5"),
        ("OR:1:status", "CUR"),
        ("$$_ForceGroupBy", "true"),
    )
    assert parameters([pairs & (Task.f.name == "x")])[0] == ("name", "x")


def test_raw_parameters_cannot_be_an_alternative() -> None:
    for misuse in (raw_parameters(("a", "b")) | (Task.f.name == "x"), ~raw_parameters(("a", "b"))):
        with pytest.raises(QueryError, match=r"stand under \| or ~"):
            parameters([misuse])


def test_pages_are_told_by_number_where_raw_parameters_hide_which_rows_are_meant() -> None:
    assert Query(Task).takes_id
    assert not Query(Task, (raw_parameters(("OR:1:status", "CUR")),)).takes_id


def test_a_raw_field_is_loaded_without_a_check() -> None:
    assert field_parameters([raw_field("statusLabel"), Task.f.name], wire_names(Task)) == (
        ("fields", "statusLabel,name"),
    )
    with pytest.raises(QueryError, match="5 levels"):
        field_parameters([raw_field("a:b:c:d:e")], {})


def test_a_credential_among_raw_parameters_is_not_shown() -> None:
    request = operation.count(Task, [raw_parameters(("apiKey", "s3cret"))])
    assert "s3cret" not in repr(request)
    assert "s3cret" not in str(request.explain())


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda: raw("", "eq", "x"), "needs the wire name"),
        (lambda: raw("a", ""), "needs the wire name"),
        (lambda: raw("a", "eq", datetime(2026, 1, 1)), "no time zone"),  # noqa: DTZ001
        (lambda: raw_field(""), "needs the wire name"),
        (lambda: raw_parameters("ab"), "pairs of name and value"),  # type: ignore[arg-type]
        (lambda: raw_parameters(("a", 1)), "pairs of name and value"),  # type: ignore[arg-type]
    ],
)
def test_raw_texts_are_texts(misuse: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        misuse()
