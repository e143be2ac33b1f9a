"""The written package: compared with what was rendered, or replaced by it in one step."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from workfront_codegen import ownership
from workfront_codegen.render import Files
from workfront_schema.atomic_write import prepared_folder, recover, sweep, write_files

_CODE = (".py", ".pyi")

MOST_FILES = 20
MOST_LINES = 60
"""How much of a difference is shown: files, and lines of each."""


def differences(out: Path, files: Files) -> Iterator[str]:
    """Says what below ``out`` is missing, left over or different; nothing where all agree.

    A unified diff a file, the longest cut off, for the first files; one line for a package or a version that is not
    there at all.
    """
    folder = _package_folder(out, files)
    recover(folder)
    if not folder.exists():
        yield f"{folder}: there is no such package\n"
        return
    gone = {version for version in _version_folders(files) if not (out / version).exists()}
    yield from (f"{out / version}: there is no such version\n" for version in sorted(gone))
    kept = {path: text for path, text in files.items() if _version_folder(path) not in gone}
    yield from _shortened(_differing(out, kept))


@contextmanager
def prepared_package(out: Path, files: Files) -> Generator[Callable[[], None], None, None]:
    """Writes the package beside its place; the function given to the block puts it there, all versions in one step.

    What is in the folder beside the rendered versions goes along: other versions, files of the user.

    Raises CodegenError where anything in the way was not written by this generator.
    """
    folder = _package_folder(out, files)
    recover(folder)
    for version in _version_folders(files):
        recover(out / version)
    sweep(folder, "v*")
    ownership.check(folder, out, _version_folders(files), files)
    with prepared_folder(folder, lambda fresh: _fill(fresh, folder, files)) as put_in_place:
        yield put_in_place


def _fill(fresh: Path, folder: Path, files: Files) -> None:
    write_files(fresh, {path.removeprefix(f"{folder.name}/"): text for path, text in files.items()})
    if folder.exists():
        ownership.carry_over(folder, fresh)


def _differing(out: Path, files: Files) -> Iterator[tuple[str, str | None, str | None]]:
    for path in sorted(set(files) | _existing(out, files)):
        old, new = _text(out / path), files.get(path)
        if old != new:
            yield path, old, new


def _shortened(found: Iterator[tuple[str, str | None, str | None]]) -> Iterator[str]:
    yield from (_diff(*item) for item in islice(found, MOST_FILES))
    if rest := sum(1 for _ in found):
        yield f"... and {rest:,} more files\n"


def _diff(path: str, old: str | None, new: str | None) -> str:
    names = (path if old is not None else "(missing)", path if new is not None else "(left over)")
    found = difflib.unified_diff((old or "").splitlines(keepends=True), (new or "").splitlines(keepends=True), *names)
    return _first_lines(list(found)) or f"{path}: {'missing' if old is None else 'left over'}\n"


def _first_lines(lines: list[str]) -> str:
    more = len(lines) - MOST_LINES
    return "".join(lines[:MOST_LINES]) + (f"... and {more:,} more lines of this file\n" if more > 0 else "")


def _package_folder(out: Path, files: Files) -> Path:
    return out / next(iter(files)).partition("/")[0]


def _version_folder(path: str) -> str | None:
    return "/".join(path.split("/")[:2]) if path.count("/") > 1 else None


def _version_folders(files: Files) -> set[str]:
    return {folder for path in files if (folder := _version_folder(path))}


def _existing(out: Path, files: Files) -> set[str]:
    folders = (out / folder for folder in _version_folders(files))
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*.py*") if path.suffix in _CODE)
    return {path.relative_to(out).as_posix() for path in found}


def _text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None
