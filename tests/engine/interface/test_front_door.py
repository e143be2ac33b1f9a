"""The names that users import: which there are, where else they are offered, and what a slip of the pen is told."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

import workfront_client
import workfront_core
from tests.support.places import DOCS, ROOT
from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.snapshot import ObjectType, Snapshot

VERSIONS = ("v21", "v22")
THERE_IS = "the versions are v21, v22; write: from workfront_client.v22 import Workfront"


@pytest.mark.parametrize("name", workfront_core.__all__)
def test_every_name_is_there_in_the_engine_and_in_the_generated_package(name: str) -> None:
    assert getattr(workfront_client, name) is getattr(workfront_core, name)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_is_imported_from_the_root(version: str) -> None:
    code = f"from workfront_client import {version}; print({version}.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"workfront_client.{version}"


def test_both_list_the_same_names() -> None:
    assert workfront_client.__all__ == workfront_core.__all__
    assert set(workfront_core.__all__) <= set(dir(workfront_core))
    assert {*workfront_core.__all__, *VERSIONS} <= set(dir(workfront_client))


@pytest.mark.parametrize("version", VERSIONS)
def test_no_name_is_also_that_of_an_object_an_enum_or_a_model(version: str) -> None:
    package = importlib.import_module(f"workfront_client.{version}")
    assert set(workfront_core.__all__) & set(package.__all__) == set(), "a star import of one would hide the other's"
    assert callable(package.parse), "a version's own looks its object up by name, and is called by its full name"


def test_a_package_of_ones_own_opens_the_same_door(tmp_path: Path) -> None:
    store.save_snapshot(Snapshot("v90.0", (ObjectType("ONE", "One", "One"),)), tmp_path / "schema")
    generate(tmp_path / "schema", ("v90.0",), "acme_workfront", tmp_path / "out", check=False)
    code = "import acme_workfront as a, workfront_core as c; print(a.__all__ == c.__all__, a.ApiKey is c.ApiKey)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "out", capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True"]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("from workfront_client import Workfront", "write: from workfront_client.v22 import Workfront"),
        ("from workfront_client import AsyncWorkfront", "write: from workfront_client.v22 import AsyncWorkfront"),
        ("from workfront_client.v22 import ApiKey", "write: from workfront_client import ApiKey"),
        ("from workfront_client.v21 import TODAY", "write: from workfront_client import TODAY"),
        ("from workfront_client import Task", "write: from workfront_client.v22 import Task"),
        (
            "from workfront_client import v23",
            "the versions are v21, v22; write: from workfront_client.v22 import Workfront",
        ),
        ("import workfront_client.v20", "the versions are v21, v22; write: from workfront_client.v22 import Workfront"),
        (
            "from workfront_client.v23 import Task",
            "the versions are v21, v22; write: from workfront_client.v22 import Workfront",
        ),
    ],
)
def test_a_name_that_stands_elsewhere_is_answered_with_the_line_to_write(written: str, instead: str) -> None:
    with pytest.raises(ImportError) as raised:
        exec(written, {})  # noqa: S102 - what a user writes
    assert instead in str(raised.value)


@pytest.mark.parametrize("module", [workfront_core, workfront_client], ids=lambda module: module.__name__)
def test_a_slip_of_the_pen_is_answered_with_the_nearest_names(module: object) -> None:
    with pytest.raises(AttributeError, match=r"Did you mean ApiKey"):
        _ = module.ApiKye  # type: ignore[attr-defined]
    assert not hasattr(module, "no_such_name_at_all")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("from workfront_core import Apikey", "Did you mean ApiKey"),
        ("from workfront_core.sync import Snyc", "Did you mean Sync?"),
        ("from workfront_testing import Factry", "Did you mean Factory?"),
        ("from workfront_client import ApiKye", "Did you mean ApiKey"),
        (
            "from workfront_client import Worfront",
            "Did you mean Workfront? Write: from workfront_client.v22 import Work",
        ),
        *(
            (f"from workfront_client.{version} import {wrong}", meant)
            for version in VERSIONS
            for wrong, meant in [
                ("Tsk", "Did you mean Task or"),
                ("Workfrnt", "Did you mean Workfront or"),
                ("ApiKye", "Did you mean ApiKey? Write: from workfront_client import ApiKey"),
            ]
        ),
    ],
)
def test_so_is_one_in_an_import(written: str, meant: str) -> None:
    with pytest.raises(ImportError, match=re.escape(meant)) as raised:
        exec(written, {})  # noqa: S102 - what a user writes
    assert "cannot import name" in str(raised.value)


@pytest.mark.parametrize(
    "package", ["workfront_core", "workfront_client", *(f"workfront_client.{v}" for v in VERSIONS)]
)
def test_what_resembles_nothing_is_told_as_python_tells_it(package: str) -> None:
    with pytest.raises(ImportError, match=f"cannot import name 'qqqqqq' from '{package}' "):
        exec(f"from {package} import qqqqqq", {})  # noqa: S102 - what a user writes
    assert importlib.util.find_spec(f"{package}.qqqqqq") is None


def test_opening_the_door_imports_no_other_module_of_the_engine() -> None:
    code = "import sys, workfront_core; print(*sorted(n for n in sys.modules if n.startswith('workfront_core.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["workfront_core.lazy_exports", "workfront_core.nearest"]


def test_generated_code_imports_the_interface_and_the_front_door_alone() -> None:
    allowed = re.compile(r"workfront_core(\.interface(\.\w+)?)?")
    for file in (ROOT / "generated").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            assert not module.startswith("workfront_core") or allowed.fullmatch(module), f"{file}: {module}"


PUBLIC = re.compile(
    r"workfront_(client(\.v\d+(\.services\.\w+)?)?|core(\.(auth|errors|events|operations|profiles|spark|sync(\.dlt_source)?|values))?|sandbox|testing)"
)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_pages_import_public_paths_alone(page: Path) -> None:
    private = [
        found.group(1)
        for found in re.finditer(r"^\s*from (workfront_\w[\w.]*) import", page.read_text("utf-8"), re.MULTILINE)
        if not PUBLIC.fullmatch(found.group(1))
    ]
    assert private == [], page.name
