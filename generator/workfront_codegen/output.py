"""The written package: compared with what was rendered, or replaced by it whole."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from workfront_codegen.render import Files
from workfront_schema.atomic_write import replace_folder, write_whole


def differences(out: Path, files: Files) -> Iterator[str]:
    """A unified diff for every file that is missing, left over or different below ``out``; nothing where all agree."""
    for path in sorted(set(files) | _existing(out, files)):
        old, new = _text(out / path), files.get(path)
        if old != new:
            yield _diff(path, old, new)


def write_package(out: Path, files: Files) -> None:
    """Puts the files in place below ``out``: each version folder whole, or left as it was where that fails."""
    for folder in sorted(_version_folders(files)):
        inside = f"{folder}/"
        replace_folder(out / folder, {path[len(inside) :]: files[path] for path in files if path.startswith(inside)})
    for path, text in files.items():
        if path.count("/") == 1:
            write_whole(out / path, text)


def _diff(path: str, old: str | None, new: str | None) -> str:
    names = (path if old is not None else "(missing)", path if new is not None else "(left over)")
    lines = difflib.unified_diff((old or "").splitlines(keepends=True), (new or "").splitlines(keepends=True), *names)
    return "".join(lines) or f"{path}: {'missing' if old is None else 'left over'}\n"


def _version_folders(files: Files) -> set[str]:
    return {"/".join(path.split("/")[:2]) for path in files if path.count("/") > 1}


def _existing(out: Path, files: Files) -> set[str]:
    folders = (out / folder for folder in _version_folders(files))
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*.py"))
    return {path.relative_to(out).as_posix() for path in found}


def _text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None
