"""Dates, date-times and exact amounts, on the wire and in Python."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from workfront_core.values.datetimes import Amount, Date, DateTime, format_datetime, parse_date, parse_datetime

PLUS_4 = timezone(timedelta(hours=4))
MINUS_6 = timezone(timedelta(hours=-6))
MINUS_3_30 = timezone(-timedelta(hours=3, minutes=30))


class Row(BaseModel):
    moment: DateTime | None = None
    day: Date | None = None
    cost: Amount | None = None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-03-24T17:00:00:000+0400", datetime(2017, 3, 24, 17, tzinfo=PLUS_4)),
        ("2020-05-18T17:00:00:250-0600", datetime(2020, 5, 18, 17, microsecond=250_000, tzinfo=MINUS_6)),
        ("2017-10-06T13:48:56.980-0600", datetime(2017, 10, 6, 13, 48, 56, 980_000, MINUS_6)),
        ("2017-10-06T13:48:56,98-0330", datetime(2017, 10, 6, 13, 48, 56, 980_000, MINUS_3_30)),
        ("2020-05-13T18:18:37.255Z", datetime(2020, 5, 13, 18, 18, 37, 255_000, UTC)),
        ("2020-05-13T18:18:37:5+00:00", datetime(2020, 5, 13, 18, 18, 37, 500_000, UTC)),
        ("2020-05-13T18:18:37.123456789Z", datetime(2020, 5, 13, 18, 18, 37, 123_456, UTC)),
        ("2020-05-13T18:18:37+0400", datetime(2020, 5, 13, 18, 18, 37, tzinfo=PLUS_4)),
        ("2020-05-13 18:18:37", datetime(2020, 5, 13, 18, 18, 37, tzinfo=UTC)),
        ("2020-05-13T18:18Z", datetime(2020, 5, 13, 18, 18, tzinfo=UTC)),
    ],
)
def test_every_notation_of_a_date_time_is_read(text: str, expected: datetime) -> None:
    parsed = parse_datetime(text)
    assert parsed == expected
    assert parsed.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-04-11T17:10:10.305981", datetime(2024, 4, 11, 17, 10, 10, 305_981, UTC)),
        ("2022-07-10T00:00:00", datetime(2022, 7, 10, tzinfo=UTC)),
        ("2017-07-28", datetime(2017, 7, 28, tzinfo=UTC)),
    ],
)
def test_without_an_offset_text_is_utc_and_a_date_its_midnight(text: str, expected: datetime) -> None:
    assert parse_datetime(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "tomorrow", "2017-02-30", "2017-02-28T25:00:00Z", "2017-02-28T23:60:00:000+0000", "20170228", "2017-W12-5",
        "2017-02-28T10:00:00:0000000000Z", "2017-02-28T10:00:00:000+04", "2017-02-28T10:00:00:000 +0400", "2017-02-28Z",
        "2017-02-28T10:00:00:+0400", " 2017-02-28", "2017-02-28T10:00:00:000+9900", "٢٠١٧-02-28",
        "2017-03-24T17:00:00:0x0+0400",
    ],
)  # fmt: skip
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_datetime(text)


def test_the_wire_form_has_a_colon_before_the_milliseconds_and_none_in_the_offset() -> None:
    assert format_datetime(datetime(2017, 3, 24, 17, tzinfo=PLUS_4)) == "2017-03-24T17:00:00:000+0400"
    assert format_datetime(datetime(2017, 3, 24, 17, 1, 2, 3999, MINUS_3_30)) == "2017-03-24T17:01:02:003-0330"
    assert format_datetime(datetime(999, 1, 2, tzinfo=UTC)) == "0999-01-02T00:00:00:000+0000"


def test_an_offset_of_odd_seconds_is_written_as_utc() -> None:
    old = datetime(1900, 1, 1, 12, tzinfo=timezone(timedelta(minutes=19, seconds=32)))
    assert format_datetime(old) == "1900-01-01T11:40:28:000+0000"


def test_a_summer_day_in_a_named_zone_keeps_its_offset() -> None:
    assert format_datetime(datetime(2024, 7, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))) == "2024-07-01T09:00:00:000+0200"


def test_a_naive_datetime_is_refused_with_the_code_to_write() -> None:
    naive = datetime(2024, 2, 29, 10)  # noqa: DTZ001
    for refuse in (format_datetime, lambda value: Row(moment=value)):
        with pytest.raises(ValueError, match=r"datetime\(2024, 2, 29, \.\.\., tzinfo=timezone\.utc\)"):
            refuse(naive)


OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=OFFSETS)


@given(MOMENTS)
def test_what_is_written_is_read_back_to_the_millisecond(moment: datetime) -> None:
    written = format_datetime(moment)
    back = parse_datetime(written)
    assert back == moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert back.utcoffset() == moment.utcoffset()
    assert format_datetime(back) == written


@given(MOMENTS, st.sampled_from(":.,"), st.integers(1, 9), st.booleans())
@example(datetime(2020, 1, 1, tzinfo=UTC), ".", 3, True)
def test_separator_and_digits_do_not_change_the_moment(moment: datetime, mark: str, digits: int, colon: bool) -> None:
    fraction = f"{moment.microsecond:06}000"[:digits]
    offset = moment.strftime("%z")
    offset = f"{offset[:3]}:{offset[3:]}" if colon else offset
    text = f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}{mark}{fraction}{offset}"
    kept = int(fraction[:6].ljust(6, "0"))
    assert parse_datetime(text) == moment.replace(microsecond=kept)


@given(st.dates())
def test_a_date_survives_the_round_trip(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert Row(day=day).model_dump(mode="json", exclude_unset=True) == {"day": day.isoformat()}


@given(st.text())
def test_any_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_datetime(text).utcoffset() is not None


@pytest.mark.parametrize(
    "value", ["2017-07-28", "2017-07-28T00:00:00:000+0400", date(2017, 7, 28), datetime(2017, 7, 28, tzinfo=MINUS_6)]
)
def test_a_date_field_takes_dates_and_midnights(value: Any) -> None:
    assert Row(day=value).day == date(2017, 7, 28)
    assert type(Row(day=value).day) is date


@pytest.mark.parametrize(
    "value", ["2017-07-28T00:00:00:001+0400", datetime(2017, 7, 28, 1, tzinfo=UTC), 20170728, "soon"]
)
def test_a_date_field_refuses_what_has_a_time_of_day(value: Any) -> None:
    with pytest.raises(ValidationError):
        Row(day=value)


@pytest.mark.parametrize("value", [1_490_000_000, 1.5, True, ["2017-07-28"]])
def test_a_date_time_field_refuses_numbers(value: Any) -> None:
    with pytest.raises(ValidationError, match="not a date-time"):
        Row(moment=value)


def test_a_date_is_midnight_utc_in_a_date_time_field() -> None:
    assert Row(moment=date(2017, 7, 28)).moment == datetime(2017, 7, 28, tzinfo=UTC)  # type: ignore[arg-type]


def test_date_times_stay_themselves_in_python_and_take_the_wire_form_in_json() -> None:
    row = Row(moment=datetime(2017, 3, 24, 17, tzinfo=PLUS_4))
    assert row.model_dump()["moment"] == datetime(2017, 3, 24, 17, tzinfo=PLUS_4)
    assert json.loads(row.model_dump_json(exclude_unset=True)) == {"moment": "2017-03-24T17:00:00:000+0400"}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (0.1, "0.1"),
        ("0.10", "0.10"),
        (12, "12"),
        (1234567.89, "1234567.89"),
        ("123456789012345678.99", "123456789012345678.99"),
    ],
)
def test_an_amount_is_exact_whether_it_comes_as_number_or_text(sent: Any, expected: str) -> None:
    cost = Row(cost=sent).cost
    assert isinstance(cost, Decimal)
    assert str(cost) == expected


@pytest.mark.parametrize("sent", ["twelve", True, "NaN", "Infinity", [1], ""])
def test_what_is_no_number_is_no_amount(sent: Any) -> None:
    with pytest.raises(ValidationError):
        Row(cost=sent)


@pytest.mark.parametrize(
    ("amount", "wire"), [("12.5", "12.5"), ("0.1", "0.1"), ("123456789012345678.99", '"123456789012345678.99"')]
)
def test_an_amount_is_written_as_a_number_where_that_is_exact(amount: str, wire: str) -> None:
    assert Row(cost=Decimal(amount)).model_dump_json(exclude_unset=True) == f'{{"cost":{wire}}}'


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_an_amount_survives_the_round_trip(amount: Decimal) -> None:
    assert Row.model_validate_json(Row(cost=amount).model_dump_json()).cost == amount


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_json_schema_says_what_the_text_is(mode: Any) -> None:
    assert TypeAdapter(DateTime).json_schema(mode=mode) == {"type": "string", "format": "date-time"}
    assert TypeAdapter(Date).json_schema(mode=mode) == {"type": "string", "format": "date"}
    assert TypeAdapter(Amount).json_schema(mode=mode) == {"anyOf": [{"type": "number"}, {"type": "string"}]}
