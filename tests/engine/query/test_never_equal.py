"""What no row can equal is refused where it is written, for every field of every object: it would find nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args

import pytest

from tests.support.shipped_models import shipped
from workfront_client import TODAY, custom, parse
from workfront_client.v22 import Task
from workfront_core.errors import QueryError
from workfront_core.query.field_kinds import IntEnumPath, NumberPath
from workfront_core.query.field_path import FieldPath, flags
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.path import ObjectPath
from workfront_core.query.text_path import TextPath

EQUALITIES: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda path, value: path == value,
    "!=": lambda path, value: path != value,
    "differs": lambda path, value: path.differs(value),
    "in_": lambda path, value: path.in_([value]),
    "not_in": lambda path, value: path.not_in([value]),
}
ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda path, value: path < value,
    "<=": lambda path, value: path <= value,
    ">": lambda path, value: path > value,
    ">=": lambda path, value: path >= value,
    "between": lambda path, value: path.between(value, value),
    "not_between": lambda path, value: path.not_between(value, value),
}


class Own(Enum):
    """Codes of a program."""

    HALF = 0.5


class Float(float):
    """A number of a library, such as numpy.float64."""


FRACTIONS = (1.5, Decimal("1.5"), 1e-300, Float(2.5), Own.HALF)
BEYOND = (2**63, -(2**63), 10**30, 2.0**70, Decimal(10) ** 25)


class Missing(datetime):
    """What pandas has for a missing time: a datetime that equals nothing, itself not either."""

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = datetime.__hash__

    def __str__(self) -> str:
        return "NaT"


def fields(version: str) -> Iterator[tuple[Any, FieldPath[Any]]]:
    """The annotation and path of every field that can be compared."""
    for model in shipped(version):
        root: Any = model
        for name, member in model.model_fields.items():
            path: Any = getattr(getattr(root, "f", None), name, None)
            if isinstance(path, FieldPath) and not flags(path) & {"NOT_FILTERABLE", "WRITE_ONLY"}:
                yield member.annotation, path


def is_whole(annotation: Any, path: FieldPath[Any]) -> bool:
    return isinstance(path, IntEnumPath) or (isinstance(path, NumberPath) and int in get_args(annotation))


def sent(condition: Any) -> object:
    return parameters((condition,))


@pytest.mark.parametrize("version", ["v21", "v22"])
def test_no_whole_number_equals_a_fraction_or_has_more_than_64_bits(version: str) -> None:
    found = [path for annotation, path in fields(version) if is_whole(annotation, path)]
    assert len(found) > 100
    for path in found:
        for test in EQUALITIES.values():
            for fraction in FRACTIONS:
                with pytest.raises(QueryError, match="holds whole numbers, and none of them equals"):
                    test(path, fraction)
            assert sent(test(path, 2.0)) == sent(test(path, Decimal("2.00"))) == sent(test(path, 2))
        for test in [*EQUALITIES.values(), *ORDERS.values()]:
            for number in BEYOND:
                with pytest.raises(QueryError, match="whole numbers of at most 64 bits"):
                    test(path, number)
        for test in ORDERS.values():
            assert "1.5" in str(sent(test(path, 1.5)))


@pytest.mark.parametrize("version", ["v21", "v22"])
def test_a_field_that_holds_fractions_is_compared_with_them(version: str) -> None:
    numbers = ((annotation, path) for annotation, path in fields(version) if isinstance(path, NumberPath))
    others = [path for annotation, path in numbers if not is_whole(annotation, path)]
    assert len(others) > 100
    for path in others:
        for test in [*EQUALITIES.values(), *ORDERS.values()]:
            assert "1.5" in str(sent(test(path, 1.5)))


def ids(version: str) -> Iterator[FieldPath[Any]]:
    """The paths of the object's own ID, and of those that stand beside a relation."""
    for model in shipped(version):
        root: Any = getattr(model, "f", None)
        for name in model.model_fields:
            if name == "id" or isinstance(getattr(root, name.removesuffix("_id"), None), ObjectPath):
                path = getattr(root, name, None)
                if isinstance(path, TextPath) and not flags(path) & {"NOT_FILTERABLE", "WRITE_ONLY"}:
                    yield path


@pytest.mark.parametrize("version", ["v21", "v22"])
def test_no_id_equals_another_text(version: str) -> None:
    found = list(ids(version))
    assert len(found) > 500
    for path in found:
        for test in EQUALITIES.values():
            for text in ("Launch", "", "1", "a" * 31):
                with pytest.raises(QueryError, match=r"holds IDs, and .* is not one"):
                    test(path, text)
            for object_id in ("a" * 32, "$$USER.ID"):
                assert object_id in str(sent(test(path, object_id)))
        assert sent(ORDERS[">"](path, "Launch"))


@pytest.mark.parametrize("version", ["v21", "v22"])
def test_no_time_is_missing(version: str) -> None:
    missing = Missing(2026, 1, 1)
    tests: list[Callable[[Any, Any], Any]] = [*EQUALITIES.values(), *ORDERS.values()]
    times = [path for _, path in fields(version) if type(path).__name__ in ("DatePath", "DateTimePath", "JsonPath")]
    for path in [*times, custom("Deadline")]:
        for test in tests if hasattr(path, "between") else EQUALITIES.values():
            with pytest.raises(QueryError, match=r"NaT is not a time|take \.date\(\)"):
                test(path, missing)


@pytest.mark.parametrize(
    ("test", "message"),
    [
        (lambda: Task.f.name.length == -1, "from 0 on"),
        (lambda: Task.f.name.length != -1, "from 0 on"),
        (lambda: parse("priority = 1.5", Task), "none of them equals 1.5"),
        (lambda: parse("priority in (1, 1.5)", Task), "none of them equals 1.5"),
        (lambda: parse("project.priority != 1.5", Task), "none of them equals 1.5"),
        (lambda: parse("projectID = 'Launch'", Task), "'Launch' is not one"),
    ],
)
def test_other_values_that_find_nothing(test: Callable[[], object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        test()


def test_what_may_match_is_sent() -> None:
    task: Any = Task
    assert sent(task.f.priority == task.f.percent_complete)
    assert sent(Task.f.name.length <= 0) == sent(Task.f.name.length < 1)
    assert sent(Task.f.planned_start_date == TODAY)
    assert sent(custom("Points") == 1.5)
