"""The property: what is sent selects exactly the rows that were meant.

A condition and its meaning, a function of Python, are drawn together; the parameters are read by an evaluator of their
own (tests/evaluator.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import product
from typing import Any, TypeAlias

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.support.evaluator import Row, World, moment, selects, soundex
from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.task import Task
from workfront_core.errors import QueryError
from workfront_core.query.condition import FilterCondition
from workfront_core.query.exists import exists, not_exists, outer
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.operators import Operator
from workfront_core.query.path import custom
from workfront_core.query.raw import raw
from workfront_core.query.wildcard import NOW, TODAY, Moment, days, hours, months, quarters, weeks, years
from workfront_core.request.encoding import Params

Meaning: TypeAlias = Callable[[Row, World], bool]
Drawn: TypeAlias = tuple[FilterCondition[Task], Meaning]
Holds: TypeAlias = Callable[[Any], bool]

name, percent, status = Task.f.name, Task.f.percent_complete, Task.f.status
when, done = Task.f.planned_completion_date, Task.f.is_done
alias, target, deadline = custom("Alias"), custom("Target"), custom("Deadline")

_NAMES = ["", "a", "A", "ab", "b", "Ba", "b a"]
_WORDS = ["a", "A", "ab", "b", "Ba"]
_NUMBERS = [0, 1, 2, 3]
_INSTANTS = [datetime(2026, 3, day, hour, tzinfo=UTC) for day in (17, 18) for hour in (0, 12)]
_MOMENTS: list[tuple[Moment, datetime]] = [
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
_DAYS = [(one, at) for one, at in _MOMENTS if one in (TODAY, TODAY - days(1))]
_SOUNDS = {"Robert": "Rupert", "Ashcraft": "Ashcroft", "Tymczak": "Tymszak"}

task_rows = st.fixed_dictionaries(
    {
        "name": st.sampled_from([None, *_NAMES]),
        "percentComplete": st.sampled_from([None, *_NUMBERS]),
        "status": st.sampled_from([None, "NEW", "INP", "CPL"]),
        "plannedCompletionDate": st.sampled_from([None, *_INSTANTS]),
        "isDone": st.sampled_from([None, True, False]),
        "assignedTo:ID": st.sampled_from([None, "u1", "u2"]),
        "method": st.sampled_from([None, "a", "b"]),
        "DE:Alias": st.sampled_from([None, *_NAMES]),
        "DE:Target": st.sampled_from([None, *_NUMBERS]),
        "DE:Deadline": st.sampled_from([None, *_INSTANTS]),
        "DE:Sizes": st.sampled_from([None, [], ["S"], ["M", "S"], ["L", "M", "S"]]),
    }
)
hour_rows = st.fixed_dictionaries(
    {
        "ID": st.sampled_from(["h1", "h2"]),
        "owner:ID": st.sampled_from([None, "u1", "u2"]),
        "hours": st.sampled_from([None, *_NUMBERS]),
        "project:name": st.sampled_from([None, *_NAMES]),
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

_WHEN = "plannedCompletionDate"
INSTANTS: dict[str, Callable[[datetime], tuple[FilterCondition[Any], Meaning]]] = {
    "== day": lambda one: (when == one.date(), given_value(_WHEN, lambda at: at.date() == one.date())),
    "== instant": lambda one: (when == one, given_value(_WHEN, lambda at: at == one)),
    "!= instant": lambda one: (when != one, or_null(_WHEN, lambda at: at != one)),
    "!= day": lambda one: (when != one.date(), or_null(_WHEN, lambda at: at.date() != one.date())),
    "differs day": lambda one: (when.differs(one.date()), given_value(_WHEN, lambda at: at.date() != one.date())),
    "in_": lambda one: (when.in_([one, one.date()]), given_value(_WHEN, lambda at: at.date() == one.date())),
    "not_in": lambda one: (when.not_in([one]), given_value(_WHEN, lambda at: at != one)),
    "> instant": lambda one: (when > one, given_value(_WHEN, lambda at: at > one)),
    "> field": lambda _one: (when > deadline, both(_WHEN, "DE:Deadline", lambda at, other: at > other)),
}

MOMENTS: dict[str, Callable[[Moment, datetime], tuple[FilterCondition[Any], Meaning]]] = {
    "<": lambda one, at: (when < one, given_value(_WHEN, lambda value: value < at)),
    ">=": lambda one, at: (when >= one, given_value(_WHEN, lambda value: value >= at)),
    "between": lambda one, at: (
        when.between(one, TODAY + weeks(1)),
        given_value(_WHEN, lambda value: at <= value <= datetime(2026, 3, 25, tzinfo=UTC)),
    ),
}
TODAYS: dict[str, Callable[[Moment, datetime], tuple[FilterCondition[Any], Meaning]]] = {
    "==": lambda one, at: (when == one, given_value(_WHEN, lambda value: value.date() == at.date())),
    "!=": lambda one, at: (when != one, or_null(_WHEN, lambda value: value.date() != at.date())),
    "differs": lambda one, at: (when.differs(one), given_value(_WHEN, lambda value: value.date() != at.date())),
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
        lambda build, a, b: build(a, b), st.sampled_from([*TEXTS.values()]), *[st.sampled_from(_WORDS)] * 2
    )
    numbers = st.builds(
        lambda build, a, b: build(a, b), st.sampled_from([*NUMBERS.values()]), *[st.sampled_from(_NUMBERS)] * 2
    )
    instants = st.builds(
        lambda build, one: build(one), st.sampled_from([*INSTANTS.values()]), st.sampled_from(_INSTANTS)
    )
    moments = st.builds(lambda build, one: build(*one), st.sampled_from([*MOMENTS.values()]), st.sampled_from(_MOMENTS))
    todays = st.builds(lambda build, one: build(*one), st.sampled_from([*TODAYS.values()]), st.sampled_from(_DAYS))
    return st.one_of(texts, texts, numbers, instants, moments, todays, st.sampled_from(OTHERS), blocks())


def blocks() -> st.SearchStrategy[Drawn]:
    """EXISTS and NOT EXISTS of hours that belong to the task's assignee, with trees of their own inside."""
    inner_atoms: list[tuple[FilterCondition[Hour], Holds]] = [
        (Hour.f.hours > 1, lambda row: row["hours"] is not None and row["hours"] > 1),
        (Hour.f.hours == 2, lambda row: row["hours"] == 2),
        (Hour.f.hours.is_null(), lambda row: row["hours"] is None),
        (Hour.f.project.name == "a", lambda row: row["project:name"] == "a"),
        (Hour.f.project.name != "b", lambda row: row["project:name"] != "b"),
        (Hour.f.id.in_(["h1"]), lambda row: row["ID"] == "h1"),
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

REFUSALS = r"no opposite of '\w+'|more than once|more than 100 OR groups"


def encoded(condition: FilterCondition[Any]) -> Params | None:
    """The parameters, or ``None`` for one of the few trees the API cannot express."""
    try:
        return parameters([condition])
    except QueryError as refused:
        if re.search(REFUSALS, str(refused)):
            return None
        raise


@settings(max_examples=500, deadline=None)
@given(trees, st.lists(task_rows, min_size=1, max_size=12), worlds)
def test_what_is_sent_selects_exactly_the_rows_that_were_meant(tree: Drawn, table: list[Row], world: World) -> None:
    condition, meaning = tree
    params = encoded(condition)
    event("refused" if params is None else "sent")
    if params is not None:
        assert [selects(params, row, world) for row in table] == [meaning(row, world) for row in table], params


WITHOUT_OPPOSITE = {"like", "cilike", "startswith", "cistartswith", "endswith", "ciendswith"}


LISTS_OF_TIMES = [when.in_([one, one.date()]) for one in _INSTANTS]
"""The opposite would test the field twice in several groups."""


def every_row(values: Mapping[str, Sequence[Any]]) -> list[Row]:
    return [dict(zip(values, combination, strict=True)) for combination in product(*values.values())]


def single_tests() -> Iterator[Any]:
    """Every operator with values that meet each other's edges, and rows that meet all of them."""
    texts = every_row({"name": [None, *_NAMES], "DE:Alias": [None, "a", "Ba"], "method": [None, "a", "b"]})
    numbers = every_row({"percentComplete": [None, *_NUMBERS], "DE:Target": [None, *_NUMBERS], "name": [None, *_NAMES]})
    times = every_row({_WHEN: [None, *_INSTANTS], "DE:Deadline": [None, *_INSTANTS]})
    for kind, of_texts in TEXTS.items():
        yield pytest.param([of_texts(a, b) for a, b in product(["a", "Ba", "ab"], repeat=2)], texts, id=f"text {kind}")
    for kind, of_numbers in NUMBERS.items():
        drawn = [of_numbers(a, b) for a, b in product(_NUMBERS, repeat=2)]
        yield pytest.param(drawn, numbers, id=f"number {kind}")
    for kind, of_instant in INSTANTS.items():
        yield pytest.param([of_instant(one) for one in _INSTANTS], times, id=f"time {kind}")
    for kind, of_moment in MOMENTS.items():
        yield pytest.param([of_moment(*one) for one in _MOMENTS], times, id=f"wildcard {kind}")
    for kind, of_day in TODAYS.items():
        yield pytest.param([of_day(*one) for one in _DAYS], times, id=f"wildcard {kind}")


@pytest.mark.parametrize(("drawn", "table"), list(single_tests()))
def test_each_test_selects_its_rows_and_its_opposite_the_others(drawn: list[Drawn], table: list[Row]) -> None:
    world = World({})
    for condition, meaning in drawn:
        meant = [meaning(row, world) for row in table]
        assert [selects(parameters([condition]), row, world) for row in table] == meant, condition
        if getattr(condition, "operator", "") in WITHOUT_OPPOSITE or condition in LISTS_OF_TIMES:
            assert encoded(~condition) is None
        else:
            others = [not one for one in meant]
            assert [selects(parameters([~condition]), row, world) for row in table] == others, condition


@settings(max_examples=150, deadline=None)
@given(blocks(), st.lists(task_rows, min_size=1, max_size=8), worlds)
def test_exists_and_not_exists_share_out_the_rows(drawn: Drawn, table: list[Row], world: World) -> None:
    condition, meaning = drawn
    found, others = encoded(condition), encoded(~condition)
    event("refused" if found is None or others is None else "sent")
    if found is None or others is None:
        return
    meant = [meaning(row, world) for row in table]
    assert [selects(found, row, world) for row in table] == meant
    assert [selects(others, row, world) for row in table] == [not one for one in meant]


@settings(max_examples=50, deadline=None)
@given(st.lists(task_rows, min_size=1, max_size=8))
def test_a_join_with_itself_says_that_a_test_fails_where_there_is_no_opposite(table: list[Row]) -> None:
    numbered = [dict(row) | {"ID": str(number)} for number, row in enumerate(table)]
    itself = World({"TASK": numbered})
    fails = not_exists(Task, Task.f.id == outer(Task.f.id), name.like("a%"))
    meant = [row["name"] is None or not row["name"].startswith("a") for row in numbered]
    assert [selects(parameters([fails]), row, itself) for row in numbered] == meant


def test_every_operator_of_the_protocol_is_drawn() -> None:
    drawn = [build("a", "b")[0] for build in TEXTS.values()] + [build(1, 2)[0] for build in NUMBERS.values()]
    drawn += [build(_INSTANTS[0])[0] for build in INSTANTS.values()] + [condition for condition, _ in OTHERS]
    sent = {value for condition in drawn for key, value in parameters([condition]) if key.endswith("_Mod")}
    unsent = {Operator.EQ, Operator.IN, Operator.SOUNDEX}  # the first two are what no _Mod means; soundex is below
    assert sent == set(Operator) - unsent


@pytest.mark.parametrize(("word", "other"), _SOUNDS.items())
def test_soundex_is_asked_for_by_the_word(word: str, other: str) -> None:
    assert soundex(word) == soundex(other)
    params = parameters([name.soundex(word)])
    world = World({})
    assert [selects(params, {"name": value}, world) for value in (word, other, "Ana", None)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("one", "at"), _MOMENTS, ids=[str(one) for one, _ in _MOMENTS])
def test_a_wildcard_stands_for_the_time_it_is_named_after(one: Moment, at: datetime) -> None:
    assert moment(str(one)) == at


def test_the_day_of_a_shorter_month_is_its_last() -> None:
    assert moment(str(NOW + months(-1))) == datetime(2026, 2, 18, 15, 30, tzinfo=UTC)
    assert moment("$$TODAY-1m") + timedelta(0) == datetime(2026, 2, 18, tzinfo=UTC)
