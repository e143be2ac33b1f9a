"""Names that only filters know (``Task.f.search``): every one of every version can be tested, and nothing else."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from workfront_client import v22
from workfront_core.errors import QueryError
from workfront_core.operations.payload import wire_names
from workfront_core.query.aggregates import report_parameters
from workfront_core.query.field_path import FieldPath, Path
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.path import ObjectPath
from workfront_core.query.raw import raw
from workfront_core.query.selection import field_parameters
from workfront_core.request.encoding import Params
from workfront_schema import store

VERSIONS = ("v21", "v22")


def listed(version: str) -> list[tuple[str, str]]:
    """objCode and wire name of all that the search part of the metadata lists and no section of members does."""
    found: list[tuple[str, str]] = []
    for item in store.load_snapshot(store.standard_schema(), f"{version}.0").objects:
        found += [(item.obj_code, name) for name in item.search if name not in item.member_names]
    return found


def offered(version: str) -> dict[tuple[str, str], Any]:
    """The path of each name for filters that the package offers."""
    package = importlib.import_module(f"workfront_client.{version}")
    found: dict[tuple[str, str], Any] = {}
    for code, class_name in package.OBJECTS.items():
        names = getattr(getattr(package, class_name).f, "search", None)
        for name in [] if names is None else [name for name in vars(type(names)) if not name.startswith("_")]:
            path = getattr(names, name)
            found[code, str(path)] = path
    return found


def field_of(path: Any) -> FieldPath[Any]:
    """The path itself, or the ID behind it where it leads to rows."""
    found: Any = getattr(path, "id", path)
    assert isinstance(found, FieldPath)
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_every_listed_name_has_a_path_and_no_other_name_has(version: str) -> None:
    names = listed(version)
    assert len(names) > 130
    assert set(offered(version)) == set(names)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_name_can_be_field_of(version: str) -> None:
    for (code, wire), path in offered(version).items():
        field = field_of(path)
        ((name, _), modifier) = parameters([field.is_null()])
        assert name == str(field), code
        assert name.partition(":")[0] == wire, code
        assert modifier == (f"{name}_Mod", "isnull"), code


@pytest.mark.parametrize("version", VERSIONS)
def test_no_name_is_loaded_sorted_by_grouped_by_or_aggregated(version: str) -> None:
    for path in offered(version).values():
        field = field_of(path)
        everything = [field, *([path.all, path.custom("Region")] if isinstance(path, ObjectPath) else [])]
        for each in everything:
            refused(lambda each=each: field_parameters([each], {}), "read")
        refused(field.asc, "sorted by")
        refused(field.desc, "sorted by")
        refused(lambda field=field: report_parameters([field], {}, rollup=False), "grouped by")
        refused(lambda field=field: report_parameters([], {"count": [field]}, rollup=False), "aggregated")


@pytest.mark.parametrize("version", VERSIONS)
def test_no_name_is_a_member_of_the_rows(version: str) -> None:
    package = importlib.import_module(f"workfront_client.{version}")
    for code, wire in listed(version):
        class_name = package.OBJECTS[code]
        assert wire not in wire_names(getattr(package, class_name)).values()
        assert wire not in set(getattr(package, f"{class_name}Field"))


def test_what_a_name_is_decides_which_tests_it_has() -> None:
    assert sent(v22.Task.f.search.is_complete == True) == (("isComplete", "true"),)  # noqa: E712
    assert sent(v22.Issue.f.search.age > 3) == (("age", "3"), ("age_Mod", "gt"))
    assert sent(v22.Task.f.search.project_owner_id.in_(["1", "2"])) == (
        ("projectOwnerID", "1"),
        ("projectOwnerID", "2"),
    )
    assert sent(v22.Task.f.search.project_user_ids.has("1")) == (("projectUserIDs", "1"),)
    assert sent(v22.Task.f.search.assignments_users_mm.name == "Ana") == (("assignmentsUsersMM:name", "Ana"),)
    with pytest.raises(QueryError, match="isComplete takes True or False"):
        v22.Task.f.search.is_complete.in_(["x"])  # type: ignore[list-item]


def test_they_stand_behind_relations_too() -> None:
    path = v22.Task.f.project.search.is_complete
    assert sent(path == False) == (("project:isComplete", "false"),)  # noqa: E712
    assert v22.Task.f.project.search.is_complete is path
    refused(lambda: field_parameters([path], {}), "read")


def test_a_relation_for_filters_leads_to_many_rows_so_that_a_test_has_no_opposite() -> None:
    with pytest.raises(QueryError, match="assignmentsUsersMM"):
        sent(~(v22.Task.f.search.assignments_users_mm.name == "Ana"))


def test_by_their_wire_name_they_filter_as_before() -> None:
    assert sent(raw("isApproval", "eq", True)) == (("isApproval", "true"),)


def sent(condition: Any) -> Params:
    return tuple(parameters([condition]))


def refused(use: Any, how: str) -> None:
    with pytest.raises(QueryError, match=f"cannot be {how}: the metadata lists it for filters only"):
        use()


def test_the_place_itself_is_no_field() -> None:
    assert isinstance(v22.Task.f.search, Path)
    with pytest.raises(QueryError):
        field_parameters([v22.Task.f.search], {})
