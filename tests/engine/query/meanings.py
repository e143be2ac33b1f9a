"""Conditions drawn together with their meaning, a function of Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import reduce
from typing import Any, TypeAlias

from hypothesis import strategies as st

from tests.support.evaluator import Row, World
from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.task import Task
from workfront_core.errors import QueryError
from workfront_core.query.condition import FilterCondition
from workfront_core.query.custom_field import custom
from workfront_core.query.exists import exists, not_exists, outer
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.raw import raw
from workfront_core.query.wildcard import NOW, TODAY, Moment, days, hours, months, quarters, weeks, years
from workfront_core.request.encoding import Params

Meaning: TypeAlias = Callable[[Row, World], bool]
Drawn: TypeAlias = tuple[FilterCondition[Task], Meaning]
Holds: TypeAlias = Callable[[Any], bool]
name, percent, status = Task.f.name, Task.f.percent_complete, Task.f.status
when, done = Task.f.planned_completion_date, Task.f.is_done
alias, target, deadline = custom("Alias"), custom("Target"), custom("Deadline")
SOME_NAMES = ["", "a", "A", "ab", "b", "Ba", "b a"]
SOME_WORDS = ["a", "A", "ab", "b", "Ba"]
SOME_NUMBERS = [0, 1, 2, 3]
SOME_INSTANTS = [datetime(2026, 3, day, hour, tzinfo=UTC) for day in (17, 18) for hour in (0, 12)]
SOME_MOMENTS: list[tuple[Moment, datetime]] = [
    (TODAY, datetime(2026, 3, 18, tzinfo=UTC)),
    (TODAY - days(1), datetime(2026, 3, 17, tzinfo=UTC)),
    (TODAY.end_of("day") - days(1), datetime(2026, 3, 18, tzinfo=UTC)),
    (NOW.begin_of("day"), datetime(2026, 3, 18, tzinfo=UTC)),
    (NOW - hours(4), datetime(2026, 3, 18, 11, 30, tzinfo=UTC)),
    (TODAY.begin_of("week"), datetime(2026, 3, 15, tzinfo=UTC)),
    (TODAY.end_of("week") - weeks(1), datetime(2026, 3, 15, tzinfo=UTC)),
    (TODAY.begin_of("month") + months(1), datetime(2026, 4, 1, tzinfo=UTC)),
    (TODAY.end_of("quarter") - quarters(1), datetime(2026, 1, 1, tzinfo=UTC)),
    (TODAY.begin_of("year") + years(1), datetime(2027, 1, 1, tzinfo=UTC)),
]
FIRST = "1" * 32
SOME_DAYS = [(one, at) for one, at in SOME_MOMENTS if one in (TODAY, TODAY - days(1))]
task_rows = st.fixed_dictionaries(
    {
        "name": st.sampled_from([None, *SOME_NAMES]),
        "percentComplete": st.sampled_from([None, *SOME_NUMBERS]),
        "status": st.sampled_from([None, "NEW", "INP", "CPL"]),
        "plannedCompletionDate": st.sampled_from([None, *SOME_INSTANTS]),
        "isDone": st.sampled_from([None, True, False]),
        "assignedTo:ID": st.sampled_from([None, "u1", "u2"]),
        "method": st.sampled_from([None, "a", "b"]),
        "DE:Alias": st.sampled_from([None, *SOME_NAMES]),
        "DE:Target": st.sampled_from([None, *SOME_NUMBERS]),
        "DE:Deadline": st.sampled_from([None, *SOME_INSTANTS]),
        "DE:Sizes": st.sampled_from([None, [], ["S"], ["M", "S"], ["L", "M", "S"]]),
    }
)
hour_rows = st.fixed_dictionaries(
    {
        "ID": st.sampled_from([FIRST, "2" * 32]),
        "owner:ID": st.sampled_from([None, "u1", "u2"]),
        "hours": st.sampled_from([None, *SOME_NUMBERS]),
        "project:name": st.sampled_from([None, *SOME_NAMES]),
    }
)
worlds = st.builds(lambda hour_table: World({"HOUR": hour_table}), st.lists(hour_rows, max_size=5))


def given_value(key: str, holds: Holds) -> Meaning:
    """Rows with a value for which it holds."""
    return lambda row, _world: row[key] is not None and holds(row[key])


def or_null(key: str, holds: Holds) -> Meaning:
    return lambda row, _world: row[key] is None or holds(row[key])


def both(key: str, other: str, holds: Callable[[Any, Any], bool]) -> Meaning:
    """Rows with a value in both fields for which it holds."""
    return lambda row, _world: row[key] is not None and row[other] is not None and holds(row[key], row[other])


# One entry an operator: what is drawn with two values of its kind.

TEXTS: dict[str, Callable[[str, str], tuple[FilterCondition[Any], Meaning]]] = {
    "==": lambda a, _b: (name == a, given_value("name", lambda text: text == a)),
    "!=": lambda a, _b: (name != a, or_null("name", lambda text: text != a)),
    "differs": lambda a, _b: (name.differs(a), given_value("name", lambda text: text != a)),
    "iequals": lambda a, _b: (name.iequals(a), given_value("name", lambda text: text.upper() == a.upper())),
    "idiffers": lambda a, _b: (name.idiffers(a), given_value("name", lambda text: text.upper() != a.upper())),
    "<": lambda a, _b: (name < a, given_value("name", lambda text: text < a)),
    ">=": lambda a, _b: (name >= a, given_value("name", lambda text: text >= a)),
    "in_": lambda a, b: (name.in_([a, b]), given_value("name", lambda text: text in (a, b))),
    "not_in": lambda a, b: (name.not_in([a, b]), given_value("name", lambda text: text not in (a, b))),
    "iin_": lambda a, b: (name.iin_([a, b]), given_value("name", lambda text: text.upper() in (a.upper(), b.upper()))),
    "not_iin": lambda a, b: (
        name.not_iin([a, b]),
        given_value("name", lambda text: text.upper() not in (a.upper(), b.upper())),
    ),
    "between": lambda a, b: (name.between(a, b), given_value("name", lambda text: a <= text <= b)),
    "not_between": lambda a, b: (name.not_between(a, b), given_value("name", lambda text: not a <= text <= b)),
    "ibetween": lambda a, b: (
        name.ibetween(a, b),
        given_value("name", lambda text: a.upper() <= text.upper() <= b.upper()),
    ),
    "not_ibetween": lambda a, b: (
        name.not_ibetween(a, b),
        given_value("name", lambda text: not a.upper() <= text.upper() <= b.upper()),
    ),
    "contains": lambda a, _b: (name.contains(a), given_value("name", lambda text: a in text)),
    "not_contains": lambda a, _b: (name.not_contains(a), given_value("name", lambda text: a not in text)),
    "icontains": lambda a, _b: (name.icontains(a), given_value("name", lambda text: a.upper() in text.upper())),
    "not_icontains": lambda a, _b: (
        name.not_icontains(a),
        given_value("name", lambda text: a.upper() not in text.upper()),
    ),
    "icontains_any": lambda a, b: (
        name.icontains_any([a, b]),
        given_value("name", lambda text: a.upper() in text.upper() or b.upper() in text.upper()),
    ),
    "icontains_all": lambda a, b: (
        name.icontains_all([a, b]),
        given_value("name", lambda text: a.upper() in text.upper() and b.upper() in text.upper()),
    ),
    "not_icontains_any": lambda a, b: (
        name.not_icontains_any([a, b]),
        given_value("name", lambda text: a.upper() not in text.upper() and b.upper() not in text.upper()),
    ),
    "not_icontains_all": lambda a, b: (
        name.not_icontains_all([a, b]),
        given_value("name", lambda text: a.upper() not in text.upper() or b.upper() not in text.upper()),
    ),
    "startswith": lambda a, _b: (
        name.startswith(a),
        given_value("name", lambda text: text.upper().startswith(a.upper())),
    ),
    "istartswith": lambda a, _b: (
        name.istartswith(a),
        given_value("name", lambda text: text.upper().startswith(a.upper())),
    ),
    "endswith": lambda a, _b: (name.endswith(a), given_value("name", lambda text: text.endswith(a))),
    "iendswith": lambda a, _b: (name.iendswith(a), given_value("name", lambda text: text.upper().endswith(a.upper()))),
    "like": lambda a, _b: (
        name.like(f"{a}%_"),
        given_value("name", lambda text: text[:-1].startswith(a) and text != a),
    ),
    "ilike": lambda a, _b: (name.ilike(f"%{a}"), given_value("name", lambda text: text.upper().endswith(a.upper()))),
    "is_null": lambda _a, _b: (name.is_null(), lambda row, _world: row["name"] is None),
    "not_null": lambda _a, _b: (name.not_null(), given_value("name", lambda _text: True)),
    "is_blank": lambda _a, _b: (name.is_blank(), or_null("name", lambda text: not text)),
    "not_blank": lambda _a, _b: (name.not_blank(), given_value("name", bool)),
    "== field": lambda _a, _b: (name == alias, both("name", "DE:Alias", lambda text, other: text == other)),
    "!= field": lambda _a, _b: (
        name != alias,
        lambda row, _world: row["name"] is None or (row["DE:Alias"] is not None and row["name"] != row["DE:Alias"]),
    ),
    "custom ==": lambda a, _b: (alias == a, given_value("DE:Alias", lambda text: text == a)),
    "custom icontains": lambda a, _b: (
        alias.icontains(a),
        given_value("DE:Alias", lambda text: a.upper() in text.upper()),
    ),
    "in json": lambda a, _b: (raw("method", "eq", a), given_value("method", lambda text: text == a)),
    "not in json": lambda a, _b: (raw("method", "ne", a), or_null("method", lambda text: text != a)),
}
NUMBERS: dict[str, Callable[[int, int], tuple[FilterCondition[Any], Meaning]]] = {
    "==": lambda a, _b: (percent == a, given_value("percentComplete", lambda n: n == a)),
    "!=": lambda a, _b: (percent != a, or_null("percentComplete", lambda n: n != a)),
    "<": lambda a, _b: (percent < a, given_value("percentComplete", lambda n: n < a)),
    "<=": lambda a, _b: (percent <= a, given_value("percentComplete", lambda n: n <= a)),
    ">": lambda a, _b: (percent > a, given_value("percentComplete", lambda n: n > a)),
    ">=": lambda a, _b: (percent >= a, given_value("percentComplete", lambda n: n >= a)),
    "between": lambda a, b: (
        percent.between(min(a, b), max(a, b)),
        given_value("percentComplete", lambda n: min(a, b) <= n <= max(a, b)),
    ),
    "not_between": lambda a, b: (
        percent.not_between(min(a, b), max(a, b)),
        given_value("percentComplete", lambda n: not min(a, b) <= n <= max(a, b)),
    ),
    "any_bits": lambda a, _b: (percent.any_bits(a), given_value("percentComplete", lambda n: n & a > 0)),
    "all_bits": lambda a, _b: (percent.all_bits(a), given_value("percentComplete", lambda n: n & a == a)),
    "no_bits": lambda a, _b: (percent.no_bits(a), given_value("percentComplete", lambda n: n & a == 0)),
    "== None": lambda _a, _b: (percent == None, lambda row, _world: row["percentComplete"] is None),  # noqa: E711
    "< field": lambda _a, _b: (percent < target, both("percentComplete", "DE:Target", lambda n, other: n < other)),
    ">= field": lambda _a, _b: (target >= percent, both("DE:Target", "percentComplete", lambda n, other: n >= other)),
    "differs field": lambda _a, _b: (
        percent.differs(target),
        both("percentComplete", "DE:Target", lambda n, other: n != other),
    ),
    "length ==": lambda a, _b: (name.length == a, given_value("name", lambda text: len(text) == a)),
    "length !=": lambda a, _b: (name.length != a, or_null("name", lambda text: len(text) != a)),
    "length <": lambda a, _b: (name.length < a, given_value("name", lambda text: len(text) < a)),
    "length <=": lambda a, _b: (name.length <= a, given_value("name", lambda text: len(text) <= a)),
    "length >": lambda a, _b: (name.length > a, given_value("name", lambda text: len(text) > a)),
    "length >=": lambda a, _b: (name.length >= a, given_value("name", lambda text: len(text) >= a)),
}
WHEN = "plannedCompletionDate"
INSTANTS: dict[str, Callable[[datetime], tuple[FilterCondition[Any], Meaning]]] = {
    "== day": lambda one: (when == one.date(), given_value(WHEN, lambda at: at.date() == one.date())),
    "== instant": lambda one: (when == one, given_value(WHEN, lambda at: at == one)),
    "!= instant": lambda one: (when != one, or_null(WHEN, lambda at: at != one)),
    "!= day": lambda one: (when != one.date(), or_null(WHEN, lambda at: at.date() != one.date())),
    "differs day": lambda one: (when.differs(one.date()), given_value(WHEN, lambda at: at.date() != one.date())),
    "in_": lambda one: (when.in_([one, one.date()]), given_value(WHEN, lambda at: at.date() == one.date())),
    "not_in": lambda one: (when.not_in([one]), given_value(WHEN, lambda at: at != one)),
    "> instant": lambda one: (when > one, given_value(WHEN, lambda at: at > one)),
    "> field": lambda _one: (when > deadline, both(WHEN, "DE:Deadline", lambda at, other: at > other)),
}
MOMENTS: dict[str, Callable[[Moment, datetime], tuple[FilterCondition[Any], Meaning]]] = {
    "<": lambda one, at: (when < one, given_value(WHEN, lambda value: value < at)),
    ">=": lambda one, at: (when >= one, given_value(WHEN, lambda value: value >= at)),
    "between": lambda one, at: (
        when.between(one, TODAY + weeks(1)),
        given_value(WHEN, lambda value: at <= value <= datetime(2026, 3, 25, tzinfo=UTC)),
    ),
}
TODAYS: dict[str, Callable[[Moment, datetime], tuple[FilterCondition[Any], Meaning]]] = {
    "==": lambda one, at: (when == one, given_value(WHEN, lambda value: value.date() == at.date())),
    "!=": lambda one, at: (when != one, or_null(WHEN, lambda value: value.date() != at.date())),
    "differs": lambda one, at: (when.differs(one), given_value(WHEN, lambda value: value.date() != at.date())),
}
OTHERS: list[tuple[FilterCondition[Any], Meaning]] = [
    (done == True, given_value("isDone", lambda flag: flag)),  # noqa: E712
    (done == False, given_value("isDone", lambda flag: not flag)),  # noqa: E712
    (status == "NEW", given_value("status", lambda code: code == "NEW")),
    (status.in_(["NEW", "INP"]), given_value("status", lambda code: code in ("NEW", "INP"))),
    (custom("Sizes").has_all(["S", "M"]), given_value("DE:Sizes", lambda sizes: {"S", "M"} <= set(sizes))),
]


def atoms() -> st.SearchStrategy[Drawn]:
    texts = st.builds(
        lambda build, a, b: build(a, b), st.sampled_from([*TEXTS.values()]), *[st.sampled_from(SOME_WORDS)] * 2
    )
    numbers = st.builds(
        lambda build, a, b: build(a, b), st.sampled_from([*NUMBERS.values()]), *[st.sampled_from(SOME_NUMBERS)] * 2
    )
    instants = st.builds(
        lambda build, one: build(one), st.sampled_from([*INSTANTS.values()]), st.sampled_from(SOME_INSTANTS)
    )
    moments = st.builds(
        lambda build, one: build(*one), st.sampled_from([*MOMENTS.values()]), st.sampled_from(SOME_MOMENTS)
    )
    todays = st.builds(lambda build, one: build(*one), st.sampled_from([*TODAYS.values()]), st.sampled_from(SOME_DAYS))
    return st.one_of(texts, texts, numbers, instants, moments, todays, st.sampled_from(OTHERS), blocks())


def blocks() -> st.SearchStrategy[Drawn]:
    """EXISTS and NOT EXISTS of hours that belong to the task's assignee, with trees of their own inside."""
    inner_atoms: list[tuple[FilterCondition[Hour], Holds]] = [
        (Hour.f.hours > 1, lambda row: row["hours"] is not None and row["hours"] > 1),
        (Hour.f.hours == 2, lambda row: row["hours"] == 2),
        (Hour.f.hours.is_null(), lambda row: row["hours"] is None),
        (Hour.f.project.name == "a", lambda row: row["project:name"] == "a"),
        (Hour.f.project.name != "b", lambda row: row["project:name"] != "b"),
        (Hour.f.id.in_([FIRST]), lambda row: row["ID"] == FIRST),
    ]

    def build(parts: list[tuple[FilterCondition[Hour], Holds]], kind: str, present: bool) -> Drawn:
        conditions, tests = [part[0] for part in parts], [part[1] for part in parts]
        every = all if kind == "and" else any
        where = conditions if kind == "and" else [reduce(lambda a, b: a | b, conditions)]
        make = exists if present else not_exists
        drawn = make(Hour, Hour.f.owner.id == outer(Task.f.assigned_to.id), *where)

        def meaning(row: Row, world: World) -> bool:
            mine = [h for h in world.tables["HOUR"] if row["assignedTo:ID"] and h["owner:ID"] == row["assignedTo:ID"]]
            return any(every(test(hour) for test in tests) for hour in mine) is present

        return drawn, meaning

    atom = st.sampled_from(inner_atoms)
    fields = st.lists(atom, min_size=1, max_size=3, unique_by=lambda part: str(part[0]).split(",")[0])
    alternatives = st.lists(atom, min_size=1, max_size=3, unique=True)
    return st.one_of(
        st.builds(build, fields, st.just("and"), st.booleans()),
        st.builds(build, alternatives, st.just("or"), st.booleans()),
    )


def joined(parts: Sequence[Drawn], kind: str) -> Drawn:
    conditions, meanings = [part[0] for part in parts], [part[1] for part in parts]
    if kind == "and":
        return reduce(lambda a, b: a & b, conditions), lambda row, world: all(test(row, world) for test in meanings)
    return reduce(lambda a, b: a | b, conditions), lambda row, world: any(test(row, world) for test in meanings)


def inverted(part: Drawn) -> Drawn:
    return ~part[0], lambda row, world: not part[1](row, world)


trees = st.recursive(
    atoms(),
    lambda part: st.one_of(
        st.builds(joined, st.lists(part, min_size=2, max_size=3), st.sampled_from(["and", "or"])),
        st.builds(inverted, part),
    ),
    max_leaves=6,
)
REFUSALS = r"no opposite of '\w+'|more than once|more than 100 OR groups|nothing is at least"


def encoded(condition: FilterCondition[Any]) -> Params | None:
    """The parameters, or ``None`` for one of the few trees the API cannot express, or that selects no row ever."""
    try:
        return parameters([condition])
    except QueryError as refused:
        if re.search(REFUSALS, str(refused)):
            return None
        raise
