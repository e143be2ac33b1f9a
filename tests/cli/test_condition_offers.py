"""What a shell offers within a condition: each word of the language where it may stand. docs/cli.md, completion."""

from __future__ import annotations

from itertools import chain
from typing import Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.query.test_condition_language import conditions_of_each_operator
from workfront_cli.condition_offers import (
    _OPPOSITES,
    LISTS,
    MOMENTS,
    PERIODS,
    RANGES,
    SIGNS,
    SINGLE,
    STATES,
    condition_offers,
)
from workfront_cli.names_file import Names, read_names
from workfront_core.query.language import words
from workfront_core.query.language.words import Operands
from workfront_core.query.wildcard import Period

JOINED: Final = (
    "percentComplete < 100 and assignedTo.firstName = 'John' or not (status = INP)",
    "status in (NEW, INP) and project.status not in (CUR)",
    "entryDate between start(week) - 1w and end(week) and plannedCompletionDate < today - 7d",
    "not exists hour (ownerID = outer.ID and entryDate >= now) and name is not null",
    "length(name) > 60 and length(project.name) < 4",
    "exists assignment (taskID = outer.ID and assignedTo.isActive = true) and priority = 2",
)


@pytest.fixture(scope="module")
def names() -> Names:
    found = read_names("22")
    assert found is not None
    return found


def test_the_words_are_those_of_the_language() -> None:
    by_shape = {
        shape: {one for one, word in words.WORDS.items() if word.shape is shape}
        for shape in (Operands.ONE, Operands.LIST, Operands.RANGE)
    }
    assert by_shape == {Operands.ONE: set(SINGLE), Operands.LIST: set(LISTS), Operands.RANGE: set(RANGES)}
    assert set(SIGNS) == set(words.SIGNS)
    assert set(PERIODS) == set(get_args(Period))
    assert {f"is {one}" for one in STATES if not one.startswith("not")} == set(words.STATES)


@pytest.mark.parametrize("text", JOINED)
def test_every_word_of_a_condition_is_offered_once_it_is_begun(text: str, names: Names) -> None:
    missing: list[str] = []
    for place, letter in enumerate(text):
        is_begun = letter.isalpha() and (place == 0 or text[place - 1] in " (")
        end = next((one for one in range(place, len(text)) if text[one] in " (),"), len(text))
        word = text[place:end]
        if not is_begun or word in ("not", "exists", "length", "John'"):
            continue
        offered = condition_offers(names, "TASK", text[: place + 1])
        nested = condition_offers(names, "TASK", text[: end - 1])
        if not [one for one in chain(offered, nested) if one.startswith(text[:end])]:
            missing.append(text[:end])
    assert not missing


@pytest.mark.parametrize("condition", list(conditions_of_each_operator()), ids=str)
def test_every_comparison_that_the_language_writes_is_offered(condition: object, names: Names) -> None:
    text = str(condition)
    path, found, rest = text.partition("' " if "DE:'" in text.split(" ")[0] else " ")
    path += found.strip()
    if not found or "(" in path or text.startswith(("not ", "exists ")):
        return
    offered = [one.removeprefix(f"{path} ") for one in condition_offers(names, "TASK", f"{path} ")]
    assert [one for one in offered if rest == one or rest.startswith(f"{one} ")]


@pytest.mark.parametrize(
    ("begun", "offers"),
    [
        ("status = I", ["status = INP"]),
        ("status=I", ["status=INP"]),
        ("STATUS", ["status", "statusEquatesWith", "statusUpdate"]),
        ("status = INP a", ["status = INP and"]),
        ("status in (NEW,C", ["status in (NEW,CPL", "status in (NEW,CPA", "status in (NEW,CPI"]),
        ("name is n", ["name is null", "name is not null", "name is not blank"]),
        ("name is not b", ["name is not blank"]),
        ("status not ", [f"status not {one}" for one in _OPPOSITES]),
        ("status not i", [f"status not {one}" for one in _OPPOSITES if one.startswith("i")]),
        ("entryDate < to", ["entryDate < today"]),
        ("entryDate between today - 7d a", ["entryDate between today - 7d and"]),
        ("exists hou", ["exists hour", "exists hourParameterValue", "exists hourType"]),
        ("name = 'and sta", []),
        ('name = "a \\" b" o', ['name = "a \\" b" or']),
        ("DE:Reg", ["DE:Region"]),
        ('DE:"Bud', ['DE:"Budget code"']),
        ("exists hour (DE:Reg", []),
        ("))) = (((x", []),
        ("nothing.here", []),
        ("", None),
    ],
)  # fmt: skip
def test_what_may_come_next(begun: str, offers: list[str] | None, names: Names) -> None:
    found = condition_offers(names, "TASK", begun, ["DE:Region", 'DE:"Budget code"'])
    assert found == offers if offers is not None else "percentComplete" in found


def test_a_moment_is_not_offered_for_a_code(names: Names) -> None:
    assert [condition_offers(names, "TASK", f"status = {one}") for one in ("to", "sta")] == [[], []]
    assert set(MOMENTS) > {"today", "now"}


@given(st.text(alphabet="ab:.'\"\\ (),=<>!sNnDE&", max_size=30))
def test_whatever_is_begun_an_offer_goes_on_with_it(begun: str) -> None:
    found = read_names("22")
    assert found is not None
    for offer in condition_offers(found, "TASK", begun, ["DE:Region"]):
        assert offer.lower().startswith(begun.lower())
