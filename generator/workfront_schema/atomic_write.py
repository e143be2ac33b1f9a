"""Files and folders replaced whole or not at all: written beside their place first, then swapped in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path


def replace_folder(folder: Path, files: Mapping[str, str]) -> Path:
    """Replaces ``folder`` by one that holds exactly ``files`` (relative path -> text), whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _workplace(folder) as workplace:
        fresh = workplace / "new"
        write_files(fresh, files)
        _swap(fresh, folder, workplace / "old")
    return folder


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Writes every file below ``root``, folders included, in UTF-8 with LF."""
    for folder in {root, *((root / path).parent for path in files)}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8", newline="\n")


def write_whole(file: Path, text: str) -> None:
    """Replaces one file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with _workplace(file) as workplace:
        fresh = workplace / "new"
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(file)


@contextmanager
def _workplace(folder: Path) -> Generator[Path, None, None]:
    """A folder beside ``folder``, on the same file system, removed at the end."""
    workplace = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield workplace
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    try:
        folder.rename(old)
        fresh.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
