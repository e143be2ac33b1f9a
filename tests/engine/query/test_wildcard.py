"""Wildcards: how they are written, moved and sent, and where they fit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.query_fixture.models.task import Task
from workfront_core.errors import QueryError
from workfront_core.query.custom_field import custom
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.wildcard import CUSTOMER, NOW, TODAY, USER, days, hours, is_after, months, weeks, years
from workfront_core.request.encoding import query_text

when = Task.f.planned_completion_date


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (TODAY, "$$TODAY"),
        (TODAY - days(7), "$$TODAY-7d"),
        (TODAY + months(2), "$$TODAY+2m"),
        (TODAY + days(3) - days(1), "$$TODAY+2d"),
        (TODAY + days(1) - days(1), "$$TODAY"),
        (NOW + hours(12), "$$NOW+12h"),
        (TODAY.begin_of("month"), "$$TODAYbm"),
        (TODAY.end_of("quarter"), "$$TODAYeq"),
        (TODAY.begin_of("week") - weeks(1), "$$TODAYb-1w"),
        ((TODAY - weeks(1)).begin_of("week"), "$$TODAYb-1w"),
        (TODAY.end_of("week") - weeks(1), "$$TODAYe-1w"),
        (NOW.begin_of("year") + years(1), "$$TODAYb+1y"),
        (NOW.begin_of("day"), "$$TODAY"),
        (TODAY.end_of("day"), "$$TODAY+1d"),
        ((NOW - days(1)).begin_of("day"), "$$TODAY-1d"),
    ],
)
def test_a_moment_is_written_as_the_server_reads_it(moment: object, text: str) -> None:
    assert str(moment) == text


def test_a_wildcard_stands_where_a_value_of_its_kind_does() -> None:
    assert parameters([when.between(TODAY.begin_of("week"), TODAY.end_of("week"))]) == (
        ("plannedCompletionDate", "$$TODAYbw"),
        ("plannedCompletionDate_Range", "$$TODAYew"),
        ("plannedCompletionDate_Mod", "between"),
    )
    assert parameters([Task.f.due_date < TODAY]) == (("dueDate", "$$TODAY"), ("dueDate_Mod", "lt"))
    assert parameters([Task.f.assigned_to.id == USER.id]) == (("assignedTo:ID", "$$USER.ID"),)
    assert parameters([Task.f.percent_complete < USER.access_level_rank])[0] == (
        "percentComplete",
        "$$USER.accessLevelRank",
    )
    assert parameters([custom("Customer") == CUSTOMER]) == (("DE:Customer", "$$CUSTOMER"),)
    assert parameters([custom("Deadline") > NOW]) == (("DE:Deadline", "$$NOW"), ("DE:Deadline_Mod", "gt"))


def test_a_wildcard_for_a_list_is_asked_for_as_a_list() -> None:
    assert parameters([Task.f.name.in_(USER.role_ids)]) == (("name", "$$USER.roleIDs"), ("name_Mod", "in"))
    assert parameters([Task.f.name.not_in(USER.team_ids)]) == (("name", "$$USER.teamIDs"), ("name_Mod", "notin"))


def test_a_wildcard_is_not_mixed_into_a_list_of_plain_values() -> None:
    either = (Task.f.name == USER.name) | (Task.f.name == "Ana")
    assert parameters([either]) == (("name", "$$USER.name"), ("OR:1:name", "Ana"))


def test_the_plus_of_a_wildcard_survives_the_query_string() -> None:
    assert query_text(parameters([when <= TODAY + days(30)])) == (
        "plannedCompletionDate=$$TODAY%2B30d&plannedCompletionDate_Mod=lte"
    )


def test_equal_to_today_means_any_time_of_it() -> None:
    assert parameters([when == TODAY]) == (("plannedCompletionDate", "$$TODAY"),)
    assert [value for _, value in parameters([when.differs(TODAY - weeks(1))])] == [
        "$$TODAY-1w",
        "lt",
        "$$TODAY-6d",
        "gte",
    ]
    assert [value for _, value in parameters([when.differs(TODAY - days(1))])][2] == "$$TODAY"


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda: TODAY + days(1) + months(1), r"\$\$TODAY\+1d cannot be moved by months as well"),
        (lambda: TODAY.begin_of("week") + days(1), "cannot be moved by days as well"),
        (lambda: (TODAY + months(1)).begin_of("week"), "has no beginning of the week"),
        (lambda: TODAY.begin_of("week").end_of("month"), "has no end of the month"),
        (lambda: when == NOW, "that cannot be known beforehand"),
        (lambda: when != TODAY + months(1), "cannot be asked for"),
        (lambda: Task.f.name == USER.role_ids, "name takes a text, .*\n.*use in_"),
        (lambda: Task.f.name == TODAY, "name takes a text, not Moment"),
        (lambda: Task.f.percent_complete > TODAY, "percentComplete takes a number"),  # type: ignore[operator]
    ],
)
def test_what_a_wildcard_cannot_say_is_refused(misuse: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        misuse()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (TODAY - days(7), TODAY),
        (NOW, NOW + hours(7)),
        (NOW - hours(30), NOW - days(1)),
        (TODAY, TODAY + months(1)),
        (TODAY + days(40), TODAY + months(2)),
        (TODAY - weeks(1), TODAY - days(6)),
        (NOW - days(3), TODAY),
        (TODAY, NOW + hours(1)),
        (TODAY.begin_of("week"), TODAY.end_of("week")),
        (TODAY.begin_of("month") - months(2), TODAY.begin_of("month") - months(1)),
        (TODAY.begin_of("month"), TODAY.end_of("month") + months(1)),
    ],
)
def test_of_two_moments_the_later_one_is_known_where_it_does_not_depend_on_the_day(earlier: Any, later: Any) -> None:
    assert (is_after(later, earlier), is_after(earlier, later)) == (True, False)
    when.between(earlier, later)
    for between in (when.between, when.not_between, custom("Due").between):
        with pytest.raises(QueryError, match="the first one is the greater"):
            between(later, earlier)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TODAY, NOW),
        (TODAY + days(30), TODAY + months(1)),
        (TODAY.end_of("week"), TODAY.begin_of("week") + weeks(1)),
        (TODAY, TODAY.begin_of("month")),
        (TODAY.begin_of("week"), TODAY.begin_of("month")),
    ],
)
def test_moments_that_may_coincide_or_change_places_are_in_no_order(one: Any, other: Any) -> None:
    assert not is_after(one, other)
    assert not is_after(other, one)
    when.between(one, other)
    when.between(other, one)


def test_a_moment_moves_by_spans_only() -> None:
    with pytest.raises(TypeError):
        TODAY - 7  # type: ignore[operator]
