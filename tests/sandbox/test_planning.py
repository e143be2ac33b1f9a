"""Working time, durations, dependencies and plans: the worked example, and what holds always."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workfront_sandbox.planning.dependency import Link, Term, read_terms, write_terms
from workfront_sandbox.planning.duration import amount_of, is_elapsed, minutes_of, read_expression
from workfront_sandbox.planning.plan import Plan, PlannedTask
from workfront_sandbox.planning.working_time import WorkingTime, read_hours
from workfront_sandbox.wire.errors import ApiError

OFFICE = WorkingTime(UTC)
DAY = 480


def may(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of May 2027, whose tenth day is a Monday."""
    return datetime(2027, 5, day, hour, minute, tzinfo=UTC)


def task(number: int, days: float, constraint: str = "ASAP", at: datetime | None = None, **rest: object) -> PlannedTask:
    parent = rest.get("parent")
    work = rest.get("work", OFFICE)
    assert isinstance(work, WorkingTime)
    return PlannedTask(str(number), str(parent) if parent else None, days * DAY, work, constraint=constraint, at=at)


def link(predecessor: int, successor: int, kind: str = "fs", lag: float = 0, lag_type: str = "d") -> Link:
    return Link(str(predecessor), str(successor), kind, lag, lag_type)


def plan(tasks: list[PlannedTask], *links: Link) -> Plan:
    return Plan({one.id: one for one in tasks}, links)


EXAMPLE = {
    "1": (may(10), may(12, 17)),
    "2": (may(13), may(14, 17)),
    "3": (may(19), may(19, 17)),
    "4": (may(17), may(17, 17)),
    "5": (may(11), may(12, 17)),
    "6": (may(11), may(11, 17)),
    "7": (may(14, 13), may(17, 13)),
    "8": (may(11), may(12, 17)),
    "9": (may(13), may(19, 17)),
}


def test_the_worked_example_comes_out_to_the_minute() -> None:
    tasks = [task(1, 3), task(2, 2, parent=9), task(3, 1, parent=9), task(4, 1), task(5, 2), task(6, 1), task(7, 1),
             task(8, 2, "MSO", may(11)), task(9, 0)]  # fmt: skip
    links = [link(1, 2), link(2, 3, lag=2), link(1, 4, lag=2, lag_type="c"), link(1, 5, "ff"),
             link(1, 6, "ss", 1), link(1, 7, lag=50, lag_type="p"), link(1, 8)]  # fmt: skip
    found = plan(tasks, *links).from_start(may(10))
    assert found == EXAMPLE
    assert OFFICE.between(*found["9"]) == 5 * DAY
    assert max(end for _, end in found.values()) == may(19, 17)


LAGS = [
    ("fs", 0, "d", may(13)),
    ("sd", 0, "d", may(13)),
    ("fs", 2, "d", may(17)),
    ("fs", -1, "d", may(12)),
    ("fs", 4, "c", may(17)),
    ("fs", 20, "p", may(13, 13, 48)),
    ("fs", 7, "w", may(17)),
    ("fs", 6, "w", may(14)),
    ("fs", 3, "w", may(18)),
    ("fs", 4, "k", may(19)),
    ("fs", 12, "w", may(17)),
    ("ss", 0, "d", may(10)),
    ("ss", 2, "d", may(12)),
    ("ff", 0, "d", may(12)),
    ("ff", 1, "d", may(13)),
    ("sf", 3, "d", may(12)),
]


@pytest.mark.parametrize(("kind", "lag", "lag_type", "start"), LAGS)
def test_a_lag_leads_to_its_moment(kind: str, lag: float, lag_type: str, start: datetime) -> None:
    """The predecessor lasts from Monday to Wednesday, the successor a day."""
    found = plan([task(1, 3), task(2, 1)], link(1, 2, kind, lag, lag_type)).from_start(may(10))
    assert found["2"][0] == start


CONSTRAINTS = [
    ("ASAP", None, may(10), may(11, 17)),
    ("EAT", None, may(10), may(11, 17)),
    ("SNET", may(12), may(12), may(13, 17)),
    ("SNET", may(3), may(10), may(11, 17)),
    ("SNLT", may(3), may(10), may(11, 17)),
    ("FNET", may(20, 17), may(10), may(11, 17)),
    ("FNLT", may(11, 17), may(10), may(11, 17)),
    ("MSO", may(12), may(12), may(13, 17)),
    ("MFO", may(14, 17), may(13), may(14, 17)),
    ("ALAP", None, may(20), may(21, 17)),
    ("LAT", None, may(20), may(21, 17)),
]


@pytest.mark.parametrize(("constraint", "at", "start", "end"), CONSTRAINTS)
def test_constraints_in_a_project_planned_from_its_start(
    constraint: str, at: datetime | None, start: datetime, end: datetime
) -> None:
    found = plan([task(1, 2, constraint, at), task(2, 10)]).from_start(may(10))
    assert found["1"] == (start, end)


BACKWARDS = [
    ("ALAP", None, may(20), may(21, 17)),
    ("SNET", may(12), may(20), may(21, 17)),
    ("FNLT", may(12, 17), may(20), may(21, 17)),
    ("SNLT", may(13), may(13), may(14, 17)),
    ("MFO", may(12, 17), may(11), may(12, 17)),
    ("ASAP", None, may(10), may(11, 17)),
]


@pytest.mark.parametrize(("constraint", "at", "start", "end"), BACKWARDS)
def test_constraints_in_a_project_planned_from_its_completion(
    constraint: str, at: datetime | None, start: datetime, end: datetime
) -> None:
    found = plan([task(1, 2, constraint, at), task(2, 10, "ALAP")]).from_completion(may(21, 17))
    assert found["1"] == (start, end)


