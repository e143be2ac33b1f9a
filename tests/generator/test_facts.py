"""What is known beside the metadata, and what becomes of it in a package."""

from __future__ import annotations

import asyncio
import dataclasses
import inspect
import typing
from pathlib import Path

import pytest

import workfront_client.v22 as client
from tests.support.places import ROOT
from tests.support.shipped import snapshot
from workfront_codegen import ir
from workfront_codegen.builder import build_package
from workfront_codegen.lock import load_lock
from workfront_codegen.naming import Naming
from workfront_core import ApiKey
from workfront_core.errors import QueryError
from workfront_core.operations.no_row import NO_ROW
from workfront_schema import facts, overrides
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import Snapshot

SCHEMA = ROOT / "schema"
FACTS = facts.load(SCHEMA / "facts.toml")
VERSIONS = ("v17.0", "v21.0", "v22.0")
NEWEST = {item.obj_code: item for item in snapshot("v22.0").objects}


def package_of(snapshot: Snapshot) -> ir.Package:
    patched = overrides.apply(snapshot, overrides.load(SCHEMA / "overrides.toml"))
    naming = Naming(load_lock(SCHEMA / "names.lock"), patched.renames)
    return build_package(patched.snapshot, naming, "client", {}, FACTS)


def without_results(snapshot: Snapshot) -> Snapshot:
    """The snapshot as servers describe it: they name no result type for named queries."""
    bare = [
        dataclasses.replace(item, queries=tuple(dataclasses.replace(query, result=None) for query in item.queries))
        for item in snapshot.objects
    ]
    return dataclasses.replace(snapshot, objects=tuple(bare))


def queries(package: ir.Package) -> dict[str, tuple[str, str]]:
    """Annotation and decoder of every named query."""
    return {
        f"{item.obj_code}.{call.wire}": (call.annotation, call.decoder)
        for item in package.objects
        if item.service
        for call in item.service.queries
    }


@pytest.mark.parametrize("version", VERSIONS)
class TestNamedQueries:
    def test_each_answers_with_rows_of_its_own_type(self, version: str) -> None:
        package = package_of(snapshot(version))
        names = {item.obj_code: item.class_name for item in package.objects}
        found = queries(package)
        assert found
        for query, (annotation, _) in found.items():
            own = names[query.partition(".")[0]]
            assert annotation in (f"list[{own}]", f"{own} | None"), query

    def test_without_result_types_the_package_is_the_same(self, version: str) -> None:
        whole = snapshot(version)
        assert queries(package_of(without_results(whole))) == queries(package_of(whole))


class TestTheFileIsTrue:
    def test_what_it_speaks_of_is_there(self) -> None:
        for query in FACTS.query:
            assert set(query.names) <= {item.name for item in NEWEST[query.object].queries}, query
        for action in FACTS.action:
            assert set(action.names) <= {item.name for item in NEWEST[action.object].actions}, action

    def test_arguments_and_members_it_names_are_there(self) -> None:
        for fact in FACTS.action:
            for action in (item for item in NEWEST[fact.object].actions if item.name in fact.names):
                needs = {name for one in fact.needs for name in one.split(" or ")}
                assert needs <= {argument.name.strip() for argument in action.arguments}, fact
        for create in FACTS.create:
            item = NEWEST[create.object]
            members = {field.name for field in item.fields}
            members |= {relation.name for relation in (*item.references, *item.collections)}
            assert {*create.needs, *create.fixed} <= members, create

    def test_every_fact_has_a_source(self) -> None:
        assert [fact for fact in (*FACTS.query, *FACTS.action, *FACTS.create) if not fact.source.strip()] == []

    @pytest.mark.parametrize(
        "text", ["x = 1", "[[query]]\nobject = 1", "= ", '[[action]]\nobject = "TASK"\nnames = []']
    )
    def test_a_damaged_file_is_named(self, text: str, tmp_path: Path) -> None:
        (tmp_path / "facts.toml").write_text(text)
        with pytest.raises(SchemaError, match=r"facts\.toml"):
            facts.load(tmp_path / "facts.toml")


UNKNOWN = [
    ("CSTEM", "getDefaultAssignmentStatusEnum"),
    ("CSTEM", "getDefaultBookingStatusEnum"),
    ("DOCU", "getTemporaryCloudURL"),
    ("DOCV", "sendToAEMDetails"),
    ("OPTASK", "getRequestPath"),
    ("QUED", "helpDeskProjects"),
    ("USER", "getApiKey"),  # on a row, or on none with name and password
]
ON_NO_ROW = sorted((fact.object, name) for fact in FACTS.action if fact.target == "none" for name in fact.names)
ON_ROWS = sorted((fact.object, name) for fact in FACTS.action if fact.target == "row" for name in fact.names)


