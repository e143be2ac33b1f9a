"""The small parts of the sandbox: addresses, parameters, moments, wildcards, joins, and what it may import."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

import workfront_sandbox as sandbox
from tests.support.shipped import catalogue
from workfront_sandbox.query.wildcard import Caller, resolve
from workfront_sandbox.schema.catalogue import Catalogue
from workfront_sandbox.store.sql_function import like, soundex
from workfront_sandbox.tenant.clock import fixed_offset
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.address import parse_address, parse_target
from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.wire.parameters import method_of, read_parameters

_CATALOGUE = catalogue()
_ZONE = fixed_offset(2)
_FORM = "application/x-www-form-urlencoded"


def test_the_sandbox_knows_nothing_of_the_client() -> None:
    allowed = (
        "workfront_sandbox",
        "workfront_schema.store",
        "workfront_schema.snapshot",
        "workfront_schema.custom_",
        "workfront_schema.errors",
        "workfront_schema.explorer",
        "workfront_schema.parameter",
        "workfront_schema.wire_types",
    )
    files = list(Path(str(sandbox.__file__)).parent.rglob("*.py"))
    assert len(files) > 80
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert all(name.startswith(allowed) for name in names if name.startswith("workfront")), file.name


@pytest.mark.parametrize(
    ("path", "model", "version", "parts"),
    [
        ("/attask/api/v19.0/task/search", "V19_0", 19, ("task", "search")),
        ("/attask/api/V15.0/task", "V15_0", 15, ("task",)),
        ("/attask/api/task", "V22_0", 22, ("task",)),
        ("/attask/api-internal/task", "INTERNAL", 22, ("task",)),
        ("/attask/api/internal/task/", "INTERNAL", 22, ("task",)),
        ("/attask/api-unsupported/a%2Fb", "UNSUPPORTED", 22, ("a/b",)),
    ],
)
def test_an_address_names_a_model_a_version_and_its_parts(
    path: str, model: str, version: int, parts: tuple[str, ...]
) -> None:
    found = parse_address(path)
    assert (found.model, found.version, found.parts) == (model, version, parts)


def test_a_second_part_is_an_id_if_it_looks_like_one() -> None:
    one = "0123456789abcdef" * 2
    assert (parse_target((one,)).object_id, parse_target((one,)).verb) == (one, None)
    assert parse_target(("move",)).verb == "move"
    assert parse_target(("short", "move")).object_id == "short"
    with pytest.raises(ApiError):
        parse_target((one, "move", "again"))


def test_the_query_wins_over_the_body_key_by_key() -> None:
    found = read_parameters("a=1&b=x%20y&c=p+q", _FORM, b"a=2&a=3&d=4")
    assert found.pairs == (("a", "1"), ("b", "x y"), ("c", "p q"), ("d", "4"))
    assert found.body_keys == {"d"}


def test_json_is_told_by_its_type_or_by_its_first_letter() -> None:
    assert read_parameters("", "application/json; charset=utf-8", b'{"a": 1}').document == {"a": 1}
    assert read_parameters("", "text/plain", b' [{"a": 1}]').document == [{"a": 1}]
    assert read_parameters("", _FORM, b"updates=%5B1%5D").document == [1]
    assert read_parameters("", "application/json", b"").document is None


def test_lists_are_written_with_commas_or_by_repetition() -> None:
    assert read_parameters("id=a,b&id=c&id=", "", b"").listed("id") == ["a", "b", "c"]


@pytest.mark.parametrize(("query", "method"), [("", "PUT"), ("method=get", "GET"), ("method=Delete", "DELETE")])
def test_the_method_parameter_replaces_the_verb(query: str, method: str) -> None:
    assert method_of("PUT", read_parameters(query, "", b"")) == method


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2027-05-12T10:00:00:250-0600", datetime(2027, 5, 12, 16, 0, 0, 250000, UTC)),
        ("2027-05-12T10:00:00.25Z", datetime(2027, 5, 12, 10, 0, 0, 250000, UTC)),
        ("2027-05-12T10:00:00,123456789+05:30", datetime(2027, 5, 12, 4, 30, 0, 123456, UTC)),
        ("2027-05-12T10:00", datetime(2027, 5, 12, 8, 0, 0, 0, UTC)),
        ("2027-05-12", datetime(2027, 5, 11, 22, 0, 0, 0, UTC)),
    ],
)
def test_moments_are_read_in_many_forms(text: str, wanted: datetime) -> None:
    assert datetimes.parse(text, _ZONE) == wanted
    assert datetimes.from_milliseconds(datetimes.milliseconds(wanted)) == wanted.replace(
        microsecond=wanted.microsecond // 1000 * 1000
    )


def test_a_moment_is_written_with_colons() -> None:
    at = datetime(2027, 5, 12, 22, 30, 0, 7000, UTC)
    assert datetimes.wire(at, _ZONE) == "2027-05-13T00:30:00:007+0200"
    assert datetimes.event(at, _ZONE) == "2027-05-13T00:30:00.007+0200"
    assert datetimes.day(at, _ZONE) == "2027-05-13"


@pytest.mark.parametrize(
    "text", ["", "soon", "2027-13-01", "2027-02-30", "2027-05-12T25:00:00", "0001-01-01", "2027-5-1"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        datetimes.parse(text, _ZONE)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("$$NOW", "2027-08-31T15:20:00"),
        ("$$NOW-2h", "2027-08-31T13:20:00"),
        ("$$TODAY", "2027-08-31T00:00:00"),
        ("$$TODAY 7d", "2027-09-07T00:00:00"),
        ("$$TODAY+1w", "2027-09-07T00:00:00"),
        ("$$TODAY+6m", "2028-02-29T00:00:00"),
        ("$$TODAY-1q", "2027-05-31T00:00:00"),
        ("$$TODAY+1y", "2028-08-31T00:00:00"),
        ("$$TODAYb", "2027-08-31T00:00:00"),
        ("$$TODAYe", "2027-09-01T00:00:00"),
        ("$$TODAYbw", "2027-08-29T00:00:00"),
        ("$$TODAYew", "2027-09-05T00:00:00"),
        ("$$TODAYb+1w", "2027-09-05T00:00:00"),
        ("$$TODAYe-1w", "2027-08-29T00:00:00"),
        ("$$TODAYbm", "2027-08-01T00:00:00"),
        ("$$TODAYem", "2027-09-01T00:00:00"),
        ("$$TODAYb-1m", "2027-07-01T00:00:00"),
        ("$$TODAYbq", "2027-07-01T00:00:00"),
        ("$$TODAYeq", "2027-10-01T00:00:00"),
        ("$$TODAYby", "2027-01-01T00:00:00"),
        ("$$TODAYey", "2028-01-01T00:00:00"),
    ],
)
def test_wildcards_of_time(word: str, wanted: str) -> None:
    caller = Caller(datetime(2027, 8, 31, 15, 20, tzinfo=_ZONE), _ZONE)
    assert resolve(word, caller) == (f"{wanted}:000+0200",)


def test_wildcards_of_the_caller() -> None:
    user = {"ID": "u", "homeGroupID": "g", "roleIDs": ["r", "s"], "name": "Mia"}
    caller = Caller(datetime(2027, 8, 31, tzinfo=_ZONE), _ZONE, user, "c")
    assert resolve("$$USER", caller) == resolve("$$USER.ID", caller) == ("u",)
    assert resolve("$$USER.roleIDs", caller) == ("r", "s")
    assert resolve("$$USER.companyID", caller) == ("",)
    assert resolve("$$CUSTOMER", caller) == ("c",)
    assert resolve("plain", caller) == ("plain",)


@pytest.mark.parametrize("word", ["$$YESTERDAY", "$$TODAY+d", "$$USERS", "$$TODAY+999999y", "$$TODAYx"])
def test_unknown_wildcards_are_refused(word: str) -> None:
    with pytest.raises(ApiError):
        resolve(word, Caller(datetime(2027, 8, 31, tzinfo=_ZONE), _ZONE))


@pytest.mark.parametrize(
    ("code", "name", "near", "target", "far"),
    [
        ("PROJ", "owner", "ownerID", "USER", "ID"),
        ("TASK", "parent", "parentID", "TASK", "ID"),
        ("PROJ", "project", "ID", "PROJ", "ID"),
        ("PROJ", "tasks", "ID", "TASK", "projectID"),
        ("TASK", "children", "ID", "TASK", "parentID"),
        ("TASK", "predecessors", "ID", "PRED", "successorID"),
        ("TASK", "successors", "ID", "PRED", "predecessorID"),
        ("PORT", "programs", "ID", "PRGM", "portfolioID"),
        ("OPTASK", "assignments", "ID", "ASSGN", "opTaskID"),
        ("DOCU", "versions", "ID", "DOCV", "documentID"),
        ("PROJ", "accessRules", "ID", "ACSRUL", "securityObjID"),
        ("USER", "directReports", "ID", "USER", "managerID"),
        ("TMPL", "templateTasks", "ID", "TTSK", "templateID"),
        ("CTGY", "categoryParameters", "ID", "CTGYPA", "categoryID"),
        ("PARAM", "parameterOptions", "ID", "POPT", "parameterID"),
        ("NOTE", "replies", "ID", "NOTE", "parentNoteID"),
    ],
)
def test_relations_join_by_the_fields_their_names_tell(code: str, name: str, near: str, target: str, far: str) -> None:
    join = _CATALOGUE.at(22).relation(code, name)
    assert join is not None
    assert (join.near, join.target, join.far) == (near, target, far)


def test_relations_without_a_field_of_their_own_are_kept_as_lists_or_lead_over_a_third_type() -> None:
    pools, teams = (_CATALOGUE.at(22).relation(*name) for name in (("PROJ", "resourcePools"), ("USER", "teams")))
    assert pools is not None
    assert teams is not None
    assert (pools.near, pools.list_field) == (None, "resourcePoolIDs")
    assert teams.through == ("TEAMMB", "userID", "teamID")


def test_every_relation_with_a_known_target_joins_by_fields_that_exist_or_by_the_row_itself() -> None:
    schema = _CATALOGUE.at(22)
    joined = [
        schema.relation(code, item.name) for code in schema.objects for item in schema.objects[code].source.collections
    ]
    by_field = [join for join in joined if join and join.near == "ID" and not join.through]
    assert len(by_field) > 180
    missing = [join for join in by_field if not set(join.keys) <= set(schema.objects[join.target].fields)]
    assert [join for join in missing if not join.listed] == []
    kept_by_members = {(join.target, join.far) for join in missing}
    lists = {(code, join.list_field) for code in schema.objects for join in schema.collections(code).values()}
    assert kept_by_members <= lists


def test_a_version_is_that_of_the_nearest_snapshot() -> None:
    assert "plannedHours" not in _CATALOGUE.at(17).objects["TASK"].fields
    assert len(_CATALOGUE.at(17).objects) == len(_CATALOGUE.at(22).objects)
    old, new = (_CATALOGUE.at(version).objects["PROJ"].fields for version in (17, 22))
    assert set(new) - set(old)
    assert _CATALOGUE.at(15).objects["PROJ"].fields.keys() == old.keys()
    with pytest.raises(ValueError, match="at least one snapshot"):
        Catalogue([])


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Robert", "R163"),
        ("Rupert", "R163"),
        ("Tymczak", "T522"),
        ("Pfister", "P236"),
        ("Honeyman", "H555"),
        ("Lee", "L000"),
        ("", ""),
        ("12", ""),
    ],
)
def test_words_sound_like_their_code(word: str, code: str) -> None:
    assert soundex(word) == code


def test_patterns_know_two_signs_only() -> None:
    assert like("a%_c", "a..bc")
    assert not like("a.c", "abc")
    assert like(None, "a") is None
