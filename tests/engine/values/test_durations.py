"""Durations and work: exact, and never by a working week or month nobody stated."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workfront_client.v22 import DurationUnit
from workfront_core.errors import QueryError
from workfront_core.values.durations import (
    WorkingTime,
    from_minutes,
    is_elapsed,
    to_minutes,
    to_timedelta,
    to_whole_minutes,
    work_hours,
    work_minutes,
)

TOLD = WorkingTime(day=450, days_per_week=5, days_per_month=20, days_per_elapsed_month=Decimal("30.4375"))


@pytest.mark.parametrize(
    ("duration", "unit", "minutes"),
    [
        (90, "M", 90), (1.5, "H", 90), (2.5, "D", 1200), (Decimal("0.1"), "H", 6), (0.1, "H", 6), (0, "D", 0),
        (90, "EM", 90), (1, "EH", 60), (1, "ED", 1440), (1, "EW", 10_080),
    ],
)  # fmt: skip
def test_a_duration_is_counted_in_minutes(duration: float, unit: str, minutes: int) -> None:
    assert to_minutes(duration, unit) == minutes
    assert from_minutes(minutes, unit) == Decimal(str(duration))


def test_working_time_is_the_customers() -> None:
    assert to_minutes(1, "D", TOLD) == 450
    assert to_minutes(1, "W", TOLD) == 5 * 450
    assert to_minutes(1, "T", TOLD) == 20 * 450
    assert to_minutes(1, "ET", TOLD) == 43_830


@pytest.mark.parametrize(("unit", "field"), [("W", "days_per_week"), ("T", "days_per_month"), ("ET", "elapsed_month")])
def test_what_no_field_tells_is_asked_for_and_not_guessed(unit: str, field: str) -> None:
    for convert in (to_minutes, from_minutes):
        with pytest.raises(QueryError, match=rf"(?s)How long is unit {unit}.*{field}"):
            convert(1, unit)


def test_every_unit_of_the_metadata_is_known() -> None:
    assert all(to_minutes(1, unit, TOLD) > 0 for unit in DurationUnit)
    elapsed = [unit for unit in DurationUnit if is_elapsed(unit)]
    assert elapsed == [unit for unit in DurationUnit if unit.name.startswith("ELAPSED_")]


@given(st.integers(0, 10**7), st.sampled_from([str(unit) for unit in DurationUnit]))
def test_minutes_survive_every_unit(minutes: int, unit: str) -> None:
    assert to_minutes(from_minutes(minutes, unit, TOLD), unit, TOLD) == minutes


def test_what_is_no_finite_decimal_is_rounded_to_six_places() -> None:
    assert from_minutes(100, "D") == Decimal("0.208333")
    assert work_hours(50) == Decimal("0.833333")


def test_work_is_hours_and_work_required_minutes() -> None:
    assert work_minutes(8) == 480
    assert work_minutes(0.1) == 6
    assert str(work_hours(480)) == "8"


def test_minutes_are_spans() -> None:
    assert to_timedelta(90) == timedelta(hours=1.5)
    assert to_whole_minutes(timedelta(days=1, minutes=1)) == 1441
    assert to_whole_minutes(-timedelta(minutes=5)) == -5
    with pytest.raises(QueryError, match="not a whole number of minutes"):
        to_whole_minutes(timedelta(seconds=90))


@pytest.mark.parametrize("unit", ["", "d", "Days", "X"])
def test_an_unknown_unit_is_an_error(unit: str) -> None:
    with pytest.raises(QueryError, match="not a unit of duration"):
        to_minutes(1, unit)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_number_that_is_none_is_an_error(number: float) -> None:
    with pytest.raises(QueryError, match="not a length of time"):
        to_minutes(number, "D")
    with pytest.raises(QueryError, match="not a length of time"):
        WorkingTime(days_per_week=number)


@pytest.mark.parametrize("name", ["day", "days_per_week", "days_per_month", "days_per_elapsed_month"])
def test_no_length_is_nothing(name: str) -> None:
    with pytest.raises(QueryError, match=name):
        WorkingTime(**{name: 0})
