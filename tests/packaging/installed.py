"""The wheel installed, and type checkers that see it as users' do: by the interpreter of its environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.places import ROOT

BIN = Path(sys.executable).parent
OF_USERS = ("--constraint", ROOT / "requirements" / "run.txt")
OF_DEVELOPERS = ("--constraint", ROOT / "requirements" / "dev.txt")
STOCK = "cli,codegen,forms,frames,sandbox"
"""Extras that programs of these tests need."""


def run(
    *command: object, cwd: Path | None = None, first: Path | None = None, modules: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command, with ``first`` in front of the search path for programs, and ``modules`` in that for modules."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    if modules is not None:
        environment["PYTHONPATH"] = str(modules)
    if first is not None:
        environment["PATH"] = f"{first}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd, env=environment
    )


def done(*command: object, cwd: Path | None = None) -> None:
    """Runs a command that has to end well."""
    ran = run(*command, cwd=cwd)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]


def build(folder: Path) -> None:
    """Builds the wheel of the checkout into a folder."""
    done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)


def install(folder: Path, wheel: Path) -> None:
    """Makes an environment that holds the wheel and its dependencies alone."""
    done(sys.executable, "-m", "venv", "--without-pip", folder)
    pip(folder, *OF_USERS, wheel)


def lay_over(folder: Path, below: Path) -> None:
    """Makes an environment on top of another, whose interpreter is given: it sees what that one holds."""
    done(sys.executable, "-m", "venv", "--without-pip", folder)
    (packages(folder) / "below.pth").write_text(f"import site; site.addsitedir({str(packages(below.parents[1]))!r})\n")


def add_stock(folder: Path, clean: Path, wheel: Path) -> None:
    """Makes an environment on top of a clean one, with the extras and with what users' suites and checks run."""
    lay_over(folder, clean)
    what = (f"{wheel}[{STOCK}]", "pytest", "mypy")
    pip(folder, *OF_DEVELOPERS, *what)


def pip(folder: Path, *what: object) -> None:
    """Installs into an environment, by the pip of the checkout: a second one takes longer to set up than all else."""
    done(sys.executable, "-m", "pip", "--python", interpreter(folder), "install", "--quiet", "--no-compile", *what)


def packages(folder: Path) -> Path:
    return folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


def interpreter(folder: Path) -> Path:
    return folder / "bin" / "python"


def learn(cache: Path, python: Path, stocked: Path) -> None:
    """Lets mypy read what programs import of an environment, so that the checks of a run begin with that."""
    program = ROOT / "tests" / "typing" / "generated_passes.py"
    with TemporaryDirectory() as project:
        shutil.copy(program, project)
        assert Checkers(python, stocked, Path(project), cache).mypy(program.name) == set()


@dataclass(frozen=True)
class Checkers:
    """mypy and pyright in a user's project, on what an environment holds.

    Attributes:
        python: the interpreter of the environment.
        stocked: one that has mypy: always the same, as another one's types of the standard library are not those known.
        project: a folder with the files to check.
        cache: where mypy keeps what it knows.
    """

    python: Path
    stocked: Path
    project: Path
    cache: Path

    def mypy(self, *files: str, options: Iterable[object] = ("--config-file=",)) -> set[tuple[str, int]]:
        """Returns the lines that mypy calls wrong."""
        command = (self.stocked, "-m", "mypy", "--strict", "--python-executable", self.python, "--no-pretty", *options)
        ran = run(*command, "--cache-dir", self.cache, *files, cwd=self.project)
        found = re.findall(r"^(.+?):(\d+): error", ran.stdout, re.MULTILINE)
        assert bool(found) == bool(ran.returncode), ran.stdout + ran.stderr
        return {(name, int(line)) for name, line in found}

    def pyright(self, *files: str) -> set[tuple[str, int]]:
        """Returns the lines that pyright calls wrong."""
        settings = {"typeCheckingMode": "strict", "include": files, "reportUnusedExpression": False}
        (self.project / "pyrightconfig.json").write_text(json.dumps(settings))
        ran = run(BIN / "basedpyright", "--outputjson", "--pythonpath", self.python, cwd=self.project)
        found = json.loads(ran.stdout)["generalDiagnostics"]
        return {(Path(item["file"]).name, item["range"]["start"]["line"] + 1) for item in found}
