"""From nothing to a tenant's wheel in an environment that holds nothing else: a sandbox of the tenant's schema, fetch,
generate, build, install; then type checkers, and the project's own tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jedi  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner

from tests.packaging.installed import Checkers, interpreter, lay_over, pip, run
from tests.support.jedi_cache import use_own_cache
from tests.support.places import ROOT
from tests.typing.tenant_package import FIELDS, INTAKE
from workfront_codegen.cli import app
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomForm
from workfront_schema.snapshot import Snapshot
from workfront_testing import live

pytestmark = pytest.mark.long

use_own_cache()

TYPING = ROOT / "tests" / "typing"
HANDOVER = CustomForm("Handover", ("PROJ",), {"Lead": True, "Go-live": True, "Region": False})
"""A form that demands a reference: a row of it has to name somebody who is there."""
FILES = ("tenant_passes.py", "tenant_fails.py")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a package of one's own, with what a sandbox of the tenant's schema said, and its wheel in dist."""
    folder = tmp_path_factory.mktemp("tenant") / "acme"
    made = CliRunner().invoke(app, ["new", str(folder)])
    assert made.exit_code == 0, made.output
    shipped = store.load_snapshot(store.standard_schema(), "v22.0")
    catalogue = CustomCatalogue(tuple(sorted(FIELDS, key=lambda item: item.name)), (HANDOVER, INTAKE))
    store.save_snapshot(Snapshot("v22.0", shipped.objects, custom=catalogue), folder.parent / "tenant")
    codegen = [sys.executable, "-m", "workfront_codegen"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with live(schema=folder.parent / "tenant") as kit:
        ask = ["fetch", "--url", kit.url, "--api-key", "--api-version", "22", "--custom", "--out", "schema"]
        _run(*codegen, *ask, cwd=folder, env={**environment, "WORKFRONT_API_KEY": kit.api_key})
    _run(*codegen, "generate", "--package", "acme", "--schema", "schema", "--out", "src", cwd=folder, env=environment)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist", "."]
    _run(*build, cwd=folder, env=environment)
    return folder


def _run(*command: str, cwd: Path, env: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.fixture(scope="module")
def installed(stocked: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment on top of the stocked one, with the tenant's wheel; gives its interpreter."""
    folder = tmp_path_factory.mktemp("installed")
    lay_over(folder, stocked)
    own = next((project / "dist").glob("*.whl"))
    pip(folder, "--no-deps", own)
    return interpreter(folder)


def test_it_is_imported_beside_the_shipped_package(installed: Path, tmp_path: Path) -> None:
    program = (
        "from acme.v22 import Project, forms; import workfront_client.v22 as shipped, acme\n"
        "assert 'site-packages' in acme.__file__ and Project is not shipped.Project\n"
        "print(str(Project.f.custom.地域), forms.IntakeForm(region='EMEA').values())"
    )
    ran = run(installed, "-c", program, cwd=tmp_path)
    assert ran.stdout.strip() == "DE:地域 {'Region': 'EMEA'}", ran.stderr


def test_type_checkers_find_its_types(installed: Path, stocked: Path, known_to_mypy: Path, tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_text((TYPING / name).read_text("utf-8"), encoding="utf-8")
    lines = (TYPING / FILES[1]).read_text("utf-8").splitlines()
    checkers = Checkers(installed, stocked, tmp_path, known_to_mypy)
    assert checkers.mypy(*FILES) == {(FILES[1], number) for number, line in enumerate(lines, 1) if line.endswith("# E")}
    assert checkers.pyright(FILES[0]) == set()


@pytest.fixture(scope="module")
def editor(installed: Path) -> Any:
    """Jedi's sight of the environment: one process for all questions."""
    return jedi.create_environment(installed.parent.parent, safe=False)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Task.f.planned_c", "planned_completion_date"), ("Project.f.custom.re", "region"), ("ProjectField.N", "NAME")],
)
def test_editors_complete_its_own_names_too(text: str, name: str, editor: Any) -> None:
    code = f"from acme.v22 import Project, ProjectField, Task\n{text}"
    script = jedi.Script(code, environment=editor)
    assert name in {completion.name for completion in script.complete(2, len(text))}


def test_the_tests_of_the_project_pass_on_the_installed_wheel(installed: Path, project: Path) -> None:
    ran = run(installed, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", cwd=project)
    assert " passed" in ran.stdout, ran.stdout[-2000:] + ran.stderr[-1000:]
    assert "failed" not in ran.stdout
