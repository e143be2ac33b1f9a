"""Files and folders replaced whole or not at all: written beside their place first, then swapped in.

The swap of a folder is one step where the system has one (`workfront_schema.exchange`). Elsewhere it takes two renames:
what is to be done is noted first, so that whoever comes next can end what a killed process began (``recover``).
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from workfront_schema.errors import SchemaError
from workfront_schema.exchange import exchange

_NEW: Final = "new"
_OLD: Final = "old"
_READY: Final = "ready"
"""The note beside a folder that is written out: from now on it may take its place."""
_WORKPLACE: Final = "[a-z0-9_]" * 8
_DAY: Final = 24 * 60 * 60
"""Seconds after which what a killed process left behind is taken away: no run takes that long."""


def replace_folder(folder: Path, files: Mapping[str, str]) -> Path:
    """Replaces ``folder`` by one that holds exactly ``files`` (relative path -> text), whole or not at all.

    Raises SchemaError where ``folder`` is a symbolic link; an OSError names the folder.
    """
    with prepared_folder(folder, lambda fresh: write_files(fresh, files)) as put_in_place:
        put_in_place()
    return folder


@contextmanager
def prepared_folder(folder: Path, fill: Callable[[Path], None]) -> Generator[Callable[[], None], None, None]:
    """Lets ``fill`` write a folder beside ``folder``; the function given to the block puts it in place.

    A block that ends without calling it leaves everything as it was.
    """
    refuse_link(folder)
    with _naming(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        recover(folder)
        with _workplace(folder) as workplace:
            fill(workplace / _NEW)
            yield lambda: _replace(workplace, folder)


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Writes every file below ``root``, folders included, in UTF-8 with LF."""
    with _naming(root):
        for folder in {root, *((root / path).parent for path in files)}:
            folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            (root / path).write_text(text, encoding="utf-8", newline="\n")


def write_whole(file: Path, text: str) -> None:
    """Replaces one file, whole or not at all.

    Raises SchemaError where ``file`` is a symbolic link; an OSError names the file.
    """
    refuse_link(file)
    with _naming(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with _workplace(file) as workplace:
            fresh = workplace / _NEW
            fresh.write_text(text, encoding="utf-8", newline="\n")
            fresh.replace(file)


def recover(folder: Path) -> None:
    """Ends a swap of ``folder`` that a killed process began, and takes away leftovers that are older than a day.

    Afterwards ``folder`` holds the new content, or still the old one.
    """
    for workplace in _workplaces(folder.parent, folder.name):
        is_half_done = all((workplace / name).exists() for name in (_READY, _OLD, _NEW))
        if is_half_done and not folder.exists():
            (workplace / _NEW).rename(folder)
    sweep(folder.parent, folder.name)


def recover_all(parent: Path, name: str) -> None:
    """Ends the swaps of all folders below ``parent`` whose names ``name`` is the pattern of, as `recover` does."""
    for workplace in _workplaces(parent, name):
        recover(parent / workplace.name[1:].rpartition("-")[0])


def sweep(parent: Path, name: str) -> None:
    """Takes away what killed processes left beside files or folders called ``name`` more than a day ago.

    ``name`` may be a pattern for all that the caller writes into ``parent``.
    """
    for workplace in _workplaces(parent, name):
        if time.time() - workplace.stat().st_mtime > _DAY:
            shutil.rmtree(workplace, ignore_errors=True)


def refuse_link(path: Path) -> None:
    """Raises SchemaError where ``path`` is a symbolic link: what it leads to may belong to somebody else."""
    if path.is_symlink():
        raise SchemaError(f"{path} is a symbolic link; it is neither followed nor replaced", "name the real place")


def refuse_others(folder: Path, may_go: Callable[[Path], bool]) -> None:
    """Raises SchemaError where a folder that is to be replaced holds anything that may not go with it."""
    others = sorted(item.name for item in folder.iterdir() if not may_go(item)) if folder.is_dir() else []
    if others:
        raise SchemaError(f"{folder} holds {others[0]!r}, which would be lost", "name a new folder")


@contextmanager
def _workplace(folder: Path) -> Generator[Path, None, None]:
    """Makes a folder beside ``folder``, on the same file system, removed at the end."""
    workplace = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield workplace
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _workplaces(parent: Path, name: str) -> list[Path]:
    found = parent.glob(f".{name}-{_WORKPLACE}")
    return [item for item in found if item.is_dir() and not item.is_symlink() and _is_ours(item)]


def _is_ours(workplace: Path) -> bool:
    return {item.name for item in workplace.iterdir()} <= {_NEW, _OLD, _READY}


def _replace(workplace: Path, folder: Path) -> None:
    fresh = workplace / _NEW
    if not folder.exists():
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.exists():
                raise
        else:
            return
    if not exchange(fresh, folder):
        _swap_in_two_steps(workplace, folder)


def _swap_in_two_steps(workplace: Path, folder: Path) -> None:
    """Moves the old folder away, then the new one in; ``recover`` knows what to do between the two."""
    fresh, old = workplace / _NEW, workplace / _OLD
    (workplace / _READY).touch()
    try:
        folder.rename(old)
        fresh.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    finally:
        (workplace / _READY).unlink(missing_ok=True)


@contextmanager
def _naming(place: Path) -> Generator[None, None, None]:
    """Adds ``place`` to an OSError that names none, such as that of a full disk."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(place)
        raise
