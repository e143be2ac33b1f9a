"""Metadata is written by end users: whatever they type, the package imports, type-checks and runs no code of theirs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.hostile import MARKER, snapshot
from tests.support.places import TESTS
from tests.support.type_checkers import mypy, pyright
from workfront_codegen.generate import generate
from workfront_schema import store

GOLDEN = TESTS / "golden" / "hostile"

LOAD_ALL = """
import builtins, importlib, json, pkgutil, hostile_client.v99 as package
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
print(json.dumps({
    "ran": hasattr(builtins, %r),
    "fields": {name: sorted(getattr(package, name).model_fields) for name in package.OBJECTS.values()},
    "row": package.Sequence.from_wire({"class": 1, "None": 2.5, "self": "x", "f": None}).to_wire(),
}))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    store.save_snapshot(snapshot(), root / "schema")
    generate(root / "schema", ("v99.0",), "hostile_client", root / "out", check=False)
    return root / "out"


def sources(package: Path) -> list[Path]:
    """Modules and stubs."""
    return [*package.rglob("*.py"), *package.rglob("*.pyi")]


def test_it_imports_and_runs_no_code_of_theirs(package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOAD_ALL % MARKER],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["ran"] is False
    assert len(seen["fields"]["Sequence"]) == len(snapshot().objects[0].fields)
    assert seen["row"] == {"class": 1, "None": 2.5, "self": "x", "f": None}


@pytest.mark.long
def test_it_survives_mypy_strict(package: Path, tmp_path: Path) -> None:
    assert mypy(tmp_path, [package / "hostile_client"], [package]) == {}


@pytest.mark.long
def test_it_survives_pyright_strict(package: Path, tmp_path: Path) -> None:
    assert pyright(tmp_path, [package / "hostile_client"], [package]) == {}


def test_schema_text_reaches_the_output_only_as_text(package: Path) -> None:
    for file in sources(package):
        source = file.read_text(encoding="utf-8")
        names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        imported = {
            alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for alias in node.names
        }
        assert not {"builtins", "raise", "SystemExit"} & (names | imported), file
        assert all(char.isprintable() or char == "\n" for char in source), file


def test_the_golden_package_is_rendered(package: Path) -> None:
    made = {path.relative_to(package).as_posix(): path.read_text() for path in sources(package)}
    kept = {
        path.relative_to(GOLDEN).as_posix().removesuffix(".txt"): path.read_text() for path in GOLDEN.rglob("*.txt")
    }
    assert made == kept, "if the change is meant, run: python -m tests.support.update_golden"
