"""What distributions and curious people get: the source archive, which holds what its own checks need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tests.support.soak import rounds
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.long

ADDED = {"PKG-INFO"}
"""What the archive holds and the repository does not."""

PART = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/wire")
PART_OR_ALL = ("make", "test", "test-long") if rounds(0, 1) else PART
"""What is run in the archive: a part of its tests, or in the long form whatever a change has to pass."""

ENVIRONMENTS = (".venv", ".venvs")
"""What make would take long to make: those of the checkout are lent to the archive."""

LONGEST = 7200.0
"""Seconds that all of it may take, on a machine that is busy with something else."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(folder.iterdir())


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    packages = [str(folder / name) for name in ("runtime", "generated", "generator", "sandbox")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(packages)}
    for name in ("WORKFRONT_SOAK", "MAKEFLAGS", "MAKELEVEL", "PYTEST_XDIST_WORKER"):
        environment.pop(name, None)
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST
    )


def test_it_holds_every_file_of_the_repository(unpacked: Path) -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs the repository: what is under version control is what belongs in the archive")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    known = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert files(unpacked) - ADDED == set(known.split("\0")) - {""}


def test_what_make_needs_is_there(unpacked: Path) -> None:
    done = run(unpacked, "make", "--dry-run", "demo", "test", "bench")
    assert done.returncode == 0, done.stderr


def test_its_package_is_what_its_generator_writes(unpacked: Path) -> None:
    done = run(unpacked, sys.executable, "-m", "workfront_codegen", "generate", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_tests_run_on_its_own_packages(unpacked: Path) -> None:
    for name in ENVIRONMENTS:
        if (ROOT / name).is_dir():
            (unpacked / name).symlink_to(ROOT / name)
    done = run(unpacked, *PART_OR_ALL)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert " passed" in done.stdout
