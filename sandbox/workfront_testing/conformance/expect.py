"""Tests of answers, to put together: every one needs something to be there, so that no empty answer passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from workfront_testing.conformance.answer import Answer, Row, as_row
from workfront_testing.conformance.check import Observed, Test
from workfront_testing.conformance.samples import CannotTry

ID: Final = re.compile(r"[0-9a-f]{32}")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d:\d{3}[+-]\d{4}")
MOST: Final = 2000
CODE: Final = re.compile(r"[A-Z0-9_]+")


def rows(test: Callable[[Row], bool], least: int = 1) -> Test:
    """Returns a test: every row of the first answer passes, and there are some."""
    return lambda seen: len(seen.answer.rows) >= least and all(test(row) for row in seen.answer.rows)


def some_row(test: Callable[[Row], bool]) -> Test:
    """Returns a test: a row of the first answer passes."""
    return lambda seen: any(test(row) for row in seen.answer.rows)


def row(test: Callable[[Row], bool]) -> Test:
    """Returns a test: ``data`` of the first answer is an object that is not empty, and passes."""
    return lambda seen: bool(seen.answer.row) and test(seen.answer.row)


def has(*names: str) -> Callable[[Row], bool]:
    """Returns what tells whether an object has these members."""
    return lambda found: all(name in found for name in names)


def only(*names: str) -> Callable[[Row], bool]:
    """Returns what tells whether an object has these members and no others."""
    return lambda found: set(found) == set(names)


def refused(*words: str, status: int | None = None) -> Test:
    """Returns a test: the first answer is an error with these words, of this status where one is given."""
    return lambda seen: (
        not seen.answer.is_success
        and all(word.casefold() in seen.answer.message.casefold() for word in words)
        and bool(seen.answer.message)
        and (status is None or seen.answer.status == status)
    )


def same_rows(seen: Observed) -> bool:
    """Tells whether every answer has the rows of the first, in whatever order; there are some."""
    return bool(seen.answer.ids) and all(sorted(a.ids) == sorted(seen.answer.ids) for a in seen.answers)


def same_order(seen: Observed) -> bool:
    """Tells whether every answer has the rows of the first, in their order; there are some."""
    return bool(seen.answer.ids) and all(answer.ids == seen.answer.ids for answer in seen.answers)


def same_data(seen: Observed) -> bool:
    """Tells whether every answer has the data of the first, which is a row."""
    return is_row(seen.answer) and all(answer.data == seen.answer.data for answer in seen.answers)


def same_count(seen: Observed) -> bool:
    """Tells whether every answer counts the same, and there are some."""
    return seen.answer.count > 0 and all(answer.count == seen.answer.count for answer in seen.answers)


def all_rows(answer: Answer) -> list[Row]:
    """Returns the rows of an answer that has all there are.

    Raises:
        CannotTry: there may be more of them.
    """
    if len(answer.rows) >= MOST:
        raise CannotTry("more rows than one answer has")
    return answer.rows


def is_row(answer: Answer) -> bool:
    """Tells whether an answer is a row with an ID."""
    return bool(ID.fullmatch(str(answer.row.get("ID"))))


def nothing_but(seen: Observed) -> bool:
    """Tells whether the first answer is an empty list, and the others have rows."""
    return seen.answer.data == [] and len(seen.answers) > 1 and all(answer.rows for answer in seen.answers[1:])


def every(*tests: Test) -> Test:
    """Returns a test: all of these pass."""
    return lambda seen: all(test(seen) for test in tests)


def value_type(name: str, *kinds: type) -> Callable[[Row], bool]:
    """Returns what tells whether a member of an object is of one of these types."""
    return lambda found: type(found.get(name)) in kinds


def matches(name: str, pattern: re.Pattern[str]) -> Callable[[Row], bool]:
    """Returns what tells whether a member of an object is a text of this form."""
    return lambda found: isinstance(found.get(name), str) and bool(pattern.fullmatch(found[name]))


def one(seen: Observed, kind: str) -> bool:
    """Tells whether the first answer is the object whose ID the request was made with."""
    return bool(seen.answer.row) and seen.answer.row.get("ID") == seen.value(f"{kind}.ID")


def described(answer: Answer, part: str) -> dict[str, Row]:
    """Returns the members of a part of metadata, as objects by name."""
    return {name: as_row(value) for name, value in as_row(answer.row.get(part)).items()}


def members(part: str, test: Callable[[Row], bool], least: int = 1) -> Test:
    """Returns a test: every member of a part of metadata passes, and there are some."""

    def passes(seen: Observed) -> bool:
        found = described(seen.answer, part)
        return len(found) >= least and all(test(value) for value in found.values())

    return passes


def member(part: str, name: str, test: Callable[[Row], bool]) -> Test:
    """Returns a test: one member of a part of metadata is there and passes."""

    def passes(seen: Observed) -> bool:
        found: Any = described(seen.answer, part).get(name)
        return bool(found) and test(found)

    return passes
