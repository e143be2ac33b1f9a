"""A tenant at its worst: its package imports, type-checks strictly, and runs no code of the tenant's."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.big_tenant import big_tenant
from tests.support.hostile import MARKER
from tests.support.type_checkers import mypy
from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.custom_file import custom_text, read_custom

pytestmark = pytest.mark.long

RUFF = Path(sys.executable).with_name("ruff")
CALLS = {
    "custom": {"_t.TypeVar", "_custom.custom_field", "_paths.custom_member", "_t.TypedDict"},
    "options": {"lazy_exports"},
    "forms": {"lazy_exports", "Field", "ConfigDict"},
}
"""What the modules of a tenant's own fields may call."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big")
    store.save_snapshot(big_tenant(), folder / "schema")
    generate(folder / "schema", ("v22.0",), "big_wf", folder, check=False)
    return folder


def modules(place: Path) -> Iterator[tuple[str, ast.Module, str]]:
    for room in CALLS:
        for file in sorted((place / "big_wf" / "v22" / room).glob("*.py")):
            text = file.read_text("utf-8")
            yield room, ast.parse(text), text


def run(place: Path, *command: str | Path) -> None:
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_code_of_the_tenant_gets_in(place: Path) -> None:
    """Its texts are literals and docstrings: nothing is called but what the templates call."""
    for room, tree, _ in modules(place):
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert called <= CALLS[room]
        kinds = {type(node) for node in tree.body}
        assert kinds <= {ast.Expr, ast.Import, ast.ImportFrom, ast.If, ast.Assign, ast.AnnAssign, ast.ClassDef}
        assert all(isinstance(node.value, ast.Constant) for node in tree.body if isinstance(node, ast.Expr))


def test_every_field_and_form_is_there_once(place: Path) -> None:
    catalogue = store.load_custom(place / "schema" / "v22.0")
    tables = [
        {
            call.args[1].value
            for node in tree.body
            if isinstance(node, ast.ClassDef) and node.name.endswith("Custom")
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and isinstance(call.args[1], ast.Constant)
        }
        for room, tree, _ in modules(place)
        if room == "custom"
    ]
    assert set().union(*tables) == {item.name for item in catalogue.fields if item.name.strip()}
    forms = [tree for room, tree, text in modules(place) if room == "forms" and "(CustomForm)" in text]
    assert len(forms) == len(catalogue.forms)
    assert read_custom(json.loads(custom_text(catalogue)), "again") == catalogue


def test_it_imports_and_checks_strictly(place: Path, tmp_path: Path) -> None:
    program = (
        "import builtins, importlib, pkgutil, big_wf.v22 as v\n"
        "for room in ('custom', 'options', 'forms'):\n"
        "    package = importlib.import_module(f'big_wf.v22.{room}')\n"
        "    for item in pkgutil.iter_modules(package.__path__):\n"
        "        importlib.import_module(f'big_wf.v22.{room}.{item.name}')\n"
        f"assert not hasattr(builtins, {MARKER!r})\n"
        "from big_wf.v22 import forms\n"
        "[getattr(forms, name).model_json_schema for name in forms.__all__]\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert mypy(tmp_path, [place / "big_wf"], [place]) == {}


def test_modules_that_are_laid_out_together_are_as_each_would_be_alone(place: Path) -> None:
    style = ("--isolated", "--no-cache", "--target-version", "py311")
    run(place, RUFF, "format", *style, "--line-length", "120", "--check", "big_wf")
    run(place, RUFF, "check", *style, "--select", "F401", "big_wf/v22/options")
    assert not list(place.rglob("*together*"))


def test_reading_the_package_loads_no_module_of_them(place: Path) -> None:
    program = (
        "import sys\nfrom big_wf.v22 import Project, Workfront\nProject.from_wire({'ID': '1', 'DE:x': 1})\n"
        "rooms = tuple(f'big_wf.v22.{room}' for room in ('custom', 'options', 'forms'))\n"
        "own = [name for name in sys.modules if name.startswith(rooms)]\nassert own == [], own\nProject.custom\n"
        "own = [name for name in sys.modules if name.startswith(rooms)]\n"
        "assert own == ['big_wf.v22.custom', 'big_wf.v22.custom.project'], own\n"
    )
    run(place, sys.executable, "-c", program)


def test_the_same_tenant_gives_the_same_bytes_and_unchanged_forms_are_taken_over(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {file: file.read_bytes() for file in place.rglob("*.py")}

    def refuse() -> None:
        raise AssertionError("a form was rendered again")

    monkeypatch.setattr("workfront_codegen.forms._generator", refuse)
    generate(place / "schema", ("v22.0",), "big_wf", place, check=False)
    assert {file: file.read_bytes() for file in place.rglob("*.py")} == before
