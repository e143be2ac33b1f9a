"""What users install: the wheel, in an environment that holds nothing else but its dependencies."""

from __future__ import annotations

import json
import re
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import jedi  # type: ignore[import-untyped]
import pyspark
import pytest

from tests.packaging.installed import Checkers, pip, run
from tests.support.jedi_cache import use_own_cache
from tests.support.places import ROOT
from tests.support.soak import rounds
from workfront_schema import evidence, store

pytestmark = pytest.mark.long

use_own_cache()

BIN = Path(sys.executable).parent
TYPING = ROOT / "tests" / "typing"
FILES = ("generated_passes.py", "generated_fails.py")


@pytest.fixture(scope="module")
def bases(clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with click and pyspark, whose classes ours derive from; the clean environment stays without them."""
    folder = tmp_path_factory.mktemp("bases")
    constraint = ROOT / "requirements" / "run.txt"
    pip(clean.parents[1], "--constraint", constraint, "--target", folder, "click")
    (folder / "pyspark").symlink_to(Path(pyspark.__file__).parent)
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's project: the two files of type tests, away from our sources."""
    folder = tmp_path_factory.mktemp("project")
    for name in FILES:
        (folder / name).write_text((TYPING / name).read_text())
    return folder


def expected_errors() -> set[tuple[str, int]]:
    """Returns the marked lines of the second file; the first one is right."""
    lines = (TYPING / FILES[1]).read_text().splitlines()
    return {(FILES[1], number) for number, line in enumerate(lines, 1) if "# E" in line and not line.startswith('"""')}


@pytest.fixture(scope="module")
def checkers(clean: Path, stocked: Path, project: Path, known_to_mypy: Path) -> Checkers:
    return Checkers(clean, stocked, project, known_to_mypy)


@pytest.fixture(scope="module")
def found_by_mypy(checkers: Checkers) -> set[tuple[str, int]]:
    """The lines of both files that mypy calls wrong, in one run."""
    return checkers.mypy(*FILES)


@pytest.fixture(scope="module")
def found_by_pyright(checkers: Checkers) -> set[tuple[str, int]]:
    """The lines of both files that pyright calls wrong, in one run."""
    return checkers.pyright(*FILES)


class TestContents:
    def test_building_it_again_gives_the_same_bytes(self, wheel: Path, tmp_path: Path) -> None:
        done = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()

    def test_it_ships_every_package_templates_and_schema(self, wheel: Path) -> None:
        names = zipfile.ZipFile(wheel).namelist()
        for name in (
            "workfront_client/v22/models/project.py",
            "workfront_client/py.typed",
            "workfront_core/py.typed",
            "workfront_codegen/py.typed",
            "workfront_schema/py.typed",
            "workfront_sandbox/py.typed",
            "workfront_testing/py.typed",
            "workfront_cli/py.typed",
            "workfront_codegen/templates/model.py.jinja",
            "workfront_schema/data/overrides.toml",
            "workfront_schema/data/names.lock",
            "workfront_schema/data/v22.0.jsonl",
            "workfront_client/v22/fields.pyi",
        ):
            assert name in names, name

    def test_the_versions_it_ships_are_those_a_package_is_made_of(self, wheel: Path) -> None:
        """Snapshot and package of each, and nothing of v17.0, which is for tests."""
        names = zipfile.ZipFile(wheel).namelist()
        snapshots = {match[1] for name in names if (match := re.match(r"workfront_schema/data/(v[\d.]+)\.jsonl", name))}
        packages = {match[1] for name in names if (match := re.match(r"workfront_client/(v\d+)/", name))}
        made = tuple(tomllib.loads((ROOT / "schema" / "package.toml").read_text())["versions"])
        assert snapshots == set(made)
        assert packages == {version.removesuffix(".0") for version in made}
        kept = {file.name for file in (ROOT / "schema").iterdir() if not re.match(r"v\d", file.name)}
        shipped = {name.split("/")[2] for name in names if name.startswith("workfront_schema/data/")}
        assert shipped == kept | {f"{version}.jsonl" for version in made}

    def test_its_snapshots_and_evidence_are_those_of_the_checkout(self, wheel: Path, tmp_path: Path) -> None:
        zipfile.ZipFile(wheel).extractall(tmp_path)
        shipped, here = tmp_path / "workfront_schema" / "data", store.standard_schema()
        for version in store.versions(shipped):
            snapshot = store.load_snapshot(here, version)
            assert store.load_snapshot(shipped, version) == snapshot
            assert evidence.of(snapshot, shipped) == evidence.of(snapshot, here)

    def test_a_version_that_is_not_there_is_refused_with_what_to_write(self, clean: Path) -> None:
        for line in ("import workfront_client.v17", "from workfront_client.v17 import Project"):
            done = run(clean, "-c", line)
            assert "write: from workfront_client.v22 import Workfront" in done.stderr

    def test_its_dependencies_are_httpx_and_pydantic(self, clean: Path) -> None:
        done = run(clean, "-c", "import workfront_client.v22 as c; print(c.Workfront.api_version, c.Project.obj_code)")
        assert done.stdout.split() == ["v22.0", "PROJ"]

    def test_the_generator_says_which_extra_is_missing(self, clean: Path) -> None:
        done = run(clean.parent / "workfront-codegen", "stats")
        assert done.returncode == 1
        assert "workfront-client[codegen]" in done.stderr
        assert "Traceback" not in done.stderr


PACKAGES = (
    "workfront_cli", "workfront_client.v22", "workfront_core", "workfront_sandbox", "workfront_testing",
    *["workfront_client"] * rounds(0, 1),
)  # fmt: skip
"""Of the versions, which one set of templates makes, the newest; in the long form each of them."""

# Clients and their services, by way of a base that may be anything: what it is for, ServiceAttribute says.
OPEN_BASE = re.compile(
    r"workfront_client\.v\d+(\.(async_)?client)?\.(Async)?Workfront(\.\w+)?|workfront_core\..*\.ServiceAttribute"
)


class TestTypes:
    def test_mypy_strict_finds_every_mistake_and_no_other(self, found_by_mypy: set[tuple[str, int]]) -> None:
        assert found_by_mypy == expected_errors()

    def test_pyright_strict_finds_every_mistake_and_no_other(self, found_by_pyright: set[tuple[str, int]]) -> None:
        assert found_by_pyright == expected_errors()

    def test_mypy_strict_accepts_it_with_the_pydantic_plugin(self, clean: Path, stocked: Path, project: Path) -> None:
        (project / "plugin.ini").write_text("[mypy]\nplugins = pydantic.mypy\n[pydantic-mypy]\ninit_typed = True\n")
        checkers = Checkers(clean, stocked, project, project / "known-with-the-plugin")
        assert checkers.mypy(FILES[0], options=("--config-file", "plugin.ini")) == set()

    @pytest.mark.parametrize("package", PACKAGES)
    def test_every_public_name_has_a_type(self, package: str, clean: Path, bases: Path, tmp_path: Path) -> None:
        checker = (BIN / "basedpyright", "--verifytypes", package, "--ignoreexternal", "--outputjson")
        report = json.loads(run(*checker, cwd=tmp_path, first=clean.parent, modules=bases).stdout)
        symbols = report["typeCompleteness"]["symbols"]
        exported = [symbol for symbol in symbols if symbol["isExported"]]
        incomplete = [symbol["name"] for symbol in exported if not symbol["isTypeKnown"] or symbol["isTypeAmbiguous"]]
        assert len(exported) > 100
        assert [name for name in incomplete if not OPEN_BASE.fullmatch(name)] == []


COMPLETIONS = {
    "wf.": {"project", "task", "issue", "hour", "work", "close"},
    "wf.task.": {"get", "search", "count", "report", "create", "update", "delete", "move", "bulk_copy", "mark_done"},
    "Task.f.assigned_to.": {"first_name", "title", "home_team"},
    "ProjectStatus.": {"CURRENT", "PLANNING", "ON_HOLD"},
    "ProjectField.": {"NAME", "OWNER_ID"},
    "project.owner.": {"first_name", "title"},
}


@pytest.fixture(scope="module")
def editor(clean: Path) -> Any:
    """Jedi's sight of the environment: one process for all questions."""
    return jedi.create_environment(clean.parent.parent, safe=False)


@pytest.mark.parametrize(("text", "names"), COMPLETIONS.items())
def test_editors_complete(text: str, names: set[str], editor: Any) -> None:
    code = (
        "from workfront_client.v22 import Project, ProjectField, ProjectStatus, Task, Workfront\n"
        f"def use(wf: Workfront, project: Project) -> None:\n    {text}"
    )
    script = jedi.Script(code, environment=editor)
    found = {completion.name for completion in script.complete(3, 4 + len(text))}
    assert names <= found, sorted(found)