def test_backwards_a_chain_ends_with_the_project() -> None:
    chain = plan([task(1, 3, "ALAP"), task(2, 2, "ALAP")], link(1, 2)).from_completion(may(21, 17))
    assert chain == {"1": (may(17), may(19, 17)), "2": (may(20), may(21, 17))}


def test_what_a_parent_waits_for_its_children_wait_for() -> None:
    tasks = [task(1, 2), task(2, 0), task(3, 1, parent=2)]
    assert plan(tasks, link(1, 2)).from_start(may(10))["3"] == (may(12), may(12, 17))


def test_pinned_dates_stay_whatever_is_waited_for() -> None:
    fixed = PlannedTask("2", None, 0, OFFICE, constraint="FIXT", fixed=(may(8), may(9)))
    assert plan([task(1, 2), fixed], link(1, 2)).from_start(may(10))["2"] == (may(8), may(9))


def test_a_circle_is_opened_and_everything_placed() -> None:
    found = plan([task(1, 1), task(2, 1), task(3, 1)], link(1, 2), link(2, 3), link(3, 1)).from_start(may(10))
    assert sorted(found) == ["1", "2", "3"]


def test_days_off_and_time_off_are_stepped_over() -> None:
    june = datetime(2027, 6, 1, 9, tzinfo=UTC)
    away = OFFICE.without([(june + timedelta(days=1, hours=-9), june + timedelta(days=2, hours=-9))])
    assert task(1, 3, work=away).from_start(june) == (june, datetime(2027, 6, 4, 17, tzinfo=UTC))
    first_off = OFFICE.without([(june, june + timedelta(hours=8))])
    assert task(1, 3, work=first_off).from_start(june)[0] == june + timedelta(days=1)
    holiday = WorkingTime(UTC, free_days=frozenset({date(2027, 5, 11)}))
    assert task(1, 2, work=holiday).from_start(may(10)) == (may(10), may(12, 17))


def test_half_a_day_of_work_makes_twice_the_days() -> None:
    hours = read_hours(["9:00-13:00"])
    half = WorkingTime(UTC, (*[hours] * 5, (), ()))
    begin = datetime(2027, 1, 15, 9, tzinfo=UTC)
    assert task(1, 5, work=half).from_start(begin)[1].date() == date(2027, 1, 28)
    assert task(1, 5).from_start(begin)[1].date() == date(2027, 1, 21)


def test_elapsed_time_runs_on() -> None:
    elapsed = PlannedTask("1", None, minutes_of(3, "ED"), OFFICE, is_elapsed=True)
    assert elapsed.from_start(may(14, 17)) == (may(14, 17), may(17, 17))


UNITS = {"M": 1, "H": 60, "D": 480, "W": 2400, "T": 9600, "EM": 1, "EH": 60, "ED": 1440, "EW": 10_080}


def test_units_are_converted_both_ways() -> None:
    for unit, minutes in UNITS.items():
        assert (minutes_of(2, unit), amount_of(2 * minutes, unit)) == (2 * minutes, 2)
        assert is_elapsed(unit) is unit.startswith("E")
    with pytest.raises(ApiError, match="not computed"):
        minutes_of(1, "ET")


@pytest.mark.parametrize(
    ("text", "read"), [("3 ED", (3, "ED")), ("2", (2, "D")), ("1.5 mo", (1.5, "T")), ("4h", (4, "H"))]
)
def test_a_duration_is_read(text: str, read: tuple[float, str]) -> None:
    assert read_expression(text) == read


@pytest.mark.parametrize("text", ["", "D", "3 X", "-1 D", "1 D 2 H"])
def test_what_is_not_a_duration_is_refused(text: str) -> None:
    with pytest.raises(ApiError):
        read_expression(text)


TERMS = st.builds(
    Term,
    st.integers(1, 999),
    st.sampled_from(["fs", "ss", "ff", "sf", "sd"]),
    st.integers(-366, 366).map(float),
    st.sampled_from(["d", "c", "p"]),
    st.booleans(),
    st.none() | st.integers(1, 99_999),
).map(lambda term: term if term.lag else Term(term.number, term.kind, 0.0, "d", term.is_enforced, term.project))


@given(st.lists(TERMS, max_size=5))
def test_predecessors_are_read_as_they_are_written(terms: list[Term]) -> None:
    assert read_terms(write_terms(terms)) == terms


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("1", Term(1)),
        ("1e", Term(1, is_enforced=True)),
        ("1fse", Term(1, is_enforced=True)),
        ("1FS+3De", Term(1, "fs", 3, "d", is_enforced=True)),
        ("4fs-102w", Term(4, "fs", -102, "w")),
        ("77:2ss-1c", Term(2, "ss", -1, "c", project=77)),
    ],
)
def test_every_form_of_a_predecessor_is_read(text: str, term: Term) -> None:
    assert read_terms(text) == [term]


@pytest.mark.parametrize("text", ["x", "1fx", "1fs+", "1fs+2", "1fs+400d", "1fs+2001p", "1fs+8w", "1fs+10k", "1 2"])
def test_what_names_no_predecessor_is_refused(text: str) -> None:
    with pytest.raises(ApiError):
        read_terms(text)


@pytest.mark.parametrize("text", ["nine to five", "9-17", "17:00-09:00", "25:00-26:00"])
def test_hours_in_another_form_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"from when to when|ends before"):
        read_hours([text])


@given(st.integers(0, 60 * 24 * 30), st.integers(0, 20 * DAY))
def test_work_counted_forwards_and_backwards_is_the_same(offset: int, minutes: int) -> None:
    at = may(1, 0) + timedelta(minutes=offset)
    end = OFFICE.after(at, minutes)
    assert OFFICE.between(at, end) == minutes
    assert OFFICE.between(OFFICE.before(end, minutes), end) == minutes
