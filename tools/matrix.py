"""The first hour of a user, on every Python of this machine and on both ends of every dependency's range.

``python -m tools.matrix`` builds the wheel, then for each Python and each end: the versions that uv finds for the
project file, an environment with them and the wheel, `tools.first_hour` in it. A Python that is not here is skipped,
and that is said.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from tools.interpreters import ROOT, VERSIONS, interpreter

End = Literal["lowest", "highest"]

ENDS: Final[tuple[End, ...]] = ("lowest", "highest")
_RESOLUTION: Final = {"lowest": "lowest-direct", "highest": "highest"}
LEFT_OUT: Final = ("spark",)
"""Extras that are not part of it: Spark wants 400 MB and a Java; `make test-long` runs it on what is pinned."""
_PROGRAM: Final = ROOT / "tools" / "first_hour.py"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one Python and one end: ``passed``, ``failed`` or ``skipped``, and what to read about it."""

    version: str
    end: str
    result: Literal["passed", "failed", "skipped"]
    about: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the matrix and prints a line for each part; 1 where one failed, 0 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tools.matrix", description=__doc__)
    parser.add_argument("--python", nargs="*", default=list(VERSIONS), help="versions: 3.11 3.12")
    parser.add_argument("--end", nargs="*", choices=ENDS, default=list(ENDS), help="ends of the ranges")
    asked = parser.parse_args(arguments)
    failed = False
    with tempfile.TemporaryDirectory(prefix="workfront-matrix-") as folder:
        wheel = built(Path(folder) / "dist")
        for version in asked.python:
            for end in asked.end:
                outcome = tried(version, end, wheel, Path(folder) / f"{version}-{end}")
                failed = failed or outcome.result == "failed"
                print(f"{outcome.version:5} {outcome.end:8} {outcome.result:8} {outcome.about}", flush=True)  # noqa: T201
    return int(failed)


def built(folder: Path) -> Path:
    """Returns the wheel of this checkout, built into a folder."""
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


def extras() -> tuple[str, ...]:
    """Returns the extras that take part."""
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    return tuple(name for name in known if name not in LEFT_OUT)


def tried(version: str, end: End, wheel: Path, folder: Path) -> Outcome:
    """Returns what came of the first hour on one Python with one end of the ranges."""
    python = interpreter(version)
    if python is None:
        return Outcome(version, end, "skipped", "there is no such Python on this machine")
    folder.mkdir(parents=True)
    try:
        environment = _environment(python, end, wheel, folder)
        said = _run(str(environment), "-P", "-W", "error", str(_PROGRAM), cwd=folder)
    except subprocess.CalledProcessError as error:
        lines = (error.stdout + error.stderr).strip().splitlines()
        return Outcome(version, end, "failed", "\n".join(lines[-25:]))
    return Outcome(version, end, "passed", said.strip().splitlines()[-1])


def _environment(python: str, end: End, wheel: Path, folder: Path) -> Path:
    """Returns the interpreter of a new environment.

    The versions are found for the project file, because for a wheel's own demands uv takes the highest always.
    """
    chosen, place = folder / "requirements.txt", folder / "environment"
    asked = [option for name in extras() for option in ("--extra", name)]
    ranges = ("--resolution", _RESOLUTION[end], "--python", python, "--only-binary", ":all:")
    _uv("pip", "compile", "--quiet", *asked, *ranges, "--output-file", str(chosen), str(ROOT / "pyproject.toml"))
    _uv("venv", "--quiet", "--python", python, str(place))
    inside = place / "bin" / "python"
    install = ("pip", "install", "--quiet", "--python", str(inside))
    _uv(*install, "--only-binary", ":all:", "--requirements", str(chosen), "pytest>=8", "mypy>=1.15")
    _uv(*install, "--no-deps", str(wheel))
    return inside


def _uv(*arguments: str) -> str:
    return _run(str(Path(sys.executable).parent / "uv"), "--no-config", *arguments)


def _run(*command: str, cwd: Path | None = None) -> str:
    """Returns what a command printed. Raises CalledProcessError where it failed."""
    away = {"PYTHONPATH", "MYPYPATH", "VIRTUAL_ENV"}
    settings = {name: value for name, value in os.environ.items() if name not in away}
    settings = {name: value for name, value in settings.items() if not name.startswith("WORKFRONT_")}
    return subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
