"""Reports: the nested answer as a tree."""

from __future__ import annotations

import pytest

from query_fixture.models.hour import Hour
from workfront_core import operation
from workfront_core.errors import ProtocolError
from workfront_core.report import ReportGroup, report_of

TWO_LEVELS = {
    "Site": {"Ana": {"sum_hours": 4.0}, "Bo": {"sum_hours": 6.0}, "$$ROLLUP": {"sum_hours": 10.0}},
    "": {"Ana": {"sum_hours": 1.0}, "$$ROLLUP": {"sum_hours": 1.0}},
    "$$ROLLUP": {"sum_hours": 11.0},
}


def test_groups_nest_in_the_order_of_group_by() -> None:
    report = report_of(2)(TWO_LEVELS)
    assert [group.key for group in report] == ["Site", ""]
    assert report["Site"]["Bo"].value("sum", Hour.f.hours) == 6.0
    assert len(report["Site"]) == 2


def test_rollups_stand_beside_the_groups_they_sum_up() -> None:
    report = report_of(2)(TWO_LEVELS)
    assert report.value("sum", Hour.f.hours) == 11.0
    assert report["Site"].rollup == {"sum_hours": 10.0}


def test_leaves_give_the_innermost_groups_as_rows() -> None:
    assert [(keys, dict(row)) for keys, row in report_of(2)(TWO_LEVELS).leaves()] == [
        (("Site", "Ana"), {"sum_hours": 4.0}),
        (("Site", "Bo"), {"sum_hours": 6.0}),
        (("", "Ana"), {"sum_hours": 1.0}),
    ]


def test_a_group_may_carry_values_beside_aggregates() -> None:
    report = report_of(1)({"CPL": {"dcount_ID": 1, "status": "CPL"}})
    assert report["CPL"].aggregates == {"dcount_ID": 1, "status": "CPL"}
    assert report["CPL"].value("dcount", Hour.f.id) == 1


def test_without_grouping_the_aggregates_are_the_report() -> None:
    report = report_of(0)({"sum_hours": 11.0})
    assert report.value("sum", Hour.f.hours) == 11.0
    assert list(report.leaves()) == [((), {"sum_hours": 11.0})]


def test_no_rows_make_an_empty_report() -> None:
    assert report_of(1)({}) == report_of(1)(None) == report_of(1)([]) == ReportGroup()
    assert not report_of(1)({})


def test_an_unknown_group_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"no group 'X'; there are .*Site"):
        report_of(2)(TWO_LEVELS)["X"]


def test_an_answer_of_another_shape_is_a_protocol_error() -> None:
    with pytest.raises(ProtocolError, match="no report"):
        report_of(1)("OK")


def test_the_decoder_knows_how_deep_the_request_groups() -> None:
    request = operation.report(Hour, group_by=[Hour.f.project.name, Hour.f.owner.name])
    assert request.parse(TWO_LEVELS)["Site"]["Ana"].aggregates == {"sum_hours": 4.0}
