"""Every test of every kind of path, and what joins conditions, takes what its annotation says and refuses the rest."""

from __future__ import annotations

from typing import Any

import pytest

from tests.arguments.call import problems
from tests.arguments.surface import methods_of, operators_of
from tests.arguments.world import World
from workfront_client.v22 import Task
from workfront_core import TODAY, USER, FilterCondition, custom, days
from workfront_core.query.filter_parameters import parameters

OPERATORS = ["__lt__", "__le__", "__gt__", "__ge__", "__and__", "__or__", "__add__", "__sub__"]
EQUALITY = ["__eq__", "__ne__"]
PATHS: dict[str, Any] = {
    "text": Task.f.name,
    "number": Task.f.percent_complete,
    "flag": Task.f.is_critical,
    "day": Task.f.slack_date,
    "instant": Task.f.planned_start_date,
    "code": Task.f.status,
    "numeric code": Task.f.priority,
    "list": Task.f.audit_types,
    "relation": Task.f.assigned_to,
    "collection": Task.f.assignments,
    "root": Task.f,
    "custom field": Task.f.custom("Region"),
    "search name": Task.f.search,
}
VALUES: dict[str, Any] = {
    "condition": Task.f.name == "x",
    "length": Task.f.name.length,
    "moment": TODAY,
    "span": days(1),
    "placeholder": USER.id,
}
RIGHT = {
    "name": "Region",
    "part": "x",
    "start": "x",
    "end": "x",
    "pattern": "x*",
    "word": "x",
    "words": ["x"],
    "values": ["x"],
    "value": "x",
    "lower": 1,
    "upper": 2,
    "mask": 1,
    "rows": ["a" * 32],
    "period": "week",
}


@pytest.mark.parametrize("kind", PATHS)
def test_tests_of_paths(kind: str, small_tenant: World) -> None:
    path = PATHS[kind]
    assert problems(methods_of(kind, path, RIGHT, is_right=False), small_tenant) == []


@pytest.mark.parametrize("kind", [*PATHS, *VALUES])
def test_operators(kind: str, small_tenant: World) -> None:
    left = PATHS[kind] if kind in PATHS else VALUES[kind]
    equality = EQUALITY if kind in PATHS else []
    later = frozenset({"other"} if kind == "condition" else ())  # whose condition it is, its search looks at
    calls = operators_of(kind, left, [*OPERATORS, *equality], takes_anything=later)
    assert problems(calls, small_tenant) == []


@pytest.mark.parametrize("kind", ["condition", "length", "moment", "span"])
def test_methods_of_conditions_and_wildcards(kind: str, small_tenant: World) -> None:
    assert problems(methods_of(kind, VALUES[kind], RIGHT), small_tenant) == []


SPELT = "4C78821C-0000-D6FA-8D5E-52F07A1D54D0"
MEANT = "4c78821c0000d6fa8d5e52f07a1d54d0"


def compared(condition: FilterCondition[Task]) -> str:
    return parameters([condition])[0][1]


def test_an_id_is_compared_as_the_api_writes_it() -> None:
    for path in (Task.f.id, Task.f.project_id, Task.f.project.id, Task.f.project.owner_id, Task.f.project.tasks.id):
        for spelt in (SPELT, SPELT.replace("-", ""), MEANT):
            assert compared(path == spelt) == compared(path.in_([spelt])) == compared(path != spelt) == MEANT
    assert compared(Task.f.name == SPELT) == compared(Task.f.ext_ref_id == SPELT) == SPELT
    assert compared(custom("a") == SPELT) == SPELT
