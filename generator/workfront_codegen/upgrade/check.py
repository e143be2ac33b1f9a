"""Checks a program against the next version of a package: deletes what goes, and looks what breaks.

The old version is copied without every member that goes or narrows, and mypy checks the program against the copy. No
import of the program is rewritten, nothing of it is run, and it need not be free of other errors.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from workfront_codegen.errors import CodegenError
from workfront_codegen.upgrade.compare import BrokenMember, broken_members
from workfront_codegen.upgrade.judge import texts, uses
from workfront_codegen.upgrade.overlay import write_overlay
from workfront_codegen.upgrade.program import Program, module_of
from workfront_codegen.upgrade.report import UpgradeReport
from workfront_schema.store import version_folder

PLACE: Final = Path(".workfront") / "upgrade"
"""Where copies and the checker's cache are kept, below the working directory."""
OPTIONS: Final = (
    "--config-file=", "--check-untyped-defs", "--disallow-any-expr", "--explicit-package-bases", "--output=json",
    "--no-error-summary", "--follow-imports=silent", "--ignore-missing-imports", "--hide-error-context",
    "--no-warn-unused-ignores",
)  # fmt: skip


def check_upgrade(sources: Sequence[Path], package: str, old: str, new: str) -> UpgradeReport:
    """Returns what of the program in ``sources`` uses what version ``new`` of a package lacks of version ``old``.

    Args:
        sources: files and folders of the program.
        package: name of the generated package, which is installed.
        old: the version the program is written for, ``v21``, or the folder of a generated one.
        new: the next version, or its folder.

    Raises:
        CodegenError: the package, a version, a source or mypy is missing.
    """
    before, after = _version(package, old), _version(package, new)
    generated = {before.parent.resolve(), after.parent.resolve()}
    program = Program.of(sources, before.parent.name, generated)
    broken = broken_members(before, after)
    if not broken or not program.readable:
        return UpgradeReport((), program.unread, len(broken))
    place = _overlay(before.parent, before.name, broken)
    errors = [error for batch in program.batches() for error in _errors(batch, place)]
    found = uses(errors, broken)
    known = {(use.path, use.line, use.name) for use in found}
    named = (use for file in program.readable for use in texts(file, broken))
    said = [use for use in named if (use.path, use.line, use.name) not in known]
    every = sorted(dict.fromkeys((*found, *said)), key=lambda use: (use.path, use.line, use.column))
    return UpgradeReport(tuple(every), program.unread, len(broken))


def _version(package: str, text: str) -> Path:
    """Returns the folder of a generated version: the one that is named, else that of the installed package."""
    if (Path(text) / "__init__.py").is_file():
        return Path(text).resolve()
    return _folder(package) / version_folder(text)


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CodegenError(f"package {package} is not installed here", "name it with --package")
    return Path(spec.submodule_search_locations[0])


def _overlay(folder: Path, version: str, broken: Sequence[BrokenMember]) -> Path:
    """Returns the folder of the copy, which is made once for two versions of the package."""
    files = sorted(folder.rglob("*.py"))
    mark = sha256(repr(broken).encode() + b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    place = PLACE.resolve() / mark
    done = place / "done"
    if not done.exists():
        (place / "package").mkdir(parents=True, exist_ok=True)
        (place.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        if not (place / "package" / folder.name).exists():
            write_overlay(folder, version, broken, place / "package")
        done.touch()
    return place


def _errors(files: Sequence[Path], place: Path) -> list[dict[str, Any]]:
    """Returns what mypy says of these files. Of one that moved, what its cache holds names the place it had before."""
    if find_spec("mypy") is None:
        raise CodegenError("upgrade-check needs mypy", "install it with: pip install 'workfront-client[upgrade]'")
    paths = [str(place / "package"), *_engine()]
    environment = {**os.environ, "MYPYPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-m", "mypy", *OPTIONS, f"--cache-dir={place.parent / 'cache'}", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
    if done.returncode > 1 or (done.returncode and not done.stdout.strip()):
        raise CodegenError(f"mypy could not check the program: {(done.stderr or done.stdout).strip()[:400]}")
    files_by_module = {module_of(file): str(file) for file in files}
    errors = (error for error in _parsed(done.stdout) if error.get("severity") == "error")
    return [error | {"file": files_by_module.get(module_of(Path(error["file"])), error["file"])} for error in errors]


def _parsed(output: str) -> Iterator[dict[str, Any]]:
    for line in output.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def _engine() -> list[str]:
    """Returns where the engine lies, unless it is among the installed packages, where mypy finds it by itself."""
    spec = find_spec("workfront_core")
    places = [str(Path(place).parent) for place in (spec.submodule_search_locations or ())] if spec else []
    return [place for place in places if "site-packages" not in place]
