"""Reports: the nested answer as a tree, and as flat rows."""

from __future__ import annotations

import pytest

from tests.support.query_fixture.models.hour import Hour
from workfront_core.errors import ProtocolError, QueryError
from workfront_core.operations import operation
from workfront_core.operations.report import ReportGroup, report_of

BY_PROJECT_AND_OWNER = ["project:name", "owner:name"]
TWO_LEVELS = {
    "Site": {"Ana": {"sum_hours": 4.0}, "Bo": {"sum_hours": 6.0}, "$$ROLLUP": {"sum_hours": 10.0}},
    "": {"Ana": {"sum_hours": 1.0}, "$$ROLLUP": {"sum_hours": 1.0}},
    "$$ROLLUP": {"sum_hours": 11.0},
}


def test_groups_nest_in_the_order_of_group_by() -> None:
    report = report_of(BY_PROJECT_AND_OWNER)(TWO_LEVELS)
    assert [group.key for group in report] == ["Site", ""]
    assert report["Site"]["Bo"].value("sum", Hour.f.hours) == 6.0
    assert len(report["Site"]) == 2


def test_rollups_stand_beside_the_groups_they_sum_up() -> None:
    report = report_of(BY_PROJECT_AND_OWNER)(TWO_LEVELS)
    assert report.value("sum", Hour.f.hours) == 11.0
    assert report["Site"].rollup == {"sum_hours": 10.0}


def test_leaves_give_the_innermost_groups_with_their_keys() -> None:
    assert [(keys, dict(row)) for keys, row in report_of(BY_PROJECT_AND_OWNER)(TWO_LEVELS).leaves()] == [
        (("Site", "Ana"), {"sum_hours": 4.0}),
        (("Site", "Bo"), {"sum_hours": 6.0}),
        (("", "Ana"), {"sum_hours": 1.0}),
    ]


def test_rows_are_flat_and_know_the_fields_of_their_keys() -> None:
    rows = list(report_of(BY_PROJECT_AND_OWNER)(TWO_LEVELS).rows())
    assert [row.to_dict() for row in rows] == [
        {"project:name": "Site", "owner:name": "Ana", "sum_hours": 4.0},
        {"project:name": "Site", "owner:name": "Bo", "sum_hours": 6.0},
        {"project:name": "", "owner:name": "Ana", "sum_hours": 1.0},
    ]
    assert rows[1].key(Hour.f.owner.name) == "Bo"
    assert rows[1].value("sum", Hour.f.hours) == 6.0
    with pytest.raises(KeyError, match=r"groups by .*project:name"):
        rows[1].key(Hour.f.hours)


def test_rows_of_one_group_have_the_keys_below_it() -> None:
    (row,) = report_of(BY_PROJECT_AND_OWNER)(TWO_LEVELS)[""].rows()
    assert dict(row.keys) == {"owner:name": "Ana"}


def test_numbers_come_as_numbers_and_nothing_else() -> None:
    report = report_of(["status"])({"CPL": {"sum_hours": "2.5", "max_hours": None, "max_entryDate": "2026-01-01"}})
    (row,) = report.rows()
    assert row.number("sum", Hour.f.hours) == report["CPL"].number("sum", Hour.f.hours) == 2.5
    assert row.number("max", Hour.f.hours) is None
    assert row.number("avg", Hour.f.hours) is None
    other = report_of([])({"sum_hours": "2026-01-01"})
    with pytest.raises(ProtocolError, match="sum_hours is not a number"):
        other.number("sum", Hour.f.hours)


def test_a_group_may_carry_values_beside_aggregates() -> None:
    report = report_of(["status"])({"CPL": {"dcount_ID": 1, "status": "CPL"}})
    assert report["CPL"].aggregates == {"dcount_ID": 1, "status": "CPL"}
    assert report["CPL"].value("dcount", Hour.f.id) == 1


def test_without_grouping_the_aggregates_are_the_report() -> None:
    report = report_of([])({"sum_hours": 11.0})
    assert report.value("sum", Hour.f.hours) == 11.0
    assert list(report.leaves()) == [((), {"sum_hours": 11.0})]
    assert [row.to_dict() for row in report.rows()] == [{"sum_hours": 11.0}]


def test_no_rows_make_an_empty_report() -> None:
    empty = ReportGroup(grouped_by=("status",))
    assert report_of(["status"])({}) == report_of(["status"])([]) == empty
    assert not empty
    assert list(empty.rows()) == []


def test_an_unknown_group_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"no group 'X'; the groups are .*Site"):
        report_of(BY_PROJECT_AND_OWNER)(TWO_LEVELS)["X"]


def test_an_answer_of_another_shape_is_a_protocol_error() -> None:
    answers: list[object] = ["OK", None, [{}]]
    for answer in answers:
        with pytest.raises(ProtocolError, match="not a report"):
            report_of(["status"])(answer)


@pytest.mark.parametrize(
    "data",
    [
        {"success": True},
        {"ID": "5a02", "objCode": "HOUR"},
        {"Site": {"sum_hours": 4.0}},
        {"Site": {"Ana": {"sum_hours": 4.0}}, "Launch": {"sum_hours": 1.0}},
        {"Site": {"Ana": {"sum_hours": 4.0}}, "sum_hours": 4.0},
        {"Site": {"Ana": {"max_hours": 4.0}}},
        {"Site": {"Ana": {"sum_hours": 4.0}, "Bo": {}}},
        {"Site": {"Ana": {"ID": "5a02"}}},
    ],
)
def test_the_answer_of_another_call_is_no_report(data: object) -> None:
    with pytest.raises(ProtocolError, match="not the report that was asked for"):
        report_of(BY_PROJECT_AND_OWNER, ["sum_hours"])(data)


def test_without_grouping_an_answer_without_the_aggregates_is_no_report() -> None:
    assert report_of((), ["sum_hours"])({"sum_hours": None}).aggregates == {"sum_hours": None}
    assert report_of((), ["sum_hours"])({}).aggregates == {}
    with pytest.raises(ProtocolError, match="not the report that was asked for"):
        report_of((), ["sum_hours"])({"count": 5})


def test_the_decoder_knows_what_the_request_groups_by() -> None:
    request = operation.report(Hour, group_by=[Hour.f.project.name, Hour.f.owner.name])
    assert request.parse(TWO_LEVELS)["Site"]["Ana"].aggregates == {"sum_hours": 4.0}
    assert next(request.parse(TWO_LEVELS).rows()).key(Hour.f.project.name) == "Site"


def test_two_functions_on_one_field_have_no_place_in_one_call() -> None:
    with pytest.raises(QueryError, match="another report"):
        operation.report(Hour, aggregates={"sum": [Hour.f.hours], "max": [Hour.f.hours]})
