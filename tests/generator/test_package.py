"""The shipped packages: everything the metadata lists is there, nothing is loaded before it is used."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from types import ModuleType
from typing import Any

import pytest
from tools.sync_from_async import in_prose

from tests.support.places import ROOT
from workfront_core.models.model import WorkfrontObject
from workfront_schema import overrides, store
from workfront_schema.snapshot import ObjectType, Snapshot

SCHEMA = ROOT / "schema"
TOTALS = {"objects": 174, "fields": 3157, "references": 742, "collections": 338, "actions": 274, "queries": 81}
VERBS = {"add": "create", "edit": "update"}

LOADED = """
import json, sys
import workfront_client.v22
print(json.dumps([name for name in sys.modules if name.startswith("workfront_client.v22.")]))
"""
ONE_ROW = """
import json, sys
from workfront_client.v22 import Project
Project.from_wire({"ID": "1", "owner": {"ID": "2", "name": "Ana"}, "status": "CUR"})
print(json.dumps(sorted(name for name in sys.modules if name.startswith("workfront_client.v22.models."))))
"""
SIXTEEN_THREADS = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor
import workfront_client.v22 as v22
barrier = threading.Barrier(16)
def use(_):
    barrier.wait(120)
    for code, name in v22.OBJECTS.items():
        model = getattr(v22, name)
        row = {"ID": "1", "name": None, "surprise": [1]}
        assert json.loads(json.dumps(model.from_wire(row).to_wire())) == row, name
    return True
with ThreadPoolExecutor(16) as pool:
    print(json.dumps(all(pool.map(use, range(16)))))
"""


def run(code: str) -> Any:
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module", params=["v21.0", "v22.0"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def snapshot(version: str) -> Snapshot:
    return overrides.apply(store.load_snapshot(SCHEMA, version), overrides.load(SCHEMA / "overrides.toml")).snapshot


@pytest.fixture(scope="module")
def package(version: str) -> ModuleType:
    return importlib.import_module(f"workfront_client.{version.removesuffix('.0')}")


def service(package: ModuleType, item: ObjectType, prefix: str = "") -> Any:
    client = getattr(package, f"{prefix}Workfront")
    attribute = client.services.get(item.obj_code)
    if attribute is None:
        return None
    module = importlib.import_module(f"{package.__name__}.{prefix.lower()}{'_' if prefix else ''}services.{attribute}")
    return getattr(module, f"{prefix}{package.OBJECTS[item.obj_code]}Service")


def wire_names(model: type[WorkfrontObject]) -> set[str]:
    return {field.serialization_alias or name for name, field in model.model_fields.items()}


class TestEverythingIsThere:
    def test_v22_exposes_every_member_and_operation_of_its_metadata(self) -> None:
        package = importlib.import_module("workfront_client.v22")
        snapshot = store.load_snapshot(SCHEMA, "v22.0")
        found: Counter[str] = Counter()
        for item in snapshot.objects:
            model = getattr(package, package.OBJECTS[item.obj_code])
            names, calls = wire_names(model), service(package, item)
            found["objects"] += 1
            for kind in ("fields", "references", "collections"):
                found[kind] += sum(member.name in names for member in getattr(item, kind))
            for kind, marker in (("actions", "Action"), ("queries", "Named query")):
                docs = [method.__doc__ or "" for method in vars(calls).values() if callable(method)] if calls else []
                found[kind] += sum(any(f"{marker} {o.name}" in doc for doc in docs) for o in getattr(item, kind))
        assert found == TOTALS

    def test_models_enums_and_paths_agree_on_every_member(self, package: ModuleType, snapshot: Snapshot) -> None:
        for item in snapshot.objects:
            name = package.OBJECTS[item.obj_code]
            model, fields = getattr(package, name), getattr(package, f"{name}Field")
            expected = {member.name for kind in (item.fields, item.references, item.collections) for member in kind}
            assert wire_names(model) == {str(field) for field in fields} == expected
            assert all(str(getattr(model.f, member)) for member in model.model_fields)

    def test_services_offer_exactly_the_listed_verbs(self, package: ModuleType, snapshot: Snapshot) -> None:
        verbs = ("get", "search", "count", "report", "copy", "delete", "replace", "add", "edit")
        for item in snapshot.objects:
            calls = service(package, item)
            assert (calls is not None) == bool(item.verbs or item.actions or item.queries), item.obj_code
            if calls is not None:
                offered = {verb for verb in verbs if hasattr(calls, VERBS.get(verb, verb))}
                assert offered == set(item.verbs) & set(verbs), item.obj_code

    def test_sync_and_async_services_have_the_same_signatures_and_docstrings(
        self, package: ModuleType, snapshot: Snapshot
    ) -> None:
        for item in snapshot.objects:
            sync, other = service(package, item), service(package, item, "Async")
            if sync is None:
                assert other is None
                continue
            names = {name for name in dir(sync) if not name.startswith("_")}
            assert names == {name for name in dir(other) if not name.startswith("_")}
            assert in_prose(other.__doc__) == sync.__doc__
            for name in names - {"model", "obj_code"}:
                ours, theirs = getattr(sync, name), getattr(other, name)
                assert _parameters(ours) == _parameters(theirs), f"{item.obj_code}.{name}"
                assert ours.__doc__ == in_prose(theirs.__doc__), f"{item.obj_code}.{name}"

    def test_every_public_name_can_be_imported(self, package: ModuleType) -> None:
        assert all(getattr(package, name) is not None for name in package.__all__)
        assert set(package.__all__) <= set(dir(package))


def _parameters(function: Any) -> list[tuple[str, object, object]]:
    parameters = signature(function).parameters.values()
    return [(p.name, p.kind, p.annotation) for p in parameters]


class TestNothingIsLoadedEarly:
    def test_importing_the_package_loads_none_of_its_modules(self) -> None:
        assert run(LOADED) == []

    def test_a_row_loads_its_model_and_those_of_the_values_sent(self) -> None:
        assert run(ONE_ROW) == [
            "workfront_client.v22.models.project",
            "workfront_client.v22.models.user",
        ]

    def test_every_model_can_be_loaded_and_used_from_sixteen_threads_at_once(self) -> None:
        assert run(SIXTEEN_THREADS) is True

    def test_a_wrong_name_is_an_attribute_error_with_a_suggestion(self) -> None:
        package = importlib.import_module("workfront_client.v22")
        with pytest.raises(AttributeError, match="ProjectStatus"):
            package.ProjectStatuses


def test_two_versions_side_by_side_are_different_types() -> None:
    old, new = importlib.import_module("workfront_client.v21"), importlib.import_module("workfront_client.v22")
    assert old.Project is not new.Project
    with ThreadPoolExecutor(2) as pool:
        names = list(pool.map(lambda package: package.Project.from_wire({"name": "x"}).name, (old, new)))
    assert names == ["x", "x"]
