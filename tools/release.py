"""What a release consists of, built and checked: wheel, source archive, bill of materials, checksums. Uploads nothing.

``python -m tools.release`` writes the folder ``dist/release``. With ``--version 0.2.0`` it demands what a release needs
beyond that: a clean checkout, a changelog that has the version. Without, it says what of these is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from tools.interpreters import ROOT
from tools.matrix import extras
from tools.wheel_check import wheel_problems

OUT: Final = ROOT / "dist" / "release"
SUMS: Final = "SHA256SUMS"
BILL: Final = "workfront-client.cdx.json"
_PINS: Final = ROOT / "requirements" / "dev.txt"
_BIN: Final = Path(sys.executable).parent


class ReleaseRefused(Exception):
    """Something a release must have is not so."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds and checks, a line for each step; 1 with what is wrong where something is."""
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    parser.add_argument("--version", help="the version to be released; a trial without it")
    parser.add_argument("--out", type=Path, default=OUT, help="the folder that is written; its old content is removed")
    asked = parser.parse_args(arguments)
    try:
        _release(asked.version, asked.out)
    except ReleaseRefused as refused:
        print(f"not released: {refused}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _release(version: str | None, out: Path) -> None:
    missing = [*unready(version or project_version())]
    if version is not None and missing:
        raise ReleaseRefused("; ".join(missing))
    with tempfile.TemporaryDirectory(prefix="workfront-release-") as folder:
        files = _made(Path(folder))
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        for file in files:
            shutil.copy2(file, out)
    (out / SUMS).write_text(checksums(out))
    _say(f"written to {out}: {', '.join(sorted(file.name for file in out.iterdir()))}")
    for line in missing:
        _say(f"this was a trial: {line}")
    _say("nothing was uploaded; RELEASING.md says what comes next")


def unready(version: str) -> Iterator[str]:
    """Yields what keeps this checkout from being released as ``version``."""
    if not _project().get("urls"):
        yield "pyproject.toml has no [project.urls]: an index shows readers no way to source, pages and issues"
    if version != project_version():
        yield f"pyproject.toml has version {project_version()}, not {version}"
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    if not re.search(rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE):
        yield f'CHANGELOG.md has no heading "## {version} - YYYY-MM-DD"'
    if not (ROOT / ".git").exists():
        yield "this is no checkout, so nobody can say what it was built from"
    elif changed := _output("git", "status", "--porcelain"):
        yield f"{len(changed.splitlines())} files differ from the last commit"


def project_version() -> str:
    """Returns the version that pyproject.toml has."""
    return str(_project()["version"])


def _project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def _made(folder: Path) -> tuple[Path, ...]:
    """Returns wheel, source archive and bill of materials, all checked."""
    day = {"SOURCE_DATE_EPOCH": _day()}
    first = _built(ROOT, folder / "plain", day, "--wheel")
    bill = _bill(first[0], folder, day)
    _say(f"bill of materials: {len(json.loads(bill.read_bytes())['components'])} components")
    settings = {**day, "WORKFRONT_SBOM": str(bill)}
    wheel, archive = _built(ROOT, folder / "one", settings, "--wheel", "--sdist")
    again = _built(ROOT, folder / "two", settings, "--wheel", "--sdist")
    demand_same((wheel, archive), again, "a second build")
    from_archive = _built(_unpacked(archive, folder / "source"), folder / "three", settings, "--wheel")
    demand_same((wheel,), from_archive, "a build from the source archive")
    _say("built twice, and from the source archive: the same bytes")
    _output(str(_BIN / "twine"), "check", "--strict", str(wheel), str(archive))
    if problems := [*wheel_problems(wheel, project_version())]:
        raise ReleaseRefused("; ".join(problems))
    sizes = f"the wheel has {wheel.stat().st_size:,} bytes, the archive {archive.stat().st_size:,}"
    _say(f"twine and our own checks pass; {sizes}")
    return wheel, archive, bill


def _built(source: Path, out: Path, settings: dict[str, str], *what: str) -> tuple[Path, ...]:
    """Returns what was built: the wheel first."""
    _output(
        sys.executable, "-m", "build", "--no-isolation", *what, "--outdir", str(out), str(source), settings=settings
    )
    return tuple(sorted(out.iterdir(), key=lambda file: file.suffix != ".whl"))


def _unpacked(archive: Path, folder: Path) -> Path:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(folder.iterdir())


def demand_same(one: Sequence[Path], two: Sequence[Path], what: str) -> None:
    """Raises ReleaseRefused naming the first file that differs."""
    for left, right in zip(one, two, strict=True):
        if left.read_bytes() != right.read_bytes():
            raise ReleaseRefused(f"{what} gives another {left.name}")


def _bill(wheel: Path, folder: Path, settings: dict[str, str]) -> Path:
    """Returns the bill of materials: what an environment holds that has the wheel with all extras that take part in
    `tools.matrix`, in the versions the tests ran with.
    """
    place, bill = folder / "environment", folder / BILL
    uv = str(_BIN / "uv")
    _output(uv, "venv", "--quiet", "--python", sys.executable, str(place))
    inside, asked = str(place / "bin" / "python"), f"{wheel}[{','.join(extras())}]"
    _output(uv, "pip", "install", "--quiet", "--python", inside, "--constraints", str(_PINS), asked)
    project = ("--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "library")
    shape = ("--output-reproducible", "--validate", "--short-PURLs", "--output-file", str(bill))
    _output(str(_BIN / "cyclonedx-py"), "environment", *project, *shape, inside, settings=settings)
    return bill


def checksums(folder: Path) -> str:
    """Returns a line for each file, as ``sha256sum --check`` reads it."""
    files = (file for file in sorted(folder.iterdir()) if file.name != SUMS)
    return "".join(f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)


def _day() -> str:
    """Returns when the last commit was made, in seconds: the time that files in a release bear."""
    return _output("git", "log", "-1", "--format=%ct").strip() if (ROOT / ".git").exists() else "315532800"


def _output(*command: str, settings: dict[str, str] | None = None) -> str:
    """Returns what a command printed. Raises ReleaseRefused with its last lines where it failed."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment | (settings or {}), capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        raise ReleaseRefused(f"{' '.join(command[:4])} failed: " + "\n".join(lines[-15:]))
    return done.stdout


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
