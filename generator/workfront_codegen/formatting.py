"""Formats rendered files with the pinned ruff: one run over all of them, whatever configuration the user has."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workfront_codegen.alike import alike
from workfront_codegen.errors import CodegenError
from workfront_codegen.render import Files
from workfront_schema.atomic_write import write_files

FORMATTER = "0.17.6"
_STYLE = ("--isolated", "--no-cache", "--target-version", "py311")
_UNUSED_IMPORTS = ("check", *_STYLE, "--select", "F401,TC005", "--fix", "--exit-zero")
_LAYOUT = ("format", *_STYLE, "--line-length", "120")


def format_files(files: Files) -> Files:
    """Returns the same files, unused imports removed and laid out.

    Raises CodegenError without the pinned ruff, or on invalid Python.
    """
    ruff = _ruff()
    together = alike(files)
    written = {path: text for path, text in files.items() if path not in together.heads} | together.written()
    with tempfile.TemporaryDirectory(prefix="workfront-codegen-") as folder:
        root = Path(folder)
        write_files(root, written)
        for arguments in (_UNUSED_IMPORTS, _LAYOUT):
            _run(ruff, *arguments, root=root)
        formatted = {path: (root / path).read_text(encoding="utf-8") for path in written}
    formatted |= together.parted(formatted)
    return {path: formatted[path] for path in files}


def _ruff() -> str:
    try:
        found = version("ruff")
    except PackageNotFoundError:
        found = "none"
    if found == FORMATTER:
        return str(import_module("ruff").find_ruff_bin())
    raise CodegenError(
        f"the formatter must be ruff {FORMATTER}, found {found}: another version lays the same code out differently",
        "install it with: pip install 'workfront-client[codegen]'",
    )


def _run(ruff: str, *arguments: str, root: Path) -> None:
    done = subprocess.run([ruff, *arguments, "."], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode and os.strerror(errno.ENOSPC) in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(root))
    if done.returncode:
        raise CodegenError(
            f"the rendered code is not valid Python: {(done.stderr or done.stdout).strip()}",
            "this is a defect: please report it",
        )
