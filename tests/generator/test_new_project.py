"""From nothing to a package of one's own: a project, the tenant's metadata, generated code, its own tests, a wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.type_checkers import mypy
from workfront_codegen.cli import app
from workfront_testing import live

pytestmark = pytest.mark.long


def run(folder: Path, *command: str | Path, **variables: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "src"), *sys.path]), **variables}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def made(folder: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["new", str(folder), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_project_is_made_filled_tested_and_built(tmp_path: Path) -> None:
    project = tmp_path / "acme-workfront"
    made(project)
    codegen = [sys.executable, "-m", "workfront_codegen"]
    with live("demo") as kit:
        ask = ["fetch", "--url", kit.url, "--api-key", "--api-version", "22", "--custom", "--out", "schema"]
        assert "custom fields: " in run(project, *codegen, *ask, WORKFRONT_API_KEY=kit.api_key)
    run(project, *codegen, "generate", "--package", "acme_workfront", "--schema", "schema", "--out", "src")
    program = "from acme_workfront.v22 import Project, forms; print(str(Project.f.custom.market), forms.__all__)"
    assert "DE:Market" in run(project, sys.executable, "-c", program)
    assert "3 passed" in run(project, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    (project / "use.py").write_text(
        "from acme_workfront.v22 import Project\n\n\ndef use(row: Project) -> None:\n    print(row.custom.market)\n"
    )
    assert mypy(tmp_path, [project / "use.py"], [project / "src"]) == {}
    build = "import hatchling.build as b; print(b.build_wheel('.'))"
    wheel = project / run(project, sys.executable, "-c", build).strip()
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "acme_workfront/v22/custom/project.py" in names
    assert not [name for name in names if name.startswith(("schema", "tests"))]


def test_what_people_changed_is_shown_and_left_alone(tmp_path: Path) -> None:
    project = tmp_path / "acme-workfront"
    made(project)
    settings = tomllib.loads((project / "pyproject.toml").read_text())
    assert settings["project"]["dependencies"][0].startswith("workfront-client==")
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    assert "0 files written" in made(project, "--refresh")
    readme = project / "README.md"
    readme.write_text("ours\n")
    (project / ".gitignore").unlink()
    output = made(project, "--refresh")
    assert "1 files written" in output
    assert "-ours" in output
    assert readme.read_text() == "ours\n"
    assert {file: file.read_bytes() for file in before if file != readme} == {
        file: text for file, text in before.items() if file != readme
    }


def test_texts_of_the_tenant_reach_no_shell(tmp_path: Path) -> None:
    made(tmp_path / "acme-workfront")
    workflow = (tmp_path / "acme-workfront" / ".github" / "workflows" / "refresh.yml").read_text()
    steps = workflow.partition("steps:")[2]
    assert "${{" not in steps
    assert "--body-file" in steps
    assert 'upgrade-check src tests --from "$before" --to "$now"' in steps
    assert "before=/tmp/before/src/acme_workfront/v22 now=src/acme_workfront/v22" in steps
    assert "--require-hashes" in steps


@pytest.mark.parametrize("name", ["1acme", "a b", "workfront_core", "class"])
def test_a_name_that_no_project_can_have_is_refused(name: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["new", str(tmp_path / name)])
    assert result.exit_code == 1
    assert not (tmp_path / name).exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "mine.txt").write_text("x")
    assert CliRunner().invoke(app, ["new", str(tmp_path / "acme")]).exit_code == 1
    assert [file.name for file in (tmp_path / "acme").iterdir()] == ["mine.txt"]
