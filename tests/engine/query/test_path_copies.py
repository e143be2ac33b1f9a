"""Paths that a program copies, or sends to another process: the same path, wherever it arrives."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import pytest

from workfront_client import v21, v22
from workfront_client.v22 import Project, Task
from workfront_core import QueryError, exists, outer
from workfront_core.query.field_path import Path, spelling
from workfront_core.query.path import member_names


def pickled(number: int, value: Any) -> Any:
    return pickle.loads(pickle.dumps(value, number))  # noqa: S301


COPIES: dict[str, Callable[[Any], Any]] = {
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
    **{f"pickled by protocol {number}": partial(pickled, number) for number in range(pickle.HIGHEST_PROTOCOL + 1)},
}
USUAL = {"copied", "copied deeply", "pickled by protocol 0", f"pickled by protocol {pickle.DEFAULT_PROTOCOL}"}
copies = pytest.mark.parametrize(
    "copied",
    [pytest.param(copied, id=name, marks=[pytest.mark.long] * (name not in USUAL)) for name, copied in COPIES.items()],
)


def members(path: Any) -> Iterator[Path[Any]]:
    """All that a path can be continued by, and what it leads to besides."""
    kind: Any = type(path)
    for name in set(member_names(kind).values()):
        yield getattr(path, name)
    yield from (path, path.all, path.custom, path.custom("Region"))
    if "search" in dir(kind):
        search: Any = type(path.search)
        yield path.search
        yield from (getattr(path.search, name) for name in set(member_names(search).values()))


def is_same(path: Path[Any], other: Path[Any]) -> bool:
    is_found = type(path).__hash__ is object.__hash__ or hash(path) == hash(other)
    return is_found and (type(path), str(path), spelling(path)) == (type(other), str(other), spelling(other))


@copies
def test_every_path_of_every_object_arrives_as_it_was(copied: Callable[[Any], Any]) -> None:
    seen = 0
    for version in (v21, v22):
        for name in version.OBJECTS.values():
            for path in members(getattr(version, name).f):
                assert is_same(path, copied(path)), path
                seen += 1
    for path in (Task.f.project, Task.f.project.owner, Project.f.tasks, Project.f.tasks.assigned_to):
        for further in members(path):
            assert is_same(further, copied(further)), further
    assert seen > 7_000


@copies
def test_what_is_read_of_a_copy_is_what_is_read_of_the_path(copied: Callable[[Any], Any]) -> None:
    assert str(copied(Task.f.project).owner.name) == "project:owner:name"
    assert str(copied(Task.f).custom("Region")) == "DE:Region"
    assert str(copied(Task.f.project.custom)("Region")) == "DE:project:Region"
    assert repr(copied(Task.f.project).is_null()) == repr(Task.f.project.is_null())
    with pytest.raises(QueryError, match="belongs to Task"):
        Project.model_construct().flat([copied(Task.f.name)])


@copies
@pytest.mark.parametrize(
    "made",
    [
        (Task.f.name == "x") & ~(Task.f.status == "NEW"),
        exists(Task, Task.f.project_id == outer(Project.f.id)),
        outer(Project.f.id),
        Task.f.name.asc(),
        Task.f.percent_complete.between(1, 2),
        Task.f.project.custom("Region").is_null() | Task.f.project.owner.is_null(),
    ],
    ids=repr,
)
def test_what_is_made_of_paths_does_too(made: object, copied: Callable[[Any], Any]) -> None:
    assert repr(copied(made)) == repr(made)


@dataclass
class Report:
    """Settings of a program, which asdict copies deeply."""

    fields: list[Any]


def test_settings_that_hold_paths_can_be_copied_and_sent() -> None:
    report = Report([Task.f.name, Task.f.project.name])
    assert asdict(report)["fields"][1] is Task.f.project.name
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(str, report.fields)) == ["name", "project:name"]