CALLS = {
    (item.obj_code, call.wire): call.name
    for item in package_of(snapshot("v22.0")).objects
    if item.service
    for call in item.service.actions
}


@pytest.mark.parametrize(("obj_code", "action"), ON_ROWS)
def test_an_action_on_a_row_takes_its_id_and_refuses_none(obj_code: str, action: str) -> None:
    with client.Workfront("http://localhost:9", auth=ApiKey("k")) as workfront:
        call = getattr(workfront.by_code(obj_code), CALLS[obj_code, action])
        target = inspect.signature(call).parameters["target"]
        assert target.default is inspect.Parameter.empty
        assert target.annotation == "str"
        with pytest.raises(QueryError, match=f"{action} of {obj_code} runs on one row"):
            call(None)


def test_so_does_the_asynchronous_one() -> None:
    async def run() -> None:
        async with client.AsyncWorkfront("http://localhost:9", auth=ApiKey("k")) as workfront:
            with pytest.raises(QueryError, match="move of TASK runs on one row"):
                await workfront.task.move(typing.cast("str", None))

    asyncio.run(run())


@pytest.mark.parametrize(("obj_code", "action"), ON_NO_ROW)
def test_an_action_that_runs_on_no_row_takes_none(obj_code: str, action: str) -> None:
    with client.Workfront("http://localhost:9", auth=ApiKey("k")) as workfront:
        call = getattr(workfront.by_code(obj_code), CALLS[obj_code, action])
        assert "target" not in inspect.signature(call).parameters


def test_what_is_known_of_all_actions_but_these() -> None:
    assert sorted(set(CALLS) - {*ON_ROWS, *ON_NO_ROW}) == UNKNOWN
    assert not {*ON_ROWS} & {*ON_NO_ROW}


@pytest.mark.parametrize(("obj_code", "action"), UNKNOWN)
def test_an_action_nobody_knows_may_run_on_a_row_but_none_is_none(obj_code: str, action: str) -> None:
    with client.Workfront("http://localhost:9", auth=ApiKey("k")) as workfront:
        call = getattr(workfront.by_code(obj_code), CALLS[obj_code, action])
        target = inspect.signature(call).parameters["target"]
        assert (target.annotation, target.default) == ("str", NO_ROW)
        with pytest.raises(QueryError, match="The target of the action is None"):
            call(None)
        with pytest.raises(QueryError, match="The ID is empty"):
            call("")


@pytest.mark.parametrize("code", ["NOTE", "PARAM", "CTGY"])
def test_what_a_create_certainly_needs_is_demanded_by_its_type_alone(code: str) -> None:
    name = client.OBJECTS[code]
    values, create = getattr(client, f"{name}Values"), getattr(client, f"{name}CreateValues")
    needed = FACTS.of_create(code)
    assert needed is not None
    assert len(create.__required_keys__) == len(needed.needs)
    assert values.__required_keys__ == frozenset()
    assert values.__optional_keys__ == create.__optional_keys__ | create.__required_keys__


def test_what_a_create_needs_is_told_in_its_docstring() -> None:
    with client.Workfront("http://localhost:9", auth=ApiKey("k")) as workfront:
        told = {fact.object for fact in FACTS.create if _creates(workfront, fact)}
        assert {"PROJ", "USER", "NOTE", "PARAM", "CTGY", "QUET"} <= told


def _creates(workfront: client.Workfront, fact: facts.CreateFact) -> bool:
    if fact.object not in workfront.services:
        return False
    create = getattr(workfront.by_code(fact.object), "create", None)
    if create is None:
        return False
    assert f"Needs on the wire: {', '.join(fact.needs)}." in (create.__doc__ or "")
    return True


def test_no_docstring_of_an_action_repeats_its_name() -> None:
    with client.Workfront("http://localhost:9", auth=ApiKey("k")) as workfront:
        doc = workfront.task.assign.__doc__ or ""
        told = workfront.task.accept_work.__doc__ or ""
    assert doc.startswith("Action assign, on the row")
    assert told.startswith("Accepts the caller's own assignment")


def test_what_an_action_does_and_its_options_are_told() -> None:
    with client.Workfront("http://localhost:9", auth=ApiKey("k")) as workfront:
        doc = workfront.issue.copy_issue.__doc__ or ""
    assert doc.startswith("Copies an issue")
    assert "1048576 custom data" in doc
    assert "docs/protocol.md 11.2" in doc
