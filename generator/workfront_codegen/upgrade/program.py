"""The files of a program that is checked: those that are Python, and why the others are not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workfront_codegen.errors import CodegenError

_NOTEBOOK: Final = ".ipynb"
_SUFFIXES: Final = frozenset({".py", _NOTEBOOK})


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not checked, and why: it may use anything."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Program:
    """The files of a program, each once: those a checker can read, and the others."""

    readable: tuple[Path, ...]
    unread: tuple[Unread, ...]

    @classmethod
    def of(cls, sources: Sequence[Path], package: str, generated: set[Path]) -> Program:
        """Returns the program in files and folders, without what lies in the ``generated`` folders.

        A notebook in a folder counts if it names the package; one that is named itself always does.

        Raises:
            CodegenError: a source is not there.
        """
        found = {file.resolve(): file for source in reversed(sources) for file in _files(source, package)}
        files = sorted(file for place, file in found.items() if not generated & {*place.parents})
        reasons = {file: why for file in files if (why := _why_unread(file)) is not None}
        readable = (file for file in files if file not in reasons)
        return cls(tuple(readable), tuple(Unread(str(file), why) for file, why in reasons.items()))

    def batches(self) -> list[list[Path]]:
        """Returns the files a checker can read, so that no two of a batch are one module to it."""
        found: list[list[Path]] = []
        seen: Counter[str] = Counter()
        for file in self.readable:
            module = module_of(file)
            found += [[]] if seen[module] == len(found) else []
            found[seen[module]].append(file)
            seen[module] += 1
        return found


def module_of(file: Path) -> str:
    """Returns the module that a file is: by its path below the working directory, from the last folder on that no
    import could name.
    """
    place, here = file.absolute(), Path.cwd()
    folders = place.relative_to(here).parts[:-1] if place.is_relative_to(here) else ()
    odd = max((number for number, folder in enumerate(folders, 1) if not folder.isidentifier()), default=0)
    return ".".join([*folders[odd:], file.stem]).removesuffix(".__init__")


def _files(source: Path, package: str) -> Iterator[Path]:
    if not source.exists():
        raise CodegenError(f"{source} does not exist", "name files and folders of your program")
    if not source.is_dir():
        yield source
        return
    for file in source.rglob("*"):
        if file.suffix in _SUFFIXES and not file.is_dir() and (file.suffix != _NOTEBOOK or _names(file, package)):
            yield file


def _names(notebook: Path, package: str) -> bool:
    try:
        return package.encode() in notebook.read_bytes()
    except OSError:
        return True


def _why_unread(file: Path) -> str | None:
    """Returns why a checker could not read a file: it stops at the first such one."""
    if not file.exists():
        return "it leads to a file that does not exist"
    if not file.is_file():
        return "it is a pipe, a socket or a device"
    if file.suffix == _NOTEBOOK:
        return "it is a notebook; check what `jupyter nbconvert --to script` makes of it"
    if file.suffix != ".py":
        return "its name does not end in .py"
    try:
        compile(file.read_bytes(), str(file), "exec", dont_inherit=True)
    except OSError as error:
        return str(error.strerror or error)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "it is not valid Python"
    return None
