"""What editors complete of a tenant's own fields: those that ask jedi, and those that ask pyright's language server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import jedi  # type: ignore[import-untyped]
import pytest
from benchmarks.language_server import LanguageServer, language_server

from tests.support.jedi_cache import use_own_cache
from tests.typing.tenant_package import write_tenant_package

pytestmark = pytest.mark.long

use_own_cache()

_HEAD = """from acme.v22 import Project, Task, Workfront
from acme.v22.forms import IntakeForm
from acme.v22.options import RegionOption
from workfront_testing import Factory, fill
def use(wf: Workfront, row: Project, factory: Factory) -> None:
"""
_FIELDS = {"go_live", "lead", "margin", "media_budget", "region", "sizes", "get", "地域"}
PLACES: dict[str, tuple[str, set[str]]] = {
    "a row's fields": ("    row.custom.", _FIELDS),
    "a field begun": ("    row.custom.re", {"region"}),
    "a field in letters of its own": ("    row.custom.地", {"地域"}),
    "a reference": ("    row.custom.lead.", {"name", "obj_code", "id"}),
    "paths": ("    Project.f.custom.", _FIELDS),
    "paths over a relation": ("    Task.f.project.custom.", _FIELDS),
    "what a path to a choice can ask": ("    Project.f.custom.region.", {"in_", "is_null"}),
    "what a path to several choices can ask": ("    Project.f.custom.sizes.", {"has", "has_all"}),
    "rows of a loop": ("    for found in wf.project.search():\n        found.custom.", _FIELDS),
    "options": ("    RegionOption.", {"EMEA", "APAC", "YES_NOW"}),
    "the first row": ('    wf.project.get("1").custom.', _FIELDS),
    "a row made in a test": ("    Factory().make(Project).custom.", _FIELDS),
    "a row made with values": ('    Factory().make(Project, custom={"Region": "EMEA"}).custom.', _FIELDS),
    "a row made of a form": ("    Factory().make(Project, form=fill(IntakeForm)).custom.", _FIELDS),
    "a row that a fixture makes": ('    made = factory.make(Project, name="x")\n    made.custom.', _FIELDS),
    "arguments of a form": ("    IntakeForm(", {"region=", "sizes=", "go_live="}),
}
TEXTS: dict[str, tuple[str, set[str]]] = {
    "names of fields in a write": ('    wf.project.create(custom={"', {"Region", "Media budget", "Go-live", "地域"}),
    "options in a write": ('    wf.project.create(custom={"Region": "', {"EMEA", "APAC", "Y"}),
    "names of fields in a row made": ('    Factory().make(Project, custom={"', {"Region", "Media budget", "Go-live"}),
    "options in a row made": ('    Factory().make(Project, custom={"Region": "', {"EMEA", "APAC", "Y"}),
    "options in a form": ('    IntakeForm(region="', {"EMEA", "APAC", "Y"}),
}
"""Keys and values inside quotes, which jedi does not complete."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("completed")
    write_tenant_package(folder)
    return folder


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[LanguageServer]:
    with language_server(more=[place]) as started:
        yield started


@pytest.mark.parametrize(("line", "names"), PLACES.values(), ids=PLACES)
def test_jedi_offers(line: str, names: set[str], place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # pytest finds its plugins by a finder of its own, of which jedi takes no source: our kit is one of them.
    finders = [finder for finder in sys.meta_path if "pytest" not in type(finder).__module__]
    monkeypatch.setattr(sys, "meta_path", finders)
    project = jedi.Project(place, added_sys_path=sys.path)
    code = _HEAD + line
    script = jedi.Script(code, environment=jedi.InterpreterEnvironment(), project=project)
    lines = code.splitlines()
    found = script.complete(len(lines), len(lines[-1]))
    assert names <= {name.name_with_symbols for name in found}
    if line == "    row.custom.":
        assert {name.name for name in found if not name.name.startswith("_")} == names


@pytest.mark.parametrize(("line", "names"), [*PLACES.values(), *TEXTS.values()], ids=[*PLACES, *TEXTS])
def test_a_language_server_offers(line: str, names: set[str], server: LanguageServer) -> None:
    found = {name.strip("\"'") for name in server.complete(_HEAD + line)}
    assert names <= found
    if line == "    row.custom.":
        assert {name for name in found if not name.startswith("_")} == names
