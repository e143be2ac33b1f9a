"""What is checked before a release; the whole of `make release` in the long form of the tests."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from tools.release import BILL, SUMS, ReleaseRefused, checksums, demand_same, main, project_version, unready
from tools.wheel_check import MOST_BYTES, wheel_problems

from tests.support.places import ROOT
from tests.support.soak import rounds

VERSION = "0.1.0"
INFO = f"workfront_client-{VERSION}.dist-info"
PACKAGES = ("cli", "client", "codegen", "core", "sandbox", "schema", "testing")
METADATA = f"""\
Metadata-Version: 2.4
Name: workfront-client
Version: {VERSION}
Summary: A client
License-Expression: Apache-2.0
Requires-Python: >=3.11
Description-Content-Type: text/markdown
Requires-Dist: httpcore<2,>=1.0.6
Requires-Dist: httpx<1,>=0.27
Requires-Dist: pydantic<3,>=2.12
Requires-Dist: click<9,>=8.1; extra == "cli"
"""
GOOD: Mapping[str, str] = {
    f"{INFO}/METADATA": METADATA,
    f"{INFO}/licenses/LICENSE": "Apache",
    f"{INFO}/sboms/workfront-client.cdx.json": "{}",
    **{f"workfront_{name}/py.typed": "" for name in PACKAGES},
}


def made(folder: Path, files: Mapping[str, str]) -> Path:
    file = folder / "x.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file


def without(*gone: str) -> dict[str, str]:
    return {name: text for name, text in GOOD.items() if not any(part in name for part in gone)}


def with_metadata(old: str, new: str) -> dict[str, str]:
    assert old in METADATA
    return {**GOOD, f"{INFO}/METADATA": METADATA.replace(old, new)}


def test_a_good_wheel_has_no_problems(tmp_path: Path) -> None:
    assert [*wheel_problems(made(tmp_path, GOOD), VERSION)] == []


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (without("METADATA"), "the wheel has no metadata"),
        (without("LICENSE"), "the wheel lacks the text of its licence"),
        (without("sboms"), "the wheel lacks its bill of materials"),
        *((without(f"_{name}/"), f"the wheel lacks workfront_{name}/py.typed") for name in PACKAGES),
        (with_metadata("Version: 0.1.0", "Version: 0.2.0"), "the wheel calls itself workfront-client 0.2.0"),
        (with_metadata("License-Expression: Apache-2.0\n", ""), "the wheel's metadata lacks License-Expression"),
        (with_metadata("Requires-Python: >=3.11\n", ""), "the wheel's metadata lacks Requires-Python"),
        (with_metadata('; extra == "cli"', ""), "without extras the wheel demands click, httpcore, httpx, pydantic"),
        *(
            ({**GOOD, name: ""}, f"{name} does not belong into the wheel")
            for name in (
                "tests/test_x.py",
                "workfront_core/tests/x.py",
                "workfront_core/__pycache__/x.pyc",
                "acme.duckdb",
            )
        ),
        ({**GOOD, "workfront_core/big.bin": "x" * (MOST_BYTES + 1)}, "the wheel has 3"),
    ],
)
def test_what_is_wrong_with_a_wheel_is_told(files: dict[str, str], problem: str, tmp_path: Path) -> None:
    found = [*wheel_problems(made(tmp_path, files), VERSION)]
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_a_version_that_neither_project_nor_changelog_has_is_not_ready() -> None:
    found = "\n".join(unready("99.0.0"))
    assert f"pyproject.toml has version {project_version()}, not 99.0.0" in found
    assert 'CHANGELOG.md has no heading "## 99.0.0 - YYYY-MM-DD"' in found


def test_a_build_that_differs_is_refused(tmp_path: Path) -> None:
    one, two = tmp_path / "one" / "x.whl", tmp_path / "two" / "x.whl"
    for file in (one, two):
        file.parent.mkdir()
        file.write_text("same")
    demand_same([one], [two], "a second build")
    two.write_text("other")
    with pytest.raises(ReleaseRefused, match=r"a second build gives another x\.whl"):
        demand_same([one], [two], "a second build")


def test_checksums_are_those_of_the_files_but_for_their_own(tmp_path: Path) -> None:
    for name in ("b.whl", "a.tar.gz", SUMS):
        (tmp_path / name).write_text(name)
    lines = checksums(tmp_path).splitlines()
    assert lines == [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}" for name in ("a.tar.gz", "b.whl")]


def test_a_version_that_is_not_ready_builds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version", "99.0.0", "--out", str(tmp_path / "out")]) == 1
    refused = capsys.readouterr().err
    assert refused.startswith("not released: ")
    assert "pyproject.toml has version" in refused
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not rounds(0, 1), reason="the long form: builds four times and fills an environment")
def test_a_trial_leaves_what_a_release_consists_of(tmp_path: Path) -> None:
    python = ROOT / ".venvs" / "release" / "bin" / "python"
    if not python.exists():
        pytest.skip("needs the environment that make release makes")
    done = subprocess.run(
        [python, "-m", "tools.release", "--out", tmp_path / "out"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "nothing was uploaded" in done.stdout
    wheel = next((tmp_path / "out").glob("*.whl"))
    bill = json.loads((tmp_path / "out" / BILL).read_bytes())
    assert {"httpx", "pydantic", "click"} <= {item["name"] for item in bill["components"]}
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if "/sboms/" in name)
        assert json.loads(archive.read(name)) == bill
    subprocess.run(["sha256sum", "--check", SUMS], cwd=tmp_path / "out", check=True, capture_output=True)


def test_the_matrix_says_which_python_is_not_here() -> None:
    command = [sys.executable, "-c", "from tools.matrix import tried; print(tried('9.99', 'lowest', None, None))"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "result='skipped', about='there is no such Python on this machine'" in done.stdout
