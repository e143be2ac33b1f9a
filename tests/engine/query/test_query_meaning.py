"""The property: what is sent selects exactly the rows that were meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.engine.query.meanings import (
    INSTANTS,
    MOMENTS,
    NUMBERS,
    OTHERS,
    SOME_DAYS,
    SOME_INSTANTS,
    SOME_MOMENTS,
    SOME_NAMES,
    SOME_NUMBERS,
    TEXTS,
    TODAYS,
    WHEN,
    Drawn,
    blocks,
    encoded,
    name,
    task_rows,
    trees,
    when,
    worlds,
)
from tests.support.evaluator import Row, World, moment, selects, soundex
from tests.support.query_fixture.models.task import Task
from workfront_core.query.exists import not_exists, outer
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.operators import Operator
from workfront_core.query.wildcard import NOW, Moment, months

SOME_SOUNDS = {"Robert": "Rupert", "Ashcraft": "Ashcroft", "Tymczak": "Tymszak"}


@settings(max_examples=500, deadline=None)
@given(trees, st.lists(task_rows, min_size=1, max_size=12), worlds)
def test_what_is_sent_selects_exactly_the_rows_that_were_meant(tree: Drawn, table: list[Row], world: World) -> None:
    condition, meaning = tree
    params = encoded(condition)
    event("refused" if params is None else "sent")
    if params is not None:
        assert [selects(params, row, world) for row in table] == [meaning(row, world) for row in table], params


WITHOUT_OPPOSITE = {"like", "cilike", "startswith", "cistartswith", "endswith", "ciendswith"}
LISTS_OF_TIMES = [when.in_([one, one.date()]) for one in SOME_INSTANTS]
"""The opposite would test the field twice in several groups."""


def every_row(values: Mapping[str, Sequence[Any]]) -> list[Row]:
    return [dict(zip(values, combination, strict=True)) for combination in product(*values.values())]


def single_tests() -> Iterator[Any]:
    """Every operator with values that meet each other's edges, and rows that meet all of them."""
    texts = every_row({"name": [None, *SOME_NAMES], "DE:Alias": [None, "a", "Ba"], "method": [None, "a", "b"]})
    measured = {"percentComplete": [None, *SOME_NUMBERS], "DE:Target": [None, *SOME_NUMBERS]}
    numbers, lengths = every_row(measured), every_row({**measured, "name": [None, *SOME_NAMES]})
    times = every_row({WHEN: [None, *SOME_INSTANTS], "DE:Deadline": [None, *SOME_INSTANTS]})
    for kind, of_texts in TEXTS.items():
        yield pytest.param([of_texts(a, b) for a, b in product(["a", "Ba", "ab"], repeat=2)], texts, id=f"text {kind}")
    for kind, of_numbers in NUMBERS.items():
        drawn = [of_numbers(a, b) for a, b in product(SOME_NUMBERS, repeat=2)]
        yield pytest.param(drawn, lengths if "length" in kind else numbers, id=f"number {kind}")
    for kind, of_instant in INSTANTS.items():
        yield pytest.param([of_instant(one) for one in SOME_INSTANTS], times, id=f"time {kind}")
    for kind, of_moment in MOMENTS.items():
        yield pytest.param([of_moment(*one) for one in SOME_MOMENTS], times, id=f"wildcard {kind}")
    for kind, of_day in TODAYS.items():
        yield pytest.param([of_day(*one) for one in SOME_DAYS], times, id=f"wildcard {kind}")


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
    drawn += [build(SOME_INSTANTS[0])[0] for build in INSTANTS.values()] + [condition for condition, _ in OTHERS]
    sent = {value for condition in drawn for key, value in parameters([condition]) if key.endswith("_Mod")}
    unsent = {Operator.EQ, Operator.IN, Operator.SOUNDEX}  # the first two are what no _Mod means; soundex is below
    assert sent == set(Operator) - unsent


@pytest.mark.parametrize(("word", "other"), SOME_SOUNDS.items())
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


@pytest.mark.parametrize(("one", "at"), SOME_MOMENTS, ids=[str(one) for one, _ in SOME_MOMENTS])
def test_a_wildcard_stands_for_the_time_it_is_named_after(one: Moment, at: datetime) -> None:
    assert moment(str(one)) == at


def test_the_day_of_a_shorter_month_is_its_last() -> None:
    assert moment(str(NOW + months(-1))) == datetime(2026, 2, 18, 15, 30, tzinfo=UTC)
    assert moment("$$TODAY-1m") + timedelta(0) == datetime(2026, 2, 18, tzinfo=UTC)
