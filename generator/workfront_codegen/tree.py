"""The written package: compared with what was rendered, or replaced by it whole."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from workfront_codegen.formatting import write_files
from workfront_codegen.render import Files


def differences(out: Path, files: Files) -> Iterator[str]:
    """A unified diff for every file that is missing, left over or different below ``out``; nothing where all agree."""
    for path in sorted(set(files) | _existing(out, files)):
        old, new = _text(out / path), files.get(path)
        if old != new:
            yield "".join(
                difflib.unified_diff(
                    (old or "").splitlines(keepends=True),
                    (new or "").splitlines(keepends=True),
                    path if old is not None else "(missing)",
                    path if new is not None else "(left over)",
                )
            ) or f"{path}: {'missing' if old is None else 'left over'}\n"


def write_package(out: Path, files: Files) -> None:
    """Puts the files in place below ``out``: each version folder is swapped as a whole, an interrupted run leaves the old one."""
    out.mkdir(parents=True, exist_ok=True)
    folders = _version_folders(files)
    with tempfile.TemporaryDirectory(prefix=".workfront-codegen-", dir=out) as scratch:
        new, old = Path(scratch) / "new", Path(scratch) / "old"
        write_files(new, files)
        for folder in sorted(folders):
            _swap(new / folder, out / folder, old / folder)
        for path in files:
            if (new / path).exists():
                _swap(new / path, out / path, old / path)


def _version_folders(files: Files) -> set[str]:
    return {"/".join(path.split("/")[:2]) for path in files if path.count("/") > 1}


def _swap(new: Path, place: Path, old: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        old.parent.mkdir(parents=True, exist_ok=True)
        place.rename(old)
    try:
        os.replace(new, place)
    except BaseException:
        if old.exists():
            old.rename(place)
        raise
    if old.is_dir():
        shutil.rmtree(old)


def _existing(out: Path, files: Files) -> set[str]:
    folders = (out / folder for folder in _version_folders(files))
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*.py"))
    return {path.relative_to(out).as_posix() for path in found}


def _text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def write_whole(file: Path, text: str) -> None:
    """Writes one file whole or not at all."""
    scratch = file.with_name(f".{file.name}.new")
    try:
        scratch.write_text(text, encoding="utf-8", newline="\n")
        os.replace(scratch, file)
    finally:
        scratch.unlink(missing_ok=True)
